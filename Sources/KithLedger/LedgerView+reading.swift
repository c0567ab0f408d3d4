import CivilTime
import GRDB
import KithCore
import KithEngine

extension LedgerView {
    /// How long closed nudges are remembered by the planner, in days: the marks of four years.
    private static let nudgeMemory = 4 * 366
    private static let deliveryMemory: Int64 = 200 * 86_400
    /// Days: this week's draw and those of the four before it.
    private static let drawMemory = 28
    private static let announcementMemory: Int64 = 7 * 86_400

    init(reading db: Database, at now: Instant) throws {
        guard let head = try Row.fetchOne(db, sql: "SELECT revision, paused_until FROM ledger") else {
            throw LedgerError.unusable("the ledger has lost its head")
        }
        let today = CivilDateTime(secondsSinceEpoch: now.seconds).date
        let oldest = today.adding(days: -Self.nudgeMemory)
        let nudges = try Row.fetchAll(
            db,
            sql: "SELECT * FROM nudge WHERE closed IS NULL OR closed >= ?",
            arguments: [oldest.description]
        ).map { try NudgeRecord($0) }
        let deliveries = try Row.fetchAll(
            db,
            sql: """
                SELECT *, (SELECT count(*) FROM attempt WHERE delivery = delivery.id) AS attempts,
                (SELECT outcome FROM attempt WHERE delivery = delivery.id ORDER BY number DESC LIMIT 1) AS outcome
                FROM delivery
                WHERE state = 'pending' OR planned_at >= ?
                """,
            arguments: [now.seconds - Self.deliveryMemory]
        ).map { try DeliveryRecord($0) }
        let skips = try Row.fetchAll(
            db,
            sql: """
                SELECT contact, day, nudge FROM answer JOIN answer_contact ON answer = answer.id
                WHERE kind = 'skip' AND NOT is_undone
                """
        ).filter { row in
            (row["nudge"] as String?).flatMap { NudgeID(text: $0) }?.kind.skipConcernsTie ?? true
        }.map { SkipRecord(contact: ContactID($0["contact"]), date: try CivilDate($0, "day")) }
        let seen = try Row.fetchAll(db, sql: "SELECT contact, day FROM first_seen")
        let sources = try Row.fetchAll(db, sql: "SELECT * FROM source ORDER BY path").map { row in
            SourceMemory(
                path: row["path"],
                items: row["items"],
                goneSince: (row["gone_since"] as Int64?).map { Instant(seconds: $0) }
            )
        }
        let announced = try Row.fetchAll(
            db,
            sql: "SELECT nudge, start FROM announcement WHERE start >= ?",
            arguments: [now.seconds - Self.announcementMemory]
        ).compactMap { row in NudgeID(text: row["nudge"]).map { ($0, Instant(seconds: row["start"])) } }
        self.init(
            revision: head["revision"],
            nudges: nudges.sorted { $0.id < $1.id },
            firstSeen: Dictionary(
                try seen.map { (ContactID($0["contact"]), try CivilDate($0, "day")) },
                uniquingKeysWith: { first, _ in first }
            ),
            skips: skips.sorted { ($0.date, $0.contact) < ($1.date, $1.contact) },
            deliveries: deliveries.sorted { ($0.plannedAt.seconds, $0.key.text) < ($1.plannedAt.seconds, $1.key.text) },
            sources: sources,
            pausedUntil: (head["paused_until"] as String?).flatMap { CivilDate($0) },
            draws: try ChanceDraw.fetch(db, from: ISOWeek(containing: today.adding(days: -Self.drawMemory))),
            announced: Dictionary(announced) { first, _ in first }
        )
    }
}

extension AnswerRecord {
    func insert(_ db: Database) throws {
        let (state, until, isNamed): (String?, Int64?, Bool) =
            switch before?.state {
            case .snoozed(let until, let isNamed)?: ("snoozed", until.seconds, isNamed)
            case let state?: (state.name, nil, false)
            case nil: (nil, nil, false)
            }
        let sql = """
            INSERT INTO answer (kind, nudge, state_before, until_before, named_before, journal_uid, at, day)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        let arguments: StatementArguments = [
            kind.rawValue, nudge?.text, state, until, isNamed, journalUID, at.seconds, date.description,
        ]
        try db.execute(sql: sql, arguments: arguments)
        let id = db.lastInsertedRowID
        for contact in contacts {
            try db.execute(
                sql: "INSERT INTO answer_contact (answer, contact) VALUES (?, ?)",
                arguments: [id, contact.uid]
            )
        }
    }

    static func newest(_ db: Database, limit: Int) throws -> [AnswerRecord] {
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM answer WHERE NOT is_undone ORDER BY id DESC LIMIT ?",
            arguments: [limit]
        )
        return try rows.map { row in
            let id: Int64 = row["id"]
            let contacts = try String.fetchAll(
                db,
                sql: "SELECT contact FROM answer_contact WHERE answer = ? ORDER BY contact",
                arguments: [id]
            )
            let nudge = (row["nudge"] as String?).flatMap { NudgeID(text: $0) }
            return AnswerRecord(
                id: id,
                kind: AnswerKind(rawValue: row["kind"]) ?? .skip,
                contacts: contacts.map { ContactID($0) },
                nudge: nudge,
                before: try nudge.flatMap { try before(db, $0, row) },
                journalUID: row["journal_uid"],
                at: Instant(seconds: row["at"]),
                date: try CivilDate(row, "day")
            )
        }
    }

    /// The nudge as it stood: an answer changes nothing of it but its state and its end.
    private static func before(_ db: Database, _ nudge: NudgeID, _ row: Row) throws -> NudgeRecord? {
        guard var record = try NudgeRecord.fetch(db, nudge) else { return nil }
        switch row["state_before"] as String? {
        case "snoozed"?:
            record.state = .snoozed(until: Instant(seconds: row["until_before"]), isNamed: row["named_before"])
        case "delivered"?: record.state = .delivered
        default: record.state = .pending
        }
        record.closed = nil
        return record
    }
}
