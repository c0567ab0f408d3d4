import CivilTime
import Foundation
import GRDB
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// Ledgers that are older than this kith, and what becomes of them.
@Suite("Migrations")
struct MigrationTests {
    /// Every schema that was on main and is not the newest has a dump of its own, with rows in every table and state.
    static let dumps = ["v1"]

    static let now = LedgerSample.now

    /// A database made of a dump.
    private static func database(_ dump: String, at path: String) throws -> DatabaseQueue {
        let file = URL(filePath: #filePath).appending(path: "../Fixtures/\(dump).sql").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: text) }
        return database
    }

    /// The tables and what else a schema has, as they were written.
    private static func schema(_ database: DatabaseQueue) throws -> [String] {
        try database.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'grdb_migrations' ORDER BY name"
            )
        }
    }

    @Test("Every schema but the newest has its dump")
    func complete() {
        #expect(Schema.migrator.migrations.dropLast().allSatisfy { Self.dumps.contains($0) })
    }

    @Test("A dump is of the schema as this kith makes it on the way to the newest", arguments: dumps)
    func unchanged(dump: String) throws {
        let folder = try TemporaryFolder()
        let old = try Self.database(dump, at: folder.path + "/old.sqlite")
        let made = try DatabaseQueue()
        try Schema.migrator.migrate(made, upTo: dump)
        #expect(try Self.schema(old) == Self.schema(made))
    }

    @Test("A ledger of every age opens, is brought up to date, and says what it said", arguments: dumps)
    func opens(dump: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ledger.sqlite"
        try Self.database(dump, at: path).close()
        let ledger = try SQLiteLedger.open(path: path, readOnly: false)
        let expected = URL(filePath: #filePath).appending(path: "../Fixtures/\(dump).txt").standardized
        #expect(try Self.told(ledger).joined(separator: "\n") + "\n" == String(contentsOf: expected, encoding: .utf8))
        #expect(try ledger.rows("SELECT identifier FROM grdb_migrations") == Schema.migrator.migrations)
        #expect(try ledger.rows("PRAGMA integrity_check") == ["ok"] && ledger.rows("PRAGMA foreign_key_check") == [])
        // It can be worked with: an answer is taken, and taken back.
        let open = try #require(try ledger.view(at: Self.now).nudges.first { $0.state == .pending })
        try ledger.record(LedgerSample.answer(.skip, to: open), after: open.answered(.skip, on: open.due))
        try ledger.undo(try #require(try ledger.answers(limit: 1).first))
        #expect(try ledger.view(at: Self.now).nudges.contains(open))
        try ledger.compact(at: Self.now)
        #expect(try ledger.rows("SELECT count(*) FROM nudge WHERE short_id = 'n000000c'") == ["0"])
    }

    /// What a ledger holds, a row a line.
    private static func told(_ ledger: SQLiteLedger) throws -> [String] {
        let view = try ledger.view(at: now)
        func seconds(_ instant: Instant?) -> String { instant.map { "\($0.seconds)" } ?? "-" }
        var lines = ["revision \(view.revision), paused until \(view.pausedUntil.map { "\($0)" } ?? "-")"]
        lines += view.nudges.map { nudge in
            "\(nudge.shortID) \(nudge.id.text) \(nudge.state) \(nudge.reason) \(nudge.mark.map { "\($0)" } ?? "-") "
                + "\(nudge.base.map { "\($0)" } ?? "-") \(nudge.due) \(nudge.opened) \(nudge.showings) \(nudge.unseen) "
                + "\(nudge.snoozes) \(seconds(nudge.deliveredAt)) \(seconds(nudge.seenAt)) "
                + (nudge.closed.map { "\($0)" } ?? "-")
        }
        lines += view.deliveries.map { row in
            "\(row.key.text) \(row.state) \(seconds(row.slot?.start)) \(seconds(row.slot?.end)) \(row.isBudgeted) "
                + "\(row.attempts) \(seconds(row.plannedAt)) \(seconds(row.lastAttemptAt)) \(seconds(row.sentAt)) "
                + "\(row.wasSeen) \(row.receipt ?? "-") \(row.problem ?? "-")"
        }
        lines += view.skips.map { "skip \($0.contact.uid) \($0.date)" }
        lines += view.firstSeen.map { "first seen \($0.key.uid) \($0.value)" }.sorted()
        lines += view.sources.map { "source \($0.path) \($0.items) \(seconds($0.goneSince))" }
        lines += try ledger.answers(limit: 10).map { answer in
            "answer \(answer.id) \(answer.kind) \(answer.contacts.map(\.uid)) \(answer.nudge?.text ?? "-") "
                + "\(answer.before.map { "\($0.state)" } ?? "-") \(answer.journalUID ?? "-") \(seconds(answer.at)) "
                + "\(answer.date)"
        }
        return lines
    }

    @Test("A ledger of a newer kith is refused with its path, and not a byte of it changes", arguments: [true, false])
    func newer(readOnly: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ledger.sqlite"
        let database = try Self.database("v1", at: path)
        try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v999')") }
        try database.close()
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: LedgerError.unusable("\(path) was written by a newer kith; bring this one up to date")) {
            _ = try SQLiteLedger.open(path: path, readOnly: readOnly)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("A damaged file is told by its path, with what to do")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ledger.sqlite"
        try Self.database("v1", at: path).close()
        var bytes = try Data(contentsOf: URL(filePath: path))
        // The first page, with the list of tables, is whole; every page behind it is noise.
        for index in 4_096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        try bytes.write(to: URL(filePath: path))
        let error = #expect(throws: LedgerError.self) {
            let ledger = try SQLiteLedger.open(path: path, readOnly: false)
            _ = try ledger.view(at: Self.now)
        }
        guard case .unusable(let problem)? = error else { return }
        #expect(problem.hasPrefix("\(path) is damaged (") && problem.contains("move it away"), "\(problem)")
    }
}
