/// A day of the proleptic Gregorian calendar, without a zone.
///
/// Stored as the number of days since 1970-01-01, so that adding days and comparing cost nothing. The conversion from
/// and to year, month and day is by the 400-year era of 146,097 days that begins on 1 March 0000.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, negative before it.
    public let daysSinceEpoch: Int

    /// The date so many days after 1970-01-01.
    public init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// `nil` where the month has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= CivilDate.days(inMonth: month, of: year) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month (1...12) and day (1...31).
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Of the Gregorian calendar, 0 for 1 BC.
    public var year: Int { components.year }
    /// 1...12.
    public var month: Int { components.month }
    /// Of the month, from 1.
    public var day: Int { components.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; the double remainder keeps days before it right.
        Weekday.allCases[((daysSinceEpoch + 3) % 7 + 7) % 7]
    }

    /// The date so many days later, or earlier where the number is negative.
    public func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    /// The days from `other` to this date, negative where `other` is later.
    public func days(since other: CivilDate) -> Int {
        daysSinceEpoch - other.daysSinceEpoch
    }

    /// Whether a year of the Gregorian calendar has a 29 February.
    public static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// The length of a month, 1...12.
    public static func days(inMonth month: Int, of year: Int) -> Int {
        precondition((1...12).contains(month), "a month is 1 to 12")
        return switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The order of time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }
}

extension CivilDate: CustomStringConvertible {
    /// `2026-01-05` (ISO 8601, extended form).
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads `2026-01-05` and nothing else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]), let day = decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// A day of the week, Monday first (ISO 8601).
public enum Weekday: Int, CaseIterable, Hashable, Comparable, Sendable {
    case monday
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday

    /// From Monday to Sunday.
    public static func < (left: Weekday, right: Weekday) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A week of ISO 8601: Monday to Sunday, numbered within the year that holds its Thursday.
public struct ISOWeek: Hashable, Comparable, Sendable {
    /// The day it begins with.
    public let monday: CivilDate

    /// The week of a day.
    public init(containing date: CivilDate) {
        monday = date.adding(days: -date.weekday.rawValue)
    }

    /// The year and the number, 1...53.
    public var components: (year: Int, week: Int) {
        let thursday = monday.adding(days: 3)
        let year = thursday.year
        guard let newYear = CivilDate(year: year, month: 1, day: 1) else { preconditionFailure("1 January exists") }
        return (year, thursday.days(since: newYear) / 7 + 1)
    }

    /// The week after it.
    public var next: ISOWeek {
        ISOWeek(containing: monday.adding(days: 7))
    }

    /// The order of time.
    public static func < (left: ISOWeek, right: ISOWeek) -> Bool {
        left.monday < right.monday
    }
}

extension ISOWeek: CustomStringConvertible {
    /// `2026-W05`.
    public var description: String {
        let (year, week) = components
        return "\(padded(year, 4))-W\(padded(week, 2))"
    }
}

/// A number in decimal with leading zeros, the sign before them.
public func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Reads ASCII digits only; `nil` for anything else, for none and for more than fit.
public func decimal(_ bytes: some Collection<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
    var value = 0
    for byte in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}
