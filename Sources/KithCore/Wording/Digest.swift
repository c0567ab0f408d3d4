import CivilTime

/// The week ahead in one message; `nil` where there is nothing to say.
///
/// It leaves the machine: no notes, no titles of private events, of personal ties nothing but the name. At most five people and
/// five other lines.
package func digest(plan: Plan, world: World, view: LedgerView, policy: Policy) -> Message? {
    let reasons = Reasons(world: world, assessments: plan.assessments, today: plan.today, leavesMachine: true)
    let people = digestNudges(plan: plan, world: world)
    let rows = people.map { nudge in
        [digestTime(nudge, world: world), digestName(nudge.record, world), reasons.short(nudge.record)]
    }
    let others = digestExtras(plan: plan, world: world)
    guard !rows.isEmpty || !others.isEmpty else { return nil }
    let blocks = [table(rows), others, ["Answer at your desk: kith"]].filter { !$0.isEmpty }
    let highlights = people.map { highlight($0, world: world) }
    return Message(
        title: "This week",
        body: blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n"),
        subject: highlights.isEmpty ? "This week" : "This week: " + highlights.joined(separator: ", "),
        contacts: people.flatMap(\.record.id.contacts)
    )
}

/// The nudges a digest names, in order of time.
package func digestNudges(plan: Plan, world: World) -> [PlannedNudge] {
    let end = ISOWeek(containing: plan.today).next.monday
    let week = plan.nudges.filter { nudge in
        switch nudge.waiting {
        case .moment(let slot): world.zone.date(slot.start) < end
        case .answer, .digestOnly, .channel: true
        case .held, .budget, .noMoment: false
        }
    }
    return Array(week.prefix(5))
}

private func digestTime(_ nudge: PlannedNudge, world: World) -> String {
    let isDated = nudge.record.id.kind != .reconnect
    guard let slot = nudge.slot else { return isDated ? Phrases.weekdays[nudge.record.due.weekday.rawValue] : "open" }
    let weekday = Phrases.weekdays[world.zone.date(slot.start).weekday.rawValue]
    if isDated { return weekday }
    guard nudge.network == .personal else { return "\(weekday) \(Phrases.clock(slot.start, world.zone))" }
    return world.zone.local(slot.start).time.hour >= 17 ? "\(weekday) eve" : weekday
}

private func digestName(_ record: NudgeRecord, _ world: World) -> String {
    Phrases.list(
        record.id.contacts.map { id in
            printable(world.contacts.first { $0.id == id }?.name ?? id.uid)
        }
    )
}

private func highlight(_ nudge: PlannedNudge, world: World) -> String {
    let names = nudge.record.id.contacts.map { id in
        world.contacts.first { $0.id == id }.map { firstName(of: $0, among: world.ties) } ?? id.uid
    }
    let name = Phrases.list(names)
    return switch nudge.record.id.kind {
    case .birthday: "\(name)'s birthday"
    case .anniversary: "\(name)'s anniversary"
    default: name
    }
}

private func digestExtras(plan: Plan, world: World) -> [String] {
    var lines: [String] = plan.goneSources.map { source in
        let name = shortened(printable(source.path), to: 60)
        return "Gone: \(name). Nudges wait until it is back."
    }
    if let newcomer = newcomer(plan: plan, world: world) {
        lines.append("New: \(printable(newcomer.name)). To keep: kith keep \(shellName(newcomer, world))")
    }
    for tie in world.ties where (plan.assessments[tie.id]?.ignoredInARow ?? 0) >= 3 && tie.network != .personal {
        lines.append("Unanswered: \(printable(tie.contact.name)). To stop: kith drop \(shellName(tie.contact, world))")
    }
    return Array(lines.prefix(5))
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

/// A name a shell takes without quotes and `kith` understands.
private func shellName(_ contact: Contact, _ world: World) -> String {
    let first = folded(firstName(of: contact, among: world.ties))
    let isPlain = first.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7a) || $0 == 0x2d }
    return isPlain && !first.isEmpty ? first : contact.emails.first.flatMap { isShellSafe($0) ? $0 : nil } ?? "NAME"
}

private func isShellSafe(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x40...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }
}
