import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

@Suite("Opening a ledger")
struct OpeningTests {
    private static func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// What an attempt to open says; `nil` where it succeeds.
    private static func refusal(_ path: String, readOnly: Bool) -> String? {
        do throws(LedgerError) {
            _ = try SQLiteLedger.open(path: path, readOnly: readOnly)
            return nil
        } catch .unusable(let why) {
            return why
        } catch {
            return "\(error)"
        }
    }

    @Test("The file is its owner's alone, and so are the folders that had to be made")
    func modes() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/b/ledger.sqlite"
        let ledger = try SQLiteLedger.open(path: path, readOnly: false)
        try ledger.put(LedgerSample.nudge())
        #expect(try Self.mode(folder.path + "/a") == 0o700)
        #expect(try Self.mode(folder.path + "/a/b") == 0o700)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b")
        #expect(Set(files).isSuperset(of: ["ledger.sqlite", "ledger.sqlite-wal"]))
        for file in files { #expect(try Self.mode(folder.path + "/a/b/" + file) == 0o600, "\(file)") }
    }

    /// Without these a commit may be lost with the power, or a row may point nowhere.
    @Test(
        "The connection that writes syncs every commit, logs ahead, and keeps references",
        arguments: [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000")]
    )
    func pragmas(name: String, value: String) throws {
        let held = try Held()
        #expect(try held.rows("PRAGMA \(name)") == [value])
        // Opened again, when there is nothing to migrate, no less.
        #expect(try held.another().rows("PRAGMA \(name)") == [value])
    }

    @Test("What is written is there when it is opened again")
    func again() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge())
        let view = try held.ledger.view(at: LedgerSample.now)
        #expect(try held.another().view(at: LedgerSample.now) == view)
        #expect(try held.another(readOnly: true).view(at: LedgerSample.now) == view)
    }

    @Test("A reader writes nothing, and makes no file where there is none")
    func readOnly() throws {
        let held = try Held()
        let reader = try held.another(readOnly: true)
        #expect(throws: LedgerError.self) { try reader.put(LedgerSample.nudge()) }
        #expect(try reader.view(at: LedgerSample.now).nudges.isEmpty)
        let missing = held.folder.path + "/none/ledger.sqlite"
        #expect(Self.refusal(missing, readOnly: true) != nil)
        #expect(!FileManager.default.fileExists(atPath: held.folder.path + "/none"))
    }

    @Test("A file of a newer kith is refused to readers and writers, and not touched", arguments: [true, false])
    func newer(readOnly: Bool) throws {
        let held = try Held()
        let known = try held.rows("SELECT identifier FROM grdb_migrations")
        _ = try held.rows("INSERT INTO grdb_migrations VALUES ('v999')")
        let refusal = Self.refusal(held.path, readOnly: readOnly)
        #expect(refusal == "\(held.path) was written by a newer kith; bring this one up to date")
        #expect(try held.rows("SELECT identifier FROM grdb_migrations") == known + ["v999"])
    }

    @Test("A file of an older kith is refused to readers and brought up to date by a writer")
    func older() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "ledger.sqlite")
        let refusal = Self.refusal(path, readOnly: true)
        #expect(refusal == "\(path) is of an older kith; the daemon or any answer brings it up to date")
        let ledger = try SQLiteLedger.open(path: path, readOnly: false)
        #expect(try ledger.view(at: LedgerSample.now) == LedgerView())
        #expect(Self.refusal(path, readOnly: true) == nil)
    }

    @Test("What is no database is told by its path and left as it is", arguments: [true, false])
    func noDatabase(readOnly: Bool) throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "this is a letter, not a ledger\n", count: 100)
        let path = try folder.write(text, to: "ledger.sqlite")
        let refusal = try #require(Self.refusal(path, readOnly: readOnly))
        #expect(refusal.contains(path) && refusal.contains("not a database"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test(
        "A place where no file can be is told by its path",
        arguments: [("file/ledger.sqlite", "file/ledger.sqlite"), ("file/x/ledger.sqlite", "file/x")]
    )
    func noPlace(name: String, told: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "file")
        let refusal = try #require(Self.refusal(folder.path + "/" + name, readOnly: false))
        #expect(refusal.hasSuffix("/\(told): Not a directory"), "\(refusal)")
    }

    @Test("A folder that takes no files is told by its path")
    func unwritable() throws {
        let refusal = try #require(Self.refusal("/proc/kith/ledger.sqlite", readOnly: false))
        #expect(refusal.hasPrefix("/proc/kith: "))
        #expect(try #require(Self.refusal("/proc/ledger.sqlite", readOnly: false)).hasPrefix("/proc/ledger.sqlite: "))
    }

    @Test("A row that no kith wrote is told, not guessed at")
    func strangeRow() throws {
        let held = try Held()
        try held.ledger.put(LedgerSample.nudge())
        _ = try held.rows("UPDATE nudge SET due = 'soon'")
        #expect(throws: LedgerError.unusable("\"soon\" is no date")) { try held.ledger.view(at: LedgerSample.now) }
        _ = try held.rows("UPDATE nudge SET due = '2026-01-20', reason = 'because'")
        #expect(throws: LedgerError.unusable("a nudge's identity or reason cannot be read")) {
            try held.ledger.view(at: LedgerSample.now)
        }
        _ = try held.rows("DELETE FROM nudge")
        _ = try held.rows("DELETE FROM ledger")
        #expect(throws: LedgerError.unusable("the ledger has lost its head")) {
            try held.ledger.view(at: LedgerSample.now)
        }
    }
}
