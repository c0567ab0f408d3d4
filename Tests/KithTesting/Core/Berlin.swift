package import CivilTime

/// Days and times as the staged worlds have them: in Berlin, by the rule that holds there today.
package enum Berlin {
    package static let zone = Zone(
        name: "Europe/Berlin",
        rules: ZoneRules(initialOffset: 3_600, transitions: [], tail: TailRule("CET-1CEST,M3.5.0,M10.5.0/3".utf8))
    )

    /// Reads `2026-01-27`.
    package static func day(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
        return date
    }

    /// Reads `2026-01-27 14:16`, or `2026-01-27` for the start of the day.
    package static func at(_ text: String) -> Instant {
        let parts = text.split(separator: " ").map { String($0) }
        return at(day(parts.first ?? ""), parts.count > 1 ? parts[1] : "00:00")
    }

    /// A time of a day, `14:16`; `24:00` is the start of the next.
    package static func at(_ day: CivilDate, _ time: String) -> Instant {
        let numbers = time.split(separator: ":").compactMap { Int($0) }
        guard numbers.count == 2 else { preconditionFailure("\(time) is no time") }
        if numbers[0] == 24 { return zone.start(of: day.adding(days: 1)) }
        guard let time = TimeOfDay(hour: numbers[0], minute: numbers[1]) else {
            preconditionFailure("\(time) is no time")
        }
        return zone.instant(CivilDateTime(date: day, time: time))
    }

    /// `Tue 27 14:10`, for results in tables.
    package static func text(_ instant: Instant) -> String {
        let local = zone.local(instant)
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return "\(names[local.date.weekday.rawValue]) \(local.date.day) \(local.time)"
    }
}
