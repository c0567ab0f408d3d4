package import CivilTime

/// The words of dates, times and lengths: English stands here and in the files beside this one, and nowhere else.
package enum Phrases {
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let longWeekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    static let longMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let numbers = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]

    /// `Tue 27 Jan`.
    package static func day(_ date: CivilDate) -> String {
        "\(weekdays[date.weekday.rawValue]) \(dayOfMonth(date))"
    }

    /// `27 Jan`.
    static func dayOfMonth(_ date: CivilDate) -> String {
        "\(date.day) \(months[date.month - 1])"
    }

    /// `Tue 9 Dec` within half a year of today, else `9 Dec 2023`.
    package static func day(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        abs(date.days(since: today)) <= 183 ? day(date) : "\(dayOfMonth(date)) \(date.year)"
    }

    /// `20 Jan`, with the year where it is far off.
    package static func shortDay(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        abs(date.days(since: today)) <= 183 ? dayOfMonth(date) : "\(dayOfMonth(date)) \(date.year)"
    }

    static let today = "today"
    static let tomorrow = "tomorrow"

    /// `today`, `tomorrow`, `Friday` within a week, else `Fri 6 Feb`.
    static func nearDay(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        switch date.days(since: today) {
        case 0: Phrases.today
        case 1: tomorrow
        case -6...6: longWeekdays[date.weekday.rawValue]
        default: day(date)
        }
    }

    /// `March` within eleven months, else `2022`.
    static func month(_ date: CivilDate, seenFrom today: CivilDate) -> String {
        today.days(since: date) < 330 ? longMonths[date.month - 1] : String(date.year)
    }

    /// `June 2022`.
    static func month(_ date: CivilDate) -> String { "\(longMonths[date.month - 1]) \(date.year)" }

    /// `14:30`.
    package static func clock(_ instant: Instant, _ zone: Zone) -> String {
        let time = zone.local(instant).time
        return "\(padded(time.hour, 2)):\(padded(time.minute, 2))"
    }

    /// `7 weeks`, `3 months`, `3 years`: as people say it.
    package static func length(days: Int) -> String {
        func text(_ number: Int, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        return switch days {
        case ..<14: text(max(0, days), "day")
        case ..<70: text(days / 7, "week")
        case ..<730: text(days / 30, "month")
        default: text(days / 365, "year")
        }
    }

    /// `two people`, `42 people`.
    static func people(_ count: Int) -> String {
        "\(number(count)) \(count == 1 ? "person" : "people")"
    }

    /// `two`, `42`.
    static func number(_ count: Int) -> String {
        numbers.indices.contains(count) ? numbers[count] : grouped(count)
    }

    /// `1,204`.
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// `1 event`, `1,204 events`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// `Ana`, `Ana and Ben`, `Ana, Ben and Priya`.
    static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    /// An event's title in quotes, cut where it is long; quotes in it are single, so that its end is seen.
    static func quoted(_ title: String, limit: Int = 40) -> String {
        var text = String.UnicodeScalarView()
        for scalar in shortened(printable(title), to: limit).unicodeScalars {
            text.append(scalar == "\"" ? "'" : scalar)
        }
        return text.isEmpty ? "untitled" : "\"\(String(text))\""
    }

    /// The last two parts of a path, with a line.
    package static func place(_ place: Place, parts: Int = 1) -> String {
        let name = place.file.split(separator: "/").suffix(parts).joined(separator: "/")
        return printable(name) + (place.line.map { ":\($0)" } ?? "")
    }
}
