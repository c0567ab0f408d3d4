package import CivilTime

/// The local times a rule gives, in order, made one period at a time.
///
/// Every step is one of the clock on the wall, of whatever length: an hour after 01:30 is 02:30, also in a night in which the
/// clock changes, which is how python-dateutil steps times without a zone; RFC 5545 says only what becomes of a local time
/// that does not exist or exists twice, and that is for who asks. No step is made that can be seen to lead nowhere: from a
/// period outside the limits the next one looked at is the first within. What is held is the set of one period, its days
/// listed and its times counted.
///
/// A rule that never matches ends: the calendar and the periods meet in the same way again after the least common multiple of
/// 400 years and the interval, so nothing in so long a time is nothing for ever. All ends with the year 9999.
package struct RecurrenceIterator: Sequence, IteratorProtocol {
    private let rule: RecurrenceRule
    private let zone: Zone
    private let interval: Int
    private let times: RecurrenceTimes
    private var days: RecurrenceDays
    /// Where the periods are counted from: in months, or in seconds since the epoch.
    private let origin: Int
    /// The number of the next period, counted from the start's.
    private var number = 0

    /// The days of the period, and the second of the day at which it begins where it is shorter than one.
    private var set: [Int] = []
    private var offset = 0
    /// Of the times of the period those that BYSETPOS names, by their index.
    private var chosen: [Int] = []
    private var index = 0
    private var size = 0

    /// The time given last, in seconds since the epoch; before the first, what lies just before it.
    private var last: Int
    /// The last second that can be given; an end in UTC is compared beside it.
    private let end: Int
    private var given = 0
    private var isDone = false

    /// - Parameters:
    ///   - zone: In which an `UNTIL` in UTC is compared.
    ///   - from: Nothing before this day is wanted. Unless a COUNT has to be counted, the periods before it are not visited.
    package init(_ rule: RecurrenceRule, start: CivilDateTime, zone: Zone, from: CivilDate? = nil) {
        (self.rule, self.zone) = (rule, zone)
        // A step longer than the scale leads beyond it, however long.
        interval = Swift.min(rule.interval, 1_000_000_000_000)
        times = RecurrenceTimes(rule, start: start.time)
        days = RecurrenceDays(rule, start: start.date)
        let (day, first) = (start.date.daysSinceEpoch, seconds(start))
        end = Swift.min(lastSecond, rule.until.map { until in Self.bound(until) } ?? .max)
        last = first - 1
        switch rule.frequency {
        case .yearly: origin = start.date.year * 12
        case .monthly: origin = start.date.year * 12 + start.date.month - 1
        case .weekly: origin = (day - (weekdayNumber(day) - rule.weekStart.rawValue + 7) % 7) * 86_400
        case .daily: origin = day * 86_400
        case .hourly: origin = first - start.time.seconds % 3_600
        case .minutely: origin = first - start.time.second
        case .secondly: origin = first
        }
        isDone = !canMatch(start.time)
        if let from, rule.count == nil, from > start.date { jump(to: from) }
    }

    /// The last second that an end can let through in any zone.
    private static func bound(_ until: RecurrenceRule.Until) -> Int {
        switch until {
        case .date(let date): date.daysSinceEpoch * 86_400 + 86_399
        case .local(let local): seconds(local)
        case .instant(let instant): Int(instant.seconds) + widestOffset
        }
    }

    /// Whether the times of day, and the positions in a set, are ones that can come up.
    private func canMatch(_ start: TimeOfDay) -> Bool {
        let longest =
            switch rule.frequency {
            case .yearly: 367
            case .monthly: 32
            case .weekly: 7
            case .daily, .hourly, .minutely, .secondly: 1
            }
        let size = longest * times.count
        guard rule.positions.isEmpty || rule.positions.contains(where: { $0.magnitude <= size }) else { return false }
        guard let unit = rule.frequency.seconds, unit < 86_400 else { return true }
        return times.canMeet(unit: unit, step: interval, start: start.seconds / unit)
    }

    /// Leaves out the periods before the one before a day.
    private mutating func jump(to day: CivilDate) {
        let periods: Int
        if let length = rule.frequency.seconds {
            periods = (day.daysSinceEpoch * 86_400 - origin) / length / interval
        } else {
            periods = (day.year * 12 + day.month - 1 - origin) / (rule.frequency == .yearly ? 12 : 1) / interval
        }
        number = Swift.max(0, periods - 1)
        last = day.daysSinceEpoch * 86_400 - 1
    }

    package mutating func next() -> CivilDateTime? {
        while !isDone {
            guard index < size else {
                isDone = rule.frequency.seconds == nil ? !fillByMonths() : !fillBySeconds()
                continue
            }
            let place = rule.positions.isEmpty ? index : chosen[index]
            index += 1
            let (day, time) = times.count == 1 ? (place, 0) : place.quotientAndRemainder(dividingBy: times.count)
            let secondOfDay = offset + times[time]
            let second = set[day] * 86_400 + secondOfDay
            guard second > last else { continue }
            guard second <= end, isWithinUntil(second) else {
                isDone = true
                break
            }
            last = second
            given += 1
            if given == rule.count { isDone = true }
            return CivilDateTime(
                date: CivilDate(daysSinceEpoch: set[day]),
                time: TimeOfDay(secondsSinceMidnight: secondOfDay)
            )
        }
        return nil
    }

    private func isWithinUntil(_ second: Int) -> Bool {
        guard case .instant(let instant) = rule.until, second >= Int(instant.seconds) - widestOffset else {
            return true
        }
        return zone.instant(CivilDateTime(secondsSinceEpoch: Int64(second))) <= instant
    }
}

