"""`packages.py NAME FOLDER`: what Python packages do of a row, as a program that uses them would do it."""

import datetime
import itertools
import json
import pathlib
import re
import sys
import time


def read_icalendar(folder):
    """A tenth of the large calendar: the whole would take minutes."""
    import icalendar

    whole = (folder / "large.ics").read_bytes()
    part = whole[: whole.index(b"BEGIN:VEVENT", len(whole) // 10)] + b"END:VCALENDAR\r\n"
    began = time.perf_counter()
    calendar = icalendar.Calendar.from_ical(part)
    spent = time.perf_counter() - began
    return spent, len(calendar.walk("VEVENT")), len(part)


def cards_vobject(folder):
    import vobject

    began = time.perf_counter()
    text = (folder / "cards.vcf").read_bytes().decode()
    count = sum(hasattr(card, "fn") for card in vobject.readComponents(text))
    return time.perf_counter() - began, count, len(text.encode())


def rules_dateutil(folder):
    from dateutil import rrule

    spent, count = 0, 0
    for line in (folder / "rules.txt").read_text().splitlines():
        text, start, limit = line.split("\t")
        rule = rrule.rrulestr(text, dtstart=datetime.datetime.strptime(start, "%Y%m%dT%H%M%S"))
        began = time.perf_counter()
        count += sum(1 for _ in itertools.islice(rule, int(limit)))
        spent += time.perf_counter() - began
    return spent, count, 0


def peak():
    return int(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text())[1]) * 1024


if __name__ == "__main__":
    measure = {"icalendar": read_icalendar, "vobject": cards_vobject, "dateutil": rules_dateutil}[sys.argv[1]]
    seconds, count, size = measure(pathlib.Path(sys.argv[2]))
    print(json.dumps({"seconds": [seconds], "count": count, "bytes": size, "peak": peak()}))
