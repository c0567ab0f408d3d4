import CivilTime

@testable import VObject

/// A calendar that is walked one day at a time, and knows of years and weekdays only what a day more makes of them.
struct Walk {
    var (year, month, day): (Int, Int, Int)
    /// Monday is 0.
    var weekday: Int
    var dayOfYear: Int
    /// Days walked.
    var distance = 0
    /// Weeks begun since the first day, by the day a week begins on.
    var weeks = 0

    var isLeap: Bool { year % 400 == 0 || year % 4 == 0 && year % 100 != 0 }
    var yearLength: Int { isLeap ? 366 : 365 }
    var monthLength: Int { [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] }
    var text: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    mutating func step(weekStart: Int) {
        distance += 1
        weekday = (weekday + 1) % 7
        if weekday == weekStart { weeks += 1 }
        (day, dayOfYear) = (day + 1, dayOfYear + 1)
        guard day > monthLength || day == 1 else { return }
        (day, month) = (1, month + 1)
        if month == 13 { (month, year, dayOfYear) = (1, year + 1, 1) }
    }
}

/// What a rule means, asked of each day by itself: slow, and plain enough to be believed.
struct DayByDay {
    let rule: RecurrenceRule
    let first: Walk

    /// The days from the first on that the rule gives, so many days far, without regard to COUNT and UNTIL.
    func days(far: Int) -> [String] {
        var (walk, found) = (first, [String]())
        for _ in 0...far {
            if isPeriod(walk), isDay(walk) { found.append(walk.text) }
            walk.step(weekStart: rule.weekStart.rawValue)
        }
        return found
    }

    private func isPeriod(_ walk: Walk) -> Bool {
        let distance =
            switch rule.frequency {
            case .daily: walk.distance
            case .weekly: walk.weeks
            case .monthly: (walk.year - first.year) * 12 + walk.month - first.month
            case .yearly: walk.year - first.year
            }
        return distance % rule.interval == 0
    }

    private func isDay(_ walk: Walk) -> Bool {
        if !rule.months.isEmpty, !rule.months.contains(walk.month) { return false }
        if !rule.monthDays.isEmpty {
            let fromEnd = walk.day - walk.monthLength - 1
            guard rule.monthDays.contains(walk.day) || rule.monthDays.contains(fromEnd) else { return false }
        }
        if !rule.days.isEmpty {
            guard rule.days.contains(where: { isWeekday($0, walk) }) else { return false }
        }
        // What no part says is the first day's.
        switch rule.frequency {
        case .daily: return true
        case .weekly: return !rule.days.isEmpty || walk.weekday == first.weekday
        case .monthly: return !rule.days.isEmpty || !rule.monthDays.isEmpty || walk.day == first.day
        case .yearly:
            guard rule.days.isEmpty, rule.monthDays.isEmpty else { return true }
            return walk.day == first.day && (!rule.months.isEmpty || walk.month == first.month)
        }
    }

    /// Whether a day is the weekday of a part and, where a number stands, that one of the month or year.
    private func isWeekday(_ part: RecurrenceRule.DayPart, _ walk: Walk) -> Bool {
        guard walk.weekday == part.weekday.rawValue else { return false }
        guard let ordinal = part.ordinal else { return true }
        let isOfYear = rule.frequency == .yearly && rule.months.isEmpty
        let (day, length) = isOfYear ? (walk.dayOfYear, walk.yearLength) : (walk.day, walk.monthLength)
        return ordinal > 0 ? (day - 1) / 7 + 1 == ordinal : (length - day) / 7 + 1 == -ordinal
    }
}
