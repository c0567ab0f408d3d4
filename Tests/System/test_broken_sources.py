"""Input that is broken in every way we know: each is named, all else works. Run as a normal user: root reads everything."""

import json
import os
import shutil
import threading

import pytest

from support.home import Home, card
from support.processes import until


@pytest.fixture
def theirs(user):
    """A home within the normal user's, and the program run as that user."""
    as_user = ["setpriv", f"--reuid={user.uid}", f"--regid={user.gid}", "--init-groups"]
    home = Home(user.home / "broken", user.source / "kith", {"LD_LIBRARY_PATH": str(user.home / "lib")}, as_user)
    home.ana()
    home.configure()
    yield home
    shutil.rmtree(home.path)


def noise(size=65_536):
    return os.urandom(size)


BROKEN = {
    "empty.ics": lambda path: path.write_bytes(b""),
    "folder.ics": lambda path: path.mkdir(),
    "noise.ics": lambda path: path.write_bytes(noise()),
    "noise-within.ics": lambda path: path.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + noise(4_096)),
    "unreadable.ics": lambda path: (path.write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), path.chmod(0)),
    "pipe.ics": lambda path: os.mkfifo(path),
    "loop.ics": lambda path: path.symlink_to(path),
    "dangling.ics": lambda path: path.symlink_to("/nonexistent"),
    "unended.ics": lambda path: path.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:2026"),
    "empty.vcf": lambda path: path.write_bytes(b""),
    "nameless.vcf": lambda path: path.write_bytes(card("nameless", "").replace(b"FN:\r\n", b"")),
    "noise.vcf": lambda path: path.write_bytes(noise()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_named_and_the_rest_is_read(theirs, user, name):
    folder = theirs.calendar if name.endswith(".ics") else theirs.cards
    BROKEN[name](folder / name)
    user.own()
    result = theirs.kith("inspect", theirs.calendar, theirs.cards, "--json", seconds=20)
    assert result.returncode == 0, result.stderr
    printed = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"Coffee w/ Ana", "Ana Ruiz"} <= {entry.get("summary", entry.get("name")) for entry in printed}
    assert any(folder.joinpath(name).name in line for line in result.stderr.splitlines() + [
        entry["file"] for entry in printed if entry["type"] == "diagnostic"
    ])  # fmt: skip
    assert [entry["contacts"][0]["uid"] for entry in theirs.lines("due")] == ["ana"]


def test_a_missing_path_is_named_and_the_rest_is_read(theirs, user):
    missing = theirs.path / "missing"
    user.own()
    result = theirs.kith("inspect", theirs.calendar, missing, "--json")
    assert result.returncode == 0 and str(missing) in result.stdout + result.stderr
    assert theirs.kith("inspect", missing).returncode == 4


def test_a_daemon_lives_with_all_of_them_at_once(theirs, user):
    for name, make in BROKEN.items():
        make((theirs.calendar if name.endswith(".ics") else theirs.cards) / name)
    user.own()
    with theirs.daemon() as daemon:
        until("somebody is due", lambda: theirs.lines("due", status=(0, 1)))
        assert daemon.end() == 0
    said = daemon.text() + theirs.kith("doctor").stdout
    assert [name for name in BROKEN if name not in said] == []


def test_a_file_that_is_cut_short_while_it_is_read_does_no_harm(theirs, user):
    event = (theirs.calendar / "coffee.ics").read_bytes()
    whole = event * 20_000
    file, ended = theirs.path / "cut.ics", threading.Event()
    file.write_bytes(whole)

    def cut():
        # With a breath, for whoever reads waits while it is written.
        while not ended.wait(0.005):
            with open(file, "r+b") as open_file:
                open_file.truncate(len(whole) // 3)
                open_file.seek(0)
                open_file.write(whole)

    user.own()
    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        results = [theirs.kith("inspect", file, theirs.cards, "--json") for _ in range(10)]
    finally:
        ended.set()
        cutter.join()
    assert {result.returncode for result in results} == {0}
    assert all("Ana Ruiz" in result.stdout for result in results)
