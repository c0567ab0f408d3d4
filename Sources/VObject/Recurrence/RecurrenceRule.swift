import CivilTime

/// A rule is not one, or uses what is not supported yet.
package struct RecurrenceRuleError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A recurrence rule (RFC 5545 §3.3.10): DAILY to YEARLY with INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYMONTHDAY and BYDAY.
package struct RecurrenceRule: Hashable, Sendable {
    /// How often a period begins.
    enum Frequency: String, Hashable, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    /// A weekday, with which one of the month or year where that is said: -1 is the last.
    struct DayPart: Hashable, Sendable {
        let ordinal: Int?
        let weekday: Weekday
    }

    /// The last time an occurrence may have.
    enum Until: Hashable, Sendable {
        case date(CivilDate)
        case local(CivilDateTime)
        case instant(Instant)
    }

    let frequency: Frequency
    var interval = 1
    var count: Int?
    var until: Until?
    var weekStart = Weekday.monday
    var months: Set<Int> = []
    var monthDays: [Int] = []
    var days: [DayPart] = []

    /// - Throws: What is wrong, naming the part.
    package init(parsing text: String) throws(RecurrenceRuleError) {
        var parts: [String: String] = [:]
        for piece in text.split(separator: ";") {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else {
                throw RecurrenceRuleError("\"\(shortened(String(piece)))\" is not NAME=VALUE")
            }
            let name = pair[0].uppercased()
            guard parts.updateValue(pair[1].uppercased(), forKey: name) == nil else {
                throw RecurrenceRuleError("\(name) stands twice")
            }
        }
        guard let name = parts.removeValue(forKey: "FREQ") else { throw RecurrenceRuleError("there is no FREQ") }
        guard let frequency = Frequency(rawValue: name) else {
            throw RecurrenceRuleError("FREQ=\(shortened(name)) is not supported")
        }
        self.frequency = frequency
        for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
            try take(name, value)
        }
        if days.contains(where: { $0.ordinal != nil }), frequency == .daily || frequency == .weekly {
            throw RecurrenceRuleError("BYDAY with a number needs FREQ=MONTHLY or YEARLY")
        }
    }

    /// Whether there is such a day in any year: no 30 February, and no sixth Monday of a month.
    var canMatch: Bool {
        let isDay =
            monthDays.isEmpty
            || (months.isEmpty ? Set(1...12) : months).contains { month in
                monthDays.contains { $0.magnitude <= CivilDate.days(inMonth: month, of: 2_000) }
            }
        let isOfMonth = frequency == .monthly || frequency == .yearly && !months.isEmpty
        return isDay && (!isOfMonth || days.isEmpty || days.contains { ($0.ordinal ?? 1).magnitude <= 5 })
    }

    private mutating func take(_ name: String, _ value: String) throws(RecurrenceRuleError) {
        let bad = RecurrenceRuleError("\(name)=\(shortened(value)) is not valid")
        // A list without an item says nothing, and must not pass for one that was left out.
        guard !value.allSatisfy({ $0 == "," }) else { throw bad }
        switch name {
        case "INTERVAL":
            guard let number = decimal(value.utf8), number >= 1 else { throw bad }
            interval = number
        case "COUNT":
            guard let number = decimal(value.utf8), number >= 1 else { throw bad }
            count = number
        case "UNTIL":
            guard let parsed = parseDateTime(value) else { throw bad }
            until =
                parsed.time.map { time in
                    let local = CivilDateTime(date: parsed.date, time: time)
                    return parsed.isUTC ? .instant(Zone.utc.instant(local)) : .local(local)
                } ?? .date(parsed.date)
        case "WKST":
            guard let day = weekday(value[...]) else { throw bad }
            weekStart = day
        case "BYMONTH":
            for piece in value.split(separator: ",") {
                guard let month = decimal(piece.utf8), (1...12).contains(month) else { throw bad }
                months.insert(month)
            }
        case "BYMONTHDAY":
            for piece in value.split(separator: ",") {
                guard let day = Int(piece), (1...31).contains(day.magnitude) else { throw bad }
                monthDays.append(day)
            }
        case "BYDAY":
            for piece in value.split(separator: ",") {
                guard let day = weekday(piece.suffix(2)) else { throw bad }
                let number = piece.dropLast(2)
                guard number.isEmpty || Int(number).map({ (1...53).contains($0.magnitude) }) == true else { throw bad }
                days.append(DayPart(ordinal: Int(number), weekday: day))
            }
        default:
            throw RecurrenceRuleError("\(shortened(name)) is not supported")
        }
    }
}

/// `MO` to `SU`.
private func weekday(_ text: Substring) -> Weekday? {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].firstIndex(of: String(text)).flatMap { Weekday(rawValue: $0) }
}
