import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// Who has a place in a week, and in which order: Monday 26 January, two a day, five a week.
@Suite("The order of the week")
struct WeekOrderTests {
    static let now = Berlin.at("2026-01-26 08:00")

    /// People who are due (`a`, the best first) and dormant (`x`, `y`, …), and what the week has delivered.
    struct Example: CustomTestStringConvertible {
        let due: Int
        let dormant: Int
        var delivered: [NudgeReason] = []
        let thisWeek: String
        let next: String
        var testDescription: String { "\(due) due, \(dormant) dormant, delivered \(delivered)" }
    }

    static let examples = [
        Example(due: 3, dormant: 0, thisWeek: "abc", next: ""),
        Example(due: 7, dormant: 0, thisWeek: "abcde", next: "fg"),
        // Three due, one dormant, then the other due; of the next week the same.
        Example(due: 9, dormant: 3, thisWeek: "abcxd", next: "efgyh"),
        Example(due: 3, dormant: 3, thisWeek: "abcx", next: "yz"),
        Example(due: 4, dormant: 3, thisWeek: "abcxd", next: "yz"),
        Example(due: 2, dormant: 3, thisWeek: "abxy", next: "z"),
        Example(due: 0, dormant: 5, thisWeek: "xy", next: "zv"),
        // What was delivered is taken off.
        Example(due: 9, dormant: 3, delivered: [.due], thisWeek: "abxc", next: "defyg"),
        Example(due: 9, dormant: 3, delivered: [.due, .late, .due], thisWeek: "xa", next: "bcdye"),
        Example(due: 9, dormant: 3, delivered: [.dormant], thisWeek: "abcd", next: "efgxh"),
        Example(due: 1, dormant: 3, delivered: [.dormant, .due], thisWeek: "ax", next: "yz"),
        Example(due: 9, dormant: 3, delivered: [.due, .due, .due, .dormant, .due], thisWeek: "", next: "abcxd"),
    ]

    static func stage(_ example: Example) -> PlannerStage {
        var stage = PlannerStage()
        for (index, uid) in "abcdefghi".prefix(example.due).enumerated() {
            stage.keep("\(uid)", atWorst: 400)
            stage.meet("2025-12-\(padded(index + 1, 2)) 10:00", with: ["\(uid)"])
        }
        for (index, uid) in "xyzvw".prefix(example.dormant).enumerated() {
            stage.keep("\(uid)")
            stage.meet("2024-0\(index + 1)-10 10:00", with: ["\(uid)"])
        }
        for (index, reason) in example.delivered.enumerated() {
            stage.keep("gone\(index)")
            stage.meet("2025-12-09 1\(index):00", with: ["gone\(index)"])
            var record = PlannerStage.record("met-2025-12-09", due: "2026-01-20", uid: "gone\(index)")
            record.reason = reason
            stage.deliver(record, at: "2026-01-26 00:0\(index)")
        }
        return stage
    }

    /// The people placed in a week, in the order of time.
    static func placed(_ plan: Plan, from first: String) -> String {
        let week = ISOWeek(containing: Berlin.day(first))
        let placed = plan.nudges.filter { $0.slot.map { ISOWeek(containing: Berlin.zone.date($0.start)) } == week }
        return placed.map(\.record.id.contacts[0].uid).joined()
    }

    @Test("Three due, one dormant, then the others due, less what the week delivered", arguments: examples)
    func order(_ example: Example) {
        var stage = Self.stage(example)
        stage.policy.perDay = 3
        let plan = stage.plan(at: Self.now)
        #expect(Self.placed(plan, from: "2026-01-26") == example.thisWeek)
        #expect(Self.placed(plan, from: "2026-02-02") == example.next)
        #expect(plan.nudges.allSatisfy { $0.slot != nil || $0.waiting == .budget || $0.waiting == .answer })
    }

