import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// The core says in pure code what taking a plan does to a view; the file has to do just that.
@Suite("What a ledger gives back")
struct RoundTripTests {
    /// The order of deliveries and of skips is without meaning.
    private static func settled(_ view: LedgerView) -> LedgerView {
        var view = view
        view.deliveries.sort { ($0.plannedAt.seconds, $0.key.text) < ($1.plannedAt.seconds, $1.key.text) }
        view.sources.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return view
    }

    @Test("A plan that is taken changes the view as the core says it does", arguments: UInt64(0)..<24)
    func plans(seed: UInt64) throws {
        let held = try Held(.memory)
        var draws = LedgerDraws(seed: seed)
        var now = LedgerSample.now
        for step in 0..<25 {
            let before = try held.ledger.view(at: now)
            let plan = draws.plan(on: before, at: now)
            try held.ledger.apply(plan)
            let (found, expected) = (Self.settled(try held.ledger.view(at: now)), Self.settled(before.applying(plan)))
            #expect(found.nudges == expected.nudges, "step \(step)")
            #expect(found.deliveries == expected.deliveries, "step \(step)")
            #expect(found.firstSeen == expected.firstSeen, "step \(step)")
            #expect(found.sources == expected.sources, "step \(step)")
            #expect(found == expected, "step \(step)")
            now = now.adding(minutes: 7)
        }
    }

    @Test("Every field of a nudge comes back, also from a file opened anew", arguments: UInt64(100)..<108)
    func nudges(seed: UInt64) throws {
        let held = try Held()
        var draws = LedgerDraws(seed: seed)
        var records: [NudgeID: NudgeRecord] = [:]
        for _ in 0..<40 {
            let record = draws.nudge()
            try held.ledger.put(record)
            records[record.id] = record
        }
        let again = try held.another(readOnly: true).view(at: LedgerSample.now)
        #expect(again.nudges.map(\.id) == records.keys.sorted())
        for found in again.nudges {
            #expect(!found.shortID.isEmpty)
            var expected = try #require(records[found.id])
            expected.shortID = found.shortID
            #expect(found == expected)
        }
        #expect(Set(again.nudges.map(\.shortID)).count == again.nudges.count)
    }

    @Test("A nudge keeps its short id however often it is put, and no two share one")
    func shortIDs() throws {
        let held = try Held(.memory)
        let first = LedgerSample.nudge()
        try held.ledger.put(first)
        let given = try #require(try held.ledger.view(at: LedgerSample.now).nudges.first?.shortID)
        #expect(given == first.id.shortID())
        var changed = first
        (changed.shortID, changed.state) = ("another", .delivered)
        try held.ledger.put(changed)
        let now = try #require(try held.ledger.view(at: LedgerSample.now).nudges.first)
        #expect(now.shortID == given && now.state == .delivered)
        // Whoever comes where the short id is taken gets the next.
        _ = try held.rows("UPDATE nudge SET identity = 'reconnect/x/other'")
        try held.ledger.put(first)
        let both = try held.ledger.view(at: LedgerSample.now).nudges.map(\.shortID)
        #expect(Set(both) == [given, first.id.shortID(attempt: 1)])
    }

    @Test("Nudges closed for four years, and what was sent 200 days ago, are out of sight")
    func memory() throws {
        let held = try Held(.memory)
        let old = LedgerSample.nudge("old", state: .answered(.met), closed: "2026-01-20")
        let open = LedgerSample.nudge("open")
        let key = LedgerSample.key([old])
        try held.ledger.apply(
            LedgerSample.plan([.put(old), .put(open), .enqueue(LedgerSample.delivery(key))], revision: 0)
        )
        let pending = LedgerSample.now.adding(seconds: 201 * 86_400)
        #expect(try held.ledger.view(at: pending).deliveries.map(\.key) == [key])
        _ = try held.ledger.beginAttempt(key, at: LedgerSample.now)
        try held.ledger.finishAttempt(
            key,
            .sent(receipt: nil, wasSeen: true),
            shown: [],
            read: [],
            at: LedgerSample.now
        )
        let inside = LedgerSample.now.adding(seconds: 200 * 86_400)
        #expect(try held.ledger.view(at: inside).deliveries.count == 1)
        #expect(try held.ledger.view(at: pending).deliveries.isEmpty)
        let years = LedgerSample.now.adding(seconds: 1_456 * 86_400)
        #expect(try held.ledger.view(at: years).nudges.map(\.id.contacts) == [[ContactID("old")], [ContactID("open")]])
        let more = LedgerSample.now.adding(seconds: 1_458 * 86_400)
        #expect(try held.ledger.view(at: more).nudges.map(\.id.contacts) == [[ContactID("open")]])
    }
}
