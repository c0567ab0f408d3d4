import CivilTime
import KithTesting
import Testing

@testable import VObject

@Suite("Overrides")
struct OverrideTests {
    static let master = block(
        "VEVENT",
        [
            "UID:1", "DTSTART;TZID=Europe/Berlin:20260105T090000", "DURATION:PT1H", "SUMMARY:usual",
            "RRULE:FREQ=DAILY;COUNT=4",
        ]
    )

    static func override(_ id: String, start: String, _ lines: [String] = ["SUMMARY:other"]) -> [String] {
        block("VEVENT", ["UID:1", "RECURRENCE-ID" + id, "DTSTART" + start] + lines)
    }

    /// `5 usual`: the day and the title of each occurrence in January.
    static func read(_ lines: [String]) throws -> [String] {
        let found = try CalendarFile(lines: lines).occurrences(in: window("2026-01-01", "2026-02-01"), floating: .utc)
        return found.map { "\(Zone.utc.date($0.start).day) \($0.event.summary)" }
    }

    static let usual = ["5 usual", "6 usual", "7 usual", "8 usual"]

    @Test(
        "An override stands in the place of its instance, however the instance is named",
        arguments: [
            ";TZID=Europe/Berlin:20260106T090000", ":20260106T080000Z", ";TZID=America/New_York:20260106T030000",
            ";VALUE=DATE-TIME:20260106T080000Z",
        ]
    )
    func naming(id: String) throws {
        let override = Self.override(id, start: ":20260106T100000Z")
        let expected = ["5 usual", "6 other", "7 usual", "8 usual"]
        #expect(try Self.read(Self.master + override) == expected)
        #expect(try Self.read(override + Self.master) == expected)
    }

    @Test("An instance can be moved to another day, out of a window and into it")
    func moved() throws {
        let later = Self.override(":20260106T080000Z", start: ":20260120T080000Z")
        #expect(try Self.read(Self.master + later) == ["5 usual", "7 usual", "8 usual", "20 other"])
        let away = Self.override(":20260106T080000Z", start: ":20270120T080000Z")
        #expect(try Self.read(Self.master + away) == ["5 usual", "7 usual", "8 usual"])
        let file = CalendarFile(lines: Self.master + away)
        #expect(try file.starts(from: "2027-01-01", until: "2027-02-01") == ["2027-01-20T08:00:00Z"])
    }

    @Test("A cancelled instance says so and nothing else stands in its place")
    func cancelled() throws {
        let lines = Self.override(":20260106T080000Z", start: ":20260106T080000Z", ["STATUS:CANCELLED"])
        let found = try CalendarFile(lines: Self.master + lines)
            .occurrences(in: window("2026-01-06", "2026-01-07"), floating: .utc)
        #expect(found.map(\.event.status) == ["CANCELLED"])
    }

