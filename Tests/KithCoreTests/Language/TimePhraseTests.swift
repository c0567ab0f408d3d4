import CivilTime
import Testing

@testable import KithCore

/// What people type for a time, as it is read.
@Suite("Times people type")
struct TimePhraseTests {
    static func local(_ text: String) -> TimePhrase {
        .local(WordingStage.berlin.local(WordingStage.at(text)))
    }

    static func utc(_ text: String) -> TimePhrase { .instant(WordingStage.at(text, in: .utc)) }

    static let read: [(String, TimePhrase)] = [
        ("2026-01-27", .date(WordingStage.day("2026-01-27"))), (" 2026-01-27 ", .date(WordingStage.day("2026-01-27"))),
        ("0001-01-01", .date(WordingStage.day("0001-01-01"))), ("2028-02-29", .date(WordingStage.day("2028-02-29"))),
        ("2026-01-27 14:10", local("2026-01-27 14:10")), ("2026-01-27T14:10", local("2026-01-27 14:10")),
        ("2026-01-27t14:10", local("2026-01-27 14:10")), ("2026-01-27 14:10:30", local("2026-01-27 14:10:30")),
        ("2026-01-27 9:05", local("2026-01-27 09:05")), ("2026-01-27 00:00", local("2026-01-27 00:00")),
        ("2026-01-27T14:10Z", utc("2026-01-27 14:10")), ("2026-01-27T14:10:30z", utc("2026-01-27 14:10:30")),
        ("2026-01-27T14:10+01:00", utc("2026-01-27 13:10")), ("2026-01-27T14:10:00-0530", utc("2026-01-27 19:40")),
        ("2026-01-27 14:10+00:00", utc("2026-01-27 14:10")), ("2026-01-01T00:10+14:00", utc("2025-12-31 10:10")),
        ("today", .relativeDay(0)), ("yesterday", .relativeDay(-1)), ("tomorrow", .relativeDay(1)),
        ("tonight", .tonight),
        ("TODAY", .relativeDay(0)), ("monday", .weekday(.monday)), ("Tuesday", .weekday(.tuesday)),
        ("wednesday", .weekday(.wednesday)), ("thursday", .weekday(.thursday)), ("friday", .weekday(.friday)),
        ("saturday", .weekday(.saturday)), ("sunday", .weekday(.sunday)), ("mon", .weekday(.monday)),
        ("SUN", .weekday(.sunday)), ("last tuesday", .lastWeekday(.tuesday)), ("Last  Tue", .lastWeekday(.tuesday)),
        ("3 days ago", .ago(days: 3)), ("2w ago", .ago(days: 14)), ("1 month ago", .ago(days: 30)),
        ("in 3 weeks", .ahead(days: 21)), ("in 1y", .ahead(days: 365)), ("3w", .span(days: 21)),
        ("3 weeks", .span(days: 21)),
        ("P3W", .span(days: 21)), ("45d", .span(days: 45)), ("1h", .hours(1)), ("48H", .hours(48)),
        ("10000h", .hours(10_000)), ("next week", .nextWeek), ("NEXT\tWEEK", .nextWeek), ("slot", .slot),
    ]

    @Test("Every form is read", arguments: read)
    func forms(text: String, phrase: TimePhrase) throws {
        #expect(try TimePhrase(text) == phrase)
    }

    @Test(
        "What is no time is refused with what would do",
        arguments: [
            "", " ", "now", "noon", "2026", "2026-1-27", "2026-01-32", "2026-02-29", "2026-13-01", "26-01-27",
            "27.01.2026",
            "2026-01-27T", "2026-01-27 14", "2026-01-27 14:1", "2026-01-27 14:100", "2026-01-27 24:00",
            "2026-01-27 14:60", "2026-01-27 14:10:60", "2026-01-27 14:10:", "2026-01-27 :10", "2026-01-27 014:10",
            "2026-01-27 14:10:00:00", "2026-01-27 14:10 Z", "2026-01-27T14:10+1:00", "2026-01-27T14:10+01",
            "2026-01-27T14:10+01:60", "2026-01-27T14:10+19:00", "2026-01-27T14:10+0:100", "2026-01-27T14:10+01:00:00",
            "2026-01-27T14:10*01:00", "2026-01-27T14:10ZZ", "2026-01-27x14:10", "2026-01-27T14.10",
            "2026-01-27T1\u{0664}:10",
            "mo", "monda", "mondays", "next monday", "last", "last week", "last 3w", "ago", "days ago", "0 days ago",
            "3 ago", "in", "in 3", "in ago", "3h ago", "in -1w", "0h", "-1h", "+1h", "1.5h", "h", "10001h", "\u{0661}h",
            "99999999999999999999h", "3w 2d", "next", "week", "slots", "a slot", "tonight 20:00", "0w", "101y",
        ]
    )
    func rejected(text: String) {
        #expect(throws: TimePhrase.Failure(text: text)) { try TimePhrase(text) }
    }

    @Test("The refusal quotes what was typed, made fit to be shown")
    func message() {
        func refusal(_ text: String) -> String { TimePhrase.Failure(text: text).description }
        #expect(
            refusal("sometime")
                == "\"sometime\" is no time; expected e.g. 2026-01-27, \"2026-01-27 14:10\", tomorrow, monday, \"3 days ago\", 3w, 1h"
        )
        #expect(refusal("a\n\u{1b}[2J").hasPrefix("\"a [2J\" is no time"))
        #expect(
            refusal(String(repeating: "x", count: 500)).hasPrefix("\"" + String(repeating: "x", count: 39) + "…\" is")
        )
    }

    @Test("What the refusal proposes is itself a time")
    func proposed() throws {
        let text = TimePhrase.Failure(text: "").description
        let list = try #require(text.split(separator: "e.g. ").last)
        for proposal in list.split(separator: ", ") {
            #expect(throws: Never.self) { try TimePhrase(proposal.filter { $0 != "\"" }) }
        }
    }

    @Test("An instant, a local time and a date that were written are read as the same", arguments: UInt64(0)..<50)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let instant = Instant(seconds: .random(in: -30_000_000_000...250_000_000_000, using: &random))
            #expect(try TimePhrase("\(instant)") == .instant(instant))
            let local = WordingStage.berlin.local(instant)
            #expect(try TimePhrase("\(local)") == .local(local))
            #expect(try TimePhrase("\(local.date)") == .date(local.date))
            let minutes = Int.random(in: -840...840, using: &random)
            let clock = CivilDateTime(secondsSinceEpoch: instant.seconds + Int64(minutes) * 60)
            let offset = "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60, 2)):\(padded(abs(minutes) % 60, 2))"
            #expect(try TimePhrase("\(clock)\(offset)") == .instant(instant))
        }
    }

    @Test("Whatever is typed is read or refused", arguments: UInt64(0)..<50)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "2026-01-27", "T", " ", "14", ":", "10", "Z", "+", "3", "w", "days", "ago", "in", "last", "mon", "h", "\n",
            "é",
        ]
        for _ in 0..<200 {
            let count = Int.random(in: 0...6, using: &random)
            let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            guard let phrase = try? TimePhrase(text) else { continue }
            for context in [TimeContext.moment, .rangeEdge, .past, .snooze] {
                _ = phrase.resolve(context, now: WordingStage.at("2026-01-27 14:10"), zone: WordingStage.berlin)
            }
            // A time is never read into an empty text or a mere number.
            #expect(text.contains { $0.isLetter || $0 == "-" })
        }
    }
}
