/// The offsets of a zone over time: a list of transitions, and a rule for the time after the last of them.
///
/// A value: built from a TZif file (RFC 9636) or from a `VTIMEZONE`, compared and copied freely.
public struct ZoneRules: Hashable, Sendable {
    /// From an instant on, an offset holds.
    public struct Transition: Hashable, Sendable {
        /// From when on.
        public let at: Instant
        /// Seconds east of UTC.
        public let offset: Int

        /// An offset in seconds east of UTC, from an instant on.
        public init(at: Instant, offset: Int) {
            (self.at, self.offset) = (at, offset)
        }
    }

    /// Seconds east of UTC before the first transition.
    private let initialOffset: Int
    /// In order of time.
    private let transitions: [Transition]
    /// What holds after the last transition; without it, the last offset stays.
    private let tail: TailRule?

    /// - Parameter transitions: In order of time.
    public init(initialOffset: Int, transitions: [Transition], tail: TailRule? = nil) {
        (self.initialOffset, self.transitions, self.tail) = (initialOffset, transitions, tail)
    }

    /// The seconds east of UTC that an offset may have: 26 hours either way, which is what a TZif file should keep to (RFC 9636
    /// §3.2) and more than a POSIX rule can say.
    static let widest = -93_600...93_600

    /// The same offset at all times.
    public static func fixed(seconds: Int) -> ZoneRules {
        ZoneRules(initialOffset: seconds, transitions: [])
    }

    /// Seconds east of UTC at an instant.
    public func offset(at instant: Instant) -> Int {
        let next = firstTransition(after: instant)
        guard next < transitions.count else {
            return tail?.offset(at: instant) ?? transitions.last?.offset ?? initialOffset
        }
        return next == 0 ? initialOffset : transitions[next - 1].offset
    }

    /// The place of the first transition that lies after an instant.
    private func firstTransition(after instant: Instant) -> Int {
        guard let last = transitions.last, instant < last.at else { return transitions.count }
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The instant at which a clock in the zone shows a local time (RFC 5545 §3.3.5).
    ///
    /// | the clock                          | then                                                    |
    /// |------------------------------------|---------------------------------------------------------|
    /// | shows it once                      | that instant                                            |
    /// | shows it more than once (set back) | the first of them                                       |
    /// | never shows it (set ahead)         | the time read with the offset that held before the gap  |
    public func instant(_ local: CivilDateTime) -> Instant {
        let seconds = Instant(seconds: local.secondsSinceEpoch)
        // No offset is wider, so whatever the local time may mean lies between these two.
        let low = seconds.adding(seconds: Int64(Self.widest.lowerBound))
        let high = seconds.adding(seconds: Int64(Self.widest.upperBound))
        var search = LocalSearch(seconds: seconds, offset: offset(at: low), from: low)
        var next = firstTransition(after: low)
        while next < transitions.count, transitions[next].at <= high {
            let at = transitions[next].at
            next += 1
            let offset = next == transitions.count ? self.offset(at: at) : transitions[next - 1].offset
            if let found = search.pass(at, to: offset) { return found }
        }
        if next == transitions.count, let tail {
            for at in tail.changes(after: Swift.max(low, transitions.last?.at ?? low), through: high) {
                if let found = search.pass(at, to: tail.offset(at: at)) { return found }
            }
        }
        return search.rest
    }

    /// The local times around one that each come once and by the same offset; `nil` where the time itself lies too near to a
    /// change of the clock.
    ///
    /// All are seconds since the epoch by a clock that ignores zones.
    func stretch(around local: Int64) -> (first: Int64, last: Int64, offset: Int64)? {
        // No offset exceeds 26 hours: two days from a change, its two clocks cannot be confused.
        let room: Int64 = 172_800
        // As far as dates go that anybody writes.
        guard local.magnitude < 1 << 40 else { return nil }
        let instant = Instant(seconds: local)
        let next = firstTransition(after: instant)
        var first = next == 0 ? .min + room : transitions[next - 1].at.seconds + room
        var last = next < transitions.count ? transitions[next].at.seconds - room : .max - room
        if next == transitions.count, let tail {
            // A year either way: every change comes once a year.
            let year: Int64 = 366 * 86_400
            let changes = tail.changes(after: instant.adding(seconds: -year), through: instant.adding(seconds: year))
            for change in changes.map(\.seconds) {
                if change <= local { first = max(first, change + room) } else { last = min(last, change - room) }
            }
        }
        guard first <= local, local <= last else { return nil }
        return (first, last, Int64(offset(at: instant)))
    }
}

/// Looks for the instant of a local time from one change of the clock to the next.
private struct LocalSearch {
    /// The local time as an instant, were it in UTC.
    let seconds: Instant
    var offset: Int
    /// Since when the offset holds.
    var from: Instant
    /// What is meant if the clock never shows the time.
    private var inGap: Instant?

    init(seconds: Instant, offset: Int, from: Instant) {
        (self.seconds, self.offset, self.from) = (seconds, offset, from)
    }

    /// The instant, if it comes before the clock is set.
    mutating func pass(_ change: Instant, to next: Int) -> Instant? {
        let meant = seconds.adding(seconds: -Int64(offset))
        if from <= meant, meant < change { return meant }
        if inGap == nil, change <= meant, seconds.adding(seconds: -Int64(next)) < change { inGap = meant }
        (offset, from) = (next, change)
        return nil
    }

    /// The instant, where the clock is set no more.
    var rest: Instant {
        let meant = seconds.adding(seconds: -Int64(offset))
        return from <= meant ? meant : inGap ?? meant
    }
}
