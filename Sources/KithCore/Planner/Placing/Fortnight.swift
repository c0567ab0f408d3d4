import CivilTime

/// The free time from today to the end of next week, kept from one plan to the next as long as nothing takes or frees any.
///
/// By reference, so that it is told at once whether it is the one of the plan before.
final class Fortnight: Sendable {
    /// The free time of a network's hours on a day.
    struct Hours: Sendable {
        let moments: [Moment]
        let squeezes: [Moment]
        let gaps: [Gap]

        fileprivate init(_ gaps: [Gap]) {
            self.gaps = gaps
            moments = FreeTime.moments(in: gaps)
            squeezes = FreeTime.squeezes(in: gaps)
        }
    }

    let days: [CivilDate]
    let work: [Hours]
    let personal: [Hours]
    /// Of this week and the next.
    let isHeavy: [Bool]
    private let busy: [Interval]
    private let daysOff: [CivilDate: String]
    private let policy: Policy

    init(_ context: borrowing PlanningContext) {
        let end = ISOWeek(containing: context.today).next.monday.adding(days: 6)
        let (today, free) = (context.today, context.free)
        days = (0...end.days(since: today)).map { today.adding(days: $0) }
        work = days.map { Hours(free.gaps(on: $0, network: .strategic)) }
        personal = days.map { Hours(free.gaps(on: $0, network: .personal)) }
        isHeavy = HeavyWeek.twoWeeks(context)
        (busy, daysOff, policy) = (context.world.busy, context.world.daysOff, context.policy)
    }

    private init(_ known: Fortnight, from place: Int, _ context: borrowing PlanningContext) {
        days = Array(known.days[place...])
        (work, personal) = (Array(known.work[place...]), Array(known.personal[place...]))
        isHeavy = known.isHeavy
        (busy, daysOff, policy) = (context.world.busy, context.world.daysOff, context.policy)
    }

    /// What is left of it for a context that was moved on from the one it was made of; `nil`: it has to be made anew.
    ///
    /// The windows of busy time and of days off move by the day: what lies outside of all it looks at does not count.
    func moved(to context: PlanningContext) -> Fortnight? {
        let world = context.world
        guard policy.work == context.policy.work, policy.personal == context.policy.personal,
            policy.quiet == context.policy.quiet
        else { return nil }
        if days[0] == context.today, busy == world.busy, daysOff == world.daysOff { return self }
        guard let place = days.firstIndex(of: context.today), context.today < days[days.count - 7] else { return nil }
        let first = days[days.count - 7].adding(days: -7 * (HeavyWeek.weeks + 1))
        let (start, end) = (world.zone.start(of: first), world.zone.start(of: days[days.count - 1].adding(days: 1)))
        func near(_ busy: [Interval]) -> ArraySlice<Interval> {
            busy[busy.partitionPoint { $0.end <= start }..<busy.partitionPoint { $0.start < end }]
        }
        func near(_ days: [CivilDate: String]) -> [CivilDate: String] {
            days.filter { first <= $0.key && $0.key <= self.days[self.days.count - 1] }
        }
        return near(busy) == near(world.busy) && near(daysOff) == near(world.daysOff)
            ? Fortnight(self, from: place, context) : nil
    }

    func hours(on day: Int, personal isPersonal: Bool) -> Hours { isPersonal ? personal[day] : work[day] }
}

extension Fortnight: Equatable {
    static func == (left: Fortnight, right: Fortnight) -> Bool { left === right }
}
