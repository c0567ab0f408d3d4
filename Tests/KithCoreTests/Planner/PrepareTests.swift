import CivilTime
import KithCore
import KithTesting
import Testing

/// What is said before a meeting: Ben was met on 14 October, and again today, Tuesday 27 January, at 15:00.
@Suite("Prepare")
struct PrepareTests {
    static let id = NudgeID(kind: .prepare, contacts: [ContactID("ben")], cycle: "talk  2026-01-27T14:00:00Z")

    static func stage(_ change: (inout PlannerStage) -> Void = { _ in }) -> PlannerStage {
        var stage = PlannerStage()
        stage.keep("ben")
        stage.meet("2025-10-14 10:00", with: ["ben"], uid: "hiring")
        stage.meet("2026-01-27 15:00", with: ["ben"], uid: "talk")
        change(&stage)
        return stage
    }

    static func told(_ stage: PlannerStage, until: String = "2026-01-28 00:00") -> [String] {
        var stage = stage
        return stage.play(from: "2026-01-27 00:00", until: until).filter { $0.nudges[0].kind == .prepare }.map {
            Berlin.text($0.at)
        }
    }

    @Test("It is named by the event and its start, costs nothing, and passes when the meeting begins")
    func once() {
        var stage = Self.stage()
        let sent = stage.play(from: "2026-01-27 00:00", until: "2026-01-27 14:59")
        #expect(sent.map(\.nudges) == [[Self.id]] && sent.map { Berlin.text($0.at) } == ["Tue 27 14:55"])
        #expect(sent.map(\.isBudgeted) == [false] && sent[0].slot?.end == Berlin.at("2026-01-27 15:00"))
        #expect(stage.nudge(Self.id)?.state == .delivered)
        #expect(stage.plan(at: Berlin.at("2026-01-27 14:59")).next == Berlin.at("2026-01-27 15:00"))
        stage.turn(at: Berlin.at("2026-01-27 15:00"))
        #expect(stage.nudge(Self.id)?.state == .expired(.past))
    }

    static let examples = [
        ToldExample("taken until ten to", ["Tue 27 14:55"]) { $0.block("2026-01-27 14:00", minutes: 50) },
        ToldExample("taken from twenty to", ["Tue 27 14:35"]) { $0.block("2026-01-27 14:40", minutes: 20) },
        ToldExample("taken until eight to", []) { $0.block("2026-01-27 14:00", minutes: 52) },
        ToldExample("taken all the half hour", []) { $0.block("2026-01-27 14:30", minutes: 30) },
        ToldExample("in quiet hours", []) { $0.policy.quiet = QuietHours(start: 840, end: 960) },
        ToldExample("on a day off", ["Tue 27 14:55"]) { $0.daysOff = [PlannerStage.today...PlannerStage.today] },
        ToldExample("with the budget spent", ["Tue 27 14:55"]) { ($0.policy.perDay, $0.policy.perWeek) = (0, 0) },
        ToldExample("soon after another bubble", ["Tue 27 14:55"]) {
            $0.deliver(PlannerStage.record("met-2025-12-01", due: "2026-01-12"), at: "2026-01-27 14:30")
        },
        ToldExample("after three bubbles", []) {
            for hour in ["08", "10", "12"] {
                let record = PlannerStage.record("met-2025-12-\(hour)", due: "2026-01-12", uid: "p\(hour)")
                $0.deliver(record, at: "2026-01-27 \(hour):00")
            }
        },
        ToldExample("after a silence of half the cadence", []) { $0.meet("2026-01-06 10:00", with: ["ben"]) },
        ToldExample("after a day more", ["Tue 27 14:55"]) { $0.meet("2026-01-05 10:00", with: ["ben"]) },
        ToldExample("with somebody else there", []) {
            $0.cancel("talk")
            $0.meet("2026-01-27 15:00", with: ["ben", "cem"])
        },
        ToldExample("without a topic of last time", []) {
            $0.cancel("hiring")
            var meeting = PlannerStage.meeting("hiring", "2025-10-14 10:00", with: ["ben"])
            meeting.summary = " "
            $0.contents.meetings.append(meeting)
        },
        ToldExample("with nothing but a birthday near", ["Tue 27 14:55"]) {
            $0.cancel("hiring")
            $0.card("ben") { $0.birthday = AnnualDate(month: 2, day: 5) }
        },
        ToldExample("with nothing but a birthday far", []) {
            $0.cancel("hiring")
            $0.card("ben") { $0.birthday = AnnualDate(month: 2, day: 7) }
        },
        ToldExample("with nothing but a promise", ["Tue 27 14:55"]) {
            $0.cancel("hiring")
            $0.promise("the deck", "2026-02-20", to: "ben", on: "2025-11-03", action: .wrote)
        },
        ToldExample("with somebody who is a friend and of whom nothing is noted", []) {
            $0.rule("ben") { $0.networks = [.personal] }
        },
        ToldExample("with a friend of whom something is noted", ["Tue 27 14:55"]) {
            $0.rule("ben") { $0.networks = [.personal] }
            $0.note("new flat", "2025-11-03", "ben")
        },
        ToldExample("with somebody paused", []) { $0.rule("ben") { $0.pausedUntil = Berlin.day("2026-02-01") } },
        ToldExample("with somebody dropped", []) { $0.rule("ben") { $0.isDropped = true } },
        ToldExample("while everything is paused", []) { $0.view.pausedUntil = Berlin.day("2026-01-28") },
    ]

