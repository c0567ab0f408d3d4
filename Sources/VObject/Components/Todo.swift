import CivilTime

/// A `VTODO` (RFC 5545 §3.6.2): a task, the master of a series of them, or an override of one instance.
package struct Todo: Hashable, Sendable {
    /// How far it is (RFC 5545 §3.8.1.11).
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case needsAction = "NEEDS-ACTION"
        case inProcess = "IN-PROCESS"
        case completed = "COMPLETED"
        case cancelled = "CANCELLED"
    }

    package let uid: String
    package let start: EventTime?
    /// `DUE`, else where `DURATION` leads from the start.
    package let due: EventTime?
    package let completed: EventTime?
    package let summary: String
    package let description: String?
    /// As it is written; without it, completed where a time of completion or 100 percent stands there.
    package let status: Status
    /// 0 to 100.
    package let percent: Int?
    /// 1, the highest, to 9; `nil` where none is set.
    package let priority: Int?
    package let categories: [String]
    /// The `UID` of what it belongs to: `RELATED-TO` as a parent.
    package let parent: String?
    package let url: String?
    /// `X-KITH-NUDGE`: the identity of the nudge it was made from.
    package let nudge: String?
    package let alarms: [Alarm]
    let recurrence: Recurrence?
    /// Of its `BEGIN`.
    package let line: Int

    /// Whether it recurs, or is an instance of what does.
    package var isSeries: Bool { recurrence?.isSeries ?? false }

    /// Which instance it overrides.
    package var recurrenceID: EventTime? { recurrence?.id }
}

extension Todo {
    /// Reads a task; one needs nothing but a name to be one, so none is left out.
    init(_ component: Component, reader: inout CalendarReader) {
        start = component.property("DTSTART").flatMap { reader.time($0) }
        let written = component.property("UID")?.text.trimmingSpaces() ?? ""
        summary = component.property("SUMMARY")?.text ?? ""
        due = Self.due(component, start: start, reader: &reader)
        if written.isEmpty {
            reader.tell(.warning, "no-uid", "a task without UID is known by its times and title", component.line)
        }
        let times = [start, due].compactMap { $0?.text }
        uid = written.isEmpty ? (times + [summary]).joined(separator: " ") : written
        completed = component.property("COMPLETED").flatMap { reader.time($0) }
        description = component.property("DESCRIPTION")?.text
        percent = component.property("PERCENT-COMPLETE").flatMap { reader.number($0, in: 0...100) }
        let rank = component.property("PRIORITY").flatMap { reader.number($0, in: 0...9) }
        priority = rank == 0 ? nil : rank
        let isDone = completed != nil || percent == 100
        status = component.property("STATUS").flatMap { reader.status($0) } ?? (isDone ? .completed : .needsAction)
        categories = component.properties("CATEGORIES").flatMap { splitUnescaped($0.value, at: UInt8(ascii: ",")) }
            .map { unescaped($0).trimmingSpaces() }.filter { !$0.isEmpty }
        parent = component.properties("RELATED-TO").first { line in
            (line.parameter("RELTYPE") ?? "PARENT").uppercased() == "PARENT"
        }.map { $0.text.trimmingSpaces() }.flatMap { $0.isEmpty ? nil : $0 }
        url = component.property("URL").map { $0.value.trimmingSpaces() }
        nudge = component.property("X-KITH-NUDGE")?.text.trimmingSpaces()
        alarms = component.children.filter { $0.name == "VALARM" }.compactMap { Alarm($0, reader: &reader) }
        let lines = EventLines(component)
        recurrence = lines.isSeries ? reader.recurrence(lines) : nil
        line = component.line
    }

    private static func due(_ component: Component, start: EventTime?, reader: inout CalendarReader) -> EventTime? {
        if let line = component.property("DUE") {
            guard let due = reader.time(line) else { return nil }
            if let start, due.isDate == start.isDate, due.isBefore(start) {
                reader.tell(
                    .warning,
                    "due-before-start",
                    "DUE lies before DTSTART; both are read as they stand",
                    line.line
                )
            }
            return due
        }
        guard let line = component.property("DURATION"), let length = reader.duration(line) else { return nil }
        guard let start else {
            reader.tell(.warning, "no-start", "DURATION without DTSTART says nothing; it is left out", line.line)
            return nil
        }
        // By the clock of its own zone; a floating time has no other.
        return start.adding(length, floating: .utc)
    }
}

extension CalendarReader {
    /// A whole number within bounds; what is none is told.
    fileprivate mutating func number(_ line: ContentLine, in range: ClosedRange<Int>) -> Int? {
        let text = line.value.trimmingSpaces()
        if let number = decimal(text.utf8), range.contains(number) { return number }
        let expected = "\(range.lowerBound) to \(range.upperBound)"
        tell(.note, "bad-number", "\(line.name): \"\(shortened(text))\" is not \(expected); left out", line.line)
        return nil
    }

    fileprivate mutating func status(_ line: ContentLine) -> Todo.Status? {
        let text = line.value.trimmingSpaces().uppercased()
        if let status = Todo.Status(rawValue: text) { return status }
        tell(.note, "bad-status", "STATUS: \"\(shortened(text))\" is no state of a task; left out", line.line)
        return nil
    }
}

extension EventTime {
    /// The time a duration later: days by the calendar, the rest in real time.
    func adding(_ length: EventDuration, floating: Zone) -> EventTime {
        let days = CivilDateTime(date: local.date.adding(days: length.days), time: local.time)
        guard length.seconds != 0 else { return at(days) }
        let instant = at(days).instant(floating: floating).adding(seconds: length.seconds)
        return isDate ? at(days) : at(zone(floating: floating).local(instant))
    }
}
