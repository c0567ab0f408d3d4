import CivilTime

/// A month of a certain year.
struct Month: Hashable, Sendable {
    let year: Int
    /// 1...12.
    let number: Int
    /// Its first day, in days since the epoch.
    let first: Int
    let length: Int

    private init(year: Int, number: Int, first: Int) {
        (self.year, self.number, self.first) = (year, number, first)
        length = CivilDate.days(inMonth: number, of: year)
    }

    /// Counted from January of the year 0.
    init(index: Int) {
        let year = floorQuotient(index, 12)
        let number = index - year * 12 + 1
        guard let first = CivilDate(year: year, month: number, day: 1) else {
            preconditionFailure("every month has a first day")
        }
        self.init(year: year, number: number, first: first.daysSinceEpoch)
    }

    init(containing day: Int) {
        let (year, month, number) = CivilDate(daysSinceEpoch: day).components
        self.init(year: year, number: month, first: day - number + 1)
    }

    var next: Month {
        number == 12
            ? Month(year: year + 1, number: 1, first: first + length)
            : Month(year: year, number: number + 1, first: first + length)
    }

    /// A bit for each of its days.
    var all: UInt32 { 1 << UInt32(length) - 1 }
}

/// Days of one year, as bits: the first is 1 January.
struct DaysOfYear: Sendable {
    private var words = InlineArray<6, UInt64>(repeating: 0)

    mutating func insert(_ place: Int) {
        words[place / 64] |= 1 << UInt64(place % 64)
    }

    mutating func formIntersection(_ other: DaysOfYear) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// The bits of so many days, up to 31, from one on.
    func slice(from place: Int, count: Int) -> UInt32 {
        let (word, shift) = (place / 64, place % 64)
        var bits = words[word] >> UInt64(shift)
        if shift + count > 64 { bits |= words[word + 1] << UInt64(64 - shift) }
        return UInt32(truncatingIfNeeded: bits) & (1 << UInt32(count) - 1)
    }
}

/// Where the numbered weekday of a part stands in a stretch of days, from 0; `nil` where the stretch has no such one.
///
/// - Parameters:
///   - first: The weekday of the stretch's first day, Monday being 0.
///   - length: In days, at least a week.
func place(of part: RecurrenceRule.DayPart, first: Int, length: Int) -> Int? {
    guard let ordinal = part.ordinal else { return nil }
    let earliest = (part.weekday.rawValue - first + 7) % 7
    let latest = earliest + (length - 1 - earliest) / 7 * 7
    let place = ordinal > 0 ? earliest + (ordinal - 1) * 7 : latest + (ordinal + 1) * 7
    return (0..<length).contains(place) ? place : nil
}

/// The weekday of a day since the epoch, Monday being 0.
func weekdayNumber(_ day: Int) -> Int {
    // 1970-01-01 was a Thursday.
    day + 3 - floorQuotient(day + 3, 7) * 7
}

/// A quotient rounded down, also below zero; the divisor is above.
func floorQuotient(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
}
