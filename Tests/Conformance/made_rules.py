"""Recurrence rules made from a seed, to ask kith and other implementations about.

Each rule is made around a time that it is to give, so that nearly every one gives some; half of them start at that time. What
the RFC forbids is not made, nor most of what other implementations are known to read otherwise than the RFC; the scripts that
compare name that.
"""

import calendar
import dataclasses
import datetime

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# The seconds of a period, where all are of one length.
SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800}
MONTHS = {"MONTHLY": 1, "YEARLY": 12}
# How far from its start a rule is followed, in days: python-dateutil looks at every second.
HORIZON = {"SECONDLY": 40, "MINUTELY": 400, "HOURLY": 2500, "DAILY": 9000, "WEEKLY": 15000, "MONTHLY": 20000, "YEARLY": 25000}


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
