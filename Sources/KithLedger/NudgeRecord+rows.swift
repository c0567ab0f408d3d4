import CivilTime
import GRDB
import KithCore
import KithEngine

extension NudgeRecord {
    /// Inserts the nudge, with the next free short id, or replaces the row of the same identity, which keeps its own.
    func put(_ db: Database) throws {
        let known = try String.fetchOne(
            db.cachedStatement(sql: "SELECT short_id FROM nudge WHERE identity = ?"),
            arguments: [id.text]
        )
        let (answer, expiry, until, isNamed) = columns
        let arguments: StatementArguments = [
            id.text, try known ?? freeShortID(db), state.name, answer, expiry, until, isNamed, reason.rawValue,
            mark?.description, base?.description, due.description, opened.description, showings, unseen, snoozes,
            deliveredAt?.seconds, seenAt?.seconds, closed?.description,
        ]
        let sql = """
            INSERT INTO nudge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (identity) DO UPDATE SET
                state = excluded.state, answer = excluded.answer, expiry = excluded.expiry,
                snoozed_until = excluded.snoozed_until, is_named = excluded.is_named, reason = excluded.reason,
                mark = excluded.mark, base = excluded.base, due = excluded.due, opened = excluded.opened,
                showings = excluded.showings, unseen = excluded.unseen, snoozes = excluded.snoozes,
                delivered_at = excluded.delivered_at, seen_at = excluded.seen_at, closed = excluded.closed
            """
        try db.run(sql, arguments)
    }

    private func freeShortID(_ db: Database) throws -> String {
        try id.freeShortID { candidate in
            let sql = "SELECT EXISTS (SELECT 1 FROM nudge WHERE short_id = ?)"
            return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [candidate]) ?? false
        }
    }

    /// What only one state has.
    private var columns: (answer: String?, expiry: String?, until: Int64?, isNamed: Bool) {
        switch state {
        case .pending, .delivered: (nil, nil, nil, false)
        case .snoozed(let until, let isNamed): (nil, nil, until.seconds, isNamed)
        case .answered(let kind): (kind.rawValue, nil, nil, false)
        case .expired(let reason): (nil, reason.rawValue, nil, false)
        }
    }

    static func fetch(_ db: Database, _ id: NudgeID) throws -> NudgeRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM nudge WHERE identity = ?"), arguments: [id.text]).map {
            try NudgeRecord($0)
        }
    }

    init(_ row: Row) throws {
        guard let id = NudgeID(text: row["identity"]), let reason = NudgeReason(rawValue: row["reason"]) else {
            throw LedgerError.unusable("a nudge's identity or reason cannot be read")
        }
        self.init(
            id: id,
            shortID: row["short_id"],
            state: try NudgeState(row),
            reason: reason,
            mark: (row["mark"] as String?).flatMap { Mark($0) },
            base: (row["base"] as String?).flatMap { Mark($0) },
            due: try CivilDate(row, "due"),
            opened: try CivilDate(row, "opened"),
            showings: row["showings"],
            unseen: row["unseen"],
            snoozes: row["snoozes"],
            deliveredAt: (row["delivered_at"] as Int64?).map { Instant(seconds: $0) },
            seenAt: (row["seen_at"] as Int64?).map { Instant(seconds: $0) },
            closed: (row["closed"] as String?).flatMap { CivilDate($0) }
        )
    }
}

extension NudgeState {
    init(_ row: Row) throws {
        switch row["state"] as String {
        case "pending": self = .pending
        case "delivered": self = .delivered
        case "snoozed": self = .snoozed(until: Instant(seconds: row["snoozed_until"]), isNamed: row["is_named"])
        case "answered": self = .answered(AnswerKind(rawValue: row["answer"]) ?? .evidence)
        case "expired": self = .expired(ExpiryReason(rawValue: row["expiry"]) ?? .past)
        case let word: throw LedgerError.unusable("\"\(word)\" is no state of a nudge")
        }
    }
}

extension CivilDate {
    init(_ row: Row, _ column: String) throws {
        let text: String = row[column]
        guard let date = CivilDate(text) else { throw LedgerError.unusable("\"\(text)\" is no date") }
        self = date
    }
}

extension SourceMemory {
    func put(_ db: Database) throws {
        let sql = "INSERT OR REPLACE INTO source (path, items, gone_since) VALUES (?, ?, ?)"
        try db.run(sql, [path, items, goneSince?.seconds])
    }
}

extension ChanceDraw {
    /// Adds the draw of a week that has none.
    func insert(_ db: Database) throws {
        try db.run("INSERT OR IGNORE INTO draw (week) VALUES (?)", [week.description])
        guard db.changesCount == 1 else { return }
        for (place, contact) in contacts.enumerated() {
            let sql = "INSERT INTO draw_contact (week, place, contact) VALUES (?, ?, ?)"
            try db.run(sql, [week.description, place, contact.uid])
        }
    }

    /// The draws from a week on, the oldest first.
    static func fetch(_ db: Database, from first: ISOWeek) throws -> [ChanceDraw] {
        let sql = """
            SELECT draw.week, contact FROM draw LEFT JOIN draw_contact USING (week)
            WHERE draw.week >= ? ORDER BY draw.week, place
            """
        var draws: [ChanceDraw] = []
        for row in try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [first.description]) {
            let text: String = row["week"]
            guard let week = ISOWeek(text) else { throw LedgerError.unusable("\"\(text)\" is no week") }
            if draws.last?.week != week { draws.append(ChanceDraw(week: week, contacts: [])) }
            if let uid = row["contact"] as String? { draws[draws.count - 1].contacts.append(ContactID(uid)) }
        }
        return draws
    }
}
