import CivilTime

/// Reads the properties of calendar components and keeps what is wrong with them.
struct CalendarReader {
    let zones: (String) -> Zone?
    var fileZones: FileZones
    var findings: Findings
    private var resolved: [String: Zone?] = [:]

    init(zones: @escaping (String) -> Zone?, fileZones: FileZones, findings: Findings) {
        (self.zones, self.fileZones, self.findings) = (zones, fileZones, findings)
    }

    /// An event; `nil`, with a finding, where it has no start that can be read.
    mutating func event(_ component: Component) -> Event? {
        guard let startLine = component.property("DTSTART") else {
            tell(.error, "no-start", "an event without DTSTART is left out", component.line)
            return nil
        }
        guard let start = time(startLine) else { return nil }
        let uid = component.property("UID").map { $0.text.trimmingSpaces() } ?? ""
        if uid.isEmpty {
            tell(.warning, "no-uid", "an event without UID is known by its start and title", component.line)
        }
        for line in component.properties("RRULE").dropFirst() + component.properties("EXRULE") {
            tell(.warning, "rule-left-out", "one RRULE is read; this \(line.name) is left out", line.line)
        }
        let summary = component.property("SUMMARY")?.text ?? ""
        var end = component.property("DTEND").flatMap { time($0) }
        if let written = end, written.isDate != start.isDate {
            tell(
                .warning,
                "end-type",
                "DTEND and DTSTART are not both dates or both times; DTEND is left out",
                component.line
            )
            end = nil
        }
        if let written = end, written.isBefore(start) {
            tell(
                .warning,
                "end-before-start",
                "DTEND lies before DTSTART; the event is read as having no length",
                component.line
            )
            end = start
        }
        return Event(
            uid: uid.isEmpty ? "\(start.text) \(summary)" : uid,
            recurrenceID: component.property("RECURRENCE-ID").flatMap { recurrenceID($0, start: start) },
            start: start,
            end: end,
            duration: end == nil ? component.property("DURATION").flatMap { duration($0) } : nil,
            summary: summary,
            location: component.property("LOCATION")?.text,
            description: component.property("DESCRIPTION")?.text,
            status: component.property("STATUS")?.value.trimmingSpaces().uppercased(),
            transparency: component.property("TRANSP")?.value.trimmingSpaces().uppercased(),
            busyStatus: component.property("X-MICROSOFT-CDO-BUSYSTATUS")?.value.trimmingSpaces().uppercased(),
            classification: component.property("CLASS")?.value.trimmingSpaces().uppercased(),
            organizer: component.property("ORGANIZER").map { Attendee($0) },
            attendees: component.properties("ATTENDEE").map { Attendee($0) },
            sequence: component.property("SEQUENCE").flatMap { Int($0.value.trimmingSpaces()) } ?? 0,
            rule: component.property("RRULE").flatMap { rule($0, start: start) },
            extraDates: dates(component, "RDATE"),
            excludedDates: dates(component, "EXDATE"),
            line: component.line
        )
    }

    /// A DATE or DATE-TIME property.
    mutating func time(_ line: ContentLine) -> EventTime? {
        time(line.value.trimmingSpaces(), of: line)
    }

    private mutating func time(_ value: String, of line: ContentLine) -> EventTime? {
        guard let parsed = parseDateTime(value) else {
            tell(
                .error,
                "bad-time",
                "\(line.name): \"\(shortened(value))\" is no date or time; expected e.g. 20260127T141000",
                line.line
            )
            return nil
        }
        guard let clock = parsed.time else { return .date(parsed.date) }
        let local = CivilDateTime(date: parsed.date, time: clock)
        if parsed.isUTC { return .zoned(local, .utc) }
        guard let name = line.parameter("TZID") else { return .floating(local) }
        guard let zone = zone(name) else {
            tell(
                .warning,
                "unknown-zone",
                "\(line.name): no zone is called \"\(shortened(name))\"; read in the user's own",
                line.line
            )
            return .floating(local)
        }
        return .zoned(local, zone)
    }

    /// The zone of a `TZID`: by its IANA name, else by its Windows name, else as the file itself defines it.
    ///
    /// The file's word is the last, since the zones programs export are often cut short or out of date.
    private mutating func zone(_ name: String) -> Zone? {
        // No zone's name is that long, and to try what follows each of a million slashes would be work without end.
        guard name.utf8.count <= 255 else { return nil }
        return publicZone(name) ?? fileZones.zone(name, findings: &findings)
    }

    /// A zone the system knows, also behind a vendor's prefix such as `/example.org/2026/Europe/Berlin`.
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

    private mutating func recurrenceID(_ line: ContentLine, start: EventTime) -> EventTime? {
        if line.parameter("RANGE") != nil {
            tell(.warning, "range", "RECURRENCE-ID with RANGE is read as the one instance", line.line)
        }
        return time(line)
    }

    private mutating func dates(_ component: Component, _ name: String) -> [EventTime] {
        var dates: [EventTime] = []
        for line in component.properties(name) {
            if line.value.utf8.contains(UInt8(ascii: "/")) {
                tell(
                    .warning,
                    "period",
                    "\(name) with a period: the start is read, the length is the event's",
                    line.line
                )
            }
            for piece in line.value.split(separator: ",") {
                let text = String(piece.prefix { $0 != "/" }).trimmingSpaces()
                if let time = time(text, of: line) { dates.append(time) }
            }
        }
        return dates
    }

    private mutating func duration(_ line: ContentLine) -> EventDuration? {
        guard let duration = EventDuration(line.value.trimmingSpaces()), duration.days >= 0, duration.seconds >= 0
        else {
            tell(.warning, "bad-duration", "DURATION: \"\(shortened(line.value))\" is no duration; left out", line.line)
            return nil
        }
        return duration
    }

    private mutating func rule(_ line: ContentLine, start: EventTime) -> RecurrenceRule? {
        do throws(RecurrenceRuleError) {
            return try RecurrenceRule(parsing: line.value.trimmingSpaces())
        } catch {
            tell(.error, "bad-rule", "RRULE: \(error); only the first occurrence is read", line.line)
            return nil
        }
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