    @Test(
        "It comes in the last free five minutes of the half hour before, where it has something to say",
        arguments: examples
    )
    func told(_ example: ToldExample) {
        #expect(Self.told(Self.stage(example.change)) == example.told)
    }

    /// The days of a series with Ben, every so many days, and whether its meeting of today is prepared.
    static let series: [(name: String, days: [String], isTold: Bool)] = [
        ("weekly", ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"], false),
        ("weekly, begun today", ["2026-01-27", "2026-02-03", "2026-02-10"], false),
        ("weekly, ending today", ["2026-01-13", "2026-01-20", "2026-01-27"], false),
        ("weekly, with a holiday", ["2025-12-30", "2026-01-06", "2026-01-20", "2026-01-27", "2026-02-03"], false),
        ("weekly, on the next weekday", ["2026-01-19", "2026-01-27"], false),
        ("every nine days", ["2026-01-18", "2026-01-27"], true),
        ("fortnightly", ["2025-12-30", "2026-01-13", "2026-01-27", "2026-02-10"], true),
        ("fortnightly, one moved", ["2025-12-30", "2026-01-19", "2026-01-27", "2026-02-10", "2026-02-24"], true),
        ("once", ["2026-01-27"], true),
    ]

    @Test("A meeting that is a habit needs no preparing", arguments: series)
    func habit(name: String, days: [String], isTold: Bool) {
        let stage = Self.stage { stage in
            stage.cancel("talk")
            stage.rule("ben") { $0.every = 7 }
            for day in days {
                var meeting = PlannerStage.meeting("jour", "\(day) 15:00", with: ["ben"])
                (meeting.isSeries, meeting.recurrenceID) = (true, day)
                stage.contents.meetings.append(meeting)
            }
        }
        #expect(Self.told(stage) == (isTold ? ["Tue 27 14:55"] : []), "\(name)")
    }

    @Test(
        "At most one a day: who was promised something before the longest silence, what can be shown before what cannot"
    )
    func onePerDay() {
        func names(_ change: (inout PlannerStage) -> Void = { _ in }) -> [String] {
            var stage = Self.stage {
                $0.keep("cem")
                $0.meet("2025-09-14 10:00", with: ["cem"], uid: "plans")
                $0.meet("2026-01-27 12:00", with: ["cem"], uid: "lunch")
            }
            change(&stage)
            return stage.play(from: "2026-01-27 00:00", until: "2026-01-28 00:00").flatMap(\.nudges)
                .filter { $0.kind == .prepare }.map { $0.contacts[0].uid }
        }
        #expect(names() == ["cem"])
        #expect(names { $0.promise("deck", "2026-02-20", to: "ben", on: "2025-11-03") } == ["ben"])
        #expect(names { $0.block("2026-01-27 11:00", minutes: 60) } == ["ben"])
    }

    @Test("A daemon a little late still shows it; one that is too late does not")
    func late() {
        for (clock, count) in [("14:58", 1), ("14:59", 1)] {
            var stage = Self.stage()
            stage.turn(at: Berlin.at("2026-01-27 08:00"))
            stage.turn(at: Berlin.at("2026-01-27 \(clock)"))
            #expect(stage.send(at: Berlin.at("2026-01-27 \(clock)")).count == count)
        }
        var stage = Self.stage()
        let late = Berlin.at("2026-01-27 14:59").adding(seconds: 1)
        stage.turn(at: late)
        #expect(stage.send(at: late).isEmpty)
    }

    @Test("It goes with the meeting, and comes back with it")
    func withdrawn() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-27 08:00"))
        #expect(stage.nudge(Self.id)?.state == .pending)
        stage.cancel("talk")
        stage.turn(at: Berlin.at("2026-01-27 09:00"))
        #expect(stage.nudge(Self.id)?.state == .expired(.withdrawn))
        stage.meet("2026-01-27 15:00", with: ["ben"], uid: "talk")
        stage.turn(at: Berlin.at("2026-01-27 10:00"))
        #expect(stage.nudge(Self.id)?.state == .pending)
        // Moved, it is another.
        stage.cancel("talk")
        stage.meet("2026-01-27 16:00", with: ["ben"], uid: "talk")
        #expect(Self.told(stage) == ["Tue 27 15:55"])
    }

