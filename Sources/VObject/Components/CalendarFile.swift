package import CivilTime

/// What stands in an iCalendar file (RFC 5545): several calendars, one, or bare components.
///
/// An index over its bytes: of an event it holds when it takes place, and reads the rest when asked.
package struct CalendarFile: Sendable {
    package let journals: [Journal]
    package let todos: [Todo]
    package let freeBusy: [FreeBusy]
    /// Components of any kind, calendars not counted.
    package let components: Int
    package let findings: [Finding]
    let index: EventIndex

    /// Reads bytes; never fails.
    ///
    /// What cannot be read is left out and told.
    ///
    /// - Parameters:
    ///   - check: Compares the zones the file defines with those of the system; without it, that is not done.
    ///   - zones: Finds a zone by its IANA name.
    package init(
        parsing bytes: [UInt8],
        limits: Limits = .standard,
        check: TimezoneCheck? = nil,
        zones: @escaping @Sendable (String) -> Zone?
    ) {
        let wide = UTF16Text(bytes)
        let text = wide?.utf8 ?? bytes
        let read = CalendarPart.whole(text, limits: limits, zones: zones)
        var (calendar, entries) = (read.calendar, read.entries)
        func component(at place: ComponentPlace) -> Component? {
            ComponentReader.component(text, at: place, limits: limits)
        }
        let isInOrder = !read.later.contains { $0.name == .event }
        var (journals, todos, freeBusy) = ([Journal](), [Todo](), [FreeBusy]())
        // Most files define zones that everybody knows.
        if !read.later.isEmpty { calendar.fileZones = FileZones(read.timezones) { component(at: $0) } }
        for place in read.later {
            guard let component = component(at: place) else { continue }
            calendar.fileZones?.enter(calendar: place.calendar)
            switch place.name {
            case .event: if let entry = calendar.entry(EventLines(component), at: place) { entries.append(entry) }
            case .journal: if let journal = Journal(component, reader: &calendar) { journals.append(journal) }
            case .todo: todos.append(Todo(component, reader: &calendar))
            default: freeBusy.append(FreeBusy(component, reader: &calendar))
            }
        }
        if !isInOrder { entries.sort { $0.place.range.lowerBound < $1.place.range.lowerBound } }
        if let check { calendar.check(read.timezones, of: text, for: entries, with: check) }
        var findings = read.reader.findings
        if let wide { findings.add(Finding(.note, code: "utf16", wide.remark, line: 1)) }
        findings.add(contentsOf: calendar.findings)
        if bytes.isEmpty {
            findings.add(Finding(.warning, code: "empty-file", "the file is empty", line: 1))
        } else if read.components == 0, read.reader.calendars == 0, findings.list.isEmpty {
            findings.add(Finding(.warning, code: "no-component", "the file has no component", line: 1))
        }
        (self.journals, self.todos, self.freeBusy) = (journals, todos, freeBusy)
        (self.components, self.findings) = (read.components, findings.list)
        index = EventIndex(bytes: text, entries: entries, recurrences: calendar.recurrences, limits: limits)
    }

    /// How many events could be read.
    package var eventCount: Int { index.entries.count }

    /// Every `VEVENT` that could be read, in the order of the file.
    package var events: [Event] { index.entries.indices.map { index.event($0) } }

    /// Hands over every event, one in memory at a time.
    package func forEachEvent(_ body: (Event) throws -> Void) rethrows {
        for number in index.entries.indices { try body(index.event(number)) }
    }
}

/// The events of a file by number.
final class EventIndex: Sendable {
    let bytes: [UInt8]
    /// In the order of the file.
    let entries: [EventEntry]
    let recurrences: [Recurrence]
    let limits: Limits

    init(bytes: [UInt8], entries: [EventEntry], recurrences: [Recurrence], limits: Limits) {
        (self.bytes, self.entries, self.recurrences, self.limits) = (bytes, entries, recurrences, limits)
    }

    func recurrence(_ entry: EventEntry) -> Recurrence? {
        entry.recurrence.map { recurrences[$0] }
    }

    /// What events of one UID have in common.
    func uid(_ number: Int) -> ArraySlice<UInt8> {
        entries[number].uid.map { bytes[$0] } ?? Array(event(number).uid.utf8)[...]
    }

    /// All that is written of an event.
    func event(_ number: Int) -> Event {
        let entry = entries[number]
        guard let component = ComponentReader.component(bytes, at: entry.place, limits: limits) else {
            preconditionFailure("what was read once is read the same again")
        }
        return Event(entry, recurrence(entry), component)
    }
}
