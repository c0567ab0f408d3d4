import CivilTime

/// Where a priority lacks support, in two lines: nobody of an organisation (inside the user's own: of a department) that has
/// a stake in it was met for long.
///
/// | of                                                  | where                                                     |
/// |-----------------------------------------------------|-----------------------------------------------------------|
/// | the open priority that ends first                   | any part of it has a gap; else the next                   |
/// | the part that was met longest ago                   | that is a quarter of the days left, and four weeks at least |
///
/// A part of which somebody is booked or stands in the digest has none. Friends have no part in it.
func priorityGap(plan: Plan, world: World, named: Set<ContactID>) -> [String]? {
    for priority in world.priorities.sorted(by: { ($0.by, $0.title) < ($1.by, $1.title) })
    where priority.by >= plan.today {
        let limit = max(28, priority.by.days(since: plan.today) / 4)
        let holders = world.ties.filter {
            !$0.networks.contains(.personal) && priority.stakeholders.matches($0.contact)
        }
        let gaps = Dictionary(grouping: holders) { part($0) }.map {
            StakeholderGap(part: $0.key, ties: $0.value, world: world)
        }
        let open = gaps.filter { gap in
            gap.last.map { plan.today.days(since: $0) > limit } ?? true
                && !gap.ties.contains { named.contains($0.id) || isBooked($0.id, world, plan.today) }
        }
        guard let gap = open.min(by: { $0.precedes($1) }), let person = gap.nearest(world) else { continue }
        return [
            Phrases.gap(
                shortened(printable(priority.title), to: 40),
                in: gap.part.map { shortened(printable($0), to: 30) },
                since: gap.last.map { Phrases.month($0, seenFrom: plan.today) },
                name: shownName(of: person.contact)
            ), Phrases.askForMinutes,
        ]
    }
    return nil
}

/// The stakeholders of one part, and the day any of them was met last.
private struct StakeholderGap {
    let part: String?
    let ties: [Tie]
    let last: CivilDate?

    init(part: String?, ties: [Tie], world: World) {
        (self.part, self.ties) = (part, ties)
        last = ties.compactMap { lastMet($0.id, world) }.max()
    }

    /// Who was met longest ago comes first, whom nobody ever met before all.
    func precedes(_ other: StakeholderGap) -> Bool {
        let (mine, others) = (last?.daysSinceEpoch ?? .min, other.last?.daysSinceEpoch ?? .min)
        return mine == others ? (part ?? "") < (other.part ?? "") : mine < others
    }

    /// Whom to ask: who was met last.
    func nearest(_ world: World) -> Tie? {
        ties.min { left, right in
            let (first, second) = (lastMet(left.id, world), lastMet(right.id, world))
            return first == second
                ? left.id < right.id : (second?.daysSinceEpoch ?? .min) < (first?.daysSinceEpoch ?? .min)
        }
    }
}

private func part(_ tie: Tie) -> String? {
    tie.side == .inside ? tie.contact.unit : tie.contact.organization
}

private func lastMet(_ contact: ContactID, _ world: World) -> CivilDate? {
    world.evidence[contact]?.first { $0.weight >= 50 }?.date
}

private func isBooked(_ contact: ContactID, _ world: World, _ today: CivilDate) -> Bool {
    world.bookings[contact]?.contains { $0.weight >= 50 && $0.date >= today } ?? false
}

/// Four weeks of work in which the outside fell to half of what is usual or less; `nil` where it did not.
///
/// Usual is the median, the lower of two middles, of the six spans of four weeks before; three must be known.
func balance(of world: World, on today: CivilDate) -> String? {
    guard let first = world.timeSpent.keys.min() else { return nil }
    func spent(_ span: Int) -> TimeSpent {
        (1...28).reduce(TimeSpent()) { $0 + (world.timeSpent[today.adding(days: -28 * span - $1)] ?? TimeSpent()) }
    }
    let known = (1...6).filter { today.adding(days: -28 * ($0 + 1)) >= first }.map { spent($0).outside }.sorted()
    guard known.count >= 3 else { return nil }
    let (now, usual) = (spent(0), known[(known.count - 1) / 2])
    guard usual >= 3_600, now.outside * 2 <= usual, now.inside > 0 else { return nil }
    func hours(_ seconds: Int64) -> Int { Int((seconds + 1_800) / 3_600) }
    return Phrases.balance(inside: hours(now.inside), outside: hours(now.outside), usual: hours(usual))
}
