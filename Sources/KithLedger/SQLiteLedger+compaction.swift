package import CivilTime
import GRDB
import KithCore
package import KithEngine

/// What a ledger lets go of: rows that no rule looks at any more.
///
/// | row                                             | is kept                                                           |
/// |-------------------------------------------------|-------------------------------------------------------------------|
/// | a nudge that is open                            | always                                                            |
/// | an answer                                       | four years, and the newest 1,000 that were not taken back, for `undo` |
/// | a skip                                          | besides, the two newest of each person: a wait may run from one, and the newest may be taken back |
/// | a delivery, with its attempts                   | while it is pending, or about a nudge that is open; else 230 days |
/// | the attempts of a delivery                      | the newest 50                                                     |
/// | a closed nudge named by a contact               | four years, and as long as that contact is evidence: ten years    |
/// | one named by a skip, or by the first sight of a person | four years, and as long as that skip or person is known    |
/// | one named by what became of another nudge, a year or a week | four years                                            |
/// | an introduction, which is once in a life        | always                                                            |
/// | what chance drew for a week                     | nine weeks                                                        |
/// | a moment that a digest named                    | 37 days                                                           |
/// | any other                                       | ten years                                                         |
///
/// Each stretch is a month longer than what the planner looks at, so that no zone and no late turn makes a difference.
enum Compaction {
    /// Days: the planner remembers closed nudges for four years.
    static let nudges = 4 * 366 + 30
    /// Days: the planner remembers deliveries for 200.
    static let deliveries = 230
    /// Days: ten years of evidence.
    static let evidence = 3_653 + 30
    /// Answers that `undo` can reach.
    static let undoable = 1_000
    /// Attempts of one delivery that are told one by one.
    static let attempts = 50
    /// Days: the planner looks at four weeks of draws, and at one of announced moments.
    static let draws = 63
    static let announcements = 37

    /// The statements, each with what it asks for.
    static func statements(at now: Instant) -> [(sql: String, arguments: StatementArguments)] {
        let today = CivilDateTime(secondsSinceEpoch: now.seconds).date
        func day(_ ago: Int) -> String { today.adding(days: -ago).description }
        return [
            (
                """
                DELETE FROM answer WHERE day < ?
                AND id NOT IN (SELECT id FROM answer WHERE NOT is_undone ORDER BY id DESC LIMIT \(undoable))
                AND (is_undone OR kind <> 'skip' OR NOT EXISTS (
                    SELECT 1 FROM answer_contact AS mine WHERE mine.answer = answer.id AND 2 > (
                        SELECT count(*) FROM answer AS other JOIN answer_contact AS theirs ON theirs.answer = other.id
                        WHERE theirs.contact = mine.contact AND other.kind = 'skip' AND NOT other.is_undone
                        AND (other.day, other.id) > (answer.day, answer.id)
                    )
                ))
                """, [day(nudges)]
            ),
            (
                """
                DELETE FROM delivery WHERE state <> 'pending'
                AND max(planned_at, coalesce(last_attempt_at, 0), coalesce(sent_at, 0)) < ?
                AND NOT EXISTS (
                    SELECT 1 FROM delivery_nudge JOIN nudge ON identity = nudge
                    WHERE delivery = delivery.id AND closed IS NULL
                )
                """, [now.seconds - Int64(deliveries) * 86_400]
            ),
            (
                """
                DELETE FROM attempt WHERE number <= (
                    SELECT max(number) FROM attempt AS last WHERE last.delivery = attempt.delivery
                ) - \(attempts)
                """, []
            ),
            (
                "DELETE FROM draw WHERE week < ?",
                [ISOWeek(containing: today.adding(days: -draws)).description]
            ),
            (
                "DELETE FROM announcement WHERE start < ?",
                [now.seconds - Int64(announcements) * 86_400]
            ),
            (
                """
                DELETE FROM nudge WHERE closed < ?
                AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.nudge = identity)
                AND NOT EXISTS (SELECT 1 FROM delivery_nudge WHERE delivery_nudge.nudge = identity)
                AND (
                    reason IN ('birthday', 'anniversary', 'chance')
                    OR identity NOT GLOB 'reconnect/*' AND identity NOT GLOB 'introduction/*' AND closed < ?
                    OR mark GLOB 'ignored-*' OR mark GLOB 'withdrawn-*' OR mark GLOB 'again-*'
                    OR (mark GLOB 'met-*' OR mark GLOB 'wrote-*') AND substr(mark, instr(mark, '-') + 1) < ?
                    OR mark GLOB 'skip-*' AND NOT EXISTS (
                        SELECT 1 FROM answer WHERE kind = 'skip' AND NOT is_undone
                        AND day = substr(mark, instr(mark, '-') + 1)
                    )
                    OR mark GLOB 'kept-*' AND NOT EXISTS (
                        SELECT 1 FROM first_seen WHERE day = substr(mark, instr(mark, '-') + 1)
                    )
                )
                """, [day(nudges), day(evidence), day(evidence)]
            ),
        ]
    }
}

extension SQLiteLedger {
    /// Removes what ``Compaction`` says, and gives back the room where a fifth of the file or more is free.
    package func compact(at now: Instant) throws(LedgerError) {
        let statements = Compaction.statements(at: now)
        let isNeeded = try reading { db in
            // What a deletion would take is asked first: a turn in which nothing is old writes nothing.
            try statements.contains { statement in
                let tail = statement.sql.dropFirst("DELETE ".count)
                return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 \(tail))", arguments: statement.arguments)
                    ?? false
            }
        }
        guard isNeeded else { return }
        // A view shows none of what is that old.
        try writing(HeldView.Touched()) { db in
            for (sql, arguments) in statements { try db.execute(sql: sql, arguments: arguments) }
        }
        try giveBackRoom()
    }

    /// Shortens the file; a file that was not made for it is written anew, once.
    private func giveBackRoom() throws(LedgerError) {
        try outsideTransaction { db in
            func number(_ name: String) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0 }
            guard try number("freelist_count") * 5 >= number("page_count") else { return }
            if try number("auto_vacuum") == 2 {
                // One row a page: all of them are asked for.
                _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum")
            } else {
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
                try db.execute(sql: "VACUUM")
            }
        }
    }
}
