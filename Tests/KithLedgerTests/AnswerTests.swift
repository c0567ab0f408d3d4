import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Testing

@Suite("Answers, pauses and sources")
struct AnswerTests {
    static let now = LedgerSample.now

    /// Every state an answer can find a nudge in.
    static let states: [NudgeState] = [
        .pending, .delivered, .snoozed(until: LedgerSample.now, isNamed: true),
        .snoozed(until: LedgerSample.now.adding(minutes: -9), isNamed: false),
    ]

    @Test("Undo restores a nudge as it was, whatever its state was", arguments: Place.allCases, states)
    func undo(place: Place, state: NudgeState) throws {
        let held = try Held(place)
        var before = LedgerSample.nudge(state: state)
        (before.showings, before.unseen, before.snoozes) = (3, 1, 1)
        (before.deliveredAt, before.seenAt) = (Self.now, Self.now.adding(minutes: 1))
        try held.ledger.put(before)
        before = try #require(try held.ledger.view(at: Self.now).nudges.first)
        let answer = LedgerSample.answer(.met, to: before, journalUID: "j@kith")
        try held.ledger.record(answer, after: before.answered(.met, on: answer.date))
        #expect(try held.ledger.view(at: Self.now).nudges.map(\.state) == [.answered(.met)])
        let kept = try #require(try held.ledger.answers(limit: 1).first)
        #expect(kept.before == before)
        try held.ledger.undo(kept)
        #expect(try held.ledger.view(at: Self.now).nudges == [before])
        #expect(try held.ledger.answers(limit: 9).isEmpty)
    }

    @Test("Every field of an answer comes back", arguments: Place.allCases)
    func fields(place: Place) throws {
        let held = try Held(place)
        var answer = LedgerSample.answer(.wrote, to: nil, contacts: ["o'brien", "ana", "😀"], journalUID: "j@kith")
        try held.ledger.record(answer, after: nil)
        let found = try #require(try held.ledger.answers(limit: 1).first)
        #expect(found.id > 0)
        (answer.id, answer.contacts) = (found.id, found.contacts)
        #expect(found == answer && Set(found.contacts.map(\.uid)) == ["o'brien", "ana", "😀"])
    }

    @Test("The newest answers come first, as many as were asked for", arguments: Place.allCases)
    func order(place: Place) throws {
        let held = try Held(place)
        for kind in [AnswerKind.met, .wrote, .skip, .evidence] {
            try held.ledger.record(LedgerSample.answer(kind, to: nil), after: nil)
        }
        #expect(try held.ledger.answers(limit: 3).map(\.kind) == [.evidence, .skip, .wrote])
        #expect(try held.ledger.answers(limit: 0).isEmpty)
        try held.ledger.undo(try #require(try held.ledger.answers(limit: 1).first))
        #expect(try held.ledger.answers(limit: 9).map(\.kind) == [.skip, .wrote, .met])
    }

    @Test("A skip is remembered for each of its people until it is undone", arguments: Place.allCases)
    func skips(place: Place) throws {
        let held = try Held(place)
        let date = LedgerSample.day("2026-01-25")
        try held.ledger.record(
            LedgerSample.answer(.skip, to: nil, contacts: ["ben", "ana"], on: "2026-01-25"),
            after: nil
        )
        try held.ledger.record(LedgerSample.answer(.met, to: nil), after: nil)
        let skips = ["ana", "ben"].map { SkipRecord(contact: ContactID($0), date: date) }
        #expect(try held.ledger.view(at: Self.now).skips == skips)
        for answer in try held.ledger.answers(limit: 2) { try held.ledger.undo(answer) }
        #expect(try held.ledger.view(at: Self.now).skips.isEmpty)
    }

    @Test("An answer whose nudge cannot be put is not recorded", arguments: Place.allCases)
    func oneTransaction(place: Place) throws {
        let held = try Held(place)
        let nudge = LedgerSample.nudge()
        try held.ledger.put(nudge)
        // Answered without a day goes against the schema.
        var broken = nudge
        broken.state = .answered(.met)
        #expect(throws: LedgerError.self) {
            try held.ledger.record(LedgerSample.answer(.met, to: nudge), after: broken)
        }
        #expect(try held.ledger.answers(limit: 1).isEmpty)
        #expect(try held.ledger.view(at: Self.now).revision == 1)
    }

    @Test("A pause lasts until it is ended", arguments: Place.allCases)
    func pause(place: Place) throws {
        let held = try Held(place)
        for day in [LedgerSample.day("2026-03-01"), LedgerSample.day("2026-02-01"), nil] {
            try held.ledger.pause(until: day)
            #expect(try held.ledger.view(at: Self.now).pausedUntil == day)
        }
    }

    @Test(
        "What a source holds is taken for the truth, and what is not configured is forgotten",
        arguments: Place.allCases
    )
    func sources(place: Place) throws {
        let held = try Held(place)
        let gone = SourceMemory(path: "/a", items: 40, goneSince: Self.now)
        let others = ["/b", "/c's"].map { SourceMemory(path: $0, items: 1) }
        try held.ledger.apply(LedgerSample.plan(([gone] + others).map { .remember($0) }, revision: 0))
        #expect(try held.ledger.view(at: Self.now).sources == [gone] + others)
        try held.ledger.acceptSource(path: "/a", items: 3, configured: [])
        #expect(try held.ledger.view(at: Self.now).sources.first == SourceMemory(path: "/a", items: 3))
        try held.ledger.acceptSource(path: nil, items: 0, configured: ["/a", "/new"])
        #expect(try held.ledger.view(at: Self.now).sources == [SourceMemory(path: "/a", items: 3)])
    }
}
