import CivilTime
import KithCore
import KithTesting
import Testing

/// What a ledger makes of a plan.
@Suite("Taking a plan")
struct ApplyingTests {
    static let now = Berlin.at("2026-01-27 09:00")
    static let key = DeliveryKey(
        subject: .nudges([PlannerStage.reconnect("met-2025-12-09")]),
        channel: .desktop,
        occasion: "1"
    )

    static func taken(_ changes: [LedgerChange], by view: LedgerView = LedgerView()) -> LedgerView {
        view.applying(
            Plan(revision: 0, now: now, today: PlannerStage.today, changes: changes, next: now.adding(seconds: 1))
        )
    }

    @Test("A plan moves the revision by one, an empty one not at all")
    func revision() {
        #expect(Self.taken([]).revision == 0)
        let day = PlannerStage.today
        #expect(Self.taken([.firstSeen(ContactID("a"), day), .firstSeen(ContactID("b"), day)]).revision == 1)
    }

    @Test("The day a tie was first seen is never moved")
    func firstSeen() {
        let id = ContactID("a")
        var view = Self.taken([.firstSeen(id, Berlin.day("2026-01-20"))])
        view = Self.taken([.firstSeen(id, Berlin.day("2026-01-27"))], by: view)
        #expect(view.firstSeen == [id: Berlin.day("2026-01-20")])
    }

    @Test("What the ledger remembers of a path is replaced, in the order of paths")
    func memory() {
        var view = Self.taken([
            .remember(SourceMemory(path: "b", items: 1)), .remember(SourceMemory(path: "a", items: 1)),
        ])
        view = Self.taken([.remember(SourceMemory(path: "b", items: 2))], by: view)
        #expect(view.sources.map { "\($0.path)\($0.items)" } == ["a1", "b2"])
    }

    @Test(
        "A key that is pending or sent stays; one that ended is pending again, its attempts kept",
        arguments: [DeliveryRecord.State.pending, .sent, .failed, .cancelled]
    )
    func enqueue(state: DeliveryRecord.State) {
        var view = LedgerView()
        let old = Berlin.at("2026-01-26 09:00")
        view.deliveries = [DeliveryRecord(key: Self.key, state: state, attempts: 2, plannedAt: old)]
        let slot = Slot(start: Self.now, end: Self.now.adding(minutes: 20))
        view = Self.taken([.enqueue(PlannedDelivery(key: Self.key, slot: slot, isBudgeted: true))], by: view)
        let isAgain = state == .failed || state == .cancelled
        #expect(view.deliveries.map(\.state) == [isAgain ? .pending : state])
        #expect(view.deliveries.map(\.attempts) == [2])
        #expect(view.deliveries.map(\.plannedAt) == [isAgain ? Self.now : old])
        #expect(view.deliveries.map(\.isBudgeted) == [isAgain] && view.deliveries.map(\.slot) == [isAgain ? slot : nil])
    }

    @Test("Only a pending row is ended", arguments: [DeliveryRecord.State.pending, .sent, .failed, .cancelled])
    func cancel(state: DeliveryRecord.State) {
        var view = LedgerView()
        view.deliveries = [DeliveryRecord(key: Self.key, state: state, plannedAt: Self.now)]
        #expect(
            Self.taken([.cancel(Self.key)], by: view).deliveries.map(\.state) == [
                state == .pending ? .cancelled : state
            ]
        )
        #expect(Self.taken([.cancel(Self.key)]).deliveries.isEmpty)
    }

    @Test("Without deliveries a plan says nothing to the outbox and keeps all else")
    func withoutDeliveries() {
        let delivery = PlannedDelivery(key: Self.key, slot: nil, isBudgeted: true)
        let rest: [LedgerChange] = [
            .firstSeen(ContactID("a"), PlannerStage.today),
            .put(PlannerStage.record("met-2025-12-09", due: "2026-01-20")),
            .remember(SourceMemory(path: "a", items: 1)),
        ]
        let plan = Plan(
            revision: 0,
            now: Self.now,
            today: PlannerStage.today,
            changes: [.enqueue(delivery)] + rest + [.cancel(Self.key)],
            next: Self.now.adding(seconds: 1)
        )
        #expect(plan.withoutDeliveries.changes == rest)
    }
}
