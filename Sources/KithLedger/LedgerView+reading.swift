import CivilTime
import GRDB
import KithCore
import KithEngine

extension LedgerView {
    init(reading db: Database, _ memory: Memory) throws {
        // Row by row, not copied: a column is found by its name once for all rows then.
        let nudges = try Array(
            Row.fetchCursor(
                db.cachedStatement(sql: "SELECT * FROM nudge WHERE closed IS NULL OR closed >= ?"),
                arguments: [memory.closed.description]
            ).map { try NudgeRecord($0) }
        )
        let deliveries = try DeliveryRecord.fetch(
            db,
            where: "state = 'pending' OR planned_at >= ?",
            arguments: [memory.planned.seconds]
        )
        let seen = try Row.fetchAll(db.cachedStatement(sql: "SELECT contact, day FROM first_seen"))
        self.init(
            nudges: ShelvedList(nudges.sorted { $0.id < $1.id }),
            firstSeen: Dictionary(
                try seen.map { (ContactID($0["contact"]), try CivilDate($0, "day")) },
                uniquingKeysWith: { first, _ in first }
            ),
            deliveries: deliveries.sorted(by: Self.precedes)
        )
        try readMore(db, memory)
    }

    static func firstSeen(_ db: Database, _ contact: ContactID) throws -> CivilDate? {
        let sql = "SELECT day FROM first_seen WHERE contact = ?"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [contact.uid]).map { try CivilDate($0, "day") }
    }

    /// Reads the small tables.
    mutating func readMore(_ db: Database, _ memory: Memory) throws {
        guard let head = try Row.fetchOne(db.cachedStatement(sql: "SELECT revision, paused_until FROM ledger")) else {
            throw LedgerError.unusable("the ledger has lost its head")
        }
        revision = head["revision"]
        pausedUntil = (head["paused_until"] as String?).flatMap { CivilDate($0) }
        skips = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT contact, day, nudge FROM answer JOIN answer_contact ON answer = answer.id
                    WHERE kind = 'skip' AND NOT is_undone
                    """
            )
        ).filter { row in
            (row["nudge"] as String?).flatMap { NudgeID(text: $0) }?.kind.skipConcernsTie ?? true
        }.map { SkipRecord(contact: ContactID($0["contact"]), date: try CivilDate($0, "day")) }
            .sorted { ($0.date, $0.contact) < ($1.date, $1.contact) }
        sources = try Row.fetchAll(db.cachedStatement(sql: "SELECT * FROM source ORDER BY path")).map { row in
            SourceMemory(
                path: row["path"],
                items: row["items"],
                goneSince: (row["gone_since"] as Int64?).map { Instant(seconds: $0) }
            )
        }
        draws = try ChanceDraw.fetch(db, from: memory.drawn)
        let named = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT nudge, start FROM announcement WHERE start >= ?"),
            arguments: [memory.announced.seconds]
        ).compactMap { row in NudgeID(text: row["nudge"]).map { ($0, Instant(seconds: row["start"])) } }
        announced = Dictionary(named) { first, _ in first }
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
        try db.run(sql, arguments)
        let id = db.lastInsertedRowID
        for contact in contacts {
            try db.run("INSERT INTO answer_contact (answer, contact) VALUES (?, ?)", [id, contact.uid])
        }
    }

    static func newest(_ db: Database, limit: Int) throws -> [AnswerRecord] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM answer WHERE NOT is_undone ORDER BY id DESC LIMIT ?"),
            arguments: [limit]
        )
        return try rows.map { row in
            let id: Int64 = row["id"]
            let contacts = try String.fetchAll(
                db.cachedStatement(sql: "SELECT contact FROM answer_contact WHERE answer = ? ORDER BY contact"),
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
