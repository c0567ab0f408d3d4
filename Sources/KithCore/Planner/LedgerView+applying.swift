import CivilTime

extension LedgerView {
    /// The view as it is once a plan is taken: what every ledger does, and what commands that only read plan on.
    package func applying(_ plan: Plan) -> LedgerView {
        guard !plan.changes.isEmpty else { return self }
        var view = self
        view.revision += 1
        for change in plan.changes { view.take(change, plan) }
        return view
    }

    private mutating func take(_ change: LedgerChange, _ plan: Plan) {
        switch change {
        case .firstSeen(let contact, let day):
            if firstSeen[contact] == nil { firstSeen[contact] = day }
        case .put(let record):
            put(record)
        case .remember(let memory):
            sources.removeAll { $0.path == memory.path }
            sources.append(memory)
            sources.sort { $0.path < $1.path }
        case .enqueue(let delivery):
            enqueue(delivery, plan)
        case .cancel(let key):
            guard let index = deliveries.firstIndex(where: { $0.key == key && $0.state == .pending }) else { return }
            deliveries[index].state = .cancelled
        }
    }

    private mutating func put(_ record: NudgeRecord) {
        var record = record
        if let index = nudges.firstIndex(where: { $0.id == record.id }) {
            record.shortID = nudges[index].shortID
            nudges[index] = record
            return
        }
        let taken = Set(nudges.map(\.shortID))
        record.shortID = (0...).lazy.map { record.id.shortID(attempt: $0) }.first { !taken.contains($0) } ?? ""
        nudges.append(record)
        nudges.sort { $0.id < $1.id }
    }

    private mutating func enqueue(_ delivery: PlannedDelivery, _ plan: Plan) {
        if let index = deliveries.firstIndex(where: { $0.key == delivery.key }) {
            guard deliveries[index].state == .cancelled || deliveries[index].state == .failed else { return }
            deliveries[index].state = .pending
            deliveries[index].slot = delivery.slot
            deliveries[index].plannedAt = plan.now
            deliveries[index].isBudgeted = delivery.isBudgeted
        } else {
            let row = DeliveryRecord(
                key: delivery.key,
                slot: delivery.slot,
                isBudgeted: delivery.isBudgeted,
                plannedAt: plan.now
            )
            deliveries.append(row)
        }
        deliveries.sort { ($0.plannedAt.seconds, $0.key.text) < ($1.plannedAt.seconds, $1.key.text) }
    }
}
