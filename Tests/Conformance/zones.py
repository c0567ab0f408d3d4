"""Compares what kith makes of the system's zones with Python's zoneinfo: every zone, at and around every change of its clock.

    zones.py PROGRAM [SEED]

Asked from 1900 to 2100: the offset at each transition and a second before it, and at two hundred instants; and which instant a
clock means by each local time about a transition, in its gap or its fold, and by what it shows at the two hundred. Zoneinfo
answers with fold=0, which is RFC 5545 §3.3.5: "If the local time described occurs more than once (when changing from daylight to
standard time), the DATE-TIME value refers to the first occurrence of the referenced time. [...] If the local time described does
not occur (when changing from standard to daylight time), the DATE-TIME value is interpreted using the UTC offset before the gap
in local times." Both read one tz database. Ends with 1 if anything differs.
"""

import collections
import datetime
import functools
import pathlib
import random
import struct
import sys
import time
import zoneinfo

from asking import answers, compared_in_parts
from made_rules import stamp

DATABASE = pathlib.Path("/usr/share/zoneinfo")
EPOCH = datetime.datetime(1970, 1, 1)
SECOND = datetime.timedelta(seconds=1)
FIRST, LAST = (int((datetime.datetime(year, 1, 1) - EPOCH) / SECOND) for year in (1900, 2100))
INSTANTS, WEEK = 200, 604800


def listed(name):
    """The transitions that a TZif file lists (RFC 9636), in seconds."""
    data = (DATABASE / name).read_bytes()

    def header(at):
        utc, standard, leaps, times, types, letters = struct.unpack_from(">20x6l", data, at)
        return at + 44, times, types, times * 5 + types * 6 + letters + standard + utc, leaps

    # The first block has times of four bytes; those of eight follow.
    body, _, _, size, leaps = header(0)
    start, times, *_ = header(body + size + leaps * 8)
    return struct.unpack_from(f">{times}q", data, start)


def offset(zone, seconds):
    """Of a zone's clock at an instant, in seconds."""
    utc = (EPOCH + SECOND * seconds).replace(tzinfo=zone)
    return int((zone.fromutc(utc).replace(tzinfo=None) - utc.replace(tzinfo=None)) / SECOND)


def transitions(name, zone):
    """From 1900 to 2100: those of the file, and after its last what weekly looks find of the rule at its end."""
    known = sorted(set(listed(name)))
    first = max([FIRST, *known[-1:]])
    for week in range(first, LAST, WEEK):
        low, high = week, min(week + WEEK, LAST)
        before = offset(zone, low)
        if offset(zone, high) == before:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
        known.append(high)
    return [seconds for seconds in known if FIRST <= seconds < LAST]


def local(seconds):
    """What a clock shows so many seconds after 1970 began on it."""
    return stamp(EPOCH + SECOND * seconds)


def meant(zone, seconds):
    """The instant a clock means when it shows so many seconds after 1970."""
    return seconds - int((EPOCH + SECOND * seconds).replace(tzinfo=zone).utcoffset() / SECOND)


def questions(name, seed, counts):
    """Times to ask a zone about, with what zoneinfo answers."""
    zone, random_ = zoneinfo.ZoneInfo(name), random.Random(f"{seed} {name}")
    clocks = set()
    instants = {random_.randrange(FIRST, LAST) for _ in range(INSTANTS)}
    clocks.update(instant + offset(zone, instant) for instant in instants)
    for at in transitions(name, zone):
        instants.update((at - 1, at))
        before, after = offset(zone, at - 1), offset(zone, at)
        edges = {at + before, at + after}
        clocks.update(edge + shift for edge in edges for shift in (-1, 0, 1))
        clocks.add(at + (before + after) // 2)
        counts["transitions"] += 1
        counts["gaps" if after > before else "folds"] += after != before
    for instant in instants:
        yield str(instant), str(offset(zone, instant))
    for clock in clocks:
        yield local(clock), str(meant(zone, clock))


def compared(program, seed, groups):
    """What differs in some zones, and counts; the zones of a group are one under several names."""
    zoneinfo.reset_tzpath([str(DATABASE)])
    counts, asked = collections.Counter(), []
    for names in groups:
        one = collections.Counter(zones=1)
        pairs = list(questions(names[0], seed, one))
        counts.update({key: value * len(names) for key, value in one.items()})
        asked += [(f"{name}\t{question}", expected) for name in names for question, expected in pairs]
    counts["questions"] = len(asked)
    found = answers([program, "inspect", "--zones", "-"], [question for question, _ in asked])
    wrong = [
        f"{question}\n  theirs {expected}\n  ours   {answer}"
        for (question, expected), answer in zip(asked, found, strict=True)
        if answer != expected
    ]
    return counts, wrong


def same():
    """The names of all zones, those of one content together."""
    zoneinfo.reset_tzpath([str(DATABASE)])
    groups = collections.defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        if (DATABASE / name).is_file():
            groups[(DATABASE / name).read_bytes()].append(name)
    return list(groups.values())


def main(program, seed=5545):
    began = time.monotonic()
    groups = same()
    parts = [groups[first::16] for first in range(16)]
    counts, wrong = compared_in_parts(functools.partial(compared, program, seed), parts)
    print(
        f"{counts['zones']} zones, {counts['transitions']} transitions, {counts['gaps']} gaps and {counts['folds']} folds; "
        f"{counts['questions']} questions, {len(wrong)} differences; {time.monotonic() - began:.1f} s"
    )
    return 1 if wrong or counts["zones"] < 400 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
