import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Testing

@Suite("Answers")
struct AnswerTests {
    static let morning = Stage.at(hour: 9)
    static let noon = Stage.at(hour: 12)
    private struct DiskFull: Error {}

    /// A stage on which Ana's bubble was just shown.
    static func shown() async throws -> (Stage, NudgeRecord) {
        let stage = try Stage()
        _ = try await stage.engine.turn(at: morning)
        return (stage, try #require(try stage.nudge(at: morning)))
    }

    @Test("Done goes to the journal, answers the nudge, moves the clock and closes the bubble")
    func done() async throws {
        let (stage, nudge) = try await Self.shown()
        _ = try stage.engine.answer(.met(at: Self.noon, note: "audit timing"), nudge: nudge.shortID, at: Self.noon) {
            "x"
        }
        let entry = try #require(stage.source.held.journal.first)
        #expect(entry.action == .met && entry.nudge == nudge.id && entry.note == "audit timing")
        #expect(entry.summary == "Met Ana Ruiz" && entry.people.map(\.email) == ["ana@example.org"])
        _ = try await stage.engine.turn(at: Self.noon)
        #expect(try stage.nudge(at: Self.noon)?.state == .answered(.met))
        #expect(stage.engine.latest?.plan.assessments[Stage.ana]?.due == Stage.day("2026-03-10"))
        #expect(stage.desktop.retracted == ["1@test"])
    }

    @Test("A journal that cannot be written leaves the ledger as it was")
    func fullDisk() async throws {
        let (stage, nudge) = try await Self.shown()
        stage.source.writeError = DiskFull()
        #expect(throws: AnswerError.self) {
            _ = try stage.engine.answer(.met(at: Self.noon, note: nil), nudge: nudge.shortID, at: Self.noon) { "x" }
        }
        #expect(try stage.nudge(at: Self.noon)?.state == .delivered)
    }

    @Test("A crash after the journal and before the ledger is mended by the next turn")
    func reconciles() async throws {
        let (stage, nudge) = try await Self.shown()
        let entry = JournalEntry(
            uid: "e",
            when: Self.noon,
            action: .wrote,
            contacts: [Stage.ana],
            nudge: nudge.id,
            place: Place(file: "e.ics")
        )
        try stage.source.write(entry)
        try stage.restart()
        _ = try await stage.engine.turn(at: Self.noon)
        #expect(try stage.nudge(at: Self.noon)?.state == .answered(.wrote))
    }

    @Test("Later brings the nudge back at the next free moment from tomorrow")
    func later() async throws {
        let (stage, nudge) = try await Self.shown()
        let receipt = try stage.engine.answer(.later(until: nil), nudge: nudge.shortID, at: Self.noon) { "x" }
        #expect(receipt.until == Stage.at(day: "2026-01-28", hour: 9))
        try await stage.turns(from: Self.noon, until: Stage.at(day: "2026-01-29", hour: 0))
        #expect(stage.desktop.attempts.map(\.at) == [Self.morning, Stage.at(day: "2026-01-28", hour: 9)])
        #expect(Set(stage.desktop.attempts.map(\.key)).count == 2)
    }

    @Test("An instant the user named overrides the hours")
    func laterTonight() async throws {
        let (stage, nudge) = try await Self.shown()
        let tonight = Stage.at(hour: 19)
        _ = try stage.engine.answer(.later(until: tonight), nudge: nudge.shortID, at: Self.noon) { "x" }
        try await stage.turns(from: Self.noon, until: Self.noon.adding(seconds: 86_400))
        #expect(stage.desktop.attempts.map(\.at) == [Self.morning, tonight])
    }

    @Test("Undo cancels the journal entry and the nudge is as it was")
    func undo() async throws {
        let (stage, nudge) = try await Self.shown()
        _ = try stage.engine.answer(.met(at: Self.noon, note: nil), nudge: nudge.shortID, at: Self.noon) { "x" }
        _ = try await stage.engine.turn(at: Self.noon)
        _ = try stage.engine.undo(at: Self.noon.adding(seconds: 60))
        #expect(stage.source.held.journal.map(\.isCancelled) == [true])
        _ = try await stage.engine.turn(at: Self.noon.adding(seconds: 60))
        #expect(try stage.nudge(at: Self.noon)?.state == .delivered)
        #expect(throws: AnswerError.nothingToUndo) { _ = try stage.engine.undo(at: Self.noon) }
    }

    @Test("Skip moves the clock without a journal entry; undoing it moves the clock back")
    func skip() async throws {
        let (stage, nudge) = try await Self.shown()
        _ = try stage.engine.answer(.skip, nudge: nudge.shortID, at: Self.noon) { "x" }
        _ = try await stage.engine.turn(at: Self.noon)
        #expect(stage.source.held.journal.isEmpty)
        #expect(stage.engine.latest?.plan.assessments[Stage.ana]?.due == Stage.day("2026-03-10"))
        _ = try stage.engine.undo(at: Self.noon)
        _ = try await stage.engine.turn(at: Self.noon)
        #expect(stage.engine.latest?.plan.assessments[Stage.ana]?.due == Stage.day("2026-01-20"))
    }

