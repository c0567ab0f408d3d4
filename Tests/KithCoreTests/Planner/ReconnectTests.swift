import CivilTime
import KithCore
import KithTesting
import Testing

/// How a reconnect opens, changes and ends: Ana was met on 9 December and is due since 20 January.
@Suite("Reconnects")
struct ReconnectTests {
    static let id = PlannerStage.reconnect("met-2025-12-09")
    static let now = Berlin.at("2026-01-27 08:00")

    static func stage(_ record: NudgeRecord? = nil) -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        if let record { stage.view.nudges = [record] }
        return stage
    }

    static let pending = PlannerStage.record("met-2025-12-09", due: "2026-01-20")
    static let delivered = pending.shown(at: Berlin.at("2026-01-20 09:00"), wasSeen: true)
    static let unseen = pending.shown(at: Berlin.at("2026-01-20 09:00"), wasSeen: false)
    static let tired = unseen.shown(at: Berlin.at("2026-01-20 11:00"), wasSeen: false)
        .shown(at: Berlin.at("2026-01-20 13:00"), wasSeen: false)

    static let putOff = delivered.snoozed(until: Berlin.at("2026-01-21"), isNamed: false)
        .snoozed(until: Berlin.at("2026-01-22"), isNamed: false)

    static func snoozed(_ until: String, isNamed: Bool = false) -> NudgeRecord {
        delivered.snoozed(until: Berlin.at(until), isNamed: isNamed)
    }

    /// A nudge, what happens, and the state it is in then.
    struct Step: CustomTestStringConvertible {
        let testDescription: String
        let record: NudgeRecord
        let state: NudgeState
        var closed: String?
        let change: @Sendable (inout PlannerStage) -> Void

        init(
            _ name: String,
            _ record: NudgeRecord,
            _ state: NudgeState,
            closed: String? = nil,
            _ change: @escaping @Sendable (inout PlannerStage) -> Void = { _ in }
        ) {
            (testDescription, self.record, self.state, self.closed, self.change) = (name, record, state, closed, change)
        }
    }

    static let today = "2026-01-27"
    static let steps = [
        Step("pending, nothing happens", pending, .pending),
        Step("pending, met since", pending, .expired(.withdrawn), closed: today) { $0.meet("2026-01-26 10:00") },
        Step("pending, wrote since", pending, .expired(.withdrawn), closed: today) { $0.log(.wrote, "2026-01-26") },
        Step("pending, skipped since", pending, .expired(.withdrawn), closed: today) { $0.skip("2026-01-26") },
        Step("pending, a meeting booked", pending, .pending) { $0.meet("2026-02-10 10:00") },
        Step("pending, dropped", pending, .expired(.withdrawn), closed: today) {
            $0.rule("ana") { $0.isDropped = true }
        },
        Step("pending, the card deleted", pending, .expired(.withdrawn), closed: today) { $0.contents.contacts = [] },
        Step("pending, a longer cadence", pending, .expired(.withdrawn), closed: today) {
            $0.rule("ana") { $0.every = 90 }
        },
        Step("pending, late evidence that leaves it due", pending, .pending) { $0.meet("2025-12-15 10:00") },
        Step("unseen, late evidence that leaves it due", unseen, .pending) { $0.meet("2025-12-15 10:00") },
        Step("snoozed, late evidence that leaves it due", snoozed("2026-02-02"), snoozed("2026-02-02").state) {
            $0.meet("2025-12-15 10:00")
        },
        Step("unseen, met since", unseen, .answered(.evidence), closed: today) { $0.meet("2026-01-26 10:00") },
        Step("delivered, nothing happens", delivered, .delivered),
        Step("delivered, met since", delivered, .answered(.evidence), closed: today) { $0.meet("2026-01-26 10:00") },
        Step("delivered, wrote since", delivered, .answered(.wrote), closed: today) { $0.log(.wrote, "2026-01-26") },
        Step("delivered, skipped since", delivered, .answered(.skip), closed: today) { $0.skip("2026-01-26") },
        Step("delivered, a meeting booked", delivered, .expired(.withdrawn), closed: today) {
            $0.meet("2026-02-10 10:00")
        },
        Step("delivered, a crowd booked", delivered, .delivered) {
            $0.meet("2026-02-10 10:00", with: ["ana", "a", "b", "c", "d"])
        },
        Step("delivered, a longer cadence", delivered, .expired(.withdrawn), closed: today) {
            $0.rule("ana") { $0.every = 90 }
        },
        Step("delivered, evidence taken away", delivered, .delivered) { $0.contents.meetings = [] },
        Step("snoozed until later", snoozed("2026-01-27 08:01"), snoozed("2026-01-27 08:01").state),
        Step("snoozed until now", snoozed("2026-01-27 08:00"), .pending),
        Step(
            "snoozed until a time that was named",
            snoozed("2026-01-27 08:00", isNamed: true),
            snoozed("2026-01-27 08:00", isNamed: true).state
        ),
        Step("snoozed, met since", snoozed("2026-02-02"), .answered(.evidence), closed: today) {
            $0.meet("2026-01-26 10:00")
        },
        Step("three times unseen", tired, .pending),
        Step("three times unseen, a longer cadence", tired, .expired(.withdrawn), closed: today) {
            $0.rule("ana") { $0.every = 90 }
        },
    ]

    @Test("A nudge leaves its state by what happens", arguments: steps)
    func step(_ step: Step) throws {
        var stage = Self.stage(step.record)
        step.change(&stage)
        stage.turn(at: Self.now)
        let record = try #require(stage.nudge(Self.id))
        #expect(record.state == step.state)
        #expect(record.closed?.description == step.closed)
        #expect(stage.plan(at: Self.now).put.isEmpty)
    }

    @Test("What waits is due by the rhythm there is now, and worth as much")
    func shorterRhythm() throws {
        var stage = Self.stage(Self.pending)
        stage.rule("ana") { ($0.every, $0.atWorst) = (28, 63) }
        let plan = stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.due == Berlin.day("2026-01-06"))
        // Due for 21 of 28 days, of a strategic tie that is not late yet.
        #expect(plan.nudges.first?.score == 262)
    }

    /// A nudge and the days on which it still is, and no longer is, as it was.
    struct Passing: CustomTestStringConvertible {
        let testDescription: String
        let record: NudgeRecord
        let last: String
        let state: NudgeState
    }

    @Test(
        "What nobody answers passes on its day, also when kith was away",
        arguments: [
            Passing(testDescription: "seen", record: delivered, last: "2026-02-02", state: .expired(.ignored)),
            Passing(
                testDescription: "digest only, read there",
                record: tired.read(at: Berlin.at("2026-01-26 09:00")),
                last: "2026-02-08",
                state: .expired(.ignored)
            ),
            Passing(
                testDescription: "digest only, not read",
                record: tired,
                last: "2026-02-16",
                state: .expired(.past)
            ),
            Passing(
                testDescription: "put off three times, the last time for long",
                record: putOff.snoozed(until: Berlin.at("2026-03-20 09:00"), isNamed: false),
                last: "2026-04-16",
                state: .expired(.past)
            ),
            Passing(
                testDescription: "the same until a time that was named",
                record: putOff.snoozed(until: Berlin.at("2026-03-20 09:00"), isNamed: true),
                last: "2026-04-16",
                state: .expired(.past)
            ),
        ]
    )
    func passes(_ passing: Passing) throws {
        let last = Berlin.day(passing.last)
        for (day, isOver) in [(last, false), (last.adding(days: 1), true), (last.adding(days: 30), true)] {
            var stage = Self.stage(passing.record)
            stage.turn(at: Berlin.at(day, "10:00"))
            let record = try #require(stage.nudge(Self.id))
            #expect(record.state == (isOver ? passing.state : passing.record.state))
            #expect(record.closed == (isOver ? last.adding(days: 1) : nil))
        }
    }

    @Test("A tie that falls due opens one nudge of its mark, that day and not before")
    func opens() throws {
        #expect(Self.stage().plan(at: Berlin.at("2026-01-19 23:59")).nudges.isEmpty)
        let plan = Self.stage().plan(at: Berlin.at("2026-01-20 00:00"))
        let record = try #require(plan.put.first)
        #expect(plan.put.count == 1 && record.id == Self.id && record.reason == .due && record.shortID.isEmpty)
        #expect(record.opened == record.due && record.base == record.mark)
    }

    @Test("A nudge that waits until its tie is late says so; one that was shown keeps its reason")
    func late() {
        let now = Berlin.at("2026-02-10 10:00")
        #expect(Self.stage().plan(at: now).put.map(\.reason) == [.late])
        #expect(Self.stage(Self.pending).plan(at: now).put.map(\.reason) == [.late])
        var shown = Self.delivered
        shown.seenAt = Berlin.at("2026-02-09 10:00")
        #expect(Self.stage(shown).plan(at: now).put.isEmpty)
    }

    @Test("What was withdrawn before anybody saw it is wanted again under the same name")
    func wantedAgain() throws {
        var stage = Self.stage(Self.pending)
        stage.rule("ana") { $0.isDropped = true }
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .expired(.withdrawn))
        stage.rule("ana") { $0.isDropped = false }
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .pending && stage.nudge(Self.id)?.closed == nil)
        #expect(stage.view.nudges.count == 1)
    }

    @Test("What is wanted again says why by then")
    func wantedAgainLate() {
        var stage = Self.stage(Self.pending.expired(.withdrawn, on: Berlin.day("2026-01-21")))
        stage.turn(at: Berlin.at("2026-02-10 08:00"))
        #expect(stage.nudge(Self.id)?.reason == .late)
        #expect(stage.plan(at: Berlin.at("2026-02-10 08:00")).put.isEmpty)
    }

    @Test("What late evidence finds waiting in the digest only passes on its day all the same")
    func lateEvidence() {
        let now = Berlin.at("2026-02-17 08:00")
        var stage = Self.stage(Self.tired)
        stage.meet("2025-12-15 10:00")
        stage.turn(at: now)
        #expect(stage.nudge(Self.id)?.state == .expired(.past))
        #expect(stage.plan(at: now).put.isEmpty)
    }

    /// An entry of this morning that answered the nudge, and was taken back.
    private static func takenBack(_ action: JournalEntry.Action) -> JournalEntry {
        JournalEntry(
            uid: "e",
            when: Berlin.at("2026-01-27 07:00"),
            action: action,
            contacts: [ContactID("ana")],
            nudge: id,
            isCancelled: true
        )
    }

    @Test("Of somebody who is not kept an entry taken back opens nothing")
    func notKept() {
        var stage = Self.stage(Self.delivered.answered(.met, on: Berlin.day("2026-01-27")))
        stage.contents.journal = [Self.takenBack(.met)]
        stage.rule("ana") { $0.isDropped = true }
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .expired(.withdrawn))
        #expect(stage.plan(at: Self.now).put.isEmpty)
    }

    @Test("Late evidence moves what a waiting nudge counts from, not its name")
    func keepsName() throws {
        var stage = Self.stage(Self.pending)
        stage.meet("2025-12-15 10:00")
        let plan = stage.turn(at: Self.now)
        let record = try #require(stage.nudge(Self.id))
        #expect(stage.view.nudges.count == 1)
        #expect(record.base == Mark("met-2025-12-15") && record.due == Berlin.day("2026-01-26"))
        #expect(plan.nudges.map(\.score) == [153])
        // What it kept its name through ends it like any other.
        stage.rule("ana") { $0.every = 90 }
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .expired(.withdrawn))
    }

    @Test("An entry of the journal answers the nudge it names; taken back, it opens it again")
    func journal() throws {
        var stage = Self.stage(Self.delivered)
        var entry = JournalEntry(
            uid: "e",
            when: Berlin.at("2026-01-27 07:00"),
            action: .met,
            contacts: [ContactID("ana")]
        )
        entry.nudge = Self.id
        stage.contents.journal = [entry]
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .answered(.met))
        stage.contents.journal[0].isCancelled = true
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .delivered)
        // A second entry that stands outweighs one taken back.
        entry.uid = "f"
        entry.action = .wrote
        stage.contents.journal.append(entry)
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .answered(.wrote))
    }

    @Test("An entry taken back opens no nudge that contact known otherwise answers")
    func overtaken() {
        var stage = Self.stage(Self.delivered)
        stage.contents.journal = [Self.takenBack(.wrote)]
        stage.log(.wrote, "2026-01-26")
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.state == .answered(.wrote))
        #expect(stage.plan(at: Self.now).put.isEmpty)
    }

    @Test("An entry taken back opens a nudge as soon as no other contact answers it any more")
    func opensLater() {
        var stage = Self.stage(Self.delivered.answered(.met, on: Berlin.day("2026-01-27")))
        stage.contents.journal = [Self.takenBack(.met)]
        let meetings = stage.contents.meetings
        stage.meet("2026-01-26 10:00")
        var (maker, planner) = (WorldMaker(), Planner())
        func turn() {
            let world = stage.world(at: Self.now, by: &maker)
            let touched = maker.takeTouched()
            let plan = planner.plan(world, touched: touched, stage.view, at: Self.now, policy: stage.policy)
            stage.view = stage.view.applying(plan)
        }
        for _ in 0..<2 { turn() }
        #expect(stage.nudge(Self.id)?.state == .answered(.met))
        stage.contents.meetings = meetings
        turn()
        #expect(stage.nudge(Self.id)?.state == .delivered)
    }

    @Test("What waits is due when its tie is, though another rhythm was written since")
    func movesItsDay() {
        var stage = Self.stage(Self.pending)
        stage.rule("ana") { $0.every = 35 }
        stage.turn(at: Self.now)
        #expect(stage.nudge(Self.id)?.due == Berlin.day("2026-01-13"))
        #expect(stage.plan(at: Self.now).put.isEmpty)
    }

    @Test("An entry that names a nudge nobody knows of is contact like any other")
    func strangeNudge() {
        var stage = Self.stage()
        var entry = JournalEntry(
            uid: "e",
            when: Berlin.at("2026-01-26 07:00"),
            action: .met,
            contacts: [ContactID("ana")]
        )
        entry.nudge = PlannerStage.reconnect("met-1999-01-01")
        stage.contents.journal = [entry]
        #expect(stage.plan(at: Self.now).put.isEmpty)
        #expect(stage.plan(at: Self.now).assessment()?.mark == Mark("met-2026-01-26"))
    }
}
