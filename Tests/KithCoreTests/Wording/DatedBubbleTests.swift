import CivilTime
import KithCore
import Testing

/// What bubbles say of meetings, first lines, promises, and of whom nobody thought, word for word.
@Suite("Bubbles of every kind")
struct DatedBubbleTests {
    static let prepare = NudgeID(kind: .prepare, contacts: [ContactID("ben")], cycle: "talk  2026-01-27T14:00:00Z")
    static let followUp = NudgeID(kind: .followUp, contacts: [ContactID("leila")], cycle: "panel  3")
    static let promise = NudgeID(kind: .promise, contacts: [ContactID("ben")], cycle: "entry 2026-01-27")

    /// Ben, Leila and Tomás of work, and what is known of them.
    static func stage() -> WordingStage {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ben", "Ben Adeyemi"))
        stage.keep(WordingStage.card("leila", "Leila Haddad"))
        stage.happened(
            Evidence(
                contact: ContactID("leila"),
                date: WordingStage.day("2026-01-23"),
                start: WordingStage.at("2026-01-23 10:00"),
                origin: .meeting,
                weight: 50,
                people: 3,
                uid: "panel",
                summary: "Pricing panel"
            )
        )
        return stage
    }

    static func record(_ id: NudgeID, _ reason: NudgeReason, due: String = "2026-01-27") -> NudgeRecord {
        NudgeRecord(id: id, reason: reason, due: WordingStage.day(due), opened: WordingStage.today)
    }

    static func bubble(
        _ stage: WordingStage,
        _ record: NudgeRecord,
        slot: Slot? = WordingStage.free,
        leavesMachine: Bool = false,
        isOneLine: Bool = false
    ) -> Message {
        message(
            for: [record],
            assessments: stage.assessments,
            world: stage.world,
            slot: slot,
            now: stage.now,
            policy: stage.policy,
            leavesMachine: leavesMachine,
            isOneLine: isOneLine,
            nudges: stage.view.nudges
        )
    }

    @Test("Before a meeting: who at what time, last time, what was promised, and one button")
    func prepares() {
        var stage = Self.stage()
        stage.said("ben", .met, on: "2025-10-14", note: "hiring freeze")
        stage.promised("the Q3 deck", by: "2026-01-30", to: "ben")
        let bubble = Self.bubble(stage, Self.record(Self.prepare, .prepare))
        #expect(bubble.title == "Ben Adeyemi at 15:00")
        #expect(bubble.body == "Last met 14 Oct: hiring freeze. You promised the Q3 deck.")
        #expect(bubble.actions == [.gotIt] && bubble.actions.map(\.label) == ["Got it"])
    }

    /// What is known before a meeting, and what is said of it.
    struct Known: CustomTestStringConvertible {
        let body: String
        let change: @Sendable (inout WordingStage) -> Void
        var testDescription: String { body }

        init(_ body: String, _ change: @escaping @Sendable (inout WordingStage) -> Void) {
            (self.body, self.change) = (body, change)
        }
    }

