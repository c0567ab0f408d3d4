import CivilTime
import KithCore
import KithTesting
import Testing

/// A line after the first meeting: Leila, kept since 20 January, was first met on Friday 23 January.
@Suite("Follow up")
struct FollowUpTests {
    static func id(_ step: Int, _ uid: String = "panel") -> NudgeID {
        NudgeID(kind: .followUp, contacts: [ContactID("leila")], cycle: "\(uid)  \(step)")
    }

    static func stage(_ change: (inout PlannerStage) -> Void = { _ in }) -> PlannerStage {
        var stage = PlannerStage()
        stage.keep("leila", firstSeen: "2026-01-20")
        stage.meet("2026-01-23 10:00", with: ["leila"], uid: "panel")
        change(&stage)
        return stage
    }

    static func told(_ stage: PlannerStage, from: String = "2026-01-23 12:00") -> [String] {
        var stage = stage
        return stage.play(from: from, until: "2026-03-01 00:00").filter { $0.nudges[0].kind == .followUp }.map {
            Berlin.text($0.at)
        }
    }

    static let both = ["Mon 26 09:00", "Fri 13 09:00"]
    static let examples = [
        ToldExample("nothing else", both) { _ in },
        ToldExample("with the budget spent", both) { ($0.policy.perDay, $0.policy.perWeek) = (0, 0) },
        ToldExample("a friend", ["Mon 26 17:30", "Fri 13 17:30"]) { $0.rule("leila") { $0.networks = [.personal] } },
        ToldExample("met among four", both) {
            $0.cancel("panel")
            $0.meet("2026-01-23 10:00", with: ["leila", "a", "b", "c"], uid: "panel")
        },
        ToldExample("met among five", []) {
            $0.cancel("panel")
            $0.meet("2026-01-23 10:00", with: ["leila", "a", "b", "c", "d"], uid: "panel")
        },
        ToldExample("seen in a crowd before", both) {
            $0.meet("2026-01-21 10:00", with: ["leila", "a", "b", "c", "d"], uid: "crowd")
        },
        ToldExample("met before", []) { $0.meet("2025-12-09 10:00", with: ["leila"]) },
        ToldExample("known to have been met before", []) { $0.log(.met, "2026-01-21", "leila") },
        ToldExample("only said to have been met", []) {
            $0.cancel("panel")
            $0.log(.met, "2026-01-23", "leila")
        },
        ToldExample("written to the next day", []) { $0.log(.wrote, "2026-01-24", "leila") },
        ToldExample("written to the same day", []) { $0.log(.wrote, "2026-01-23", "leila") },
        ToldExample("written to before", both) { $0.log(.wrote, "2026-01-22", "leila") },
        ToldExample("said to have been met that day", both) { $0.log(.met, "2026-01-23", "leila") },
        ToldExample("met again in between", ["Mon 26 09:00"]) { $0.meet("2026-02-03 10:00", with: ["leila"]) },
        ToldExample("every two weeks", ["Mon 26 09:00"]) { $0.rule("leila") { $0.every = 14 } },
        ToldExample("every three days", []) { $0.rule("leila") { $0.every = 3 } },
        ToldExample("a day off", ["Tue 27 09:00", "Fri 13 09:00"]) {
            $0.daysOff = [Berlin.day("2026-01-26")...Berlin.day("2026-01-26")]
        },
        ToldExample("away for the week", ["Fri 13 09:00"]) {
            $0.daysOff = [Berlin.day("2026-01-26")...Berlin.day("2026-02-01")]
        },
        ToldExample("kept a week after", both) { $0.view.firstSeen[ContactID("leila")] = Berlin.day("2026-01-30") },
        ToldExample("kept eight days after", []) { $0.view.firstSeen[ContactID("leila")] = Berlin.day("2026-01-31") },
        ToldExample("kept a week after, in so many words", both) {
            $0.view.firstSeen = [:]
            $0.rule("leila") { $0.since = Berlin.day("2026-01-30") }
        },
        ToldExample("dropped", []) { $0.rule("leila") { $0.isDropped = true } },
    ]

    @Test(
        "A step comes on the 3rd and on the 21st day, in the network's hours, unless there was contact since",
        arguments: examples
    )
    func told(_ example: ToldExample) {
        #expect(Self.told(Self.stage(example.change)) == example.told)
    }

