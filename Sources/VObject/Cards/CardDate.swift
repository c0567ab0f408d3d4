import CivilTime

/// A day of the year from a card, its year where it is believable.
package struct PartialDate: Hashable, Sendable {
    package let year: Int?
    package let month: Int
    package let day: Int
}

extension PartialDate {
    /// Reads a `BDAY` or an `ANNIVERSARY` in any of the forms they are met in; `nil` where no day of the year can be made
    /// of it (RFC 2426 §3.1.5, RFC 6350 §4.3).
    ///
    /// | written                                          | read                 |
    /// |--------------------------------------------------|----------------------|
    /// | `19850412`, `1985-04-12`, `1985-4-12`            | that day, that year  |
    /// | the same before `T` or a blank and a time        | that day as written  |
    /// | `--0412`, `--04-12`, with or without a time      | that day, no year    |
    /// | year 0, 1, 1604 or 1900, which stand for none    | that day, no year    |
    /// | `X-APPLE-OMIT-YEAR` with that very year          | that day, no year    |
    /// | `1985`, `1985-04`, `--04`, `---12`, `T10`, words | nothing              |
    /// | `CALSCALE` other than `gregorian`                | nothing              |
    ///
    /// A time is left out whatever its zone: the day is the one that was typed in.
    init?(_ line: ContentLine) {
        let scale = line.parameter("CALSCALE")?.lowercased() ?? "gregorian"
        guard scale == "gregorian" else { return nil }
        let text = line.value.trimmingSpaces().utf8.prefix { $0 | 0x20 != UInt8(ascii: "t") && $0 != 0x20 }
        guard let parts = Self.parts(Array(text)),
            CivilDate(year: parts.year ?? 2_000, month: parts.month, day: parts.day) != nil
        else { return nil }
        let omitted = line.parameter("X-APPLE-OMIT-YEAR").flatMap { decimal($0.utf8) }
        let isUnknown = parts.year.map { Self.sentinels.contains($0) || $0 == omitted } ?? true
        self.init(year: isUnknown ? nil : parts.year, month: parts.month, day: parts.day)
    }

    /// Years that programs write for one that is not known: .NET's first and SQL's zero, Apple's first leap year of the
    /// calendar, and the one clocks of the last century began with.
    private static let sentinels: Set = [0, 1, 1_604, 1_900]

    private static func parts(_ text: [UInt8]) -> (year: Int?, month: Int, day: Int)? {
        let dash = UInt8(ascii: "-")
        if text.starts(with: [dash, dash]) {
            let rest = text.dropFirst(2)
            let pieces = rest.split(separator: dash, omittingEmptySubsequences: false)
            let isBasic = pieces.count == 1 && rest.count == 4
            guard isBasic || pieces.map(\.count) == [2, 2], let month = decimal(rest.prefix(2)),
                let day = decimal(rest.suffix(2))
            else { return nil }
            return (nil, month, day)
        }
        guard text.count >= 8, let year = decimal(text[..<4]) else { return nil }
        let pieces = text.split(separator: dash, omittingEmptySubsequences: false)
        guard pieces.count == 3 else {
            guard text.count == 8, let month = decimal(text[4..<6]), let day = decimal(text[6...]) else { return nil }
            return (year, month, day)
        }
        guard pieces[0].count == 4, pieces[1].count <= 2, pieces[2].count <= 2, let month = decimal(pieces[1]),
            let day = decimal(pieces[2])
        else { return nil }
        return (year, month, day)
    }
}
