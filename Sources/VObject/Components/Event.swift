package import CivilTime

/// An attendee or organiser (RFC 5545 §3.8.4.1, §3.8.4.3).
package struct Attendee: Hashable, Sendable {
    /// Lower case, without `mailto:`, or what `EMAIL` says where the calendar address is none, as Apple's servers have it
    /// (RFC 7986 §6.2); else empty.
    package let email: String
    package let name: String?
    /// `PARTSTAT`, upper case; `NEEDS-ACTION` where none stands.
    package let participation: String
    /// `CUTYPE`, upper case; `INDIVIDUAL` where none stands.
    package let kind: String

    init(_ line: ContentLine) {
        let mail = mailAddress(trimmed(line.valueBytes))
        email = mail ?? line.parameter("EMAIL").map { $0.trimmingSpaces().lowercased() } ?? ""
        name = line.parameter("CN").flatMap { $0.isEmpty ? nil : $0 }
        participation = line.parameter("PARTSTAT")?.uppercased() ?? "NEEDS-ACTION"
        kind = line.parameter("CUTYPE")?.uppercased() ?? "INDIVIDUAL"
    }
}

/// A `VEVENT`: a single event, the master of a series, or an override of one instance (RFC 5545 §3.6.1).
package struct Event: Hashable, Sendable {
    package let uid: String
    package let start: EventTime
    let length: EventLength
    package let summary: String
    package let location: String?
    package let description: String?
    /// `CONFIRMED`, `TENTATIVE`, `CANCELLED`, as written in upper case.
    package let status: String?
    /// `OPAQUE` or `TRANSPARENT`; `nil` where it is not stated.
    package let transparency: String?
    /// `X-MICROSOFT-CDO-BUSYSTATUS`, upper case.
    package let busyStatus: String?
    /// `CLASS`, upper case.
    package let classification: String?
    package let organizer: Attendee?
    package let attendees: [Attendee]
    package let alarms: [Alarm]
    let recurrence: Recurrence?
    /// Of its `BEGIN`.
    package let line: Int

    /// Whether it recurs, or is an instance of what does.
    package var isSeries: Bool { recurrence?.isSeries ?? false }

    /// Which instance it overrides.
    package var recurrenceID: EventTime? { recurrence?.id }

    /// When an occurrence that starts at a time ends.
    package func end(from start: EventTime, floating: Zone) -> EventTime {
        var clock = ZoneClock(start.zone(floating: floating))
        return EventSpan(length, start: self.start, floating: floating)
            .end(from: start, at: start.instant(floating: floating), by: &clock).time
    }

    init(_ entry: EventEntry, _ recurrence: Recurrence?, _ component: Component) {
        let summary = component.property("SUMMARY")?.text ?? ""
        let uid = component.property("UID").map { $0.text.trimmingSpaces() } ?? ""
        self.uid = uid.isEmpty ? "\(entry.start.text) \(summary)" : uid
        (start, length, line) = (entry.start, entry.length, entry.place.line)
        (self.recurrence, self.summary) = (recurrence, summary)
        location = component.property("LOCATION")?.text
        description = component.property("DESCRIPTION")?.text
        status = component.token("STATUS")
        transparency = component.token("TRANSP")
        busyStatus = component.token("X-MICROSOFT-CDO-BUSYSTATUS")
        classification = component.token("CLASS")
        organizer = component.property("ORGANIZER").map { Attendee($0) }
        attendees = component.properties("ATTENDEE").map { Attendee($0) }
        // A trigger that is a time is one in UTC (RFC 5545 §3.8.6.3), so no zone is asked for.
        var reader = CalendarReader(zones: { _ in nil }, limits: .standard)
        alarms = component.children.filter { $0.name == "VALARM" }.compactMap { Alarm($0, reader: &reader) }
    }
}

/// The lower-case address behind `mailto:`; `nil` where there is no such word.
private func mailAddress(_ value: ArraySlice<UInt8>) -> String? {
    let scheme = Array("mailto:".utf8)
    guard value.count >= 7, zip(value, scheme).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return nil }
    return String(decoding: trimmed(value.dropFirst(7)), as: UTF8.self).lowercased()
}

extension Component {
    /// The value of a property that is one word, in upper case.
    func token(_ name: String) -> String? {
        property(name)?.token
    }
}

extension String {
    func trimmingSpaces() -> String {
        guard let first = utf8.first, let last = utf8.last, [first, last].contains(where: { $0 == 0x20 || $0 == 0x09 })
        else { return self }
        return String(decoding: trimmed(Array(utf8)[...]), as: UTF8.self)
    }
}
