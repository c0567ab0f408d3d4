package import CivilTime

/// An attendee or organiser (RFC 5545 §3.8.4.1, §3.8.4.3).
package struct Attendee: Hashable, Sendable {
    /// Lower case, without `mailto:`; empty where the calendar address is none.
    package let email: String
    package let name: String?
    /// `PARTSTAT`, upper case; `NEEDS-ACTION` where none stands.
    package let participation: String
    /// `CUTYPE`, upper case; `INDIVIDUAL` where none stands.
    package let kind: String

    init(_ line: ContentLine) {
        let address = line.value.trimmingSpaces()
        email =
            address.lowercased().hasPrefix("mailto:") ? String(address.dropFirst(7)).trimmingSpaces().lowercased() : ""
        name = line.parameter("CN").flatMap { $0.isEmpty ? nil : $0 }
        participation = line.parameter("PARTSTAT")?.uppercased() ?? "NEEDS-ACTION"
        kind = line.parameter("CUTYPE")?.uppercased() ?? "INDIVIDUAL"
    }
}

/// A `VEVENT`: a single event, the master of a series, or an override of one instance (RFC 5545 §3.6.1).
package struct Event: Hashable, Sendable {
    package let uid: String
    /// Which instance it overrides.
    package let recurrenceID: EventTime?
    package let start: EventTime
    /// When it ends; `nil` where only the duration says so.
    let end: EventTime?
    let duration: EventDuration?
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
    let sequence: Int
    let rule: RecurrenceRule?
    let extraDates: [EventTime]
    let excludedDates: [EventTime]
    /// Of its `BEGIN`.
    package let line: Int

    /// Whether it recurs, or is an instance of what does.
    package var isSeries: Bool { rule != nil || !extraDates.isEmpty || recurrenceID != nil }

    /// When an occurrence that starts at a time ends (RFC 5545 §3.6.1: without an end, a date lasts a day and a time no time).
    package func end(from start: EventTime, floating: Zone) -> EventTime {
        if let duration {
            if start.isDate {
                return .date(start.local.date.adding(days: max(1, duration.days + Int(duration.seconds / 86_400))))
            }
            let local = CivilDateTime(date: start.local.date.adding(days: duration.days), time: start.local.time)
            return start.at(local).adding(seconds: duration.seconds, floating: floating)
        }
        guard let end else {
            return start.isDate ? .date(start.local.date.adding(days: 1)) : start
        }
        if start.isDate {
            return .date(start.local.date.adding(days: max(1, end.local.date.days(since: self.start.local.date))))
        }
        let length = end.instant(floating: floating).seconds(since: self.start.instant(floating: floating))
        return start.adding(seconds: max(0, length), floating: floating)
    }

    /// The longest it can last, with room for a change of offset: how far before a window a start still matters.
    func reach(floating: Zone) -> Int64 {
        let length = end(from: start, floating: floating).instant(floating: floating)
            .seconds(since: start.instant(floating: floating))
        return max(0, length) + 93_600
    }
}

extension EventTime {
    func adding(seconds: Int64, floating: Zone) -> EventTime {
        guard seconds != 0 else { return self }
        switch self {
        case .date(let date):
            return .date(date.adding(days: Int(seconds / 86_400)))
        case .floating, .zoned:
            let zone = zone(floating: floating)
            return at(zone.local(instant(floating: floating).adding(seconds: seconds)))
        }
    }
}

extension String {
    func trimmingSpaces() -> String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
        while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
