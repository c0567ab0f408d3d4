import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

/// A home of its own with files in it, and the sources that read them; it is January 2026 in Berlin.
struct Files {
    static var zones: ZoneDatabase { ZoneDatabase() }
    static let berlin = ZoneDatabase().zone(named: "Europe/Berlin") ?? .utc
    /// Tuesday 27 January 2026, 14:00 in Berlin.
    static let now = Instant(seconds: 1_769_518_800)

    let folder: TemporaryFolder
    var path: String { folder.path }
    var paths: KithPaths { KithPaths(environment: ["HOME": path, "DATA": path + "/data"]) }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A configuration with one calendar and one address book, and what a test adds.
    @discardableResult
    func configure(
        _ more: String = "",
        calendars: String = "[{path: ~/cal}]",
        contacts: String = "[{path: ~/cards}]"
    )
        throws -> Configuration
    {
        try folder.write(
            """
            me: {emails: [ada@example.com]}
            calendars: \(calendars)
            contacts: \(contacts)
            \(more)
            """,
            to: ".config/kith/config.yaml"
        )
        return try ConfigurationFiles.load(paths: paths)
    }

    func source(_ more: String = "", calendars: String = "[{path: ~/cal}]") throws -> FileWorldSource {
        try FileWorldSource(
            configuration: try configure(more, calendars: calendars),
            paths: paths,
            zones: Self.zones,
            zone: Self.berlin
        )
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    /// A text with the home's path replaced by a word.
    func masked(_ text: String) -> String {
        text.replacingOccurrences(of: path, with: "HOME")
    }
}

/// A case of a table: what is read, and what comes of it as text.
struct Reading: CustomTestStringConvertible {
    let given: String
    let result: String

    var testDescription: String { given }

    init(_ given: String, _ result: String) {
        (self.given, self.result) = (given, result)
    }
}
