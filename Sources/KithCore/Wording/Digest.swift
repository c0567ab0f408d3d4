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
    let others = digestExtras(plan: plan, world: world)
    guard !rows.isEmpty || !others.isEmpty else { return nil }
    let blocks = [table(rows), others, [Phrases.answerAtDesk]].filter { !$0.isEmpty }
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
            world.contacts.first { $0.id == id }.map { shownName(of: $0) } ?? shortened(printable(id.uid), to: 40)
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
        world.contacts.first { $0.id == id }.map { firstName(of: $0, among: world.ties) }
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

private func digestExtras(plan: Plan, world: World) -> [String] {
    var lines = plan.goneSources.map { Phrases.gone(pathEnd($0.path)) }
    if let newcomer = newcomer(plan: plan, world: world) {
        lines.append(Phrases.new(shownName(of: newcomer), keep: shellName(newcomer, world)))
    }
    for tie in world.ties where tie.network != .personal {
        guard let assessment = plan.assessments[tie.id], isToBeAsked(assessment, plan.today) else { continue }
        lines.append(Phrases.unanswered(shownName(of: tie.contact), drop: shellName(tie.contact, world)))
    }
    return Array(lines.prefix(5))
}

/// Whether to ask if somebody should be dropped: the third nudge in a row, or a later one, was ignored in the week before.
///
/// There is one digest a week, so each is asked about once.
private func isToBeAsked(_ assessment: TieAssessment, _ today: CivilDate) -> Bool {
    assessment.ignoredInARow >= 3 && assessment.mark.cause == .ignored
        && ISOWeek(containing: assessment.mark.date).next == ISOWeek(containing: today)
}

/// Somebody met one to one in the last four weeks, for the first time, who is not kept.
private func newcomer(plan: Plan, world: World) -> Contact? {
    let kept = Set(world.ties.map(\.id))
    return world.contacts.filter { contact in
        guard !kept.contains(contact.id), let evidence = world.evidence[contact.id] else { return false }
        let single = evidence.filter { $0.weight == 100 }
        return single.count == 1 && single.count == evidence.count && plan.today.days(since: single[0].date) <= 28
    }.min { left, right in
        let (first, second) = (world.evidence[left.id]?.first?.date, world.evidence[right.id]?.first?.date)
        return (second ?? plan.today, left.id) < (first ?? plan.today, right.id)
    }
}

/// A name a shell takes without quotes and `kith` takes for this person: the first name, else an address, else the UID.
private func shellName(_ contact: Contact, _ world: World) -> String {
    let kept = Set(world.ties.map(\.id))
    for name in [folded(firstName(of: contact, among: world.ties))] + contact.emails + [contact.id.uid] {
        if isShellSafe(name), resolveName(name, among: world.contacts, kept: kept) == .one(contact) { return name }
    }
    return Phrases.anyName
}

/// Letters, digits and what an address needs, and nothing that reads as an option.
private func isShellSafe(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.first != 0x2d
        && text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x40...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e, 0x5f: true
            default: false
            }
        }
}
