import CivilTime
import KithCore

extension Oracle {
    /// Whether the week of today has so much work that one line of it is asked for.
    ///
    /// It has more than four in five of the twelve weeks before, a quarter more than the middle one, and fifteen hours.
    func isHeavyWeek(_ policy: Policy) -> Bool {
        let monday = Self.monday(of: today)
        let taken = engagements.map { ($0.start.seconds, $0.end.seconds) }.sorted { $0 < $1 }
        let load = load(from: monday, taken, policy)
        guard load >= 15 * 3_600 else { return false }
        let weeks = (1...12).reversed().map { self.load(from: monday - 7 * $0, taken, policy) }
        let known = weeks.drop { $0 == 0 }.sorted()
        guard known.count >= 4 else { return false }
        let below = known.count { $0 < load }
        return below * 5 >= known.count * 4 && load * 4 >= known[(known.count - 1) / 2] * 5
    }

    /// The seconds of a week's hours of work that are taken.
    private func load(from monday: Int, _ taken: [(Int64, Int64)], _ policy: Policy) -> Int64 {
        var seconds: Int64 = 0
        for day in (monday..<monday + 7).map({ CivilDate(daysSinceEpoch: $0) }) where !isDayOff(day) {
            for hours in policy.work.days[day.weekday] ?? [] {
                let start = zone.instant(
                    CivilDateTime(date: day, time: TimeOfDay(secondsSinceMidnight: hours.start * 60))
                )
                let end = start.seconds + Int64(hours.end - hours.start) * 60
                var last = start.seconds
                for (from, until) in taken where from < end && until > last {
                    seconds += min(until, end) - max(from, last)
                    last = min(until, end)
                }
            }
        }
        return seconds
    }
}
