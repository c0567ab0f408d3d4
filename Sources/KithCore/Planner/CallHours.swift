import CivilTime

/// When somebody can be called who has no e-mail: from 08:00 to 20:00 in their own zone.
struct CallHours: Hashable {
    private static let opens = 8
    private static let closes = 20

    private let zone: Zone

    /// `nil` for somebody who can be written to, or whose zone nobody knows.
    init?(of contact: Contact) {
        guard contact.emails.isEmpty, !contact.phones.isEmpty, let zone = contact.zone else { return nil }
        self.zone = zone
    }

    func contains(_ instant: Instant) -> Bool { (Self.opens..<Self.closes).contains(zone.local(instant).time.hour) }

    /// The first instant in them, from one on.
    func first(from start: Instant) -> Instant {
        guard !contains(start) else { return start }
        let local = zone.local(start)
        return zone.start(of: local.date.adding(days: local.time.hour < Self.opens ? 0 : 1))
            .adding(seconds: Int64(Self.opens) * 3_600)
    }
}
