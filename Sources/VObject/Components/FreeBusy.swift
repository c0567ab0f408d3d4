import CivilTime

/// A `VFREEBUSY` (RFC 5545 §3.6.4): when somebody is busy, without saying with what.
package struct FreeBusy: Hashable, Sendable {
    /// A stretch of time; its end lies after its start.
    package struct Period: Hashable, Sendable {
        package let start: EventTime
        package let end: EventTime
        /// `FBTYPE`, upper case: `BUSY`, `FREE`, `BUSY-TENTATIVE`, `BUSY-UNAVAILABLE`.
        package let kind: String
    }

    package let uid: String?
    /// Whose time it is.
    package let organizer: Attendee?
    /// From when it tells.
    package let start: EventTime?
    package let end: EventTime?
    /// In the order of the file.
    package let periods: [Period]
    /// Of its `BEGIN`.
    package let line: Int

    init(_ component: Component, reader: inout CalendarReader) {
        uid = component.property("UID")?.text.trimmingSpaces()
        organizer = (component.property("ORGANIZER") ?? component.property("ATTENDEE")).map { Attendee($0) }
        start = component.property("DTSTART").flatMap { reader.time($0) }
        end = component.property("DTEND").flatMap { reader.time($0) }
        var periods: [Period] = []
        for line in component.properties("FREEBUSY") {
            for piece in line.valueBytes.split(separator: UInt8(ascii: ",")) {
                if let period = reader.period(trimmed(piece), of: line) {
                    periods.append(period)
                } else {
                    let text = String(decoding: trimmed(piece), as: UTF8.self)
                    let message = "FREEBUSY: \"\(shortened(text))\" is no stretch of time; left out"
                    reader.tell(.warning, "bad-period", message, line.line)
                }
            }
        }
        self.periods = periods
        line = component.line
    }
}

extension CalendarReader {
    /// `19970101T180000Z/19970102T070000Z` or `19970101T180000Z/PT5H30M` (RFC 5545 §3.3.9).
    fileprivate mutating func period(_ text: ArraySlice<UInt8>, of line: ContentLine) -> FreeBusy.Period? {
        let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let (first, second) = (parts[0], parts[1])
        guard parseDateTime(first.span)?.time != nil, let start = time(first, of: line) else { return nil }
        let end: EventTime?
        if let length = EventDuration(String(decoding: second, as: UTF8.self)) {
            end = start.adding(length, floating: .utc)
        } else {
            end = parseDateTime(second.span)?.time == nil ? nil : time(second, of: line)
        }
        let kind = line.parameter("FBTYPE")?.uppercased() ?? "BUSY"
        return end.flatMap { start.isBefore($0) ? FreeBusy.Period(start: start, end: $0, kind: kind) : nil }
    }
}
