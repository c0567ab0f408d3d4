import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// The draw of a week: it is Monday 26 January 2026.
@Suite("Chance")
struct ChanceTests {
    static let now = Berlin.at("2026-01-26 08:00")
    static let week = ISOWeek(containing: Berlin.day("2026-01-26"))

    /// People kept with a rare cadence, silent for given days; nobody is due.
    static func stage(_ silences: [Int], chaos: Double = 0.2) -> PlannerStage {
        var stage = PlannerStage()
        stage.policy.chaos = chaos
        stage.policy.seed = "ada@example.com"
        for (index, silence) in silences.enumerated() {
            stage.keep("p\(index)", every: 500, firstSeen: "2020-01-01")
            stage.log(.met, "\(Berlin.day("2026-01-26").adding(days: -silence))", "p\(index)")
        }
        return stage
    }

    static func drawn(_ plan: Plan) -> [ContactID]? {
        plan.changes.compactMap { if case .draw(let draw) = $0 { draw.contacts } else { nil } }.first
    }

    static func nudge(_ uid: String) -> NudgeID {
        NudgeID(kind: .reconnect, contacts: [ContactID(uid)], cycle: "2026-W05")
    }

    @Test("One of five is drawn, named by the week, and shown like any other nudge within the budget")
    func example() throws {
        var stage = Self.stage([100, 200, 300])
        let drawn = try #require(Self.drawn(stage.plan(at: Self.now)))
        #expect(drawn.count == 1)
        let sent = stage.play(from: "2026-01-26 08:00", until: "2026-01-31 22:00")
        #expect(sent.map(\.nudges) == [[Self.nudge(drawn[0].uid)]] && sent[0].isBudgeted)
        #expect(Berlin.text(sent[0].at) == "Mon 26 09:00")
        #expect(stage.view.nudges.map(\.reason) == [.chance] && stage.view.nudges[0].mark == nil)
        #expect(stage.plan(at: Berlin.at("2026-01-31 22:00")).spentThisWeek == 1)
    }

    @Test("A week has one draw, whatever happens later in it; a lost ledger comes to the same")
    func once() throws {
        var stage = Self.stage([100, 200, 300, 400])
        let drawn = try #require(Self.drawn(stage.turn(at: Self.now)))
        #expect(stage.view.draws == [ChanceDraw(week: Self.week, contacts: drawn)])
        stage.log(.met, "2026-01-26", "p0")
        let thursday = Berlin.at("2026-01-29 12:00")
        #expect(Self.drawn(stage.plan(at: thursday)) == nil)
        var lost = Self.stage([100, 200, 300, 400])
        #expect(Self.drawn(lost.plan(at: thursday)) == drawn)
        // Not even the files' order matters.
        lost.contents.contacts.reverse()
        lost.rules.people.reverse()
        #expect(Self.drawn(lost.plan(at: thursday)) == drawn)
        // The next week has its own.
        #expect(Self.drawn(stage.plan(at: Berlin.at("2026-02-02 08:00"))) != nil)
    }

    @Test("Two users, two weeks, two draws")
    func seeded() {
        let people = Array(repeating: 100, count: 40)
        var seen: Set<[ContactID]> = []
        for seed in ["a@example.com", "b@example.com", "c@example.com"] {
            var stage = Self.stage(people)
            stage.policy.seed = seed
            for day in ["2026-01-26", "2026-02-02", "2026-02-09"] {
                seen.insert(Self.drawn(stage.plan(at: Berlin.at(day + " 08:00"))) ?? [])
            }
        }
        #expect(seen.count > 6)
    }

    @Test(
        "The share of the week decides how many, the fraction by chance",
        arguments: [
            (0.0, 5, 0...0), (0.2, 5, 300...300), (0.1, 5, 110...190), (1.0, 2, 600...600), (0.5, 3, 410...490),
        ]
    )
    func count(chaos: Double, perWeek: Int, drawn: ClosedRange<Int>) {
        var stage = Self.stage([100, 200, 300], chaos: chaos)
        stage.policy.perWeek = perWeek
        let (world, view) = (stage.world(at: Self.now), stage.view)
        let total = (0..<300).reduce(0) { sum, seed in
            var policy = stage.policy
            policy.seed = "\(seed)"
            return sum + (Self.drawn(KithCore.plan(world, view, at: Self.now, policy: policy))?.count ?? 0)
        }
        #expect(drawn.contains(total), "\(total)")
    }

    @Test("Who is silent four times as long is drawn twice as often")
    func weight() {
        let stage = Self.stage([100, 400])
        let (world, view) = (stage.world(at: Self.now), stage.view)
        let first = (0..<900).count { seed in
            var policy = stage.policy
            policy.seed = "\(seed)"
            return Self.drawn(KithCore.plan(world, view, at: Self.now, policy: policy)) == [ContactID("p0")]
        }
        #expect((260...340).contains(first), "\(first)")
    }

