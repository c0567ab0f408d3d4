"""`make install` for a normal user with a real `systemd --user`: start, death, hang, reload, and nothing left behind."""

import pytest

from support.bus import Bus
from support.desktop import Desktop, configure
from support.home import Home
from support.processes import until

UNIT = "kith.service"
INSTALL = "make --no-print-directory -C source install PROGRAM=$HOME/source/kith"
UNINSTALL = "make --no-print-directory -C source uninstall"
#: What `Due()` says, as the user's own busctl prints it.
DUE = "busctl --user --auto-start=no --json=short call org.kith.Kith /org/kith/Kith org.kith.Kith1 Due"


class Service:
    """kith installed for the user, with Ana Ruiz due."""

    def __init__(self, manager):
        self.manager, self.user = manager, manager.user
        self.home = Home(self.user.home, self.user.source / "kith")
        self.home.ana()
        self.configure()

    def configure(self, **options):
        self.home.configure(**options)
        self.user.own()

    def active(self, **wanted):
        return self.manager.wait_for(UNIT, ActiveState="active", SubState="running", **wanted)

    def due(self):
        return self.manager.run(DUE).stdout


def files(user):
    """Every file and link of the home, but the program's own source and what systemd keeps of a session."""
    kept = ("source/", "lib/", ".local/state/systemd")
    paths = (path.relative_to(user.home) for path in user.home.rglob("*") if path.is_symlink() or path.is_file())
    return {str(path) for path in paths if not str(path).startswith(kept)}


@pytest.fixture
def service(manager):
    before = files(manager.user)
    service = Service(manager)
    given = files(manager.user) - before
    service.said = manager.checked(INSTALL)
    yield service
    manager.checked(UNINSTALL)
    left = files(manager.user) - before - given
    manager.checked("rm -rf .config/kith .local calendars contacts")
    data = (".config/kith/", ".local/share/kith/", ".local/state/kith/")
    assert {path for path in left if not path.startswith(data)} == set()


def test_it_starts_ready_and_tells_who_is_due(service):
    assert service.active()["MainPID"] != "0"
    assert service.manager.show(UNIT, "Type", "WatchdogUSec") == {"Type": "notify", "WatchdogUSec": "1min"}
    until("Ana is due", lambda: "Ana Ruiz" in service.due())
    assert "kith init" not in service.said


def test_the_installed_commands_complete_and_help(service):
    assert "kith" in service.manager.checked("$HOME/.local/bin/kith --help")
    for file in ("bash-completion/completions/kith", "zsh/site-functions/_kith", "fish/vendor_completions.d/kith.fish"):
        assert "kith" in service.manager.checked(f"cat $HOME/.local/share/{file}")


def test_a_killed_daemon_comes_back(service):
    first = service.active()["MainPID"]
    service.manager.checked(f"kill -KILL {first}")
    assert service.active(NRestarts="1")["MainPID"] not in ("0", first)


def test_a_hung_daemon_is_restarted_by_the_watchdog(service):
    service.manager.checked(
        f"mkdir -p .config/systemd/user/{UNIT}.d; cat >.config/systemd/user/{UNIT}.d/soon.conf; "
        f"systemctl --user daemon-reload; systemctl --user restart {UNIT}",
        input="[Service]\nWatchdogSec=2\n",
    )
    try:
        first = service.active(NRestarts="0")["MainPID"]
        # Alive, it is left alone, though no turn is due for hours.
        service.manager.checked("sleep 5")
        assert service.active()["MainPID"] == first
        service.manager.checked(f"kill -STOP {first}")
        assert service.active(NRestarts="1")["MainPID"] not in ("0", first)
        assert "Watchdog timeout" in service.manager.journal(UNIT)
    finally:
        service.manager.checked(f"rm -r .config/systemd/user/{UNIT}.d; systemctl --user daemon-reload")


def test_a_reload_takes_a_changed_cadence(service):
    service.active()
    until("Ana is due", lambda: "Ana Ruiz" in service.due())
    service.configure(every="26 weeks")
    service.manager.checked(f"systemctl --user reload {UNIT}")
    until("she is not due any more", lambda: "Ana Ruiz" not in service.due())


