import CivilTime

/// Reads a span as people and the configuration write it: `6 weeks`, `45 days`, `2 months`, `1 year`, `6w`, `P6W`.
///
/// A month is 30 days, a year 365. `nil` for anything else, for none and for more than a century.
package func parseSpan(_ text: String) -> Int? {
    var rest = text.lowercased()[...]
    rest.trimSpaces()
    let isISO = rest.first == "p"
    if isISO { rest.removeFirst() }
    let digits = rest.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard digits.count <= 5, let number = decimal(digits), number >= 1 else { return nil }
    rest = rest.dropFirst(digits.count)
    if !isISO { rest.trimSpaces() }
    let unit: Int
    switch (rest, isISO) {
    case ("d", _), ("day", false), ("days", false): unit = 1
    case ("w", _), ("week", false), ("weeks", false): unit = 7
    case ("m", _), ("month", false), ("months", false): unit = 30
    case ("y", _), ("year", false), ("years", false): unit = 365
    default: return nil
    }
    let days = number * unit
    return days <= 36_500 ? days : nil
}

/// A span as it is shown and written: in whole years, months or weeks where it is one, else in days.
package func spanText(days: Int) -> String {
    func text(_ number: Int, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
    if days >= 365, days.isMultiple(of: 365) { return text(days / 365, "year") }
    if days.isMultiple(of: 7) { return text(days / 7, "week") }
    if days.isMultiple(of: 30) { return text(days / 30, "month") }
    return text(days, "day")
}

extension Substring {
    /// Takes the spaces off both ends.
    fileprivate mutating func trimSpaces() {
        while first == " " { removeFirst() }
        while last == " " { removeLast() }
    }
}
