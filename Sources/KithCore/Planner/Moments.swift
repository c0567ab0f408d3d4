package import CivilTime

/// An instant at which a nudge may appear, with the free time around it.
package struct Moment: Hashable, Sendable {
    package let start: Instant
    /// When it may be used no more: at the next moment, or five minutes before the free time ends.
    package let openUntil: Instant
    /// When the free time ends.
    package let freeUntil: Instant
    /// The first after a meeting.
    package let isPreferred: Bool

    package var slot: Slot { Slot(start: start, end: freeUntil) }

    /// Whether it may be used at an instant.
    package func isOpen(at now: Instant) -> Bool {
        start <= now && now < openUntil
    }
}

/// A stretch of hours that are neither quiet nor busy, from five minutes after a meeting's end.
struct Gap: Hashable, Sendable {
    let interval: Interval
    let followsMeeting: Bool
}

/// Where nudges fit: hours − quiet − busy, and the moments in what is left.
struct FreeTime {
    static let breath: Int64 = 300
    static let spacing: Int64 = 7_200
    static let enough: Int64 = 900
    /// Seconds in which a line is read.
    static let glance: Int64 = 60

    private let zone: Zone
    private let busy: [Interval]
    private let daysOff: [CivilDate: String]
    private let policy: Policy
    /// The minutes of a day that are not quiet.
    private let loud: [DayHours]

    init(world: borrowing World, policy: Policy) {
        (zone, busy, daysOff, self.policy) = (world.zone, world.busy, world.daysOff, policy)
        let quiet = policy.quiet
        let parts: [DayHours?] =
            if quiet.start == quiet.end {
                [DayHours(start: 0, end: 1_440)]
            } else if quiet.start < quiet.end {
                [DayHours(start: 0, end: quiet.start), DayHours(start: quiet.end, end: 1_440)]
            } else {
                [DayHours(start: quiet.end, end: quiet.start)]
            }
        loud = parts.compactMap(\.self)
    }

    /// The gaps of a network's hours on a day.
    func gaps(on day: CivilDate, network: Network) -> [Gap] {
        if network != .personal, daysOff[day] != nil { return [] }
        let hours = policy.hours(of: network)[day.weekday]
        return hours.flatMap { gaps(on: day, from: $0.start, until: $0.end) }
    }

    /// The gaps between two minutes of a day, quiet hours and busy time taken out.
    func gaps(on day: CivilDate, from start: Int, until end: Int) -> [Gap] {
        loud.flatMap { loud -> [Gap] in
            guard let first = instant(day, max(start, loud.start)), let last = instant(day, min(end, loud.end)),
                let allowed = Interval(start: first, end: last)
            else { return [] }
            return split(allowed)
        }
    }

    /// Whether nothing may be shown at an instant, whatever the hours: quiet, or busy, or within the breath after a meeting
    /// that the gap begins with.
    func isBarred(_ now: Instant) -> Bool {
        gap(around: now, in: gaps(on: zone.date(now), from: 0, until: 1_440)) == nil
    }

    func gap(around now: Instant, in gaps: [Gap]) -> Gap? {
        gaps.first { $0.interval.contains(now) }
    }

    /// A minute of a day; 1440 is the start of the next.
    func instant(_ day: CivilDate, _ minute: Int) -> Instant? {
        guard minute < 1_440 else { return zone.start(of: day.adding(days: 1)) }
        return TimeOfDay(hour: minute / 60, minute: minute % 60).map {
            zone.instant(CivilDateTime(date: day, time: $0))
        }
    }

    /// What busy time leaves of an interval.
    private func split(_ allowed: Interval) -> [Gap] {
        var gaps: [Gap] = []
        var start = allowed.start
        var followsMeeting = false
        func close(at end: Instant) {
            if let interval = Interval(start: start, end: end) {
                gaps.append(Gap(interval: interval, followsMeeting: followsMeeting))
            }
        }
        // Busy time is in order and disjoint.
        let first = busy.partitionPoint { $0.end.adding(seconds: Self.breath) <= allowed.start }
        for busy in busy[first...] {
            guard busy.start < allowed.end else { break }
            close(at: busy.start)
            start = max(start, busy.end.adding(seconds: Self.breath))
            followsMeeting = true
        }
        close(at: allowed.end)
        return gaps
    }
}

extension World {
    /// Whether a day has work hours.
    func isWorkday(_ day: CivilDate, _ policy: Policy) -> Bool {
        !policy.work[day.weekday].isEmpty && daysOff[day] == nil
    }
}

extension FreeTime {
    /// Every moment of some gaps: the start of each and every two hours after it, each with 15 minutes left.
    static func moments(in gaps: [Gap]) -> [Moment] {
        gaps.flatMap { gap in
            stride(from: 0, through: gap.interval.seconds - enough, by: Int(spacing)).compactMap { offset in
                moment(at: gap.interval.start.adding(seconds: offset), in: gap)
            }
        }
    }

    /// A moment within a gap, open until the next one or five minutes before the gap ends; `nil` with less than 15 minutes left.
    static func moment(at start: Instant, in gap: Gap) -> Moment? {
        let left = gap.interval.end.seconds(since: start)
        guard left >= enough else { return nil }
        return Moment(
            start: start,
            openUntil: start.adding(seconds: left - spacing >= enough ? min(spacing, left - breath) : left - breath),
            freeUntil: gap.interval.end,
            isPreferred: gap.followsMeeting && start == gap.interval.start
        )
    }

    /// The gaps too short for a moment and long enough for one line (5 to 15 minutes), each used until a minute before its end.
    static func squeezes(in gaps: [Gap]) -> [Moment] {
        gaps.map(\.interval).filter { (breath..<enough).contains($0.seconds) }.map {
            Moment(start: $0.start, openUntil: $0.end.adding(seconds: -glance), freeUntil: $0.end, isPreferred: false)
        }
    }
}

/// Every moment of a network's hours on a day.
package func moments(on day: CivilDate, network: Network, world: World, policy: Policy) -> [Moment] {
    FreeTime.moments(in: FreeTime(world: world, policy: policy).gaps(on: day, network: network))
}

/// The squeezes of a network's hours on a day.
package func squeezes(on day: CivilDate, network: Network, world: World, policy: Policy) -> [Slot] {
    FreeTime.squeezes(in: FreeTime(world: world, policy: policy).gaps(on: day, network: network)).map(\.slot)
}

/// The first moment of a network's hours from a day on, within two weeks: what *Later* means.
package func nextFreeSlot(from day: CivilDate, for network: Network, world: World, policy: Policy) -> Slot? {
    for offset in 0..<14 {
        let moments = moments(on: day.adding(days: offset), network: network, world: world, policy: policy)
        if let first = moments.min(by: { $0.start < $1.start }) { return first.slot }
    }
    return nil
}
