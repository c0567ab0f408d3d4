import CivilTime
import VObject

/// A rule on the first line, `2026-01-05 09:00` to start from on the second, and a day to jump to on the third: times in
/// order from the start on, as many as COUNT allows, and the same ones after a jump.
func checkRule(_ bytes: [UInt8]) throws(Broken) {
    let lines = physicalLines(bytes).prefix(3).map { String(decoding: $0, as: UTF8.self) }
    guard let text = lines.first, let rule = try? RecurrenceRule(parsing: text),
        (try? RecurrenceRule(parsing: text)) == rule
    else { return }
    let start = lines.count > 1 ? time(lines[1]) : monday
    let found = Array(RecurrenceIterator(rule, start: start, zone: berlin).prefix(300))
    for (one, next) in zip(found, found.dropFirst()) { try hold(one < next, "\(one) stands before \(next)") }
    for one in found {
        try hold(start <= one && one.date.year <= 9_999, "\(one) is not from \(start) on")
    }
    let from = lines.count > 2 ? CivilDate(lines[2]) ?? monday.date : monday.date
    let jumped = RecurrenceIterator(rule, start: start, zone: berlin, from: from).lazy.filter { $0.date >= from }
    let behind = found.filter { $0.date >= from }
    // Where the jump leads beyond what was listed, order is all that can be told.
    let after = Array(jumped.prefix(found.count < 300 ? behind.count + 1 : max(behind.count, 3)))
    for (one, next) in zip(after, after.dropFirst()) { try hold(one < next, "\(one) stands before \(next)") }
    if found.count < 300 {
        try hold(after == behind, "after a jump to \(from): \(after), else \(behind)")
    } else {
        try hold(after.starts(with: behind), "after a jump to \(from): \(after), else \(behind)")
    }
}

private let monday = CivilDateTime(date: CivilDate(daysSinceEpoch: 20_458), time: .midnight)

/// Reads `2026-01-05 09:00:00`, the time or its seconds left out as one likes; a Monday for anything else.
private func time(_ text: String) -> CivilDateTime {
    let numbers = text.dropFirst(11).utf8.split(separator: UInt8(ascii: ":")).map { decimal($0) ?? 0 } + [0, 0, 0]
    let time = TimeOfDay(hour: numbers[0], minute: numbers[1], second: numbers[2])
    return CivilDate(text.prefix(10)).map { CivilDateTime(date: $0, time: time ?? .midnight) } ?? monday
}
