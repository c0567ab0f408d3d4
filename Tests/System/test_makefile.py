"""What the Makefile says where something is missing, and the unit it installs."""

import os
import pathlib
import re
import shutil

from support.processes import checked, run

PROJECT = pathlib.Path(__file__).parents[2]


def make(*arguments, **options):
    return run("make", "--no-print-directory", "-C", PROJECT, *arguments, **options)


def test_a_missing_toolchain_is_one_line_of_help(scratch):
    result = make("toolchain", "PATH=/usr/bin:/bin")
    # make has a level in its name where these tests run under it.
    said = [line for line in result.stderr.splitlines() if not re.match(r"make(\[\d+\])?:", line)]
    assert result.returncode != 0
    assert said == ["kith needs Swift 6.2 or newer on the PATH: https://www.swift.org/install/linux"]


def test_an_old_toolchain_is_no_better_than_none(scratch):
    old = scratch / "swift"
    for version, status in (("6.1.3", 2), ("5.10", 2), ("6.2", 0), ("6.10.1", 0), ("7.0", 0)):
        old.write_text(f"#!/bin/bash\necho 'Apple Swift version {version} (swiftlang)'\n")
        old.chmod(0o755)
        assert make("toolchain", f"PATH={scratch}:/usr/bin:/bin").returncode == status, version


def test_what_is_installed_is_not_asked_for_again():
    result = make("build-packages")
    assert (result.returncode, result.stdout) == (0, "")


def test_without_sudo_a_missing_package_is_named(scratch):
    """As a normal user on a machine without sudo: the command to give as root, and no apt-get."""
    shutil.copy(PROJECT / "Makefile", scratch)
    scratch.chmod(0o755)
    nobody = [shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    tools = scratch / "tools"
    tools.mkdir()
    for tool in ("bash", "dpkg-query", "grep", "make"):
        (tools / tool).symlink_to(shutil.which(tool))
    result = run(
        *nobody, shutil.which("make"), "-C", scratch, "build-packages", "BUILD_PACKAGES=tzdata kith-no-such-package",
        env={"PATH": str(tools), "HOME": str(scratch)},
    )  # fmt: skip
    assert result.returncode != 0
    assert "as root: apt-get install kith-no-such-package" in result.stderr


def test_the_unit_is_sound_and_closed(scratch):
    text = (PROJECT / "systemd/kith.service").read_text()
    for name, value in (("PROGRAM", "/bin/true"), ("DATA", "%h/.local/share/kith"), ("STATE", "%h/.local/state/kith")):
        text = text.replace(f"@{name}@", value)
    assert "@" not in text.replace("@system-service", "").replace("@privileged", "").replace("@resources", "")
    unit = scratch / "kith.service"
    unit.write_text(text)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(scratch)}
    verified = run("systemd-analyze", "verify", "--user", "--recursive-errors=no", unit, env=environment)
    assert (verified.returncode, verified.stderr) == (0, "")
    checked(
        "systemd-analyze", "security", "--user", "--offline=true", "--threshold=25", "--no-pager", unit, env=environment
    )