    static let known = [
        Known("Last met 14 Oct: \"Q3 review\".") { $0.met("ben", on: "2025-10-14", "Q3 review") },
        Known("Last met 14 Oct 2024: \"Q3 review\".") { $0.met("ben", on: "2024-10-14", "Q3 review") },
        Known("Last met 14 Oct: ends well?") { $0.said("ben", .met, on: "2025-10-14", note: "ends well?") },
        Known("Last met 14 Oct: hiring freeze.") {
            $0.met("ben", on: "2025-10-14", "Q3 review")
            $0.said("ben", .wrote, on: "2025-10-14", note: "hiring freeze")
        },
        Known("Last met 14 Oct: \"Q3 review\".") {
            $0.met("ben", on: "2025-10-14", "Q3 review")
            $0.said("ben", .wrote, on: "2025-09-14", note: "old news")
        },
        Known("You noted: moving house.") { $0.said("ben", .wrote, on: "2025-10-14", note: "moving house") },
        Known("You promised: Q3 deck. Birthday on Friday.") {
            $0.promised("Q3 deck", by: "2026-02-20", to: "ben")
            $0.world.ties[0].contact.birthday = AnnualDate(month: 1, day: 30)
        },
        Known("You promised to call.") {
            $0.promised("to call", by: "2026-02-20", to: "ben")
            $0.promised("the second", by: "2026-02-21", to: "ben", entry: "other")
        },
        Known("Birthday was on Sunday.") { $0.world.ties[0].contact.birthday = AnnualDate(month: 1, day: 25) },
        Known(
            "Last met 14 Oct: " + String(repeating: "word ", count: 7)
                + "word…. You promised: \(String(repeating: "deck ", count: 7))deck…."
        ) {
            $0.said("ben", .met, on: "2025-10-14", note: String(repeating: "word ", count: 30))
            $0.promised(String(repeating: "deck ", count: 30), by: "2026-02-20", to: "ben")
            $0.world.ties[0].contact.birthday = AnnualDate(month: 1, day: 30)
        },
    ]

    @Test("Of last time a note says more than a title; what has no room goes, the birthday first", arguments: known)
    func briefing(_ known: Known) {
        var stage = Self.stage()
        known.change(&stage)
        let body = Self.bubble(stage, Self.record(Self.prepare, .prepare)).body
        #expect(body.replacing("….", with: "…") == known.body.replacing("….", with: "…"))
        #expect(body.count <= bodyLimit)
    }

    @Test("A friend is met without a day of last time and without a title")
    func prepareFriend() {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ben", "Ben Adeyemi"), .personal)
        stage.met("ben", on: "2025-10-14", "Pint")
        stage.said("ben", .met, on: "2025-09-14", note: "new flat")
        #expect(Self.bubble(stage, Self.record(Self.prepare, .prepare)).body == "You noted: new flat.")
    }

