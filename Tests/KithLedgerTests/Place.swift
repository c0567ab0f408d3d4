import KithEngine
import KithLedger
import KithTesting
import Testing

/// Where a ledger under test lies: what holds for one holds for the other.
enum Place: String, CaseIterable, CustomTestStringConvertible {
    case file
    case memory

    var testDescription: String { rawValue }
}

/// A ledger, and the folder it lies in for as long as it is used.
struct Held {
    let folder: TemporaryFolder
    let ledger: SQLiteLedger

    var path: String { folder.path + "/state/ledger.sqlite" }

    init(_ place: Place = .file) throws {
        folder = try TemporaryFolder()
        switch place {
        case .file: ledger = try SQLiteLedger.open(path: folder.path + "/state/ledger.sqlite", readOnly: false)
        case .memory: ledger = try SQLiteLedger.inMemory()
        }
    }

    /// The same file by a connection of its own.
    func another(readOnly: Bool = false) throws -> SQLiteLedger {
        try SQLiteLedger.open(path: path, readOnly: readOnly)
    }
}
