import CivilTime

/// The free time from today to the end of next week, kept from one plan to the next as long as nothing takes or frees any.
struct Fortnight {
    /// The free time of a network's hours on a day.
    struct Hours {
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

    init(_ context: PlanningContext) {
        let end = ISOWeek(containing: context.today).next.monday.adding(days: 6)
        days = (0...end.days(since: context.today)).map { context.today.adding(days: $0) }
        work = days.map { Hours(context.free.gaps(on: $0, network: .strategic)) }
        personal = days.map { Hours(context.free.gaps(on: $0, network: .personal)) }
        isHeavy = HeavyWeek.twoWeeks(context)
        (busy, daysOff, policy) = (context.world.busy, context.world.daysOff, context.policy)
    }

    /// Whether it is what a context shows that was moved on from the one it was made of.
    func isOf(_ context: PlanningContext) -> Bool {
        days[0] == context.today && busy == context.world.busy && daysOff == context.world.daysOff
            && policy.work == context.policy.work && policy.personal == context.policy.personal
            && policy.quiet == context.policy.quiet
    }

    func hours(on day: Int, personal isPersonal: Bool) -> Hours { isPersonal ? personal[day] : work[day] }
}
