import CivilTime

/// What keeps a `VTIMEZONE` from being a zone.
struct ZoneProblem: Error, Hashable {
    let message: String
    let line: Int

    init(_ message: String, line: Int) {
        (self.message, self.line) = (message, line)
    }
}

/// A `STANDARD` or `DAYLIGHT` part of a `VTIMEZONE` (RFC 5545 §3.6.5): when the clock is set, and by how much.
struct Observance {
    let isDaylight: Bool
    /// By a clock that shows ``offsetBefore``, like all local times here.
    let start: CivilDateTime
    /// Seconds east of UTC until it is set.
    let offsetBefore: Int
    /// Seconds east of UTC from then on.
    let offset: Int
    let rules: [RecurrenceRule]
    /// Every `RDATE`.
    let dates: [CivilDateTime]

    init(_ component: Component) throws(ZoneProblem) {
        isDaylight = component.name == "DAYLIGHT"
        (offsetBefore, offset) = (
            try utcOffset(component, "TZOFFSETFROM"), try utcOffset(component, "TZOFFSETTO")
        )
        guard let line = component.property("DTSTART") else {
            throw ZoneProblem("\(component.name) has no DTSTART", line: component.line)
        }
        start = try onset(line.value[...], of: line, offset: offsetBefore)
        var (rules, dates) = ([RecurrenceRule](), [CivilDateTime]())
        for line in component.properties("RRULE") { rules.append(try yearlyRule(line)) }
        for line in component.properties("RDATE") {
            for piece in line.value.split(separator: ",") {
                guard dates.count <= ZoneCompiler.onsets else { throw ZoneCompiler.tooManyOnsets(line.line) }
                // Of a period, the start.
                dates.append(try onset(piece.prefix { $0 != "/" }, of: line, offset: offsetBefore))
            }
        }
        (self.rules, self.dates) = (rules, dates)
    }

    /// The instant a local time of it means.
    func instant(_ local: CivilDateTime) -> Instant {
        Instant(seconds: local.secondsSinceEpoch).adding(seconds: -Int64(offsetBefore))
    }

    /// Whether one of its rules has no end.
    var isEndless: Bool {
        rules.contains { $0.until == nil && $0.count == nil }
    }
}

/// Reads `+0100`, `-0330` and `+001234`.
private func utcOffset(_ component: Component, _ name: String) throws(ZoneProblem) -> Int {
    guard let line = component.property(name) else {
        throw ZoneProblem("\(component.name) has no \(name)", line: component.line)
    }
    let value = line.value.trimmingSpaces()
    let digits = Array(value.utf8.dropFirst())
    guard value.hasPrefix("+") || value.hasPrefix("-"), digits.count == 4 || digits.count == 6,
        let hours = decimal(digits[0..<2]), let minutes = decimal(digits[2..<4]),
        let seconds = digits.count == 6 ? decimal(digits[4...]) : 0,
        hours < 24, minutes < 60, seconds < 60
    else {
        throw ZoneProblem("\(name): \"\(shortened(value))\" is no offset; expected e.g. +0100", line: line.line)
    }
    return (hours * 3_600 + minutes * 60 + seconds) * (value.hasPrefix("-") ? -1 : 1)
}

/// A time at which the clock is set; one in UTC, which the standard does not know here, as the local one it means.
private func onset(_ value: Substring, of line: ContentLine, offset: Int) throws(ZoneProblem) -> CivilDateTime {
    let text = String(value).trimmingSpaces()
    guard let parsed = parseDateTime(Array(text.utf8).span) else {
        throw ZoneProblem("\(line.name): \"\(shortened(text))\" is no time", line: line.line)
    }
    let local = CivilDateTime(date: parsed.date, time: parsed.time ?? .midnight)
    return parsed.isUTC ? CivilDateTime(secondsSinceEpoch: local.secondsSinceEpoch + Int64(offset)) : local
}

private func yearlyRule(_ line: ContentLine) throws(ZoneProblem) -> RecurrenceRule {
    let rule: RecurrenceRule
    do throws(RecurrenceRuleError) {
        rule = try RecurrenceRule(parsing: line.value.trimmingSpaces())
    } catch {
        throw ZoneProblem("RRULE: \(error)", line: line.line)
    }
    guard rule.frequency == .yearly else {
        throw ZoneProblem("RRULE: FREQ=\(rule.frequency.rawValue) sets no clock; expected YEARLY", line: line.line)
    }
    // More than a month has days is no rule of a clock, and each of them is work in each year.
    guard rule.days.count <= 31, rule.monthDays.count <= 31 else {
        throw ZoneProblem("RRULE: more than 31 days are listed", line: line.line)
    }
    return rule
}
