import CivilTime
import KithTesting
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test(
        "A day has its number and its weekday",
        arguments: [
            ("1970-01-01", 0, .thursday), ("1969-12-31", -1, .wednesday), ("2000-02-29", 11_016, .tuesday),
            ("2026-01-05", 20_458, .monday), ("1600-03-01", -135_080, .wednesday), ("9999-12-31", 2_932_896, .friday),
            ("0001-01-01", -719_162, .monday),
        ] as [(String, Int, Weekday)]
    )
    func numbers(text: String, days: Int, weekday: Weekday) throws {
        let date = try #require(CivilDate(text))
        #expect(date.daysSinceEpoch == days)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
    }

    @Test(
        "What is no day of the calendar is none",
        arguments: [
            "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-05", "20260105",
            "2026-01-05 ", " 2026-01-05", "2026/01/05", "2026-01-0x", "+026-01-05", "-026-01-05", "２０２６-01-05", "",
        ]
    )
    func rejected(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("A date is the number of its components again", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<200 {
            let date = CivilDate(daysSinceEpoch: .random(in: -800_000...2_932_896, using: &random))
            let (year, month, day) = date.components
            #expect(CivilDate(year: year, month: month, day: day) == date)
            #expect((1...12).contains(month) && (1...CivilDate.days(inMonth: month, of: year)).contains(day))
            // The next day is the next of the month, the first of the next month, or New Year.
            let next = date.adding(days: 1).components
            let isNextDay = next == (year, month, day + 1)
            #expect(isNextDay || next == (year, month + 1, 1) || (month == 12 && next == (year + 1, 1, 1)))
        }
    }

    @Test(
        "Years are leap by the Gregorian rule",
        arguments: [(1900, false), (2000, true), (2024, true), (2026, false), (2100, false)]
    )
    func leap(year: Int, isLeap: Bool) {
        #expect(CivilDate.isLeap(year) == isLeap)
        #expect(CivilDate.days(inMonth: 2, of: year) == (isLeap ? 29 : 28))
    }

    @Test("A month outside the year is a programmer's mistake")
    func noMonth() async {
        await #expect(processExitsWith: .failure) {
            _ = CivilDate.days(inMonth: 13, of: 2_026)
        }
    }

    @Test(
        "A week belongs to the year of its Thursday",
        arguments: [
            ("2026-01-01", "2026-W01"), ("2027-01-03", "2026-W53"), ("2024-12-30", "2025-W01"),
            ("2021-01-03", "2020-W53"),
            ("2026-01-28", "2026-W05"), ("1969-12-29", "1970-W01"),
        ]
    )
    func weeks(day: String, week: String) throws {
        let found = ISOWeek(containing: try #require(CivilDate(day)))
        #expect(found.description == week)
        #expect(found.monday.weekday == .monday)
        #expect(found.next.monday.days(since: found.monday) == 7)
        #expect(found < found.next)
    }
}

@Suite("Times of day and of the calendar")
struct CivilDateTimeTests {
    @Test(
        "Seconds since the epoch are a date and a time",
        arguments: [
            (0, "1970-01-01T00:00:00"), (-1, "1969-12-31T23:59:59"), (-86_400, "1969-12-31T00:00:00"),
            (-86_401, "1969-12-30T23:59:59"), (1_767_600_000, "2026-01-05T08:00:00"),
            (253_402_300_799, "9999-12-31T23:59:59"),
        ] as [(Int64, String)]
    )
    func seconds(seconds: Int64, text: String) {
        let time = CivilDateTime(secondsSinceEpoch: seconds)
        #expect(time.description == text)
        #expect(time.secondsSinceEpoch == seconds)
        #expect(Instant(seconds: seconds).description == text + "Z")
    }

    @Test("The ends of the scale are times too", arguments: [Int64.min, .min + 1, .min + 86_399, .max, .max - 1])
    func ends(seconds: Int64) {
        let time = CivilDateTime(secondsSinceEpoch: seconds).time.seconds
        #expect(time == Int((seconds % 86_400 + 86_400) % 86_400))
    }

    @Test(
        "A time lies within a day",
        arguments: [
            (0, 0, 0, true), (23, 59, 59, true), (24, 0, 0, false), (0, 60, 0, false), (0, 0, 60, false),
            (-1, 0, 0, false),
        ]
    )
    func bounds(hour: Int, minute: Int, second: Int, isTime: Bool) {
        let time = TimeOfDay(hour: hour, minute: minute, second: second)
        #expect((time != nil) == isTime)
        if let time { #expect((time.hour, time.minute, time.second) == (hour, minute, second)) }
    }

    @Test("A time is told with seconds only where it has some")
    func text() {
        #expect(TimeOfDay(hour: 8, minute: 5)?.description == "08:05")
        #expect(TimeOfDay(hour: 8, minute: 5, second: 9)?.description == "08:05:09")
    }

    @Test("An instant stays on the scale")
    func saturation() {
        #expect(Instant(seconds: .max).adding(seconds: 1) == Instant(seconds: .max))
        #expect(Instant(seconds: .min).adding(seconds: -1) == Instant(seconds: .min))
        #expect(Instant(seconds: 0).adding(minutes: 2) == Instant(seconds: 120))
    }

    @Test("An interval is half-open and never empty")
    func intervals() throws {
        let (noon, one) = (instant("2026-01-05T12:00:00"), instant("2026-01-05T13:00:00"))
        let hour = try #require(Interval(start: noon, end: one))
        let next = try #require(Interval(start: one, end: one.adding(seconds: 1)))
        #expect(hour.contains(noon) && !hour.contains(one))
        #expect(!hour.overlaps(next) && !next.overlaps(hour) && hour.overlaps(hour))
        #expect(hour.seconds == 3_600)
        #expect(Interval(start: noon, end: noon) == nil && Interval(start: one, end: noon) == nil)
    }
}