    @Test("While a calendar is away nothing is withdrawn")
    func sourceGone() {
        var stage = Self.stage()
        stage.contents.sources = [SourceReading(path: "/work", kind: .calendar, items: 2)]
        stage.turn(at: Berlin.at("2026-01-27 08:00"))
        stage.contents.meetings = []
        stage.contents.sources = [SourceReading(path: "/work", kind: .calendar, items: 0, problem: "gone")]
        stage.turn(at: Berlin.at("2026-01-27 09:00"))
        #expect(stage.nudge(Self.id)?.state == .pending)
    }

    @Test("Other bubbles keep two hours from it once it was shown, and may come just before")
    func neighbours() {
        let stage = Self.stage {
            $0.keep("ana")
            $0.meet("2025-12-09 10:00")
            $0.block("2026-01-27 08:00", minutes: 365)
        }
        var first = stage
        let sent = first.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00")
        #expect(
            sent.map { "\($0.nudges[0].kind.rawValue) \(Berlin.text($0.at))" } == [
                "reconnect Tue 27 14:10", "prepare Tue 27 14:55",
            ]
        )
        var second = stage
        second.block("2026-01-27 14:05", minutes: 40)
        let later = second.play(from: "2026-01-27 08:00", until: "2026-01-29 00:00")
        #expect(
            later.map { "\($0.nudges[0].kind.rawValue) \(Berlin.text($0.at))" } == [
                "prepare Tue 27 14:55", "reconnect Wed 28 09:00",
            ]
        )
    }

    @Test("A tie's reconnect is not kept back by it, and a follow-up of long ago does not come")
    func noHold() {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 00:00", until: "2026-01-27 14:59")
        stage.cancel("talk")
        // The meeting was cancelled at the last minute: the tie is due as before.
        let plan = stage.turn(at: Berlin.at("2026-01-27 14:59"))
        #expect(plan.nudges.map(\.record.id.kind) == [.reconnect])
        #expect(plan.nudges[0].slot != nil)
    }
}