    @Test("An override names its instance; a single event names none")
    func identity() throws {
        let single = block("VEVENT", ["UID:2", "DTSTART:20260106T070000Z"])
        let lines = Self.override(":20260106T080000Z", start: ":20260120T080000Z")
        let found = try CalendarFile(lines: Self.master + lines + single)
            .occurrences(in: window("2026-01-06", "2026-02-01"), floating: .utc)
        #expect(
            found.map { $0.recurrenceID?.text } == [
                nil, "2026-01-07T08:00:00Z", "2026-01-08T08:00:00Z", "2026-01-06T08:00:00Z",
            ]
        )
        #expect(found.map(\.event.isSeries) == [false, true, true, true])
    }

    @Test("Of two overrides the later revision counts, then the one further down")
    func revisions() throws {
        func lines(_ title: String, _ sequence: Int) -> [String] {
            Self.override(
                ":20260106T080000Z",
                start: ":20260106T080000Z",
                ["SUMMARY:\(title)", "SEQUENCE:\(sequence)"]
            )
        }
        let expected = ["5 usual", "6 new", "7 usual", "8 usual"]
        #expect(try Self.read(Self.master + lines("old", 1) + lines("new", 2)) == expected)
        #expect(try Self.read(Self.master + lines("new", 2) + lines("old", 1)) == expected)
        #expect(try Self.read(Self.master + lines("old", 1) + lines("new", 1)) == expected)
    }

    @Test("An override whose series is not there, or has no such instance, takes place by itself")
    func alone() throws {
        let lines = Self.override(":20260115T080000Z", start: ":20260115T080000Z")
        #expect(try Self.read(lines) == ["15 other"])
        #expect(try Self.read(Self.master + lines) == Self.usual + ["15 other"])
    }

    @Test("An override of another UID changes nothing")
    func otherUID() throws {
        let lines = Self.override(":20260106T080000Z", start: ":20260106T080000Z").map { $0 == "UID:1" ? "UID:2" : $0 }
        #expect(try Self.read(Self.master + lines) == ["5 usual", "6 usual", "6 other", "7 usual", "8 usual"])
    }

    @Test("An instance that is excluded and overridden is what the override says")
    func excluded() throws {
        let master = Self.master.dropLast() + ["EXDATE:20260106T080000Z", "END:VEVENT"]
        let lines = Self.override(":20260106T080000Z", start: ":20260106T100000Z")
        #expect(try Self.read(master + lines) == ["5 usual", "6 other", "7 usual", "8 usual"])
    }

    @Test("A whole day is overridden by its date")
    func wholeDays() throws {
        let master = block("VEVENT", ["UID:1", "DTSTART:20260105", "SUMMARY:usual", "RRULE:FREQ=DAILY;COUNT=4"])
        let lines = Self.override(";VALUE=DATE:20260106", start: ";VALUE=DATE:20260110")
        #expect(try Self.read(master + lines) == ["5 usual", "7 usual", "8 usual", "10 other"])
    }

    /// Overrides of the four days that speak for the days after theirs too, and what is read then.
    struct Future: CustomTestStringConvertible {
        let testDescription: String
        let overrides: [[String]]
        let expected: [String]

        init(_ name: String, _ overrides: [[String]], _ expected: [String]) {
            (testDescription, self.overrides, self.expected) = (name, overrides, expected)
        }
    }

    static func future(_ id: String, start: String, _ lines: [String] = ["SUMMARY:new"]) -> [String] {
        override(";RANGE=THISANDFUTURE:" + id, start: start, lines)
    }

    static let futures = [
        Future(
            "a new title",
            [future("20260106T080000Z", start: ":20260106T080000Z")],
            ["5 usual", "6 new", "7 new", "8 new"]
        ),
        Future(
            "two days later",
            [future("20260107T080000Z", start: ":20260109T080000Z")],
            ["5 usual", "6 usual", "9 new", "10 new"]
        ),
        Future(
            "a day earlier",
            [future("20260107T080000Z", start: ":20260106T100000Z")],
            ["5 usual", "6 usual", "6 new", "7 new"]
        ),
        Future(
            "one of the later ones apart",
            [
                future("20260106T080000Z", start: ":20260106T090000Z"),
                override(":20260107T080000Z", start: ":20260107T120000Z"),
            ],
            ["5 usual", "6 new", "7 other", "8 new"]
        ),
        Future(
            "changed again",
            [
                future("20260106T080000Z", start: ":20260106T090000Z"),
                future("20260108T080000Z", start: ":20260108T120000Z", ["SUMMARY:newer"]),
            ],
            ["5 usual", "6 new", "7 new", "8 newer"]
        ),
        Future(
            "the later revision of two",
            [
                future("20260106T080000Z", start: ":20260106T090000Z", ["SUMMARY:old"]),
                future("20260106T080000Z", start: ":20260106T090000Z", ["SUMMARY:new", "SEQUENCE:1"]),
            ],
            ["5 usual", "6 new", "7 new", "8 new"]
        ),
        Future(
            "all of it",
            [future("20260105T080000Z", start: ":20260105T090000Z")],
            ["5 new", "6 new", "7 new", "8 new"]
        ),
        Future("after the last", [future("20260112T080000Z", start: ":20260113T080000Z")], usual + ["13 new"]),
    ]

    @Test("An override with RANGE=THISANDFUTURE moves all later instances as it moves its own", arguments: futures)
    func thisAndFuture(_ example: Future) throws {
        for overrides in [example.overrides, example.overrides.reversed()] {
            #expect(try Self.read(Self.master + overrides.flatMap { $0 }) == example.expected)
            #expect(try Self.read(overrides.flatMap { $0 } + Self.master) == example.expected)
        }
    }

    @Test(
        "What later instances last, and which they are, is as the override says; a move over the edge of a window counts"
    )
    func futureDetails() throws {
        let lines = Self.master + Self.future("20260106T080000Z", start: ":20260116T100000Z", ["DURATION:PT3H"])
        let file = CalendarFile(lines: lines)
        let found = try file.occurrences(in: window("2026-01-17", "2026-01-18"), floating: .utc)
        #expect(found.map { "\($0.start) \($0.end)" } == ["2026-01-17T10:00:00Z 2026-01-17T13:00:00Z"])
        #expect(found.map { $0.recurrenceID?.text } == ["2026-01-07T08:00:00Z"] && file.codes == [])
        #expect(try file.starts(from: "2026-01-07", until: "2026-01-16") == [])
        let back = CalendarFile(lines: Self.master + Self.future("20260106T080000Z", start: ":20251227T080000Z"))
        #expect(try back.starts(from: "2025-12-28", until: "2025-12-29") == ["2025-12-28T08:00:00Z"])
    }

    @Test("An instance that the clock leaves out moves the later ones as far as it is written to")
    func futureInGap() throws {
        let zone = ";TZID=Europe/Berlin:"
        let lines =
            block("VEVENT", ["UID:1", "DTSTART\(zone)20260328T023000", "RRULE:FREQ=DAILY;COUNT=3"])
            + Self.override(";RANGE=THISANDFUTURE\(zone)20260329T023000", start: zone + "20260329T020000")
        let starts = try CalendarFile(lines: lines).starts(from: "2026-03-28", until: "2026-04-02")
        #expect(starts == ["2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z"])
    }

    @Test("Thirty thousand changes of what is to come are looked through as quickly as one", .timeLimit(.minutes(1)))
    func manyFutures() throws {
        let start = try #require(CivilDate("2026-01-01")).daysSinceEpoch * 86_400
        let overrides = (0..<30_000).flatMap { number in
            let time = CivilDateTime(secondsSinceEpoch: Int64(start + number * 3_600))
            let text = "\(time)".filter { $0 != "-" && $0 != ":" } + "Z"
            return Self.future(text, start: ":" + text)
        }
        let master = block("VEVENT", ["UID:1", "DTSTART:20260101T000000Z", "SUMMARY:usual", "RRULE:FREQ=HOURLY"])
        let found = try CalendarFile(lines: overrides + master).occurrences(
            in: window("2026-01-01", "2026-02-01"),
            floating: .utc
        )
        #expect(found.count == 31 * 24 && found.allSatisfy { $0.event.summary == "new" })
    }

    @Test("An unknown RANGE is told and the one instance is read; a RECURRENCE-ID that is none is told")
    func findings() {
        let range = CalendarFile(
            lines: Self.master + Self.override(";RANGE=THISANDPRIOR:20260106T080000Z", start: ":20260106T100000Z")
        )
        #expect(range.findings.map { "\($0.code) \($0.line)" } == ["range 10"])
        let bad = CalendarFile(lines: Self.master + Self.override(":soon", start: ":20260106T100000Z"))
        #expect(bad.findings.map { "\($0.code) \($0.line)" } == ["bad-time 10"])
    }

    @Test("The order of the components changes nothing", arguments: UInt64(0)..<50)
    func order(seed: UInt64) throws {
        var random = Seeded(seed)
        let parts = [
            Self.master, block("VEVENT", ["UID:2", "DTSTART:20260106T080000Z", "SUMMARY:single"]),
            Self.override(":20260106T080000Z", start: ":20260109T080000Z", ["SUMMARY:a"]),
            Self.override(":20260107T080000Z", start: ":20260109T080000Z", ["SUMMARY:b", "SEQUENCE:2"]),
            Self.override(":20260107T080000Z", start: ":20260108T090000Z", ["SUMMARY:c", "SEQUENCE:1"]),
        ]
        let read = try Self.read(parts.shuffled(using: &random).flatMap(\.self))
        #expect(read.sorted() == ["5 usual", "6 single", "8 usual", "9 a", "9 b"])
    }
}
