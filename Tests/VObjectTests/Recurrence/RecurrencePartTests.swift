import CivilTime
import Testing

@testable import VObject

/// The parts that pick from sets, count weeks, or move days.
@Suite("Parts of rules at their edges")
struct RecurrencePartTests {
    /// A rule with the days it begins with.
    struct Example: CustomTestStringConvertible {
        let start: String
        let rule: String
        let days: [String]

        init(_ start: String, _ rule: String, _ days: String) {
            (self.start, self.rule, self.days) = (start, rule, days.split(separator: " ").map(String.init))
        }

        var testDescription: String { rule + " from " + start }
    }

    /// In days, or days with times where the rule has several in a day.
    static func found(_ example: Example) throws -> [String] {
        let start = try civil(example.start + "T090000")
        let iterator = RecurrenceIterator(try RecurrenceRule(parsing: example.rule), start: start, zone: .utc)
        let times = iterator.prefix(example.days.count)
        return times.map { $0.time == start.time ? "\($0.date)" : "\($0)" }
    }

    static let weeks = [
        // A week of one year has days in another: 29 December 1997 begins the first week of 1998.
        Example(
            "19970902",
            "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO",
            "1997-12-29 1999-01-04 2000-01-03 2001-01-01 2001-12-31"
        ),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU", "1997-12-29 1998-01-04 1999-01-04 1999-01-10"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "1998-12-28 2004-12-27 2009-12-28"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", "1999-01-01 2004-12-31 2010-01-01"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "1997-12-28 1999-01-03 2000-01-02 2000-12-31"),
        // With the year's last and first week alike, every second year gives both its ends.
        Example(
            "19970902",
            "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=WE",
            "1997-12-31 1999-01-06 2001-01-03 2003-01-01"
        ),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", "1998-01-04 1999-01-03 2000-01-02 2000-12-31"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=MO", "1998-01-04 1999-01-10 2000-01-09"),
        // Without a day it is the start's, a Tuesday.
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=20", "1998-05-12 1999-05-18 2000-05-16"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=5", "1998-05-12 1999-05-18 2000-05-16"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=15", "1998-05-15 2000-05-15 2001-05-15"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=1;BYYEARDAY=1", "1998-01-01 2001-01-01 2002-01-01"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=1,1,-52;BYDAY=MO;COUNT=3", "1997-12-29 1998-01-05 1999-01-04"),
        Example("19970902", "FREQ=YEARLY;BYWEEKNO=52,-53;BYDAY=TH", "1997-12-25 1998-01-01 1998-12-24"),
    ]

    static let positions = [
        Example("19970902", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "1997-10-01 1997-11-03 1997-12-01"),
        Example("19970902", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,1", "1997-09-30 1997-10-01 1997-10-31"),
        // Twice the same, and one that is not there.
        Example("19970902", "FREQ=MONTHLY;BYMONTHDAY=5,6;BYSETPOS=1,-2,366,-366", "1997-09-05 1997-10-05 1997-11-05"),
        Example("19970902", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=5", "1997-09-30 1997-12-30 1998-03-31"),
        // The set of a month has what lies before the start, which COUNT does not count.
        Example("19970903", "FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=1;COUNT=2", "1997-10-02 1997-11-04"),
        Example("19970903", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1", "1997-09-08 1997-09-15"),
        Example("19970903", "FREQ=WEEKLY;BYDAY=MO,SU;BYSETPOS=1;WKST=SU", "1997-09-07 1997-09-14"),
        Example("19970902", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1,53", "1997-12-29 1998-12-28 1999-12-27"),
        Example("19970902", "FREQ=YEARLY;BYMONTH=9,10;BYDAY=TU;BYSETPOS=-1,6", "1997-10-07 1997-10-28 1998-10-06"),
        // Times count as days do.
        Example("19970902", "FREQ=DAILY;BYHOUR=6,12,18;BYSETPOS=-1", "1997-09-02T18:00:00 1997-09-03T18:00:00"),
        Example("19970902", "FREQ=WEEKLY;BYDAY=TU,FR;BYHOUR=9,18;BYSETPOS=3,2", "1997-09-02T18:00:00 1997-09-05"),
        Example("19970902", "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-2", "1997-09-02T09:20:00 1997-09-02T10:20:00"),
        Example("19970902", "FREQ=MINUTELY;BYSECOND=0,20;BYSETPOS=2", "1997-09-02T09:00:20 1997-09-02T09:01:20"),
        Example("19970902", "FREQ=SECONDLY;BYSECOND=7;BYSETPOS=1,-1", "1997-09-02T09:00:07 1997-09-02T09:01:07"),
    ]

    static let skips = [
        Example("20140131", "FREQ=MONTHLY", "2014-01-31 2014-03-31 2014-05-31"),
        Example("20140131", "RSCALE=GREGORIAN;FREQ=MONTHLY", "2014-01-31 2014-03-31 2014-05-31"),
        Example("20140131", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT", "2014-01-31 2014-03-31 2014-05-31"),
        Example(
            "20140131",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
            "2014-01-31 2014-02-28 2014-03-31 2014-04-30"
        ),
        Example(
            "20140131",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD",
            "2014-01-31 2014-03-01 2014-03-31 2014-05-01"
        ),
        Example(
            "20120229",
            "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD",
            "2012-02-29 2013-02-28 2014-02-28 2015-02-28"
        ),
        Example("20120229", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD", "2012-02-29 2013-03-01 2014-03-01 2015-03-01"),
        // What two months or two days of one month give is given and counted once.
        Example(
            "20140131",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=1,31;SKIP=FORWARD;COUNT=5",
            "2014-01-31 2014-02-01 2014-03-01 2014-03-31 2014-04-01"
        ),
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTHDAY=1,30;BYMONTH=2,3;SKIP=FORWARD",
            "2014-02-01 2014-03-01 2014-03-30 2015-02-01"
        ),
        Example(
            "20140128",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYMONTH=2,4;SKIP=BACKWARD",
            "2014-02-28 2014-04-28 2014-04-29 2014-04-30 2015-02-28"
        ),
        // The month is chosen before the day is moved, the weekday and the position after it.
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;SKIP=FORWARD",
            "2014-03-01 2015-03-01"
        ),
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=SU;SKIP=FORWARD",
            "2015-03-01 2020-03-01 2026-03-01"
        ),
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=15,31;BYMONTH=4;BYSETPOS=-1;SKIP=FORWARD",
            "2014-05-01 2015-05-01"
        ),
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=BACKWARD",
            "2014-12-31 2015-12-31 2016-12-31"
        ),
        Example(
            "20140101",
            "RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD",
            "2015-01-01 2016-01-01 2016-12-31"
        ),
        Example(
            "20140131",
            "RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=FORWARD",
            "2014-03-01 2014-05-01 2014-07-01"
        ),
        // Limits make no day that is not there.
        Example("20140131", "RSCALE=GREGORIAN;FREQ=DAILY;BYMONTHDAY=31;SKIP=BACKWARD", "2014-01-31 2014-03-31"),
    ]

    @Test("Weeks belong to the year with most of them, and their days to the calendar's", arguments: weeks)
    func weekNumbers(_ example: Example) throws {
        #expect(try Self.found(example) == example.days)
    }

    @Test("Positions are those of one period's whole set", arguments: positions)
    func placesInSets(_ example: Example) throws {
        #expect(try Self.found(example) == example.days)
    }

    @Test("A day that its month lacks is left out or moved (RFC 7529 §4.1)", arguments: skips)
    func movedDays(_ example: Example) throws {
        #expect(try Self.found(example) == example.days)
    }

    @Test("A jump loses nothing that was moved into another month")
    func jumpOverMoved() throws {
        let rule = try RecurrenceRule(parsing: "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD")
        let day = try #require(CivilDate("2014-03-01"))
        let found = RecurrenceIterator(rule, start: try civil("20140131T090000"), zone: .utc, from: day)
        #expect(found.prefix(2).map(\.date.description) == ["2014-03-01", "2014-03-31"])
    }

    @Test("Times of the day expand what is longer and limit what is as short")
    func timesOfDay() throws {
        func times(_ rule: String) throws -> [String] {
            let start = try civil("19970902T090000")
            return RecurrenceIterator(try RecurrenceRule(parsing: rule), start: start, zone: .utc).prefix(4).map {
                "\($0.date.day) \($0.time)"
            }
        }
        #expect(try times("FREQ=DAILY;BYHOUR=18,6;BYMINUTE=30,0") == ["2 18:00", "2 18:30", "3 06:00", "3 06:30"])
        #expect(try times("FREQ=HOURLY;BYHOUR=6,18") == ["2 18:00", "3 06:00", "3 18:00", "4 06:00"])
        #expect(try times("FREQ=HOURLY;BYHOUR=6,18;BYMINUTE=5,50") == ["2 18:05", "2 18:50", "3 06:05", "3 06:50"])
        #expect(try times("FREQ=MINUTELY;BYHOUR=6;BYMINUTE=5,50") == ["3 06:05", "3 06:50", "4 06:05", "4 06:50"])
        #expect(
            try times("FREQ=SECONDLY;BYMINUTE=5;BYSECOND=1,2") == [
                "2 09:05:01", "2 09:05:02", "2 10:05:01", "2 10:05:02",
            ]
        )
        #expect(try times("FREQ=WEEKLY;BYHOUR=8,10;BYDAY=TU,WE") == ["2 10:00", "3 08:00", "3 10:00", "9 08:00"])
    }
}
