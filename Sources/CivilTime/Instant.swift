/// A point on the time line: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
public struct Instant: Hashable, Comparable, Sendable {
    /// Seconds since the epoch, negative before it.
    public let seconds: Int64

    /// The instant so many seconds after the epoch.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// This instant moved by a number of seconds; stays at the ends of the scale rather than overflow.
    public func adding(seconds count: Int64) -> Instant {
        let (sum, overflow) = seconds.addingReportingOverflow(count)
        return Instant(seconds: overflow ? (count < 0 ? .min : .max) : sum)
    }

    /// This instant moved by a number of minutes, as by ``adding(seconds:)``.
    public func adding(minutes count: Int64) -> Instant {
        let (seconds, overflow) = count.multipliedReportingOverflow(by: 60)
        return adding(seconds: overflow ? (count < 0 ? .min : .max) : seconds)
    }

    /// The seconds from `other` to this instant, negative where `other` is later; stays at the ends of the scale too.
    public func seconds(since other: Instant) -> Int64 {
        let (difference, overflow) = seconds.subtractingReportingOverflow(other.seconds)
        return overflow ? (self < other ? .min : .max) : difference
    }

    /// The order of time.
    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant: CustomStringConvertible {
    /// `2026-01-05T08:00:00Z` (RFC 3339, always UTC, whole seconds).
    public var description: String {
        "\(CivilDateTime(secondsSinceEpoch: seconds))Z"
    }

    /// Reads `2026-01-05T08:00:00Z` and nothing else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, let date = CivilDate(text.prefix(10)), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
            let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]),
            let second = decimal(bytes[17..<19]), let time = TimeOfDay(hour: hour, minute: minute, second: second)
        else { return nil }
        self.init(seconds: CivilDateTime(date: date, time: time).secondsSinceEpoch)
    }
}

/// A half-open stretch of time, `start ≤ t < end`, never empty.
public struct Interval: Hashable, Sendable {
    /// The first instant within.
    public let start: Instant
    /// The first instant after it.
    public let end: Instant

    /// `nil` where nothing lies between the two.
    public init?(start: Instant, end: Instant) {
        guard start < end else { return nil }
        (self.start, self.end) = (start, end)
    }

    /// How long it is.
    public var seconds: Int64 {
        end.seconds(since: start)
    }

    /// Whether an instant lies within; the end does not.
    public func contains(_ instant: Instant) -> Bool {
        start <= instant && instant < end
    }

    /// Whether the two have an instant in common; intervals that only touch have none.
    public func overlaps(_ other: Interval) -> Bool {
        start < other.end && other.start < end
    }
}
