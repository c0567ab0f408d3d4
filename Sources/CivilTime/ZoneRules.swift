/// The offsets of a zone over time: a list of transitions, and a rule for the time after the last of them.
///
/// A value: built from a TZif file (RFC 9636) or from a `VTIMEZONE`, compared and copied freely.
package struct ZoneRules: Hashable, Sendable {
    /// From an instant on, an offset holds.
    package struct Transition: Hashable, Sendable {
        package let at: Instant
        /// Seconds east of UTC.
        package let offset: Int

        package init(at: Instant, offset: Int) {
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
    package init(initialOffset: Int, transitions: [Transition], tail: TailRule? = nil) {
        (self.initialOffset, self.transitions, self.tail) = (initialOffset, transitions, tail)
    }

    /// The same offset at all times.
    package static func fixed(seconds: Int) -> ZoneRules {
        ZoneRules(initialOffset: seconds, transitions: [])
    }

    /// Seconds east of UTC at an instant.
    package func offset(at instant: Instant) -> Int {
        guard let last = transitions.last, instant < last.at else {
            return tail?.offset(at: instant) ?? transitions.last?.offset ?? initialOffset
        }
        // The first transition that lies after the instant.
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffset : transitions[low - 1].offset
    }

    /// The instant at which a clock in the zone shows a local time (RFC 5545 §3.3.5).
    ///
    /// | the clock                   | then                                                    |
    /// |-----------------------------|---------------------------------------------------------|
    /// | shows it once               | that instant                                            |
    /// | shows it twice (set back)   | the first of the two                                    |
    /// | never shows it (set ahead)  | the time read with the offset that held before the gap  |
    package func instant(_ local: CivilDateTime) -> Instant {
        let seconds = Instant(seconds: local.secondsSinceEpoch)
        // No offset exceeds 26 hours, so these two lie on either side of whatever happens at the local time.
        let before = offset(at: seconds.adding(seconds: -93_600))
        let after = offset(at: seconds.adding(seconds: 93_600))
        let first = seconds.adding(seconds: -Int64(before))
        if offset(at: first) == before { return first }
        let second = seconds.adding(seconds: -Int64(after))
        if offset(at: second) == after { return second }
        // Neither holds at its own instant. Either a gap, which the offset before it settles, or several changes within
        // two days, whose offsets are tried in order.
        let (low, high) = (first.adding(seconds: -187_200), first.adding(seconds: 187_200))
        for transition in transitions where low < transition.at && transition.at < high {
            let candidate = seconds.adding(seconds: -Int64(transition.offset))
            if offset(at: candidate) == transition.offset { return candidate }
        }
        return first
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
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].at.seconds <= local { low = middle + 1 } else { high = middle }
        }
        var first = low == 0 ? .min + room : transitions[low - 1].at.seconds + room
        var last = low < transitions.count ? transitions[low].at.seconds - room : .max - room
        if low == transitions.count, let changes = tail?.changes(around: local) {
            (first, last) = (max(first, changes.before + room), changes.after - room)
        }
        guard first <= local, local <= last else { return nil }
        return (first, last, Int64(offset(at: Instant(seconds: local))))
    }
}
