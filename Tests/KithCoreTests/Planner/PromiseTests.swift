import CivilTime
import KithCore
import KithTesting
import Testing

/// What was promised: on Tuesday 20 January Ana was promised the deck by Friday 30 January.
@Suite("Promises")
struct PromiseTests {
    static func id(_ due: String = "2026-01-30", _ uid: String = "ana") -> NudgeID {
        NudgeID(kind: .promise, contacts: [ContactID(uid)], cycle: "entry-2026-01-20-ana \(due)")
    }

    static func stage(_ due: String = "2026-01-30", _ change: (inout PlannerStage) -> Void = { _ in }) -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.promise("the deck", due, to: "ana", on: "2026-01-20")
        change(&stage)
        return stage
    }

    static func told(_ stage: PlannerStage, from: String = "2026-01-27 08:00") -> [String] {
        var stage = stage
        return stage.play(from: from, until: "2026-02-28 00:00").filter { $0.nudges[0].kind == .promise }.map {
            Berlin.text($0.at)
        }
    }

    @Test("It is asked about in work hours of its day, outside the budget, and stays until it is answered")
    func once() {
        var stage = Self.stage { ($0.policy.perDay, $0.policy.perWeek) = (0, 0) }
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-02-28 00:00")
        #expect(sent.map(\.nudges) == [[Self.id()]] && sent.map { Berlin.text($0.at) } == ["Fri 30 09:00"])
        #expect(sent.map(\.isBudgeted) == [false])
        stage.turn(at: Berlin.at("2026-12-01 09:00"))
        #expect(stage.nudge(Self.id())?.state == .delivered)
    }

    /// A day by which, and when it is asked about.
    static let days: [(String, String)] = [
        ("2026-01-27", "Tue 27 09:00"), ("2026-01-28", "Wed 28 09:00"), ("2026-01-31", "Fri 30 09:00"),
        ("2026-02-01", "Fri 30 09:00"), ("2026-02-02", "Mon 2 09:00"), ("2026-01-25", "Tue 27 09:00"),
    ]

    @Test("By a day without work hours means the last day before it that has some", arguments: days)
    func weekend(due: String, told: String) {
        #expect(Self.told(Self.stage(due)) == [told])
    }

    @Test("A day off is a day without work hours, and a friend's promise is work too")
    func dayOff() {
        #expect(
            Self.told(Self.stage { $0.daysOff = [Berlin.day("2026-01-30")...Berlin.day("2026-01-30")] }) == [
                "Thu 29 09:00"
            ]
        )
        #expect(Self.told(Self.stage { $0.rule("ana") { $0.networks = [.personal] } }) == ["Fri 30 09:00"])
    }

    /// What becomes of it while the calendar is gone.
    @Test(
        "While a source is gone it is taken back where it was undone, not where it is merely not found",
        arguments: [true, false]
    )
    func gone(isUndone: Bool) {
        var stage = Self.stage()
        stage.contents.sources = [SourceReading(path: "/calendar", kind: .calendar, items: 3)]
        stage.turn(at: Berlin.at("2026-01-27 08:00"))
        stage.contents.sources[0].items = 0
        if isUndone { stage.contents.journal[0].isCancelled = true } else { stage.contents.journal = [] }
        stage.turn(at: Berlin.at("2026-01-27 09:00"))
        #expect(stage.nudge(Self.id())?.state == (isUndone ? .expired(.withdrawn) : .pending))
    }

    @Test("A full day moves it to the next with room")
    func full() {
        #expect(Self.told(Self.stage { $0.block("2026-01-30 08:00", minutes: 600) }) == ["Mon 2 09:00"])
    }

    @Test("Undone or gone from the journal it is taken back; there again it is wanted again", arguments: [false, true])
    func undone(wasShown: Bool) {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: wasShown ? "2026-01-31 00:00" : "2026-01-28 00:00")
        let before = stage.nudge(Self.id())?.state
        #expect(before == (wasShown ? .delivered : .pending))
        stage.contents.journal[0].isCancelled = true
        stage.turn(at: Berlin.at("2026-01-31 09:00"))
        #expect(stage.nudge(Self.id())?.state == .expired(.withdrawn))
        stage.contents.journal[0].isCancelled = false
        stage.turn(at: Berlin.at("2026-01-31 10:00"))
        #expect(stage.nudge(Self.id())?.state == before)
    }

    @Test("An answer in the journal keeps it, also for a ledger that never heard of it")
    func answered() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-27 08:00"))
        stage.contents.journal.append(
            JournalEntry(
                uid: "answer",
                when: Berlin.at("2026-01-27 09:00"),
                action: .wrote,
                contacts: [ContactID("ana")],
                nudge: Self.id()
            )
        )
        #expect(stage.turn(at: Berlin.at("2026-01-27 10:00")).nudges.isEmpty)
        #expect(stage.nudge(Self.id())?.state == .answered(.wrote))
        stage.view.nudges = []
        #expect(stage.turn(at: Berlin.at("2026-01-27 10:00")).nudges.isEmpty)
    }

    @Test("What is long past and unknown to the ledger is not dug up", arguments: [(27, 1), (28, 0)])
    func old(days: Int, count: Int) {
        let due = PlannerStage.today.adding(days: -days)
        var stage = PlannerStage.withAna()
        stage.promise("deck", "\(due)", to: "ana", on: "\(due.adding(days: -7))")
        let nudges = stage.turn(at: Berlin.at("2026-01-27 08:00")).nudges
        #expect(nudges.count { $0.record.id.kind == .promise } == count)
    }

    @Test("To people who are not kept, and by entries of days to come, nothing is promised")
    func strangers() {
        var stage = Self.stage { $0.rules.people = [] }
        #expect(stage.turn(at: Berlin.at("2026-01-27 08:00")).nudges.isEmpty)
        stage = Self.stage()
        #expect(stage.turn(at: Berlin.at("2026-01-19 08:00")).nudges.allSatisfy { $0.record.id.kind != .promise })
    }

    @Test("An entry that names nobody by card is read by its addresses")
    func byAddress() {
        let stage = Self.stage {
            $0.contents.journal[0].contacts = [ContactID("gone")]
            $0.contents.journal[0].people = [Participant(email: "ana@example.org")]
        }
        #expect(Self.told(stage) == ["Fri 30 09:00"])
    }

    @Test("What two people were promised together is asked in one bubble; two promises are two")
    func together() {
        var stage = Self.stage {
            $0.keep("ben")
            $0.contents.journal[0].contacts.append(ContactID("ben"))
        }
        var sent = stage.play(from: "2026-01-30 08:00", until: "2026-01-31 00:00")
        #expect(sent.map(\.nudges) == [[Self.id(), Self.id("2026-01-30", "ben")]])
        stage = Self.stage {
            $0.keep("ben")
            $0.promise("the paper", "2026-01-30", to: "ben", on: "2026-01-21")
        }
        sent = stage.play(from: "2026-01-30 08:00", until: "2026-01-31 00:00")
        #expect(sent.map(\.nudges.count) == [1, 1])
    }

    @Test("Several promises of one entry by one day are one nudge, by two days two")
    func several() {
        let stage = Self.stage {
            $0.contents.journal[0].promises += [
                JournalEntry.Promise("a paper", due: Berlin.day("2026-01-30")),
                JournalEntry.Promise("a call", due: Berlin.day("2026-02-03")),
            ]
        }
        let plan = stage.plan(at: Berlin.at("2026-01-27 08:00"))
        #expect(plan.nudges.map(\.record.id).sorted() == [Self.id(), Self.id("2026-02-03")].sorted())
    }

    @Test("It keeps no reconnect back")
    func noHold() {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        stage.promise("deck", "2026-01-27", to: "ana", on: "2025-12-09")
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00")
        #expect(sent.map(\.nudges[0].kind) == [.promise, .reconnect])
    }
}

