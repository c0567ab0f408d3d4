"""Half a year of the sample network, as `kith simulate` tells it."""

import collections
import datetime
import functools
import pathlib
import tempfile
import zoneinfo

import pytest

from support.home import SAMPLE, Home

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
CONFIGURATION = ("--config", SAMPLE / "config.yaml")
START = "2026-01-05"
#: Five months in: whoever fell due by then must have been heard of by the end.
WEEK_20 = "2026-05-25"


def minutes(moment):
    return moment.hour * 60 + moment.minute


def in_hours(network, kind, moment):
    """Whether the configuration lets a nudge of that network appear then; a birthday comes on any day from nine."""
    at, day = minutes(moment), moment.weekday()
    if kind == "birthday":
        return 9 * 60 <= at < 21 * 60
    if network == "personal":
        return 17 * 60 + 30 <= at < 20 * 60 + 30 if day < 5 else 10 * 60 <= at < 19 * 60
    return day < 5 and 9 * 60 <= at < 17 * 60 + 30


class Season:
    """What was simulated, with instants in the user's zone."""

    def __init__(self, home, answer):
        span = ("--from", START, "--weeks", "26", "--seed", "1")
        self.entries = home.lines("simulate", *CONFIGURATION, *span, "--answer", answer, seconds=100)
        for entry in self.entries:
            entry["local"] = datetime.datetime.fromisoformat(entry["at"].replace("Z", "+00:00")).astimezone(BERLIN)

    def of(self, *events):
        return [entry for entry in self.entries if entry["event"] in events]

    def people(self, *events):
        return {uid for entry in self.of(*events) for uid in entry.get("contacts", [])}


@pytest.fixture(scope="module")
def simulated(program):
    """The season for an answer; each is simulated once."""
    with tempfile.TemporaryDirectory(prefix="kith-") as folder:
        home = Home(pathlib.Path(folder), program)
        yield functools.cache(lambda answer: Season(home, answer))


@pytest.fixture(params=["met", "ignore", "none"])
def season(simulated, request):
    return simulated(request.param)


def test_nothing_is_outside_its_hours(season):
    delivered = season.of("delivered")
    assert len(delivered) >= 20
    stray = [e for e in delivered if not in_hours(e["network"], e["kind"], e["local"])]
    assert stray == []


def test_nothing_is_delivered_twice(season):
    keys = collections.Counter((e["nudge"], e["channel"], e["occasion"]) for e in season.of("delivered"))
    assert [key for key, count in keys.items() if count > 1] == []


def test_the_budget_is_kept(season):
    spent = [e for e in season.of("delivered") if e["kind"] == "reconnect" and e["occasion"] in (1, "1")]
    days = collections.Counter(e["local"].date() for e in spent)
    weeks = collections.Counter(e["local"].isocalendar()[:2] for e in spent)
    assert max(days.values()) <= 2 and max(weeks.values()) <= 5


def test_nothing_appears_in_a_meeting_or_on_a_day_off(season):
    for entry in season.of("delivered"):
        at = entry["local"]
        board = datetime.date(2026, 2, 9) <= at.date() <= datetime.date(2026, 2, 13)
        assert not (board and 9 * 60 + 30 <= minutes(at) < 12 * 60), entry
        if entry["network"] != "personal" and entry["kind"] == "reconnect":
            assert not datetime.date(2026, 3, 2) <= at.date() <= datetime.date(2026, 3, 6), entry
            assert at.date() not in (datetime.date(2026, 4, 3), datetime.date(2026, 4, 6), datetime.date(2026, 5, 1)), entry


def test_whoever_fell_due_was_told_or_is_held_with_a_reason(home, simulated):
    season = simulated("ignore")
    kept = home.lines("people", *CONFIGURATION, "--now", START)
    assert len(kept) >= 18
    told = season.people("delivered", "held")
    assert all(entry.get("reason") for entry in season.of("held"))
    missing = {person["uid"] for person in kept} - told
    later = {p["uid"]: p for p in home.lines("people", *CONFIGURATION, "--now", WEEK_20)}
    # Only somebody met so often that no wait ever ran out may be missing.
    assert {uid for uid in missing if later[uid].get("due", "") <= WEEK_20} == set()


def test_birthdays_come_on_their_days(simulated):
    birthdays = {
        uid: entry["local"].date().isoformat()
        for entry in simulated("met").of("delivered")
        if entry["kind"] == "birthday"
        for uid in entry["contacts"]
    }
    assert birthdays["mira-okafor@kith.example"] == "2026-01-28"
    assert birthdays["zoe-mueller@kith.example"] == "2026-02-28", "born on 29 February"
    assert birthdays["piet-de-vries@kith.example"] == "2026-03-14"


def test_a_friend_is_told_of_without_numbers(simulated):
    friends = [e for e in simulated("ignore").of("delivered") if e["network"] == "personal"]
    assert friends
    for entry in friends:
        if entry["kind"] == "reconnect":
            assert not any(letter.isdigit() for letter in entry["body"].split("Free until")[0]), entry


def test_the_same_season_twice_is_the_same_and_nothing_is_written(home, simulated):
    assert Season(home, "met").entries == simulated("met").entries
    assert not home.state.exists() and not home.data.exists()
