package import CivilTime

/// How a nudge moves from state to state: one definition for the planner, the ledger and the commands.
extension NudgeRecord {
    /// Bubbles that nobody saw before it goes to `kith` and the digest only.
    package static let unseenLimit = 3
    /// Snoozes after which it comes back as a bubble no more.
    package static let snoozeLimit = 2

    /// Whether no further bubble is made of it: it stands in `kith` and the next digest.
    package var isDigestOnly: Bool {
        unseen >= Self.unseenLimit || snoozes > Self.snoozeLimit
    }

    /// Whether it stands there by now: it is not put off to a later time.
    func isFading(at now: Instant) -> Bool {
        guard isDigestOnly else { return false }
        return switch state {
        case .pending: true
        case .snoozed: !state.isSnoozed(beyond: now)
        case .delivered, .answered, .expired: false
        }
    }

    /// A receipt exists.
    ///
    /// Seen, it waits for an answer; unseen, it is pending again, the occasion being used up.
    package func shown(at instant: Instant, wasSeen: Bool) -> NudgeRecord {
        var record = self
        record.showings += 1
        record.deliveredAt = instant
        if wasSeen {
            record.state = .delivered
            record.seenAt = seenAt ?? instant
        } else {
            record.unseen += 1
            record.state = .pending
        }
        return record
    }

    /// It was read in `kith` or in a digest that reached somebody: no showing of its own, but seen.
    package func read(at instant: Instant) -> NudgeRecord {
        guard state == .delivered || isDigestOnly, !state.isSnoozed(beyond: instant) else { return self }
        var record = self
        record.seenAt = seenAt ?? instant
        return record
    }

    /// Closed by an answer, or by evidence that is one.
    package func answered(_ kind: AnswerKind, on day: CivilDate) -> NudgeRecord {
        closed(as: .answered(kind), on: day)
    }

    /// Closed without an answer; the reason is kept for `explain`.
    package func expired(_ reason: ExpiryReason, on day: CivilDate) -> NudgeRecord {
        closed(as: .expired(reason), on: day)
    }

    /// Put off by the user; what it counts towards `ignored` begins anew.
    package func snoozed(until: Instant, isNamed: Bool) -> NudgeRecord {
        var record = self
        record.state = .snoozed(until: until, isNamed: isNamed)
        record.snoozes += 1
        record.seenAt = nil
        return record
    }

    /// What was put off until an instant that has come waits again; one the user named stays as it is until it is shown.
    func woken(at now: Instant) -> NudgeRecord {
        guard case .snoozed(let until, isNamed: false) = state, until <= now else { return self }
        var record = self
        record.state = .pending
        return record
    }

    /// Open again: as delivered where it was shown, else waiting.
    ///
    /// - Parameter due: The day of its reason by now; `nil` where that cannot have moved.
    package func reopened(asPending: Bool = false, due: CivilDate? = nil) -> NudgeRecord {
        var record = self
        record.due = due ?? self.due
        record.state = showings > 0 && !asPending ? .delivered : .pending
        record.closed = nil
        return record
    }

    private func closed(as state: NudgeState, on day: CivilDate) -> NudgeRecord {
        var record = self
        record.state = state
        record.closed = day
        return record
    }
}
