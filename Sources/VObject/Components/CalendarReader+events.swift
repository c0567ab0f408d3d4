import CivilTime

extension CalendarReader {
    /// The properties an ``EventEntry`` is made of.
    static let eventNames = NameSet([
        "UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "RRULE", "EXRULE", "RDATE", "EXDATE",
    ])

    /// Whether the zones of all times are known without asking the file.
    mutating func knowsZones(of lines: [ContentLine]) -> Bool {
        for line in lines {
            if let name = line.zoneName, publicZone(name) == nil { return false }
        }
        return true
    }

    /// What is kept of an event; `nil`, with a finding, where it has no start that can be read.
    mutating func entry(_ lines: [ContentLine], at place: ComponentPlace) -> EventEntry? {
        let component = Component(name: "VEVENT", line: place.line, lines: lines)
        guard let startLine = component.property("DTSTART") else {
            tell(.error, "no-start", "an event without DTSTART is left out", place.line)
            return nil
        }
        guard let start = time(startLine) else { return nil }
        let uid = component.property("UID")
        if uid.map({ trimmed($0.valueBytes).isEmpty }) ?? true {
            tell(.warning, "no-uid", "an event without UID is known by its start and title", component.line)
        }
        return EventEntry(
            place: place,
            uid: uid.flatMap { plainPlace($0) },
            start: start,
            length: length(component, start: start),
            recurrence: recurrence(component).map { keep($0) }
        )
    }

    private mutating func keep(_ recurrence: Recurrence) -> Int {
        recurrences.append(recurrence)
        return recurrences.count - 1
    }

    /// Where in the file a value stands that is read as it is written.
    private func plainPlace(_ line: ContentLine) -> Range<Int>? {
        let value = trimmed(line.valueBytes)
        guard !line.isCopy, !line.isEncoded, !value.isEmpty, !value.contains(UInt8(ascii: "\\")) else { return nil }
        return value.indices
    }

    private mutating func length(_ component: Component, start: EventTime) -> EventLength {
        guard let end = component.property("DTEND").flatMap({ time($0) }) else {
            return component.property("DURATION").flatMap { duration($0) }.map { .duration($0) } ?? .unstated
        }
        guard end.isDate == start.isDate else {
            let message = "DTEND and DTSTART are not both dates or both times; DTEND is left out"
            tell(.warning, "end-type", message, component.line)
            return component.property("DURATION").flatMap { duration($0) }.map { .duration($0) } ?? .unstated
        }
        guard !end.isBefore(start) else {
            let message = "DTEND lies before DTSTART; the event is read as having no length"
            tell(.warning, "end-before-start", message, component.line)
            return .end(start)
        }
        return .end(end)
    }

    mutating func duration(_ line: ContentLine) -> EventDuration? {
        guard let duration = EventDuration(line.value.trimmingSpaces()), duration.days >= 0, duration.seconds >= 0
        else {
            tell(.warning, "bad-duration", "DURATION: \"\(shortened(line.value))\" is no duration; left out", line.line)
            return nil
        }
        return duration
    }

    /// What makes a component a series or an override; `nil` where nothing does.
    mutating func recurrence(_ component: Component) -> Recurrence? {
        let names = Self.recurrenceNames
        guard component.lines.contains(where: { names.contains($0.packedName) }) else { return nil }
        let rules = component.properties("RRULE")
        for line in rules.dropFirst() {
            tell(.warning, "rule-left-out", "one RRULE is read; this one is left out", line.line)
        }
        let id = component.property("RECURRENCE-ID")
        return Recurrence(
            id: id.flatMap { time($0) },
            isForFuture: id.map { isForFuture($0) } ?? false,
            sequence: component.property("SEQUENCE").flatMap { Int($0.value.trimmingSpaces()) } ?? 0,
            rule: rules.first.flatMap { rule($0) },
            extraDates: component.properties("RDATE").flatMap { extraDates($0) },
            excludedDates: component.properties("EXDATE").flatMap { excludedDates($0) },
            excludedRules: component.properties("EXRULE").compactMap { rule($0) }
        )
    }

    private static let recurrenceNames = NameSet(["RECURRENCE-ID", "RRULE", "RDATE"])

    /// `THISANDPRIOR` was never more than a word in RFC 2445, and RFC 5545 has done away with it.
    private mutating func isForFuture(_ line: ContentLine) -> Bool {
        guard let range = line.parameter("RANGE") else { return false }
        if range.uppercased() == "THISANDFUTURE" { return true }
        let message = "RECURRENCE-ID: RANGE=\(shortened(range)) is not known; it is read as the one instance"
        tell(.warning, "range", message, line.line)
        return false
    }

    private mutating func rule(_ line: ContentLine) -> RecurrenceRule? {
        let text = trimmed(line.valueBytes)
        if let known = rules[text] { return known }
        do throws(RecurrenceRuleError) {
            let rule = try RecurrenceRule(parsing: String(decoding: text, as: UTF8.self))
            rules[text] = rule
            return rule
        } catch {
            let rest = line.name == "RRULE" ? "only the first occurrence is read" : "it takes nothing out"
            tell(.error, "bad-rule", "\(line.name): \(error); \(rest)", line.line)
            return nil
        }
    }

    private mutating func excludedDates(_ line: ContentLine) -> [EventTime] {
        line.valueBytes.split(separator: UInt8(ascii: ",")).compactMap { time(trimmed($0), of: line) }
    }

    /// Dates, and periods: `19970902T090000Z/PT1H` or `19970902T090000Z/19970902T100000Z` (RFC 5545 §3.3.9).
    private mutating func extraDates(_ line: ContentLine) -> [Recurrence.ExtraDate] {
        line.valueBytes.split(separator: UInt8(ascii: ",")).compactMap { piece in
            let halves = piece.split(separator: UInt8(ascii: "/"), maxSplits: 1)
            guard let first = halves.first, let start = time(trimmed(first), of: line) else { return nil }
            guard halves.count == 2 else { return Recurrence.ExtraDate(start: start, length: .unstated) }
            let text = trimmed(halves[1])
            if let duration = EventDuration(String(decoding: text, as: UTF8.self)), duration.days >= 0,
                duration.seconds >= 0
            {
                return Recurrence.ExtraDate(start: start, length: .duration(duration))
            }
            if let end = time(text, of: line), end.isDate == start.isDate, !end.isBefore(start) {
                return Recurrence.ExtraDate(start: start, length: .end(end))
            }
            let message =
                "\(line.name): \"\(shortened(String(decoding: piece, as: UTF8.self)))\" is no period; its start is read"
            tell(.warning, "period", message, line.line)
            return Recurrence.ExtraDate(start: start, length: .unstated)
        }
    }
}

extension ContentLine {
    /// The bytes of the `TZID`; `nil` where there is none.
    var zoneName: ArraySlice<UInt8>? {
        let parameters = parameterBytes
        guard !parameters.isEmpty else { return nil }
        // The one way nearly everybody writes it.
        let plain = parameters.dropFirst(6)
        if parameters.prefix(6).elementsEqual(Self.zoneParameter), !plain.contains(where: { Self.isSpecial($0) }) {
            return plain
        }
        return parameter("TZID").map { Array($0.utf8)[...] }
    }

    private static let zoneParameter = Array(";TZID=".utf8)

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "^")
            || byte == UInt8(ascii: ",")
    }
}
