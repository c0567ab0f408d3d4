package import CivilTime

/// A DATE or DATE-TIME with all that stands beside it (RFC 5545 §3.3.4, §3.3.5).
package enum EventTime: Hashable, Sendable {
    case date(CivilDate)
    /// A wall clock's time, in whatever zone the reader is.
    case floating(CivilDateTime)
    /// With a `TZID`, or in UTC (``Zone/utc``).
    case zoned(CivilDateTime, Zone)

    /// The time as its own wall clock shows it; a date is its midnight.
    package var local: CivilDateTime {
        switch self {
        case .date(let date): CivilDateTime(date: date, time: .midnight)
        case .floating(let local), .zoned(let local, _): local
        }
    }

    package var isDate: Bool {
        if case .date = self { true } else { false }
    }

    /// The zone it is told in; `floating` for a date and a floating time.
    package func zone(floating: Zone) -> Zone {
        if case .zoned(_, let zone) = self { zone } else { floating }
    }

    /// The instant it means; a time without a zone is read in `floating`.
    package func instant(floating: Zone) -> Instant {
        zone(floating: floating).instant(local)
    }

    /// Whether it lies before another wherever the reader is: by the clock where that is the same one, else in real time.
    func isBefore(_ other: EventTime) -> Bool {
        switch (self, other) {
        case (.zoned(_, let zone), .zoned(_, let otherZone)) where zone != otherZone:
            instant(floating: .utc) < other.instant(floating: .utc)
        case (.zoned, .floating), (.floating, .zoned): false
        default: local < other.local
        }
    }

    /// The same kind of time, at another local time.
    func at(_ local: CivilDateTime) -> EventTime {
        switch self {
        case .date: .date(local.date)
        case .floating: .floating(local)
        case .zoned(_, let zone): .zoned(local, zone)
        }
    }

    /// `2026-01-05`, `2026-01-05T09:00:00` for a floating time, else `2026-01-05T08:00:00Z`.
    package var text: String {
        switch self {
        case .date(let date): date.description
        case .floating(let local): local.description
        case .zoned(let local, let zone): zone.instant(local).description
        }
    }
}

/// Reads `19970902`, `19970902T090000` and `19970902T090000Z`; `nil` for anything else.
///
/// A leap second is read as the one before it.
func parseDateTime(_ text: Span<UInt8>) -> (date: CivilDate, time: TimeOfDay?, isUTC: Bool)? {
    let count = text.count
    guard count == 8 || count == 15 || count == 16, let days = number(text, 0..<8),
        let date = CivilDate(year: days / 10_000, month: days / 100 % 100, day: days % 100)
    else { return nil }
    if count == 8 { return (date, nil, false) }
    guard text[8] == UInt8(ascii: "T"), count == 15 || text[15] == UInt8(ascii: "Z"), let clock = number(text, 9..<15),
        let time = TimeOfDay(
            hour: clock / 10_000,
            minute: clock / 100 % 100,
            second: clock % 100 == 60 ? 59 : clock % 100
        )
    else { return nil }
    return (date, time, count == 16)
}

/// The number that digits alone make.
private func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
        let digit = text[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value &* 10 &+ Int(digit)
    }
    return value
}

/// A DURATION: days are days of the calendar, the rest is exact (RFC 5545 §3.3.6).
struct EventDuration: Hashable {
    let days: Int
    let seconds: Int64

    init(days: Int, seconds: Int64) {
        (self.days, self.seconds) = (days, seconds)
    }

    /// Reads `P1W`, `P1DT2H`, `-PT15M`, each unit once and the larger before the smaller; `nil` for anything else.
    init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        var sign = 1
        if rest.first == UInt8(ascii: "-") { sign = -1 }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
        var (days, seconds, isTime) = (0, 0, false)
        // In order, so that no unit adds up beyond what can be counted with.
        var units = Array("WDTHMS".utf8)[...]
        while let first = rest.first {
            if first == UInt8(ascii: "T"), !isTime, rest.count > 1 {
                isTime = true
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard digits.count <= 9, let number = decimal(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = rest.popFirst(), let place = units.firstIndex(of: unit) else { return nil }
            units = units[(place + 1)...]
            switch (unit, isTime) {
            case (UInt8(ascii: "W"), false): days += number * 7
            case (UInt8(ascii: "D"), false): days += number
            case (UInt8(ascii: "H"), true): seconds += number * 3_600
            case (UInt8(ascii: "M"), true): seconds += number * 60
            case (UInt8(ascii: "S"), true): seconds += number
            default: return nil
            }
        }
        (self.days, self.seconds) = (sign * days, Int64(sign * seconds))
    }
}
