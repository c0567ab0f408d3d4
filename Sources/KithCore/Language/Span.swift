/// Reads a span as people and the configuration write it: `6 weeks`, `45 days`, `2 months`, `1 year`, `6w`, `P6W`.
///
/// A month is 30 days, a year 365. `nil` for anything else, for none and for more than a century.
package func parseSpan(_ text: String) -> Int? {
    var scalars = Array(text.lowercased().unicodeScalars).filter { $0 != " " }
    if scalars.first == "p", scalars.count > 2 { scalars.removeFirst() }
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty, digits.count <= 5, let number = Int(String(String.UnicodeScalarView(digits))), number >= 1
    else {
        return nil
    }
    let unit: Int
    switch String(String.UnicodeScalarView(scalars.dropFirst(digits.count))) {
    case "d", "day", "days": unit = 1
    case "w", "week", "weeks": unit = 7
    case "m", "month", "months": unit = 30
    case "y", "year", "years": unit = 365
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