    @Test("A nudge to somebody dormant says so, also one that waits already")
    func reason() {
        var stage = Self.stage(Example(due: 0, dormant: 1, thisWeek: "x", next: ""))
        #expect(stage.turn(at: Self.now).nudges.map(\.record.reason) == [.dormant])
        stage.view.nudges[0].reason = .late
        #expect(stage.plan(at: Self.now).nudges.map(\.record.reason) == [.dormant])
        // While a source is gone, nobody is longer silent than they were.
        stage.view.nudges[0].reason = .due
        stage.contents.sources = [SourceReading(path: "/a", kind: .calendar, items: 0, problem: "not there")]
        #expect(stage.plan(at: Self.now).nudges.map(\.record.reason) == [.due])
    }

    @Test("Who can use few moments has them, though others come first, who can use them too")
    func together() {
        var stage = PlannerStage()
        for uid in ["ben", "cem"] { stage.keep(uid, atWorst: 400) }
        stage.meet("2025-12-01 10:00", with: ["ben"])
        stage.log(.met, "2025-12-09", "cem")
        // Cem is called, in New York: of Monday only the moments after 14:00 suit.
        stage.card("cem") { card in
            (card.emails, card.phones) = ([], ["+1 555 0100"])
            card.zone = Zone(name: "New York", rules: .fixed(seconds: -18_000))
        }
        stage.policy.perWeek = 1
        stage.block("2026-01-26 09:00", minutes: 330)
        // One a week: this one has two moments, the next two in a morning.
        stage.daysOff = [
            Berlin.day("2026-01-27")...Berlin.day("2026-01-30"), Berlin.day("2026-02-03")...Berlin.day("2026-02-06"),
        ]
        stage.block("2026-02-02 12:00", minutes: 330)
        let plan = stage.plan(at: Self.now)
        let places = plan.nudges.map {
            "\($0.record.id.contacts[0].uid) " + ($0.slot.map { Berlin.text($0.start) } ?? "-")
        }
        #expect(places == ["cem Mon 26 14:35", "ben Mon 2 09:00"])
    }

    @Test("Thousands who are due are placed as quickly as a few")
    func many() {
        var stage = PlannerStage()
        for index in 0..<2_000 {
            stage.keep("p\(index)", Network.allCases[index % 3], every: 7, firstSeen: "2025-01-01")
        }
        let plan = stage.plan(at: Self.now)
        #expect(plan.nudges.count == 2_000 && plan.nudges.count { $0.slot != nil } == 10)
    }

    @Test("Where only a digest delivers it has what the week has room for, in the same order, and spends")
    func digestOnly() {
        var stage = Self.stage(Example(due: 9, dormant: 3, thisWeek: "", next: ""))
        stage.policy.channels = [
            ChannelProfile(name: .email, carriesNudges: false, digestTime: TimeOfDay(hour: 8, minute: 0))
        ]
        var plan = stage.turn(at: Self.now)
        let delivered = plan.nudges.filter { $0.waiting == .digestOnly }
        #expect(Set(delivered.map(\.record.id.contacts[0].uid)) == ["a", "b", "c", "d", "x"])
        #expect(plan.nudges.count { $0.waiting == .budget } == 7)
        let shown = digestNudges(plan: plan, world: stage.world(at: Self.now), policy: stage.policy)
        #expect(shown.count == 5)
        // It goes out, and with it the week.
        #expect(stage.view.deliveries.count == 1)
        stage.view.deliveries[0].state = .sent
        stage.view.deliveries[0].sentAt = Self.now
        for nudge in shown { stage.change(nudge.record.id) { $0 = $0.shown(at: Self.now, wasSeen: true) } }
        plan = stage.plan(at: Berlin.at("2026-01-27 08:00"))
        #expect(plan.spentThisWeek == 5 && plan.spentToday == 0)
        #expect(plan.nudges.count { $0.waiting == .budget } == 7 && plan.nudges.count { $0.waiting == .answer } == 5)
    }
}
