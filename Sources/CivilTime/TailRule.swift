/// The POSIX rule of a TZif footer (RFC 9636 §3.3.1; POSIX.1-2017 §8.3 `TZ`, with the hours of -167 to 167).
public struct TailRule: Hashable, Sendable {
    /// A day of the year on which the clock is set.
    enum Day: Hashable, Sendable {
        /// `Jn`: 1...365, 29 February never counted.
        case julian(Int)
        /// `n`: 0...365, 29 February counted.
        case zeroBased(Int)
        /// `Mm.w.d`: weekday d (0 = Sunday) of week w of month m; week 5 is the last.
        case weekday(month: Int, week: Int, day: Int)

        func date(in year: Int) -> CivilDate {
            guard let newYear = CivilDate(year: year, month: 1, day: 1) else { preconditionFailure("1 January exists") }
            switch self {
            case .julian(let number):
                return newYear.adding(days: number - 1 + (number >= 60 && CivilDate.isLeap(year) ? 1 : 0))
            case .zeroBased(let number):
                return newYear.adding(days: number)
            case .weekday(let month, let week, let day):
                guard let first = CivilDate(year: year, month: month, day: 1) else {
                    preconditionFailure("the parser checked the month")
                }
                // Monday is 0 in ``Weekday``, Sunday is 0 in POSIX.
                let shift = (day + 6 - first.weekday.rawValue) % 7
                let date = first.adding(days: shift + (week - 1) * 7)
                return date.month == month ? date : date.adding(days: -7)
            }
        }
    }

    /// When the clock is set: a day and seconds after (or before) its midnight.
    struct Change: Hashable, Sendable {
        let day: Day
        let time: Int

        /// Seconds since the epoch by a clock that ignores zones.
        func localSeconds(in year: Int) -> Int64 {
            Int64(day.date(in: year).daysSinceEpoch) * 86_400 + Int64(time)
        }
    }

    private let standard: Int
    /// The other offset with the changes to it and from it; `nil` where there is none.
    private let daylight: Daylight?

    private struct Daylight: Hashable, Sendable {
        let offset: Int
        let begin: Change
        let end: Change
    }

    /// Seconds east of UTC at an instant.
    public func offset(at instant: Instant) -> Int {
        guard let daylight else { return standard }
        // The calendar repeats after 400 years: at the ends of the scale the rule is asked of times that leave room.
        let cycle: Int64 = 146_097 * 86_400
        if instant.seconds > .max - cycle { return offset(at: instant.adding(seconds: -cycle)) }
        if instant.seconds < .min + cycle { return offset(at: instant.adding(seconds: cycle)) }
        let year = year(of: instant)
        let (begin, end) = (begin(of: daylight, in: year), end(of: daylight, in: year))
        let isDaylight =
            begin < end
            ? (begin..<end).contains(instant.seconds)
            : !(end..<begin).contains(instant.seconds)
        return isDaylight ? daylight.offset : standard
    }

    /// The instants at which the offset may become another one, in order; none at the ends of the scale.
    func changes(after low: Instant, through high: Instant) -> [Instant] {
        let cycle: Int64 = 146_097 * 86_400
        guard let daylight, low.seconds > .min + cycle, high.seconds < .max - cycle else { return [] }
        let (first, last) = (year(of: low), year(of: high))
        var result: [Instant] = []
        func take(_ seconds: Int64) {
            if low.seconds < seconds, seconds <= high.seconds { result.append(Instant(seconds: seconds)) }
        }
        for year in first...last {
            take(begin(of: daylight, in: year))
            take(end(of: daylight, in: year))
            // Only the changes of an instant's own year count for it, so the turn of the year may be one.
            if year > first { take(Change(day: .zeroBased(0), time: 0).localSeconds(in: year) - Int64(standard)) }
        }
        return result.count < 2 ? result : result.sorted()
    }

    /// By the clock that knows no daylight time.
    private func year(of instant: Instant) -> Int {
        CivilDateTime(secondsSinceEpoch: instant.adding(seconds: Int64(standard)).seconds).date.year
    }

    private func begin(of daylight: Daylight, in year: Int) -> Int64 {
        daylight.begin.localSeconds(in: year) - Int64(standard)
    }

    private func end(of daylight: Daylight, in year: Int) -> Int64 {
        daylight.end.localSeconds(in: year) - Int64(daylight.offset)
    }

    /// Reads a footer such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+1030>-10:30<+11>-11,M10.1.0,M4.1.0`; `nil` where it is none.
    public init?(_ text: some Sequence<UInt8>) {
        var reader = Reader(rest: Array(text)[...])
        guard reader.name(), let standard = reader.time(hours: 24) else { return nil }
        self.standard = -standard
        guard !reader.rest.isEmpty else {
            daylight = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = self.standard + 3_600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let written = reader.time(hours: 24) else { return nil }
            offset = -written
        }
        guard reader.take(","), let begin = reader.change(), reader.take(","), let end = reader.change(),
            reader.rest.isEmpty
        else { return nil }
        daylight = Daylight(offset: offset, begin: begin, end: end)
    }

    /// Walks through the text of a rule.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// `CEST` or `<+03>`: at least three characters.
        mutating func name() -> Bool {
            if take("<") {
                guard let close = rest.firstIndex(of: UInt8(ascii: ">")), close > rest.startIndex else { return false }
                rest = rest[(close + 1)...]
                return true
            }
            let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        mutating func number(upTo limit: Int) -> Int? {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let value = decimal(digits), value <= limit else { return nil }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// `[+-]h[h[h]][:mm[:ss]]` in seconds; an offset has 24 hours at most, a change 167.
        mutating func time(hours: Int) -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard var seconds = number(upTo: hours).map({ $0 * 3_600 }) else { return nil }
            if take(":") {
                guard let minutes = number(upTo: 59) else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number(upTo: 59) else { return nil }
                    seconds += rest
                }
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            let day: Day
            if take("M") {
                guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5), week >= 1,
                    take("."),
                    let weekday = number(upTo: 6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if take("J") {
                guard let number = number(upTo: 365), number >= 1 else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(upTo: 365) else { return nil }
                day = .zeroBased(number)
            }
            guard take("/") else { return Change(day: day, time: 7_200) }
            return time(hours: 167).map { Change(day: day, time: $0) }
        }
    }
}
