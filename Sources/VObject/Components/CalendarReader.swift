import CivilTime

/// Reads the properties of calendar components and keeps what is wrong with them.
struct CalendarReader {
    private let zones: @Sendable (String) -> Zone?
    let limits: Limits
    /// What the file itself says of zones; `nil` until all of it was looked through.
    var fileZones: FileZones?
    /// Whether a time could not be read for want of them.
    private var needsFileZones = false
    private(set) var findings: Findings
    private var resolved: [String: Zone?] = [:]
    /// The zones named last.
    private var recent: [(key: ZoneKey, zone: Zone)] = []
    /// Of the series and overrides among the events, by the numbers their entries have.
    var recurrences: [Recurrence] = []
    /// Rules by their text: people meet on the same days.
    var rules: [ArraySlice<UInt8>: RecurrenceRule] = [:]

    init(zones: @escaping @Sendable (String) -> Zone?, limits: Limits) {
        (self.zones, self.limits) = (zones, limits)
        findings = Findings(limit: limits.findings)
    }

    /// A DATE or DATE-TIME property.
    mutating func time(_ line: ContentLine) -> EventTime? {
        time(trimmed(line.valueBytes), of: line)
    }

    /// One of the values of a property.
    mutating func time(_ value: ArraySlice<UInt8>, of line: ContentLine) -> EventTime? {
        guard let parsed = parseDateTime(value.span) else {
            let text = shortened(String(decoding: value, as: UTF8.self))
            let message = "\(line.name): \"\(text)\" is no date or time; expected e.g. 20260127T141000"
            tell(.error, "bad-time", message, line.line)
            return nil
        }
        guard let clock = parsed.time else { return .date(parsed.date) }
        let local = CivilDateTime(date: parsed.date, time: clock)
        if parsed.isUTC { return .zoned(local, .utc) }
        guard let name = line.zoneName else { return .floating(local) }
        guard let zone = zone(name) else {
            let text = shortened(String(decoding: name, as: UTF8.self))
            let message = "\(line.name): no zone is called \"\(text)\"; read in the user's own"
            tell(.warning, "unknown-zone", message, line.line)
            return .floating(local)
        }
        return .zoned(local, zone)
    }

    /// The zone of a `TZID`: by its IANA name, else by its Windows name, else as the file itself defines it.
    ///
    /// The file's word is the last, since the zones programs export are often cut short or out of date.
    private mutating func zone(_ name: ArraySlice<UInt8>) -> Zone? {
        if let zone = publicZone(name) { return zone }
        guard fileZones != nil else {
            needsFileZones = true
            return nil
        }
        return fileZones?.zone(String(decoding: name, as: UTF8.self), findings: &findings)
    }

    /// A zone the system knows.
    mutating func publicZone(_ name: ArraySlice<UInt8>) -> Zone? {
        let key = ZoneKey(name.span)
        for known in recent where known.key == key { return known.zone }
        // No zone's name is that long, and to try what follows each of a million slashes would be work without end.
        guard name.count <= 255, let zone = publicZone(String(decoding: name, as: UTF8.self)) else { return nil }
        if name.count <= 32, recent.count < 8 { recent.append((key, zone)) }
        return zone
    }

    /// By its name, also behind a vendor's prefix such as `/example.org/2026/Europe/Berlin`.
    private mutating func publicZone(_ name: String) -> Zone? {
        if let known = resolved[name] { return known }
        var candidate = name[...]
        var found = zones(name)
        while found == nil, let slash = candidate.firstIndex(of: "/") {
            candidate = candidate[candidate.index(after: slash)...]
            // A last part alone (`Berlin`) names no zone.
            guard candidate.contains("/") else { break }
            found = zones(String(candidate))
        }
        found = found ?? WindowsZones.ianaName(name).flatMap(zones)
        resolved[name] = found
        return found
    }

    /// Does what does not need the zones that a file defines; undone, and `nil`, where it did need them.
    mutating func unlessZonesAreMissing<Result>(_ body: (inout CalendarReader) -> Result) -> Result? {
        let (findings, count) = (findings, recurrences.count)
        let result = body(&self)
        guard needsFileZones else { return result }
        needsFileZones = false
        self.findings = findings
        recurrences.removeSubrange(count...)
        return nil
    }

    /// Keeps no bytes of a part that was read to its end.
    mutating func letGoOfBytes() {
        rules = [:]
    }

    /// Adds what was read of a part behind; gives the number its first recurrence has now.
    mutating func append(_ next: CalendarReader, of part: PartOffset) -> Int {
        findings.add(contentsOf: next.findings, of: part)
        defer { recurrences += next.recurrences }
        return recurrences.count
    }

    mutating func tell(_ severity: Finding.Severity, _ code: String, _ message: String, _ line: Int) {
        findings.add(Finding(severity, code: code, message, line: line))
    }
}

/// A value as a message shows it.
func shortened(_ value: String) -> String {
    let clean = String(String.UnicodeScalarView(value.unicodeScalars.prefix(40).map { $0.value < 0x20 ? " " : $0 }))
    return clean.unicodeScalars.count < value.unicodeScalars.count ? clean + "…" : clean
}

/// A name of up to 32 bytes in a form that is compared at once.
private struct ZoneKey: Equatable {
    private let count: Int
    private var words: SIMD4<UInt64> = .zero

    init(_ name: Span<UInt8>) {
        count = name.count
        guard count <= 32 else { return }
        var place = 0
        while place + 8 <= count {
            words[place / 8] = eightBytes(of: name, at: place)
            place += 8
        }
        while place < count {
            words[place / 8] |= UInt64(name[place]) << UInt64(place % 8 * 8)
            place += 1
        }
    }
}
