import CivilTime

extension LedgerView {
    /// The view as it is once a plan is taken: what every ledger does, and what commands that only read plan on.
    package func applying(_ plan: Plan) -> LedgerView {
        guard !plan.changes.isEmpty else { return self }
        var view = self
        view.revision += 1
        view.put(plan.changes.compactMap { if case .put(let record) = $0 { record } else { nil } })
        for change in plan.changes { view.take(change, plan) }
        view.deliveries.sort { left, right in
            left.plannedAt == right.plannedAt ? left.key.text < right.key.text : left.plannedAt < right.plannedAt
        }
        return view
    }

    private mutating func take(_ change: LedgerChange, _ plan: Plan) {
        switch change {
        case .put:
            break
        case .firstSeen(let contact, let day):
            if firstSeen[contact] == nil { firstSeen[contact] = day }
        case .remember(let memory):
            sources.removeAll { $0.path == memory.path }
            sources.append(memory)
            sources.sort { $0.path < $1.path }
        case .draw(let draw):
            guard !draws.contains(where: { $0.week == draw.week }) else { return }
            draws.append(draw)
            draws.sort { $0.week < $1.week }
        case .announce(let nudge, let start):
            announced[nudge] = start
        case .enqueue(let delivery):
            enqueue(delivery, plan)
        case .cancel(let key):
            guard let index = deliveries.firstIndex(where: { $0.key == key && $0.state == .pending }) else { return }
            deliveries[index].state = .cancelled
        }
    }

    /// Takes nudges as they now are, all at once: a first plan may open thousands.
    private mutating func put(_ records: [NudgeRecord]) {
        guard !records.isEmpty else { return }
        var places = Dictionary(nudges.indices.map { (nudges[$0].id, $0) }) { first, _ in first }
        var taken = Set(nudges.map(\.shortID))
        let known = nudges.count
        for var record in records {
            if let index = places[record.id] {
                record.shortID = nudges[index].shortID
                nudges[index] = record
                continue
            }
            record.shortID = (0...).lazy.map { record.id.shortID(attempt: $0) }.first { !taken.contains($0) } ?? ""
            taken.insert(record.shortID)
            places[record.id] = nudges.count
            nudges.append(record)
        }
        if nudges.count > known { nudges.sort { $0.id < $1.id } }
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
    }
}
