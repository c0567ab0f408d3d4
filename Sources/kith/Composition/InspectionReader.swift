import CivilTime
import KithCore
import KithEngine
import KithSources
import VObject

/// Reads the paths of `kith inspect` one file after another, and prints as it goes where order allows it.
struct InspectionReader {
    /// The object of `--count`.
    private struct Counts: Encodable {
        var components = 0
        var contacts = 0
        var diagnostics = 0
        var events = 0
        var files = 0
        var occurrences: Int?
    }

    /// An occurrence that waits to be put in order.
    private struct Found {
        let occurrence: Occurrence
        /// Which of the events that were found it is of.
        let event: Int
    }

    private let window: Interval?
    private let zone: Zone
    private let zones: ZoneDatabase
    private let check: TimezoneCheck
    private let isCounting: Bool
    private let isJSON: Bool
    private let printer: Printer
    private let errors: Printer
    private let files = FileReader(limit: 512_000_000)
    private var counts = Counts()
    private var found: [Found] = []
    /// The events of these, each once.
    private var events: [EventShape] = []
    private var hasShown = false
    /// How many of the named paths could be read, in whole or in part.
    private(set) var readable = 0

    /// Tasks that were shown.
    private var todos = 0

    /// Whether there was nothing to show.
    var isEmpty: Bool { counts.occurrences.map { $0 == 0 } ?? (counts.contacts + counts.events + todos == 0) }

    init(
        window: Interval?,
        zone: Zone,
        zones: ZoneDatabase,
        check: TimezoneCheck,
        isCounting: Bool,
        isJSON: Bool,
        printer: Printer,
        errors: Printer
    ) {
        (self.window, self.zone, self.zones, self.check) = (window, zone, zones, check)
        (self.isCounting, self.isJSON, self.printer, self.errors) = (isCounting, isJSON, printer, errors)
        if window != nil { counts.occurrences = 0 }
    }

    /// Reads a file, a vdir, or a folder of vdirs.
    mutating func read(_ path: String) throws {
        guard FileReader.isFolder(path) == true else {
            if try readFile(path, isNamed: true) { readable += 1 }
            return
        }
        // Folders below are few levels deep in every store there is; a loop of links ends with the limit.
        var open = [(path: path, depth: 0)]
        var isReadable = false
        while let folder = open.popLast() {
            let names: [String]
            do throws(FileProblem) {
                names = try FileReader.names(in: folder.path)
            } catch {
                try tell(.error, error.code, "\(error)", Place(file: folder.path))
                continue
            }
            isReadable = true
            var folders: [(path: String, depth: Int)] = []
            for name in names where !name.hasPrefix(".") {
                let item = folder.path + (folder.path.hasSuffix("/") ? "" : "/") + name
                if Self.isItem(name) {
                    _ = try readFile(item, isNamed: false)
                } else if FileReader.isFolder(item) == true, folder.depth < 4 {
                    folders.append((item, folder.depth + 1))
                }
            }
            open += folders.reversed()
        }
        if isReadable { readable += 1 }
    }

    /// Prints what had to wait.
    mutating func finish() throws {
        if !isCounting {
            for index in order() { try show(events[found[index].event].at(found[index].occurrence)) }
        } else if isJSON {
            printer.line(try jsonLine(counts))
        } else {
            printer.lines(
                table(
                    [
                        ["files", counts.files], ["components", counts.components], ["events", counts.events],
                        ["contacts", counts.contacts], ["diagnostics", counts.diagnostics],
                    ].map { ["\($0[0])", "\($0[1])"] } + (counts.occurrences.map { [["occurrences", "\($0)"]] } ?? [])
                )
            )
        }
        printer.flush()
        errors.flush()
    }

    /// By start, then UID; among equals the order of the files stays.
    private func order() -> [Int] {
        found.indices.sorted { left, right in
            let (first, second) = (found[left].occurrence.start, found[right].occurrence.start)
            if first != second { return first < second }
            let (uid, other) = (events[found[left].event].uid, events[found[right].event].uid)
            return uid == other ? left < right : uid < other
        }
    }

    private static func isItem(_ name: String) -> Bool {
        let ending = name.lowercased()
        return ending.hasSuffix(".ics") || ending.hasSuffix(".vcf")
    }

