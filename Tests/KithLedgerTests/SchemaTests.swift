import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// What the schema itself keeps out, whatever the code above it does.
@Suite("The schema")
struct SchemaTests {
    private static let nudge = """
        INSERT INTO nudge (identity, short_id, state, answer, expiry, snoozed_until, reason, due, opened, showings, unseen,
            snoozes, closed) VALUES
        """
    private static let delivery = """
        INSERT INTO delivery (id, subject, channel, occasion, state, slot_start, slot_end, is_budgeted, planned_at, sent_at)
        VALUES
        """

    private static func withOneNudge() throws -> (held: Held, nudge: NudgeRecord) {
        let held = try Held(.memory)
        let nudge = LedgerSample.nudge()
        let key = LedgerSample.key([nudge])
        try held.ledger.apply(
            LedgerSample.plan([.put(nudge), .enqueue(LedgerSample.delivery(key))], revision: 0)
        )
        return (held, nudge)
    }

    /// A statement that only differs from a good one in what the schema forbids.
    struct Violation: CustomTestStringConvertible {
        let testDescription: String
        let sql: String
        let constraint: String

        init(_ name: String, _ sql: String, _ constraint: String) {
            (testDescription, self.sql, self.constraint) = (name, sql, constraint)
        }
    }

    static let good = [
        "\(nudge) ('k/c/u', 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
        "\(nudge) ('k/c/u', 'n1', 'answered', 'met', NULL, NULL, 'due', 'd', 'o', 2, 2, 0, 'c')",
        "\(delivery) (9, 's', 'c', 'o', 'sent', 1, 2, 1, 0, 5)",
        "INSERT INTO attempt VALUES (1, 1, 0, NULL, NULL)",
        "INSERT INTO answer (kind, at, day) VALUES ('met', 0, 'd')",
        "INSERT INTO source VALUES ('p', 0, NULL)",
    ]

    static let violations = [
        Violation("a second head", "INSERT INTO ledger (id, revision) VALUES (2, 0)", "CHECK"),
        Violation(
            "a short id twice",
            "\(nudge) ('k/c/u', (SELECT short_id FROM nudge), 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "UNIQUE"
        ),
        Violation(
            "an identity twice",
            "\(nudge) ((SELECT identity FROM nudge), 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "UNIQUE"
        ),
        Violation(
            "no such state",
            "\(nudge) ('k/c/u', 'n1', 'sleeping', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "CHECK"
        ),
        Violation(
            "answered without an answer",
            "\(nudge) ('k/c/u', 'n1', 'answered', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, 'c')",
            "CHECK"
        ),
        Violation(
            "pending with an answer",
            "\(nudge) ('k/c/u', 'n1', 'pending', 'met', NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "CHECK"
        ),
        Violation(
            "no such answer",
            "\(nudge) ('k/c/u', 'n1', 'answered', 'shrugged', NULL, NULL, 'due', 'd', 'o', 0, 0, 0, 'c')",
            "CHECK"
        ),
        Violation(
            "closed without a day",
            "\(nudge) ('k/c/u', 'n1', 'answered', 'met', NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "CHECK"
        ),
        Violation(
            "open with a closing day",
            "\(nudge) ('k/c/u', 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, 'c')",
            "CHECK"
        ),
        Violation(
            "expired without a reason",
            "\(nudge) ('k/c/u', 'n1', 'expired', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, 'c')",
            "CHECK"
        ),
        Violation(
            "no such expiry",
            "\(nudge) ('k/c/u', 'n1', 'expired', NULL, 'bored', NULL, 'due', 'd', 'o', 0, 0, 0, 'c')",
            "CHECK"
        ),
        Violation(
            "snoozed without an end",
            "\(nudge) ('k/c/u', 'n1', 'snoozed', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, 0, NULL)",
            "CHECK"
        ),
        Violation(
            "more unseen than shown",
            "\(nudge) ('k/c/u', 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 1, 2, 0, NULL)",
            "CHECK"
        ),
        Violation(
            "a negative count",
            "\(nudge) ('k/c/u', 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 0, 0, -1, NULL)",
            "CHECK"
        ),
        Violation(
            "text for a number",
            "\(nudge) ('k/c/u', 'n1', 'pending', NULL, NULL, NULL, 'due', 'd', 'o', 'many', 0, 0, NULL)",
            "cannot store TEXT"
        ),
        Violation(
            "a delivery key twice",
            "\(delivery) (9, (SELECT subject FROM delivery), 'desktop', '1', 'pending', NULL, NULL, 1, 0, NULL)",
            "UNIQUE"
        ),
        Violation("no such state of a delivery", "\(delivery) (9, 's', 'c', 'o', 'lost', 1, 2, 1, 0, NULL)", "CHECK"),
        Violation("sent at no time", "\(delivery) (9, 's', 'c', 'o', 'sent', 1, 2, 1, 0, NULL)", "CHECK"),
        Violation(
            "a time of sending without a receipt",
            "\(delivery) (9, 's', 'c', 'o', 'pending', 1, 2, 1, 0, 5)",
            "CHECK"
        ),
        Violation("half a slot", "\(delivery) (9, 's', 'c', 'o', 'pending', 1, NULL, 1, 0, NULL)", "CHECK"),
        Violation(
            "a delivery of no nudge",
            "INSERT INTO delivery_nudge VALUES (1, 'k/c/nobody', '1', 1)",
            "FOREIGN KEY"
        ),
        Violation(
            "a link of no delivery",
            "INSERT INTO delivery_nudge VALUES (77, (SELECT identity FROM nudge), '2', 1)",
            "FOREIGN KEY"
        ),
        Violation("an attempt of no delivery", "INSERT INTO attempt VALUES (77, 1, 0, NULL, NULL)", "FOREIGN KEY"),
        Violation("an attempt before the first", "INSERT INTO attempt VALUES (1, 0, 0, NULL, NULL)", "CHECK"),
        Violation("no such outcome", "INSERT INTO attempt VALUES (1, 1, 0, 'maybe', NULL)", "CHECK"),
        Violation("no such kind of answer", "INSERT INTO answer (kind, at, day) VALUES ('shrug', 0, 'd')", "CHECK"),
        Violation(
            "an answer to no nudge",
            "INSERT INTO answer (kind, nudge, state_before, at, day) VALUES ('met', 'k/c/nobody', 'pending', 0, 'd')",
            "FOREIGN KEY"
        ),
        Violation(
            "an answer that forgets what was",
            "INSERT INTO answer (kind, nudge, at, day) VALUES ('met', (SELECT identity FROM nudge), 0, 'd')",
            "CHECK"
        ),
        Violation("a person of no answer", "INSERT INTO answer_contact VALUES (77, 'ana')", "FOREIGN KEY"),
        Violation("a nudge that is gone from under its delivery", "DELETE FROM nudge", "FOREIGN KEY"),
        Violation("fewer items than none", "INSERT INTO source VALUES ('p', -1, NULL)", "CHECK"),
    ]