/// Going from period to period.
extension RecurrenceIterator {
    /// Goes to the next month or year that has a time; `false` where there is none.
    private mutating func fillByMonths() -> Bool {
        let isYear = rule.frequency == .yearly
        let cycle = isYear ? 400 : 4_800
        for _ in 0...(cycle / greatestCommonDivisor(cycle, interval)) {
            let index = origin + number * interval * (isYear ? 12 : 1)
            guard index < monthsOfScale else { return false }
            let month = Month(index: index)
            guard month.first <= floorQuotient(end, 86_400) else { return false }
            set.removeAll(keepingCapacity: true)
            if isYear { days.append(year: month.year, to: &set) } else { days.append(month, to: &set) }
            number += 1
            if hasTimes() { return true }
        }
        return false
    }

    /// Goes to the next week, day, hour, minute or second that has a time; `false` where there is none.
    private mutating func fillBySeconds() -> Bool {
        guard let length = rule.frequency.seconds else { return false }
        let stride = length * interval
        let first = origin + number * stride
        let cycle = leastCommonMultiple(146_097 * 86_400, stride)
        while true {
            let begin = origin + number * stride
            guard begin <= end, begin - first <= cycle else { return false }
            let today = floorQuotient(begin, 86_400)
            guard let day = days.first(from: today) else { return false }
            let time = length < 86_400 && day == today ? times.first(from: begin - today * 86_400) : 0
            let wanted = Swift.max(begin, day * 86_400 + time)
            guard wanted < begin + length else {
                // To the period that has it, or the first one after that.
                number = ((wanted - origin) / length + interval - 1) / interval
                continue
            }
            set.removeAll(keepingCapacity: true)
            set.append(day)
            offset = length < 86_400 ? begin - today * 86_400 : 0
            if length > 86_400 {
                while let day = days.first(from: set[set.count - 1] + 1), day * 86_400 < begin + length {
                    set.append(day)
                }
            }
            number += 1
            if hasTimes() { return true }
        }
    }

    /// Counts the times of the set, and applies BYSETPOS; whether any are left.
    private mutating func hasTimes() -> Bool {
        size = set.count * times.count
        index = 0
        guard !rule.positions.isEmpty else {
            // Days that are over need not be counted through.
            let passed = set.firstIndex { $0 * 86_400 + 86_399 > last } ?? set.count
            index = passed * times.count
            return index < size
        }
        chosen.removeAll(keepingCapacity: true)
        for position in rule.positions {
            let place = position > 0 ? position - 1 : size + position
            if (0..<size).contains(place), !chosen.contains(place) { chosen.append(place) }
        }
        chosen.sort()
        size = chosen.count
        return size > 0
    }
}

/// The end of 9999.
private let lastSecond = 253_402_300_799
private let monthsOfScale = 10_000 * 12
/// Farther no zone's clock goes from UTC.
private let widestOffset = 172_800

/// The seconds since the epoch, were this a time in UTC.
private func seconds(_ local: CivilDateTime) -> Int {
    local.date.daysSinceEpoch * 86_400 + local.time.seconds
}

/// Of two numbers above zero; the greatest number where it does not fit.
private func leastCommonMultiple(_ first: Int, _ second: Int) -> Int {
    let (product, overflow) = (first / greatestCommonDivisor(first, second)).multipliedReportingOverflow(by: second)
    return overflow ? .max : product
}