    /// What is true of the only person there is, and whether they can be drawn.
    struct Candidate: CustomTestStringConvertible {
        let testDescription: String
        let isDrawn: Bool
        let change: @Sendable (inout PlannerStage) -> Void

        init(_ name: String, isDrawn: Bool, _ change: @escaping @Sendable (inout PlannerStage) -> Void) {
            (testDescription, self.isDrawn, self.change) = (name, isDrawn, change)
        }
    }

    static let candidates = [
        Candidate("kept and silent", isDrawn: true) { _ in },
        Candidate("a friend", isDrawn: true) { $0.rule("p0") { $0.networks = [.personal] } },
        Candidate("dropped", isDrawn: false) { $0.rule("p0") { $0.isDropped = true } },
        Candidate("dead", isDrawn: false) { $0.card("p0") { $0.isDeceased = true } },
        Candidate("paused", isDrawn: false) { $0.rule("p0") { $0.pausedUntil = Berlin.day("2026-02-20") } },
        Candidate("due", isDrawn: false) { $0.rule("p0") { $0.every = 30 } },
        Candidate("to be met", isDrawn: false) { $0.meet("2026-02-20 10:00", with: ["p0"]) },
        Candidate("a birthday near", isDrawn: false) { $0.card("p0") { $0.birthday = AnnualDate(month: 2, day: 1) } },
        Candidate("met today", isDrawn: true) { $0.log(.met, "2026-01-26", "p0") },
        Candidate("met yesterday", isDrawn: false) { $0.log(.met, "2026-01-25", "p0") },
        Candidate("met 27 days ago", isDrawn: false) { $0.log(.met, "2025-12-30", "p0") },
        Candidate("met 28 days ago", isDrawn: true) { $0.log(.met, "2025-12-29", "p0") },
        Candidate("seen in a crowd 27 days ago", isDrawn: false) { stage in
            stage.meet("2025-12-30 10:00", with: ["p0"] + (0..<20).map { "guest\($0)" })
        },
        Candidate("written to last week", isDrawn: false) { $0.log(.wrote, "2026-01-20", "p0") },
        Candidate("due in 27 days", isDrawn: false) { $0.rule("p0") { $0.every = 127 } },
        Candidate("due in 28 days", isDrawn: true) { $0.rule("p0") { $0.every = 128 } },
        Candidate("nudged 179 days ago", isDrawn: false) { reached(&$0, "2025-07-31") },
        Candidate("nudged 180 days ago", isDrawn: true) { reached(&$0, "2025-07-30") },
        Candidate("not kept, met once", isDrawn: false) { unkept(&$0, ["2025-06-01 10:00"]) },
        Candidate("not kept, met twice on one day", isDrawn: false) {
            unkept(&$0, ["2025-06-01 10:00", "2025-06-01 15:00"])
        },
        Candidate("not kept, met on two days", isDrawn: true) {
            unkept(&$0, ["2025-06-01 10:00", "2025-06-09 10:00"])
        },
        Candidate("not kept, met among others", isDrawn: false) { stage in
            unkept(&stage, ["2025-06-01 10:00"])
            stage.meet("2025-06-09 10:00", with: ["p0", "guest"])
        },
        Candidate("all paused", isDrawn: false) { $0.view.pausedUntil = Berlin.day("2026-01-27") },
        Candidate("a source gone", isDrawn: false) {
            $0.contents.sources = [SourceReading(path: "/a", kind: .calendar, items: 0, problem: "not there")]
        },
    ]

    private static func reached(_ stage: inout PlannerStage, _ day: String) {
        var record = PlannerStage.record("met-2025-01-01", due: day, uid: "p0").shown(at: Berlin.at(day), wasSeen: true)
        record.state = .answered(.met)
        record.closed = Berlin.day(day)
        stage.view.nudges = [record]
    }

    private static func unkept(_ stage: inout PlannerStage, _ meetings: [String]) {
        stage.rules.people = []
        stage.contents.journal = []
        for meeting in meetings { stage.meet(meeting, with: ["p0"]) }
    }

    @Test("Drawn is whom nobody would have planned, and nobody who wants to be left alone", arguments: candidates)
    func pool(_ candidate: Candidate) {
        var stage = Self.stage([100])
        candidate.change(&stage)
        #expect((Self.drawn(stage.plan(at: Self.now)) ?? []) == (candidate.isDrawn ? [ContactID("p0")] : []))
    }

    @Test("While more are due than the week holds chance has every second week")
    func overloaded() {
        var stage = Self.stage([100])
        for index in 0..<6 { stage.keep("due\(index)", every: 20, firstSeen: "2025-01-01") }
        func drawn(_ day: String) -> Int? { Self.drawn(stage.plan(at: Berlin.at(day + " 08:00")))?.count }
        // The week of 26 January 2026 is the 2,925th after that of 5 January 1970.
        #expect(drawn("2026-01-26") == 0 && drawn("2026-02-02") == 1 && drawn("2026-02-09") == 0)
        stage.policy.perWeek = 6
        #expect(drawn("2026-01-26") == 1)
    }

