import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// What a ledger lets go of, and what it never does.
@Suite("Compaction")
struct CompactionTests {
    static let now = LedgerSample.now

    static func day(_ ago: Int) -> CivilDate { LedgerSample.day("2026-01-27").adding(days: -ago) }

    /// A nudge named by a mark so many days ago, closed so many days ago; open without.
    static func nudge(_ person: String, _ cause: Mark.Cause, _ marked: Int, closed: Int?) -> NudgeRecord {
        let mark = Mark(cause, day(marked))
        return NudgeRecord(
            id: NudgeID(kind: .reconnect, contacts: [ContactID(person)], cycle: mark.description),
            state: closed == nil ? .delivered : .expired(.ignored),
            reason: .due,
            mark: mark,
            base: mark,
            due: day(marked),
            opened: day(marked),
            showings: 1,
            closed: closed.map { day($0) }
        )
    }

    /// A nudge of another kind.
    static func nudge(_ kind: String, cycle: String, closed: Int, reason: NudgeReason = .due) -> NudgeRecord {
        NudgeRecord(
            id: NudgeID(kind: NudgeKind(rawValue: kind), contacts: [ContactID("x")], cycle: cycle),
            state: .answered(.met),
            reason: reason,
            due: day(closed),
            opened: day(closed),
            closed: day(closed)
        )
    }

    /// A nudge, and whether it is still there afterwards.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let nudge: NudgeRecord
        let isKept: Bool

