import CivilTime
import KithTesting
import Testing

@testable import VObject

/// The zone these lines define, with what was told of them.
private func compiled(_ lines: [String], name: String) -> (zone: Zone?, findings: [Finding]) {
    let event = block("VEVENT", ["UID:1", "DTSTART;TZID=\"\(name)\":20260105T090000"])
    let file = CalendarFile(lines: lines + event)
    guard case .zoned(_, let zone) = file.events.first?.start else { return (nil, file.findings) }
    return (zone, file.findings)
}

@Suite("Zones compiled from VTIMEZONE")
struct ZoneCompilerTests {
    /// A zone as a program writes it, and the system's zone it stands for.
    struct Export: CustomTestStringConvertible {
        let name: String
        let lines: [String]
        let iana: String

        var testDescription: String { name }

        init(_ name: String, _ lines: [String], _ iana: String) {
            (self.name, self.lines, self.iana) = (name, lines, iana)
        }
    }

    static let exports = [
        Export("Customized Time Zone", ExportedZones.outlook(), "Europe/Berlin"),
        Export("Google/Berlin", ExportedZones.google(), "Europe/Berlin"),
        Export("Apple/New York", ExportedZones.apple(), "America/New_York"),
        Export("Evolution/New York", ExportedZones.evolution(), "America/New_York"),
    ]

    @Test(
        "What programs export agrees with the system's zone, 2007 to 2037",
        arguments: exports,
        [1, 2, 3] as [UInt64]
    )
    func agrees(_ export: Export, seed: UInt64) throws {
        let zone = try #require(compiled(export.lines, name: export.name).zone)
        let system = try TestZones.required(export.iana)
        var random = Seeded(seed)
        for _ in 0..<200 {
            // 2007-01-01 to 2038-01-01.
            let instant = Instant(seconds: Int64.random(in: 1_167_609_600..<2_145_916_800, using: &random))
            #expect(zone.local(instant) == system.local(instant), "\(instant)")
            let local = system.local(instant)
            #expect(zone.instant(local) == system.instant(local), "\(local)")
        }
    }

    @Test("And does so in every second around each change of the clock", arguments: exports)
    func changes(_ export: Export) throws {
        let zone = try #require(compiled(export.lines, name: export.name).zone)
        let system = try TestZones.required(export.iana)
        var hour = Instant(seconds: 1_167_609_600)
        var changes = 0
        while hour.seconds < 2_145_916_800 {
            let next = hour.adding(seconds: 3_600)
            if system.rules.offset(at: hour) != system.rules.offset(at: next) {
                changes += 1
                for instant in [next.adding(seconds: -1), next, next.adding(seconds: 1)] {
                    #expect(zone.local(instant) == system.local(instant), "\(instant)")
                }
            }
            hour = next
        }
        #expect(changes == 62)
    }

    @Test(
        "A simple pair of rules holds for good, any other until 2100",
        arguments: [
            ("Google/Berlin", "2500-07-01", 7_200), ("Customized Time Zone", "2500-07-01", 7_200),
            ("Apple/New York", "2500-07-01", -14_400), ("Evolution/New York", "2100-07-01", -14_400),
            ("Evolution/New York", "2101-07-01", -18_000),
        ]
    )
    func farAhead(name: String, day: String, offset: Int) throws {
        let zone = try #require(compiled(Self.exports.flatMap(\.lines), name: name).zone)
        #expect(zone.rules.offset(at: Zone.utc.start(of: try #require(CivilDate(day)))) == offset)
    }

