import CivilTime

/// A nudge that competes for a moment.
struct Candidate {
    let record: NudgeRecord
    let tie: Tie
    let score: Score
    let isLate: Bool
    /// Shown unseen before, or put off: outside the budget.
    let isRepeat: Bool

    var isWork: Bool { tie.network != .personal }
    /// Due or late: neither dormant nor by chance.
    var isDue: Bool { record.reason != .dormant && record.reason != .chance }

    /// The higher score; of equals the older due date, then the UID.
    static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.score != right.score { return right.score < left.score }
        return (left.record.due, left.tie.id, left.record.id) < (right.record.due, right.tie.id, right.record.id)
    }
}
