import CivilTime

/// A rule is not one, or uses what is not supported.
package struct RecurrenceRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A recurrence rule (RFC 5545 §3.3.10), with the `SKIP` of RFC 7529 for the Gregorian calendar.
///
/// What a part does to the set of a period depends on the frequency. The RFC's table, "–" where it forbids the part:
///
/// | part       | SECONDLY | MINUTELY | HOURLY  | DAILY   | WEEKLY  | MONTHLY | YEARLY  |
/// |------------|----------|----------|---------|---------|---------|---------|---------|
/// | BYMONTH    | limits   | limits   | limits  | limits  | limits  | limits  | expands |
/// | BYWEEKNO   | –        | –        | –       | –       | –       | –       | expands |
/// | BYYEARDAY  | limits   | limits   | limits  | –       | –       | –       | expands |
/// | BYMONTHDAY | limits   | limits   | limits  | limits  | – (1)   | expands | expands |
/// | BYDAY      | limits   | limits   | limits  | limits  | expands | (2)     | (3)     |
/// | BYHOUR     | limits   | limits   | limits  | expands | expands | expands | expands |
/// | BYMINUTE   | limits   | limits   | expands | expands | expands | expands | expands |
/// | BYSECOND   | limits   | expands  | expands | expands | expands | expands | expands |
/// | BYSETPOS   | limits   | limits   | limits  | limits  | limits  | limits  | limits  |
///
/// 1. Programs write it nevertheless and mean a limit, so it is read as one.
/// 2. Limits what BYMONTHDAY gives; else it expands in the month.
/// 3. Limits what BYYEARDAY or BYMONTHDAY gives; else it expands in the weeks of BYWEEKNO, the months of BYMONTH, or the
///    year. A number before the weekday counts in the month where there is BYMONTH, else in the year.
///
/// The rows for days are ``RecurrenceDays``, those for times ``RecurrenceTimes``, and the last is the iterator's.
package struct RecurrenceRule: Hashable, Sendable {
    /// How often a period begins.
    enum Frequency: String, Hashable, Sendable {
        case secondly = "SECONDLY"
        case minutely = "MINUTELY"
        case hourly = "HOURLY"
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"

        /// The length of a period in seconds by the clock on the wall; `nil` where they differ.
        var seconds: Int? {
            switch self {
            case .secondly: 1
            case .minutely: 60
            case .hourly: 3_600
            case .daily: 86_400
            case .weekly: 604_800
            case .monthly, .yearly: nil
            }
        }
    }

    /// A weekday, with which one of the month or year where that is said: -1 is the last.
    struct DayPart: Hashable, Sendable {
        let ordinal: Int?
        let weekday: Weekday
    }

    /// The last time an occurrence may have.
    enum Until: Hashable, Sendable {
        case date(CivilDate)
        case local(CivilDateTime)
        case instant(Instant)
    }

    /// What becomes of a day that its month does not have, such as 30 February (RFC 7529 §4.1).
    enum Skip: String, Hashable, Sendable {
        case omit = "OMIT"
        /// The last day of the month takes its place.
        case backward = "BACKWARD"
        /// The first day of the next month does.
        case forward = "FORWARD"
    }

    let frequency: Frequency
    var interval = 1
    var count: Int?
    var until: Until?
    var weekStart = Weekday.monday
    var skip = Skip.omit
    var months: Set<Int> = []
    var weeks: [Int] = []
    var yearDays: [Int] = []
    var monthDays: [Int] = []
    var days: [DayPart] = []
    var hours: Set<Int> = []
    var minutes: Set<Int> = []
    /// Up to 59: a leap second is read as the one before it, which RFC 5545 §3.3.12 asks of those who have none.
    var seconds: Set<Int> = []
    var positions: [Int] = []
}
