"""Compares recurrence rules with python-dateutil: rules made from a seed, their first times and some twenty years on.

    rules.py PROGRAM [HOW_MANY [SEED]]

What python-dateutil is known to read otherwise than the RFC is not asked: it is in EXPLAINED, and each of those must be read as
written there. Ends with 1 if anything else differs.
"""

import calendar
import datetime
import multiprocessing
import random
import sys
import time

from asking import explained, first_difference, rule_times
from dateutil import rrule
from made_rules import DAYS, HORIZON, MONTHS, SECONDS, is_edge, made, stamp, stepped

FIRST, LATER, YEARS = 50, 10, 20

# Rule, start, our first times, and the sentence of RFC 5545 that settles it (an erratum where that is said).
EXPLAINED = [
    (
        "FREQ=YEARLY;BYWEEKNO=20", "19970902T090000", ["1998-05-12", "1999-05-18", "2000-05-16"],
        "§3.3.10: Information, not contained in the rule, necessary to determine the various recurrence instance start time and "
        "dates are derived from the Start Time (\"DTSTART\") component attribute. (So the weekday; dateutil gives all seven.)",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,1TU", "19970901T090000", ["1997-09-01", "1997-09-02", "1997-09-08"],
        "§3.3.10: The BYDAY rule part specifies a COMMA-separated list of days of the week; each can also be preceded by an "
        "integer. (A list names all its items; dateutil wants a day to be of both kinds.)",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "19970903T090000", ["1997-09-08", "1997-09-15", "1997-09-22"],
        "§3.3.10: BYSETPOS operates on a set of recurrence instances in one interval of the recurrence rule. For example, in a "
        "WEEKLY rule, the interval would be one week. (Dateutil cuts the first week at its start.)",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=52;BYDAY=MO,SA", "19940101T090000", ["1994-01-01", "1994-12-26", "1994-12-31"],
        "§3.3.10: Week number one of the calendar year is the first week that contains at least four (4) days in that calendar "
        "year. (So 1993 had 52 weeks; dateutil counts those of the year before by the length of the year itself.)",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=-53;BYDAY=WE", "19970902T090000", ["1997-12-31", "2003-12-31", "2008-12-31"],
        "§3.3.10: Valid values are 1 to 53 or -53 to -1. (The 53rd week from the end of 1998 is its first, which begins in 1997; "
        "dateutil knows no week of a neighbouring year by its number from the end.)",
    ),
]  # fmt: skip


def later(one):
    """The start of the first period twenty years on that begins as the rule does; `None` where that is not soon."""
    if "COUNT" in one.text:
        return None
    far = one.start + datetime.timedelta(days=365.2425 * YEARS)
    if one.frequency in SECONDS:
        unit = SECONDS[one.frequency] * one.interval
        return stepped(one.start, one.frequency, -(-int((far - one.start).total_seconds()) // unit) * one.interval)
    periods = -(-YEARS * 12 // (MONTHS[one.frequency] * one.interval))
    for further in range(periods, periods + 48):
        found = stepped(one.start, one.frequency, further * one.interval)
        if found.day == one.start.day:
            return found
    return None


def theirs(one, start, most):
    """What python-dateutil gives up to the horizon, and where that is."""
    end = start + datetime.timedelta(days=HORIZON[one.frequency])
    parts = dict(part.split("=") for part in one.theirs.split(";"))
    weeks = {int(number) for number in parts.get("BYWEEKNO", "").split(",") if number}
    if is_edge(weeks):
        # Asked about all weeks; see EXPLAINED.
        del parts["BYWEEKNO"]
        most = min(most, int(parts.pop("COUNT", most)))
    rule = rrule.rrulestr(";".join(map("=".join, parts.items())), dtstart=start)
    found = []
    for when in rule:
        if when > end or len(found) == most:
            break
        if is_edge(weeks) and not weeks & numbers(when, parts.get("WKST", "MO")):
            continue
        found.append(when.isoformat())
    return found, end.isoformat()


def numbers(when, week_start):
    """The numbers of a day's week, from the front and the back of the year that has its fourth day."""
    fourth = when + datetime.timedelta(days=3 - (when.weekday() - DAYS.index(week_start)) % 7)
    day, length = fourth.timetuple().tm_yday, 365 + calendar.isleap(fourth.year)
    return {(day - 1) // 7 + 1, -((length - day) // 7) - 1}


def expected(one):
    """The first times, and those of the window; both with their horizons."""
    there = later(one)
    return theirs(one, one.start, FIRST), there and theirs(one, there, LATER)


def compared(one, where, found, answer):
    """A line on what differs; `None` where nothing does."""
    times, end = found
    ours = answer if isinstance(answer, str) else [when for when in answer if when <= end]
    if ours == times:
        return None
    return f"{one.text} from {stamp(one.start)}, {where}, {first_difference(times, ours)}"


def first_times(questions):
    """What python-dateutil answers to `RULE<tab>DTSTART<tab>LIMIT`."""
    for rule, start, limit in (question.split("\t") for question in questions):
        times = rrule.rrulestr(rule, dtstart=datetime.datetime.strptime(start, "%Y%m%dT%H%M%S"))
        yield [when.isoformat() for when in times[: int(limit)]]


def main(program, how_many=20000, seed=5545):
    began = time.monotonic()
    random_ = random.Random(int(seed))
    cases = [made(random_) for _ in range(int(how_many))]
    with multiprocessing.Pool() as pool:
        answers = pool.map(expected, cases, chunksize=50)
    lines, questions = [], []
    for one, (first, window) in zip(cases, answers, strict=True):
        lines.append(f"{one.text}\t{stamp(one.start)}\t{FIRST}")
        questions.append((one, "the first", first))
        if window:
            lines.append(f"{one.text}\t{stamp(one.start)}\t{LATER}\t{stamp(later(one))}")
            questions.append((one, f"from {stamp(later(one))} on", window))
    spent = time.monotonic()
    ours = rule_times(program, lines)
    spent = time.monotonic() - spent
    wrong = [compared(*question, answer) for question, answer in zip(questions, ours, strict=True)]
    wrong = [line for line in [*wrong, *explained(program, EXPLAINED, first_times)] if line]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    filled = sum(bool(first[0]) for first, _ in answers)
    times = sum(len(found[0]) for _, _, found in questions)
    windows = len(questions) - len(cases)
    print(
        f"{len(cases)} rules, {filled * 100 / len(cases):.1f} % of them with times; {windows} windows; {times} times compared; "
        f"{len(wrong)} differences, {len(EXPLAINED)} explained; {spent:.1f} s ours, {time.monotonic() - began:.1f} s in all"
    )
    return 1 if wrong or filled < 0.9 * len(cases) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
