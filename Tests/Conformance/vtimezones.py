"""Compares what kith makes of a file's own VTIMEZONEs with libical: starts at seeded times and about every transition.

    vtimezones.py PROGRAM LIBICAL [SEED]

Libical 3.0.16 knows a zone's offsets, but not what RFC 5545 §3.3.5 makes of the local times that a clock skips or shows twice:
"If the local time described occurs more than once (when changing from daylight to standard time), the DATE-TIME value refers to
the first occurrence of the referenced time. [...] If the local time described does not occur (when changing from standard to
daylight time), the DATE-TIME value is interpreted using the UTC offset before the gap in local times." It takes the second, and
the offset after. There its offsets a day before and after are asked, and the sentence. Ends with 1 if anything else differs.
"""

import bisect
import collections
import datetime
import functools
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

from asking import compared_in_parts
from dateutil import rrule
from exported_zones import all_zones
from made_rules import stamp

EPOCH = FIRST = datetime.datetime(1970, 1, 1)
LAST = datetime.datetime(2038, 1, 1)
SEEDED = 200
# About what a clock shows at a transition.
ABOUT = [
    datetime.timedelta(seconds=shift)
    for shift in (-90000, -7200, -3601, -3600, -1800, -1, 0, 1, 1800, 3599, 3600, 7200, 90000)
]


def onsets(lines):
    """The local times at which the parts of a VTIMEZONE begin, also after their rule has ended."""
    for line in lines:
        name, _, value = line.partition(":")
        if name == "DTSTART":
            start = datetime.datetime.strptime(value, "%Y%m%dT%H%M%S")
            yield start
        elif name == "RDATE":
            yield from (datetime.datetime.strptime(date, "%Y%m%dT%H%M%S") for date in value.split(","))
        elif name == "RRULE":
            rule = ";".join(piece for piece in value.split(";") if not piece.startswith("UNTIL"))
            yield from rrule.rrulestr(rule, dtstart=start).between(FIRST, LAST)


def starts(lines, random_):
    """The local times to ask about."""
    span = int((LAST - FIRST).total_seconds())
    found = {FIRST + datetime.timedelta(seconds=random_.randrange(span)) for _ in range(SEEDED)}
    found |= {onset + shift for onset in set(onsets(lines)) if onset >= FIRST for shift in ABOUT}
    return sorted(when for when in found if FIRST <= when < LAST)


def calendar(name, lines, times):
    """A file with an event at each time, which is its UID."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//conformance//EN", *lines)
    for when in map(stamp, times):
        yield from ("BEGIN:VEVENT", f"UID:{when}", "DTSTAMP:19970101T000000Z", f"DTSTART;TZID={name}:{when}", "END:VEVENT")
    yield "END:VCALENDAR"


def theirs(libical, path):
    """What libical makes of each start, in seconds by UID."""
    asked = subprocess.run([libical, "starts", path], capture_output=True, check=True, text=True)
    return {uid: int(seconds) for uid, seconds in map(str.split, asked.stdout.splitlines())}


def ours(program, path):
    """What kith makes of them."""
    asked = subprocess.run([program, "inspect", "--json", path], capture_output=True, check=True, text=True)
    assert not asked.stderr, asked.stderr
    events = map(json.loads, asked.stdout.splitlines())
    return {event["uid"]: int(datetime.datetime.fromisoformat(event["start"]).timestamp()) for event in events}


def settled(lines, times, found):
    """What libical's own offsets make of the local times that do not occur, or twice, at the transitions of a zone."""

    def offset(when):
        return when - EPOCH - datetime.timedelta(seconds=found[stamp(when)])

    for onset in set(onsets(lines)):
        before, after = onset - ABOUT[-1], onset + ABOUT[-1]
        if before < FIRST or after >= LAST:
            continue
        change = offset(after) - offset(before)
        first, last = sorted((onset, onset + change))
        for when in times[bisect.bisect_left(times, first) : bisect.bisect_left(times, last)]:
            yield stamp(when), int((when - EPOCH - offset(before)).total_seconds())


def compared(program, libical, seed, zone):
    """What differs in a zone, and counts."""
    name, lines = zone
    times = starts(lines, random.Random(f"{seed} {name}"))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "starts.ics"
        path.write_text("".join(line + "\r\n" for line in calendar(name, lines, times)))
        found, answers = theirs(libical, path), ours(program, path)
    assert found.keys() == answers.keys() == set(map(stamp, times)), f"{name}: not every start has two answers"
    explained = dict(settled(lines, times, found))
    counts = collections.Counter(starts=len(times), settled=sum(found[uid] != seconds for uid, seconds in explained.items()))
    expected = found | explained
    wrong = [uid for uid in expected if answers[uid] != expected[uid]]
    return counts, [f"{name}, {uid}\n  theirs {expected[uid]}\n  ours   {answers[uid]}" for uid in wrong]


def main(program, libical, seed=5545):
    began = time.monotonic()
    zones = all_zones()
    counts, wrong = compared_in_parts(functools.partial(compared, program, libical, seed), zones.items())
    print(
        f"{len(zones)} VTIMEZONEs, {counts['starts']} starts; {counts['settled']} in gaps and folds that libical reads otherwise "
        f"than the RFC, {len(wrong)} other differences; {time.monotonic() - began:.1f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
