import CivilTime

/// Whether a week has so much work that all but one line of it waits.
///
/// | the week's busy hours of work are                                        | then it may be heavy |
/// |--------------------------------------------------------------------------|----------------------|
/// | above the 80th percentile (nearest rank) of the twelve weeks before      | yes                  |
/// | 1.25 times their median (the lower of two middles) or more               | yes                  |
/// | 15 or more                                                               | yes                  |
/// | known of four weeks or more: those from the first that has any           | yes                  |
///
/// It is where all four hold.
enum HeavyWeek {
    /// Weeks it is compared with, and of those the fewest that say enough.
    static let weeks = 12
    static let known = 4
    /// Seconds below which no week is heavy.
    static let least: Int64 = 15 * 3_600

    /// Whether this week and the next are heavy.
    static func twoWeeks(_ context: PlanningContext) -> [Bool] {
        let monday = ISOWeek(containing: context.today).monday
        let loads = (-weeks...1).map { load(from: monday.adding(days: $0 * 7), context) }
        return [0, 1].map { isHeavy(loads[$0 + weeks], after: Array(loads[$0..<$0 + weeks])) }
    }

    /// Whether a week's seconds are many beside those of the weeks before, the oldest first.
    static func isHeavy(_ load: Int64, after earlier: [Int64]) -> Bool {
        let sorted = earlier.drop { $0 == 0 }.sorted()
        guard load >= least, sorted.count >= known else { return false }
        // Nearest rank: the smallest value with 80 % of them at or below it.
        let percentile = sorted[(sorted.count * 4 + 4) / 5 - 1]
        return load > percentile && load * 4 >= sorted[(sorted.count - 1) / 2] * 5
    }

    /// The busy seconds in the work hours of a week; a day off has none.
    private static func load(from monday: CivilDate, _ context: PlanningContext) -> Int64 {
        let (world, policy) = (context.world, context.policy)
        var seconds: Int64 = 0
        for day in (0..<7).map({ monday.adding(days: $0) }) where world.isWorkday(day, policy) {
            for hours in policy.work[day.weekday] {
                guard let start = context.free.instant(day, hours.start), let end = context.free.instant(day, hours.end)
                else { continue }
                // Busy time is in order and disjoint.
                let first = world.busy.partitionPoint { $0.end <= start }
                for busy in world.busy[first...].prefix(while: { $0.start < end }) {
                    seconds += min(busy.end, end).seconds(since: max(busy.start, start))
                }
            }
        }
        return seconds
    }
}
