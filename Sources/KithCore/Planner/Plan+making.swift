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
        var outbox = Outbox(context: self, nudges: placer.placed())
        round = placer.round
        let own = outbox.changes()
        var plan = Plan(
            revision: view.revision,
            now: now,
            today: today,
            changes: changes + own,
            nudges: inListOrder(outbox.nudges),
            assessments: assessments,
            goneSources: goneSources,
            spentToday: placer.spentToday,
            spentThisWeek: placer.spentThisWeek,
            demand: demand,
            isHeavyWeek: fortnight.isHeavy[0],
            next: outbox.next(or: placer.changes)
        )
        if outbox.isDigestBegun(own) { plan.changes += announcements(in: plan) }
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
            plan.nudges[place] = view.nudge(nudges[place].record.id).map { nudges[place].kept(as: $0) } ?? nudges[place]
        }
        return plan
    }
}

/// The order of `kith`: what has a moment by time, what waits for an answer, then the rest; the score settles draws, then the
/// order in which they come.
private func inListOrder(_ nudges: [PlannedNudge]) -> [PlannedNudge] {
    func group(_ nudge: PlannedNudge) -> Int {
        switch nudge.waiting {
        case .moment, .channel: 0
        case .answer: 1
        case .digestOnly: 2
        case .budget, .noMoment: 3
        case .held: 4
        }
    }
    func time(_ place: Int) -> Int64 {
        switch nudges[place].waiting {
        case .moment(let slot): slot.start.seconds
        case .channel: .min
        case .answer: nudges[place].record.deliveredAt?.seconds ?? 0
        case .digestOnly, .budget, .noMoment, .held: 0
        }
    }
    let groups = nudges.map { group($0) }
    var order: [Int] = []
    order.reserveCapacity(nudges.count)
    for group in 0...4 {
        let first = order.count
        for place in nudges.indices where groups[place] == group { order.append(place) }
        // Equals stay as they are.
        if group < 2 {
            order[first...].sort { (time($0), nudges[$1].score) < (time($1), nudges[$0].score) }
        } else {
            order[first...].sort { nudges[$1].score < nudges[$0].score }
        }
    }
    return order.map { nudges[$0] }
}
