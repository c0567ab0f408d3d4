import CivilTime
import Dispatch
import Foundation
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

    /// Writes in a thread of its own: the threads of tasks may all be taken by other tests meanwhile.
    init(_ path: String) {
        Thread.detachNewThread { [self] in
            defer { isDone.withLock { $0 = true } }
            _ = try? SQLiteLedger.open(path: path, readOnly: false).rows(Self.sql)
        }
    }

    /// Does something every other millisecond as long as the writing lasts, or until it gives `false`.
    func during(_ body: () throws -> Bool) rethrows {
        while !isDone.withLock({ $0 }), try body() { usleep(2_000) }
    }

    func wait() {
        during { true }
    }
}

@Suite("Several at one ledger")
struct TwoWritersTests {
    @Test("A writer waits for another, and both succeed")
    func waiting() throws {
        let held = try Held()
        let patient = try held.another()
        var count = 0
        try LongWrite(held.path).during {
            try patient.put(LedgerSample.nudge("n\(count)"))
            count += 1
            return true
        }
        let view = try held.ledger.view(at: LedgerSample.now)
        #expect(view.nudges.count == count && view.revision == Int64(count))
        #expect(count > 0 && view.firstSeen.count == 300_000)
    }

    @Test("Many may open a ledger that is not there yet, at once", arguments: 0..<8)
    func opening(round: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/state/\(round)/ledger.sqlite"
        let problems = Mutex<[String]>([])
        // Threads, not tasks: as many as there are begin together.
        DispatchQueue.concurrentPerform(iterations: 6) { writer in
            do {
                try SQLiteLedger.open(path: path, readOnly: false).put(LedgerSample.nudge("w\(writer)"))
            } catch {
                problems.withLock { $0.append("\(error)") }
            }
        }
        #expect(problems.withLock(\.self) == [])
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
    func reading() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge())
        let impatient = try held.another()
        _ = try impatient.rows("PRAGMA busy_timeout = 0")
        let write = LongWrite(held.path)
        var wasBusy = false
        try write.during {
            do {
                try impatient.pause(until: nil)
                return true
            } catch LedgerError.busy {
                wasBusy = true
                #expect(try impatient.view(at: LedgerSample.now).firstSeen.isEmpty)
                return false
            }
        }
        #expect(wasBusy)
        write.wait()
        #expect(try held.ledger.view(at: LedgerSample.now).firstSeen.count == 300_000)
    }

    @Test("A full disk is told, loses nothing, and is over when there is room again")
    func fullDisk() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge("kept"))
        _ = try held.rows("PRAGMA max_page_count = 1")
        let error = try #require(throws: LedgerError.self) {
            for number in 0..<2_000 { try held.ledger.put(LedgerSample.nudge("n\(number)")) }
        }
        #expect(error == .unusable("\(held.path): database or disk is full"))
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
        _ = try held.rows("PRAGMA max_page_count = 100000")
        try held.ledger.apply(plan)
        #expect(try held.ledger.view(at: LedgerSample.now).firstSeen.count == 400)
    }
}
