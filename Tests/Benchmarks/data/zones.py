"""The zones that events name, each with what a file says of it."""

from data.writing import folded

# Name, then STANDARD or DAYLIGHT, the offset before and after, the first change, and how it goes on.
OBSERVANCES = {
    "Europe/Berlin": [
        ("DAYLIGHT", "+0100", "+0200", "19810329T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        ("STANDARD", "+0200", "+0100", "19961027T030000", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    ],
    "America/Chicago": [
        ("DAYLIGHT", "-0600", "-0500", "20070311T020000", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
        ("STANDARD", "-0500", "-0600", "20071104T020000", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    ],
    # As Exchange names it.
    "GMT Standard Time": [
        ("STANDARD", "+0100", "+0000", "16011028T020000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        ("DAYLIGHT", "+0000", "+0100", "16010325T010000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    ],
    "Asia/Kolkata": [("STANDARD", "+0530", "+0530", "19700101T000000", None)],
}
NAMES = list(OBSERVANCES)


def timezone(name):
    """The VTIMEZONE of a zone."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for kind, before, after, start, rule in OBSERVANCES[name]:
        lines += [f"BEGIN:{kind}", f"TZOFFSETFROM:{before}", f"TZOFFSETTO:{after}", f"DTSTART:{start}"]
        lines += [f"RRULE:{rule}"] if rule else []
        lines.append(f"END:{kind}")
    return folded([*lines, "END:VTIMEZONE"])


TIMEZONES = {name: timezone(name) for name in NAMES}
