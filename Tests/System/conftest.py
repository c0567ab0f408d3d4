"""Fixtures of the whole-system tests."""

import os
import pathlib
import shutil
import tempfile

import pytest

from support.bus import Bus
from support.desktop import Desktop
from support.home import Home
from support.mail import Sink
from support.user_manager import UserManager, normal_user


@pytest.fixture(scope="session")
def program():
    """The program under test."""
    path = pathlib.Path(os.environ.get("KITH_PROGRAM", ".build/debug/kith")).resolve()
    assert os.access(path, os.X_OK), f"there is no program at {path}; `make test` builds it"
    return path


@pytest.fixture
def scratch():
    """A folder that is gone afterwards. Its name is short: sockets lie in it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def bus(scratch):
    with Bus(scratch).up() as bus:
        yield bus


@pytest.fixture
def desktop(bus, scratch):
    folder = scratch / "desktop"
    folder.mkdir(mode=0o700)
    with Desktop(bus, folder).up() as desktop:
        yield desktop


@pytest.fixture
def sink(scratch):
    with Sink(scratch).up() as sink:
        yield sink


@pytest.fixture
def home(scratch, program):
    """A home without a bus."""
    return Home(scratch / "home", program)


@pytest.fixture
def session(scratch, program, bus):
    """A home in a session with a bus."""
    return Home(scratch / "home", program, {"DBUS_SESSION_BUS_ADDRESS": bus.address})


@pytest.fixture(scope="session")
def user(program):
    """A normal user with a copy of the program."""
    with normal_user(program) as user:
        yield user


@pytest.fixture
def manager(user, scratch):
    """The user's own `systemd --user`."""
    with UserManager(user, scratch / "manager.log").up() as manager:
        yield manager
