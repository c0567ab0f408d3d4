import CivilTime
import Foundation
import Testing

@testable import VObject

/// The zones the tests know, from the machine's own data; every other name is unknown.
enum TestZones {
    private static let all: [String: Zone] = {
        let names = [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
            "America/Argentina/Buenos_Aires",
        ]
        let read = names.compactMap { name -> (String, Zone)? in
            guard let data = try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)),
                let rules = try? ZoneRules(tzif: [UInt8](data))
            else { return nil }
            return (name, Zone(name: name, rules: rules))
        }
        return Dictionary(uniqueKeysWithValues: read + [("UTC", .utc)])
    }()

    static func named(_ name: String) -> Zone? { all[name] }

    static func required(_ name: String) throws -> Zone { try #require(named(name)) }
}

/// Files written for these tests, byte for byte.
enum Fixture {
    private static let folder = URL(filePath: #filePath).appending(path: "../../Fixtures").standardized

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    /// Every file, by its path below the folder, in order.
    static func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".ics") || $0.hasSuffix(".vcf") }.sorted()
    }
}

extension CalendarFile {
    init(_ bytes: [UInt8], limits: Limits = .standard) {
        self.init(parsing: bytes, limits: limits, zones: TestZones.named)
    }

    /// Reads lines as they would stand in a file.
    init(lines: [String], limits: Limits = .standard) {
        self.init(Array(lines.map { $0 + "\r\n" }.joined().utf8), limits: limits)
    }

    /// A calendar with one event of these properties, whose `BEGIN` is line 2.
    init(event properties: [String], limits: Limits = .standard) {
        self.init(lines: ["BEGIN:VCALENDAR"] + block("VEVENT", properties) + ["END:VCALENDAR"], limits: limits)
    }

    var codes: [String] { findings.map(\.code) }

    var uids: [String] { events.map(\.uid) }

    /// The starts of all occurrences between two days, as instants or dates.
    func starts(from: String, until: String, in zone: Zone = .utc) throws -> [String] {
        try occurrences(in: window(from, until, in: zone), floating: zone).map(\.startTime.text)
    }
}

extension CardFile {
    init(lines: [String]) {
        self.init(parsing: Array(lines.map { $0 + "\r\n" }.joined().utf8))
    }

    /// A card of these properties, whose `BEGIN` is line 1.
    init(card properties: [String]) {
        self.init(lines: block("VCARD", properties))
    }

    var codes: [String] { findings.map(\.code) }
}

/// A component as lines.
func block(_ name: String, _ properties: [String]) -> [String] {
    ["BEGIN:" + name] + properties + ["END:" + name]
}

/// From the first moment of one day to the first of another.
func window(_ from: String, _ until: String, in zone: Zone = .utc) throws -> Interval {
    let (first, last) = (try #require(CivilDate(from)), try #require(CivilDate(until)))
    return try #require(Interval(start: zone.start(of: first), end: zone.start(of: last)))
}

func dateTime(_ text: String) -> (date: CivilDate, time: TimeOfDay?, isUTC: Bool)? {
    let bytes = Array(text.utf8)
    return parseDateTime(bytes.span)
}

/// Reads `19970902T090000`; a test's own slip fails the test.
func civil(_ text: String) throws -> CivilDateTime {
    let parsed = try #require(dateTime(text))
    return CivilDateTime(date: parsed.date, time: parsed.time ?? .midnight)
}

extension String {
    /// Its scalars: unlike strings, these are equal only where every one of them is.
    var scalars: [Unicode.Scalar] { Array(unicodeScalars) }
}
