import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// A ledger keeps the view it gave and mends it by what it writes; it has to be what the file says.
@Suite("A view that is kept")
struct HeldViewTests {
    /// One ledger under test, and what is done to it, drawn from a seed.
    private struct Writer {
        let ledger: any Ledger
        var draws: LedgerDraws
        var random: SplitMix64

        mutating func write(at now: Instant) throws {
            let view = try ledger.view(at: now)
            let row = view.deliveries.filter { $0.state == .pending }.randomElement(using: &random)
            let nudge = view.nudges.randomElement(using: &random)
            switch Int.random(in: 0..<18, using: &random) {
            case 0, 12, 13, 14: if let row { _ = try ledger.beginAttempt(row.key, at: now) }
            case 1, 15, 16, 17: if let row { try finish(row, at: now) }
            case 2: if let row { try ledger.close(row.key, as: .failed, problem: "no", at: now) }
            case 3: try ledger.put(draws.nudge())
            case 4, 5:
                let before = nudge.flatMap { $0.state.isOpen ? $0 : nil }
                let kind = [AnswerKind.met, .skip].randomElement(using: &random) ?? .met
                let answer = LedgerSample.answer(kind, to: before)
                try ledger.record(answer, after: before?.answered(kind, on: answer.date))
            case 6: if let answer = try ledger.answers(limit: 1).first { try ledger.undo(answer) }
            case 7: try ledger.pause(until: Bool.random(using: &random) ? LedgerSample.day("2026-03-01") : nil)
            case 8: try ledger.acceptSource(path: "/calendars", items: 3, configured: [])
            case 9: try ledger.compact(at: now)
            default: try ledger.apply(draws.plan(on: view, at: now))
            }
        }

        private mutating func finish(_ row: DeliveryRecord, at now: Instant) throws {
            guard row.attempts > 0, case .nudges(let ids) = row.key.subject else { return }
            let outcome: AttemptOutcome =
                Bool.random(using: &random) ? .sent(receipt: "1@x", wasSeen: .random(using: &random)) : .refused("no")
            try ledger.finishAttempt(row.key, outcome, shown: ids, read: [], at: now)
        }
    }

    @Test("Whatever is written, the view is the one of a file that is opened anew", arguments: UInt64(0)..<20)
    func equal(seed: UInt64) throws {
        let held = try Held()
        let beside = try held.another(readOnly: true)
        var writer = Writer(ledger: held.ledger, draws: LedgerDraws(seed: seed), random: SplitMix64(seed: seed))
        var now = LedgerSample.now
        for step in 0..<60 {
            try writer.write(at: now)
            let (found, expected) = (try held.ledger.view(at: now), try beside.view(at: now))
            #expect(found == expected, "step \(step)")
            guard found == expected else { return }
            now = now.adding(minutes: .random(in: 1...2_000, using: &writer.random))
        }
    }

    @Test("A ledger in plain memory shows what SQLite shows", arguments: UInt64(100)..<120)
    func plain(seed: UInt64) throws {
        let ledgers: [any Ledger] = [try SQLiteLedger.inMemory(), MemoryLedger()]
        var writers = ledgers.map {
            Writer(ledger: $0, draws: LedgerDraws(seed: seed), random: SplitMix64(seed: seed))
        }
        var now = LedgerSample.now
        for step in 0..<80 {
            for index in writers.indices { try writers[index].write(at: now) }
            var (found, expected) = (try ledgers[1].view(at: now), try ledgers[0].view(at: now))
            // A file that lets go of something is another, where memory has let go already.
            (found.revision, expected.revision) = (0, 0)
            #expect(found == expected, "step \(step)")
            #expect(try ledgers[1].answers(limit: 5) == ledgers[0].answers(limit: 5), "step \(step)")
            guard found == expected else { return }
            now = now.adding(minutes: .random(in: 1...20_000, using: &writers[0].random))
            writers[1].random = writers[0].random
        }
    }

    @Test("What another wrote is seen at once")
    func others() throws {
        let held = try Held()
        let other = try held.another()
        _ = try held.ledger.view(at: LedgerSample.now)
        try other.put(LedgerSample.nudge("ana"))
        #expect(try held.ledger.view(at: LedgerSample.now).nudges.count == 1)
        try other.put(LedgerSample.nudge("ben"))
        try held.ledger.put(LedgerSample.nudge("cem"))
        #expect(try held.ledger.view(at: LedgerSample.now).nudges.count == 3)
    }

    @Test("Where nothing could be written the view is read anew")
    func refused() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge("ana"))
        let before = try held.ledger.view(at: LedgerSample.now)
        let plan = LedgerSample.plan([.put(LedgerSample.nudge("ben"))], revision: before.revision - 1)
        #expect(throws: LedgerError.revisionMoved) { try held.ledger.apply(plan) }
        #expect(try held.ledger.view(at: LedgerSample.now) == before)
    }
}
