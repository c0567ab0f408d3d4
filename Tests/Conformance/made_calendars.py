"""Calendars made from a seed, to ask kith and another reader what takes place within a window.

Series of every frequency by the day or more, and some by the hour; instances moved, also across the window's edges, cancelled,
left out and added; dates, floating times, times in zones that change their clocks then, and in UTC; ends and durations.
"""

import dataclasses
import datetime
import zoneinfo

from dateutil import rrule
from made_rules import DAYS, stamp

# What is asked of both once kith reads it: RANGE=THISANDFUTURE, EXRULE, the length of an RDATE's period, and an end within the
# second of two hours.
COMING = True

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "Pacific/Auckland"]
DATE, FLOATING, UTC = "a date", "a floating time", "UTC"
# Clocks are set between these; others are those of most events.
CLOCKS = ["020000", "023000", "013000", "003000", "030000", "234500", "090000", "173000"]
SECOND, HOUR, DAY = (datetime.timedelta(seconds=seconds) for seconds in (1, 3600, 86400))


@dataclasses.dataclass(frozen=True)
class When:
    """A time as an event has it: what a clock shows, and whose."""

    clock: datetime.datetime
    kind: str

    def line(self, name):
        """As a property."""
        form = {DATE: ";VALUE=DATE:", FLOATING: ":", UTC: ":"}.get(self.kind, f";TZID={self.kind}:")
        return name + form + self.stamp

    @property
    def stamp(self):
        return f"{self.clock:%Y%m%d}" if self.kind == DATE else stamp(self.clock) + ("Z" if self.kind == UTC else "")

    def instant(self, floating):
        """In UTC; RFC 5545 §3.3.5 in gaps and folds, as is Python's fold=0."""
        zone = floating if self.kind in (DATE, FLOATING) else self.kind
        return self.clock.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(datetime.timezone.utc).replace(tzinfo=None)

    def text(self, floating):
        """As kith prints it."""
        if self.kind == DATE:
            return f"{self.clock:%Y-%m-%d}"
        return self.clock.isoformat() if self.kind == FLOATING else self.instant(floating).isoformat() + "Z"

    def later(self, span):
        """By the clock."""
        return When(self.clock + span, self.kind)

    def after(self, span, floating):
        """In real time."""
        if not span:
            return self
        end = When(self.instant(floating) + span, UTC)
        if self.kind == FLOATING:
            return When(end.in_zone(floating).clock, FLOATING)
        # A local time alone does not tell the second of two hours from the first.
        return end if COMING or self.kind == UTC else end.in_zone(self.kind)

    def in_zone(self, name):
        """The same instant of a time in UTC, told elsewhere."""
        there = self.clock.replace(tzinfo=datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo(name))
        return When(there.replace(tzinfo=None, fold=0), name)


@dataclasses.dataclass(frozen=True)
class Length:
    """How long an event lasts.

    RFC 5545 §3.8.5.3: "If the duration of the recurring component is specified with the "DTEND" or "DUE" property, the same exact
    duration will apply to all the members of the generated recurrence set. Else, if the duration of the recurring component is
    specified with the "DURATION" property, the same nominal duration will apply to all the members of the generated recurrence
    set and the exact duration of each recurrence instance will depend on its specific start time."
    """

    days: int = 0
    seconds: int = 0
    form: str = ""

    def lines(self, start):
        if self.form == "DTEND":
            return [start.later(datetime.timedelta(self.days, self.seconds)).line("DTEND")]
        if self.form == "DURATION":
            hours, rest = divmod(self.seconds, 3600)
            clock = f"T{hours}H{rest // 60}M" if self.seconds else ""
            return [f"DURATION:P{f'{self.days}D' if self.days or not clock else ''}{clock}"]
        return []

    def end(self, first, start, floating):
        """Of an instance that starts at some time, of a series whose first does at another."""
        if start.kind == DATE:
            return start.later(max(self.days, 1) * DAY)
        if self.form != "DTEND":
            return start.later(self.days * DAY).after(self.seconds * SECOND, floating)
        last = first.later(datetime.timedelta(self.days, self.seconds))
        return start.after(last.instant(floating) - first.instant(floating), floating)


@dataclasses.dataclass
class Component:
    """An event of a file, known by its SUMMARY, which is its own."""

    uid: str
    summary: str
    start: When
    length: Length
    """Its other properties."""
    more: list
    """What the other is told in the place of `more`, where it cannot read that."""
    instead: list | None = None
    """The date an UNTIL names, where it is one and the start is none."""
    until: str | None = None
    """Which instance it overrides, and by how much it and all after it are moved, where it speaks for those."""
    instance: When | None = None
    shift: datetime.timedelta | None = None
    """How long instances last that RDATE gives a length of their own, by their start."""
    periods: dict = dataclasses.field(default_factory=dict)

    def end(self, start, floating):
        """When an instance ends that starts at some time."""
        span = self.periods.get(start.clock)
        return start.after(span, floating) if span is not None else self.length.end(self.start, start, floating)

    @property
    def is_series(self):
        return any(line.startswith(("RRULE", "RDATE", "RECURRENCE-ID")) for line in self.more)

    @property
    def is_by_the_hour(self):
        return any("FREQ=HOURLY" in line or "FREQ=MINUTELY" in line for line in self.more)

    def lines(self, more):
        yield from ("BEGIN:VEVENT", f"UID:{self.uid}", f"SUMMARY:{self.summary}", "DTSTAMP:20200101T000000Z")
        yield from (self.start.line("DTSTART"), *self.length.lines(self.start), *more, "END:VEVENT")


