package import CivilTime
package import KithCore

extension LedgerView {
    /// How far back a view looks: the same all day long.
    package struct Memory: Hashable, Sendable {
        /// Days for which closed nudges are remembered by the planner: the marks of four years.
        private static let nudges = 4 * 366
        private static let deliveries = 200
        /// This week's draw and those of the four before it.
        private static let draws = 28
        private static let announcements = 7

        private let today: CivilDate

        /// That of an instant's day, in UTC.
        package init(at now: Instant) {
            today = CivilDateTime(secondsSinceEpoch: now.seconds).date
        }

        /// Whether it is that of an earlier day.
        package func isBefore(_ other: Memory) -> Bool { today < other.today }

        /// The first day of closed nudges, second of deliveries and of announced moments, and week of draws in sight.
        package var closed: CivilDate { today.adding(days: -Self.nudges) }
        package var planned: Instant { start(daysAgo: Self.deliveries) }
        package var announced: Instant { start(daysAgo: Self.announcements) }
        package var drawn: ISOWeek { ISOWeek(containing: today.adding(days: -Self.draws)) }

        private func start(daysAgo days: Int) -> Instant {
            Instant(seconds: Int64(today.adding(days: -days).daysSinceEpoch) * 86_400)
        }

        /// Whether a nudge is in sight.
        package func holds(_ record: NudgeRecord) -> Bool { record.closed.map { $0 >= closed } ?? true }

        /// Whether a delivery is in sight.
        package func holds(_ row: DeliveryRecord) -> Bool { row.state == .pending || row.plannedAt >= planned }
    }

    /// Lets go of what is out of sight; nothing comes into it as days pass.
    package mutating func forget(_ memory: Memory) {
        // What lets go of nothing is not copied.
        if hasClosed(before: memory.closed) { nudges.removeAll { !memory.holds($0) } }
        // The oldest is the first.
        if let oldest = deliveries.first, oldest.plannedAt < memory.planned {
            deliveries.removeAll { !memory.holds($0) }
        }
        if !draws.allSatisfy({ $0.week >= memory.drawn }) { draws.removeAll { $0.week < memory.drawn } }
        if !announced.values.allSatisfy({ $0 >= memory.announced }) {
            announced = announced.filter { $0.value >= memory.announced }
        }
    }
}