def test_a_broken_configuration_keeps_the_old_one_and_says_where(service):
    first = service.active()["MainPID"]
    until("Ana is due", lambda: "Ana Ruiz" in service.due())
    service.configure(more="budgget: {per_day: 2}")
    service.manager.checked(f"systemctl --user reload {UNIT}")
    until("the journal says where", lambda: "config.yaml:9:1" in service.manager.journal(UNIT))
    assert service.active()["MainPID"] == first
    assert "Ana Ruiz" in service.due()


def test_a_broken_configuration_at_the_start_is_no_restart_loop(service):
    service.active()
    service.configure(more="budgget: {per_day: 2}")
    service.manager.run(f"systemctl --user restart {UNIT}")
    assert service.manager.wait_for(UNIT, ActiveState="failed")["NRestarts"] == "0"
    service.configure()
    service.manager.checked(f"systemctl --user reset-failed {UNIT}; systemctl --user restart {UNIT}")
    service.active()


def test_the_sandbox_holds_and_the_state_is_writable(service):
    """What the daemon sees of the file system: its own two folders to write, the rest to read."""
    number = service.active()["MainPID"]
    mounts = service.manager.checked(f"cat /proc/{number}/mountinfo")
    options = {line.split()[4]: line.split()[5].split(",")[0] for line in mounts.splitlines()}
    home = str(service.user.home)
    assert options["/"] == options.get("/home", "ro") == "ro"
    assert options[f"{home}/.local/share/kith"] == options[f"{home}/.local/state/kith"] == "rw"
    status = service.manager.checked(f"cat /proc/{number}/status")
    assert "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status
    assert (service.home.state / "ledger.sqlite").exists()


def test_write_opens_the_address_outside_the_sandbox(service, scratch):
    """xdg-open runs as a unit of its own: it may write where the daemon may not."""
    home = service.home
    folder = home.path / "desktop"
    folder.mkdir()
    configuration = configure(folder)
    (folder / "choice").write_text("Write")
    opened = home.path / "opened"
    home.stand_in("xdg-open", f"{{ echo \"$@\"; grep ^0:: /proc/self/cgroup; }} >'{opened}'")
    service.manager.checked(f"systemctl --user set-environment PATH={home.path}/bin:/usr/bin:/bin")
    service.configure(channels="[{desktop: {}}]")
    desktop = Desktop(Bus(scratch), scratch)
    try:
        with desktop.display():
            display = desktop.environment["DISPLAY"]
            service.manager.checked(
                f"systemd-run --user --quiet --collect --unit=kith-test-dunst -E DISPLAY={display} dunst -conf {configuration}"
            )
            # She was told of on the terminal as the service was installed; what kith remembers of that goes.
            service.manager.checked(f"systemctl --user stop {UNIT}; rm .local/state/kith/ledger.sqlite*")
            service.manager.checked(f"systemctl --user start {UNIT}")
            until("a bubble", lambda: service.manager.run("dunstctl count displayed").stdout.strip() == "1", 20)
            service.manager.checked("dunstctl context")
            address, group = until("the address", lambda: opened.exists() and len(opened.read_text().split()) == 2) and (
                opened.read_text().split()
            )
            assert address == "mailto:ana@meridian.example"
            assert group.endswith(".service") and not group.endswith(UNIT)
            until("it is logged", lambda: "X-KITH-ACTION:WROTE" in "".join(home.interactions()))
            service.manager.checked("systemctl --user stop kith-test-dunst")
    finally:
        service.manager.checked("rm -rf opened bin desktop")


def test_without_a_configuration_it_waits_and_says_what_is_next(manager):
    manager.checked("rm -rf .config/kith")
    said = manager.checked(INSTALL)
    try:
        assert "kith init" in said
        shown = manager.show(UNIT, "ActiveState", "ConditionResult", "UnitFileState")
        assert shown == {"ActiveState": "inactive", "ConditionResult": "no", "UnitFileState": "enabled"}
    finally:
        manager.checked(UNINSTALL)
    assert manager.run(f"systemctl --user cat {UNIT}").returncode != 0