    @Test(
        "Got it, to what was said before a meeting, and a promise given up leave the clock alone; undo brings them back"
    )
    func skipOfOthers() async throws {
        let stage = try Stage()
        let me = Participant(email: "ada@example.com", answer: .accepted)
        stage.source.held.meetings.append(
            Meeting(
                uid: "talk",
                start: Stage.at(hour: 15),
                end: Stage.at(hour: 16),
                firstDay: Stage.day("2026-01-27"),
                endDay: Stage.day("2026-01-28"),
                organizer: me,
                attendees: [me, Participant(email: "ana@example.org")]
            )
        )
        let promised = JournalEntry(
            uid: "e",
            when: Stage.at(day: "2025-12-10", hour: 10),
            action: .wrote,
            contacts: [Stage.ana],
            promises: [JournalEntry.Promise("the deck", due: Stage.day("2026-01-27"))]
        )
        try stage.source.write(promised)
        try await stage.turns(from: Self.morning, until: Stage.at(hour: 14, minute: 56))
        let before = stage.engine.latest?.plan.assessments[Stage.ana]?.due
        for kind in [NudgeKind.prepare, .promise] {
            let now = Stage.at(hour: 14, minute: 57)
            let nudge = try #require(try stage.ledger.view(at: now).nudges.first { $0.id.kind == kind })
            #expect(nudge.state == .delivered)
            _ = try stage.engine.answer(.skip, nudge: nudge.shortID, at: now) { "x" }
            _ = try await stage.engine.turn(at: now)
            #expect(try stage.ledger.view(at: now).nudges.first { $0.id.kind == kind }?.state == .answered(.skip))
            #expect(try stage.ledger.view(at: now).skips.isEmpty)
            #expect(stage.engine.latest?.plan.assessments[Stage.ana]?.due == before)
            _ = try stage.engine.undo(nudge: nudge.shortID, at: now)
            #expect(try stage.ledger.view(at: now).nudges.first { $0.id.kind == kind }?.state == .delivered)
        }
    }

    @Test("By name an answer means the reconnect; having met answers no meeting to come and keeps no promise unasked")
    func byName() async throws {
        let stage = try Stage()
        let ledger = stage.ledger
        func open(_ kind: NudgeKind, _ reason: NudgeReason) -> NudgeRecord {
            let id = NudgeID(kind: kind, contacts: [Stage.ana], cycle: "x")
            return NudgeRecord(id: id, reason: reason, due: Stage.day("2026-01-27"), opened: Stage.day("2026-01-27"))
        }
        try ledger.put(open(.prepare, .prepare))
        try ledger.put(open(.promise, .promise))
        func answered(_ answer: Answer) throws -> NudgeKind? {
            let receipt = try stage.engine.answer(answer, contacts: [Stage.ana], at: Self.noon) { "x" }
            _ = try stage.engine.undo(at: Self.noon)
            return receipt.nudge?.id.kind
        }
        #expect(try answered(.met(at: Self.noon, note: nil)) == nil)
        #expect(try answered(.skip) == .prepare)
        try ledger.put(open(.promise, .promise).shown(at: Self.morning, wasSeen: true))
        #expect(try answered(.met(at: Self.noon, note: nil)) == .promise)
        try ledger.put(open(.followUp, .followUp))
        #expect(try answered(.wrote(at: Self.noon, note: nil)) == .followUp)
    }

    @Test("A promise in a note goes into the journal; one that cannot be read stays in the note")
    func promise() async throws {
        let stage = try Stage()
        func logged(_ note: String) throws -> JournalEntry? {
            _ = try stage.engine.answer(.met(at: Self.noon, note: note), contacts: [Stage.ana], at: Self.noon) { note }
            return stage.source.held.journal.first { $0.uid == note }
        }
        let entry = try #require(try logged("lunch; promise: deck by friday"))
        #expect(entry.note == "lunch" && entry.promises == [JournalEntry.Promise("deck", due: Stage.day("2026-01-30"))])
        let bad = try #require(try logged("promise: deck by fridya"))
        #expect(bad.note == "promise: deck by fridya" && bad.promises.isEmpty)
    }

    @Test("An answer about a person answers the nudge about them; without one it is logged all the same")
    func byPerson() async throws {
        let (stage, nudge) = try await Self.shown()
        _ = try stage.engine.answer(.wrote(at: Self.noon, note: nil), contacts: [Stage.ana], at: Self.noon) { "x" }
        #expect(stage.source.held.journal.first?.nudge == nudge.id)
        _ = try stage.engine.answer(.met(at: Self.noon, note: nil), contacts: [Stage.ana], at: Self.noon) { "random" }
        #expect(stage.source.held.journal.last?.uid == "random")
    }

    @Test("Contact that lies ahead, and a nudge nobody knows, are refused")
    func refused() async throws {
        let (stage, nudge) = try await Self.shown()
        let tomorrow = Self.noon.adding(seconds: 86_400)
        #expect(throws: AnswerError.notYet(tomorrow)) {
            _ = try stage.engine.answer(.met(at: tomorrow, note: nil), nudge: nudge.shortID, at: Self.noon) { "x" }
        }
        #expect(throws: AnswerError.noSuchNudge("n0000000")) {
            _ = try stage.engine.answer(.skip, nudge: "n0000000", at: Self.noon) { "x" }
        }
    }
}
