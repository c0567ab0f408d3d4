import CivilTime

/// The days that the parts of a rule let through, a month at a time, as bits: bit 0 is the first of the month.
///
/// The rows of the table from BYMONTH to BYDAY: whether a part limits or expands, a day is one of the period's if every part
/// that stands in the rule has it. What no part says is the start's (RFC 5545 §3.3.10): its month and day, or its weekday.
struct RecurrenceDays: Sendable {
    /// Bit 1 is January.
    private let months: UInt16
    /// BYMONTHDAY by the length of the month, from 28; `nil` where it says nothing.
    private let monthDays: [UInt32]?
    /// The lengths of month for which the day after the last stands for one that is missing.
    private let overflowing: UInt32
    /// The weekdays without a number by the weekday of the first of the month.
    private let weekdays: [UInt32]
    /// The weekdays with one.
    private let ordinals: [RecurrenceRule.DayPart]
    private let hasWeekdays: Bool
    /// Whether the numbers count in the year and not in the month.
    private let countsInYear: Bool
    private let yearParts: YearParts
    /// What counts within the year, of the year asked for last.
    private var year: KnownYear?
    /// The month asked for last.
    private var recent: (month: Month, bits: UInt32)?

    init(_ rule: RecurrenceRule, start: CivilDate) {
        var (months, monthDays, days) = (rule.months, rule.monthDays, rule.days)
        if rule.yearDays.isEmpty, monthDays.isEmpty, days.isEmpty {
            switch rule.frequency {
            case .secondly, .minutely, .hourly, .daily: break
            case .yearly where rule.weeks.isEmpty:
                monthDays = [start.day]
                if months.isEmpty { months = [start.month] }
            case .weekly, .yearly: days = [.init(ordinal: nil, weekday: start.weekday)]
            case .monthly: monthDays = [start.day]
            }
        }
        // Where days are only limited, none is made that a month does not have.
        let skip = rule.frequency.seconds == nil ? rule.skip : .omit
        self.months = months.isEmpty ? .max : months.reduce(0) { $0 | 1 << UInt16($1) }
        self.monthDays =
            monthDays.isEmpty ? nil : (28...31).map { Self.bits(monthDays, length: $0, movesBack: skip == .backward) }
        let last = skip == .forward ? monthDays.max() ?? 0 : 0
        overflowing = (28...31).reduce(0) { last > $1 ? $0 | 1 << UInt32($1) : $0 }
        ordinals = days.filter { $0.ordinal != nil }
        hasWeekdays = !days.isEmpty
        weekdays = (0..<7).map { first in
            days.reduce(0) { bits, day in
                // One bit in seven.
                day.ordinal == nil ? bits | 0x1020_4081 << UInt32((day.weekday.rawValue - first + 7) % 7) : bits
            }
        }
        countsInYear = rule.frequency == .yearly && rule.months.isEmpty
        yearParts = YearParts(rule, skip: skip)
    }

    /// The bits of BYMONTHDAY in a month of some length.
    private static func bits(_ days: [Int], length: Int, movesBack: Bool) -> UInt32 {
        days.reduce(0) { bits, day in
            let place = day > 0 ? Swift.min(day - 1, movesBack ? length - 1 : 30) : length + day
            return (0..<length).contains(place) ? bits | 1 << UInt32(place) : bits
        }
    }

    /// Adds the days of a month, in order.
    mutating func append(_ month: Month, to result: inout [Int]) {
        guard months & 1 << UInt16(month.number) != 0 else { return }
        var bits = bits(month)
        while bits != 0 {
            let day = month.first + bits.trailingZeroBitCount
            // The month before may have given its own missing day here.
            if result.last != day { result.append(day) }
            bits &= bits - 1
        }
        if overflowing & 1 << UInt32(month.length) != 0, besidesMonthDays(month.next) & 1 != 0 {
            result.append(month.next.first)
        }
    }

    /// Adds the days of a year, in order.
    mutating func append(year number: Int, to result: inout [Int]) {
        var month = Month(index: number * 12)
        for _ in 1...12 {
            append(month, to: &result)
            month = month.next
        }
        // Now the January that follows.
        if yearParts.movesLastDayForward, !CivilDate.isLeap(number), weekdayBits(month) & 1 != 0 {
            result.append(month.first)
        }
    }

    /// The first day from one on, which may be itself; `nil` where there will never be one.
    mutating func first(from day: Int) -> Int? {
        var month: Month
        var bits: UInt32
        if let recent, recent.month.first <= day, day < recent.month.first + recent.month.length {
            (month, bits) = recent
        } else {
            month = Month(containing: day)
            bits = self.bits(month)
            recent = (month, bits)
        }
        let rest = bits >> UInt32(day - month.first)
        if rest != 0 { return day + rest.trailingZeroBitCount }
        // The calendar repeats after 400 years.
        for _ in 0..<4_800 {
            month = month.next
            bits = self.bits(month)
            guard bits != 0 else { continue }
            recent = (month, bits)
            return month.first + bits.trailingZeroBitCount
        }
        return nil
    }