    @Test("After a first meeting: when, what, a line")
    func followsUp() {
        let bubble = Self.bubble(Self.stage(), Self.record(Self.followUp, .followUp, due: "2026-01-26"))
        #expect(bubble.title == "Leila Haddad")
        #expect(bubble.body == "You met on Friday (\"Pricing panel\"). Send a line?")
        #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"])
        var stage = Self.stage()
        stage.now = WordingStage.at("2026-02-13 09:00")
        let later = NudgeID(kind: .followUp, contacts: [ContactID("leila")], cycle: "panel  21")
        #expect(
            Self.bubble(stage, Self.record(later, .followUp)).body
                == "You met on Fri 23 Jan (\"Pricing panel\"). Send a line?"
        )
        stage.world.ties[1].networks = [.personal]
        #expect(Self.bubble(stage, Self.record(later, .followUp)).body == "You met lately. Send a line?")
    }

    /// The day of a promise, what was promised, and what is said of it on 27 January.
    static let promises: [(due: String, text: String, body: String)] = [
        ("2026-01-27", "the Q3 deck", "You promised the Q3 deck, for today. Free until 14:30; do it now?"),
        ("2026-01-27", "Q3 deck", "You promised: Q3 deck, for today. Free until 14:30; do it now?"),
        ("2026-01-28", "an answer", "You promised an answer, for tomorrow. Free until 14:30; do it now?"),
        ("2026-01-31", "to call", "You promised to call, for Saturday. Free until 14:30; do it now?"),
        ("2026-01-23", "the deck", "You promised the deck, for Friday. Free until 14:30; do it now?"),
        ("2026-01-09", "the deck", "You promised the deck, for Fri 9 Jan. Free until 14:30; do it now?"),
    ]

    @Test("A promise says what and by when, without a word about being late", arguments: promises)
    func promised(due: String, text: String, body: String) {
        var stage = Self.stage()
        stage.promised(text, by: due, to: "ben")
        let id = NudgeID(kind: .promise, contacts: [ContactID("ben")], cycle: "entry \(due)")
        let bubble = Self.bubble(stage, Self.record(id, .promise, due: due))
        #expect(bubble.title == "Ben Adeyemi" && bubble.body == body)
        #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"])
    }

    @Test("Of a friend's promise a day that has passed is not told")
    func promisedFriend() {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ben", "Ben Adeyemi"), .personal)
        stage.promised("the tent", by: "2026-01-23", to: "ben")
        let id = NudgeID(kind: .promise, contacts: [ContactID("ben")], cycle: "entry 2026-01-23")
        let body = Self.bubble(stage, Self.record(id, .promise, due: "2026-01-23")).body
        #expect(body == "You promised the tent. Do it now?")
    }

    @Test("In a heavy week one line is enough, whatever is known")
    func heavy() {
        var stage = WordingStage.sample()
        stage.said("ana", .met, on: "2025-10-02", note: "audit timing")
        let bubble = Self.bubble(stage, stage.record("ana"), isOneLine: true)
        #expect(bubble.title == "Ana Ruiz" && bubble.body == "Heavy week. One line is enough; the rest waits.")
        #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"])
        let friend = Self.bubble(stage, stage.record("jonas"), isOneLine: true)
        #expect(friend.body == "Been a while. One line is enough.")
    }

    /// Tomás, last met in June 2022.
    static func tomas(_ change: (inout Tie) -> Void = { _ in }) -> WordingStage {
        var stage = WordingStage()
        stage.keep(WordingStage.card("tomas", "Tomás Vega"))
        stage.met("tomas", on: "2022-06-14", "Atlas wrap-up")
        stage.world.ties[0].contact.organization = "Norlys"
        stage.world.ties[0].interests = ["pricing"]
        change(&stage.world.ties[0])
        return stage
    }

    static func dormant(_ stage: WordingStage, _ reason: NudgeReason = .dormant) -> NudgeRecord {
        var record = stage.record("tomas")
        record.reason = reason
        return record
    }

    @Test("Who was not seen for years: the last time, where and what for now, a hello")
    func dormant() {
        let stage = Self.tomas()
        let whole = "Last: \"Atlas wrap-up\", June 2022. Now at Norlys; knows pricing. Say hello?"
        #expect(Self.bubble(stage, Self.dormant(stage)).body == whole)
        var late = stage
        late.assessments[ContactID("tomas")]?.isDormant = true
        #expect(Self.bubble(late, Self.dormant(stage, .late)).body == whole)
        func said(_ change: (inout Tie) -> Void) -> String { Self.bubble(Self.tomas(change), Self.dormant(stage)).body }
        #expect(said { $0.interests = [] } == "Last: \"Atlas wrap-up\", June 2022. Now at Norlys. Say hello?")
        #expect(
            said { $0.contact.organization = nil } == "Last: \"Atlas wrap-up\", June 2022. Knows pricing. Say hello?"
        )
        #expect(said { $0.side = .inside } == "Last: \"Atlas wrap-up\", June 2022. Knows pricing. Say hello?")
        #expect(
            said { ($0.interests, $0.contact.organization) = ([], " ") }
                == "Last: \"Atlas wrap-up\", June 2022. Say hello?"
        )
        #expect(said { $0.interests = ["pricing", "audits", "tea"] }.contains("knows pricing and audits."))
        let long = said {
            $0.interests = [String(repeating: "a", count: 90), String(repeating: "b", count: 90)]
            $0.contact.organization = String(repeating: "Norlys ", count: 20)
        }
        #expect(long.count <= bodyLimit && long.hasSuffix(" Say hello?"))
        #expect(said { $0.networks = [.personal] } == "Been a while. A pint this week?")
    }

    @Test("Who was drawn: nobody planned it")
    func chance() {
        let stage = Self.tomas()
        #expect(
            Self.bubble(stage, Self.dormant(stage, .chance)).body
                == "A name no plan brings up. 3 years since \"Atlas wrap-up\". Say hello?"
        )
        var stranger = stage
        stranger.world.ties = []
        stranger.assessments = [:]
        #expect(
            Self.bubble(stranger, Self.dormant(stage, .chance)).body.hasPrefix(
                "A name no plan brings up. 3 years since"
            )
        )
        let friend = Self.tomas { $0.networks = [.personal] }
        #expect(Self.bubble(friend, Self.dormant(stage, .chance)).body == "A name no plan brings up. Say hello?")
        #expect(friend.screens.reason(Self.dormant(stage, .chance)) == "by chance")
    }

    @Test("In lists each kind is a few words")
    func short() {
        var stage = Self.tomas()
        stage.promised("the Q3 deck", by: "2026-01-27", to: "tomas")
        let promise = NudgeID(kind: .promise, contacts: [ContactID("tomas")], cycle: "entry 2026-01-27")
        #expect(stage.screens.reason(Self.dormant(stage)) == "not since 2022; pricing")
        #expect(stage.screens.reason(Self.record(promise, .promise)) == "promised: the Q3 deck")
        #expect(stage.screens.reason(Self.record(Self.prepare, .prepare)) == "meeting at 15:00")
        #expect(
            Self.stage().screens.reason(Self.record(Self.followUp, .followUp)) == "met on Friday, \"Pricing panel\""
        )
    }

    @Test(
        "What leaves the machine carries no note, no promise and no private title; a lock screen with initials none at all"
    )
    func discreet() {
        var stage = Self.stage()
        stage.said("ben", .met, on: "2025-10-14", note: "hiring freeze")
        stage.promised("the Q3 deck", by: "2026-01-27", to: "ben")
        let prepare = Self.record(Self.prepare, .prepare)
        let promise = Self.record(Self.promise, .promise)
        #expect(Self.bubble(stage, prepare, leavesMachine: true).body == "Last met 14 Oct. You promised something.")
        #expect(
            Self.bubble(stage, promise, leavesMachine: true).body
                == "You promised something, for today. Free until 14:30; do it now?"
        )
        stage.policy.privacy = .initials
        #expect(Self.bubble(stage, prepare).title == "B. A. at 15:00")
        #expect(Self.bubble(stage, prepare).body == "Last met 14 Oct. You promised something.")
        let followUp = Self.record(Self.followUp, .followUp)
        #expect(Self.bubble(stage, followUp).body == "You met on Friday. Send a line?")
        stage.policy.privacy = .hidden
        #expect(Self.bubble(stage, prepare).title == "kith")
        #expect(Self.bubble(stage, prepare).body == "Something of yours is up. See: kith")
    }

    @Test("Explain shows what was promised and is open")
    func explained() {
        var stage = WordingStage.sample()
        stage.promised("the Q3 deck", by: "2026-01-30", to: "ana")
        stage.promised("a pint", by: "2026-01-20", to: "jonas", entry: "other")
        let rows = stage.world.ties.flatMap { stage.screens.explain($0) }
        #expect(rows.contains("promised  Fri 30 Jan  the Q3 deck") && rows.contains("promised  a pint"))
        let id = NudgeID(kind: .promise, contacts: [ContactID("ana")], cycle: "entry 2026-01-30")
        stage.view.nudges = [Self.record(id, .promise).answered(.skip, on: WordingStage.today)]
        let rowsNow = stage.world.ties.flatMap { stage.screens.explain($0) }
        #expect(!rowsNow.contains { $0.contains("Q3 deck") })
    }
}

extension WordingStage {
    /// What the user promised somebody when last writing.
    mutating func promised(_ text: String, by due: String, to uid: String, entry: String = "entry") {
        world.journal.append(
            JournalEntry(
                uid: entry,
                when: Self.at("2026-01-02 10:00"),
                action: .wrote,
                contacts: [ContactID(uid)],
                promises: [JournalEntry.Promise(text, due: Self.day(due))]
            )
        )
    }
}
