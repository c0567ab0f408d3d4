import CivilTime

/// Puts nudges on moments: one to a moment, two hours apart, within the limits of day and week.
///
/// Dated kinds come first, then what was shown unseen or put off (outside the budget), then the others by score. Each gets
/// the earliest day that has room, and on it the preferred moment.
struct Placement {
    private static let bubblesPerDay = 3

    private let context: PlanningContext
    /// What each day has taken already.
    private var bubbles: [CivilDate: Int] = [:]
    private var budgeted: [CivilDate: Int] = [:]
    /// Days that had a bubble of a nudge that competes by score.
    private var scored: Set<CivilDate> = []
    /// The moments that are given away.
    private var taken: Set<Instant> = []
    /// Where dated nudges were put, and what the user named.
    private var dated: [Instant] = []
    /// Where nudges stand that keep no distance from what comes before them.
    private var squeezed: [Instant] = []
    private let last: Instant?
    private let horizon: [CivilDate]
    private var kept: [CivilDate: [Instant]] = [:]
    private var known: [Hours: [Moment]] = [:]

    /// A day's hours for a network.
    private struct Hours: Hashable {
        let day: CivilDate
        let network: Network
    }

    init(_ context: PlanningContext) {
        self.context = context
        let zone = context.world.zone
        let end = ISOWeek(containing: context.today).next.monday.adding(days: 6)
        horizon = (0...end.days(since: context.today)).map { context.today.adding(days: $0) }
        var last: Instant?
        for row in context.view.deliveries where row.isBubble {
            let at = row.sentAt ?? row.plannedAt
            let day = zone.date(at)
            bubbles[day, default: 0] += 1
            if row.isBudgeted { budgeted[day, default: 0] += 1 }
            if row.carries(where: { NudgeKinds.rule(of: $0.kind)?.isDated != true }) { scored.insert(day) }
            last = max(last ?? at, at)
        }
        self.last = last
    }

    var spentToday: Int { budgeted[context.today] ?? 0 }

    var spentThisWeek: Int { spent(inWeekOf: context.today) }

    private func spent(inWeekOf day: CivilDate) -> Int {
        let monday = ISOWeek(containing: day).monday
        return (0..<7).reduce(0) { $0 + (budgeted[monday.adding(days: $1)] ?? 0) }
    }

    private mutating func moments(on day: CivilDate, network: Network) -> [Moment] {
        let hours = Hours(day: day, network: network)
        if let moments = known[hours] { return moments }
        let moments = KithCore.moments(on: day, network: network, world: context.world, policy: context.policy)
        known[hours] = moments
        return moments
    }

    /// The starts of the moments of a day that may be used, over all networks: preferred ones first, then by time, each two
    /// hours from all that are kept and from the last bubble.
    private mutating func starts(on day: CivilDate) -> [Instant] {
        if let starts = kept[day] { return starts }
        // Hours of two networks may overlap: what begins at one instant is one moment here.
        var preferred: [Instant: Bool] = [:]
        for network in [Network.strategic, .personal] {
            for moment in moments(on: day, network: network) {
                preferred[moment.start] = moment.isPreferred || preferred[moment.start] ?? false
            }
        }
        var result: [Instant] = []
        for (start, _) in preferred.sorted(by: { ($0.value ? 0 : 1, $0.key) < ($1.value ? 0 : 1, $1.key) })
        where isFar(start, from: result) && isFar(start, from: [last].compactMap(\.self)) {
            result.append(start)
        }
        kept[day] = result
        return result
    }

    private func isFar(_ instant: Instant, from others: [Instant]) -> Bool {
        others.allSatisfy { abs($0.seconds(since: instant)) >= FreeTime.spacing }
    }

    /// Why a nudge got no moment.
    enum Refusal {
        case budget
        case noMoment
    }

    /// A place for what competes by score, or returns.
    ///
    /// - Parameter isRepeat: Outside the budget, though not outside the three bubbles a day.
    mutating func place(_ tie: Tie, isRepeat: Bool) -> Result<Moment, PlacementRefused> {
        var wasLimited = false
        for day in horizon {
            guard let moment = usable(for: tie, on: day) else { continue }
            let fits =
                isRepeat
                || (budgeted[day] ?? 0) < context.policy.perDay && spent(inWeekOf: day) < context.policy.perWeek
            guard fits, (bubbles[day] ?? 0) < Self.bubblesPerDay else {
                wasLimited = true
                continue
            }
            taken.insert(moment.start)
            bubbles[day, default: 0] += 1
            if !isRepeat { budgeted[day, default: 0] += 1 }
            return .success(moment)
        }
        return .failure(PlacementRefused(isBudget: wasLimited))
    }

