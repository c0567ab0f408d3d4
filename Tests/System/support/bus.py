"""A private session bus, without activation, and what is said on it."""

import contextlib
import json
import os

from .processes import run, running, until

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

KITH = ("org.kith.Kith", "/org/kith/Kith", "org.kith.Kith1")


def plain(value):
    """busctl's JSON without its type notes: `{"type": t, "data": d}` is `d`."""
    if isinstance(value, dict):
        if set(value) == {"type", "data"}:
            return plain(value["data"])
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


class Bus:
    """The address of a session bus and calls on it."""

    def __init__(self, folder):
        self.folder = folder
        self.socket = folder / "bus"
        self.address = f"unix:path={self.socket}"

    @contextlib.contextmanager
    def up(self):
        """The bus, while the block runs."""
        configuration = self.folder / "bus.xml"
        configuration.write_text(CONFIGURATION.format(socket=self.socket))
        with running(
            "dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile", log=self.folder / "bus.log"
        ):
            until("the session bus listens", self.socket.exists)
            yield self
        self.socket.unlink(missing_ok=True)

    def busctl(self, *arguments):
        return run("busctl", f"--address={self.address}", "--json=short", *arguments)

    def owner(self, name):
        """The unique name that owns a name; none: `None`."""
        result = self.busctl("call", "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetNameOwner", "s", name)
        return plain(json.loads(result.stdout))[0] if result.returncode == 0 else None

    def call(self, method, signature="", *arguments, target=KITH):
        """The results of a method, without types. A failure is an `AssertionError` with the text of the error."""
        service, path, interface = target
        shape = [signature, *arguments] if signature else []
        result = self.busctl("call", "--auto-start=no", service, path, interface, method, *shape)
        assert result.returncode == 0, result.stderr.strip()
        return plain(json.loads(result.stdout)) if result.stdout.strip() else []

    def property(self, name, target=KITH):
        service, path, interface = target
        result = self.busctl("get-property", service, path, interface, name)
        assert result.returncode == 0, result.stderr.strip()
        return plain(json.loads(result.stdout))

    def due(self):
        """What `Due()` says, each entry as a dictionary."""
        return self.call("Due")[0]

    @contextlib.contextmanager
    def heard(self, *match):
        """All messages that match, as they pass: a function that gives them so far."""
        log = self.folder / f"heard-{os.urandom(4).hex()}.jsonl"
        probe = "org.kith.Probe"
        rules = [f"--match={rule}" for rule in (*match, f"type='signal',interface='{probe}'")]
        command = ["busctl", f"--address={self.address}", "--json=short", "monitor", *rules]

        def messages():
            """The lines that are whole."""
            lines = log.read_text().rpartition("\n")[0].splitlines()
            return [json.loads(line) for line in lines if line.startswith("{")]

        def is_listening():
            self.busctl("emit", "/", probe, "Ping")
            return any(message.get("interface") == probe for message in messages())

        with open(log, "wb") as output, running(*command, log=self.folder / "monitor.log", stdout=output):
            until("the monitor listens", is_listening)
            yield lambda: [message for message in messages() if message.get("interface") != probe]
