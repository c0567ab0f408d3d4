import CivilTime

/// The times of day that the parts of a rule let through: the rows of the table from BYHOUR to BYSECOND.
///
/// A part for a unit shorter than the period expands it: these are the times within a period, in order, by their index, so
/// that no list of 86,400 is ever made. A part for the period's own unit or a longer one limits it.
struct RecurrenceTimes: Sendable {
    private let hours: [Int]
    private let minutes: [Int]
    private let seconds: [Int]
    private let (hourBits, minuteBits, secondBits): (UInt64, UInt64, UInt64)

    init(_ rule: RecurrenceRule, start: TimeOfDay) {
        let period = rule.frequency.seconds ?? .max
        func within(_ unit: Int, _ values: Set<Int>, _ own: Int) -> [Int] {
            period <= unit ? [0] : values.isEmpty ? [own] : values.sorted()
        }
        hours = within(3_600, rule.hours, start.hour)
        minutes = within(60, rule.minutes, start.minute)
        seconds = within(1, rule.seconds, start.second)
        func limit(_ unit: Int, _ values: Set<Int>, _ count: UInt64) -> UInt64 {
            period > unit || values.isEmpty ? 1 << count - 1 : values.reduce(0) { $0 | 1 << UInt64($1) }
        }
        hourBits = limit(3_600, rule.hours, 24)
        minuteBits = limit(60, rule.minutes, 60)
        secondBits = limit(1, rule.seconds, 60)
    }

    /// How many there are in a period; of a week, month or year, in each of its days.
    var count: Int { hours.count * minutes.count * seconds.count }

    /// The seconds from the beginning of the period, or of the day where the period is longer.
    subscript(index: Int) -> Int {
        if index == 0 { return hours[0] * 3_600 + minutes[0] * 60 + seconds[0] }
        let (minute, second) = index.quotientAndRemainder(dividingBy: seconds.count)
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: minutes.count)
        return hours[hour] * 3_600 + minutes[rest] * 60 + seconds[second]
    }

    /// The first second of the day from one on that the limits let through; 86,400 where the day has none left.
    func first(from second: Int) -> Int {
        guard second < 86_400 else { return 86_400 }
        let hour = second / 3_600
        let nextHour = next(hourBits, from: hour)
        guard nextHour < 24 else { return 86_400 }
        let (firstMinute, firstSecond) = (next(minuteBits, from: 0), next(secondBits, from: 0))
        guard nextHour == hour else { return nextHour * 3_600 + firstMinute * 60 + firstSecond }
        let minute = second / 60 % 60
        let nextMinute = next(minuteBits, from: minute)
        guard nextMinute < 60 else { return first(from: (hour + 1) * 3_600) }
        guard nextMinute == minute else { return hour * 3_600 + nextMinute * 60 + firstSecond }
        let nextSecond = next(secondBits, from: second % 60)
        guard nextSecond < 60 else { return first(from: hour * 3_600 + (minute + 1) * 60) }
        return hour * 3_600 + minute * 60 + nextSecond
    }

    /// Whether the limits let through a time of day that so many units after another can be, again and again.
    ///
    /// - Parameters:
    ///   - unit: The length of a period, in seconds.
    ///   - step: The units between a period and the next one.
    ///   - start: A time of day, in units.
    func canMeet(unit: Int, step: Int, start: Int) -> Bool {
        // Steps go round the day, and meet every so manieth unit of it.
        let spacing = greatestCommonDivisor(86_400 / unit, step)
        var second = first(from: 0)
        while second < 86_400 {
            if (second / unit - start) % spacing == 0 { return true }
            second = first(from: second + unit)
        }
        return false
    }

    private func next(_ bits: UInt64, from place: Int) -> Int {
        place + (bits >> UInt64(place)).trailingZeroBitCount
    }
}

/// Of two numbers above zero.
func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (large, small) = (first, second)
    while small > 0 { (large, small) = (small, large % small) }
    return large
}
