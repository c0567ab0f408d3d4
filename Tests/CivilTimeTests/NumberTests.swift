import CivilTime
import KithTesting
import Testing

@Suite("Numbers in dates")
struct NumberTests {
    @Test(
        "A number is padded with zeros, its sign before them",
        arguments: [
            (5, 2, "05"), (0, 2, "00"), (12, 2, "12"), (123, 2, "123"), (2_026, 4, "2026"), (-5, 4, "-0005"),
            (7, 0, "7"), (7, -3, "7"), (.max, 4, "9223372036854775807"), (.min, 4, "-9223372036854775808"),
        ] as [(Int, Int, String)]
    )
    func padding(number: Int, width: Int, text: String) {
        #expect(padded(number, width) == text)
    }

    @Test(
        "ASCII digits are a number, and nothing else is",
        arguments: [
            ("0", 0), ("007", 7), ("2026", 2_026), ("999999999999999999", 999_999_999_999_999_999),
            ("000000000000000000", 0), ("", nil), ("1000000000000000000", nil), ("0000000000000000001", nil),
            ("99999999999999999999999999", nil), ("-1", nil), ("+1", nil), (" 1", nil), ("1 ", nil), ("1.5", nil),
            ("0x1", nil), ("１", nil), ("/", nil), (":", nil),
        ] as [(String, Int?)]
    )
    func digits(text: String, number: Int?) {
        #expect(decimal(text.utf8) == number)
    }

    @Test("A year outside four digits is told as it is")
    func years() throws {
        #expect(try #require(CivilDate(year: -1, month: 3, day: 1)).description == "-0001-03-01")
        #expect(try #require(CivilDate(year: 0, month: 2, day: 29)).description == "0000-02-29")
        #expect(try #require(CivilDate(year: 12_026, month: 3, day: 1)).description == "12026-03-01")
        #expect(CivilDate("0000-02-29")?.components.year == 0 && CivilDate("-0001-03-01") == nil)
    }
}

@Suite("Ends of the scale")
struct ScaleTests {
    static let (first, last) = (Instant(seconds: .min), Instant(seconds: .max))

    @Test("Nothing that is added goes over the ends", arguments: [.max, .max / 60 + 1, .max / 2] as [Int64])
    func adding(count: Int64) {
        #expect(Self.last.adding(seconds: count) == Self.last && Self.first.adding(seconds: -count) == Self.first)
        #expect(Self.last.adding(minutes: count) == Self.last && Self.first.adding(minutes: -count) == Self.first)
        #expect(Instant(seconds: 60).adding(minutes: count) == Self.last)
        #expect(Instant(seconds: -60).adding(minutes: -count) == Self.first)
    }

    @Test("Minutes before and after the epoch are sixty seconds each")
    func minutes() {
        #expect(Instant(seconds: 30).adding(minutes: -2) == Instant(seconds: -90))
        #expect(Instant(seconds: -30).adding(minutes: 0) == Instant(seconds: -30))
    }

    @Test("A distance too long to be counted is the longest there is")
    func distance() throws {
        #expect(Self.last.seconds(since: Self.first) == .max && Self.first.seconds(since: Self.last) == .min)
        #expect(Instant(seconds: -1).seconds(since: Self.first) == .max)
        #expect(Instant(seconds: 0).seconds(since: Self.first) == .max)
        #expect(Instant(seconds: 5).seconds(since: Instant(seconds: 7)) == -2)
        let all = try #require(Interval(start: Self.first, end: Self.last))
        #expect(all.seconds == .max && all.contains(Self.first) && !all.contains(Self.last) && all.overlaps(all))
    }

    @Test(
        "A zone has an offset and a clock at the ends too",
        arguments: [
            "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "AAA3EDT4,0/0,J365/23", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
            "AAA-14BBB,J1/0,J365/167", "AAA12BBB,0/-167,365/167", "AAA-24BBB24,0,365/167",
        ]
    )
    func zones(text: String) throws {
        let tail = try #require(TailRule(text.utf8))
        let rules = ZoneRules(initialOffset: 0, transitions: [], tail: tail)
        let zone = Zone(name: "X", rules: rules)
        for instant in [
            Self.first, Self.first.adding(seconds: 5_000_000), Self.last, Self.last.adding(seconds: -5_000_000),
        ] {
            let offset = Int64(rules.offset(at: instant))
            #expect(abs(offset) <= 168 * 3_600)
            #expect(zone.local(instant).secondsSinceEpoch == instant.adding(seconds: offset).seconds)
        }
    }
}

@Suite("Orders")
struct OrderTests {
    @Test("Weekdays go from Monday to Sunday, weeks and times of day from the earlier to the later")
    func order() throws {
        #expect(
            Weekday.allCases.sorted() == Weekday.allCases && Weekday.monday < .tuesday && !(Weekday.sunday < .monday)
        )
        #expect(Weekday(rawValue: 0) == .monday && Weekday(rawValue: 6) == .sunday && Weekday(rawValue: 7) == nil)
        let (one, two) = (TimeOfDay(secondsSinceMidnight: 1), TimeOfDay(secondsSinceMidnight: 86_399))
        #expect(TimeOfDay.midnight < one && one < .noon && .noon < two && two.description == "23:59:59")
        let day = try #require(CivilDate("2026-01-05"))
        #expect(CivilDateTime(date: day, time: two) < CivilDateTime(date: day.adding(days: 1), time: .midnight))
        #expect(CivilDateTime(date: day, time: .midnight) < CivilDateTime(date: day, time: one))
    }

    @Test("All days of a week are one week, in any year", arguments: UInt64(0)..<20)
    func weeks(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<100 {
            let date = CivilDate(daysSinceEpoch: .random(in: -800_000...2_900_000, using: &random))
            let week = ISOWeek(containing: date)
            #expect((0..<7).allSatisfy { ISOWeek(containing: week.monday.adding(days: $0)) == week })
            let (year, number) = week.components
            let after = week.next.components
            #expect(after == (year, number + 1) || after == (year + 1, 1) && number >= 52)
            #expect((1...53).contains(number) && abs(year - date.year) <= 1)
        }
    }

    @Test("A time outside the day is a programmer's mistake", arguments: [-1, 86_400])
    func noTime(seconds: Int) async {
        await #expect(processExitsWith: .failure) { [seconds] in
            _ = TimeOfDay(secondsSinceMidnight: seconds)
        }
    }

    @Test("Intervals overlap in an instant or not at all")
    func overlaps() throws {
        func span(_ start: Int64, _ end: Int64) throws -> Interval {
            try #require(Interval(start: Instant(seconds: start), end: Instant(seconds: end)))
        }
        let cases: [(Int64, Int64, Bool)] = [
            (0, 10, false), (0, 11, true), (10, 20, true), (12, 13, true), (0, 30, true), (19, 30, true),
            (20, 30, false),
        ]
        for (start, end, isOverlap) in cases {
            #expect(try span(10, 20).overlaps(span(start, end)) == isOverlap)
            #expect(try span(start, end).overlaps(span(10, 20)) == isOverlap)
        }
    }
}
