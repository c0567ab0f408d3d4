import CivilTime
import KithCore

/// Whom chance may name, by the rules alone.
extension Oracle {
    /// The first day of a week of seven, as a number of days.
    static func monday(of date: CivilDate) -> Int { date.daysSinceEpoch - date.weekday.rawValue }

    /// What forbids to draw somebody for this week; `nil` where nothing does.
    ///
    /// - Parameters:
    ///   - due: When the plan would bring them up; `nil` of somebody who is not kept.
    ///   - firstSeen: Stands for the last contact where none is known.
    ///   - nudged: The days on which a nudge about them was shown.
    func objection(to person: Int, due: CivilDate?, firstSeen: CivilDate?, nudged: [CivilDate]) -> String? {
        let monday = Self.monday(of: today)
        let it = people[person]
        guard canBeNamed(person) else { return "dropped, dead or without a card" }
        let before = contacts[person].filter { $0.date.daysSinceEpoch < monday }
        let alone = Set(before.filter { $0.weight == 100 }.map(\.date))
        if it.isStranger, alone.count < 2 { return "not kept, and met one to one on \(alone.count) days" }
        let last = before.filter { $0.weight >= 50 || $0.isLine }.map(\.date).max() ?? firstSeen
        guard let last, last.daysSinceEpoch < monday else { return "nothing known of before Monday" }
        if let near = before.first(where: { monday - $0.date.daysSinceEpoch < 28 }) { return "seen on \(near.date)" }
        if let next = ahead[person].first(where: { $0.daysSinceEpoch - monday < 28 }) { return "to be seen on \(next)" }
        if isBooked(person) { return "booked" }
        if let due, due.daysSinceEpoch - monday < 28 { return "due on \(due)" }
        if let shown = nudged.first(where: { monday - $0.daysSinceEpoch < 180 }) { return "nudged on \(shown)" }
        if let until = it.pausedUntil, until > today { return "paused until \(until)" }
        return birthdays(person).contains { (0...10).contains($0) } ? "a birthday comes" : nil
    }

    /// Whether this week is one of the even ones, counted from that of 5 January 1970.
    var isEvenWeek: Bool { (Self.monday(of: today) - 4) / 7 % 2 == 0 }
}