    private mutating func usable(for tie: Tie, on day: CivilDate) -> Moment? {
        let own = moments(on: day, network: tie.network)
        for start in starts(on: day) where !taken.contains(start) {
            guard let moment = own.first(where: { $0.start == start }), moment.openUntil > context.now else { continue }
            let use = max(start, context.now)
            if isFar(use, from: dated), isAfterSqueezed(use), suits(tie, use) { return moment }
        }
        return nil
    }

    /// A place for a dated nudge: the first free five minutes of its days, two hours from every other bubble.
    ///
    /// - Parameter leavesRoom: Whether one of the day's bubbles is kept for a nudge that competes by score.
    mutating func place(dated record: NudgeRecord, rule: NudgeKindRule, leavesRoom: Bool) -> Slot? {
        for day in horizon {
            let room = leavesRoom && !scored.contains(day) ? 1 : 0
            guard (bubbles[day] ?? 0) < Self.bubblesPerDay - room else { continue }
            if let slot = place(in: rule.gaps(context, record, day), on: day, by: rule) { return slot }
        }
        return nil
    }

    /// A place for what the user put off until an instant that has come: hours do not matter, quiet and busy time do.
    mutating func placeNamed() -> Slot? {
        for day in horizon.prefix(3) where (bubbles[day] ?? 0) < Self.bubblesPerDay {
            if let slot = place(in: context.free.gaps(on: day, from: 0, until: 1_440), on: day) { return slot }
        }
        return nil
    }

    /// Keeps the time around an instant that the user named.
    mutating func reserve(_ instant: Instant) {
        dated.append(instant)
    }

    /// The first five minutes in some gaps that lie two hours from the last bubble and from all that is placed by its date.
    private mutating func place(in gaps: [Gap], on day: CivilDate, by rule: NudgeKindRule? = nil) -> Slot? {
        if let rule, !rule.keepsDistance { return squeezeIn(gaps, on: day, by: rule) }
        // From what keeps no distance itself, only what comes after it does.
        let others =
            (([last].compactMap(\.self) + dated).map { (at: $0, isSqueezed: false) }
            + squeezed.map { (at: $0, isSqueezed: true) }).sorted { $0.at < $1.at }
        for gap in gaps {
            var start = max(gap.interval.start, context.now)
            for other in others where !isFar(start, from: [other.at]) && (!other.isSqueezed || other.at <= start) {
                start = other.at.adding(seconds: FreeTime.spacing)
            }
            guard gap.interval.end.seconds(since: start) >= FreeTime.breath else { continue }
            bubbles[day, default: 0] += 1
            dated.append(start)
            return Slot(start: start, end: gap.interval.end)
        }
        return nil
    }

    /// The first place in some gaps, whatever is near it; later bubbles keep their distance from it.
    private mutating func squeezeIn(_ gaps: [Gap], on day: CivilDate, by rule: NudgeKindRule) -> Slot? {
        for gap in gaps {
            let start = max(gap.interval.start, context.now)
            guard gap.interval.end.seconds(since: start) >= rule.needs else { continue }
            bubbles[day, default: 0] += 1
            squeezed.append(start)
            return Slot(start: start, end: gap.interval.end)
        }
        return nil
    }

    /// Whether an instant lies before whatever keeps no distance, or two hours after it.
    private func isAfterSqueezed(_ instant: Instant) -> Bool {
        squeezed.allSatisfy { instant < $0 || instant.seconds(since: $0) >= FreeTime.spacing }
    }

    /// A call (no e-mail known) also needs 08:00 to 20:00 in the contact's own zone.
    private func suits(_ tie: Tie, _ instant: Instant) -> Bool {
        guard tie.contact.emails.isEmpty, !tie.contact.phones.isEmpty, let zone = tie.contact.zone else { return true }
        return (8..<20).contains(zone.local(instant).time.hour)
    }
}

/// No moment was found: the budget is spent on others, or nothing is free.
struct PlacementRefused: Error {
    let isBudget: Bool
}

extension DeliveryRecord {
    /// Whether it is, or is about to be, a message about nudges: what the limits of day and week count.
    var isBubble: Bool {
        guard case .nudges = key.subject else { return false }
        return state == .sent || state == .pending
    }

    /// Whether it is about a nudge of which something holds.
    func carries(where holds: (NudgeID) -> Bool) -> Bool {
        if case .nudges(let ids) = key.subject { ids.contains(where: holds) } else { false }
    }
}
