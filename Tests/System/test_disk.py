"""A disk that fills up under kith: nothing is lost, it is said once, and all goes on when there is room again."""

import errno
import pathlib
import sqlite3
import time

import pytest

from support.processes import checked, until


@pytest.fixture
def small(home):
    """A home whose data and state lie on a disk of a megabyte; what fills it."""
    folder = home.path / "small"
    folder.mkdir()
    checked("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", folder)
    home.environment |= {"XDG_DATA_HOME": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state")}
    yield folder / "filling"
    checked("umount", folder)


def fill(file):
    with open(file, "wb", buffering=0) as filling:
        try:
            while True:
                filling.write(bytes(4_096))
        except OSError as error:
            assert error.errno == errno.ENOSPC


def test_an_answer_that_cannot_be_written_is_refused_and_nothing_changes(home, small):
    home.ana()
    home.configure()
    with home.daemon() as daemon:
        until("Ana is told of", lambda: "Ana Ruiz" in daemon.text())
        fill(small)
        refused = home.kith("done", "ana")
        assert refused.returncode == 4 and "No space left" in refused.stderr
        assert [entry["state"] for entry in home.lines("due")] == ["delivered"]
        small.unlink()
        assert home.kith("done", "ana").returncode == 0
        assert home.lines("due", status=(1,)) == []
        assert daemon.end() == 0


def test_turns_wait_for_room_and_say_so_once(home, small):
    home.ana()
    home.configure()
    with home.daemon() as daemon:
        until("Ana is told of", lambda: "Ana Ruiz" in daemon.text())
        fill(small)
        for uid, name in (("ben", "Ben Adeyemi"), ("mira", "Mira Okafor")):
            home.know(uid, name, f"EMAIL:{uid}@example.org")
            home.meet(uid, f"{uid}@example.org", 90)
        until("it says what is wrong", lambda: "full" in daemon.text())
        home.meet("again", "mira@example.org", 95)
        time.sleep(1)
        assert daemon.text().count("full") == 1
        small.unlink()
        home.meet("once more", "mira@example.org", 96)
        until("it goes on", lambda: "can be used again" in daemon.text())
        assert daemon.end() == 0
    ledger = sqlite3.connect(pathlib.Path(home.environment["XDG_STATE_HOME"], "kith/ledger.sqlite"))
    assert ledger.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert ledger.execute("select count(*) from nudge where state in ('pending', 'delivered')").fetchone() == (3,)
    ledger.close()
