"""The ground the other tests stand on: that it carries, and that it notices."""

import json

import pytest

from support.bus import plain
from support.desktop import SERVER
from support.home import Home, working_zone
from support.processes import run, until

NOTIFY = ("Notify", "susssasa{sv}i", "kith", "0", "", "Ana Ruiz", "A line", "4", "default", "Open", "done", "Done", "1",
          "urgency", "y", "1", "0")  # fmt: skip
NOTIFICATIONS = (SERVER, "/org/freedesktop/Notifications", SERVER)


def test_a_private_bus_has_nobody_on_it(bus):
    assert bus.owner("org.kith.Kith") is None
    with pytest.raises(AssertionError, match="org.kith.Kith"):
        bus.due()


def test_what_is_said_on_the_bus_is_heard(bus):
    with bus.heard("type='signal',interface='org.kith.Kith1'") as heard:
        bus.busctl("emit", "/org/kith/Kith", "org.kith.Kith1", "Changed")
        signal = until("the signal", heard)[0]
    assert (signal["member"], signal["path"]) == ("Changed", "/org/kith/Kith")


def test_busctl_values_lose_their_types():
    text = '{"type":"aa{sv}","data":[[{"nudge":{"type":"s","data":"n1"},"contacts":{"type":"as","data":["a"]}}]]}'
    assert plain(json.loads(text)) == [[{"nudge": "n1", "contacts": ["a"]}]]


@pytest.mark.parametrize("press", [lambda desktop: desktop.press("Done"), lambda desktop: desktop.click()])
def test_a_bubble_is_shown_and_its_buttons_answer(desktop, bus, press):
    wanted = "done" if press.__code__.co_names[0] == "press" else "default"
    with bus.heard(f"type='signal',interface='{SERVER}',member='ActionInvoked'") as heard:
        number = bus.call(*NOTIFY, target=NOTIFICATIONS)[0]
        assert desktop.bubble()["title"] == "Ana Ruiz"
        until("it is on the screen", lambda: desktop.showing() == 1)
        assert desktop.picture("harness") > 2
        press(desktop)
        assert until("the action", heard)[0]["payload"]["data"] == [number, wanted]


def test_a_notification_server_can_go_and_come_back(bus, scratch):
    from support.desktop import Desktop

    desktop = Desktop(bus, scratch)
    with desktop.display():
        with desktop.server():
            first = bus.owner(SERVER)
        with desktop.server():
            assert bus.owner(SERVER) != first


def test_mail_arrives_as_it_was_sent(sink):
    text = "To: ada@example.com\nSubject: =?utf-8?Q?Zo=C3=AB?=\n\n.\nOne dot above.\n"
    assert run(*sink.command, input=text).returncode == 0
    [message] = sink.messages()
    assert message["subject"] == "Zoë"
    assert message.get_content().splitlines() == [".", "One dot above."]


def test_a_refused_mail_is_a_failure_that_may_pass(sink):
    sink.refuses = True
    assert run(*sink.command, input="To: ada@example.com\n\nx\n").returncode != 0
    assert sink.messages() == []


@pytest.mark.parametrize("hour", range(24))
def test_it_is_always_morning_somewhere(hour):
    import datetime
    import zoneinfo

    now = datetime.datetime(2026, 1, 5, hour, 59, tzinfo=datetime.timezone.utc)
    assert now.astimezone(zoneinfo.ZoneInfo(working_zone(now))).hour == 10


def test_a_daemon_is_waited_for(scratch):
    """A stand-in that tells its manager it is ready, with systemd's own tool."""
    stand_in = scratch / "stand-in"
    stand_in.write_text("#!/bin/bash\nsystemd-notify --ready\nexec sleep 30\n")
    stand_in.chmod(0o755)
    with Home(scratch / "home", stand_in).daemon() as daemon:
        assert daemon.told == ["READY=1"]
        assert daemon.end() == -15


def test_a_daemon_that_ends_at_once_is_noticed(scratch):
    with pytest.raises(AssertionError, match="the daemon ended: 1"):
        with Home(scratch / "home", "/bin/false").daemon():
            pass


SERVICE = """[Service]
Type=notify
NotifyAccess=all
ExecStart=/bin/bash -c 'systemd-notify --ready; while :; do systemd-notify WATCHDOG=1; sleep 0.3; done'
WatchdogSec=2
Restart=on-failure
RestartSec=0.1
[Install]
WantedBy=default.target
"""


def test_a_user_manager_starts_watches_and_restarts(manager):
    units = "$HOME/.config/systemd/user"
    manager.checked(f"mkdir -p {units}; cat >{units}/stand-in.service", input=SERVICE)
    manager.checked("systemctl --user enable --now stand-in.service")
    first = manager.wait_for("stand-in", ActiveState="active")["MainPID"]
    manager.checked(f"kill -KILL {first}")
    second = manager.wait_for("stand-in", ActiveState="active", NRestarts="1")["MainPID"]
    assert second != first
    manager.checked(f"kill -STOP {second}")
    third = manager.wait_for("stand-in", ActiveState="active", NRestarts="2")["MainPID"]
    assert third not in (first, second)
    assert "Watchdog timeout" in manager.journal("stand-in")
    manager.checked("systemctl --user disable --now stand-in.service")
    manager.checked(f"rm -r {units}")


def test_a_user_manager_runs_transient_units(manager):
    assert manager.checked("systemd-run --user --pipe --wait --quiet --collect cat", input="line\n") == "line\n"
