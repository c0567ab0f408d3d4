import CivilTime

extension RecurrenceRule {
    /// Reads `FREQ=WEEKLY;BYDAY=MO`, its parts in any order and any case.
    ///
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
                throw RecurrenceRuleError("\(shortened(name)) stands twice")
            }
        }
        guard let name = parts.removeValue(forKey: "FREQ") else { throw RecurrenceRuleError("there is no FREQ") }
        guard let frequency = Frequency(rawValue: name) else {
            throw RecurrenceRuleError("FREQ=\(shortened(name)) is not valid")
        }
        self.init(frequency: frequency)
        if let scale = parts.removeValue(forKey: "RSCALE") {
            guard scale == "GREGORIAN" else {
                throw RecurrenceRuleError("RSCALE=\(shortened(scale)) is not supported; only GREGORIAN is")
            }
        } else if parts["SKIP"] != nil {
            throw RecurrenceRuleError("SKIP needs RSCALE")
        }
        for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
            if try take(name, value) { continue }
            guard try takeList(name, value) else { throw RecurrenceRuleError("\(shortened(name)) is not supported") }
        }
        try refuseForbidden()
    }

    /// Takes a part that is one value; `false` where it is none of these.
    private mutating func take(_ name: String, _ value: String) throws(RecurrenceRuleError) -> Bool {
        let bad = RecurrenceRuleError("\(name)=\(shortened(value)) is not valid")
        switch name {
        case "INTERVAL":
            guard let number = decimal(value.utf8), number >= 1 else { throw bad }
            interval = number
        case "COUNT":
            guard let number = decimal(value.utf8), number >= 1 else { throw bad }
            count = number
        case "UNTIL":
            guard let parsed = parseDateTime(Array(value.utf8).span) else { throw bad }
            until =
                parsed.time.map { time in
                    let local = CivilDateTime(date: parsed.date, time: time)
                    return parsed.isUTC ? .instant(Zone.utc.instant(local)) : .local(local)
                } ?? .date(parsed.date)
        case "WKST":
            guard let day = weekday(value[...]) else { throw bad }
            weekStart = day
        case "SKIP":
            guard let named = Skip(rawValue: value) else { throw bad }
            skip = named
        default: return false
        }
        return true
    }

    /// Takes a part that is a list; `false` where it is none of these.
    private mutating func takeList(_ name: String, _ value: String) throws(RecurrenceRuleError) -> Bool {
        let pieces = value.split(separator: ",")
        let bad = RecurrenceRuleError("\(name)=\(shortened(value)) is not valid")
        func numbers(_ range: ClosedRange<Int>, signed: Bool = false) throws(RecurrenceRuleError) -> [Int] {
            var result: [Int] = []
            for piece in pieces {
                let isNegative = signed && piece.hasPrefix("-")
                let digits = isNegative || signed && piece.hasPrefix("+") ? piece.dropFirst() : piece
                guard let number = decimal(digits.utf8), range.contains(number) else { throw bad }
                result.append(isNegative ? -number : number)
            }
            return result
        }
        switch name {
        case "BYMONTH": months = Set(try numbers(1...12))
        case "BYWEEKNO": weeks = try numbers(1...53, signed: true)
        case "BYYEARDAY": yearDays = try numbers(1...366, signed: true)
        case "BYMONTHDAY": monthDays = try numbers(1...31, signed: true)
        case "BYHOUR": hours = Set(try numbers(0...23))
        case "BYMINUTE": minutes = Set(try numbers(0...59))
        case "BYSECOND": seconds = Set(try numbers(0...60).map { Swift.min($0, 59) })
        case "BYSETPOS": positions = try numbers(1...366, signed: true)
        case "BYDAY":
            for piece in pieces {
                guard let day = weekday(piece.suffix(2)) else { throw bad }
                let number = piece.dropLast(2)
                guard number.isEmpty || Int(number).map({ (1...53).contains($0.magnitude) }) == true else { throw bad }
                days.append(DayPart(ordinal: Int(number), weekday: day))
            }
        default: return false
        }
        // A list without an item says nothing, and must not pass for one that was left out.
        guard !pieces.isEmpty else { throw bad }
        return true
    }

    /// The combinations of parts that the RFC rules out, less those whose meaning is plain all the same.
    private func refuseForbidden() throws(RecurrenceRuleError) {
        if days.contains(where: { $0.ordinal != nil }) {
            guard frequency == .monthly || frequency == .yearly else {
                throw RecurrenceRuleError("BYDAY with a number needs FREQ=MONTHLY or YEARLY")
            }
            guard weeks.isEmpty else { throw RecurrenceRuleError("BYDAY with a number does not go with BYWEEKNO") }
        }
        if !weeks.isEmpty, frequency != .yearly { throw RecurrenceRuleError("BYWEEKNO needs FREQ=YEARLY") }
        if !yearDays.isEmpty, [.daily, .weekly, .monthly].contains(frequency) {
            throw RecurrenceRuleError("BYYEARDAY does not go with FREQ=\(frequency.rawValue)")
        }
        let isLimited =
            !months.isEmpty || !weeks.isEmpty || !yearDays.isEmpty || !monthDays.isEmpty || !days.isEmpty
            || !hours.isEmpty || !minutes.isEmpty || !seconds.isEmpty
        if !positions.isEmpty, !isLimited { throw RecurrenceRuleError("BYSETPOS needs another BY part") }
    }
}

/// `MO` to `SU`.
private func weekday(_ text: Substring) -> Weekday? {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].firstIndex(of: String(text)).flatMap { Weekday(rawValue: $0) }
}
