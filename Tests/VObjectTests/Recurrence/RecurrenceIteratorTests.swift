import CivilTime
import Testing

@testable import VObject

@Suite("Recurrence")
struct RecurrenceIteratorTests {
    static func times(
        _ rule: String,
        from start: String,
        in zone: Zone = .utc,
        jumpTo: String? = nil
    ) throws -> RecurrenceIterator {
        let day = try jumpTo.map { try #require(CivilDate($0)) }
        return RecurrenceIterator(try RecurrenceRule(parsing: rule), start: try civil(start), zone: zone, from: day)
    }

    @Test(
        "A rule that never matches ends, and soon",
        .timeLimit(.minutes(1)),
        arguments: [
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30,31",
            "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=-53SU", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
            "FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO",
            "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
            "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "FREQ=DAILY;INTERVAL=999999999999999999;BYDAY=MO",
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYYEARDAY=366;BYMONTH=1",
            "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=1", "FREQ=YEARLY;BYWEEKNO=30;BYMONTH=1",
            "FREQ=YEARLY;BYWEEKNO=1;BYYEARDAY=200", "FREQ=YEARLY;INTERVAL=999999999999999999;BYMONTH=1",
            // Out of step with the clock for ever, by the day, the hour, the minute and the week.
            "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30", "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1,3,5",
            "FREQ=SECONDLY;INTERVAL=3600;BYMINUTE=1",
            "FREQ=SECONDLY;INTERVAL=86400;BYHOUR=8", "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=1,59",
            "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=10", "FREQ=HOURLY;INTERVAL=24;BYHOUR=0,1,2,3,4,5,6,7,8,10",
            "FREQ=HOURLY;INTERVAL=168;BYDAY=MO", "FREQ=SECONDLY;INTERVAL=604800;BYDAY=SU",
            "FREQ=MINUTELY;INTERVAL=7;BYDAY=MO;BYHOUR=0;BYMINUTE=1,2", "FREQ=HOURLY;INTERVAL=2;BYHOUR=8",
            // No set has so many.
            "FREQ=SECONDLY;BYSECOND=0,1,2;BYSETPOS=2", "FREQ=SECONDLY;BYMONTH=1;BYSETPOS=-2",
            "FREQ=MINUTELY;BYSECOND=0,30;BYSETPOS=3,-3", "FREQ=HOURLY;BYMINUTE=0;BYSETPOS=2",
            "FREQ=DAILY;BYHOUR=1,2;BYSETPOS=3", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
            "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54",
        ]
    )
    func never(rule: String) throws {
        // A Tuesday in February.
        #expect(try Self.times(rule, from: "20260203T090000").prefix(2).map(\.description) == [])
    }

    @Test("Many that never match in one file cost little", .timeLimit(.minutes(1)))
    func manyThatNeverMatch() throws {
        let events = (0..<200).flatMap { number in
            block("VEVENT", ["UID:\(number)", "DTSTART:20260203", "RRULE:FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31,-31"])
        }
        let file = CalendarFile(lines: events + block("VEVENT", ["UID:last", "DTSTART:20260301"]))
        let found = try file.occurrences(in: window("2026-01-01", "2027-01-01"), floating: .utc)
        #expect(found.count == 201)
    }

    @Test(
        "A rule that matches once in many years is not given up",
        .timeLimit(.minutes(1)),
        arguments: [
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "20960229T090000", "2096-02-29 2104-02-29 2108-02-29"),
            ("FREQ=YEARLY", "20960229T090000", "2096-02-29 2104-02-29 2108-02-29"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "20240229T090000", "2044-02-29 2072-02-29 2112-02-29"),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "20240229T090000", "2044-02-29 2072-02-29 2112-02-29"),
            ("FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29", "19960229T090000", "1996-02-29 9996-02-29"),
            ("FREQ=MONTHLY;INTERVAL=1200", "20000229T090000", "2000-02-29 2400-02-29 2800-02-29"),
            ("FREQ=WEEKLY;INTERVAL=52178", "20000101T090000", "2000-01-01 3000-01-04 4000-01-08"),
            ("FREQ=DAILY;INTERVAL=1000000", "20260105T090000", "2026-01-05 4763-12-03 7501-10-30"),
        ]
    )
    func rare(rule: String, start: String, days: String) throws {
        let expected = days.split(separator: " ").map(String.init)
        let found = try Self.times(rule, from: start).prefix(3).map(\.date.description)
        if expected.count == 3 { #expect(found == expected) } else { #expect(found.first == expected.first) }
    }

    @Test(
        "A rule goes on to the end of the year 9999 and no further",
        arguments: ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    )
    func endOfTheScale(frequency: String) throws {
        let found = Array(try Self.times("FREQ=" + frequency, from: "99981226T090000"))
        #expect(found.count >= 2 && found.count < 9_000)
        #expect(found.allSatisfy { $0.date.year <= 9_999 })
        let all = Array(try Self.times("FREQ=SECONDLY", from: "99991231T235950"))
        #expect(all.count == 10 && all.last?.description == "9999-12-31T23:59:59")
    }

    @Test(
        "A step of any length ends beyond the scale, without an overflow",
        arguments: ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
    )
    func hugeInterval(frequency: String) throws {
        for interval in ["999999999999999999", "1000000000000", "999999999999", "253402300800"] {
            let rule = "FREQ=\(frequency);INTERVAL=\(interval)"
            let one = try Self.times(rule, from: "20260105T090000")
            #expect(one.map(\.description) == ["2026-01-05T09:00:00"])
            let jumped = try Self.times(rule, from: "20260105T090000", jumpTo: "9999-12-31")
            #expect(jumped.map(\.description) == [])
            // Where the first period is outside the limits, the next one is far beyond; a year has its February.
            let february = try Self.times(rule + ";BYMONTH=2", from: "20260105T090000").map(\.description)
            #expect(february == (frequency == "YEARLY" ? ["2026-02-05T09:00:00"] : []))
        }
    }

    @Test("A count beyond all counting is no trouble")
    func hugeCount() throws {
        let found = try Self.times("FREQ=YEARLY;COUNT=999999999999999999", from: "20260105T090000")
        #expect(Array(found).count == 7_974)
    }

    @Test(
        "An end counts itself, as a day, as a local time and as an instant",
        arguments: [
            ("20260107", 3), ("20260106", 2), ("20260107T090000", 3), ("20260107T085959", 2), ("20260107T080000Z", 3),
            ("20260107T075959Z", 2), ("20260105T080000Z", 1), ("20260104", 0), ("20260105T085959", 0),
        ]
    )
    func until(text: String, count: Int) throws {
        let berlin = try TestZones.required("Europe/Berlin")
        let found = try Self.times("FREQ=DAILY;UNTIL=" + text, from: "20260105T090000", in: berlin)
        #expect(found.map(\.date.day) == Array([5, 6, 7].prefix(count)))
    }

    @Test("An end in UTC holds over a change of the clock")
    func untilInSummer() throws {
        let berlin = try TestZones.required("Europe/Berlin")
        // 09:00 is 07:00Z from 29 March on.
        let found = try Self.times("FREQ=DAILY;UNTIL=20260330T070000Z", from: "20260327T090000", in: berlin)
        #expect(found.map(\.date.day) == [27, 28, 29, 30])
        let less = try Self.times("FREQ=DAILY;UNTIL=20260330T065959Z", from: "20260327T090000", in: berlin)
        #expect(less.map(\.date.day) == [27, 28, 29])
    }

    @Test("A jump goes near the day that is asked for, and never before the start")
    func jump() throws {
        let far = try Self.times("FREQ=DAILY", from: "00010101T090000", jumpTo: "2026-01-05").prefix(5)
        #expect(far.map(\.date.description).contains("2026-01-05"))
        let near = try Self.times("FREQ=WEEKLY", from: "20260105T090000", jumpTo: "2020-01-01").prefix(1)
        #expect(near.map(\.date.description) == ["2026-01-05"])
        let wide = try Self.times("FREQ=YEARLY;INTERVAL=7", from: "20000105T090000", jumpTo: "2026-01-05").prefix(3)
        #expect(wide.map(\.date.year).contains(2_028))
    }

    @Test("What is before the start is no instance, also in its own week, month and year")
    func beforeTheStart() throws {
        #expect(
            try Self.times("FREQ=WEEKLY;BYDAY=MO,FR", from: "20260107T090000").prefix(2).map(\.date.day) == [9, 12]
        )
        #expect(
            try Self.times("FREQ=MONTHLY;BYMONTHDAY=1,20", from: "20260107T090000").prefix(2).map(\.date.day) == [
                20, 1,
            ]
        )
        #expect(
            try Self.times("FREQ=YEARLY;BYMONTH=1,6", from: "20260307T090000").prefix(2).map(\.date.month) == [6, 1]
        )
    }

    @Test(
        "A sparse rule skips what cannot match",
        .timeLimit(.minutes(1)),
        arguments: [
            (
                "FREQ=SECONDLY;BYMONTH=1;BYHOUR=3;BYMINUTE=7;BYSECOND=9",
                ["2027-01-01T03:07:09", "2027-01-02T03:07:09", "2027-01-03T03:07:09"]
            ),
            (
                "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;BYHOUR=0;BYMINUTE=0;BYSECOND=0",
                ["2032-02-29T00:00:00", "2060-02-29T00:00:00", "2088-02-29T00:00:00"]
            ),
            (
                "FREQ=SECONDLY;INTERVAL=86401;BYHOUR=0;BYMINUTE=0;BYSECOND=0",
                ["2173-12-10T00:00:00", "2410-07-02T00:00:00", "2647-01-22T00:00:00"]
            ),
            (
                "FREQ=MINUTELY;INTERVAL=7919;BYDAY=MO;BYHOUR=5",
                ["2028-12-25T05:48:00", "2029-03-12T05:34:00", "2029-05-28T05:20:00"]
            ),
            (
                "FREQ=HOURLY;INTERVAL=25;BYYEARDAY=-1;BYHOUR=23",
                ["2038-12-31T23:00:00", "2056-12-31T23:00:00", "2079-12-31T23:00:00"]
            ),
            (
                "FREQ=HOURLY;BYYEARDAY=366;BYHOUR=12;BYSECOND=0,1",
                ["2028-12-31T12:00:00", "2028-12-31T12:00:01", "2032-12-31T12:00:00"]
            ),
        ]
    )
    func sparse(rule: String, times: [String]) throws {
        #expect(try Self.times(rule, from: "20260203T090000").prefix(3).map(\.description) == times)
    }

    @Test("What goes on for ever costs no more than is asked for, and a jump does not walk", .timeLimit(.minutes(1)))
    func endless() throws {
        #expect(
            try Self.times("FREQ=SECONDLY", from: "20260203T085958").prefix(4).map(\.time.second) == [58, 59, 0, 1]
        )
        let far = try Self.times("FREQ=SECONDLY;INTERVAL=7", from: "00010101T000000", jumpTo: "9999-12-31").prefix(1)
        #expect(far.map(\.description) == ["9999-12-31T00:00:04"])
        // Every second of a year is one set.
        let all = { (name: String, count: Int) in name + "=" + (0..<count).map(String.init).joined(separator: ",") }
        let rule = ["FREQ=YEARLY", all("BYHOUR", 24), all("BYMINUTE", 60), all("BYSECOND", 60)].joined(separator: ";")
        let whole = try Self.times(
            rule + ";" + all("BYMONTHDAY", 32).replacing("=0,", with: "="),
            from: "20261231T235959"
        )
        #expect(whole.prefix(2).map(\.description) == ["2026-12-31T23:59:59", "2027-01-01T00:00:00"])
        #expect(
            try Self.times("FREQ=SECONDLY;UNTIL=20260203T090001", from: "20260203T090000").map(\.time.second) == [0, 1]
        )
    }

    @Test("Steps are those of the clock on the wall, also in a night in which it changes")
    func nominalSteps() throws {
        let berlin = try TestZones.required("Europe/Berlin")
        for start in ["20260329T003000", "20261025T003000"] {
            let found = try Self.times("FREQ=HOURLY;COUNT=4", from: start, in: berlin)
            #expect(found.map(\.time.hour) == [0, 1, 2, 3])
        }
    }

    @Test("A leap second is the one before it, once")
    func leapSecond() throws {
        let found = try Self.times("FREQ=MINUTELY;BYSECOND=58,59,60", from: "20260203T085958")
        #expect(found.prefix(3).map(\.time.second) == [58, 59, 58])
    }
}
