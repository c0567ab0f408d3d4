package import CivilTime

/// The local times a rule gives, in order, made one period at a time.
///
/// What a period gives (RFC 5545 §3.3.10; the start fills in what no part says):
///
/// | part       | DAILY  | WEEKLY | MONTHLY                     | YEARLY                                        |
/// |------------|--------|--------|-----------------------------|-----------------------------------------------|
/// | BYMONTH    | limits | limits | limits                      | expands                                       |
/// | BYMONTHDAY | limits | –      | expands                     | expands                                       |
/// | BYDAY      | limits | expands| expands, limits a BYMONTHDAY| expands in the months or the year, limits too |
///
/// A rule that can never match ends: at once where no month has such a day; else the calendar repeats after 400 years, so
/// as many periods without a day are the last.
package struct RecurrenceIterator: Sequence, IteratorProtocol {
    private let rule: RecurrenceRule
    private let start: CivilDateTime
    private let zone: Zone
    /// The number of the next period, counted from the start's.
    private var period: Int
    private var pending: ArraySlice<CivilDate> = []
    private var given = 0
    private var isDone = false

    /// - Parameters:
    ///   - zone: In which an `UNTIL` in UTC is compared.
    ///   - from: Nothing before this day is wanted. Unless a COUNT has to be counted, the periods before it are not visited.
    package init(_ rule: RecurrenceRule, start: CivilDateTime, zone: Zone, from: CivilDate? = nil) {
        (self.rule, self.start, self.zone) = (rule, start, zone)
        period = 0
        isDone = !rule.canMatch
        if let from, rule.count == nil, from > start.date {
            period = Swift.max(0, periods(until: from) - 1)
        }
    }

    package mutating func next() -> CivilDateTime? {
        while !isDone {
            guard let date = pending.popFirst() else {
                fill()
                continue
            }
            let local = CivilDateTime(date: date, time: start.time)
            guard local >= start else { continue }
            guard isWithinUntil(local), rule.count.map({ given < $0 }) ?? true else {
                isDone = true
                return nil
            }
            given += 1
            return local
        }
        return nil
    }

    /// Goes to the next period that has a day; ends where there is none.
    private mutating func fill() {
        let cycle: Int =
            switch rule.frequency {
            case .daily: 146_097
            case .weekly: 20_871
            case .monthly: 4_800
            case .yearly: 400
            }
        for _ in 0...(cycle / commonDivisor(cycle, rule.interval)) {
            guard let days = days(inPeriod: period) else { break }
            period += 1
            if !days.isEmpty {
                pending = days[...]
                return
            }
        }
        isDone = true
    }

    private func isWithinUntil(_ local: CivilDateTime) -> Bool {
        switch rule.until {
        case nil: true
        case .date(let date): local.date <= date
        case .local(let last): local <= last
        case .instant(let last): zone.instant(local) <= last
        }
    }

    /// How many whole periods lie between the start and a later day, rounded down.
    private func periods(until day: CivilDate) -> Int {
        let distance: Int =
            switch rule.frequency {
            case .daily: day.days(since: start.date)
            case .weekly: day.days(since: start.date) / 7
            case .monthly: (day.year - start.date.year) * 12 + day.month - start.date.month
            case .yearly: day.year - start.date.year
            }
        return distance / rule.interval
    }

    /// The days of a period in order; `nil` past the year 9999.
    private func days(inPeriod number: Int) -> [CivilDate]? {
        let (step, overflow) = number.multipliedReportingOverflow(by: rule.interval)
        guard !overflow, step < 4_000_000 else { return nil }
        switch rule.frequency {
        case .daily:
            let date = start.date.adding(days: step)
            guard date.year <= 9_999 else { return nil }
            return isAllowed(date) && matchesDay(date) ? [date] : []
        case .weekly:
            let shift = (start.date.weekday.rawValue - rule.weekStart.rawValue + 7) % 7
            let first = start.date.adding(days: step * 7 - shift)
            guard first.year <= 9_999 else { return nil }
            let wanted = rule.days.isEmpty ? [start.date.weekday] : Set(rule.days.map(\.weekday))
            return (0..<7).map { first.adding(days: $0) }.filter { date in
                wanted.contains(date.weekday) && isAllowed(date)
            }
        case .monthly:
            let index = start.date.year * 12 + start.date.month - 1 + step
            guard index / 12 <= 9_999 else { return nil }
            let month = index % 12 + 1
            guard rule.months.isEmpty || rule.months.contains(month) else { return [] }
            return days(inMonth: month, of: index / 12)
        case .yearly:
            let year = start.date.year + step
            return year <= 9_999 ? days(inYear: year) : nil
        }
    }

    /// Whether BYMONTH and BYMONTHDAY let a day through.
    private func isAllowed(_ date: CivilDate) -> Bool {
        let (year, month, day) = date.components
        guard rule.months.isEmpty || rule.months.contains(month) else { return false }
        let length = CivilDate.days(inMonth: month, of: year)
        return rule.monthDays.isEmpty || rule.monthDays.contains { $0 > 0 ? $0 == day : length + 1 + $0 == day }
    }

    private func matchesDay(_ date: CivilDate) -> Bool {
        rule.days.isEmpty || rule.days.contains { $0.weekday == date.weekday }
    }

    private func days(inMonth month: Int, of year: Int) -> [CivilDate] {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return [] }
        let length = CivilDate.days(inMonth: month, of: year)
        let all = (0..<length).map { first.adding(days: $0) }
        if rule.days.isEmpty, rule.monthDays.isEmpty {
            return start.date.day <= length ? [first.adding(days: start.date.day - 1)] : []
        }
        let byDay = rule.days.isEmpty ? Set(all) : ordinalDays(in: all)
        return all.filter { byDay.contains($0) && isAllowed($0) }
    }

    private func days(inYear year: Int) -> [CivilDate] {
        if rule.months.isEmpty, rule.monthDays.isEmpty {
            guard !rule.days.isEmpty else {
                return CivilDate(year: year, month: start.date.month, day: start.date.day).map { [$0] } ?? []
            }
            guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
            return ordinalDays(in: (0..<(CivilDate.isLeap(year) ? 366 : 365)).map { first.adding(days: $0) }).sorted()
        }
        let months = rule.months.isEmpty ? Array(1...12) : rule.months.sorted()
        guard rule.months.isEmpty, !rule.days.isEmpty else {
            return months.flatMap { days(inMonth: $0, of: year) }
        }
        // BYDAY without BYMONTH counts within the year, and limits the days BYMONTHDAY gives.
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return [] }
        let all = (0..<(CivilDate.isLeap(year) ? 366 : 365)).map { first.adding(days: $0) }
        let byDay = ordinalDays(in: all)
        return all.filter { byDay.contains($0) && isAllowed($0) }
    }

    /// The days of a month or year that BYDAY names.
    private func ordinalDays(in all: [CivilDate]) -> Set<CivilDate> {
        var result: Set<CivilDate> = []
        for part in rule.days {
            let matching = all.filter { $0.weekday == part.weekday }
            guard let ordinal = part.ordinal else {
                result.formUnion(matching)
                continue
            }
            let index = ordinal > 0 ? ordinal - 1 : matching.count + ordinal
            if matching.indices.contains(index) { result.insert(matching[index]) }
        }
        return result
    }
}

/// The greatest common divisor: an interval visits one in so many periods of a cycle before it comes back to the first.
private func commonDivisor(_ cycle: Int, _ interval: Int) -> Int {
    var (large, small) = (cycle, interval)
    while small > 0 { (large, small) = (small, large % small) }
    return large
}