def file(components, theirs=False):
    """The text of a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.org//conformance//EN"]
    for one in components:
        lines += one.lines(one.instead if theirs and one.instead is not None else one.more)
    return "".join(line + "\r\n" for line in [*lines, "END:VCALENDAR"])


def length(random_, kind):
    if kind == DATE:
        return random_.choice([Length(), Length(1, 0, "DTEND"), Length(3, 0, "DTEND"), Length(2, 0, "DURATION")])
    days, seconds = random_.choice([(0, 1800), (0, 3600), (0, 7200), (0, 30600), (0, 93600), (1, 0), (1, 5400), (3, 0)])
    return random_.choice([Length(), Length(days, seconds, "DTEND"), Length(days, seconds, "DURATION")])


def rule(random_, start):
    """A rule that gives its start; those by the hour only where that is a time."""
    day, month, place = DAYS[start.clock.weekday()], start.clock.month, (start.clock.day - 1) // 7 + 1
    interval = random_.choice(["", ";INTERVAL=2", ";INTERVAL=3"])
    days = ",".join(dict.fromkeys([day, *random_.choices(DAYS, k=random_.randrange(3))]))
    choices = [
        f"FREQ=DAILY{interval}", f"FREQ=DAILY;BYDAY={days}", f"FREQ=DAILY;BYMONTH={month},{month % 12 + 1}",
        f"FREQ=WEEKLY{interval}", f"FREQ=WEEKLY{interval};BYDAY={days}", f"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY={days}",
        f"FREQ=MONTHLY{interval}", f"FREQ=MONTHLY;BYDAY={place}{day}", f"FREQ=MONTHLY;BYMONTHDAY={start.clock.day},-1",
        f"FREQ=MONTHLY;BYDAY={days};BYSETPOS=1,-1", "FREQ=YEARLY", f"FREQ=YEARLY;BYMONTH={month};BYDAY={place}{day}",
        f"FREQ=YEARLY;BYYEARDAY={start.clock.timetuple().tm_yday},100,300",
    ]  # fmt: skip
    if start.kind != DATE:
        choices += ["FREQ=HOURLY;INTERVAL=5", "FREQ=HOURLY;INTERVAL=1;BYHOUR=0,1,2,3,4", "FREQ=MINUTELY;INTERVAL=45"]
    return random_.choice(choices)


def series(random_, uid, window):
    """A single event or a series, with its overrides, about a window of local times."""
    kind = random_.choice([DATE, DATE, FLOATING, UTC, *ZONES, *ZONES[:2]])
    before = random_.choice([900, 200, 20, 2])
    day = window[0] - datetime.timedelta(days=random_.randrange(before))
    clock = datetime.datetime.strptime("000000" if kind == DATE else random_.choice(CLOCKS), "%H%M%S").time()
    start = When(datetime.datetime.combine(day.date(), clock), kind)
    master = Component(uid, f"{uid}/0", start, length(random_, kind), [])
    if random_.random() < 0.2:
        return [master]
    text = rule(random_, start)
    master.more.append(f"RRULE:{text}")
    if master.is_by_the_hour:
        # Both readers would go through every hour of three years.
        master.start = start = start.later((window[0].date() - start.clock.date() - 3 * DAY) if before > 20 else 0 * DAY)
    span = window[0] - 9 * DAY, window[1] + 9 * DAY
    near = rrule.rrulestr(text, dtstart=start.clock).between(*span)[:200]
    text, master.until = ended(random_, text, start, window)
    master.more = [f"RRULE:{text}"]
    components = [master]
    # A time in UTC that is the local time of another instance is taken for it, by the one we compare with.
    if near and not (master.is_by_the_hour and kind not in (UTC, FLOATING)):
        taken = random_.sample(near, min(len(near), 4))
        leave_out(random_, master, taken[:1])
        for number, clock in enumerate(taken[1 : random_.randrange(5)], 1):
            components += overrides(random_, master, number, When(clock, kind), window)
    if random_.random() < 0.35:
        add(random_, master, span)
    if COMING and "RRULE" in master.more[0] and random_.random() < 0.5:
        components = coming(random_, components, near)
    return components


def ended(random_, text, start, window):
    """A rule with an end, in the form its start asks for or, with times, as the date that programs write."""
    form = random_.choice(["", "", "COUNT", "UNTIL", "UNTIL", "date"])
    last = max(start.clock, window[0] + datetime.timedelta(days=random_.randrange(-5, 40), hours=random_.randrange(24)))
    if form == "COUNT":
        return f"{text};COUNT={random_.choice([1, 5, 30, 300])}", None
    if form == "date" and start.kind != DATE and start.clock.date() < last.date():
        return f"{text};UNTIL={last:%Y%m%d}", f"{last:%Y-%m-%d}"
    if form != "UNTIL":
        return text, None
    until = When(last, start.kind)
    return f"{text};UNTIL={until.stamp if until.kind in (DATE, FLOATING) else stamp(until.instant('')) + 'Z'}", None


def leave_out(random_, master, clocks):
    """EXDATE, in the form of the start, in UTC, or as the date of the day."""
    for clock in clocks:
        when = When(clock, master.start.kind)
        form = random_.choice(["same", "same", "UTC", "date"])
        if form == "UTC" and when.kind not in (DATE, FLOATING):
            when = When(when.instant(""), UTC)
        elif form == "date":
            when = When(clock, DATE)
        master.more.append(when.line("EXDATE"))


def overrides(random_, master, number, instance, window):
    """A moved, longer or cancelled instance, at times with a later revision of itself."""
    zoned = instance.kind not in (DATE, FLOATING)
    name = When(instance.instant(""), UTC) if zoned and random_.random() < 0.3 else instance
    for revision in range(random_.choice([1, 1, 1, 2])):
        far = random_.choice([window[0] - instance.clock, window[1] - instance.clock])
        shift = random_.choice([0 * DAY, 2 * HOUR, -HOUR / 2, far, far + DAY, far - 40 * DAY, 40 * DAY])
        clock = instance.clock + datetime.timedelta(seconds=int(shift.total_seconds()))
        kind = random_.choice([instance.kind, instance.kind, random_.choice(ZONES)]) if zoned else instance.kind
        if kind == DATE:
            clock = datetime.datetime.combine(clock.date(), datetime.time())
        more = [name.line("RECURRENCE-ID"), f"SEQUENCE:{revision + 1}", random_.choice(["STATUS:CONFIRMED", "STATUS:CANCELLED"])]
        summary = f"{master.uid}/{number}.{revision}"
        yield Component(master.uid, summary, When(clock, kind), length(random_, kind), more, instance=instance)


def add(random_, master, span):
    """RDATE, at minutes of its own; with times also periods."""
    clocks = [
        span[0].replace(hour=0, minute=0, second=0) + datetime.timedelta(days=random_.randrange((span[1] - span[0]).days))
        for _ in range(random_.choice([1, 2, 3]))
    ]
    if master.start.kind == DATE:
        master.more += [When(clock, DATE).line("RDATE") for clock in clocks]
        return
    starts = [When(clock + datetime.timedelta(hours=random_.randrange(24), minutes=17), master.start.kind) for clock in clocks]
    if random_.random() < 0.5 or not COMING and not own_length(master):
        master.more.append(starts[0].line("RDATE") + "".join("," + start.stamp for start in starts[1:]))
        return
    # All of one length: of several, recurring-ical-events gives some the length of another.
    span_ = random_.choice([900, 5400, 100000]) * SECOND if COMING else own_length(master)
    for start in starts:
        form = random_.choice([start.later(span_).stamp, f"PT{int(span_.total_seconds())}S"])
        master.more.append(start.line("RDATE").replace("RDATE", "RDATE;VALUE=PERIOD", 1) + "/" + form)
        if COMING:
            master.periods[start.clock] = span_


def own_length(master):
    return datetime.timedelta(master.length.days, master.length.seconds)


def coming(random_, components, near):
    """What is switched on with COMING: an override that counts for all after it, or a rule of exceptions."""
    master, *others = components
    # Whether an instance with a length of its own keeps that, the RFC does not say.
    if others and not master.is_by_the_hour and not master.periods:
        last = others[-1]
        if last.summary.endswith(".0") and random_.random() < 0.7:
            shifts = [0 * DAY, DAY] if master.start.kind == DATE else [0 * DAY, DAY, 2 * HOUR, -HOUR / 2]
            shift = random_.choice(shifts)
            name = max(near[:1] + [one.instance.clock for one in others])
            components[-1] = dataclasses.replace(
                last, instance=When(name, master.start.kind), start=When(name + shift, master.start.kind), shift=shift,
                more=[When(name, master.start.kind).line("RECURRENCE-ID;RANGE=THISANDFUTURE"), "SEQUENCE:3"],
            )  # fmt: skip
    elif not others and near and not master.is_by_the_hour:
        # Recurring-ical-events reads no EXRULE, so it is told the dates.
        text = random_.choice(["FREQ=DAILY;INTERVAL=3", f"FREQ=WEEKLY;BYDAY={DAYS[near[0].weekday()]},SU", "FREQ=MONTHLY"])
        out = rrule.rrulestr(text, dtstart=master.start.clock).between(master.start.clock, near[-1] + 60 * DAY, inc=True)
        master.instead = master.more + [When(clock, master.start.kind).line("EXDATE") for clock in out]
        master.more = [*master.more, f"EXRULE:{text}"]
    return components
