"""VTIMEZONEs as programs write them, under names that no tz database has and no Windows, so that a file's own word counts."""

WEEKDAYS = {"-1SU": "", "1SU": "1,2,3,4,5,6,7", "2SU": "8,9,10,11,12,13,14"}


def part(kind, start, before, after, *more):
    return [f"BEGIN:{kind}", f"DTSTART:{start}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", *more, f"END:{kind}"]


def pair(year, winter, summer, ahead, back, form="FREQ=YEARLY;BYMONTH={month};BYDAY={day}", more=()):
    """Summer time from one day of the year to another: of both the month, day, clock, and date in the first year."""
    (start, rule), (end, last_rule) = (
        (f"{year}{date}T{clock}", "RRULE:" + form.format(month=month, day=day, days=WEEKDAYS.get(day)))
        for month, day, clock, date in (ahead, back)
    )
    return part("DAYLIGHT", start, winter, summer, *more, rule), part("STANDARD", end, summer, winter, *more, last_rule)


def outlook(winter, summer, ahead, back):
    """From 1601 on, the interval written out, the winter first."""
    form = "FREQ=YEARLY;INTERVAL=1;BYDAY={day};BYMONTH={month}"
    clocks = [(month, day, clock, "0101") for month, day, clock, _ in (ahead, back)]
    daylight, standard = pair(1601, winter, summer, *clocks, form)
    return standard + daylight


def google(winter, summer, ahead, back):
    """From 1970 on, with names."""
    daylight, standard = pair(1970, winter, summer, ahead, back, more=["TZNAME:GMT" + winter])
    return ["X-LIC-LOCATION:Some/Where", *daylight, *standard]


def evolution(winter, summer, ahead, back):
    """From 1970 on, a weekday among days of the month."""
    form = "FREQ=YEARLY;BYDAY=SU;BYMONTHDAY={days};BYMONTH={month}"
    daylight, standard = pair(1970, winter, summer, ahead, back, form)
    return ["X-LIC-LOCATION:Some/Where", *daylight, *standard]


# Summer times: the offsets, and when clocks are set ahead and back: month, day, clock, and the date in 1970.
BERLIN = ("+0100", "+0200", (3, "-1SU", "020000", "0329"), (10, "-1SU", "030000", "1025"))
NEW_YORK = ("-0500", "-0400", (3, "2SU", "020000", "0308"), (11, "1SU", "020000", "1101"))
SYDNEY = ("+1000", "+1100", (10, "1SU", "020000", "1004"), (4, "1SU", "030000", "0405"))
LORD_HOWE = ("+1030", "+1100", (10, "1SU", "020000", "1004"), (4, "1SU", "020000", "0405"))
SAINT_JOHNS = ("-0330", "-0230", (3, "2SU", "000100", "0308"), (11, "1SU", "000100", "1101"))
CAIRO = ("+0200", "+0300", (4, "-1FR", "000000", "0424"), (10, "-1FR", "000000", "1030"))
# West of Greenwich the clocks go ahead before midnight.
AZORES = ("-0100", "+0000", (3, "-1SU", "000000", "0329"), (10, "-1SU", "010000", "1025"))

# Apple: each part from the year its rule began, and single dates where there was no rule.
APPLE = {
    "New York": [
        *part("STANDARD", "18831118T120358", "-045602", "-0500", "RDATE:18831118T120358", "TZNAME:EST"),
        *part("STANDARD", "19671029T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;UNTIL=20061029T060000Z;BYMONTH=10;BYDAY=-1SU"),
        *part("DAYLIGHT", "19670430T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;UNTIL=19730429T070000Z;BYMONTH=4;BYDAY=-1SU"),
        *part("DAYLIGHT", "19740106T020000", "-0500", "-0400", "RDATE:19740106T020000", "RDATE:19750223T020000"),
        *part("DAYLIGHT", "19760425T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;UNTIL=19860427T070000Z;BYMONTH=4;BYDAY=-1SU"),
        *part("DAYLIGHT", "19870405T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;UNTIL=20060402T070000Z;BYMONTH=4;BYDAY=1SU"),
        *part("DAYLIGHT", "20070311T020000", "-0500", "-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "TZNAME:EDT"),
        *part("STANDARD", "20071104T020000", "-0400", "-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "TZNAME:EST"),
    ],
    "Apia": [
        *part("STANDARD", "19500101T000000", "-1130", "-1100", "RDATE:19500101T000000"),
        *part("DAYLIGHT", "20100926T000000", "-1100", "-1000", "RDATE:20100926T000000,20110924T030000"),
        *part("STANDARD", "20110402T040000", "-1000", "-1100", "RDATE:20110402T040000"),
        *part("DAYLIGHT", "20111230T000000", "-1000", "+1400", "RDATE:20111230T000000"),
        *part("STANDARD", "20120401T040000", "+1400", "+1300", "RRULE:FREQ=YEARLY;UNTIL=20210403T140000Z;BYMONTH=4;BYDAY=1SU"),
        *part("DAYLIGHT", "20120930T030000", "+1300", "+1400", "RRULE:FREQ=YEARLY;UNTIL=20200926T140000Z;BYMONTH=9;BYDAY=-1SU"),
    ],
    "Caracas": [
        *part("STANDARD", "19650101T000000", "-0430", "-0400", "RDATE:19650101T000000"),
        *part("STANDARD", "20071209T030000", "-0400", "-0430", "RDATE:20071209T030000"),
        *part("STANDARD", "20160501T023000", "-0430", "-0400", "RDATE:20160501T023000"),
    ],
}  # fmt: skip


def all_zones():
    """The lines of each VTIMEZONE by its name."""
    places = [BERLIN, NEW_YORK, SYDNEY, LORD_HOWE, SAINT_JOHNS, CAIRO, AZORES]
    zones = {
        f"{writer.__name__} {place[0]} {place[2][1]}": writer(*place)
        for writer in (outlook, google, evolution)
        for place in places
        if writer is not evolution or WEEKDAYS.get(place[2][1]) and WEEKDAYS.get(place[3][1])
    }
    zones |= {f"apple {name}": parts for name, parts in APPLE.items()}
    # Outlook's zone without summer time, and every transition as a date of its own.
    zones["outlook +0530"] = part("STANDARD", "16010101T000000", "+0530", "+0530")
    zones["dates +0100"] = [
        *part("DAYLIGHT", "20250330T020000", "+0100", "+0200", "RDATE:20260329T020000,20270328T020000"),
        *part("STANDARD", "20251026T030000", "+0200", "+0100", "RDATE:20261025T030000", "RDATE:20271031T030000"),
    ]
    return {name: ["BEGIN:VTIMEZONE", f"TZID:{name}", *lines, "END:VTIMEZONE"] for name, lines in zones.items()}
