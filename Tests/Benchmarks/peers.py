"""Who else does the work: programs and libraries, each run as its manual says, in a home of its own."""

import dataclasses
import os
import pathlib
import shutil
from collections.abc import Callable

HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Places:
    """Where a run finds its programs and data."""

    program: pathlib.Path
    data: pathlib.Path
    # The peers in C, built, and the virtual environment of those in Python.
    tools: pathlib.Path
    venv: pathlib.Path

    @property
    def homes(self):
        """Of programs that want a home; remade with every run."""
        return self.data / "homes"


@dataclasses.dataclass(frozen=True)
class Command:
    """What is run, and what of the environment is another than this process's."""

    words: list
    environment: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Peer:
    """Someone who does the same; it says its own time, or the time of the whole command is taken."""

    name: str
    command: Callable[[Places], Command]
    rounds: int = 1000
    is_timed: bool = True
    # Whether a quick run has it: it needs nothing that has to be installed.
    is_quick: bool = False


def newlines(places):
    return Command([places.tools / "newlines", places.data])


def libical(row):
    return lambda places: Command([places.tools / "libical", row, places.data])


def package(name):
    return lambda places: Command([places.venv / "bin/python", HERE / "peers/packages.py", name, places.data])


def cat(folder):
    """What it costs to have the bytes at all."""
    script = 'find "$1" -type f -print0 | xargs -0 cat'
    return lambda places: Command(["sh", "-c", script, "sh", places.data / folder])


def khal(is_first):
    """Its list of 400 days: the first fills its database, the next has it."""

    def command(places):
        home = places.homes / "khal"
        if is_first:
            shutil.rmtree(home, ignore_errors=True)
        day = "%Y-%m-%d"
        text = (
            f"[calendars]\n[[bench]]\npath = {places.data}/vdir\nreadonly = True\n"
            f"[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\ntimeformat = %H:%M\n"
            f"dateformat = {day}\nlongdateformat = {day}\ndatetimeformat = {day} %H:%M\nlongdatetimeformat = {day} %H:%M\n"
        )
        return Command([places.venv / "bin/khal", "list", "2026-01-01", "400d"], _home(home, "khal/config", text))

    return command


def khard(places):
    text = f"[addressbooks]\n[[bench]]\npath = {places.data}/cards\n"
    return Command([places.venv / "bin/khard", "list"], _home(places.homes / "khard", "khard/khard.conf", text))


def _home(home, file, text):
    """The environment of a home that holds nothing but one file of configuration."""
    path = home / "config" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    folders = {"XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state"}
    return {"HOME": str(home), "LC_ALL": "C.UTF-8", **{name: str(home / folder) for name, folder in folders.items()}}


def kith(row, repeats):
    return lambda places: Command([places.program, row, places.data, str(repeats)])


def kith_home(places):
    """A home with a calendar that holds the vdir's files once more, so that one of them can change.

    They are links: a changed file is a new one, and the vdir keeps the old.
    """
    home = places.data / "home"
    shutil.rmtree(home, ignore_errors=True)
    (home / "calendar").mkdir(parents=True)
    for name in os.listdir(places.data / "vdir"):
        os.link(places.data / "vdir" / name, home / "calendar" / name)
    configuration = home / ".config/kith/config.yaml"
    configuration.parent.mkdir(parents=True)
    configuration.write_text("me: {emails: [ada@example.net]}\ncalendars: [{path: ~/calendar}]\ncontacts: []\n")
