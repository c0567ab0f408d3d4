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
    private var taken: Set<Instant> = []
    private let last: Instant?
    private let horizon: [CivilDate]
    private var kept: [CivilDate: [Moment]] = [:]

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

    /// The moments of a day that may be used, over all networks: preferred ones first, then by time, each two hours from all
    /// that are kept and from the last bubble.
    private mutating func moments(on day: CivilDate) -> [Moment] {
        if let known = kept[day] { return known }
        var result: [Moment] = []
        var all: Set<Moment> = []
        for network in [Network.strategic, .personal] {
            all.formUnion(KithCore.moments(on: day, network: network, world: context.world, policy: context.policy))
        }
        for moment in all.sorted(by: {
            ($0.isPreferred ? 0 : 1, $0.start.seconds) < ($1.isPreferred ? 0 : 1, $1.start.seconds)
        }) {
            let isNearLast = last.map { abs(moment.start.seconds(since: $0)) < FreeTime.spacing } ?? false
            guard !isNearLast, result.allSatisfy({ abs($0.start.seconds(since: moment.start)) >= FreeTime.spacing })
            else {
                continue
            }
            result.append(moment)
        }
        kept[day] = result
        return result
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
            let own = Set(KithCore.moments(on: day, network: tie.network, world: context.world, policy: context.policy))
            let usable = moments(on: day).filter { moment in
                own.contains(moment) && moment.openUntil > context.now && !taken.contains(moment.start)
                    && suits(tie, moment.start)
            }
            guard let moment = usable.first else { continue }
            let fits =
                isRepeat
                || (budgeted[day] ?? 0) < context.policy.perDay && spent(inWeekOf: day) < context.policy.perWeek
            guard fits, (bubbles[day] ?? 0) < Self.bubblesPerDay else {
                wasLimited = true
                continue
            }
            take(moment.start, on: day, isBudgeted: !isRepeat)
            return .success(moment)
        }
        return .failure(PlacementRefused(isBudget: wasLimited))
    }

    /// A place for a dated nudge: the first free five minutes of its days; `room` bubbles are left for it a day.
    mutating func place(dated record: NudgeRecord, rule: NudgeKindRule, leaving room: Int) -> Slot? {
        for day in horizon {
            guard (bubbles[day] ?? 0) < Self.bubblesPerDay - (day == context.today ? room : 0) else { continue }
            for gap in rule.gaps(context, record, day) {
                let start = max(gap.interval.start, context.now)
                guard let rest = Interval(start: start, end: gap.interval.end), rest.seconds >= FreeTime.breath else {
                    continue
                }
                if let last, abs(start.seconds(since: last)) < FreeTime.spacing {
                    // Later on the same day will do, as long as it is free then.
                    let later = last.adding(seconds: FreeTime.spacing)
                    guard gap.interval.contains(later) else { continue }
                    take(later, on: day, isBudgeted: false)
                    return Slot(start: later, end: gap.interval.end)
                }
                take(start, on: day, isBudgeted: false)
                return Slot(start: start, end: gap.interval.end)
            }
        }
        return nil
    }

    /// Counts what is placed by other means: a birthday that joins another's bubble takes nothing.
    private mutating func take(_ start: Instant, on day: CivilDate, isBudgeted: Bool) {
        bubbles[day, default: 0] += 1
        if isBudgeted { budgeted[day, default: 0] += 1 }
        taken.insert(start)
        // What is placed spreads the rest by two hours as a kept moment does.
        kept[day] = kept[day]?.filter { $0.start == start || abs($0.start.seconds(since: start)) >= FreeTime.spacing }
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
}
