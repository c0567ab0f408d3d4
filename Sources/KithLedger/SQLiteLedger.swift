package import CivilTime
import GRDB
import Glibc
package import KithCore
package import KithEngine

/// The ledger in SQLite: write-ahead log, every commit synced, one transaction a call.
///
/// Writers begin `IMMEDIATE` and wait five seconds for another; readers never wait for a writer.
package final class SQLiteLedger: Ledger {
    private let database: DatabaseQueue
    /// The file, to name it where it is what is wrong; `nil` in memory.
    private let path: String?
    private var held: HeldView?

    private init(_ database: DatabaseQueue, path: String? = nil) {
        (self.database, self.path) = (database, path)
    }

    /// Opens a file.
    ///
    /// - Parameter readOnly: Reads an existing file and changes nothing; else the file (0600) and its folder (0700) are made
    ///   where they are missing, and an older schema is brought up to date.
    package static func open(path: String, readOnly: Bool) throws(LedgerError) -> SQLiteLedger {
        var configuration = configuration()
        configuration.readonly = readOnly
        if !readOnly {
            configuration.journalMode = .wal
            try makeFile(path)
        }
        let turn = OpeningTurn(beside: path)
        defer { extendLifetime(turn) }
        return try guarded(path) { [configuration] in
            if !readOnly { try refuseNewer(path) }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            if !readOnly {
                // Whoever asks GRDB for a write-ahead log gets NORMAL with it, which loses the last commits with the power.
                try database.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
            try checkSchema(of: database, path: path, readOnly: readOnly)
            return SQLiteLedger(database, path: path)
        }
    }

    /// Refuses a file of a newer kith before anything is set on it.
    ///
    /// A new file is an empty one, and has nothing to look at.
    private static func refuseNewer(_ path: String) throws {
        var configuration = configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        guard try database.read({ try Schema.migrator.hasBeenSuperseded($0) }) else { return }
        throw newer(path)
    }

    private static func newer(_ path: String) -> LedgerError {
        .unusable("\(path) was written by a newer kith; bring this one up to date")
    }

    /// Refuses a file of a newer kith, and one of an older to a reader; a writer brings it up to date.
    private static func checkSchema(of database: DatabaseQueue, path: String, readOnly: Bool) throws {
        let known = Schema.migrator
        if try database.read({ try known.hasBeenSuperseded($0) }) {
            throw newer(path)
        }
        guard readOnly else { return try known.migrate(database) }
        guard try database.read({ try known.hasCompletedMigrations($0) }) else {
            throw LedgerError.unusable("\(path) is of an older kith; the daemon or any answer brings it up to date")
        }
    }

    /// An empty one that is gone with the process.
    package static func inMemory() throws(LedgerError) -> SQLiteLedger {
        try guarded {
            let database = try DatabaseQueue(configuration: configuration())
            try Schema.migrator.migrate(database)
            return SQLiteLedger(database)
        }
    }

    private static func configuration() -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        return configuration
    }

    /// Makes the folder and the file with their modes before SQLite would with its own.
    private static func makeFile(_ path: String) throws(LedgerError) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += (folder.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
            let made = unsafe mkdir(folder, 0o700)
            let code = errno
            guard made == 0 || code == EEXIST || isReachable(folder) else {
                throw .unusable("\(folder): \(unsafe String(cString: strerror(code)))")
            }
        }
        // A file that is there is not opened here: closing it would take SQLite's locks from another connection of ours.
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let code = errno
        guard descriptor >= 0 || code == EEXIST else {
            throw .unusable("\(path): \(unsafe String(cString: strerror(code)))")
        }
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    private static func isReachable(_ folder: String) -> Bool {
        unsafe access(folder, X_OK) == 0
    }

    /// Any error as the port's; with the path where the file itself may be what is wrong.
    private static func guarded<Value>(
        _ path: String? = nil,
        _ body: () throws -> Value
    ) throws(LedgerError) -> Value {
        do {
            return try body()
        } catch let error as LedgerError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw .busy
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .unusable(damaged(path, error.message ?? "\(error)"))
            default: throw .unusable((path.map { "\($0): " } ?? "") + (error.message ?? "\(error)"))
            }
        } catch {
            throw .unusable("\(error)")
        }
    }

    /// What to do about a file that cannot be read any more.
    private static func damaged(_ path: String?, _ problem: String) -> String {
        "\(path ?? "it") is damaged (\(problem)); move it away and kith begins a new one, which costs a repeated nudge and no "
            + "memory"
    }

    /// A look at what stands there, on one state of the file.
    func reading<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        try Self.guarded(path) { try database.read(body) }
    }

    /// What can be done in no transaction.
    func outsideTransaction(_ body: (Database) throws -> Void) throws(LedgerError) {
        try Self.guarded(path) { try database.writeWithoutTransaction(body) }
    }

    /// One transaction that moves the revision.
    ///
    /// - Parameter touched: What it writes of what a view shows; `nil`: anything.
    func writing<Value>(
        _ touched: HeldView.Touched? = nil,
        _ body: (Database) throws -> Value
    ) throws(LedgerError) -> Value {
        // It is moved out, so that it is changed where it stands and nothing is left of it where the commit fails.
        var held = held.take()
        let value = try Self.guarded(path) {
            try database.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try body(db)
                    let sql = "UPDATE ledger SET revision = revision + 1 RETURNING revision"
                    let revision = try Int64.fetchOne(db.cachedStatement(sql: sql)) ?? 0
                    if let touched, held?.view.revision == revision - 1 {
                        try held?.read(touched, from: db, revision: revision)
                    } else {
                        held = nil
                    }
                    return .commit
                }
                guard let value else { throw LedgerError.unusable("a transaction did not end") }
                return value
            }
        }
        self.held = held
        return value
    }

    /// What one statement gives on the connection that writes, a row a line, its columns parted by `|`.
    ///
    /// For tests of what the pragmas and the schema hold.
    func rows(_ sql: String) throws(LedgerError) -> [String] {
        held = nil
        return try Self.guarded {
            try database.writeWithoutTransaction { db in
                try Row.fetchAll(db, sql: sql).map { row in
                    row.databaseValues.map { String.fromDatabaseValue($0) ?? "\(Int64.fromDatabaseValue($0) ?? 0)" }
                        .joined(separator: "|")
                }
            }
        }
    }

    private static func revision(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT revision FROM ledger")) ?? 0
    }

    package func view(at now: Instant) throws(LedgerError) -> LedgerView {
        let memory = LedgerView.Memory(at: now)
        // Mostly nothing was written since, which one number tells: that needs no transaction.
        let revision = try Self.guarded(path) { try database.unsafeRead { try Self.revision($0) } }
        if let held, held.isOf(revision, memory) { return held.view }
        var known = held.take()
        let view = try reading { db in
            let revision = try Self.revision(db)
            if try known?.move(to: memory, in: db, revision: revision) == true, let known { return known }
            return try HeldView(reading: db, memory)
        }
        held = view
        return view.view
    }

    package func apply(_ plan: Plan) throws(LedgerError) {
        guard !plan.changes.isEmpty else { return }
        try writing(HeldView.Touched(plan.changes)) { db in
            guard try Self.revision(db) == plan.revision else { throw LedgerError.revisionMoved }
            for change in plan.changes {
                switch change {
                case .firstSeen(let contact, let day):
                    let sql = "INSERT OR IGNORE INTO first_seen (contact, day) VALUES (?, ?)"
                    try db.run(sql, [contact.uid, day.description])
                case .put(let record): try record.put(db)
                case .remember(let memory): try memory.put(db)
                case .draw(let draw): try draw.insert(db)
                case .announce(let nudge, let start):
                    // Of a nudge that is not there nothing can be named.
                    let sql = """
                        INSERT OR REPLACE INTO announcement (nudge, start)
                        SELECT identity, ? FROM nudge WHERE identity = ?
                        """
                    try db.run(sql, [start.seconds, nudge.text])
                case .enqueue(let delivery): try delivery.enqueue(db, at: plan.now)
                case .cancel(let key):
                    try key.update(db, "state = 'cancelled'", where: "state = 'pending'")
                }
            }
        }
    }

    package func beginAttempt(_ key: DeliveryKey, at now: Instant) throws(LedgerError) -> Int {
        try writing(HeldView.Touched(deliveries: [key])) { db in
            guard let id = try key.rowID(db, where: "state = 'pending'") else {
                throw LedgerError.unusable("no delivery \(key.text) is pending")
            }
            let last =
                try Int.fetchOne(
                    db.cachedStatement(sql: "SELECT max(number) FROM attempt WHERE delivery = ?"),
                    arguments: [id]
                ) ?? 0
            let sql = "INSERT INTO attempt (delivery, number, at) VALUES (?, ?, ?)"
            try db.run(sql, [id, last + 1, now.seconds])
            try db.run("UPDATE delivery SET last_attempt_at = ? WHERE id = ?", [now.seconds, id])
            return last + 1
        }
    }

    package func finishAttempt(
        _ key: DeliveryKey,
        _ outcome: AttemptOutcome,
        shown: [NudgeID],
        read: [NudgeID],
        at now: Instant
    ) throws(LedgerError) {
        try writing(HeldView.Touched(nudges: shown + read, deliveries: [key])) { db in
            guard let id = try key.rowID(db) else { throw LedgerError.unusable("there is no delivery \(key.text)") }
            let (word, problem): (String, String?) =
                switch outcome {
                case .sent: ("sent", nil)
                case .failed(let problem): ("failed", problem)
                case .refused(let problem): ("refused", problem)
                }
            let attempt = """
                UPDATE attempt SET outcome = ?, problem = ?
                WHERE delivery = ? AND number = (SELECT max(number) FROM attempt WHERE delivery = ?)
                """
            try db.run(attempt, [word, problem, id, id])
            guard case .sent(let receipt, let wasSeen) = outcome else {
                try db.run("UPDATE delivery SET problem = ? WHERE id = ?", [problem, id])
                return
            }
            let delivery =
                "UPDATE delivery SET state = 'sent', sent_at = ?, receipt = ?, was_seen = ?, problem = NULL WHERE id = ?"
            try db.run(delivery, [now.seconds, receipt, wasSeen, id])
            for nudge in shown + (wasSeen ? read : []) {
                // An answer may have come while it was sent: then there is nothing left to show.
                guard let record = try NudgeRecord.fetch(db, nudge), record.state.isOpen else { continue }
                try (shown.contains(nudge) ? record.shown(at: now, wasSeen: wasSeen) : record.read(at: now)).put(db)
            }
        }
    }

    package func close(
        _ key: DeliveryKey,
        as state: DeliveryRecord.State,
        problem: String?,
        at now: Instant
    ) throws(LedgerError) {
        precondition(
            state == .failed || state == .cancelled,
            "a delivery is closed without a receipt as failed or cancelled"
        )
        try writing(HeldView.Touched(deliveries: [key])) { db in
            try key.update(db, "state = '\(state.rawValue)', problem = ?", where: "state = 'pending'", [problem])
        }
    }

    package func record(_ answer: AnswerRecord, after: NudgeRecord?) throws(LedgerError) {
        let nudges = [after?.id, answer.nudge].compactMap(\.self)
        try writing(HeldView.Touched(nudges: nudges, isMore: answer.kind == .skip)) { db in
            try after?.put(db)
            try answer.insert(db)
        }
    }

    package func put(_ nudge: NudgeRecord) throws(LedgerError) {
        try writing(HeldView.Touched(nudges: [nudge.id])) { try nudge.put($0) }
    }

    package func answers(limit: Int) throws(LedgerError) -> [AnswerRecord] {
        try reading { try AnswerRecord.newest($0, limit: limit) }
    }

    package func undo(_ answer: AnswerRecord) throws(LedgerError) {
        let nudges = [answer.before?.id].compactMap(\.self)
        try writing(HeldView.Touched(nudges: nudges, isMore: answer.kind == .skip)) { db in
            try db.run("UPDATE answer SET is_undone = 1 WHERE id = ?", [answer.id])
            try answer.before?.put(db)
        }
    }

    package func pause(until day: CivilDate?) throws(LedgerError) {
        try writing(HeldView.Touched(isMore: true)) {
            try $0.execute(sql: "UPDATE ledger SET paused_until = ?", arguments: [day?.description])
        }
    }

    package func acceptSource(path: String?, items: Int, configured: Set<String>) throws(LedgerError) {
        try writing { db in
            if let path {
                try SourceMemory(path: path, items: items).put(db)
                return
            }
            for known in try String.fetchAll(db.cachedStatement(sql: "SELECT path FROM source"))
            where !configured.contains(known) {
                try db.run("DELETE FROM source WHERE path = ?", [known])
            }
        }
    }
}

/// The turn of one of several who open a ledger at once, by a lock on its folder.
///
/// SQLite does not wait where two switch a new file to a write-ahead log, and all who find no tables would make them.
private struct OpeningTurn: ~Copyable {
    private let descriptor: Int32

    init(beside path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        descriptor = unsafe open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Without a lock all is as it would be without others.
        while descriptor >= 0, flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