    @Test("A step lives for seven days, seen or not")
    func life() {
        var stage = Self.stage()
        stage.play(from: "2026-01-23 12:00", until: "2026-02-02 00:00")
        #expect(stage.nudge(Self.id(3))?.state == .delivered)
        stage.turn(at: Berlin.at("2026-02-02 00:00"))
        #expect(stage.nudge(Self.id(3))?.state == .expired(.past))
        #expect(stage.nudge(Self.id(3))?.closed == Berlin.day("2026-02-02"))
        #expect(Self.told(Self.stage(), from: "2026-02-02 08:00") == ["Fri 13 09:00"])
        #expect(Self.told(Self.stage(), from: "2026-02-20 08:00") == [])
    }

    @Test("It stands in lists six days ahead, so that the week's digest can name it")
    func notice() {
        var stage = Self.stage()
        #expect(stage.plan(at: Berlin.at("2026-01-23 11:00")).nudges.map(\.record.id) == [Self.id(3)])
        stage.play(from: "2026-01-23 12:00", until: "2026-02-06 00:00")
        #expect(stage.nudge(Self.id(21)) == nil)
        stage.turn(at: Berlin.at("2026-02-07 00:00"))
        #expect(stage.nudge(Self.id(21))?.state == .pending)
    }

    @Test("Contact answers what was shown, and takes back what was not")
    func answered() {
        var stage = Self.stage()
        stage.play(from: "2026-01-23 12:00", until: "2026-01-27 12:00")
        stage.meet("2026-01-27 10:00", with: ["leila"])
        stage.turn(at: Berlin.at("2026-01-27 12:00"))
        #expect(stage.nudge(Self.id(3))?.state == .answered(.evidence))
        stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-23 12:00"))
        stage.log(.wrote, "2026-01-24", "leila")
        stage.turn(at: Berlin.at("2026-01-24 13:00"))
        #expect(stage.nudge(Self.id(3))?.state == .expired(.withdrawn))
        stage.contents.journal = []
        stage.turn(at: Berlin.at("2026-01-24 14:00"))
        #expect(stage.nudge(Self.id(3))?.state == .pending)
    }

    @Test("A first meeting that is moved takes its steps along, open or withdrawn", arguments: [false, true])
    func moved(isWithdrawn: Bool) {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-23 12:00"))
        stage.cancel("panel")
        if isWithdrawn { stage.turn(at: Berlin.at("2026-01-23 12:30")) }
        stage.meet("2026-01-21 10:00", with: ["leila"], uid: "panel")
        let now = Berlin.at("2026-01-23 13:00")
        stage.turn(at: now)
        #expect(stage.nudge(Self.id(3))?.state == .pending && stage.nudge(Self.id(3))?.due == Berlin.day("2026-01-24"))
        #expect(stage.plan(at: now).put.isEmpty)
    }

    @Test("A meeting that turns out not to be the first takes it back; one that is merely out of sight does not")
    func earlier() {
        var stage = Self.stage { $0.contents.sources = [SourceReading(path: "/work", kind: .calendar, items: 1)] }
        stage.turn(at: Berlin.at("2026-01-23 12:00"))
        let meetings = stage.contents.meetings
        stage.contents.meetings = []
        stage.contents.sources[0].items = 0
        stage.turn(at: Berlin.at("2026-01-23 13:00"))
        #expect(stage.nudge(Self.id(3))?.state == .pending)
        stage.contents.meetings = meetings + [PlannerStage.meeting("old", "2026-01-12 10:00", with: ["leila"])]
        stage.contents.sources[0].items = 2
        stage.turn(at: Berlin.at("2026-01-23 14:00"))
        #expect(stage.nudge(Self.id(3))?.state == .expired(.withdrawn))
    }

    @Test("Each of two people met first is asked about in a bubble of their own")
    func two() {
        var stage = Self.stage {
            $0.cancel("panel")
            $0.keep("noor", firstSeen: "2026-01-20")
            $0.meet("2026-01-23 10:00", with: ["leila", "noor"], uid: "panel")
        }
        let sent = stage.play(from: "2026-01-26 08:00", until: "2026-01-27 00:00")
        #expect(sent.map { $0.nudges.map { $0.contacts[0].uid } } == [["leila"], ["noor"]])
        #expect(sent.map { Berlin.text($0.at) } == ["Mon 26 09:00", "Mon 26 11:00"])
    }

    @Test("Five hundred people imported with a meeting each, one a day, ask about the week before only")
    func imported() {
        var stage = PlannerStage()
        for index in 0..<500 {
            stage.keep("p\(index)", firstSeen: nil)
            stage.meet("\(PlannerStage.today.adding(days: -index)) 07:00", with: ["p\(index)"])
        }
        let plan = stage.turn(at: Berlin.at("2026-01-27 08:00"))
        #expect(plan.nudges.filter { $0.record.id.kind == .followUp }.count == 8)
    }
}
