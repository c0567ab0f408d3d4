import CivilTime
import KithTesting
import Testing

@testable import VObject

@Suite("A file read in parts")
struct PartTests {
    /// Everything that reading gives.
    static func reading(_ bytes: [UInt8], partSize: Int) throws -> [String] {
        var limits = Limits.standard
        limits.partSize = partSize
        limits.findings = 7
        limits.lineLength = 400
        let file = CalendarFile(bytes, limits: limits)
        let found = try file.occurrences(in: window("2026-01-01", "2026-03-01"), floating: .utc)
        return file.findings.map { "\($0)" } + file.events.map { "\($0)" } + file.journals.map { "\($0)" }
            + file.todos.map { "\($0)" } + file.freeBusy.map { "\($0)" } + found.map { "\($0.start) \($0.event.line)" }
            + ["\(file.components)"]
    }

    @Test("A fixture is the same in parts of any size", arguments: try Fixture.names().filter { $0.hasSuffix(".ics") })
    func fixtures(name: String) throws {
        let bytes = try Fixture.bytes(name)
        let whole = try Self.reading(bytes, partSize: bytes.count)
        for size in [2, 30, 300, 1_000] { #expect(try Self.reading(bytes, partSize: size) == whole) }
    }

    @Test("So is a damaged one", .timeLimit(.minutes(3)), arguments: UInt64(0)..<60)
    func damaged(seed: UInt64) throws {
        var random = Seeded(seed &+ 40_000)
        let original = try Fixture.bytes("week.ics")
        for _ in 0..<5 {
            var bytes = original + (random.oneIn(2) ? original : [])
            for _ in 0..<random.below(4) { MutationTests.damage(&bytes, in: 0..<bytes.count, &random) }
            let whole = try Self.reading(bytes, partSize: bytes.count)
            let parts = try Self.reading(bytes, partSize: 2 + random.below(600))
            #expect(parts == whole)
        }
    }

    static let event = ["UID:1", "DTSTART:20260105T090000Z"]

    @Test(
        "What begins elsewhere than between two components of a calendar is read as it stands",
        arguments: [
            // No calendar, one that ends before, an event inside what has no end, an event that is too deep.
            block("VEVENT", event) + block("VEVENT", event),
            block("VCALENDAR", block("VEVENT", event)) + block("VEVENT", event),
            ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:2"] + block("VEVENT", event) + ["END:VCALENDAR"],
            ["BEGIN:VCALENDAR", "BEGIN:X"] + block("VEVENT", event) + ["END:X", "END:VCALENDAR"],
            // Calendars that do not end, one after another, and one cut short.
            ["BEGIN:VCALENDAR"] + block("VEVENT", event) + ["BEGIN:VCALENDAR"] + block("VEVENT", event),
            ["BEGIN:VCALENDAR"] + block("VEVENT", event) + ["BEGIN:VEVENT", "UID:3"],
            // A soft line end of quoted-printable before it; a zone that stands behind all who name it; a text with the line.
            ["BEGIN:VCALENDAR", "X;ENCODING=QUOTED-PRINTABLE:a="] + block("VEVENT", event) + ["END:VCALENDAR"],
            ["BEGIN:VCALENDAR"] + block("VEVENT", ["UID:1", "DTSTART;TZID=Far:20260105T090000"])
                + block("VEVENT", event) + ExportedZones.google("Far") + ["END:VCALENDAR"],
            ["BEGIN:VCALENDAR"] + block("VEVENT", event + ["DESCRIPTION:a", " BEGIN:VEVENT"]) + ["END:VCALENDAR"],
        ]
    )
    func elsewhere(lines: [String]) throws {
        for end in ["\r\n", "\n", "\r"] {
            let bytes = Array(lines.map { $0 + end }.joined().utf8)
            let whole = try Self.reading(bytes, partSize: bytes.count)
            for size in 2..<60 { #expect(try Self.reading(bytes, partSize: size) == whole, "in parts of \(size)") }
        }
    }

    @Test("A large calendar is the same on every core, down to the line of each event")
    func large() throws {
        let events = (0..<4_000).flatMap { number in
            block("VEVENT", ["UID:\(number)", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=\(1 + number % 3)"])
        }
        let bytes = Array((["BEGIN:VCALENDAR"] + events + ["END:VCALENDAR"]).map { $0 + "\r\n" }.joined().utf8)
        var limits = Limits.standard
        limits.partSize = 10_000
        let (parts, whole) = (CalendarFile(bytes, limits: limits), CalendarFile(bytes))
        #expect(parts.eventCount == 4_000 && parts.events == whole.events && parts.findings == whole.findings)
        #expect(parts.events.map(\.line) == (0..<4_000).map { 2 + 5 * $0 })
    }
}
