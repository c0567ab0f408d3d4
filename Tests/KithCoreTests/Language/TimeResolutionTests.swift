import CivilTime
import KithCore
import Testing

/// What a time that was typed comes to, by what it was typed for, on Tuesday 27 January 2026, 14:10 in Berlin.
@Suite("Times in their contexts")
struct TimeResolutionTests {
    /// One phrase and its meaning in each context: `2026-01-27 00:00` is an instant, `moment 2026-01-27` the first free moment.
    struct Meaning: CustomTestStringConvertible {
        let text: String
        let edge: String
        let past: String
        let snooze: String
        var testDescription: String { text }

        init(_ text: String, edge: String, past: String, snooze: String) {
            (self.text, self.edge, self.past, self.snooze) = (text, edge, past, snooze)
        }

        /// The same whatever it is typed for.
        init(_ text: String, always: String) {
            self.init(text, edge: always, past: always, snooze: always)
        }
    }

    static let meanings = [
        Meaning("2026-01-20", edge: "2026-01-20 00:00", past: "2026-01-20 12:00", snooze: "moment 2026-01-20"),
        Meaning("2026-01-27", edge: "2026-01-27 00:00", past: "2026-01-27 12:00", snooze: "moment 2026-01-27"),
        Meaning("2026-07-01", edge: "2026-07-01 00:00", past: "2026-07-01 12:00", snooze: "moment 2026-07-01"),
        Meaning("2026-01-20 09:30", always: "2026-01-20 09:30"),
        Meaning("2026-01-20T09:30:15", always: "2026-01-20 09:30:15"),
        Meaning("2026-07-20T09:30Z", always: "2026-07-20 11:30"),
        Meaning("2026-01-20T09:30+05:30", always: "2026-01-20 05:00"),
        Meaning("today", edge: "2026-01-27 00:00", past: "2026-01-27 12:00", snooze: "moment 2026-01-27"),
        Meaning("yesterday", edge: "2026-01-26 00:00", past: "2026-01-26 12:00", snooze: "moment 2026-01-26"),
        Meaning("tomorrow", edge: "2026-01-28 00:00", past: "2026-01-28 12:00", snooze: "moment 2026-01-28"),
        Meaning("tonight", always: "2026-01-27 17:30"),
        Meaning("monday", edge: "2026-02-02 00:00", past: "2026-01-26 12:00", snooze: "moment 2026-02-02"),
        Meaning("tuesday", edge: "2026-01-27 00:00", past: "2026-01-27 12:00", snooze: "moment 2026-02-03"),
        Meaning("wed", edge: "2026-01-28 00:00", past: "2026-01-21 12:00", snooze: "moment 2026-01-28"),
        Meaning("sunday", edge: "2026-02-01 00:00", past: "2026-01-25 12:00", snooze: "moment 2026-02-01"),
        Meaning("last monday", edge: "2026-01-26 00:00", past: "2026-01-26 12:00", snooze: "moment 2026-01-26"),
        Meaning("last tuesday", edge: "2026-01-20 00:00", past: "2026-01-20 12:00", snooze: "moment 2026-01-20"),
        Meaning("last wed", edge: "2026-01-21 00:00", past: "2026-01-21 12:00", snooze: "moment 2026-01-21"),
        Meaning("next week", edge: "2026-02-02 00:00", past: "2026-02-02 12:00", snooze: "moment 2026-02-02"),
        Meaning("3 days ago", edge: "2026-01-24 14:10", past: "2026-01-24 14:10", snooze: "moment 2026-01-24"),
        Meaning("2w ago", edge: "2026-01-13 14:10", past: "2026-01-13 14:10", snooze: "moment 2026-01-13"),
        Meaning("in 3 weeks", edge: "2026-02-17 14:10", past: "2026-02-17 14:10", snooze: "moment 2026-02-17"),
        Meaning("3w", edge: "2026-02-17 14:10", past: "2026-01-06 14:10", snooze: "moment 2026-02-17"),
        Meaning("1 year", edge: "2027-01-27 14:10", past: "2025-01-27 14:10", snooze: "moment 2027-01-27"),
        Meaning("1h", edge: "2026-01-27 15:10", past: "2026-01-27 13:10", snooze: "2026-01-27 15:10"),
        Meaning("30h", edge: "2026-01-28 20:10", past: "2026-01-26 08:10", snooze: "2026-01-28 20:10"),
        Meaning("slot", always: "slot"),
    ]

    static func shown(_ resolution: TimeResolution, _ zone: Zone = WordingStage.berlin) -> String {
        switch resolution {
        case .slot: return "slot"
        case .firstMoment(let day): return "moment \(day)"
        case .instant(let instant):
            let local = zone.local(instant)
            let seconds = local.time.second == 0 ? "" : ":\(padded(local.time.second, 2))"
            return "\(local.date) \(padded(local.time.hour, 2)):\(padded(local.time.minute, 2))\(seconds)"
        }
    }

    static func resolve(
        _ text: String,
        _ context: TimeContext,
        at now: String = "2026-01-27 14:10",
        tonight: Int = 1_050
    ) throws -> String {
        let (now, zone) = (WordingStage.at(now), WordingStage.berlin)
        return shown(try TimePhrase(text).resolve(context, now: now, zone: zone, tonight: tonight))
    }

