/// A time zone as a value: its name and its rules.
package struct Zone: Hashable, Sendable {
    /// An IANA name (`Europe/Berlin`), `UTC`, or whatever a `VTIMEZONE` called itself.
    package let name: String
    package let rules: ZoneRules

    package static let utc = Zone(name: "UTC", rules: .fixed(seconds: 0))

    package init(name: String, rules: ZoneRules) {
        (self.name, self.rules) = (name, rules)
    }

    /// What a wall clock in the zone shows at an instant.
    package func local(_ instant: Instant) -> CivilDateTime {
        CivilDateTime(secondsSinceEpoch: instant.adding(seconds: Int64(rules.offset(at: instant))).seconds)
    }

    /// The civil day of an instant.
    package func date(_ instant: Instant) -> CivilDate {
        local(instant).date
    }

    /// The instant a wall clock names, gaps and folds as in RFC 5545 §3.3.5: in a fold the first of the two, in a gap
    /// the time by the offset before it.
    package func instant(_ local: CivilDateTime) -> Instant {
        rules.instant(local)
    }

    /// The first instant of a civil day.
    package func start(of date: CivilDate) -> Instant {
        instant(CivilDateTime(date: date, time: .midnight))
    }
}
