"""A mix of recurrence rules: mostly those that users make, a tenth of them rare ones."""

import datetime

from data.events import WEEKDAYS

# How many in a thousand, and the rule; DAY is the weekday of the start, DAYS are two or three, DATE is its day of the
# month, MONTH its month. Every frequency and every BY part of RFC 5545 is among them.
MIX = [
    (180, "FREQ=WEEKLY;BYDAY=DAY"),
    (60, "FREQ=WEEKLY"),
    (60, "FREQ=WEEKLY;BYDAY=DAYS"),
    (60, "FREQ=WEEKLY;INTERVAL=2;BYDAY=DAYS;WKST=SU"),
    (60, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    (80, "FREQ=DAILY"),
    (30, "FREQ=DAILY;INTERVAL=3;COUNT=60"),
    (60, "FREQ=MONTHLY;BYMONTHDAY=DATE"),
    (60, "FREQ=MONTHLY;BYDAY=2TU"),
    (40, "FREQ=MONTHLY;BYDAY=-1FR"),
    (30, "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (80, "FREQ=YEARLY"),
    (40, "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
    (30, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    (20, "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,15"),
    (10, "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=DATE"),
    (8, "FREQ=YEARLY;BYYEARDAY=1,100,-1"),
    (8, "FREQ=YEARLY;BYWEEKNO=10,20,30;BYDAY=DAY"),
    (6, "FREQ=YEARLY;BYDAY=20MO"),
    (6, "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    (6, "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"),
    (6, "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3"),
    (6, "FREQ=DAILY;BYMONTH=MONTH;BYDAY=MO,TU,WE,TH,FR"),
    (6, "FREQ=DAILY;BYHOUR=9,13,17;BYMINUTE=0,30"),
    (6, "FREQ=WEEKLY;BYDAY=DAYS;BYHOUR=8,18"),
    (6, "FREQ=HOURLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR"),
    (6, "FREQ=HOURLY;BYHOUR=9,10,11,14,15,16"),
    (5, "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"),
    (5, "FREQ=MINUTELY;INTERVAL=90"),
    (5, "FREQ=SECONDLY;INTERVAL=45;BYMINUTE=0,1,2"),
    (5, "FREQ=MINUTELY;INTERVAL=10;BYSECOND=0,20,40"),
    (5, "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=DATE;BYHOUR=6;BYMINUTE=15;BYSECOND=0"),
    (5, "FREQ=YEARLY;INTERVAL=2;BYMONTH=MONTH;BYDAY=-1SU"),
]
# So many occurrences of each, or fewer where the rule ends.
LIMIT = 200


def lines(chance, count):
    """`RULE<tab>DTSTART<tab>LIMIT`, one a line; every rule of the mix where there are so many lines."""
    rules = [rule for _, rule in MIX]
    chosen = (rules + chance.choices(rules, [share for share, _ in MIX], k=max(count - len(rules), 0)))[:count]
    chance.shuffle(chosen)
    for rule in chosen:
        day = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(2000))
        own = WEEKDAYS[day.weekday()]
        days = ",".join(sorted({own, *chance.sample(WEEKDAYS, 2)}, key=WEEKDAYS.index))
        for word, value in (("=DAYS", days), ("=DAY", own), ("=DATE", day.day), ("=MONTH", day.month)):
            # A rule's own name never follows an equals sign.
            rule = ";".join(part[: -len(word)] + f"={value}" if part.endswith(word) else part for part in rule.split(";"))
        if ";" in rule and "COUNT" not in rule and chance.often(0.1):
            rule += f";COUNT={chance.randint(20, 150)}"
        yield f"{rule}\t{day:%Y%m%d}T{chance.randint(6, 20):02}{chance.choice([0, 15, 30]):02}00\t{LIMIT}\n"
