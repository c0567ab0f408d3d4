"""A normal user of their own, made and removed, beside a real `systemd --user`."""

import contextlib
import os
import pathlib
import pwd
import shutil
import subprocess

from .processes import checked, run, until

SCRIPT = pathlib.Path(__file__).with_name("user_manager.sh")
PROJECT = pathlib.Path(__file__).parents[3]
PREFIX = "kithtest"


def libraries(program):
    """The shared libraries of a program that a user without the toolchain would miss."""
    lines = run("ldd", program).stdout.splitlines()
    found = [line.split("=>")[1].split()[0] for line in lines if "=>" in line and "not found" not in line]
    return [pathlib.Path(path) for path in found if not path.startswith(("/lib", "/usr/lib"))]


class NormalUser:
    """A user with a home, a copy of the program they can read, and what `make install` needs of the project."""

    def __init__(self, name, program):
        self.name = name
        entry = pwd.getpwnam(name)
        self.uid, self.gid, self.home = entry.pw_uid, entry.pw_gid, pathlib.Path(entry.pw_dir)
        self.source = self.home / "source"
        for part in ("systemd", "config"):
            shutil.copytree(PROJECT / part, self.source / part)
        shutil.copy(PROJECT / "Makefile", self.source)
        shutil.copy(program, self.source / "kith")
        (self.home / "lib").mkdir()
        for library in libraries(program):
            shutil.copy(library, self.home / "lib")
        self.own()

    def own(self):
        """Everything in the home is theirs, whoever wrote it."""
        checked("chown", "--recursive", "--no-dereference", f"{self.uid}:{self.gid}", self.home)


@contextlib.contextmanager
def normal_user(program):
    """Makes the user and removes them, home and all. Fails by name where that is not allowed here."""
    assert os.geteuid() == 0, "making the normal user of these tests needs root: run them as root or with sudo"
    for entry in pwd.getpwall():
        stale = entry.pw_name.removeprefix(PREFIX)
        if entry.pw_name.startswith(PREFIX) and stale.isdigit() and not pathlib.Path("/proc", stale).exists():
            run("userdel", "--remove", entry.pw_name)
    name = f"{PREFIX}{os.getpid()}"
    checked("useradd", "--create-home", "--home-dir", f"/home/{name}", "--shell", "/bin/bash", name)
    try:
        yield NormalUser(name, program)
    finally:
        removed = run("userdel", "--remove", name)
        assert removed.returncode == 0, removed.stderr


class UserManager:
    """A `systemd --user` that runs, and commands given beside it."""

    def __init__(self, user, log):
        self.user, self.log = user, log

    @contextlib.contextmanager
    def up(self):
        with open(self.log, "wb") as errors:
            process = subprocess.Popen(
                ["bash", str(SCRIPT), self.user.name],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            )  # fmt: skip
        try:
            first = process.stdout.readline().strip()
            assert first == "ready", f"no user manager can run here:\n{self.log.read_text()}"
            self.pid = self._init(process.pid)
            yield self
        finally:
            process.stdin.close()
            process.stdout.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @staticmethod
    def _init(script):
        """The first process of the namespace: the child of `unshare`, which is the child of the script."""

        def child(pid):
            return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()

        unshare = next(pid for pid in child(script) if "unshare" in pathlib.Path(f"/proc/{pid}/comm").read_text())
        return int(child(unshare)[0])

    def run(self, command, seconds=60, **options):
        """A shell command as the user, in their session; its result."""
        inside = f'. /run/user/{self.user.uid}/as-user; cd "$1"; exec "${{as_user[@]}}" bash -c "$2"'
        return run(
            "nsenter", f"--target={self.pid}", "--mount", "--pid", "--cgroup", "bash", "-c", inside, "bash",
            self.user.home, command, seconds=seconds, **options,
        )  # fmt: skip

    def checked(self, command, **options):
        result = self.run(command, **options)
        assert result.returncode == 0, f"{command}: {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout

    def show(self, unit, *names):
        """Properties of a unit."""
        text = self.checked(f"systemctl --user show {unit} -p {','.join(names)}")
        return dict(line.split("=", 1) for line in text.splitlines())

    def wait_for(self, unit, seconds=20, **wanted):
        """Until the unit's properties are as wanted; its properties then."""

        def as_wanted():
            values = self.show(unit, *wanted, "MainPID", "NRestarts")
            return values if all(values[key] == value for key, value in wanted.items()) else None

        return until(f"{unit} {wanted}\n{self.journal(unit)}", as_wanted, seconds, pause=0.1)

    def journal(self, unit):
        return self.run(f"journalctl --user --no-pager -o cat -u {unit}").stdout
