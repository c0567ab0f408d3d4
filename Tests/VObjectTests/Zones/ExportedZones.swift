/// `VTIMEZONE`s as programs write them, under names no system knows.
enum ExportedZones {
    /// A part of a zone.
    static func part(_ name: String, _ start: String, _ from: String, _ to: String, _ more: String...) -> [String] {
        block(name, ["DTSTART:" + start, "TZOFFSETFROM:" + from, "TZOFFSETTO:" + to] + more)
    }

    static func zone(_ name: String, _ parts: [String]) -> [String] {
        block("VTIMEZONE", ["TZID:" + name] + parts)
    }

    /// Outlook: from 1601 on, the interval written out.
    static func outlook(_ name: String = "Customized Time Zone") -> [String] {
        zone(
            name,
            part("STANDARD", "16010101T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10")
                + part(
                    "DAYLIGHT",
                    "16010101T020000",
                    "+0100",
                    "+0200",
                    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3"
                )
        )
    }

    /// Google: from 1970 on, the summer first, with names.
    static func google(_ name: String = "Google/Berlin") -> [String] {
        zone(
            name,
            ["X-LIC-LOCATION:" + name]
                + part(
                    "DAYLIGHT",
                    "19700329T020000",
                    "+0100",
                    "+0200",
                    "TZNAME:CEST",
                    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
                )
                + part(
                    "STANDARD",
                    "19701025T030000",
                    "+0200",
                    "+0100",
                    "TZNAME:CET",
                    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
                )
        )
    }

    /// Apple: each part from the year its rule began, with the rules before them, which end.
    static func apple(_ name: String = "Apple/New York") -> [String] {
        zone(
            name,
            part(
                "DAYLIGHT",
                "19870405T020000",
                "-0500",
                "-0400",
                "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z"
            )
                + part(
                    "DAYLIGHT",
                    "20070311T020000",
                    "-0500",
                    "-0400",
                    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"
                )
                + part(
                    "STANDARD",
                    "19671029T020000",
                    "-0400",
                    "-0500",
                    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z"
                )
                + part(
                    "STANDARD",
                    "20071104T020000",
                    "-0400",
                    "-0500",
                    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"
                )
        )
    }

    /// Evolution: a weekday among days of the month, which is no rule of POSIX.
    static func evolution(_ name: String = "Evolution/New York") -> [String] {
        zone(
            name,
            ["X-LIC-LOCATION:" + name]
                + part(
                    "DAYLIGHT",
                    "20070311T020000",
                    "-0500",
                    "-0400",
                    "TZNAME:EDT",
                    "RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14;BYMONTH=3"
                )
                + part(
                    "STANDARD",
                    "20071104T020000",
                    "-0400",
                    "-0500",
                    "TZNAME:EST",
                    "RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=1,2,3,4,5,6,7;BYMONTH=11"
                )
        )
    }

    /// Every transition of three years as a date of its own.
    static func dates(_ name: String = "Dates/Berlin") -> [String] {
        zone(
            name,
            part("DAYLIGHT", "20250330T020000", "+0100", "+0200", "RDATE:20260329T020000,20270328T020000")
                + part(
                    "STANDARD",
                    "20251026T030000",
                    "+0200",
                    "+0100",
                    "RDATE:20261025T030000",
                    "RDATE:20271031T030000"
                )
        )
    }
}
