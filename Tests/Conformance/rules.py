"""Compares recurrence rules with python-dateutil: rules made from a seed, their first times and some twenty years on.

    rules.py PROGRAM [HOW_MANY [SEED]]

Each rule is made around a time that it is to give, so that nearly every one gives some; half of them start at that time. What
the RFC forbids is not made, nor what python-dateutil is known to read otherwise than the RFC: that is in EXPLAINED, and each of
those must be read as written there. Ends with 1 if anything else differs.
"""

import calendar
import dataclasses
import datetime
import json
import multiprocessing
import random
import subprocess
import sys
import time

from dateutil import rrule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# The seconds of a period, where all are of one length.
SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800}
MONTHS = {"MONTHLY": 1, "YEARLY": 12}
# How far from its start a rule is followed, in days: python-dateutil looks at every second.
HORIZON = {"SECONDLY": 40, "MINUTELY": 400, "HOURLY": 2500, "DAILY": 9000, "WEEKLY": 15000, "MONTHLY": 20000, "YEARLY": 25000}
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


@dataclasses.dataclass
class Case:
    """A rule to ask both about."""

    text: str
    """The same for python-dateutil, which wants an end without a zone and as a time."""
    theirs: str
    start: datetime.datetime
    frequency: str
    interval: int


def stamp(when):
    return f"{when:%Y%m%dT%H%M%S}".rjust(15, "0")


def listed(random_, target, values, most):
    """Up to so many more values than the one that is to be among them, in any order."""
    chosen = {target, *(random_.choice(values) for _ in range(random_.randrange(most)))}
    return ",".join(map(str, random_.sample(sorted(chosen), len(chosen))))


def signed(random_, number, length):
    """A place from the front, or the same from the back, where -1 is the last."""
    return number if random_.random() < 0.6 else number - length - 1


def stepped(start, frequency, steps):
    """The time so many periods after a start; a day that a month lacks is its last."""
    if frequency in SECONDS:
        return start + datetime.timedelta(seconds=SECONDS[frequency] * steps)
    index = start.year * 12 + start.month - 1 + MONTHS[frequency] * steps
    year, month = index // 12, index % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, calendar.monthrange(year, month)[1]))


def day_parts(random_, frequency, target, week_start):
    """BYMONTH to BYDAY, all with the day of a time."""
    parts = {}
    length, year_length = calendar.monthrange(target.year, target.month)[1], 365 + calendar.isleap(target.year)
    day, year_day = target.day, target.timetuple().tm_yday
    if random_.random() < 0.3:
        parts["BYMONTH"] = listed(random_, target.month, range(1, 13), 5)
    if frequency == "YEARLY" and random_.random() < 0.25:
        # The number of a week that begins on another day may be one more or less.
        week = target.isocalendar().week
        weeks = {min(max(week + shift, 1), 53) for shift in ((0,) if week_start == "MO" else (-1, 0, 1))}
        weeks.update(random_.choice([1, 2, 26, 51, 52, 53, -1, -2, -20, -52, -53]) for _ in range(random_.randrange(3)))
        parts["BYWEEKNO"] = ",".join(map(str, sorted(weeks)))
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY") and random_.random() < 0.2:
        others = [*range(-366, 0), *range(1, 367), 1, 60, 366, -1, -366] * 2
        parts["BYYEARDAY"] = listed(random_, signed(random_, year_day, year_length), others, 40)
    if frequency != "WEEKLY" and random_.random() < 0.3:
        parts["BYMONTHDAY"] = listed(random_, signed(random_, day, length), [*range(-31, 0), *range(1, 32)], 12)
    if random_.random() < 0.4 or "BYWEEKNO" in parts and not parts.keys() & {"BYYEARDAY", "BYMONTHDAY"}:
        if frequency in MONTHS and "BYWEEKNO" not in parts and random_.random() < 0.5:
            whole = frequency == "YEARLY" and "BYMONTH" not in parts
            place, of = (year_day, year_length) if whole else (day, length)
            ordinal = (place - 1) // 7 + 1 if random_.random() < 0.6 else -((of - place) // 7 + 1)
            numbers = [number for number in (range(-53, 54) if whole else range(-5, 6)) if number]
            others = [f"{number}{name}" for number in numbers for name in DAYS]
            parts["BYDAY"] = listed(random_, f"{ordinal}{DAYS[target.weekday()]}", others, 4)
        else:
            parts["BYDAY"] = listed(random_, DAYS[target.weekday()], DAYS, 5)
    return parts


def is_edge(weeks):
    """Whether these are numbers that python-dateutil gets wrong beside New Year."""
    return any(abs(week) >= 52 for week in weeks)


