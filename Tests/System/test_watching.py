"""A running daemon and files that change under it."""

import datetime
import shutil
import time

import pytest

from support.home import card, item
from support.processes import until

CHANGED = "type='signal',interface='org.kith.Kith1',member='Changed'"


def ahead(days):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)


def names(bus):
    return [entry["title"] for entry in bus.due()]


@pytest.fixture
def ana(session):
    session.ana()
    session.configure()
    return session


def test_a_booking_silences_and_its_cancellation_brings_back(ana, bus):
    with ana.daemon(), bus.heard(CHANGED) as heard:
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        for status, expected in ((None, []), ("CANCELLED", ["Ana Ruiz"])):
            before = len(heard())
            ana.put(ana.calendar, "soon.ics", item("soon", ahead(3), people=["ana@meridian.example"], status=status))
            began = time.monotonic()
            until(f"Due() gives {expected}", lambda: names(bus) == expected, seconds=1)
            until("Changed() was sent", lambda: len(heard()) > before, seconds=1 - (time.monotonic() - began))


def test_a_deleted_event_is_gone(ana, bus):
    ana.put(ana.calendar, "soon.ics", item("soon", ahead(3), people=["ana@meridian.example"]))
    with ana.daemon():
        until("she is booked", lambda: names(bus) == [])
        (ana.calendar / "soon.ics").unlink()
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"], seconds=1)


def test_a_folder_that_is_renamed_into_place_is_watched(session, bus):
    """A calendar that a syncing program makes while the daemon runs."""
    root = session.calendar.parent
    session.configure(more="")
    text = session.configuration.read_text().replace(f"{{path: {session.calendar}}}", f'{{path: "{root}/*"}}')
    session.configuration.write_text(text)
    session.know("ana", "Ana Ruiz", "EMAIL:ana@meridian.example")
    session.put(session.calendar, "old.ics", item("old", ahead(-200), people=["bea@meridian.example"]))
    with session.daemon():
        until("the first turn is over", lambda: names(bus) == [])
        made = session.path / "made"
        made.mkdir()
        (made / "coffee.ics").write_bytes(item("coffee", ahead(-60), people=["ana@meridian.example"]))
        made.rename(root / "home")
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"], seconds=2)
        session.put(root / "home", "soon.ics", item("soon", ahead(3), people=["ana@meridian.example"]))
        until("she is booked", lambda: names(bus) == [], seconds=1)


def test_a_card_that_changes_its_name_is_read_again(ana, bus):
    with ana.daemon():
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        ana.put(ana.cards, "ana.vcf", card("ana", "Ana Ruiz-Prado", "EMAIL:ana@meridian.example"))
        until("the name is new", lambda: names(bus) == ["Ana Ruiz-Prado"], seconds=1)


def test_a_calendar_that_vanishes_withdraws_nothing(ana, bus):
    with ana.daemon():
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        [entry] = bus.due()
        hidden = ana.path / "hidden"
        shutil.move(ana.calendar, hidden)
        until("the status says so", lambda: str(ana.calendar) in ana.kith("status").stdout)
        shutil.move(hidden, ana.calendar)
        until("all is as before", lambda: [e["nudge"] for e in bus.due()] == [entry["nudge"]])


def test_a_reload_takes_a_changed_cadence_and_keeps_the_old_one_from_a_broken_file(ana, bus):
    with ana.daemon() as daemon:
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        ana.configure(every="26 weeks")
        bus.call("Reload")
        until("she is not due any more", lambda: names(bus) == [])
        ana.configure(every="6 weeks", more="budgget: {per_day: 2}")
        with pytest.raises(AssertionError, match=rf"{ana.configuration.name}:\d+:\d+: .*budgget"):
            bus.call("Reload")
        daemon.reload()
        until("the log says where", lambda: "config.yaml:" in daemon.text())
        assert names(bus) == []


def test_the_bus_tells_the_next_turn_and_takes_answers(ana, bus):
    with ana.daemon():
        [entry] = until("Ana is due", bus.due)
        assert set(entry) >= {"nudge", "kind", "state", "title", "body", "contacts"}
        assert (entry["kind"], entry["contacts"]) == ("reconnect", ["ana"])
        assert bus.property("NextTurn") > time.time() - 5
        assert bus.property("Version")
        with pytest.raises(AssertionError, match="(?i)n0000000"):
            bus.call("Met", "sxs", "n0000000", "0", "")
        bus.call("Met", "sxs", entry["nudge"], "0", "at the fair")
        until("nobody is due", lambda: bus.due() == [])
        assert "DESCRIPTION:at the fair" in ana.interactions()[0]
        bus.call("Undo", "s", entry["nudge"])
        until("Ana is due again", lambda: names(bus) == ["Ana Ruiz"])


def test_one_daemon_a_state_folder(ana):
    with ana.daemon():
        second = ana.kith("daemon", seconds=10)
        assert second.returncode not in (0, 70) and "another" in second.stderr.lower()


def test_sigterm_ends_it_cleanly_and_nothing_is_readable_by_others(ana):
    with ana.daemon() as daemon:
        assert daemon.end() == 0
    for folder in (ana.data, ana.state):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert [f for f in folder.rglob("*") if f.is_file() and f.stat().st_mode & 0o077] == []


def test_commands_work_beside_the_daemon_and_without_it(ana, bus):
    with ana.daemon():
        until("Ana is due", lambda: names(bus) == ["Ana Ruiz"])
        assert ana.kith("done", "ana", "--", "over lunch").returncode == 0
        until("the daemon knows", lambda: names(bus) == [])
    assert ana.kith("due").returncode == 1
    assert ana.kith("undo").returncode == 0
    assert [entry["contacts"] for entry in ana.lines("due")] == [[{"name": "Ana Ruiz", "uid": "ana"}]]
