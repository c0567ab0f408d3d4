import CivilTime
import KithCore
import KithTesting
import Testing

/// A second look before an attempt: Ana's nudge was planned for nine on Tuesday 27 January.
@Suite("A second look")
struct RecheckTests {
    static let id = PlannerStage.reconnect("met-2025-12-09")

    static func stage() -> PlannerStage {
        var stage = OutboxTests.stage()
        stage.turn(at: OutboxTests.morning)
        return stage
    }

    /// The outcome, in words.
    static func look(_ stage: PlannerStage, at time: String) throws -> String {
        let now = Berlin.at(time)
        let row = try #require(stage.view.deliveries.first)
        return switch recheck(row, stage.world(at: now), stage.view, at: now, policy: stage.policy) {
        case .go(let slot): "go" + (slot.map { " until \(Berlin.text($0.end))" } ?? "")
        case .wait(let until): "wait until \(Berlin.text(until))"
        case .unwanted: "unwanted"
        }
    }

    /// When it looks again, at what, and what it finds.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let at: String
        let outcome: String
        let change: @Sendable (inout PlannerStage) -> Void

        init(
            _ name: String,
            _ at: String,
            _ outcome: String,
            _ change: @escaping @Sendable (inout PlannerStage) -> Void = { _ in }
        ) {
            (testDescription, self.at, self.outcome, self.change) = (name, at, outcome, change)
        }
    }

    /// So many hours east.
    static func zone(_ hours: Int) -> Zone { Zone(name: "\(hours)", rules: .fixed(seconds: hours * 3_600)) }

    static let examples = [
        Example("still free", "2026-01-27 09:00", "go until Tue 27 17:30"),
        Example("at a later time of the gap", "2026-01-27 16:00", "go until Tue 27 17:30"),
        Example("five minutes before the hours end", "2026-01-27 17:25", "go until Tue 27 17:30"),
        Example("after that", "2026-01-27 17:26", "wait until Wed 28 09:00"),
        Example("in quiet hours", "2026-01-27 23:00", "wait until Wed 28 09:00"),
        Example("before the hours", "2026-01-28 08:30", "wait until Wed 28 09:00"),
        Example("on a Saturday", "2026-01-31 12:00", "wait until Mon 2 09:00"),
        Example("on a day off", "2026-01-27 10:00", "wait until Wed 28 09:00") {
            $0.daysOff = [PlannerStage.today...PlannerStage.today]
        },
        Example("in a meeting", "2026-01-27 10:00", "wait until Tue 27 11:05") {
            $0.block("2026-01-27 09:30", minutes: 90)
        },
        Example("four minutes after it", "2026-01-27 11:04", "wait until Tue 27 11:05") {
            $0.block("2026-01-27 09:30", minutes: 90)
        },
        Example("before a meeting", "2026-01-27 10:00", "go until Tue 27 11:00") {
            $0.block("2026-01-27 11:00", minutes: 90)
        },
        Example("with nothing free for a week", "2026-01-27 10:00", "wait until Wed 28 00:00") {
            $0.block("2026-01-27 09:00", minutes: 9 * 1_440)
        },
        Example("with the budget spent", "2026-01-27 10:00", "go until Tue 27 17:30") {
            ($0.policy.perDay, $0.policy.perWeek) = (0, 0)
        },
        Example("answered", "2026-01-27 10:00", "unwanted") {
            $0.change(id) { $0 = $0.answered(.met, on: PlannerStage.today) }
        },
        Example("shown meanwhile", "2026-01-27 10:00", "unwanted") {
            $0.change(id) { $0 = $0.shown(at: OutboxTests.morning, wasSeen: true) }
        },
        Example("shown unseen meanwhile", "2026-01-27 10:00", "unwanted") {
            $0.change(id) { $0 = $0.shown(at: OutboxTests.morning, wasSeen: false) }
        },
        Example("put off", "2026-01-27 10:00", "unwanted") {
            $0.change(id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 10:01"), isNamed: true) }
        },
        Example("put off until a named time that has come", "2026-01-27 18:30", "go until Tue 27 21:00") {
            $0.change(id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 18:30"), isNamed: true) }
        },
        Example("put off until free time, outside the hours", "2026-01-27 18:30", "wait until Wed 28 09:00") {
            $0.change(id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 18:30"), isNamed: false) }
        },
        Example("in the night of somebody who can only be called", "2026-01-27 12:00", "wait until Wed 28 09:00") {
            $0.card("ana") { ($0.emails, $0.phones, $0.zone) = ([], ["+8190"], zone(9)) }
        },
        Example("before their morning", "2026-01-27 10:00", "wait until Tue 27 14:00") {
            $0.card("ana") { ($0.emails, $0.phones, $0.zone) = ([], ["+1212"], zone(-5)) }
        },
        Example("in their day", "2026-01-27 14:00", "go until Tue 27 17:30") {
            $0.card("ana") { ($0.emails, $0.phones, $0.zone) = ([], ["+1212"], zone(-5)) }
        },
        Example("booked meanwhile", "2026-01-27 10:00", "unwanted") { $0.meet("2026-02-10 10:00") },
        Example("paused meanwhile", "2026-01-27 10:00", "unwanted") { $0.view.pausedUntil = Berlin.day("2026-02-10") },
        Example("dropped meanwhile", "2026-01-27 10:00", "unwanted") { $0.rule("ana") { $0.isDropped = true } },
        Example("the ledger lost", "2026-01-27 10:00", "unwanted") { $0.view.nudges = [] },
    ]

    @Test(
        "An attempt looks again at hours, quiet, meetings, days off and answers, never at the budget",
        arguments: examples
    )
    func nudge(_ example: Example) throws {
        var stage = Self.stage()
        example.change(&stage)
        #expect(try Self.look(stage, at: example.at) == example.outcome)
    }

    @Test(
        "A digest waits for the end of quiet, goes into meetings, and ends with its week",
        arguments: [
            ("2026-01-27 09:10", "go"), ("2026-01-27 21:30", "wait until Wed 28 08:00"), ("2026-02-01 20:59", "go"),
            ("2026-02-02 09:00", "unwanted"), ("2026-01-25 12:00", "unwanted"),
        ]
    )
    func digest(at: String, outcome: String) throws {
        var stage = PlannerStage()
        stage.policy.channels = [OutboxTests.digest]
        stage.turn(at: Berlin.at("2026-01-26 07:30"))
        stage.block("2026-01-27 09:00", minutes: 60)
        #expect(try Self.look(stage, at: at) == outcome)
    }

    @Test(
        "Word of a source that is gone waits for free time, and is needless when it is back",
        arguments: [
            ("2026-01-29 09:10", false, "wait until Thu 29 10:05"), ("2026-01-29 11:00", false, "go"),
            ("2026-01-29 22:00", false, "wait until Fri 30 08:00"), ("2026-01-29 11:00", true, "unwanted"),
        ]
    )
    func source(at: String, isBack: Bool, outcome: String) throws {
        var stage = MessageTests.stage(items: 0, problem: "not there")
        stage.turn(at: Berlin.at("2026-01-29 08:00"))
        stage.block("2026-01-29 09:00", minutes: 60)
        if isBack { stage.contents.sources[0] = SourceReading(path: "/media/work", kind: .calendar, items: 12) }
        #expect(try Self.look(stage, at: at) == outcome)
    }

    @Test("A trial goes at any time")
    func trial() throws {
        var stage = PlannerStage()
        let key = DeliveryKey(subject: .trial, channel: .desktop, occasion: "1")
        stage.view.deliveries = [DeliveryRecord(key: key, plannedAt: OutboxTests.morning)]
        #expect(try Self.look(stage, at: "2026-01-27 23:30") == "go")
    }
}
