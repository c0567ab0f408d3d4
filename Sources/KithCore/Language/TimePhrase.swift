package import CivilTime

/// A time as people type it: one grammar for `--now`, `--from`, `--until`, `[when]` and snoozes.
package enum TimePhrase: Hashable, Sendable {
    case instant(Instant)
    case date(CivilDate)
    case local(CivilDateTime)
    /// Days from today: `today`, `yesterday`, `tomorrow`.
    case relativeDay(Int)
    /// The start of the personal hours.
    case tonight
    case weekday(Weekday)
    case lastWeekday(Weekday)
    /// Its Monday.
    case nextWeek
    /// A bare span: back in a `[when]`, ahead in a snooze.
    case span(days: Int)
    case ago(days: Int)
    case ahead(days: Int)
    case hours(Int)
    case slot

    /// What a text could not be read as.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String

        package var description: String {
            Phrases.noTime(shortened(printable(text), to: 40))
        }
    }

    package init(_ text: String) throws(Failure) {
        let words = printable(text).lowercased().split(separator: " ").map(String.init)
        guard let phrase = Self.read(words) ?? Self.absolute(printable(text)) else { throw Failure(text: text) }
        self = phrase
    }

    private static func read(_ words: [String]) -> TimePhrase? {
        switch words {
        case ["today"]: return .relativeDay(0)
        case ["yesterday"]: return .relativeDay(-1)
        case ["tomorrow"]: return .relativeDay(1)
        case ["tonight"]: return .tonight
        case ["slot"]: return .slot
        case ["next", "week"]: return .nextWeek
        default: break
        }
        if words.count == 2, words[0] == "last", let day = weekday(words[1]) { return .lastWeekday(day) }
        if words.count == 1, let day = weekday(words[0]) { return .weekday(day) }
        if words.count == 1, words[0].hasSuffix("h"), let hours = decimal(words[0].dropLast().utf8),
            (1...10_000).contains(hours)
        {
            return .hours(hours)
        }
        if words.last == "ago" { return parseSpan(words.dropLast().joined(separator: " ")).map { .ago(days: $0) } }
        if words.first == "in" { return parseSpan(words.dropFirst().joined(separator: " ")).map { .ahead(days: $0) } }
        return parseSpan(words.joined(separator: " ")).map { .span(days: $0) }
    }

    private static func weekday(_ text: String) -> Weekday? {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        guard text.count >= 3 else { return nil }
        return names.firstIndex { $0 == text || $0.prefix(3) == text }.flatMap { Weekday(rawValue: $0) }
    }

    /// `2026-01-27`, `2026-01-27 14:10`, `2026-01-27T14:10[:00][Z|+01:00]`.
    private static func absolute(_ text: String) -> TimePhrase? {
        guard let date = CivilDate(text.prefix(10)) else { return nil }
        var rest = text.dropFirst(10)
        guard let separator = rest.popFirst() else { return .date(date) }
        guard separator == " " || separator == "T" || separator == "t" else { return nil }
        let clock = rest.prefix { $0.isNumber || $0 == ":" }
        let zone = rest.dropFirst(clock.count)
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map(\.utf8)
        // `9:05` will do for `09:05`; all else has two digits.
        guard (2...3).contains(parts.count), parts[0].count <= 2, parts.dropFirst().allSatisfy({ $0.count == 2 }),
            let hour = decimal(parts[0]), let minute = decimal(parts[1]),
            let time = TimeOfDay(hour: hour, minute: minute, second: parts.count == 3 ? decimal(parts[2]) ?? -1 : 0)
        else { return nil }
        let local = CivilDateTime(date: date, time: time)
        if zone.isEmpty { return .local(local) }
        return offset(zone).map { .instant(Instant(seconds: local.secondsSinceEpoch - Int64($0))) }
    }

    /// `Z`, `+01:00`, `-0530` in seconds.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" || text == "z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        var digits = Array(text.dropFirst().utf8)
        if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
        guard digits.count == 4, let hours = decimal(digits[0..<2]), let minutes = decimal(digits[2..<4]), hours <= 18,
            minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == "-" ? -60 : 60)
    }
}

/// What a time is typed for, which decides what a day or a span means.
package enum TimeContext: Hashable, Sendable {
    /// `--now`: a day is its start.
    case moment
    /// `--from`, `--until`: a day is its start.
    case rangeEdge
    /// `[when]` of an answer: looks back; a day is its noon.
    case past
    /// Looks ahead; a day is its first free moment.
    case snooze
}

/// What a phrase comes to.
package enum TimeResolution: Hashable, Sendable {
    case instant(Instant)
    /// The first free moment of a day.
    case firstMoment(of: CivilDate)
    /// The next free moment from tomorrow.
    case slot
}

extension TimePhrase {
    /// - Parameter tonight: Minutes after midnight at which the personal hours of today begin.
    package func resolve(_ context: TimeContext, now: Instant, zone: Zone, tonight: Int = 1_050) -> TimeResolution {
        let local = zone.local(now)
        let today = local.date
        func day(_ date: CivilDate) -> TimeResolution { self.day(date, context, now: now, zone) }
        func days(_ count: Int) -> TimeResolution {
            // A span keeps the time of day, but for a snooze, which may as well come when there is room.
            if context == .snooze { return day(today.adding(days: count)) }
            return .instant(zone.instant(CivilDateTime(date: today.adding(days: count), time: local.time)))
        }
        switch self {
        case .instant(let instant): return .instant(instant)
        case .local(let local): return .instant(zone.instant(local))
        case .date(let date): return day(date)
        case .relativeDay(let count): return day(today.adding(days: count))
        case .tonight:
            let time = TimeOfDay(hour: min(tonight, 1_439) / 60, minute: min(tonight, 1_439) % 60) ?? .noon
            return .instant(zone.instant(CivilDateTime(date: today, time: time)))
        case .weekday(let weekday):
            let ahead = (weekday.rawValue - today.weekday.rawValue + 7) % 7
            let count = context == .past ? (ahead == 0 ? 0 : ahead - 7) : (ahead == 0 && context == .snooze ? 7 : ahead)
            return day(today.adding(days: count))
        case .lastWeekday(let weekday):
            let back = (today.weekday.rawValue - weekday.rawValue + 7) % 7
            return day(today.adding(days: -(back == 0 ? 7 : back)))
        case .nextWeek: return day(ISOWeek(containing: today).next.monday)
        case .span(let count): return days(context == .past ? -count : count)
        case .ago(let count): return days(-count)
        case .ahead(let count): return days(count)
        case .hours(let count): return .instant(now.adding(seconds: Int64(context == .past ? -count : count) * 3_600))
        case .slot: return .slot
        }
    }

    /// What a day alone means.
    private func day(_ date: CivilDate, _ context: TimeContext, now: Instant, _ zone: Zone) -> TimeResolution {
        switch context {
        case .moment, .rangeEdge: return .instant(zone.start(of: date))
        case .past:
            let noon = zone.instant(CivilDateTime(date: date, time: .noon))
            // Today, said before noon, is no time to come.
            return .instant(date == zone.date(now) ? min(now, noon) : noon)
        case .snooze: return .firstMoment(of: date)
        }
    }
}
