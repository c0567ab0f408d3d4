/// A time of day, in whole seconds since midnight, 0 ..< 86,400.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Since midnight.
    public let seconds: Int

    /// 00:00.
    public static let midnight = TimeOfDay(secondsSinceMidnight: 0)
    /// 12:00.
    public static let noon = TimeOfDay(secondsSinceMidnight: 43_200)

    /// `nil` outside 00:00:00 to 23:59:59.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        seconds = hour * 3_600 + minute * 60 + second
    }

    /// The time so many seconds after midnight; there has to be one.
    public init(secondsSinceMidnight seconds: Int) {
        precondition((0..<86_400).contains(seconds), "a time of day lies within one day")
        self.seconds = seconds
    }

    /// 0...23.
    public var hour: Int { seconds / 3_600 }
    /// 0...59.
    public var minute: Int { seconds / 60 % 60 }
    /// 0...59.
    public var second: Int { seconds % 60 }

    /// The order of time.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.seconds < right.seconds
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// `14:10`, with the seconds only where there are any.
    public var description: String {
        "\(padded(hour, 2)):\(padded(minute, 2))" + (second == 0 ? "" : ":\(padded(second, 2))")
    }
}

/// A date and a time of day without a zone: what a wall clock shows, and RFC 5545's "floating" time.
public struct CivilDateTime: Hashable, Comparable, Sendable {
    /// The day.
    public let date: CivilDate
    /// The time of that day.
    public let time: TimeOfDay

    /// A time of a day.
    public init(date: CivilDate, time: TimeOfDay) {
        (self.date, self.time) = (date, time)
    }

    /// What a clock in UTC shows at so many seconds since 1970-01-01T00:00:00Z.
    public init(secondsSinceEpoch seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : -((-(seconds + 1)) / 86_400) - 1
        date = CivilDate(daysSinceEpoch: Int(days))
        // At the lower end of the scale the product alone does not fit; the difference always does.
        time = TimeOfDay(secondsSinceMidnight: Int(seconds &- days &* 86_400))
    }

    /// The seconds since the epoch, were this a time in UTC.
    public var secondsSinceEpoch: Int64 {
        let days = Int64(date.daysSinceEpoch)
        // Before the epoch counted from the day's end, since the first day of the scale has no beginning on it.
        return days < 0
            ? (days + 1) * 86_400 - Int64(86_400 - time.seconds)
            : days * 86_400 + Int64(time.seconds)
    }

    /// The order in which one clock shows them.
    public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}

extension CivilDateTime: CustomStringConvertible {
    /// `2026-01-05T08:00:00`.
    public var description: String {
        "\(date)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    }
}