    private mutating func bits(_ month: Month) -> UInt32 {
        guard months & 1 << UInt16(month.number) != 0 else { return 0 }
        let days = monthDays.map { $0[month.length - 28] } ?? month.all
        return days == 0 ? 0 : days & besidesMonthDays(month)
    }

    /// What BYWEEKNO, BYYEARDAY and BYDAY let through.
    private mutating func besidesMonthDays(_ month: Month) -> UInt32 {
        let days = weekdayBits(month)
        guard !yearParts.isEmpty, days != 0 else { return days }
        let year = known(month)
        return days & (year.days?.slice(from: month.first - year.first, count: month.length) ?? .max)
    }

    private mutating func weekdayBits(_ month: Month) -> UInt32 {
        guard hasWeekdays else { return month.all }
        let first = weekdayNumber(month.first)
        var bits = weekdays[first] & month.all
        guard !ordinals.isEmpty else { return bits }
        if countsInYear {
            let year = known(month)
            return bits | year.ordinals.slice(from: month.first - year.first, count: month.length)
        }
        for part in ordinals {
            if let place = place(of: part, first: first, length: month.length) { bits |= 1 << UInt32(place) }
        }
        return bits
    }

    /// What counts within the year of a month, worked out unless it is the year asked for last.
    private mutating func known(_ month: Month) -> KnownYear {
        if let year, year.first <= month.first, month.first < year.first + year.length { return year }
        let first = Month(index: month.year * 12).first
        var result = KnownYear(first: first, length: yearLength(month.year), days: yearParts.days(of: month.year))
        for part in countsInYear ? ordinals : [] {
            if let place = place(of: part, first: weekdayNumber(first), length: result.length) {
                result.ordinals.insert(place)
            }
        }
        year = result
        return result
    }
}

/// What the parts that count within a year let through in one.
private struct KnownYear {
    /// Its 1 January.
    let first: Int
    let length: Int
    /// What BYYEARDAY and BYWEEKNO do; `nil` for all.
    let days: DaysOfYear?
    /// The weekdays with a number.
    var ordinals = DaysOfYear()
}

/// BYYEARDAY and BYWEEKNO.
private struct YearParts: Sendable {
    let days: [Int]
    let weeks: [Int]
    let weekStart: Int
    let movesLastDayBack: Bool
    /// Whether 1 January stands for the 366th day of the year before it, if that had none.
    let movesLastDayForward: Bool

    init(_ rule: RecurrenceRule, skip: RecurrenceRule.Skip) {
        (days, weeks, weekStart) = (rule.yearDays, rule.weeks, rule.weekStart.rawValue)
        let hasLastDay = rule.frequency == .yearly && days.contains(366)
        movesLastDayBack = hasLastDay && skip == .backward
        // A day that is in no month and no week is in none that other parts name.
        movesLastDayForward =
            hasLastDay && skip == .forward && weeks.isEmpty && rule.months.isEmpty && rule.monthDays.isEmpty
    }

    var isEmpty: Bool { days.isEmpty && weeks.isEmpty }

    /// The days of a year that both let through; `nil` for all.
    func days(of year: Int) -> DaysOfYear? {
        if weeks.isEmpty { return days.isEmpty ? nil : byYearDay(year) }
        var result = byWeek(year)
        if !days.isEmpty { result.formIntersection(byYearDay(year)) }
        return result
    }

    private func byYearDay(_ year: Int) -> DaysOfYear {
        let length = yearLength(year)
        var result = DaysOfYear()
        for day in days {
            let place = day > 0 ? Swift.min(day - 1, movesLastDayBack ? length - 1 : 365) : length + day
            if (0..<length).contains(place) { result.insert(place) }
        }
        return result
    }

    /// The days of a calendar year by the number of their week, be it one of the year before or after.
    private func byWeek(_ year: Int) -> DaysOfYear {
        let (newYear, length) = (Month(index: year * 12).first, yearLength(year))
        var result = DaysOfYear()
        var next = firstWeek(year - 1)
        for weekYear in (year - 1)...(year + 1) {
            let first = next
            next = firstWeek(weekYear + 1)
            let count = (next - first) / 7
            for week in weeks {
                let index = week > 0 ? week - 1 : count + week
                guard (0..<count).contains(index) else { continue }
                for day in (first + index * 7)..<(first + index * 7 + 7) where (0..<length).contains(day - newYear) {
                    result.insert(day - newYear)
                }
            }
        }
        return result
    }

    /// The first day of the first week of a year: the first that has four days in it.
    private func firstWeek(_ year: Int) -> Int {
        let fourth = Month(index: year * 12).first + 3
        return fourth - (weekdayNumber(fourth) - weekStart + 7) % 7
    }
}

private func yearLength(_ year: Int) -> Int { CivilDate.isLeap(year) ? 366 : 365 }
