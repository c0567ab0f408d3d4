import CivilTime

/// What else a digest tells: what is gone, how time was spent, whom to keep and whom to let go.
func digestExtras(plan: Plan, world: World) -> [String] {
    var lines = plan.goneSources.map { Phrases.gone(pathEnd($0.path)) }
    if let balance = balance(of: world, on: plan.today) { lines.append(balance) }
    if let newcomer = newcomer(plan: plan, world: world) {
        lines.append(Phrases.new(shownName(of: newcomer), keep: shellName(newcomer, world)))
    }
    for tie in world.ties where tie.network != .personal {
        guard let assessment = plan.assessments[tie.id], isToBeAsked(assessment, plan.today) else { continue }
        lines.append(Phrases.unanswered(shownName(of: tie.contact), drop: shellName(tie.contact, world)))
    }
    return lines
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
