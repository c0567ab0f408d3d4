import CivilTime
import KithCore
import KithEngine
import KithSources

/// The configuration that `kith init` is about to write.
struct Draft: Hashable {
    var name: String?
    var emails: [String] = []
    var calendars: [String] = []
    var contacts: [String] = []
    /// Empty unless the user asks for it.
    var mail: [String] = []

    init(name: String?) {
        self.name = name
    }

    /// The file.
    ///
    /// Texts are written as JSON strings, which YAML 1.2 reads as they are.
    func text(home: String) throws -> String {
        func path(_ path: String) throws -> String {
            let isBelow = path.hasPrefix(home + "/")
            return "  - path: \(try jsonLine(isBelow ? "~" + path.dropFirst(home.count) : path))"
        }
        let me = try [name.map { "name: \(try jsonLine($0))" } ?? "", "emails: \(try jsonLine(emails))"].filter {
            !$0.isEmpty
        }
        return try """
        # Written by kith init; yours from here on. Whom to keep: kith keep NAME, or circles, e.g.
        #   circles:
        #     - {name: sponsors, every: 6 weeks, match: {category: strategic}}
        me: {\(me.joined(separator: ", "))}
        calendars:
        \(calendars.map(path).joined(separator: "\n"))
        contacts:
        \(contacts.map(path).joined(separator: "\n"))\(try mailLines(path))
        channels:
          - desktop: {}

        """
    }

    private func mailLines(_ path: (String) throws -> String) throws -> String {
        try mail.isEmpty ? "" : "\nmail:\n" + mail.map(path).joined(separator: "\n")
    }

    /// What the drafted sources hold; an address is not needed to read them.
    func contents(_ paths: KithPaths, now: Instant) throws -> Contents {
        var complete = self
        if complete.emails.isEmpty { complete.emails = ["nobody@localhost"] }
        let setting = try YAMLReader.read(try complete.text(home: paths.home), file: paths.configurationFile)
        let zones = ZoneDatabase()
        let zone = zones.system(environment: Surroundings.environment())
        let source = try FileWorldSource(
            configuration: Configuration(reading: setting),
            paths: paths,
            zones: zones,
            zone: zone
        )
        return source.contents(at: now)
    }
}
