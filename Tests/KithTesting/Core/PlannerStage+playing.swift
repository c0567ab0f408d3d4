package import CivilTime
package import KithCore

/// Planning in the stage, and what an engine would do with the plans.
extension PlannerStage {
    /// One message that went out.
    package struct Sent: Hashable, Sendable {
        package let at: Instant
        package let nudges: [NudgeID]
        package let occasion: String
        package let slot: Slot?
        package let isBudgeted: Bool
    }

    package func world(at now: Instant) -> World {
        World.make(contents: contents, rules: rules, daysOff: daysOff, zone: Berlin.zone, now: now)
    }

    package func world(at now: Instant, by maker: inout WorldMaker) -> World {
        maker.world(of: contents, rules: rules, daysOff: daysOff, zone: Berlin.zone, at: now)
    }

    package func plan(at now: Instant) -> Plan {
        KithCore.plan(world(at: now), view, at: now, policy: policy)
    }

    /// Plans, and has the ledger take it.
    @discardableResult
    package mutating func turn(at now: Instant) -> Plan {
        let plan = plan(at: now)
        view = view.applying(plan)
        return plan
    }

    /// Works off the outbox once: what a second look allows goes out and has its receipt at once.
    @discardableResult
    package mutating func send(at now: Instant, wasSeen: Bool = true) -> [Sent] {
        var sent: [Sent] = []
        let world = world(at: now)
        for index in view.deliveries.indices where view.deliveries[index].state == .pending {
            let row = view.deliveries[index]
            switch recheck(row, world, view, at: now, policy: policy) {
            case .wait: continue
            case .unwanted: view.deliveries[index].state = .cancelled
            case .go(let slot):
                view.deliveries[index].state = .sent
                view.deliveries[index].attempts += 1
                view.deliveries[index].lastAttemptAt = now
                view.deliveries[index].sentAt = now
                view.deliveries[index].wasSeen = wasSeen
                guard case .nudges(let ids) = row.key.subject else { continue }
                for id in ids { change(id) { $0 = $0.shown(at: now, wasSeen: wasSeen) } }
                let (occasion, isBudgeted) = (row.key.occasion, row.isBudgeted)
                sent.append(Sent(at: now, nudges: ids, occasion: occasion, slot: slot, isBudgeted: isBudgeted))
            }
            view.revision += 1
        }
        return sent
    }

    /// Turns from one instant until before another, whenever the plan asks for it.
    @discardableResult
    package mutating func play(from start: String, until end: String, wasSeen: Bool = true) -> [Sent] {
        var (now, sent): (Instant, [Sent]) = (Berlin.at(start), [])
        let end = Berlin.at(end)
        while now < end {
            turn(at: now)
            let messages = send(at: now, wasSeen: wasSeen)
            sent += messages
            let next = messages.isEmpty ? plan(at: now).next : turn(at: now).next
            now = max(next, now.adding(seconds: 1))
        }
        return sent
    }

    // MARK: The ledger

    /// Changes a nudge of the ledger.
    package mutating func change(_ id: NudgeID, _ change: (inout NudgeRecord) -> Void) {
        for index in view.nudges.indices where view.nudges[index].id == id { change(&view.nudges[index]) }
    }

    package func nudge(_ id: NudgeID) -> NudgeRecord? {
        view.nudges.first { $0.id == id }
    }

    /// The identity of a reconnect by its mark, `met-2025-12-09`.
    package static func reconnect(_ mark: String, _ uid: String = "ana") -> NudgeID {
        NudgeID(kind: .reconnect, contacts: [ContactID(uid)], cycle: mark)
    }

    /// A reconnect as the ledger has it, opened the day it fell due.
    package static func record(
        _ mark: String,
        base: String? = nil,
        due: String,
        opened: String? = nil,
        state: NudgeState = .pending,
        closed: String? = nil,
        uid: String = "ana"
    ) -> NudgeRecord {
        NudgeRecord(
            id: reconnect(mark, uid),
            shortID: "n" + mark,
            state: state,
            reason: .due,
            mark: Mark(mark),
            base: Mark(base ?? mark),
            due: Berlin.day(due),
            opened: Berlin.day(opened ?? due),
            closed: closed.map { Berlin.day($0) }
        )
    }

    /// Has the ledger remember a message about a nudge that went out, and the nudge with it.
    package mutating func deliver(_ record: NudgeRecord, at: String, wasSeen: Bool = true, isBudgeted: Bool = true) {
        let instant = Berlin.at(at)
        let key = DeliveryKey(
            subject: .nudges([record.id]),
            channel: .desktop,
            occasion: String(record.showings + 1)
        )
        view.deliveries.append(
            DeliveryRecord(
                key: key,
                state: .sent,
                isBudgeted: isBudgeted,
                attempts: 1,
                plannedAt: instant,
                sentAt: instant,
                wasSeen: wasSeen
            )
        )
        view.nudges.removeAll { $0.id == record.id }
        view.nudges.append(record.shown(at: instant, wasSeen: wasSeen))
    }
}

extension Plan {
    /// What the plan makes of a nudge.
    package func waiting(_ id: NudgeID) -> Waiting? {
        nudges.first { $0.record.id == id }?.waiting
    }

    package func assessment(_ uid: String = "ana") -> TieAssessment? {
        assessments[ContactID(uid)]
    }

    /// What it would send now.
    package var enqueued: [PlannedDelivery] {
        changes.compactMap { if case .enqueue(let delivery) = $0 { delivery } else { nil } }
    }

    package var cancelled: [DeliveryKey] {
        changes.compactMap { if case .cancel(let key) = $0 { key } else { nil } }
    }

    package var put: [NudgeRecord] {
        changes.compactMap { if case .put(let record) = $0 { record } else { nil } }
    }
}