/// Birthday, promise, meeting and first line on one day.
@Suite("The order of dated nudges")
struct DatedOrderTests {
    static func stage() -> PlannerStage {
        var stage = PlannerStage()
        stage.keep("mira", .personal, birthday: AnnualDate(month: 1, day: 27))
        stage.meet("2025-11-10 19:00", with: ["mira"])
        stage.meet("2026-01-10 19:00", with: ["mira"])
        stage.keep("leila", firstSeen: "2026-01-20")
        stage.meet("2026-01-24 10:00", with: ["leila"], uid: "panel")
        stage.keep("ben")
        stage.meet("2025-10-14 10:00", with: ["ben"], uid: "hiring")
        stage.meet("2026-01-27 15:00", with: ["ben"], uid: "talk")
        stage.keep("cem", every: 300)
        stage.promise("deck", "2026-01-27", to: "cem", on: "2026-01-20")
        return stage
    }

    static func told(_ stage: PlannerStage) -> [String] {
        var stage = stage
        return stage.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00").map { $0.nudges[0].kind.rawValue }
    }

    @Test("Three bubbles a day: birthday, promise, meeting; the first line waits")
    func order() {
        #expect(Self.told(Self.stage()) == ["birthday", "promise", "prepare"])
    }

    @Test(
        "One of the three is kept for a reconnect while there is one; what has no place stands in the list of the day"
    )
    func room() throws {
        var stage = Self.stage()
        stage.keep("ana")
        stage.meet("2025-12-09 10:00")
        #expect(Self.told(stage) == ["birthday", "promise", "reconnect"])
        let now = Berlin.at("2026-01-27 08:00")
        let plan = stage.turn(at: now)
        let screens = Screens(plan: plan, world: stage.world(at: now), view: stage.view, policy: stage.policy)
        let rows = screens.today(selected: nil)
        #expect(rows.contains { $0.hasPrefix("ben") && $0.hasSuffix("no free moment") })
        #expect(rows.contains { $0.hasPrefix("leila") && $0.contains("met on Saturday, \"panel\"") })
        let weekly = try #require(
            digest(plan: plan, world: stage.world(at: now), view: stage.view, policy: stage.policy)
        )
        #expect(weekly.body.contains("ben    meeting at 15:00"))
    }
}
