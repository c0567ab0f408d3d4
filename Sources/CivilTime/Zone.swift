/// A time zone as a value: its name and its rules.
///
/// As small as a reference, for every time of every event holds one.
public struct Zone: Hashable, Sendable {
    private let storage: Storage

    /// What all copies of a zone share.
    private final class Storage: Sendable {
        let name: String
        let rules: ZoneRules

        init(name: String, rules: ZoneRules) {
            (self.name, self.rules) = (name, rules)
        }
    }

    /// An IANA name (`Europe/Berlin`), `UTC`, or whatever a `VTIMEZONE` called itself.
    public var name: String { storage.name }
    /// Its offsets over time.
    public var rules: ZoneRules { storage.rules }

    /// Coordinated universal time.
    public static let utc = Zone(name: "UTC", rules: .fixed(seconds: 0))

    /// A zone of that name and those rules.
    public init(name: String, rules: ZoneRules) {
        storage = Storage(name: name, rules: rules)
    }

    /// Whether both have the same name and the same rules.
    public static func == (left: Zone, right: Zone) -> Bool {
        left.storage === right.storage || left.name == right.name && left.rules == right.rules
    }

    /// By the name alone: zones of one name mostly have the same rules.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }

    /// What a wall clock in the zone shows at an instant.
    public func local(_ instant: Instant) -> CivilDateTime {
        CivilDateTime(secondsSinceEpoch: instant.adding(seconds: Int64(rules.offset(at: instant))).seconds)
    }

    /// The civil day of an instant.
    public func date(_ instant: Instant) -> CivilDate {
        local(instant).date
    }

    /// The instant a wall clock names, gaps and folds as in RFC 5545 §3.3.5: in a fold the first of the two, in a gap
    /// the time by the offset before it.
    public func instant(_ local: CivilDateTime) -> Instant {
        rules.instant(local)
    }

    /// The first instant of a civil day.
    public func start(of date: CivilDate) -> Instant {
        instant(CivilDateTime(date: date, time: .midnight))
    }
}

/// Reads the clock of one zone many times over.
///
/// Times that are asked for one after another mostly lie between the same two changes of the clock, so the stretch found last
/// is kept.
public struct ZoneClock: Sendable {
    /// Whose clock it reads.
    public let zone: Zone
    /// A stretch of local time in which every time comes once, by one offset.
    private var first = Int64.max
    private var last = Int64.min
    private var offset: Int64 = 0

    /// A clock of a zone.
    public init(_ zone: Zone) {
        self.zone = zone
    }

    /// As ``Zone/instant(_:)``.
    public mutating func instant(_ local: CivilDateTime) -> Instant {
        let seconds = local.secondsSinceEpoch
        if seconds >= first, seconds <= last { return Instant(seconds: seconds - offset) }
        if let stretch = zone.rules.stretch(around: seconds) {
            (first, last, offset) = stretch
        }
        return zone.instant(local)
    }

    /// As ``Zone/local(_:)``.
    public mutating func local(_ instant: Instant) -> CivilDateTime {
        let local = instant.adding(seconds: offset)
        if local.seconds >= first, local.seconds <= last { return CivilDateTime(secondsSinceEpoch: local.seconds) }
        return zone.local(instant)
    }
}