    @Test("Each form means an instant, or the first free moment of a day, by what it is typed for", arguments: meanings)
    func meaning(_ meaning: Meaning) throws {
        #expect(try Self.resolve(meaning.text, .moment) == meaning.edge)
        #expect(try Self.resolve(meaning.text, .rangeEdge) == meaning.edge)
        #expect(try Self.resolve(meaning.text, .past) == meaning.past)
        #expect(try Self.resolve(meaning.text, .snooze) == meaning.snooze)
    }

    @Test("Of today, said before noon, what was is no time to come", arguments: ["today", "tuesday", "2026-01-27"])
    func morning(text: String) throws {
        #expect(try Self.resolve(text, .past, at: "2026-01-27 09:00") == "2026-01-27 09:00")
        #expect(try Self.resolve(text, .past, at: "2026-01-27 12:01") == "2026-01-27 12:00")
    }

    @Test("Every weekday looks ahead at most a week, and back less than one", arguments: 0..<7)
    func weekdays(shift: Int) throws {
        let (now, zone) = (
            WordingStage.at("2026-01-26 14:10").adding(seconds: Int64(shift) * 86_400), WordingStage.berlin
        )
        let today = zone.date(now)
        for day in Weekday.allCases {
            guard case .firstMoment(let ahead) = TimePhrase.weekday(day).resolve(.snooze, now: now, zone: zone),
                case .instant(let past) = TimePhrase.weekday(day).resolve(.past, now: now, zone: zone),
                case .instant(let last) = TimePhrase.lastWeekday(day).resolve(.past, now: now, zone: zone)
            else {
                Issue.record("\(day)")
                continue
            }
            #expect(ahead.weekday == day && (1...7).contains(ahead.days(since: today)))
            #expect(zone.date(past).weekday == day && (0...6).contains(today.days(since: zone.date(past))))
            #expect(zone.date(last).weekday == day && (1...7).contains(today.days(since: zone.date(last))))
            #expect(past <= now && last < now)
        }
    }

    @Test(
        "Tonight is when the personal hours begin",
        arguments: [(0, "00:00"), (600, "10:00"), (1_050, "17:30"), (1_439, "23:59"), (1_440, "23:59")]
    )
    func tonight(minute: Int, clock: String) throws {
        #expect(try Self.resolve("tonight", .snooze, tonight: minute) == "2026-01-27 \(clock)")
    }

    /// A phrase typed near a change of the clock, and the instant it means.
    static let changes: [(String, TimeContext, String, String)] = [
        // The clock goes from 02:00 to 03:00: what it never shows is read by the offset before.
        ("2026-03-29 02:30", .moment, "2026-03-28 12:00", "2026-03-29T01:30:00Z"),
        ("2026-03-29", .rangeEdge, "2026-03-28 12:00", "2026-03-28T23:00:00Z"),
        ("tomorrow", .rangeEdge, "2026-03-29 12:00", "2026-03-29T22:00:00Z"),
        ("yesterday", .past, "2026-03-30 12:00", "2026-03-29T10:00:00Z"),
        ("1d", .past, "2026-03-30 02:30", "2026-03-29T01:30:00Z"),
        ("1h", .snooze, "2026-03-29 01:30", "2026-03-29T01:30:00Z"),
        ("in 1 day", .moment, "2026-03-28 12:00", "2026-03-29T10:00:00Z"),
        // It goes back from 03:00 to 02:00: of the hour that comes twice the first is meant.
        ("2026-10-25 02:30", .moment, "2026-10-24 12:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25T02:30+01:00", .moment, "2026-10-24 12:00", "2026-10-25T01:30:00Z"),
        ("2026-10-25", .rangeEdge, "2026-10-24 12:00", "2026-10-24T22:00:00Z"),
        ("1d", .past, "2026-10-26 02:30", "2026-10-25T00:30:00Z"),
        ("1h", .snooze, "2026-10-25 02:30", "2026-10-25T01:30:00Z"),
        ("today", .past, "2026-10-25 14:00", "2026-10-25T11:00:00Z"),
        ("24h", .past, "2026-10-25 12:00", "2026-10-24T11:00:00Z"),
        ("1 day ago", .past, "2026-10-25 12:00", "2026-10-24T10:00:00Z"),
    ]

    @Test("Days are those of the calendar and hours are real ones where the clock is changed", arguments: changes)
    func change(text: String, context: TimeContext, now: String, instant: String) throws {
        let resolution = try TimePhrase(text).resolve(context, now: WordingStage.at(now), zone: WordingStage.berlin)
        guard case .instant(let meant) = resolution else {
            Issue.record("\(resolution)")
            return
        }
        #expect(meant.description == instant)
    }

    @Test("Today is the user's, not that of Greenwich")
    func zone() throws {
        #expect(try Self.resolve("today", .rangeEdge, at: "2026-01-28 00:30") == "2026-01-28 00:00")
        let late = WordingStage.at("2026-01-28 00:30")
        #expect(
            Self.shown(try TimePhrase("today").resolve(.rangeEdge, now: late, zone: .utc), .utc) == "2026-01-27 00:00"
        )
    }
}
