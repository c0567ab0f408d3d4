import CivilTime

/// A nudge that competes for a moment; as small as a reference, for thousands of them are put in order.
final class Candidate: Sendable {
    let record: NudgeRecord
    private let contact: ContactID
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

    convenience init(record: NudgeRecord, tie: Tie, score: Score, isLate: Bool, isRepeat: Bool) {
        self.init(
            PlannedNudge(record: record, waiting: .budget, score: score.hundredths, network: tie.network),
            contact: tie.id,
            score: score,
            isLate: isLate,
            isRepeat: isRepeat,
            callHours: CallHours(of: tie.contact)
        )
    }

    private init(
        _ waitingForBudget: PlannedNudge,
        contact: ContactID,
        score: Score,
        isLate: Bool,
        isRepeat: Bool,
        callHours: CallHours?
    ) {
        (self.waitingForBudget, self.contact, self.score) = (waitingForBudget, contact, score)
        (self.isLate, self.isRepeat, self.callHours) = (isLate, isRepeat, callHours)
        (record, isWork) = (waitingForBudget.record, waitingForBudget.network != .personal)
        isDue = record.reason != .dormant && record.reason != .chance
    }

    /// The same on another day, when it is worth more.
    func aged(to today: CivilDate) -> Candidate {
        let score = score.aged(daysSinceDue: today.days(since: record.due))
        return Candidate(
            PlannedNudge(
                record: record,
                waiting: .budget,
                score: score.hundredths,
                network: waitingForBudget.network
            ),
            contact: contact,
            score: score,
            isLate: isLate,
            isRepeat: isRepeat,
            callHours: callHours
        )
    }

    /// What the plan makes of it.
    func waiting(for waiting: Waiting) -> PlannedNudge {
        waiting == .budget ? waitingForBudget : waitingForBudget.with(waiting: waiting)
    }

    /// The higher score; of equals the older due date, then the UID.
    static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.score != right.score { return right.score < left.score }
        if left.record.due != right.record.due { return left.record.due < right.record.due }
        return (left.contact, left.record.id) < (right.contact, right.record.id)
    }
}

extension Candidate: Equatable {
    static func == (left: Candidate, right: Candidate) -> Bool { left === right }
}
