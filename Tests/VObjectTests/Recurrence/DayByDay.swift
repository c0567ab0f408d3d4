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

    static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || year % 4 == 0 && year % 100 != 0 }

    var isLeap: Bool { Self.isLeap(year) }
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
///
/// It knows nothing of SKIP.
struct DayByDay {
    let rule: RecurrenceRule
    /// The 1 January of the year before the first day, at the latest.
    let origin: Walk
    /// The day of the start, walked to from there.
    let first: Walk
    /// Hour, minute, second.
    let time: (Int, Int, Int)

    init(rule: RecurrenceRule, origin: Walk, start: CivilDateTime) {
        (self.rule, self.origin) = (rule, origin)
        time = (start.time.hour, start.time.minute, start.time.second)
        var walk = origin
        while walk.text < start.date.description { walk.step(weekStart: rule.weekStart.rawValue) }
        first = walk
    }

    /// The times from the start on that the rule gives, so many days far, without regard to COUNT and UNTIL.
    func times(far: Int) -> [String] {
        var (walk, found, set, period) = (origin, [String](), [String](), Int.min)
        let start = first.text + "T" + text(time.0, time.1, time.2)
        var last = ""
        // A year more, so that the last period has all its days.
        while walk.distance <= first.distance + far + 366 {
            if let length = rule.frequency.seconds, length < 86_400 {
                if walk.distance > first.distance + far { break }
                if walk.distance >= first.distance, isDay(walk) { found += withinDay(walk, length: length) }
            } else {
                if number(walk) != period {
                    found += picked(set)
                    (set, period) = ([], number(walk))
                }
                let isPeriod = (period - number(first)) % rule.interval == 0
                if isPeriod, isDay(walk) { set += times(hours: nil, minutes: nil).map { walk.text + "T" + $0 } }
            }
            if walk.distance == first.distance + far { last = walk.text + "T99" }
            walk.step(weekStart: rule.weekStart.rawValue)
        }
        return found.filter { $0 >= start && $0 < last }
    }

    private func number(_ walk: Walk) -> Int {
        switch rule.frequency {
        case .weekly: walk.weeks
        case .monthly: walk.year * 12 + walk.month
        case .yearly: walk.year
        default: walk.distance
        }
    }

    /// What the hours, minutes or seconds of a day give.
    private func withinDay(_ walk: Walk, length: Int) -> [String] {
        let begun = (time.0 * 3_600 + time.1 * 60 + time.2) / length
        return (0..<(86_400 / length)).flatMap { unit -> [String] in
            let distance = (walk.distance - first.distance) * (86_400 / length) + unit - begun
            let (hour, minute, second) = (unit * length / 3_600, unit * length / 60 % 60, unit * length % 60)
            guard distance % rule.interval == 0, rule.hours.isEmpty || rule.hours.contains(hour),
                length == 3_600 || rule.minutes.isEmpty || rule.minutes.contains(minute),
                length > 1 || rule.seconds.isEmpty || rule.seconds.contains(second)
            else { return [] }
            let all =
                length == 1 ? [text(hour, minute, second)] : times(hours: hour, minutes: length == 60 ? minute : nil)
            return picked(all).map { walk.text + "T" + $0 }
        }
    }

    private func times(hours: Int?, minutes: Int?) -> [String] {
        let all = hours.map { [$0] } ?? (rule.hours.isEmpty ? [time.0] : rule.hours.sorted())
        return all.flatMap { hour in
            let all = minutes.map { [$0] } ?? (rule.minutes.isEmpty ? [time.1] : rule.minutes.sorted())
            return all.flatMap { minute in
                (rule.seconds.isEmpty ? [time.2] : rule.seconds.sorted()).map { text(hour, minute, $0) }
            }
        }
    }

    private func text(_ hour: Int, _ minute: Int, _ second: Int) -> String {
        "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }

    /// What BYSETPOS leaves of a set.
    private func picked(_ set: [String]) -> [String] {
        if rule.positions.isEmpty { return set }
        return set.enumerated().filter { index, _ in
            rule.positions.contains(index + 1) || rule.positions.contains(index - set.count)
        }.map(\.element)
    }

    private func isDay(_ walk: Walk) -> Bool {
        func has(_ numbers: [Int], _ place: Int, of length: Int) -> Bool {
            numbers.isEmpty || numbers.contains(place) || numbers.contains(place - length - 1)
        }
        guard rule.months.isEmpty || rule.months.contains(walk.month),
            has(rule.monthDays, walk.day, of: walk.monthLength),
            has(rule.yearDays, walk.dayOfYear, of: walk.yearLength),
            rule.weeks.isEmpty || !Set(rule.weeks).isDisjoint(with: weekNumbers(walk)),
            rule.days.isEmpty || rule.days.contains(where: { isWeekday($0, walk) })
        else { return false }
        // What no part says is the first day's.
        guard rule.days.isEmpty, rule.monthDays.isEmpty, rule.yearDays.isEmpty else { return true }
        switch rule.frequency {
        case .secondly, .minutely, .hourly, .daily: return true
        case .weekly: return walk.weekday == first.weekday
        case .monthly: return walk.day == first.day
        case .yearly where !rule.weeks.isEmpty: return walk.weekday == first.weekday
        case .yearly: return walk.day == first.day && (!rule.months.isEmpty || walk.month == first.month)
        }
    }

    /// The number of the week from the front and from the back of the year that has its fourth day.
    private func weekNumbers(_ walk: Walk) -> [Int] {
        var day = walk.dayOfYear + 3 - (walk.weekday - rule.weekStart.rawValue + 7) % 7
        var length = walk.yearLength
        if day < 1 {
            length = Walk.isLeap(walk.year - 1) ? 366 : 365
            day += length
        } else if day > length {
            day -= length
            length = Walk.isLeap(walk.year + 1) ? 366 : 365
        }
        return [(day - 1) / 7 + 1, -((length - day) / 7) - 1]
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
