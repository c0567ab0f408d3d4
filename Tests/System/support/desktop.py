"""A real notification server, dunst under Xvfb, on a private bus: what it was told, and its buttons."""

import contextlib
import os
import pathlib

from .bus import plain
from .processes import checked, run, running, until

SERVER = "org.freedesktop.Notifications"
NOTIFY = f"type='method_call',interface='{SERVER}',member='Notify'"

# With several actions and none of them chosen, dunst asks a menu program, which gets a line for each on its stdin.
MENU = """#!/bin/bash
exec grep -m 1 -F -- "#$(cat '{choice}')"
"""

CONFIGURATION = """[global]
    mouse_left_click = do_action, close_current
    mouse_right_click = context
    dmenu = {menu}
    width = 360
    origin = top-right
    offset = 10x10
    font = DejaVu Sans 11
    markup = full
    word_wrap = yes
    icon_position = off
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
"""


def configure(folder):
    """Writes dunst's configuration and the menu it asks; `folder/choice` names the button that is chosen."""
    menu, configuration = folder / "menu", folder / "dunstrc"
    menu.write_text(MENU.format(choice=folder / "choice"))
    menu.chmod(0o755)
    configuration.write_text(CONFIGURATION.format(menu=menu))
    return configuration


class Desktop:
    """A display, a notification server and the user's hand."""

    def __init__(self, bus, folder):
        self.bus, self.folder = bus, folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DBUS_SESSION_BUS_ADDRESS": bus.address,
        }

    @contextlib.contextmanager
    def up(self):
        with self.display(), self.bus.heard(NOTIFY) as heard, self.server():
            self._heard = heard
            yield self

    @contextlib.contextmanager
    def display(self):
        """The display alone; its name is then in the environment."""
        sockets = pathlib.Path("/tmp/.X11-unix")
        had_sockets = sockets.exists()
        reader, writer = os.pipe()
        try:
            with running(
                "Xvfb", "-displayfd", writer, "-screen", "0", "800x400x24", "-nolisten", "tcp", "-noreset",
                log=self.folder / "xvfb.log", pass_fds=[writer],
            ):
                os.close(writer)
                with os.fdopen(reader) as answer:
                    number = answer.readline().strip()
                assert number, (self.folder / "xvfb.log").read_text()
                self.environment["DISPLAY"] = f":{number}"
                yield
        finally:
            if not had_sockets:
                with contextlib.suppress(OSError):
                    sockets.rmdir()

    @contextlib.contextmanager
    def server(self):
        """The notification server itself; may be ended and begun again on the same display."""
        configuration = configure(self.folder)
        with running("dunst", "-conf", configuration, log=self.folder / "dunst.log", env=self.environment):
            until("a notification server owns its name", lambda: self.bus.owner(SERVER))
            yield
        until("the notification server is gone", lambda: not self.bus.owner(SERVER))

    def bubbles(self):
        """Every `Notify` so far: app, replaces, icon, title, body, actions, hints, timeout."""
        names = ("app", "replaces", "icon", "title", "body", "actions", "hints", "timeout")
        return [dict(zip(names, plain(message["payload"]["data"]))) for message in self._heard()]

    def bubble(self, number=1, seconds=10):
        """The bubble of that number, from 1, once it is there."""
        return until(f"bubble {number}", lambda: self.bubbles()[number - 1 :], seconds)[0]

    def showing(self):
        """How many bubbles are on the screen."""
        return int(checked("dunstctl", "count", "displayed", env=self.environment))

    def press(self, label):
        """The button of that label, of the topmost bubble, through dunst's own menu."""
        (self.folder / "choice").write_text(label)
        checked("dunstctl", "context", env=self.environment)

    def click(self):
        """A left click on the topmost bubble: its default action."""
        checked("xdotool", "mousemove", "650", "40", "click", "1", env=self.environment)

    def picture(self, name):
        """The screen as it is; kept under `KITH_PICTURES`, where that names a folder."""
        file = self.folder / f"{name}.png"
        checked("import", "-window", "root", file, env=self.environment)
        if kept := os.environ.get("KITH_PICTURES"):
            pathlib.Path(kept).mkdir(parents=True, exist_ok=True)
            (pathlib.Path(kept) / file.name).write_bytes(file.read_bytes())
        return int(run("identify", "-format", "%k", file).stdout)
