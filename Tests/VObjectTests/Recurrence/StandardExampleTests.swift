import CivilTime
import Testing

@testable import VObject

/// All examples of RFC 5545 §3.8.5.3.
@Suite("Examples of the RFC")
struct StandardExampleTests {
    /// A rule with its first instances, in New York at nine in the morning.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let start: String
        let rule: String
        /// Days by month: `1997-09 2-5 9`.
        let days: String
        /// Whether these are all; else the first of many.
        let isWhole: Bool

        init(_ name: String, from start: String = "19970902", _ rule: String, all days: String) {
            (testDescription, self.start, self.rule, self.days, isWhole) = (name, start, rule, days, true)
        }

        init(_ name: String, from start: String = "19970902", _ rule: String, first days: String) {
            (testDescription, self.start, self.rule, self.days, isWhole) = (name, start, rule, days, false)
        }

        /// The days as they would stand in a listing.
        var expected: [String] {
            days.split(separator: ", ").flatMap { month in
                let words = month.split(separator: " ")
                return words.dropFirst().flatMap { word in
                    let ends = word.split(separator: "-").compactMap { Int($0) }
                    return ((ends.first ?? 0)...(ends.last ?? 0)).map { "\(words[0])-\(padded($0, 2))T09:00:00" }
                }
            }
        }
    }

    static let dailyAndWeekly = [
        Example("daily for 10 occurrences", "FREQ=DAILY;COUNT=10", all: "1997-09 2-11"),
        Example(
            "daily until 24 December 1997",
            "FREQ=DAILY;UNTIL=19971224T000000Z",
            all: "1997-09 2-30, 1997-10 1-31, 1997-11 1-30, 1997-12 1-23"
        ),
        Example(
            "every other day",
            "FREQ=DAILY;INTERVAL=2",
            first:
                "1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-10 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30, 1997-11 1 3"
        ),
        Example("every 10 days, 5 occurrences", "FREQ=DAILY;INTERVAL=10;COUNT=5", all: "1997-09 2 12 22, 1997-10 2 12"),
        Example(
            "every day in January, for 3 years, by year",
            from: "19980101",
            "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
            all: "1998-01 1-31, 1999-01 1-31, 2000-01 1-31"
        ),
        Example(
            "every day in January, for 3 years, by day",
            from: "19980101",
            "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
            all: "1998-01 1-31, 1999-01 1-31, 2000-01 1-31"
        ),
        Example(
            "weekly for 10 occurrences",
            "FREQ=WEEKLY;COUNT=10",
            all: "1997-09 2 9 16 23 30, 1997-10 7 14 21 28, 1997-11 4"
        ),
        Example(
            "weekly until 24 December 1997",
            "FREQ=WEEKLY;UNTIL=19971224T000000Z",
            all: "1997-09 2 9 16 23 30, 1997-10 7 14 21 28, 1997-11 4 11 18 25, 1997-12 2 9 16 23"
        ),
        Example(
            "every other week",
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
            first: "1997-09 2 16 30, 1997-10 14 28, 1997-11 11 25, 1997-12 9 23, 1998-01 6 20, 1998-02 3 17"
        ),
        Example(
            "Tuesday and Thursday for five weeks, by an end",
            "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            all: "1997-09 2 4 9 11 16 18 23 25 30, 1997-10 2"
        ),
        Example(
            "Tuesday and Thursday for five weeks, by count",
            "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
            all: "1997-09 2 4 9 11 16 18 23 25 30, 1997-10 2"
        ),
        Example(
            "every other week on Monday, Wednesday and Friday until 24 December 1997",
            from: "19970901",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            all:
                "1997-09 1 3 5 15 17 19 29, 1997-10 1 3 13 15 17 27 29 31, 1997-11 10 12 14 24 26 28, 1997-12 8 10 12 22"
        ),
        Example(
            "every other week on Tuesday and Thursday, for 8 occurrences",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            all: "1997-09 2 4 16 18 30, 1997-10 2 14 16"
        ),
        Example(
            "a week that begins on Monday",
            from: "19970805",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            all: "1997-08 5 10 19 24"
        ),
        Example(
            "the same, with a week that begins on Sunday",
            from: "19970805",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            all: "1997-08 5 17 19 31"
        ),
    ]

    static let monthly = [
        Example(
            "the first Friday for 10 occurrences",
            from: "19970905",
            "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            all:
                "1997-09 5, 1997-10 3, 1997-11 7, 1997-12 5, 1998-01 2, 1998-02 6, 1998-03 6, 1998-04 3, 1998-05 1, 1998-06 5"
        ),
        Example(
            "the first Friday until 24 December 1997",
            from: "19970905",
            "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
            all: "1997-09 5, 1997-10 3, 1997-11 7, 1997-12 5"
        ),
        Example(
            "every other month on the first and last Sunday",
            from: "19970907",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            all: "1997-09 7 28, 1997-11 2 30, 1998-01 4 25, 1998-03 1 29, 1998-05 3 31"
        ),
        Example(
            "the second-to-last Monday for 6 months",
            from: "19970922",
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
            all: "1997-09 22, 1997-10 20, 1997-11 17, 1997-12 22, 1998-01 19, 1998-02 16"
        ),
        Example(
            "the third-to-last day",
            from: "19970928",
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            first: "1997-09 28, 1997-10 29, 1997-11 28, 1997-12 29, 1998-01 29, 1998-02 26"
        ),
        Example(
            "the 2nd and 15th for 10 occurrences",
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
            all: "1997-09 2 15, 1997-10 2 15, 1997-11 2 15, 1997-12 2 15, 1998-01 2 15"
        ),
        Example(
            "the first and last day for 10 occurrences",
            from: "19970930",
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            all: "1997-09 30, 1997-10 1 31, 1997-11 1 30, 1997-12 1 31, 1998-01 1 31, 1998-02 1"
        ),
        Example(
            "every 18 months on the 10th to the 15th for 10 occurrences",
            from: "19970910",
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            all: "1997-09 10-15, 1999-03 10-13"
        ),
        Example(
            "every Tuesday, every other month",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
            first: "1997-09 2 9 16 23 30, 1997-11 4 11 18 25, 1998-01 6 13 20 27, 1998-03 3 10 17 24 31"
        ),
        Example(
            "every Friday the 13th",
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            first: "1998-02 13, 1998-03 13, 1998-11 13, 1999-08 13, 2000-10 13"
        ),
        Example(
            "the first Saturday that follows the first Sunday",
            from: "19970913",
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            first:
                "1997-09 13, 1997-10 11, 1997-11 8, 1997-12 13, 1998-01 10, 1998-02 7, 1998-03 7, 1998-04 11, 1998-05 9, 1998-06 13"
        ),
        Example(
            "the third Tuesday, Wednesday or Thursday, for 3 months",
            from: "19970904",
            "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            all: "1997-09 4, 1997-10 7, 1997-11 6"
        ),
        Example(
            "the second-to-last weekday",
            from: "19970929",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            first: "1997-09 29, 1997-10 30, 1997-11 27, 1997-12 30, 1998-01 29, 1998-02 26, 1998-03 30"
        ),
        Example(
            "a day that February does not have is passed over",
            from: "20070115",
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            all: "2007-01 15 30, 2007-02 15, 2007-03 15 30"
        ),
    ]

    static let yearly = [
        Example(
            "in June and July for 10 occurrences",
            from: "19970610",
            "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
            all:
                "1997-06 10, 1997-07 10, 1998-06 10, 1998-07 10, 1999-06 10, 1999-07 10, 2000-06 10, 2000-07 10, 2001-06 10, 2001-07 10"
        ),
        Example(
            "every other year in January, February and March for 10 occurrences",
            from: "19970310",
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
            all:
                "1997-03 10, 1999-01 10, 1999-02 10, 1999-03 10, 2001-01 10, 2001-02 10, 2001-03 10, 2003-01 10, 2003-02 10, 2003-03 10"
        ),
        Example(
            "the 20th Monday of the year",
            from: "19970519",
            "FREQ=YEARLY;BYDAY=20MO",
            first: "1997-05 19, 1998-05 18, 1999-05 17"
        ),
        Example(
            "every third year on the 1st, 100th and 200th day for 10 occurrences",
            from: "19970101",
            "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
            all:
                "1997-01 1, 1997-04 10, 1997-07 19, 2000-01 1, 2000-04 9, 2000-07 18, 2003-01 1, 2003-04 10, 2003-07 19, 2006-01 1"
        ),
        Example(
            "Monday of week number 20",
            from: "19970512",
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            first: "1997-05 12, 1998-05 11, 1999-05 17"
        ),
        Example(
            "every Thursday in March",
            from: "19970313",
            "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
            first: "1997-03 13 20 27, 1998-03 5 12 19 26, 1999-03 4 11 18 25"
        ),
        Example(
            "every Thursday in June, July and August",
            from: "19970605",
            "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
            first:
                "1997-06 5 12 19 26, 1997-07 3 10 17 24 31, 1997-08 7 14 21 28, 1998-06 4 11 18 25, 1998-07 2 9 16 23 30, 1998-08 6 13 20 27, 1999-06 3 10 17 24, 1999-07 1 8 15 22 29, 1999-08 5 12 19 26"
        ),
        Example(
            "the day of the presidential election",
            from: "19961105",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            first: "1996-11 5, 2000-11 7, 2004-11 2"
        ),
    ]

    @Test("A rule gives the times the RFC lists", arguments: dailyAndWeekly + monthly + yearly)
    func times(_ example: Example) throws {
        let iterator = try Self.iterator(example.rule, from: example.start)
        let expected = example.expected
        try #require(!expected.isEmpty)
        let found = iterator.prefix(expected.count + 1).map(\.description)
        #expect(Array(found.prefix(expected.count)) == expected)
        #expect((found.count == expected.count) == example.isWhole)
    }

    static func iterator(_ rule: String, from start: String = "19970902") throws -> RecurrenceIterator {
        RecurrenceIterator(
            try RecurrenceRule(parsing: rule),
            start: try civil(start + "T090000"),
            zone: try TestZones.required("America/New_York")
        )
    }

    @Test(
        "So do the rules that step within a day",
        arguments: [
            // 17:00 by the clock in New York: the RFC writes 17:00 in UTC, against its own list.
            ("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "09:00 12:00 15:00", true),
            ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15", true),
            ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30", true),
            ("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", twentyMinutes, false),
            ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", twentyMinutes, false),
        ]
    )
    func withinDay(rule: String, times: String, isWhole: Bool) throws {
        let expected = times.split(separator: " ").map(String.init)
        let found = Array(try Self.iterator(rule).prefix(expected.count + 1))
        #expect(found.prefix(expected.count).map(\.time.description) == expected)
        #expect((found.count == expected.count) == isWhole)
        #expect(found[0].date == found[expected.count - 2].date)
    }

    /// Every twenty minutes from nine to before five, and the first of the next day.
    static let twentyMinutes =
        (9..<17).flatMap { hour in ["00", "20", "40"].map { padded(hour, 2) + ":" + $0 } }.joined(separator: " ")
        + " 09:00"

    @Test("A series keeps its local time over the changes of the clock, as the RFC lists it")
    func summerTime() throws {
        let file = CalendarFile(event: [
            "UID:1", "DTSTART;TZID=America/New_York:19970902T090000", "RRULE:FREQ=DAILY;UNTIL=19971224T000000Z",
        ])
        let starts = try file.starts(
            from: "1997-10-24",
            until: "1997-10-28",
            in: TestZones.required("America/New_York")
        )
        #expect(
            starts == ["1997-10-24T13:00:00Z", "1997-10-25T13:00:00Z", "1997-10-26T14:00:00Z", "1997-10-27T14:00:00Z"]
        )
    }

    @Test("The first instance of Friday the 13th is DTSTART itself, which the RFC's example excludes")
    func fridayThe13th() throws {
        let lines = [
            "UID:1", "DTSTART;TZID=America/New_York:19970902T090000", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        ]
        let excluded = lines + ["EXDATE;TZID=America/New_York:19970902T090000"]
        #expect(try CalendarFile(event: lines).starts(from: "1997-01-01", until: "1998-03-01").count == 2)
        #expect(
            try CalendarFile(event: excluded).starts(from: "1997-01-01", until: "1999-01-01") == [
                "1998-02-13T14:00:00Z", "1998-03-13T14:00:00Z", "1998-11-13T14:00:00Z",
            ]
        )
    }
}