    @Test("A row that keeps the rules is taken", arguments: good)
    func taken(sql: String) throws {
        let (held, _) = try Self.withOneNudge()
        #expect(throws: Never.self) { try held.rows(sql) }
    }

    @Test("A row against the rules is refused", arguments: violations)
    func refused(_ violation: Violation) throws {
        let (held, _) = try Self.withOneNudge()
        let before = try held.ledger.view(at: LedgerSample.now)
        let error = try #require(throws: LedgerError.self) { try held.rows(violation.sql) }
        guard case .unusable(let why) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(why.contains(violation.constraint), "\(why)")
        #expect(try held.ledger.view(at: LedgerSample.now) == before)
    }

    /// How the first key of an occasion stands, and whether a second may be planned beside it.
    static let keys: [(state: DeliveryRecord.State, isFree: Bool)] = [
        (.pending, false), (.sent, false), (.failed, true), (.cancelled, true),
    ]

    @Test("No occasion of a nudge stands under two live keys", arguments: keys)
    func occasions(state: DeliveryRecord.State, isFree: Bool) throws {
        let (held, nudge) = try Self.withOneNudge()
        let (first, second) = (LedgerSample.key([nudge]), LedgerSample.key([nudge], on: .email))
        switch state {
        case .pending: break
        case .sent:
            _ = try held.ledger.beginAttempt(first, at: LedgerSample.now)
            let sent = AttemptOutcome.sent(receipt: nil, wasSeen: true)
            try held.ledger.finishAttempt(first, sent, shown: [], read: [], at: LedgerSample.now)
        case .failed, .cancelled: try held.ledger.close(first, as: state, problem: nil, at: LedgerSample.now)
        }
        func plan(_ key: DeliveryKey) throws -> Plan {
            let revision = try held.ledger.view(at: LedgerSample.now).revision
            return LedgerSample.plan([.enqueue(LedgerSample.delivery(key))], revision: revision)
        }
        if isFree {
            try held.ledger.apply(try plan(second))
            // Nor may the first come back to life beside it.
            #expect(throws: LedgerError.self) { try held.ledger.apply(try plan(first)) }
        } else {
            #expect(throws: LedgerError.self) { try held.ledger.apply(try plan(second)) }
        }
        // The next occasion is another matter, and so is a bundle of the next.
        try held.ledger.apply(try plan(LedgerSample.key([nudge], on: .email, occasion: "2")))
        let ben = LedgerSample.nudge("ben")
        try held.ledger.put(ben)
        #expect(throws: LedgerError.self) {
            try held.ledger.apply(try plan(LedgerSample.key([nudge, ben], occasion: "2")))
        }
    }
}
