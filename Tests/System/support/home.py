"""A fresh home with calendars, cards and a configuration, and the program run in it."""

import contextlib
import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess

from .processes import kill, run, running, until

SAMPLE = pathlib.Path(__file__).parents[3] / "config" / "sample"


def working_zone(now=None):
    """A zone of fixed offset in which it is between 10 and 11 in the morning now: tests run at any hour."""
    hour = (now or datetime.datetime.now(datetime.timezone.utc)).hour
    offset = (10 - hour) % 24
    offset = offset - 24 if offset > 12 else offset
    # POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/UTC"


def stamp(moment):
    return moment.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def item(uid, start, minutes=30, summary="Coffee", people=(), status=None):
    """An event the user organises, as the bytes of an iCalendar file."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kith//tests//EN", "BEGIN:VEVENT", f"UID:{uid}",
        "DTSTAMP:20250101T000000Z", f"DTSTART:{stamp(start)}", f"DURATION:PT{minutes}M", f"SUMMARY:{summary}",
    ]  # fmt: skip
    if people:
        lines += ["ORGANIZER:mailto:ada@example.com", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.com"]
        lines += [f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}" for address in people]
    if status:
        lines.append(f"STATUS:{status}")
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""]).encode()


def card(uid, name, *lines):
    """A vCard 4.0 as bytes."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:4.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""]).encode()


class Home:
    """A home of its own. Nothing of the machine's user is seen in it."""

    def __init__(self, folder, program, environment=None, prefix=()):
        self.path, self.program, self.prefix = folder, program, prefix
        self.zone = working_zone()
        self.configuration = folder / ".config/kith/config.yaml"
        self.calendar = folder / "calendars/work"
        self.cards = folder / "contacts"
        self.data = folder / ".local/share/kith"
        self.state = folder / ".local/state/kith"
        self.journal = self.data / "journal"
        self.ledger = self.state / "ledger.sqlite"
        for made in (self.configuration.parent, self.calendar, self.cards):
            made.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(folder),
            **(environment or {}),
        }

    # --- files

    def configure(self, channels="[{terminal: {}}]", every="6 weeks", more=""):
        """A configuration whose work hours are all of every day but the quiet ones, in the zone of the morning."""
        self.configuration.write_text(
            f"""me: {{name: Ada Example, emails: [ada@example.com]}}
time_zone: {self.zone}
calendars: [{{path: {self.calendar}}}]
contacts: [{{path: {self.cards}}}]
circles:
  - {{name: all, network: strategic, every: {every}, match: {{name: "*"}}}}
hours: {{work: "Mon-Sun 09:00-17:30", quiet: "21:00-08:00"}}
channels: {channels}
{more}
"""
        )

    def sample(self):
        """The sample network as this home's own."""
        shutil.copytree(SAMPLE, self.configuration.parent, dirs_exist_ok=True)

    def put(self, folder, name, content):
        """Writes as a syncing program does: to a temporary name, then renamed."""
        temporary = folder / f".{name}.tmp"
        temporary.write_bytes(content)
        temporary.rename(folder / name)

    def meet(self, uid, person, days, **options):
        """A one-to-one so many days ago (ahead: negative)."""
        start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)
        self.put(self.calendar, f"{uid}.ics", item(uid, start, people=[person], **options))

    def know(self, uid, name, *lines):
        self.put(self.cards, f"{uid}.vcf", card(uid, name, *lines))

    def ana(self, days=60):
        """Ana Ruiz, met so long ago."""
        self.know("ana", "Ana Ruiz", "EMAIL:ana@meridian.example")
        self.meet("coffee", "ana@meridian.example", days, summary="Coffee w/ Ana")

    def interactions(self):
        """The journal's files as text, unfolded."""
        files = sorted(self.journal.glob("*.ics"))
        return [file.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n") for file in files]

    def stand_in(self, name, script):
        """A program of that name, first on the PATH."""
        folder = self.path / "bin"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(f"#!/bin/bash\n{script}\n")
        (folder / name).chmod(0o755)
        if not self.environment["PATH"].startswith(f"{folder}:"):
            self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"

    # --- the program

    def kith(self, *arguments, seconds=30, **options):
        return run(*self.prefix, self.program, *arguments, seconds=seconds, env=self.environment, **options)

    def lines(self, *arguments, status=(0,), seconds=30):
        """The objects a command prints with `--json`."""
        result = self.kith(*arguments, "--json", seconds=seconds)
        assert result.returncode in status, f"{arguments}: {result.returncode}\n{result.stdout}{result.stderr}"
        return [json.loads(line) for line in result.stdout.splitlines()]

    @contextlib.contextmanager
    def daemon(self, *arguments):
        """`kith daemon`, ready as it told its manager; SIGTERM ends it within ten seconds."""
        notice = self.path / "notify"
        notice.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
            listener.bind(str(notice))
            # The daemon may run as another user than the tests.
            notice.chmod(0o777)
            listener.settimeout(0.1)
            log = self.path / "daemon.log"
            environment = {**self.environment, "NOTIFY_SOCKET": str(notice)}
            with running(*self.prefix, self.program, "daemon", *arguments, log=log, env=environment) as process:
                daemon = Daemon(process, listener, log)
                daemon.wait_for("READY=1")
                yield daemon
        notice.unlink(missing_ok=True)

    @contextlib.contextmanager
    def stopped_daemon(self):
        """A daemon that has its process number and has not begun; it goes on at SIGCONT."""
        log = self.path / "daemon.log"
        hold = ["bash", "-c", 'kill -STOP $$; exec "$@"', "bash"]
        with running(*hold, self.program, "daemon", log=log, env=self.environment) as process:
            until("it is held", lambda: pathlib.Path(f"/proc/{process.pid}/stat").read_text().split()[2] == "T")
            yield process

    def season(self, start, end, seconds=60):
        """The daemon over a stretch of time, with the clock that jumps; what the terminal channel printed."""
        result = self.kith("daemon", "--clock", start, "--until", end, seconds=seconds)
        assert result.returncode == 0, f"{result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout


class Daemon:
    """A running daemon and what it tells its manager."""

    def __init__(self, process, listener, log):
        self.process, self.listener, self.log = process, listener, log
        self.told = []

    def wait_for(self, word, seconds=20):
        """Until it sent that assignment (`READY=1`, `WATCHDOG=1`)."""

        def has_told():
            with contextlib.suppress(TimeoutError):
                self.told += self.listener.recv(4096).decode().splitlines()
            if word in self.told:
                return True
            assert self.process.poll() is None, f"the daemon ended: {self.process.returncode}\n{self.text()}"
            return False

        until(f"{word} (log: {self.log})", has_told, seconds)

    def text(self):
        return self.log.read_text(errors="replace")

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def kill(self):
        kill(self.process)

    def end(self, seconds=10):
        """SIGTERM; its exit status."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise AssertionError(f"SIGTERM did not end it: {self.text()}") from error