    @Test("Where a part that ends, or a date, sets the clock after both rules began, no change is lost")
    func mixed() throws {
        let part = ExportedZones.part("STANDARD", "20260901T000000", "+0200", "+0300", "RDATE:20260902T000000")
        let zone = try #require(
            compiled(ExportedZones.outlook().dropLast() + part + ["END:VTIMEZONE"], name: "Customized Time Zone").zone
        )
        let offsets = ["2026-08-31", "2026-09-03", "2026-11-01", "2027-07-01", "2027-12-01"].map { day in
            CivilDate(day).map { zone.rules.offset(at: Zone.utc.start(of: $0)) }
        }
        #expect(offsets == [7_200, 10_800, 3_600, 7_200, 3_600])
    }

    @Test(
        "A list of dates is every change there is; before the first and after the last nothing is set",
        arguments: [
            ("2024-07-01", 3_600), ("2025-03-29", 3_600), ("2025-07-01", 7_200), ("2025-12-01", 3_600),
            ("2026-07-01", 7_200), ("2026-12-01", 3_600), ("2027-07-01", 7_200), ("2028-07-01", 3_600),
        ]
    )
    func dates(day: String, offset: Int) throws {
        let zone = try #require(compiled(ExportedZones.dates(), name: "Dates/Berlin").zone)
        #expect(zone.rules.offset(at: Zone.utc.start(of: try #require(CivilDate(day)))) == offset)
    }

    @Test(
        "An offset is hours, minutes and perhaps seconds",
        arguments: [
            ("+0100", 3_600), ("-0330", -12_600), ("+001234", 754), ("-0000", 0), ("+0000", 0), (" +1400 ", 50_400),
            ("+9999", nil), ("+2400", nil), ("+0160", nil), ("+010060", nil), ("0100", nil), ("+01", nil),
            ("+01:00", nil), ("+01000", nil), ("", nil), ("+", nil), ("+-100", nil), ("+010é", nil), ("Z", nil),
        ]
    )
    func offsets(text: String, seconds: Int?) {
        let lines = ExportedZones.zone("X", ExportedZones.part("STANDARD", "19700101T000000", "+0000", text))
        let (zone, findings) = compiled(lines, name: "X")
        #expect(zone?.rules.offset(at: Instant(seconds: 1_700_000_000)) == seconds)
        #expect(findings.map(\.code) == (seconds == nil ? ["bad-zone", "unknown-zone"] : []))
        #expect(seconds != nil || findings.first?.line == 6)
    }

    /// A `VTIMEZONE` that is none: what its lines between TZID and END are, and what is told of which line.
    static let broken: [(lines: [String], message: String, line: Int)] = [
        ([], "it has no STANDARD and no DAYLIGHT", 1),
        (block("STANDARD", []), "STANDARD has no TZOFFSETFROM", 3),
        (block("DAYLIGHT", ["TZOFFSETFROM:+0000"]), "DAYLIGHT has no TZOFFSETTO", 3),
        (block("STANDARD", ["TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"]), "STANDARD has no DTSTART", 3),
        (
            ExportedZones.part("STANDARD", "yesterday", "+0000", "+0000"),
            "DTSTART: \"yesterday\" is no time", 4
        ),
        (
            ExportedZones.part("STANDARD", "20260101T000000", "+0000", "+0000", "RDATE:20270101T000000,never"),
            "RDATE: \"never\" is no time", 7
        ),
        (
            ExportedZones.part("STANDARD", "20260101T000000", "+0000", "+0000", "RRULE:FREQ=DAILY"),
            "RRULE: FREQ=DAILY sets no clock; expected YEARLY", 7
        ),
        (
            ExportedZones.part("STANDARD", "20260101T000000", "+0000", "+0000", "RRULE:FREQ=YEARLY;BYMONTH=13"),
            "RRULE: BYMONTH=13 is not valid", 7
        ),
        (
            ExportedZones.part(
                "STANDARD",
                "20260101T000000",
                "+0000",
                "+0000",
                "RRULE:FREQ=YEARLY;BYDAY=" + Array(repeating: "MO", count: 32).joined(separator: ",")
            ),
            "RRULE: more than 31 days are listed", 7
        ),
        (
            ExportedZones.part(
                "STANDARD",
                "20260101T000000",
                "+0000",
                "+0000",
                "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
            ),
            "it sets the clock more than 10000 times", 1
        ),
        (
            Array(repeating: ExportedZones.part("STANDARD", "20260101T000000", "+0000", "+0000"), count: 501)
                .flatMap(\.self),
            "it has more than 500 parts", 1
        ),
        (
            ExportedZones.part("STANDARD", "20260101T000000", "+0000", "+0000")
                + ExportedZones.part(
                    "DAYLIGHT",
                    "20260101T000000",
                    "+0000",
                    "+0100",
                    "RDATE:" + Array(repeating: "20270101T000000", count: 10_002).joined(separator: ",")
                ),
            "it sets the clock more than 10000 times", 12
        ),
    ]

    @Test("A VTIMEZONE that is none is told by its line, and its name is unknown", arguments: broken.indices)
    func refused(index: Int) {
        let (lines, message, line) = Self.broken[index]
        let (zone, findings) = compiled(ExportedZones.zone("X", lines), name: "X")
        #expect(zone == nil)
        #expect(findings.map(\.code) == ["bad-zone", "unknown-zone"])
        #expect(findings.first?.message == "the VTIMEZONE \"X\" is left out: " + message)
        #expect(findings.first?.line == line)
    }

    @Test("Rules that match hardly ever, in a thousand zones, are no endless work", .timeLimit(.minutes(1)))
    func hostile() {
        let rule = "RRULE:FREQ=YEARLY;INTERVAL=399;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"
        let zones = (0..<1_500).flatMap { number in
            ExportedZones.zone("X\(number)", ExportedZones.part("STANDARD", "00010101T000000", "+0000", "+0100", rule))
        }
        let events = (0..<1_500).flatMap { number in
            block("VEVENT", ["UID:\(number)", "DTSTART;TZID=X\(number):20260105T090000"])
        }
        let file = CalendarFile(lines: zones + events)
        let known = file.events.count { $0.start.text.hasSuffix("Z") }
        #expect(file.events.count == 1_500 && known == 1_000)
        #expect(file.findings.first?.message.hasSuffix("the zones of this file have more than 1000 rules") == true)
    }
}
