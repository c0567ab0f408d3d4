import CivilTime
import VObject

/// A line of the file of rules that is not as the generator writes it.
struct BadRuleLine: Error {
    let line: Substring
}

/// Reads lines `RULE<tab>YYYYMMDDTHHMMSS<tab>LIMIT`.
func ruleLines(_ text: String) throws -> [(rule: RecurrenceRule, start: CivilDateTime, limit: Int)] {
    try text.split(separator: "\n").map { line in
        let fields = line.split(separator: "\t")
        guard fields.count == 3, let start = dateTime(fields[1]), let limit = Int(fields[2]) else {
            throw BadRuleLine(line: line)
        }
        return (try RecurrenceRule(parsing: String(fields[0])), start, limit)
    }
}

private func dateTime(_ text: Substring) -> CivilDateTime? {
    let parts = text.split(separator: "T").compactMap { Int($0) }
    guard parts.count == 2,
        let date = CivilDate(year: parts[0] / 10_000, month: parts[0] / 100 % 100, day: parts[0] % 100),
        let time = TimeOfDay(hour: parts[1] / 10_000, minute: parts[1] / 100 % 100, second: parts[1] % 100)
    else { return nil }
    return CivilDateTime(date: date, time: time)
}
