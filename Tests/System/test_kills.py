"""kill -9 at 200 moments of a season: nothing that was planned is lost, nothing is told under two keys."""

import random
import shutil
import sqlite3

import pytest

from support.kills import killed

START, END = "2026-01-05T07:00:00Z", "2026-07-06T07:00:00Z"
KILLS, INSIDE = 200, 100
#: Where to strike: mostly at what the ledger writes and syncs, now and then at what a channel prints.
CALLS = ["pwrite64"] * 6 + ["fdatasync"] * 3 + ["write"]

STAND_IN = """#!/usr/bin/python3
import os, pathlib, sqlite3, sys
folder = pathlib.Path(os.environ["HOME"], ".local/state/kith")
folder.mkdir(parents=True, exist_ok=True)
ledger = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
ledger.execute("pragma journal_mode=wal")
ledger.execute("create table if not exists turn (number integer primary key, step integer)")
for number in range(20):
    os.write(2, f"turn begins at 2026-01-{number + 1:02}T00:00:00Z\\n".encode())
    ledger.execute("insert or ignore into turn values (?, 1)", (number,))
    os.write(1, b"told\\n")
    ledger.execute("update turn set step = 2 where number = ?", (number,))
    os.write(2, b"turn ends\\n")
"""


@pytest.mark.parametrize(
    ("call", "number", "is_inside"), [("pwrite64", 30, True), ("write", 2, True), ("write", 3, False), (None, 0, False)]
)
def test_the_place_of_a_kill_is_known(home, call, number, is_inside):
    """On a stand-in whose turns are two commits with a line told between: the third `write` says that the turn is over."""
    home.program = home.path / "stand-in"
    home.program.write_text(STAND_IN)
    home.program.chmod(0o755)
    death = killed(home, [], call, number)
    assert (death.status, death.is_inside) == (-9 if call else 0, is_inside), death
    assert death.turn == ("2026-01-01T00:00:00Z" if call == "write" else death.turn)


class Ledger:
    """A copy of the ledger as a kill left it; reading the original would mend it."""

    def __init__(self, home, folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file in home.state.glob("ledger.sqlite*"):
            shutil.copy(file, folder)
        self.connection = sqlite3.connect(folder / "ledger.sqlite")

    def rows(self, query):
        return self.connection.execute(query).fetchall()

    def is_intact(self):
        return self.rows("pragma integrity_check") == [("ok",)] and self.rows("pragma foreign_key_check") == []

    def has_nudges(self):
        return self.rows("select 1 from sqlite_master where name = 'nudge'") != []

    def identities(self):
        return {identity for (identity,) in self.rows("select identity from nudge")}

    def states(self):
        return {state for (state,) in self.rows("select distinct state from nudge")}

    def keys(self):
        """Each delivery: the whole key, its state and how often it was tried."""
        return self.rows(
            "select d.subject, d.channel, d.occasion, d.state, count(a.number) from delivery d "
            "left join attempt a on a.delivery = d.id group by d.id"
        )


@pytest.mark.timeout(900)
def test_nothing_is_lost_or_told_twice(home, scratch, record_property):
    draw = random.Random(20260105)
    home.sample()
    kills = inside = seasons = 0
    planned, start = set(), START
    while kills < KILLS or inside < INSIDE:
        death = killed(home, ["--clock", start, "--until", END], draw.choice(CALLS), draw.randint(1, 60))
        if death.status == -9:
            kills, inside = kills + 1, inside + death.is_inside
        else:
            assert death.status == 0, death
        ledger = Ledger(home, scratch / "copy")
        assert ledger.is_intact(), death
        if ledger.has_nudges():
            assert planned <= ledger.identities(), death
            planned |= ledger.identities()
        start = death.turn or start
        if death.status == 0:
            judge(home, scratch, planned)
            seasons, planned, start = seasons + 1, set(), START
            shutil.rmtree(home.state)
            shutil.rmtree(home.data, ignore_errors=True)
        assert kills < 3 * KILLS, f"of {kills} kills only {inside} were within a turn"
    home.season(start, END, seconds=120)
    judge(home, scratch, planned)
    record_property("kills", kills)
    record_property("inside", inside)
    print(f"{kills} kills, {inside} of them between the first and the last write of a turn, {seasons} whole seasons")


def judge(home, scratch, planned):
    """After a season, however often it was broken off."""
    ledger = Ledger(home, scratch / "copy")
    assert ledger.is_intact()
    assert planned <= ledger.identities()
    assert ledger.states() <= {"pending", "delivered", "snoozed", "answered", "expired"}
    keys = ledger.keys()
    assert len(keys) > 20
    assert len({key[:3] for key in keys}) == len(keys)
    twice = "select nudge, occasion from delivery_nudge where is_live group by 1, 2 having count(*) > 1"
    assert ledger.rows(twice) == []
    # A delivery with no attempt was never sent; one that was sent has its receipt or was given up with a reason.
    assert [key for key in keys if key[3] == "sent" and key[4] == 0] == []
