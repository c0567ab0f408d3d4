"""The demo, as `make demo` runs it once the program is built."""

import pathlib
import time

from support.home import SAMPLE
from support.processes import checked


def test_a_season_in_under_a_minute(home):
    began = time.monotonic()
    said = checked(SAMPLE / "demo.sh", home.program, seconds=100, env=home.environment)
    assert time.monotonic() - began < 60
    for name in ("Ana Ruiz", "Ben Adeyemi", "Priya Nair", "Mira Okafor", "Jonas", "Kenji Sato"):
        assert name in said
    assert "ree until" in said
    assert "--now" in said.splitlines()[-2] or "--now" in said
    assert not pathlib.Path(home.path, ".local").exists(), "it has a home of its own"
