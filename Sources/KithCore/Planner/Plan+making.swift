package import CivilTime

/// Decides what is due, when and in which order: a pure function.
///
/// Equal input gives an equal plan, and planning again with the plan's changes taken changes nothing.
package func plan(_ world: World, _ view: LedgerView, at now: Instant, policy: Policy) -> Plan {
    var planner = Planner()
    return planner.plan(world, view, at: now, policy: policy)
}

extension PlanningContext {
    /// Opens what is due and ends what has passed or is no longer wanted.
    mutating func review() {
        judgeSources()
        seeTies()
        words.reconcile(&self)
        for rule in NudgeKinds.catalogue { rule.review(&self) }
    }

    /// What becomes of all that, now that it has been reviewed.
    ///
    /// - Parameter round: The last in which moments were given, at the plan before; then that of this one.
    func plan(_ board: Board, _ fortnight: Fortnight, _ round: inout NudgePlacer.Round?) -> Plan {
        var placer = NudgePlacer(self, board, fortnight, last: round)
        var nudges = placer.placed(self)
        round = placer.round
        let own = outboxChanges(&nudges)
        var plan = Plan(
            revision: view.revision,
            now: now,
            today: today,
            changes: changes + own,
            nudges: inListOrder(nudges),
            assessments: assessments,
            goneSources: goneSources,
            spentToday: placer.spentToday,
            spentThisWeek: placer.spentThisWeek,
            demand: demand,
            isHeavyWeek: fortnight.isHeavy[0],
            next: next(for: nudges, or: placer.changes)
        )
        if isDigestBegun(own) { plan.changes += announcements(in: plan) }
        return plan
    }

    /// The moments that a digest, which is about to go out, names: they stay.
    private func announcements(in plan: Plan) -> [LedgerChange] {
        digestNudges(plan: plan, world: world, policy: policy).compactMap { nudge in
            let record = nudge.record
            guard record.state == .pending, record.showings == 0, record.snoozes == 0, !NudgeKinds.isDated(record),
                let slot = nudge.slot, !slot.isSqueeze, view.announced[record.id] != slot.start
            else { return nil }
            return .announce(record.id, slot.start)
        }
    }
}

extension Plan {
    /// Whether nothing is left to decide once it is taken.
    ///
    /// With what it did to nudges it was made itself; rows of the outbox, draws and announced moments count from the next on.
    package var settles: Bool {
        changes.allSatisfy { change in
            switch change {
            case .put, .firstSeen, .remember: true
            case .draw, .announce, .enqueue, .cancel: false
            }
        }
    }

    /// The plan with its nudges as a ledger that took it keeps them: with their short ids.
    package func taken(by view: LedgerView) -> Plan {
        var plan = self
        (plan.revision, plan.changes) = (view.revision, [])
        for place in nudges.indices where nudges[place].record.shortID.isEmpty {
            plan.nudges[place] =
                view.nudge(nudges[place].record.id).map { nudges[place].with(record: $0) } ?? nudges[place]
        }
        return plan
    }
}

/// The order of `kith`: what has a moment by time, what waits for an answer, then the rest; the score settles draws, then the
/// order in which they come.
private func inListOrder(_ nudges: [PlannedNudge]) -> [PlannedNudge] {
    func precedes(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (nudges[left].rank.time, nudges[right].rank.time)
        if first != second { return first < second }
        let (score, other) = (nudges[left].score, nudges[right].score)
        return score == other ? left < right : other < score
    }
    var order: [Int] = []
    order.reserveCapacity(nudges.count)
    for group in ListRank.Group.allCases {
        let first = order.count
        // By their places: going through them would count the references to each.
        for place in nudges.indices where nudges[place].rank.group == group { order.append(place) }
        // Most that wait are in the order of score already.
        let isInOrder = order.indices.dropFirst(first + 1).allSatisfy { precedes(order[$0 - 1], order[$0]) }
        if !isInOrder { order[first...].sort(by: precedes) }
    }
    return order.map { nudges[$0] }
}
