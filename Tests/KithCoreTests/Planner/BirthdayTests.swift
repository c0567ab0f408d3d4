import CivilTime
import KithCore
import KithTesting
import Testing

/// Birthdays and anniversaries: Mira's is on Tuesday 27 January.
@Suite("Birthdays")
struct BirthdayTests {
    static let id = NudgeID(kind: .birthday, contacts: [ContactID("mira")], cycle: "2026")

    static func stage(_ change: (inout PlannerStage) -> Void = { _ in }) -> PlannerStage {
        var stage = PlannerStage()
        stage.keep("mira", .personal, birthday: AnnualDate(month: 1, day: 27, year: 1980))
        stage.meet("2025-11-10 19:00", with: ["mira"])
        stage.meet("2026-01-10 19:00", with: ["mira"])
        change(&stage)
        return stage
    }

    static func told(_ stage: PlannerStage, from: String = "2026-01-25 08:00") -> [String] {
        var stage = stage
        return stage.play(from: from, until: "2026-02-02 00:00").map { Berlin.text($0.at) }
    }

    @Test("It is told once, on the day from nine o'clock, and passes three days later")
    func once() {
        var stage = Self.stage()
        #expect(
            stage.play(from: "2026-01-25 08:00", until: "2026-01-31 00:00").map { Berlin.text($0.at) } == [
                "Tue 27 09:00"
            ]
        )
        #expect(stage.nudge(Self.id)?.state == .delivered)
        stage.turn(at: Berlin.at("2026-01-31 00:00"))
        #expect(
            stage.nudge(Self.id)?.state == .expired(.past) && stage.nudge(Self.id)?.closed == Berlin.day("2026-01-31")
        )
    }

    static let examples = [
        ToldExample("on a Sunday", ["Sun 1 09:00"]) { $0.card("mira") { $0.birthday = AnnualDate(month: 2, day: 1) } },
        ToldExample("on a day off", ["Tue 27 09:00"]) { $0.daysOff = [PlannerStage.today...PlannerStage.today] },
        ToldExample("of a strategic tie", ["Tue 27 09:00"]) { $0.rule("mira") { $0.networks = [.strategic] } },
        ToldExample("with quiet until ten", ["Tue 27 10:00"]) { $0.policy.quiet = QuietHours(start: 1_260, end: 600) },
        ToldExample("with quiet at noon only", ["Tue 27 09:00"]) { $0.policy.quiet = QuietHours(start: 720, end: 780) },
        ToldExample("with quiet from eight to half past nine", ["Tue 27 09:30"]) {
            $0.policy.quiet = QuietHours(start: 480, end: 570)
        },
        ToldExample("with a meeting until ten", ["Tue 27 10:05"]) { $0.block("2026-01-27 08:30", minutes: 90) },
        ToldExample("with four minutes before a meeting", ["Tue 27 11:05"]) {
            $0.block("2026-01-27 08:00", minutes: 55)
            $0.block("2026-01-27 09:04", minutes: 116)
        },
        ToldExample("with the budget spent", ["Tue 27 09:00"]) { ($0.policy.perDay, $0.policy.perWeek) = (0, 0) },
        ToldExample("with another message at eight", ["Tue 27 10:00"]) {
            $0.deliver(PlannerStage.record("met-2025-12-01", due: "2026-01-12"), at: "2026-01-27 08:00")
        },
        ToldExample("of somebody who has died", []) { $0.card("mira") { $0.isDeceased = true } },
        ToldExample("of somebody dropped", []) { $0.rule("mira") { $0.isDropped = true } },
        ToldExample("taken off the card", []) { $0.card("mira") { $0.birthday = nil } },
    ]

    @Test(
        "It comes in the first free five minutes from nine on, whatever the hours and the budget",
        arguments: examples
    )
    func told(_ example: ToldExample) {
        #expect(Self.told(Self.stage(example.change)) == example.told)
    }

    @Test("It stands in lists from ten days before, and no sooner")
    func notice() {
        #expect(Self.stage().plan(at: Berlin.at("2026-01-16 23:00")).nudges.isEmpty)
        let plan = Self.stage().plan(at: Berlin.at("2026-01-17 00:00"))
        #expect(plan.nudges.map(\.record.id) == [Self.id] && plan.enqueued.isEmpty)
    }

    @Test(
        "Of somebody first seen after the day nothing is told; of somebody seen before it is",
        arguments: [("2026-01-26", 1), ("2026-01-27", 1), ("2026-01-28", 0)]
    )
    func newcomer(firstSeen: String, count: Int) {
        var stage = Self.stage { $0.view.firstSeen[ContactID("mira")] = Berlin.day(firstSeen) }
        #expect(stage.turn(at: Berlin.at("2026-01-28 12:00")).nudges.count == count)
        stage.view.firstSeen = [:]
        #expect(stage.turn(at: Berlin.at("2026-01-28 12:00")).nudges.count == count)
    }

    @Test("Of somebody kept since before the day it is told by the first plan that sees them")
    func since() {
        let stage = Self.stage {
            $0.view.firstSeen = [:]
            $0.rule("mira") { $0.since = Berlin.day("2025-10-01") }
        }
        #expect(stage.plan(at: Berlin.at("2026-01-28 12:00")).nudges.map(\.record.id) == [Self.id])
    }

    @Test("Birthdays of one day share a message; an anniversary of that day comes two hours later")
    func shared() {
        var stage = Self.stage {
            $0.keep("ben", firstSeen: "2026-01-20", birthday: AnnualDate(month: 1, day: 27))
            $0.keep("cem", firstSeen: "2026-01-20", anniversary: AnnualDate(month: 1, day: 27, year: 2001))
        }
        let sent = stage.play(from: "2026-01-26 08:00", until: "2026-01-28 00:00")
        #expect(
            sent.map { $0.nudges.map(\.text) } == [
                ["birthday/2026/ben", "birthday/2026/mira"], ["anniversary/2026/cem"],
            ]
        )
        #expect(sent.map { Berlin.text($0.at) } == ["Tue 27 09:00", "Tue 27 11:00"])
    }

    @Test("A message that was not seen comes again, two hours later, three times at most")
    func unseen() {
        var stage = Self.stage()
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-02-02 00:00", wasSeen: false)
        #expect(sent.map { Berlin.text($0.at) } == ["Tue 27 09:00", "Tue 27 11:00", "Tue 27 13:00"])
        #expect(sent.map(\.occasion) == ["1", "2", "3"])
    }

    @Test("Taken off the card it is withdrawn; written again it is wanted again")
    func cardChanges() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-20 12:00"))
        stage.card("mira") { $0.birthday = AnnualDate(month: 6, day: 1) }
        stage.turn(at: Berlin.at("2026-01-21 12:00"))
        #expect(stage.nudge(Self.id)?.state == .expired(.withdrawn))
        stage.card("mira") { $0.birthday = AnnualDate(month: 1, day: 27) }
        stage.turn(at: Berlin.at("2026-01-22 12:00"))
        #expect(stage.nudge(Self.id)?.state == .pending)
    }

    @Test("A date that is corrected on the card is told on the right day")
    func corrected() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-25 08:00"))
        stage.card("mira") { $0.birthday = AnnualDate(month: 1, day: 29) }
        #expect(Self.told(stage, from: "2026-01-25 09:00") == ["Thu 29 09:00"])
    }

    @Test("Put off to the evening it comes then; put off beyond its days it passes")
    func snoozed() throws {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 12:00")
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 18:00"), isNamed: true) }
        #expect(
            stage.play(from: "2026-01-27 12:00", until: "2026-01-28 00:00").map { Berlin.text($0.at) } == [
                "Tue 27 18:00"
            ]
        )
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at("2026-02-10 18:00"), isNamed: false) }
        #expect(stage.play(from: "2026-01-28 00:00", until: "2026-02-10 17:00").isEmpty)
        #expect(stage.nudge(Self.id)?.state.name == "snoozed")
        stage.turn(at: Berlin.at("2026-02-10 18:00"))
        #expect(stage.nudge(Self.id)?.state == .expired(.past))
    }

    @Test("One of three bubbles a day is kept for whom it is time to write to")
    func leavesRoom() {
        var stage = PlannerStage()
        for (uid, day) in [("a", 25), ("b", 26), ("c", 27)] {
            stage.keep(uid, every: 300, birthday: AnnualDate(month: 1, day: day))
            stage.meet("2026-01-10 1\(day % 10):00", with: [uid])
        }
        stage.keep("ana")
        stage.meet("2025-12-09 10:00")
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00")
        #expect(sent.map { $0.nudges[0].kind } == [.birthday, .birthday, .reconnect])
        // Without anybody to write to, all three come.
        stage = PlannerStage()
        for (uid, day) in [("a", 25), ("b", 26), ("c", 27)] {
            stage.keep(uid, every: 300, birthday: AnnualDate(month: 1, day: day))
            stage.meet("2026-01-10 1\(day % 10):00", with: [uid])
        }
        #expect(stage.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00").count == 3)
    }
}
