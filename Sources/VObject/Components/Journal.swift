import CivilTime

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
    package let line: Int

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
        self.line = component.line
    }
}
