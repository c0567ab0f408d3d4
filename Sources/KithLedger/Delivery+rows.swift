import CivilTime
import GRDB
import KithCore
import KithEngine

extension DeliveryKey {
    static let matches = "subject = ? AND channel = ? AND occasion = ?"

    var arguments: StatementArguments { [subjectText, channel.rawValue, occasion] }

    /// The row's number, where there is such a row and a condition holds for it.
    func rowID(_ db: Database, where condition: String = "TRUE") throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM delivery WHERE \(Self.matches) AND \(condition)"),
            arguments: arguments
        )
    }

    /// Sets columns where a condition holds; neither text comes from outside.
    func update(_ db: Database, _ columns: String, where condition: String, _ values: StatementArguments = []) throws {
        let sql = "UPDATE delivery SET \(columns) WHERE \(Self.matches) AND \(condition)"
        try db.run(sql, values + arguments)
    }
}

extension PlannedDelivery {
    /// Adds the row; one that was cancelled or failed is pending again, one that is pending or sent stays as it is.
    func enqueue(_ db: Database, at now: Instant) throws {
        if let id = try key.rowID(db) {
            let sql = """
                UPDATE delivery SET state = 'pending', slot_start = ?, slot_end = ?, is_budgeted = ?, planned_at = ?
                WHERE id = ? AND state IN ('cancelled', 'failed')
                """
            try db.run(sql, [slot?.start.seconds, slot?.end.seconds, isBudgeted, now.seconds, id])
            return
        }
        let sql = """
            INSERT INTO delivery (subject, channel, occasion, state, slot_start, slot_end, is_budgeted, planned_at)
            VALUES (?, ?, ?, 'pending', ?, ?, ?, ?)
            """
        let arguments: StatementArguments = [
            key.subjectText, key.channel.rawValue, key.occasion, slot?.start.seconds, slot?.end.seconds, isBudgeted,
            now.seconds,
        ]
        try db.run(sql, arguments)
        let id = db.lastInsertedRowID
        guard case .nudges(let ids) = key.subject else { return }
        for nudge in ids {
            let link = "INSERT INTO delivery_nudge (delivery, nudge, occasion, is_live) VALUES (?, ?, ?, 1)"
            try db.run(link, [id, nudge.text, key.occasion])
        }
    }
}

extension DeliveryRecord {
    static func fetch(_ db: Database, _ key: DeliveryKey) throws -> DeliveryRecord? {
        try fetch(db, where: DeliveryKey.matches, arguments: key.arguments).first
    }

    /// The rows for which a condition holds, in any order.
    static func fetch(
        _ db: Database,
        where condition: String,
        arguments: StatementArguments
    ) throws -> [DeliveryRecord] {
        let sql = """
            SELECT *, (SELECT count(*) FROM attempt WHERE delivery = delivery.id) AS attempts,
            (SELECT outcome FROM attempt WHERE delivery = delivery.id ORDER BY number DESC LIMIT 1) AS outcome
            FROM delivery WHERE \(condition)
            """
        return try Array(
            Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments).map { try DeliveryRecord($0) }
        )
    }

    init(_ row: Row) throws {
        let text: String = row["subject"]
        guard let subject = DeliverySubject(text: text), let state = State(rawValue: row["state"]) else {
            throw LedgerError.unusable("the delivery of \"\(text)\" cannot be read")
        }
        let key = DeliveryKey(
            subject: subject,
            channel: ChannelName(rawValue: row["channel"]),
            occasion: row["occasion"]
        )
        let start = (row["slot_start"] as Int64?).map { Instant(seconds: $0) }
        let end = (row["slot_end"] as Int64?).map { Instant(seconds: $0) }
        self.init(
            key: key,
            state: state,
            slot: start.flatMap { start in end.map { Slot(start: start, end: $0) } },
            isBudgeted: row["is_budgeted"],
            attempts: row["attempts"],
            plannedAt: Instant(seconds: row["planned_at"]),
            lastAttemptAt: (row["last_attempt_at"] as Int64?).map { Instant(seconds: $0) },
            sentAt: (row["sent_at"] as Int64?).map { Instant(seconds: $0) },
            wasSeen: row["was_seen"],
            receipt: row["receipt"],
            problem: row["problem"],
            wasRefused: (row["outcome"] as String?) == "refused"
        )
    }
}
