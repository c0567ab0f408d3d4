import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Testing

/// What the port promises, wherever the ledger lies.
@Suite("The ledger's contract")
struct LedgerContractTests {
    static let now = LedgerSample.now
    static let later = LedgerSample.now.adding(minutes: 5)

    /// A ledger with one nudge and its first showing on the desktop, waiting.
    private static func waiting(_ place: Place) throws -> (held: Held, nudge: NudgeRecord, key: DeliveryKey) {
        let held = try Held(place)
        let nudge = LedgerSample.nudge()
        let key = LedgerSample.key([nudge])
        try held.ledger.apply(
            LedgerSample.plan([.put(nudge), .enqueue(LedgerSample.delivery(key))], revision: 0)
        )
        return (held, nudge, key)
    }

    // MARK: - Plans

    @Test("A new ledger is empty, at revision 0", arguments: Place.allCases)
    func empty(place: Place) throws {
        let held = try Held(place)
        #expect(try held.ledger.view(at: Self.now) == LedgerView())
        #expect(try held.ledger.answers(limit: 10).isEmpty)
    }

    @Test("A plan without changes writes nothing, from whatever revision", arguments: Place.allCases)
    func emptyPlan(place: Place) throws {
        let held = try Held(place)
        try held.ledger.apply(LedgerSample.plan([], revision: 7))
        #expect(try held.ledger.view(at: Self.now).revision == 0)
    }

    @Test("A plan from another revision is refused and leaves no trace", arguments: Place.allCases)
    func moved(place: Place) throws {
        let (held, nudge, _) = try Self.waiting(place)
        let before = try held.ledger.view(at: Self.now)
        for revision in [0, 2, -1] as [Int64] {
            let plan = LedgerSample.plan([.put(nudge.answered(.met, on: nudge.due))], revision: revision)
            #expect(throws: LedgerError.revisionMoved) { try held.ledger.apply(plan) }
        }
        #expect(try held.ledger.view(at: Self.now) == before)
    }

    @Test("A plan is taken whole or not at all", arguments: Place.allCases)
    func allOrNone(place: Place) throws {
        let (held, nudge, _) = try Self.waiting(place)
        let before = try held.ledger.view(at: Self.now)
        // The last change goes against the schema: the same occasion under a second key.
        let plan = LedgerSample.plan(
            [
                .put(LedgerSample.nudge("ben")), .firstSeen(ContactID("ben"), nudge.due),
                .enqueue(LedgerSample.delivery(LedgerSample.key([nudge], on: .email))),
            ],
            revision: before.revision
        )
        #expect(throws: LedgerError.self) { try held.ledger.apply(plan) }
        #expect(try held.ledger.view(at: Self.now) == before)
        try held.ledger.put(nudge)
        #expect(try held.ledger.view(at: Self.now).revision == before.revision + 1)
    }