    /// - Returns: Whether it could be read at all.
    private mutating func readFile(_ path: String, isNamed: Bool) throws -> Bool {
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try files.read(path).bytes
        } catch {
            try tell(.error, error.code, "\(error)", Place(file: path))
            return false
        }
        counts.files += 1
        if path.lowercased().hasSuffix(".vcf") {
            try take(CardFile(parsing: bytes), path)
        } else if path.lowercased().hasSuffix(".ics") || !Self.beginsCard(bytes) {
            let zones = zones
            try take(CalendarFile(parsing: bytes, check: check) { zones.zone(named: $0) }, path)
        } else {
            try take(CardFile(parsing: bytes), path)
        }
        // Whoever waits sees what is there; from then on it comes by the pageful.
        if !hasShown { printer.flush() }
        hasShown = true
        return true
    }

    /// Whether a file with another ending holds cards.
    private static func beginsCard(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(64), as: UTF8.self).uppercased().contains("BEGIN:VCARD")
    }

    private mutating func take(_ file: CalendarFile, _ path: String) throws {
        counts.components += file.components
        counts.events += file.eventCount
        var limits: [Finding] = []
        if let window {
            limits = takeOccurrences(of: file, in: window, path)
        } else if !isCounting {
            try file.forEachEvent { try show(EventShape($0, file: path, floating: zone)) }
            todos += file.todos.count
            for todo in file.todos.map({ TodoShape($0, file: path) }) {
                printer.line(isJSON ? try jsonLine(todo) : todo.text)
            }
        }
        try tell(file.findings + limits, path)
    }

    /// Counts the occurrences, or keeps them until all are known.
    ///
    /// - Returns: Which limits were reached.
    private mutating func takeOccurrences(of file: CalendarFile, in window: Interval, _ path: String) -> [Finding] {
        var count = 0
        var cache = EventCache()
        var line = 0
        let limits = file.forEachOccurrence(in: window, floating: zone) { occurrence in
            count += 1
            guard !isCounting else { return }
            let event = cache.event(of: occurrence)
            // No two events of a file begin on one line.
            if event.line != line { events.append(EventShape(event, file: path, floating: zone)) }
            line = event.line
            found.append(Found(occurrence: occurrence, event: events.count - 1))
        }
        counts.occurrences = (counts.occurrences ?? 0) + count
        return limits
    }

    private mutating func take(_ file: CardFile, _ path: String) throws {
        let cards = file.cards
        counts.components += cards.count
        let groups = CardGroups(cards)
        for card in cards {
            guard let shape = CardShape(groups.joined(to: card), file: path) else { continue }
            counts.contacts += 1
            guard !isCounting, window == nil else { continue }
            printer.line(isJSON ? try jsonLine(shape) : shape.text)
        }
        try tell(file.findings, path)
    }

    private func show(_ shape: EventShape) throws {
        printer.line(isJSON ? try jsonLine(shape) : shape.text)
    }

    private mutating func tell(_ findings: [Finding], _ path: String) throws {
        for finding in findings {
            let severity = Diagnostic.Severity(rawValue: finding.severity.rawValue) ?? .warning
            try tell(
                severity,
                finding.code,
                finding.message,
                Place(file: path, line: finding.line, column: finding.column)
            )
        }
    }

    private mutating func tell(
        _ severity: Diagnostic.Severity,
        _ code: String,
        _ message: String,
        _ place: Place
    ) throws {
        counts.diagnostics += 1
        try errors.diagnostic(Diagnostic(severity, code: code, message, at: place), json: isJSON)
    }
}

extension EventShape {
    /// `2026-01-05T08:00:00Z  2026-01-05T08:30:00Z  Coffee w/ Ana  (2 invited)`.
    var text: String {
        let invited = attendees.isEmpty ? "" : "(\(attendees.count) invited)"
        let series = series ? "(series)" : ""
        let parts = [
            start, end, summary.isEmpty ? uid : summary, status == "CANCELLED" ? "(cancelled)" : "", series, invited,
        ]
        return parts.map { printable($0) }.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

extension CardShape {
    /// `Ana Ruiz  ana@meridian.example  Meridian`.
    var text: String {
        ([name] + emails + [organization ?? ""]).map { printable($0) }.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
