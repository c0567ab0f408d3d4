package import CivilTime

/// A `VJOURNAL` (RFC 5545 §3.6.3) with the properties kith writes; of a foreign one, what is there.
package struct Journal: Hashable, Sendable {
    package let uid: String
    package let start: EventTime
    package let summary: String
    package let description: String?
    /// Upper case.
    package let status: String?
    package let attendees: [Attendee]
    /// `X-KITH-CONTACT`: the cards it is about.
    package let contacts: [String]
    /// `X-KITH-ACTION`, upper case.
    package let action: String?
    /// `X-KITH-NUDGE`: the identity of the nudge it answers.
    package let nudge: String?
    /// `X-KITH-PROMISE`: what was promised, and its `DUE` day where it has one.
    package let promises: [Promise]
    package let line: Int

    /// What was promised, and by when.
    package struct Promise: Hashable, Sendable {
        package let text: String
        package let due: CivilDate?
    }

    init?(_ component: Component, reader: inout CalendarReader) {
        guard let line = component.property("DTSTART"), let start = reader.time(line) else {
            reader.tell(.error, "no-start", "a journal entry without DTSTART is left out", component.line)
            return nil
        }
        let written = component.property("UID")?.text.trimmingSpaces() ?? ""
        summary = component.property("SUMMARY")?.text ?? ""
        uid = written.isEmpty ? "\(start.text) \(summary)" : written
        self.start = start
        description = component.property("DESCRIPTION")?.text
        status = component.property("STATUS")?.value.trimmingSpaces().uppercased()
        attendees = component.properties("ATTENDEE").map { Attendee($0) }
        contacts = component.properties("X-KITH-CONTACT").map(\.text)
        action = component.property("X-KITH-ACTION")?.value.trimmingSpaces().uppercased()
        nudge = component.property("X-KITH-NUDGE")?.text.trimmingSpaces()
        promises = component.properties("X-KITH-PROMISE").map { line in
            Promise(text: line.text, due: line.parameter("DUE").flatMap { Self.day($0) })
        }.filter { !$0.text.trimmingSpaces().isEmpty }
        self.line = component.line
    }

    /// `20260130`, or `2026-01-30` as other programs may write it.
    private static func day(_ text: String) -> CivilDate? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        return digits.count == 8 ? parseDateTime(digits.span)?.date : nil
    }
}
