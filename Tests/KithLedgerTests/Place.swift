import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// Where a ledger under test lies: what holds for one holds for the other.
enum Place: String, CaseIterable, CustomTestStringConvertible {
    case file
    /// SQLite's own.
    case memory
    /// That of stories, which is no SQLite at all.
    case plain

    var testDescription: String { rawValue }
}

/// A ledger, and the folder it lies in for as long as it is used.
struct Held {
    let folder: TemporaryFolder
    let ledger: any Ledger

    var path: String { folder.path + "/state/ledger.sqlite" }

    init(_ place: Place = .file) throws {
        folder = try TemporaryFolder()
        switch place {
        case .file: ledger = try SQLiteLedger.open(path: folder.path + "/state/ledger.sqlite", readOnly: false)
        case .memory: ledger = try SQLiteLedger.inMemory()
        case .plain: ledger = MemoryLedger()
        }
    }

    /// What a statement gives, of what is SQLite.
    func rows(_ sql: String) throws -> [String] {
        try #require(ledger as? SQLiteLedger).rows(sql)
    }

    /// The same file by a connection of its own.
    func another(readOnly: Bool = false) throws -> SQLiteLedger {
        try SQLiteLedger.open(path: path, readOnly: readOnly)
    }
}
