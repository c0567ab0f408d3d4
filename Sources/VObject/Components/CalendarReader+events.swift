import CivilTime

extension CalendarReader {
    /// What is kept of an event; `nil`, with a finding, where it has no start that can be read.
    mutating func entry(_ lines: EventLines, at place: ComponentPlace) -> EventEntry? {
        guard let startLine = lines.first(.start) else {
            tell(.error, "no-start", "an event without DTSTART is left out", place.line)
            return nil
        }
        guard var start = time(startLine) else { return nil }
        var length = length(lines, start: start, at: place)
        // Exchange writes whole days as times from midnight to midnight and says beside them what they are.
        if lines.first(.allDay)?.token == "TRUE", start.local.time == .midnight, case .end(let end) = length,
            end.local.time == .midnight
        {
            (start, length) = (.date(start.local.date), .end(.date(end.local.date)))
        }
        let uid = lines.first(.uid)
        if uid.map({ trimmed($0.valueBytes).isEmpty }) ?? true {
            tell(.warning, "no-uid", "an event without UID is known by its start and title", place.line)
        }
        return EventEntry(
            place: place,
            uid: uid.flatMap { plainPlace($0) },
            start: start,
            length: length,
            recurrence: lines.isSeries ? keep(recurrence(lines, isDate: start.isDate)) : nil
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

    private mutating func length(_ lines: EventLines, start: EventTime, at place: ComponentPlace) -> EventLength {
        guard let end = lines.first(.end).flatMap({ time($0) }) else { return duration(lines) }
        guard end.isDate == start.isDate else {
            let message = "DTEND and DTSTART are not both dates or both times; DTEND is left out"
            tell(.warning, "end-type", message, place.line)
            return duration(lines)
        }
        guard !end.isBefore(start) else {
            let message = "DTEND lies before DTSTART; the event is read as having no length"
            tell(.warning, "end-before-start", message, place.line)
            return .end(start)
        }
        return .end(end)
    }

    private mutating func duration(_ lines: EventLines) -> EventLength {
        lines.first(.duration).flatMap { duration($0) }.map { .duration($0) } ?? .unstated
    }

    /// A DURATION that leads nowhere back; `nil`, with a finding, for another.
    mutating func duration(_ line: ContentLine) -> EventDuration? {
        guard let duration = EventDuration(line.value.trimmingSpaces()), duration.days >= 0, duration.seconds >= 0
        else {
            tell(.warning, "bad-duration", "DURATION: \"\(shortened(line.value))\" is no duration; left out", line.line)
            return nil
        }
        return duration
    }

    /// What makes an event a series or an override.
    ///
    /// - Parameter isDate: Whether it is of whole days, however its times are written.
    mutating func recurrence(_ lines: EventLines, isDate: Bool = false) -> Recurrence {
        let rules = lines.all(.rule)
        for line in rules.dropFirst() {
            tell(.warning, "rule-left-out", "one RRULE is read; this one is left out", line.line)
        }
        let id = lines.first(.recurrenceID)
        return Recurrence(
            id: id.flatMap { time($0) }.map { isDate ? .date($0.local.date) : $0 },
            isForFuture: id.map { isForFuture($0) } ?? false,
            sequence: lines.first(.sequence).flatMap { Int($0.value.trimmingSpaces()) } ?? 0,
            rule: rules.first.flatMap { rule($0) },
            extraDates: lines.all(.extraDates).flatMap { extraDates($0) },
            excludedDates: lines.all(.excludedDates).flatMap { excludedDates($0) },
            excludedRules: lines.all(.excludedRule).compactMap { rule($0) }
        )
    }

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
        if parameters.count > 6, PackedName(parameters[..<(parameters.startIndex + 6)]) == Self.zoneParameter {
            let plain = parameters.dropFirst(6)
            if !plain.contains(where: { Self.isSpecial($0) }) { return plain }
        }
        return parameter("TZID").map { Array($0.utf8)[...] }
    }

    private static let zoneParameter = PackedName(";TZID=".utf8)

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "^")
            || byte == UInt8(ascii: ",")
    }
}