    @Test("Somebody who is not kept is asked about in work hours, by name, and answered by a meeting")
    func asked() throws {
        var stage = Self.stage([100])
        Self.unkept(&stage, ["2025-06-01 10:00", "2025-06-09 10:00"])
        let sent = stage.play(from: "2026-01-26 08:00", until: "2026-01-26 20:00")
        #expect(sent.map(\.nudges) == [[Self.nudge("p0")]])
        let plan = stage.plan(at: Berlin.at("2026-01-26 20:00"))
        #expect(plan.nudges.map(\.network) == [.strategic] && plan.nudges[0].waiting == .answer)
        let text = message(
            for: Array(stage.view.nudges),
            assessments: plan.assessments,
            world: stage.world(at: Self.now),
            slot: nil,
            now: Self.now,
            policy: stage.policy
        )
        #expect(text.title == "p0" && text.body.hasPrefix("A name no plan brings up."))
        stage.meet("2026-01-27 10:00", with: ["p0"])
        stage.turn(at: Berlin.at("2026-01-27 12:00"))
        #expect(stage.nudge(Self.nudge("p0"))?.state == .answered(.evidence))
        // Dropped, nothing more is heard of them.
        var dropped = stage
        dropped.rules.people = [PersonRule(uid: "p0", isDropped: true)]
        dropped.change(Self.nudge("p0")) { $0 = $0.reopened() }
        dropped.turn(at: Berlin.at("2026-01-27 12:00"))
        #expect(dropped.nudge(Self.nudge("p0"))?.state == .expired(.withdrawn))
    }

    @Test("Ignored it leaves the tie's mark where it was")
    func ignored() throws {
        var stage = Self.stage([100])
        stage.play(from: "2026-01-26 08:00", until: "2026-02-12 00:00")
        #expect(stage.nudge(Self.nudge("p0"))?.state == .expired(.ignored))
        #expect(stage.nudge(Self.nudge("p0"))?.closed == Berlin.day("2026-02-09"))
        let assessment = try #require(stage.plan(at: Berlin.at("2026-02-12 08:00")).assessment("p0"))
        #expect(assessment.mark == Mark("met-2025-10-18") && assessment.ignoredInARow == 0)
    }

    @Test("News of contact before its week ends it before it was shown, and planning again finds nothing to do")
    func lateNews() {
        var stage = Self.stage([100])
        stage.turn(at: Self.now)
        stage.log(.met, "2026-01-20", "p0")
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.nudge("p0"))?.state == .expired(.withdrawn))
        #expect(stage.plan(at: Self.now).changes.isEmpty)
    }

    @Test("Without a moment in its week it passes, and names nobody the week after")
    func past() {
        var stage = Self.stage([100])
        stage.block("2026-01-26 00:00", minutes: 7 * 1_440)
        let sent = stage.play(from: "2026-01-26 08:00", until: "2026-02-02 08:00")
        #expect(sent.isEmpty && stage.nudge(Self.nudge("p0"))?.state == .expired(.past))
        #expect(stage.nudge(Self.nudge("p0"))?.closed == Berlin.day("2026-02-02"))
    }

    @Test("While it is open the tie has no other reconnect, though it falls due")
    func oneAtATime() {
        var stage = Self.stage([400])
        stage.play(from: "2026-01-26 08:00", until: "2026-01-27 08:00")
        // Changed by hand, it is due on the 28th.
        stage.rule("p0") { $0.every = 402 }
        stage.play(from: "2026-01-27 08:00", until: "2026-02-05 08:00")
        #expect(stage.view.nudges.map(\.id) == [Self.nudge("p0")] && stage.view.nudges[0].state == .delivered)
        // Ignored on 9 February, and not within 14 days of the other.
        let sent = stage.play(from: "2026-02-05 08:00", until: "2026-02-20 00:00")
        #expect(sent.map(\.nudges.first?.cycle) == ["met-2024-12-22"])
        #expect(sent.allSatisfy { $0.at >= Berlin.at("2026-02-09 00:00") })
    }

    @Test("Booked before it was shown it is withdrawn, cancelled in the week it is there again")
    func booked() {
        var stage = Self.stage([100], chaos: 0.2)
        stage.turn(at: Self.now)
        stage.policy.chaos = 0
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.nudge("p0"))?.state == .expired(.withdrawn))
        stage.policy.chaos = 0.2
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.nudge("p0"))?.state == .pending)
        stage.meet("2026-03-20 10:00", with: ["p0"], uid: "booked")
        #expect(stage.play(from: "2026-01-26 08:00", until: "2026-01-28 08:00").isEmpty)
        stage.cancel("booked")
        #expect(stage.play(from: "2026-01-28 08:00", until: "2026-01-28 20:00").map(\.nudges) == [[Self.nudge("p0")]])
    }
}
