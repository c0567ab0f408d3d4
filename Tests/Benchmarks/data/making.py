"""Makes the folder of data, or leaves it where it is what this code would make."""

import hashlib
import json
import os
import pathlib
import shutil

from data import cards, events, mail, rules
from data.writing import Chance, folded
from data.zones import NAMES, TIMEZONES

# Components of the large calendar, files of the folder, cards, rules, messages; people and meetings of a made-up network, and
# the days it is played.
FULL = {
    "events": 100_000, "files": 20_000, "cards": 10_000, "rules": 3_000, "messages": 100_000,
    "people": 10_000, "meetings": 100_000, "days": 365,
}  # fmt: skip
QUICK = {
    "events": 200, "files": 40, "cards": 30, "rules": 40, "messages": 50, "people": 40, "meetings": 400, "days": 7,
}  # fmt: skip
HEAD = folded(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kith//benchmarks//EN", "CALSCALE:GREGORIAN"])
TAIL = folded(["END:VCALENDAR"])


def version(sizes):
    """What the data are made by; other code or other sizes make other data."""
    code = b"".join(path.read_bytes() for path in sorted(pathlib.Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(code + json.dumps(sizes).encode()).hexdigest()


def made(folder, sizes):
    """How much stands in the folder, which is made first where that is needed.

    `components` are the VEVENTs of the small files; a series and its overrides share one.
    """
    manifest = folder / "manifest.json"
    if manifest.exists() and (known := json.loads(manifest.read_text()))["version"] == version(sizes):
        return known
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    large_calendar(folder / "large.ics", sizes["events"])
    components = calendar_folder(folder / "vdir", sizes["files"])
    address_book(folder, sizes["cards"])
    (folder / "rules.txt").write_text("".join(rules.lines(Chance("rules"), sizes["rules"])))
    (folder / "network.txt").write_text(" ".join(str(sizes[name]) for name in ("people", "meetings", "days")))
    mail.maildirs(folder / "mail", sizes["messages"])
    size = os.path.getsize(folder / "large.ics")
    known = {"version": version(sizes), **sizes, "large_bytes": size, "components": components}
    # Last: a folder that was left half made has none.
    manifest.write_text(json.dumps(known))
    return known


def large_calendar(path, count):
    """One file with so many VEVENTs, series and their overrides together."""
    chance = Chance("large")
    with path.open("wb") as file:
        file.write(HEAD + b"".join(TIMEZONES[name] for name in NAMES))
        while count > 0:
            event = events.Event(chance)
            if event.components <= count:
                file.write(event.text)
                count -= event.components
        file.write(TAIL)


def calendar_folder(folder, count):
    """One event or series a file, each with the zone it names, as vdirsyncer leaves them."""
    chance = Chance("vdir")
    folder.mkdir()
    components = 0
    for _ in range(count):
        event = events.Event(chance)
        components += event.components
        zone = TIMEZONES[event.zone] if event.kind == "zone" else b""
        (folder / f"{event.uid}.ics").write_bytes(HEAD + zone + event.text + TAIL)
    return components


def address_book(folder, count):
    """The same cards in one file and one a file."""
    chance = Chance("cards")
    (folder / "cards").mkdir()
    with (folder / "cards.vcf").open("wb") as file:
        for number in range(count):
            card = cards.card(chance)
            file.write(card)
            (folder / "cards" / f"{number:05}.vcf").write_bytes(card)