def made(random_):
    """A rule, with a start."""
    frequency = random_.choice([*SECONDS, *MONTHS])
    start = datetime.datetime(random_.randrange(1970, 2040), 1, 1) + datetime.timedelta(
        days=random_.choice([random_.randrange(366), random_.randrange(366), 58, 59, 0, 364]),
        seconds=random_.choice([random_.randrange(86400), 32400, 0, 86399]),
    )
    interval = 1 if random_.random() < 0.4 else random_.randrange(1, 13)
    has_times = random_.random() < 0.45
    if frequency == "SECONDLY":
        # Else it takes python-dateutil a day's seconds to come to a time.
        interval = random_.randrange(31, 20000) if has_times else random_.choice([1, 7, 45, 90, 1000, 86399, 100000])
    elif frequency == "MINUTELY":
        interval = random_.choice([1, 7, 15, 45, 90, 1439, 7919])
    elif frequency == "HOURLY":
        interval = random_.choice([1, 3, 5, 8, 25, 36, 100])
    week_start = "MO" if random_.random() < 0.6 else random_.choice(DAYS)
    reach = {"SECONDLY": 300, "MINUTELY": 200, "HOURLY": 100}.get(frequency, 4)
    target = start if random_.random() < 0.5 else stepped(start, frequency, interval * random_.randrange(reach))
    if frequency in MONTHS and target != start:
        days = calendar.monthrange(target.year, target.month)[1]
        target = target.replace(day=random_.randrange(1, days + 1))
    parts = day_parts(random_, frequency, target, week_start)
    if has_times:
        if random_.random() < 0.5:
            parts["BYHOUR"] = listed(random_, target.hour, range(24), 6)
        if random_.random() < 0.5:
            parts["BYMINUTE"] = listed(random_, target.minute, range(60), 8)
        if random_.random() < 0.5:
            parts["BYSECOND"] = listed(random_, target.second, range(60), 8)
    weeks = [int(number) for number in parts.get("BYWEEKNO", "").split(",") if number]
    if parts and random_.random() < 0.2 and not is_edge(weeks):
        if frequency == "WEEKLY":
            start -= datetime.timedelta(days=(start.weekday() - DAYS.index(week_start)) % 7)
        small = [1, 1, -1, -1, 2, -2] if frequency not in MONTHS else [1, 1, -1, -1, 2, -2, 3, 5, -4, 10]
        parts["BYSETPOS"] = listed(random_, random_.choice([1, -1]), small, 3)
    return case(random_, start, frequency, interval, week_start, parts)


def case(random_, start, frequency, interval, week_start, parts):
    """Parts put together, in any order, at times with an end."""
    parts = {"FREQ": frequency, **parts}
    if interval > 1 or random_.random() < 0.1:
        parts["INTERVAL"] = interval
    if week_start != "MO" or random_.random() < 0.1:
        parts["WKST"] = week_start
    ours, theirs, kind = dict(parts), dict(parts), random_.random()
    if kind < 0.15:
        ours["COUNT"] = theirs["COUNT"] = random_.randrange(1, 60)
    elif kind < 0.3:
        end = start + datetime.timedelta(seconds=random_.randrange(HORIZON[frequency] * 86400))
        form = random_.choice(["date", "local", "UTC"])
        ours["UNTIL"] = f"{end:%Y%m%d}" if form == "date" else stamp(end) + ("Z" if form == "UTC" else "")
        theirs["UNTIL"] = f"{end:%Y%m%dT}235959" if form == "date" else stamp(end)
    order = random_.sample(sorted(ours), len(ours))
    text = (";".join(f"{name}={parts[name]}" for name in order) for parts in (ours, theirs))
    return Case(*text, start, frequency, interval)


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


def ask(program, lines):
    """The answers to lines `RULE<tab>DTSTART<tab>LIMIT[<tab>FROM]`, from one process."""
    asked = subprocess.run(
        [program, "inspect", "--tzid", "UTC", "--rrule", "-"],
        input="".join(line + "\n" for line in lines), capture_output=True, check=True, text=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in asked.stdout.splitlines()]
    assert len(answers) == len(lines), f"{len(answers)} answers to {len(lines)} rules"
    return [answer.get("times", answer.get("error")) for answer in answers]


def compared(one, where, found, answer):
    """A line on what differs; `None` where nothing does."""
    times, end = found
    ours = answer if isinstance(answer, str) else [when for when in answer if when <= end]
    if ours == times:
        return None
    same = next((index for index, pair in enumerate(zip(times, ours)) if pair[0] != pair[1]), min(len(times), len(ours)))
    shown = slice(same, same + 6)
    return f"{one.text} from {stamp(one.start)}, {where}, after {same}\n  theirs {times[shown]}\n  ours   {ours[shown]}"


def explained(program):
    """What is wrong with the list of explained differences."""
    answers = ask(program, [f"{rule}\t{start}\t{len(days)}" for rule, start, days, _ in EXPLAINED])
    for (rule, start, days, _), answer in zip(EXPLAINED, answers, strict=True):
        clock = f"T{start[9:11]}:{start[11:13]}:{start[13:]}"
        if answer != [day + clock for day in days]:
            yield f"{rule} from {start}, explained\n  expected {days}\n  ours     {answer}"
        first = datetime.datetime.strptime(start, "%Y%m%dT%H%M%S")
        if rrule.rrulestr(rule, dtstart=first)[: len(days)] == [datetime.datetime.fromisoformat(day + clock) for day in days]:
            yield f"{rule} from {start}, explained, but python-dateutil agrees"


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
    ours = ask(program, lines)
    spent = time.monotonic() - spent
    wrong = [compared(*question, answer) for question, answer in zip(questions, ours, strict=True)]
    wrong = [line for line in [*wrong, *explained(program)] if line]
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
