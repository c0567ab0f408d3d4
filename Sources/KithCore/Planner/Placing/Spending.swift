import CivilTime

/// What was shown already this week: what the limits of day and week have left.
struct Spending: Equatable {
    /// Messages about nudges, by day, and of them those that counted against the budget.
    private(set) var bubbles = Tally()
    private var budgeted = Tally()
    /// The same by the week's Monday.
    private var budgetedInWeek = Tally()
    /// Days that had a bubble of a nudge that competes by score.
    private(set) var scored: [CivilDate] = []
    /// When the last was shown, in whatever week.
    private(set) var last: Instant?
    /// Of those that counted this week: how many were due or late, how many dormant, and how many of work.
    private(set) var due = 0
    private(set) var dormant = 0
    private(set) var work = 0
    private let today: CivilDate
    private let perDay: Int
    private let perWeek: Int

    init(_ context: borrowing PlanningContext) {
        today = context.today
        (perDay, perWeek) = (context.policy.perDay, context.policy.perWeek)
        let zone = context.world.zone
        let (week, start) = (ISOWeek(containing: today), context.outbox.monday)
        var digests: Set<Instant> = []
        for row in context.outbox.recent {
            let at = row.shownAt
            if let sentAt = row.sentAt, case .digest(week) = row.key.subject { digests.insert(sentAt) }
            guard row.isBubble else { continue }
            // A clock that was set back has left bubbles ahead, which say nothing of the last one.
            if at <= context.now { last = max(last ?? at, at) }
            guard at >= start else { continue }
            let (day, ids) = (zone.date(at), row.nudges)
            bubbles[day] += 1
            if ids.contains(where: { NudgeKinds.rule(of: $0.kind)?.isDated != true }) { scored.append(day) }
            if row.isBudgeted { spend(ids.first.flatMap { context.records[$0] }, on: day, context) }
        }
        guard !digests.isEmpty else { return }
        // Where no channel shows single nudges the digest delivers, and spends.
        let sent = context.outbox.recent.filter { $0.shownAt >= start && $0.isBubble }
        let shown = Set(sent.flatMap(\.nudges))
        for nudge in context.view.nudges {
            guard let at = nudge.deliveredAt, digests.contains(at), let record = context.records[nudge.id],
                record.id.kind == .reconnect, record.showings == 1, record.snoozes == 0, !shown.contains(record.id)
            else { continue }
            spend(record, on: zone.date(at), context)
        }
    }

    private mutating func spend(_ record: NudgeRecord?, on day: CivilDate, _ context: PlanningContext) {
        let week = ISOWeek(containing: day)
        budgeted[day] += 1
        budgetedInWeek[week.monday] += 1
        guard let record, week == ISOWeek(containing: today) else { return }
        if record.reason == .due || record.reason == .late { due += 1 }
        if record.reason == .dormant { dormant += 1 }
        if let tie = context.tie(of: record), tie.network != .personal { work += 1 }
    }

    var spentToday: Int { budgeted[today] }

    /// How many more of a day, and of a week, count against the budget.
    func dayRoom(_ day: CivilDate) -> Int { max(0, perDay - budgeted[day]) }
    func weekRoom(_ day: CivilDate) -> Int { max(0, perWeek - spent(inWeekOf: day)) }

    /// Nudges of the week of a day that counted.
    func spent(inWeekOf day: CivilDate) -> Int { budgetedInWeek[ISOWeek(containing: day).monday] }
}