    @Test("Every call that writes moves the revision by one", arguments: Place.allCases)
    func revisions(place: Place) throws {
        let (held, nudge, key) = try Self.waiting(place)
        let ledger = held.ledger
        let calls: [() throws -> Void] = [
            { try ledger.put(nudge) }, { _ = try ledger.beginAttempt(key, at: Self.now) },
            { try ledger.finishAttempt(key, .failed("no"), shown: [nudge.id], read: [], at: Self.now) },
            { try ledger.close(key, as: .failed, problem: "no", at: Self.now) },
            { try ledger.record(LedgerSample.answer(.met, to: nudge), after: nil) },
            { try ledger.undo(try #require(try ledger.answers(limit: 1).first)) },
            { try ledger.pause(until: nudge.due) },
            { try ledger.acceptSource(path: "/a", items: 1, configured: []) },
        ]
        for (number, call) in calls.enumerated() {
            try call()
            #expect(try ledger.view(at: Self.now).revision == Int64(number + 2), "call \(number)")
        }
    }

    // MARK: - The outbox

    @Test("Attempts are numbered from 1 and counted", arguments: Place.allCases)
    func attempts(place: Place) throws {
        let (held, nudge, key) = try Self.waiting(place)
        for number in 1...3 {
            let at = Self.now.adding(minutes: Int64(number))
            #expect(try held.ledger.beginAttempt(key, at: at) == number)
            try held.ledger.finishAttempt(key, .failed("no \(number)"), shown: [nudge.id], read: [], at: at)
            let row = try #require(try held.ledger.view(at: at).deliveries.first)
            #expect(row.state == .pending && row.attempts == number && row.lastAttemptAt == at)
            #expect(row.problem == "no \(number)" && row.sentAt == nil)
        }
        #expect(try held.ledger.view(at: Self.now).nudges.first?.showings == 0)
    }

    @Test("Nothing is tried that is not pending", arguments: Place.allCases)
    func notPending(place: Place) throws {
        let (held, nudge, key) = try Self.waiting(place)
        let unknown = LedgerSample.key([nudge], on: .email)
        #expect(throws: LedgerError.self) { try held.ledger.beginAttempt(unknown, at: Self.now) }
        #expect(throws: LedgerError.self) {
            try held.ledger.finishAttempt(unknown, .failed(""), shown: [], read: [], at: Self.now)
        }
        try held.ledger.close(key, as: .cancelled, problem: nil, at: Self.now)
        #expect(throws: LedgerError.self) { try held.ledger.beginAttempt(key, at: Self.now) }
        #expect(try held.ledger.view(at: Self.now).deliveries.map(\.attempts) == [0])
    }

    /// What a receipt does to the nudge that was shown.
    struct Receipt: CustomTestStringConvertible {
        let testDescription: String
        let outcome: AttemptOutcome
        let state: NudgeState
        let showings: Int
        let unseen: Int
        let isSeen: Bool
        let delivery: DeliveryRecord.State
    }

    static let receipts = [
        Receipt(
            testDescription: "seen",
            outcome: .sent(receipt: "7@x", wasSeen: true),
            state: .delivered,
            showings: 1,
            unseen: 0,
            isSeen: true,
            delivery: .sent
        ),
        Receipt(
            testDescription: "unseen",
            outcome: .sent(receipt: nil, wasSeen: false),
            state: .pending,
            showings: 1,
            unseen: 1,
            isSeen: false,
            delivery: .sent
        ),
        Receipt(
            testDescription: "failed",
            outcome: .failed("no"),
            state: .pending,
            showings: 0,
            unseen: 0,
            isSeen: false,
            delivery: .pending
        ),
        Receipt(
            testDescription: "refused",
            outcome: .refused("never"),
            state: .pending,
            showings: 0,
            unseen: 0,
            isSeen: false,
            delivery: .pending
        ),
    ]

    @Test("A receipt makes of a nudge what was seen of it", arguments: Place.allCases, receipts)
    func receipt(place: Place, case expected: Receipt) throws {
        let (held, nudge, key) = try Self.waiting(place)
        _ = try held.ledger.beginAttempt(key, at: Self.now)
        try held.ledger.finishAttempt(key, expected.outcome, shown: [nudge.id], read: [], at: Self.later)
        let view = try held.ledger.view(at: Self.later)
        let found = try #require(view.nudges.first)
        #expect(found.state == expected.state)
        #expect(found.showings == expected.showings && found.unseen == expected.unseen)
        #expect(found.seenAt == (expected.isSeen ? Self.later : nil))
        #expect(found.deliveredAt == (expected.delivery == .sent ? Self.later : nil))
        let row = try #require(view.deliveries.first)
        #expect(row.state == expected.delivery && row.attempts == 1)
        #expect(row.sentAt == (expected.delivery == .sent ? Self.later : nil))
        if case .sent(let receipt, let wasSeen) = expected.outcome {
            #expect(row.receipt == receipt && row.wasSeen == wasSeen && row.problem == nil)
        } else {
            #expect(row.problem != nil && row.receipt == nil)
        }
    }

    @Test(
        "A digest that was seen is a reading of what was shown before, and of nothing else",
        arguments: Place.allCases
    )
    func readings(place: Place) throws {
        let (held, pending, _) = try Self.waiting(place)
        var shown = LedgerSample.nudge("ben", state: .delivered)
        shown.showings = 1
        let week = ISOWeek(containing: pending.due)
        let key = DeliveryKey(subject: .digest(week), channel: .email, occasion: "week")
        try held.ledger.put(shown)
        try held.ledger.apply(LedgerSample.plan([.enqueue(LedgerSample.delivery(key))], revision: 2))
        _ = try held.ledger.beginAttempt(key, at: Self.now)
        let both = [pending.id, shown.id]
        try held.ledger.finishAttempt(key, .sent(receipt: nil, wasSeen: true), shown: [], read: both, at: Self.later)
        let found = try held.ledger.view(at: Self.later).nudges
        #expect(found.map(\.seenAt) == [nil, Self.later])
        #expect(found.map(\.showings) == [0, 1])
    }

    @Test("A nudge that was answered while it was sent stays answered", arguments: Place.allCases)
    func answeredMeanwhile(place: Place) throws {
        let (held, nudge, key) = try Self.waiting(place)
        _ = try held.ledger.beginAttempt(key, at: Self.now)
        let answered = nudge.answered(.wrote, on: nudge.due)
        try held.ledger.record(LedgerSample.answer(.wrote, to: nudge), after: answered)
        try held.ledger.finishAttempt(
            key,
            .sent(receipt: "r", wasSeen: true),
            shown: [nudge.id],
            read: [],
            at: Self.later
        )
        let view = try held.ledger.view(at: Self.later)
        #expect(view.nudges.map(\.state) == [.answered(.wrote)] && view.nudges.map(\.showings) == [0])
        #expect(view.deliveries.map(\.state) == [.sent])
    }

    @Test("A delivery is closed once, and only while it waits", arguments: Place.allCases)
    func closing(place: Place) throws {
        let (held, nudge, key) = try Self.waiting(place)
        try held.ledger.close(key, as: .failed, problem: "gave up", at: Self.now)
        try held.ledger.close(key, as: .cancelled, problem: nil, at: Self.later)
        var row = try #require(try held.ledger.view(at: Self.later).deliveries.first)
        #expect(row.state == .failed && row.problem == "gave up")
        // Given up, the occasion is free for another channel.
        let mail = LedgerSample.key([nudge], on: .email)
        try held.ledger.apply(LedgerSample.plan([.enqueue(LedgerSample.delivery(mail))], revision: 3))
        _ = try held.ledger.beginAttempt(mail, at: Self.later)
        try held.ledger.finishAttempt(mail, .sent(receipt: nil, wasSeen: true), shown: [], read: [], at: Self.later)
        try held.ledger.close(mail, as: .cancelled, problem: nil, at: Self.later)
        row = try #require(try held.ledger.view(at: Self.later).deliveries.first { $0.key == mail })
        #expect(row.state == .sent)
    }

    @Test("Closing as sent, or as pending, is a programmer's mistake")
    func closingAsSent() async {
        await #expect(processExitsWith: .failure) {
            let ledger = try SQLiteLedger.inMemory()
            try ledger.close(LedgerSample.key([LedgerSample.nudge()]), as: .sent, problem: nil, at: LedgerSample.now)
        }
    }

    @Test("A delivery that is planned again keeps its attempts, and a sent one stays sent", arguments: Place.allCases)
    func planAgain(place: Place) throws {
        let (held, _, key) = try Self.waiting(place)
        _ = try held.ledger.beginAttempt(key, at: Self.now)
        try held.ledger.close(key, as: .cancelled, problem: nil, at: Self.now)
        let again = LedgerSample.plan([.enqueue(LedgerSample.delivery(key))], revision: 3, at: Self.later)
        try held.ledger.apply(again)
        let row = try #require(try held.ledger.view(at: Self.later).deliveries.first)
        #expect(row.state == .pending && row.attempts == 1 && row.plannedAt == Self.later)
        #expect(try held.ledger.beginAttempt(key, at: Self.later) == 2)
        try held.ledger.finishAttempt(key, .sent(receipt: "r", wasSeen: true), shown: [], read: [], at: Self.later)
        try held.ledger.apply(LedgerSample.plan([.enqueue(LedgerSample.delivery(key)), .cancel(key)], revision: 6))
        #expect(try held.ledger.view(at: Self.later).deliveries.map(\.state) == [.sent])
    }
}
