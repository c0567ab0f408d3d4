import CivilTime
import KithCore
import KithEngine
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