        init(_ name: String, _ nudge: NudgeRecord, isKept: Bool) {
            (testDescription, self.nudge, self.isKept) = (name, nudge, isKept)
        }
    }

    static let examples = [
        Example("open, however old", nudge("a", .met, 9_000, closed: nil), isKept: true),
        Example("closed four years ago, of evidence of five", nudge("a", .met, 1_826, closed: 1_700), isKept: true),
        Example("of evidence of nine years", nudge("a", .met, 3_300, closed: 3_200), isKept: true),
        Example("of a line sent nine years ago", nudge("a", .wrote, 3_300, closed: 3_200), isKept: true),
        Example("of evidence of eleven years", nudge("a", .met, 4_000, closed: 3_900), isKept: false),
        Example("of evidence of eleven years, closed lately", nudge("a", .met, 4_000, closed: 100), isKept: true),
        Example("of a skip nobody knows any more", nudge("a", .skip, 1_700, closed: 1_600), isKept: false),
        Example("of what became of another", nudge("a", .ignored, 1_700, closed: 1_600), isKept: false),
        Example("of the same, within four years", nudge("a", .again, 1_500, closed: 1_460), isKept: true),
        Example("of a first sight nobody knows any more", nudge("a", .kept, 1_700, closed: 1_600), isKept: false),
        Example("a birthday", nudge("birthday", cycle: "2021", closed: 1_600, reason: .birthday), isKept: false),
        Example(
            "a birthday of last year",
            nudge("birthday", cycle: "2025", closed: 300, reason: .birthday),
            isKept: true
        ),
        Example(
            "a week's chance",
            nudge("reconnect", cycle: "2021-W05", closed: 1_600, reason: .chance),
            isKept: false
        ),
        Example("an introduction", nudge("introduction", cycle: "pair", closed: 9_000), isKept: true),
        Example("any other of nine years", nudge("promise", cycle: "p", closed: 3_300), isKept: true),
        Example("any other of eleven years", nudge("promise", cycle: "p", closed: 4_000), isKept: false),
    ]

    @Test("A nudge stays as long as anything could give it its name again", arguments: examples)
    func nudges(_ example: Example) throws {
        let held = try Held(.memory)
        try held.ledger.put(example.nudge)
        try held.ledger.compact(at: Self.now)
        #expect(try held.rows("SELECT count(*) FROM nudge") == [example.isKept ? "1" : "0"])
    }

    @Test("A skip, a first sight or an answer that is known keeps the nudge it named")
    func named() throws {
        let held = try Held(.memory)
        let skipped = Self.nudge("a", .skip, 1_700, closed: 1_600)
        let first = Self.nudge("b", .kept, 1_800, closed: 1_600)
        try held.ledger.record(
            LedgerSample.answer(.skip, to: nil, contacts: ["a"], on: Self.day(1_700).description),
            after: skipped
        )
        try held.ledger.apply(
            LedgerSample.plan([.firstSeen(ContactID("b"), Self.day(1_800)), .put(first)], revision: 1)
        )
        try held.ledger.compact(at: Self.now)
        #expect(try held.rows("SELECT count(*) FROM nudge") == ["2"])
    }

    @Test("Of a person's skips the two newest stay, of other answers those of four years and what undo can reach")
    func answers() throws {
        let held = try Held(.memory)
        for ago in [3_000, 2_500, 2_000, 1_900, 100] {
            try held.ledger.record(
                LedgerSample.answer(.skip, to: nil, contacts: ["a", "b"], on: Self.day(ago).description),
                after: nil
            )
        }
        try held.ledger.record(
            LedgerSample.answer(.skip, to: nil, contacts: ["c"], on: Self.day(3_000).description),
            after: nil
        )
        for _ in 0..<Compaction.undoable {
            try held.ledger.record(LedgerSample.answer(.met, to: nil, on: Self.day(2_000).description), after: nil)
        }
        try held.ledger.compact(at: Self.now)
        let skips = try held.ledger.view(at: Self.now).skips.map {
            "\($0.contact.uid) \(Self.day(0).days(since: $0.date))"
        }
        #expect(skips == ["c 3000", "a 1900", "b 1900", "a 100", "b 100"])
        #expect(try held.rows("SELECT count(*) FROM answer WHERE kind = 'met'") == ["\(Compaction.undoable)"])
        try held.ledger.record(LedgerSample.answer(.met, to: nil), after: nil)
        try held.ledger.compact(at: Self.now)
        #expect(try held.rows("SELECT count(*) FROM answer WHERE kind = 'met'") == ["\(Compaction.undoable)"])
    }

    @Test("Deliveries of an open nudge and what is pending stay; of attempts the newest stay")
    func deliveries() throws {
        let held = try Held(.memory)
        let (open, closed) = (Self.nudge("a", .met, 400, closed: nil), Self.nudge("b", .met, 400, closed: 300))
        let then = Self.now.adding(seconds: -300 * 86_400)
        let keys = [open, closed].map { LedgerSample.key([$0]) }
        let waiting = LedgerSample.key([closed], occasion: "2")
        let changes: [LedgerChange] = [.put(open), .put(closed)]
        try held.ledger.apply(
            LedgerSample.plan(
                changes + (keys + [waiting]).map { .enqueue(LedgerSample.delivery($0)) },
                revision: 0,
                at: then
            )
        )
        for key in keys {
            for _ in 0..<60 { _ = try held.ledger.beginAttempt(key, at: then) }
            try held.ledger.finishAttempt(key, .sent(receipt: nil, wasSeen: true), shown: [], read: [], at: then)
        }
        let before = try held.ledger.view(at: Self.now)
        try held.ledger.compact(at: Self.now)
        #expect(
            try held.rows("SELECT subject, occasion FROM delivery ORDER BY id") == [
                "\(open.id.text)|1", "\(closed.id.text)|2",
            ]
        )
        #expect(try held.rows("SELECT count(*), min(number), max(number) FROM attempt") == ["50|11|60"])
        var after = try held.ledger.view(at: Self.now)
        after.revision = before.revision
        #expect(after == before)
        // A month after the last of them was sent nothing is left to remove, and nothing is written.
        let revision = try held.ledger.view(at: Self.now).revision
        try held.ledger.compact(at: Self.now)
        #expect(try held.ledger.view(at: Self.now).revision == revision)
    }

    @Test("The room is given back", arguments: [Place.file, .memory])
    func room(place: Place) throws {
        let held = try Held(place)
        for round in 0..<3 {
            for number in 0..<400 {
                try held.ledger.put(Self.nudge("person-\(round)-\(number)", .ignored, 1_700, closed: 1_600))
            }
            try held.ledger.compact(at: Self.now)
            let pages = try held.rows("PRAGMA page_count").compactMap { Int($0) }
            let free = try held.rows("PRAGMA freelist_count").compactMap { Int($0) }
            #expect(free == [0] && pages[0] < 60, "\(pages)")
            #expect(try held.rows("PRAGMA auto_vacuum") == ["2"])
        }
        #expect(try held.rows("PRAGMA integrity_check") == ["ok"])
    }
}
