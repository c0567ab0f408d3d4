package import CivilTime

/// What an attempt finds when it looks again.
package enum Recheck: Hashable, Sendable {
    /// Send it, with the free time there is now.
    case go(Slot?)
    /// Not now; look again at that instant.
    case wait(until: Instant)
    /// Not any more; says why.
    case unwanted(String)
}

/// Looks again before an attempt whether a delivery is still wanted and the moment still free: hours, quiet, busy,
/// days off, answered.
///
/// Never the budget: that was spent when it was planned.
package func recheck(
    _ delivery: DeliveryRecord,
    _ world: World,
    _ view: LedgerView,
    at now: Instant,
    policy: Policy
) -> Recheck {
    var context = PlanningContext(world, view, at: now, policy: policy)
    context.judgeSources()
    return recheck(delivery, context)
}

/// The same for what a plan was made of.
func recheck(_ delivery: DeliveryRecord, _ context: PlanningContext) -> Recheck {
    switch delivery.key.subject {
    case .nudges(let ids):
        let records = ids.compactMap { context.records[$0] }
        return recheck(records, occasion: delivery.key.occasion, in: delivery.slot, context)
    case .digest(let week):
        guard week == ISOWeek(containing: context.today) else { return .unwanted(Phrases.weekIsOver) }
        return whenLoud(context, needsFreeTime: false)
    case .sourceGone(let path, _):
        guard context.goneSources.contains(where: { $0.path == path }) else { return .unwanted(Phrases.sourceIsBack) }
        return whenLoud(context, needsFreeTime: true)
    case .channelDown(let name, _):
        let down = ChannelFailure.down(in: context.policy, context.view, at: context.now)
        guard down.contains(where: { $0.channel == name }) else { return .unwanted(Phrases.channelWorks) }
        return whenLoud(context, needsFreeTime: true)
    case .trial:
        return .go(nil)
    }
}

private func recheck(
    _ records: [NudgeRecord],
    occasion: String,
    in slot: Slot?,
    _ context: PlanningContext
) -> Recheck {
    let waiting = records.filter { $0.state.isOpen && $0.state != .delivered && occasion == String($0.showings + 1) }
    guard let record = waiting.first, let tie = context.tie(of: record) else {
        return .unwanted(Phrases.answeredOrWithdrawn)
    }
    if let hold = context.hold(of: tie, kind: record.id.kind, mark: record.mark) {
        return .unwanted(Phrases.heldBack("\(hold)"))
    }
    var isNamed = false
    if case .snoozed(let until, let named) = record.state {
        guard until <= context.now else { return .unwanted(Phrases.putOff) }
        isNamed = named
    }
    let rule = NudgeKinds.rule(of: record.id.kind)
    let needs = rule?.needs(in: slot) ?? FreeTime.breath
    let calls = isNamed || NudgeKinds.isDated(record) ? nil : CallHours(of: tie.contact)
    var next: Instant?
    for offset in 0..<8 {
        let day = context.today.adding(days: offset)
        let gaps = isNamed ? context.free.gaps(on: day, from: 0, until: 1_440) : rule?.gaps(context, record, day) ?? []
        for gap in gaps {
            let earliest = max(gap.interval.start, context.now)
            let start = calls?.first(from: earliest) ?? earliest
            guard start <= gap.interval.end.adding(seconds: -needs) else { continue }
            if start == context.now { return .go(Slot(start: context.now, end: gap.interval.end)) }
            next = next ?? start
        }
        if next != nil { break }
    }
    return next.map { .wait(until: $0) } ?? .wait(until: context.world.zone.start(of: context.today.adding(days: 1)))
}

/// Outside quiet hours, and outside meetings where that is asked.
private func whenLoud(_ context: PlanningContext, needsFreeTime: Bool) -> Recheck {
    var free = context.free
    if !needsFreeTime {
        var world = context.world
        world.busy = []
        free = FreeTime(world: world, policy: context.policy)
    }
    for offset in 0..<2 {
        for gap in free.gaps(on: context.today.adding(days: offset), from: 0, until: 1_440)
        where gap.interval.end > context.now {
            return gap.interval.start <= context.now ? .go(nil) : .wait(until: gap.interval.start)
        }
    }
    return .wait(until: context.now.adding(seconds: 3_600))
}
