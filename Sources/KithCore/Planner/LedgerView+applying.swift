package import CivilTime

extension LedgerView {
    /// The view as it is once a plan is taken: what every ledger does, and what commands that only read plan on.
    package func applying(_ plan: Plan) -> LedgerView {
        var view = self
        view.take(plan)
        return view
    }

    /// Takes a plan; one without changes leaves all as it is.
    package mutating func take(_ plan: Plan) {
        guard !plan.changes.isEmpty else { return }
        revision += 1
        put(plan.changes.compactMap { if case .put(let record) = $0 { record } else { nil } })
        for change in plan.changes { take(change, at: plan.now) }
    }

    /// The nudge of an identity; they are in its order.
    package func nudge(_ id: NudgeID) -> NudgeRecord? {
        let (place, isKnown) = place(of: id)
        return isKnown ? nudges[place] : nil
    }

    /// Where a nudge stands, or would.
    package func place(of id: NudgeID) -> (place: Int, isKnown: Bool) {
        let place = nudges.partitionPoint { $0.id < id }
        return (place, place < nudges.count && nudges[place].id == id)
    }

    /// What differs from a view before: which nudges are no more, and those that are new or say something else.
    package func changes(since known: LedgerView) -> (gone: [NudgeID], come: [NudgeRecord]) {
        let (nudges, known) = nudges.unshared(with: known.nudges)
        var (gone, come): ([NudgeID], [NudgeRecord]) = ([], [])
        // Both are in the order of identities.
        var (old, new) = (0, 0)
        while old < known.count, new < nudges.count {
            if known[old] == nudges[new] {
                (old, new) = (old + 1, new + 1)
            } else if known[old].id == nudges[new].id {
                come.append(nudges[new])
                (old, new) = (old + 1, new + 1)
            } else if known[old].id < nudges[new].id {
                gone.append(known[old].id)
                old += 1
            } else {
                come.append(nudges[new])
                new += 1
            }
        }
        return (gone + known[old...].map(\.id), come + nudges[new...])
    }

    /// The deliveries that wait.
    package var pending: [DeliveryRecord] { deliveries(where: { $0 == .pending }) }

    /// The last message to any of some people that a channel can replace.
    package func lastShown(to people: Set<ContactID>, by channel: ChannelName) -> DeliveryRecord? {
        var last: Int?
        // By their places: going through them would count the references to each.
        for place in deliveries.indices where last.map({ deliveries[$0].shownAt < deliveries[place].shownAt }) ?? true {
            guard deliveries[place].state == .sent, deliveries[place].receipt != nil else { continue }
            let row = deliveries[place]
            if row.key.channel == channel, row.nudges.contains(where: { !people.isDisjoint(with: $0.contacts) }) {
                last = place
            }
        }
        return last.map { deliveries[$0] }
    }

    /// The deliveries in some states.
    package func deliveries(where isMeant: (DeliveryRecord.State) -> Bool) -> [DeliveryRecord] {
        // By their places: going through them would count the references to each.
        deliveries.indices.filter { isMeant(deliveries[$0].state) }.map { deliveries[$0] }
    }

    /// What differs from the outbox of a view before: the rows as they were, and as they are.
    package func deliveries(
        since known: [DeliveryRecord]
    ) -> (gone: ArraySlice<DeliveryRecord>, come: ArraySlice<DeliveryRecord>) {
        let (first, last) = difference(known, deliveries, by: ==)
        return (known[first..<known.count - last], deliveries[first..<deliveries.count - last])
    }

    /// The order of deliveries.
    package static func precedes(_ left: DeliveryRecord, _ right: DeliveryRecord) -> Bool {
        left.plannedAt == right.plannedAt ? left.key.text < right.key.text : left.plannedAt < right.plannedAt
    }

    private mutating func take(_ change: LedgerChange, at now: Instant) {
        switch change {
        case .put:
            break
        case .firstSeen(let contact, let day):
            if firstSeen[contact] == nil { firstSeen[contact] = day }
        case .remember(let memory):
            remember(memory)
        case .draw(let draw):
            guard !draws.contains(where: { $0.week == draw.week }) else { return }
            draws.append(draw)
            draws.sort { $0.week < $1.week }
        case .announce(let nudge, let start):
            announced[nudge] = start
        case .enqueue(let delivery):
            enqueue(delivery, at: now)
        case .cancel(let key):
            guard let index = deliveries.lastIndex(where: { $0.key == key && $0.state == .pending }) else { return }
            deliveries[index].state = .cancelled
        }
    }

    /// Takes what is remembered of a path, in place of what was.
    package mutating func remember(_ memory: SourceMemory) {
        sources.removeAll { $0.path == memory.path }
        sources.append(memory)
        sources.sort { $0.path < $1.path }
    }

    /// Takes a nudge as it now is: a new one with the next free short id, one that is known with its own.
    package mutating func put(_ record: NudgeRecord) {
        var record = record
        let (place, isKnown) = place(of: record.id)
        if isKnown {
            record.shortID = nudges[place].shortID
            nudges[place] = record
        } else {
            record.shortID = record.id.freeShortID { id in nudges.contains { $0.shortID == id } }
            nudges.insert(record, at: place)
        }
    }

    /// Takes many all at once: a first plan may open thousands.
    private mutating func put(_ records: [NudgeRecord]) {
        guard records.count > 64 else {
            for record in records { put(record) }
            return
        }
        var nudges = Array(self.nudges)
        var places = Dictionary(nudges.indices.map { (nudges[$0].id, $0) }) { first, _ in first }
        var taken = Set(nudges.map(\.shortID))
        for var record in records {
            if let index = places[record.id] {
                record.shortID = nudges[index].shortID
                nudges[index] = record
                continue
            }
            record.shortID = record.id.freeShortID { taken.contains($0) }
            taken.insert(record.shortID)
            places[record.id] = nudges.count
            nudges.append(record)
        }
        self.nudges = ShelvedList(nudges.sorted { $0.id < $1.id })
    }

    /// Whether any nudge was closed before a day.
    package func hasClosed(before day: CivilDate) -> Bool {
        nudges.contains { $0.closed.map { $0 < day } ?? false }
    }

    /// Whether an occasion of a nudge is on its way, or was shown, by another key.
    package func isTaken(_ key: DeliveryKey) -> Bool {
        guard case .nudges(let ids) = key.subject else { return false }
        return deliveries.indices.contains { place in
            guard deliveries[place].state == .pending || deliveries[place].state == .sent else { return false }
            let other = deliveries[place].key
            guard case .nudges(let others) = other.subject, other.occasion == key.occasion else { return false }
            return others.contains { ids.contains($0) } && other != key
        }
    }

    private mutating func enqueue(_ delivery: PlannedDelivery, at now: Instant) {
        var row = DeliveryRecord(key: delivery.key, plannedAt: now)
        if let place = deliveries.lastIndex(where: { $0.key == delivery.key }) {
            row = deliveries[place]
            guard row.state == .cancelled || row.state == .failed else { return }
            deliveries.remove(at: place)
        }
        (row.state, row.slot, row.isBudgeted, row.plannedAt) = (.pending, delivery.slot, delivery.isBudgeted, now)
        deliveries.insert(row, at: deliveries.partitionPoint { Self.precedes($0, row) })
    }
}
