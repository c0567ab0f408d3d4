import CivilTime
import KithCore

extension Policy {
    mutating func read(hours setting: Setting) throws(SettingError) {
        let map = try setting.map("hours", keys: ["work", "personal", "quiet"])
        if let work = map["work"] { self.work = try WeekHours(reading: work, key: "work") }
        if let personal = map["personal"] { self.personal = try WeekHours(reading: personal, key: "personal") }
        if let quiet = map["quiet"] {
            let expected = "e.g. \"21:00-08:00\""
            let text = try quiet.text("quiet")
            guard let range = clockRange(text[...]), range.start < 1_440 else {
                throw quiet.failure("quiet", isNot: "a range of hours", expected: expected)
            }
            // The end of the day is the start of the next.
            self.quiet = QuietHours(start: range.start, end: range.end % 1_440)
        }
    }

    mutating func read(budget setting: Setting) throws(SettingError) {
        let map = try setting.map("budget", keys: ["per_day", "per_week"])
        if let day = map["per_day"] { perDay = try day.integer("per_day", in: 0...3) }
        if let week = map["per_week"] { perWeek = try week.integer("per_week", in: 0...21) }
    }
}

extension WeekHours {
    /// Reads `Mon-Fri 17:30-20:30, Sat-Sun 10:00-19:00`; a day may stand several times, nothing at all means no hours.
    init(reading setting: Setting, key: String) throws(SettingError) {
        let bad = setting.failure(key, isNot: "hours", expected: "e.g. \"Mon-Fri 09:00-17:30, Sat 10:00-12:00\"")
        guard case .scalar(let text, _) = setting.value else { throw bad }
        var days: [Weekday: [DayHours]] = [:]
        for piece in text.split(separator: ",") {
            let words = piece.split(separator: " ")
            guard words.count == 2, let week = weekdays(words[0]), let range = clockRange(words[1]),
                let hours = DayHours(start: range.start, end: range.end)
            else { throw bad }
            for day in week { days[day, default: []].append(hours) }
        }
        self.init(days: days.mapValues { $0.sorted { $0.start < $1.start } })
    }
}

/// `Mon-Fri`, `Sat`, `Fri-Mon`.
private func weekdays(_ text: Substring) -> [Weekday]? {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { part in
        names.firstIndex(of: String(part))
    }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
    let count = (last - first + 7) % 7
    return (0...count).compactMap { Weekday(rawValue: (first + $0) % 7) }
}

/// `09:00-17:30` in minutes; `24:00` is the end of the day.
private func clockRange(_ text: Substring) -> (start: Int, end: Int)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { minutes($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
    return (start, end)
}

/// `9:00`, `09:00`, `24:00`.
package func minutes(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, let hour = decimal(parts[0].utf8),
        let minute = decimal(parts[1].utf8),
        minute < 60, hour < 24 || hour == 24 && minute == 0
    else { return nil }
    return hour * 60 + minute
}
