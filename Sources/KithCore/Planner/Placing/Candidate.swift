import CivilTime

/// A nudge that competes for a moment; as small as a reference, for thousands of them are put in order.
final class Candidate: Sendable {
    let record: NudgeRecord
    let tie: Tie
    let score: Score
    let isLate: Bool
    /// Shown unseen before, or put off: outside the budget.
    let isRepeat: Bool
    let isWork: Bool
    /// Due or late: neither dormant nor by chance.
    let isDue: Bool
    let callHours: CallHours?
    /// Where it has no place, as most of many.
    private let waitingForBudget: PlannedNudge

    init(record: NudgeRecord, tie: Tie, score: Score, isLate: Bool, isRepeat: Bool) {
        (self.record, self.tie, self.score, self.isLate, self.isRepeat) = (record, tie, score, isLate, isRepeat)
        isWork = tie.network != .personal
        isDue = record.reason != .dormant && record.reason != .chance
        callHours = CallHours(of: tie.contact)
        waitingForBudget = PlannedNudge(
            record: record,
            waiting: .budget,
            score: score.hundredths,
            network: tie.network
        )
    }

    /// The same on another day, when it is worth more.
    func aged(to today: CivilDate) -> Candidate {
        let score = Score(daysSinceDue: today.days(since: record.due), tie: tie, isLate: isLate)
        return Candidate(record: record, tie: tie, score: score, isLate: isLate, isRepeat: isRepeat)
    }

    /// What the plan makes of it.
    func waiting(for waiting: Waiting) -> PlannedNudge {
        waiting == .budget ? waitingForBudget : waitingForBudget.waiting(for: waiting)
    }

    /// The higher score; of equals the older due date, then the UID.
    static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.score != right.score { return right.score < left.score }
        if left.record.due != right.record.due { return left.record.due < right.record.due }
        return (left.tie.id, left.record.id) < (right.tie.id, right.record.id)
    }
}

extension Candidate: Equatable {
    static func == (left: Candidate, right: Candidate) -> Bool { left === right }
}
