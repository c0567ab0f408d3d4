"""Events as calendars of some years hold them: one in ten recurs."""

import datetime

from data.writing import escaped, folded
from data.zones import NAMES

DAY = datetime.timedelta(days=1)
# As users make them; DAY is the weekday of the start. Equally likely.
RULES = [
    "FREQ=WEEKLY;BYDAY=DAY",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=DAY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;COUNT=40",
    "FREQ=WEEKLY;UNTIL=END;BYDAY=DAY",
    "FREQ=DAILY",
    "FREQ=DAILY;COUNT=25",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1TH",
    "FREQ=MONTHLY;BYMONTHDAY=10",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
]
END = {"date": "20260930", "floating": "20260930T000000", "zone": "20260930T000000Z", "utc": "20260930T000000Z"}
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
BUSY = "X-MICROSOFT-CDO-BUSYSTATUS"


class Event:
    """An event, or a series with its overrides; `components` VEVENTs in `text`."""

    def __init__(self, chance):
        self.chance = chance
        self.uid = chance.uid()
        self.recurs = chance.often(0.1)
        self.day = datetime.date(2015, 1, 1) + DAY * chance.randrange(4300 if self.recurs else 4700)
        self.kind = "date" if chance.often(0.15) else chance.choices(["zone", "utc", "floating"], [75, 20, 5])[0]
        self.zone = chance.choices(NAMES, [5, 3, 2, 1])[0]
        self.start = datetime.time(chance.randint(6, 20), chance.choice([0, 0, 15, 30, 45]))
        self.length = datetime.timedelta(minutes=chance.choice([15, 30, 30, 45, 60, 60, 60, 90, 120, 420]))
        self.people = [chance.person() for _ in range(chance.choice([0, 0, 0, 1, 2, 3, 5, 8]))]
        self.summary = chance.words(2, 8)
        paragraphs = chance.choice([0, 1, 1, 2, 4])
        self.description = "\n".join(chance.words(4, 18) for _ in range(paragraphs))
        self.location = chance.choice(
            ["", f"Level {chance.randint(1, 9)}; Room {chance.randint(1, 60)}, North", f"https://meet.example.net/{self.uid}"]
        )
        self.made = datetime.datetime(2015, 1, 1) + datetime.timedelta(seconds=chance.randrange(350_000_000))
        self.components = 0
        lines = self.component(self.day, self.series() if self.recurs else [])
        if self.recurs and self.step and chance.often(0.5):
            moved = self.day + self.step * chance.randint(1, 24)
            lines += self.component(moved, [self.time("RECURRENCE-ID", moved, self.start)], "moved: ")
        self.text = folded(lines)

    def time(self, name, day, time):
        if self.kind == "date":
            return f"{name};VALUE=DATE:{day:%Y%m%d}"
        text = f"{datetime.datetime.combine(day, time):%Y%m%dT%H%M%S}"
        if self.kind == "zone":
            return f"{name};TZID={self.zone}:{text}"
        return f"{name}:{text}{'Z' if self.kind == 'utc' else ''}"

    def series(self):
        """The rule, and dates that are out or extra."""
        chance = self.chance
        rule = chance.choice(RULES).replace("DAY=DAY", f"DAY={WEEKDAYS[self.day.weekday()]}").replace("END", END[self.kind])
        # Only these meet their start again at steps that need no calendar.
        steps = {"FREQ=DAILY": 1, "FREQ=DAILY;COUNT=25": 1, "FREQ=WEEKLY;COUNT=40": 7}
        self.step = DAY * steps[rule] if rule in steps else None
        lines = [f"RRULE:{rule}"]
        if self.step and chance.often(0.5):
            for number in sorted(chance.sample(range(1, 25), chance.randint(1, 3))):
                lines.append(self.time("EXDATE", self.day + self.step * number, self.start))
        if chance.often(0.05):
            lines.append(self.time("RDATE", self.day + DAY * 4, self.start))
        return lines

    def component(self, day, more, prefix=""):
        chance = self.chance
        self.components += 1
        end = datetime.datetime.combine(day, self.start) + self.length
        last = day + DAY * (1 + (self.length > datetime.timedelta(hours=6)))
        made = f"{self.made:%Y%m%dT%H%M%SZ}"
        lines = ["BEGIN:VEVENT", f"UID:{self.uid}@example.net", f"DTSTAMP:{made}", self.time("DTSTART", day, self.start)]
        lines.append(self.time("DTEND", last if self.kind == "date" else end.date(), end.time()))
        lines += more
        lines.append(f"SUMMARY:{escaped(prefix + self.summary)}")
        if self.people:
            lines.append("ORGANIZER;CN={}:mailto:{}".format(*self.people[0]))
        for name, address in self.people:
            answer = chance.choice(["ACCEPTED", "DECLINED", "NEEDS-ACTION", "TENTATIVE"])
            lines.append(
                f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN={name}:mailto:{address}"
            )
        lines += [f"DESCRIPTION:{escaped(self.description)}"] if self.description else []
        lines += [f"LOCATION:{escaped(self.location)}"] if self.location else []
        status = chance.choices(["CONFIRMED", "TENTATIVE", "CANCELLED"], [90, 6, 4])[0]
        lines += [f"STATUS:{status}", f"SEQUENCE:{chance.randrange(6)}", f"CREATED:{made}", f"LAST-MODIFIED:{made}"]
        lines += [f"TRANSP:{'TRANSPARENT' if self.kind == 'date' else 'OPAQUE'}", f"{BUSY}:BUSY"]
        if chance.often(0.3):
            lines.append(f"CATEGORIES:work,{escaped(chance.words(1, 1))}")
        if chance.often(0.5):
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{chance.choice([5, 10, 15, 30])}M"]
            lines += [f"DESCRIPTION:{escaped(self.summary)}", "END:VALARM"]
        return [*lines, "END:VEVENT"]
