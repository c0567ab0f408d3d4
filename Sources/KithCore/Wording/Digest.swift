import CivilTime

/// The week ahead in one message; `nil` where there is nothing to say.
///
/// It leaves the machine: no notes, no titles of private events, of personal ties nothing but the name. At most five people and
/// five other lines.
package func digest(plan: Plan, world: World, view: LedgerView, policy: Policy) -> Message? {
    let reasons = Reasons(
        world: world,
        assessments: plan.assessments,
        today: plan.today,
        leavesMachine: true,
        nudges: view.nudges
    )
    let people = digestNudges(plan: plan, world: world, policy: policy)
    let rows = people.map { nudge in
        [digestTime(nudge, world: world), digestName(nudge.record, world), reasons.short(nudge.record)]
    }
    let gap = priorityGap(plan: plan, world: world, named: Set(people.flatMap(\.record.id.contacts))) ?? []
    let others = Array(digestExtras(plan: plan, world: world).prefix(5 - gap.count))
    guard !rows.isEmpty || !gap.isEmpty || !others.isEmpty else { return nil }
    let blocks = [table(rows), gap, others, [Phrases.answerAtDesk]].filter { !$0.isEmpty }
    let highlights = highlights(people, world: world)
    return Message(
        title: Phrases.thisWeek,
        body: blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"),
        subject: highlights.isEmpty ? Phrases.thisWeek : Phrases.thisWeek(highlights),
        contacts: people.flatMap(\.record.id.contacts)
    )
}

/// The nudges a digest names, in order of time.
///
/// Of dated ones those whose day comes in the week, with a place or without. Where no channel shows single ones it delivers
/// them: of those that compete no more than the week has left, the best.
package func digestNudges(plan: Plan, world: World, policy: Policy) -> [PlannedNudge] {
    let end = ISOWeek(containing: plan.today).next.monday
    let week = plan.nudges.filter { nudge in
        let isDated = NudgeKinds.isDated(nudge.record)
        return switch nudge.waiting {
        case .moment(let slot): world.zone.date(slot.start) < end
        case .answer: true
        case .digestOnly, .channel: !isDated || nudge.record.due < end
        case .noMoment: isDated && nudge.record.due < end
        case .held, .budget: false
        }
    }
    guard !policy.hasBubbles else { return Array(week.prefix(5)) }
    let competing = week.filter { $0.record.id.kind == .reconnect && $0.record.state == .pending }
    let best = competing.sorted { ($1.score, $0.record.id) < ($0.score, $1.record.id) }
    let spared = Set(best.dropFirst(max(0, policy.perWeek - plan.spentThisWeek)).map(\.record.id))
    return Array(week.filter { !spared.contains($0.record.id) }.prefix(5))
}

/// `Tue 14:10`; of friends a day or an evening; of a day of the year the day.
private func digestTime(_ nudge: PlannedNudge, world: World) -> String {
    let kind = nudge.record.id.kind
    let isAnnual = kind == .birthday || kind == .anniversary
    guard let slot = nudge.slot else {
        return NudgeKinds.isDated(nudge.record) ? Phrases.weekdays[nudge.record.due.weekday.rawValue] : Phrases.open
    }
    let weekday = Phrases.weekdays[world.zone.date(slot.start).weekday.rawValue]
    if isAnnual { return weekday }
    guard nudge.network == .personal else { return "\(weekday) \(Phrases.clock(slot.start, world.zone))" }
    return world.zone.local(slot.start).time.hour >= 17 ? Phrases.evening(weekday) : weekday
}

private func digestName(_ record: NudgeRecord, _ world: World) -> String {
    Phrases.list(
        record.id.contacts.map { id in
            world.contact(id).map { shownName(of: $0) } ?? shortened(printable(id.uid), to: 40)
        }
    )
}

/// At most three for the subject: people of work first, then dates, then friends.
private func highlights(_ nudges: [PlannedNudge], world: World) -> [String] {
    var (work, dates, friends): ([String], [String], [String]) = ([], [], [])
    for nudge in nudges {
        let text = highlight(nudge, world: world)
        switch nudge.record.id.kind {
        case .birthday, .anniversary, .promise: dates.append(text)
        default:
            if nudge.network == .personal { friends.append(text) } else { work.append(text) }
        }
    }
    return Array((work + dates + friends).prefix(3))
}

private func highlight(_ nudge: PlannedNudge, world: World) -> String {
    let names = nudge.record.id.contacts.map { id in
        world.contact(id).map { firstName(of: $0, among: world.ties) }
            ?? shortened(printable(id.uid), to: 40)
    }
    let name = Phrases.list(names)
    return switch nudge.record.id.kind {
    case .birthday: Phrases.birthday(of: name)
    case .anniversary: Phrases.anniversary(of: name)
    case .promise: Phrases.promise(to: name)
    default: name
    }
}
