package import CivilTime

/// Decides what is due, when and in which order: a pure function.
///
/// Equal input gives an equal plan, and planning again with the plan's changes taken changes nothing.
package func plan(_ world: World, _ view: LedgerView, at now: Instant, policy: Policy) -> Plan {
    var context = PlanningContext(world, view, at: now, policy: policy)
    context.judgeSources()
    for tie in world.ties where view.firstSeen[tie.id] == nil {
        context.change(.firstSeen(tie.id, tie.since.map { min($0, context.today) } ?? context.today))
    }
    reconcileJournal(&context)
    for rule in NudgeKinds.catalogue { rule.review(&context) }

    var placer = NudgePlacer(context)
    let nudges = placer.placed()
    var outbox = Outbox(context: context, nudges: nudges)
    let (changes, waiting) = outbox.changes()
    for change in changes { context.change(change) }
    var plan = Plan(
        revision: view.revision,
        now: now,
        today: context.today,
        changes: context.changes,
        nudges: waiting.sorted(by: listOrder),
        assessments: context.assessments,
        goneSources: context.goneSources,
        spentToday: placer.spentToday,
        spentThisWeek: placer.spentThisWeek,
        // Summed in millionths, so that a rare cadence is not rounded away.
        demand: world.ties.reduce(0) { $0 + 7_000_000 / $1.cadence.every } / 10_000,
        isHeavyWeek: placer.isHeavyWeek,
        next: outbox.next(after: waiting, or: placer.changes)
    )
    if outbox.isDigestBegun(changes) { plan.changes += announcements(in: plan, context) }
    return plan
}

/// The moments that a digest, which is about to go out, names: they stay.
private func announcements(in plan: Plan, _ context: PlanningContext) -> [LedgerChange] {
    digestNudges(plan: plan, world: context.world, policy: context.policy).compactMap { nudge in
        let record = nudge.record
        guard record.state == .pending, record.showings == 0, record.snoozes == 0, !NudgeKinds.isDated(record),
            let slot = nudge.slot, !slot.isSqueeze, context.view.announced[record.id] != slot.start
        else { return nil }
        return .announce(record.id, slot.start)
    }
}

/// The order of `kith`: what has a moment by time, what waits for an answer, then the rest; the score and the name of it
/// settle draws.
private func listOrder(_ left: PlannedNudge, _ right: PlannedNudge) -> Bool {
    func key(_ nudge: PlannedNudge) -> (Int, Int64, Int) {
        switch nudge.waiting {
        case .moment(let slot): (0, slot.start.seconds, -nudge.score)
        case .channel: (0, .min, -nudge.score)
        case .answer: (1, nudge.record.deliveredAt?.seconds ?? 0, -nudge.score)
        case .digestOnly: (2, 0, -nudge.score)
        case .budget, .noMoment: (3, 0, -nudge.score)
        case .held: (4, 0, -nudge.score)
        }
    }
    let (first, second) = (key(left), key(right))
    return first == second ? left.record.id < right.record.id : first < second
}

/// The journal is the user's word: an entry that names a nudge answers it, and one taken back opens it again.
private func reconcileJournal(_ context: inout PlanningContext) {
    struct Word {
        var standing: JournalEntry?
        var isTakenBack = false
    }
    var words: [NudgeID: Word] = [:]
    for entry in context.world.journal {
        guard let id = entry.nudge else { continue }
        if entry.isCancelled {
            words[id, default: Word()].isTakenBack = true
        } else if (words[id]?.standing?.when ?? entry.when) <= entry.when {
            words[id, default: Word()].standing = entry
        }
    }
    for (id, word) in words.sorted(by: { $0.key < $1.key }) {
        guard let record = context.records[id] else { continue }
        if let entry = word.standing {
            let day = min(context.world.zone.date(entry.when), context.today)
            if record.state.isOpen {
                context.put(record.answered(entry.action == .met ? .met : .wrote, on: max(day, record.opened)))
            }
        } else if word.isTakenBack, record.state == .answered(.met) || record.state == .answered(.wrote) {
            context.put(record.reopened())
        }
    }
}
