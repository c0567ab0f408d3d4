import CivilTime
import KithCore
import KithEngine
import KithTesting
import Synchronization
import Testing

@testable import KithLedger

/// A statement that holds the lock of writers for a good while.
private final class LongWrite: Sendable {
    let isDone = Mutex(false)

    private static let sql = """
        INSERT INTO first_seen WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 300000)
        SELECT 'c' || n, '2026-01-01' FROM count
        """

    func run(_ path: String) throws {
        defer { isDone.withLock { $0 = true } }
        _ = try SQLiteLedger.open(path: path, readOnly: false).rows(Self.sql)
    }
}

@Suite("Several at one ledger")
struct TwoWritersTests {
    @Test("A writer waits for another, and both succeed")
    func waiting() async throws {
        let held = try Held()
        let path = held.path
        let write = LongWrite()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try write.run(path) }
            let patient = try held.another()
            var count = 0
            while !write.isDone.withLock({ $0 }) {
                try patient.put(LedgerSample.nudge("n\(count)"))
                count += 1
                try await Task.sleep(for: .milliseconds(2))
            }
            try await group.waitForAll()
            let view = try held.ledger.view(at: LedgerSample.now)
            #expect(view.nudges.count == count && view.revision == Int64(count))
            #expect(view.firstSeen.count == 300_000)
        }
    }

    @Test("Many may open a ledger that is not there yet, at once", arguments: 0..<4)
    func opening(round: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/state/\(round)/ledger.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<6 {
                group.addTask {
                    try SQLiteLedger.open(path: path, readOnly: false).put(LedgerSample.nudge("w\(writer)"))
                }
            }
            try await group.waitForAll()
        }
        let view = try SQLiteLedger.open(path: path, readOnly: true).view(at: LedgerSample.now)
        #expect(view.nudges.count == 6)
    }

    @Test("Of two plans from one revision the second is told to plan again")
    func twoPlans() throws {
        let held = try Held()
        let other = try held.another()
        let revision = try held.ledger.view(at: LedgerSample.now).revision
        #expect(try other.view(at: LedgerSample.now).revision == revision)
        try held.ledger.apply(LedgerSample.plan([.put(LedgerSample.nudge("ana"))], revision: revision))
        let second = LedgerSample.plan([.put(LedgerSample.nudge("ben"))], revision: revision)
        #expect(throws: LedgerError.revisionMoved) { try other.apply(second) }
        try other.apply(LedgerSample.plan(second.changes, revision: revision + 1))
        #expect(try held.ledger.view(at: LedgerSample.now).nudges.count == 2)
    }

    @Test("A reader sees what was there before a write that is under way, and does not wait for it")
    func reading() async throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge())
        let path = held.path
        let write = LongWrite()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try write.run(path) }
            let impatient = try held.another()
            _ = try impatient.rows("PRAGMA busy_timeout = 0")
            var wasBusy = false
            while !wasBusy, !write.isDone.withLock({ $0 }) {
                do throws(LedgerError) {
                    try impatient.pause(until: nil)
                } catch {
                    #expect(error == .busy)
                    wasBusy = true
                    #expect(try impatient.view(at: LedgerSample.now).firstSeen.isEmpty)
                }
                try await Task.sleep(for: .milliseconds(2))
            }
            #expect(wasBusy)
            try await group.waitForAll()
        }
        #expect(try held.ledger.view(at: LedgerSample.now).firstSeen.count == 300_000)
    }

    @Test("A full disk is told, loses nothing, and is over when there is room again")
    func fullDisk() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge("kept"))
        _ = try held.ledger.rows("PRAGMA max_page_count = 1")
        let error = try #require(throws: LedgerError.self) {
            for number in 0..<2_000 { try held.ledger.put(LedgerSample.nudge("n\(number)")) }
        }
        #expect(error == .unusable("database or disk is full"))
        let full = try held.ledger.view(at: LedgerSample.now)
        #expect(full.nudges.contains { $0.id.contacts == [ContactID("kept")] })
        #expect(Int64(full.nudges.count) == full.revision)
        #expect(try held.another(readOnly: true).view(at: LedgerSample.now) == full)
        let plan = LedgerSample.plan(
            (0..<400).map { .firstSeen(ContactID("c\($0)"), LedgerSample.day("2026-01-27")) },
            revision: full.revision
        )
        #expect(throws: LedgerError.self) { try held.ledger.apply(plan) }
        #expect(try held.ledger.view(at: LedgerSample.now) == full)
        _ = try held.ledger.rows("PRAGMA max_page_count = 100000")
        try held.ledger.apply(plan)
        #expect(try held.ledger.view(at: LedgerSample.now).firstSeen.count == 400)
    }
}
