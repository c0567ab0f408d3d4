import CivilTime

/// What each open nudge is to the placer, kept from one plan to the next.
struct Board {
    /// Such as need no place now, with what they wait for, by identity; those that are put off or on their way are among them.
    private(set) var settled: [PlannedNudge] = []
    /// Those the user put off to an instant that has come, as if there were no place for them.
    private(set) var named: [NudgeID: PlannedNudge] = [:]
    /// Those of dated kinds that need a place.
    private(set) var dated: Set<NudgeID> = []
    /// Those that compete for the first time, in the order of score.
    private(set) var fresh: [Candidate] = []
    /// Those that compete again, outside the budget, in the same order.
    private(set) var repeats: [Candidate] = []
    private var competing: [NudgeID: Candidate] = [:]

    /// Looks at those again that the context has looked at.
    mutating func update(_ context: PlanningContext) {
        var come: [Candidate] = []
        guard var ids = context.staleOpen else {
            self = Board()
            settled = context.records.values.filter(\.state.isOpen).compactMap { put($0, context, &come) }
                .sorted { $0.record.id < $1.record.id }
            sort(come)
            return
        }
        if context.isNewDay { age(to: context.today) }
        var gone: [Candidate] = []
        for id in ids {
            if let candidate = competing.removeValue(forKey: id) {
                gone.append(candidate)
                continue
            }
            let place = settled.partitionPoint { $0.record.id < id }
            if place < settled.count, settled[place].record.id == id { settled.remove(at: place) }
            if !named.isEmpty { named[id] = nil }
            if !dated.isEmpty { dated.remove(id) }
        }
        if context.isNewDay {
            // Of whatever waits for something it may be over.
            ids.formUnion(settled.lazy.map(\.record.id))
            settled = []
        }
        for id in ids {
            guard let record = context.records[id], record.state.isOpen, let nudge = put(record, context, &come) else {
                continue
            }
            settled.insert(nudge, at: settled.partitionPoint { $0.record.id < id })
        }
        replace(gone, by: come)
    }

    func candidate(_ id: NudgeID) -> Candidate? { competing[id] }

    /// Few are found where they stand, many are put in order with the others.
    private mutating func replace(_ gone: [Candidate], by come: [Candidate]) {
        guard gone.count + come.count < 64 else { return sort(Array(competing.values)) }
        for candidate in gone { edit(candidate) { $0.remove(at: $1) } }
        for candidate in come { edit(candidate) { $0.insert(candidate, at: $1) } }
    }

    /// Changes the list a candidate belongs to, at its place there.
    private mutating func edit(_ candidate: Candidate, _ change: (inout [Candidate], Int) -> Void) {
        func place(in list: [Candidate]) -> Int { list.partitionPoint { Candidate.precedes($0, candidate) } }
        if candidate.isRepeat { change(&repeats, place(in: repeats)) } else { change(&fresh, place(in: fresh)) }
    }

    /// All that waits is worth more by the day.
    private mutating func age(to today: CivilDate) {
        let aged = (fresh + repeats).map { $0.aged(to: today) }
        for candidate in aged { competing[candidate.record.id] = candidate }
        sort(aged)
    }

    /// - Parameter candidates: All that compete.
    private mutating func sort(_ candidates: [Candidate]) {
        let all = candidates.sorted(by: Candidate.precedes)
        repeats = all.filter(\.isRepeat)
        fresh = repeats.isEmpty ? all : all.filter { !$0.isRepeat }
    }

    /// - Parameter come: Takes it, where it competes.
    /// - Returns: It, where it needs no place.
    private mutating func put(
        _ record: NudgeRecord,
        _ context: PlanningContext,
        _ come: inout [Candidate]
    ) -> PlannedNudge? {
        guard let tie = context.tie(of: record) else {
            // A record whose person is gone from the world waits while a source is away; nothing else keeps such a one open.
            let hold = Hold.source(path: context.goneSources.first?.path ?? "")
            return PlannedNudge(record: record, waiting: .held(hold), network: .strategic)
        }
        let isLate = context.assessments[tie.id]?.band == .late
        let score = Score(daysSinceDue: context.today.days(since: record.due), tie: tie, isLate: isLate)
        let waiting = context.waiting(record, tie)
        let planned = PlannedNudge(
            record: record,
            waiting: waiting ?? .noMoment,
            score: record.id.kind == .reconnect ? score.hundredths : 0,
            network: tie.network
        )
        if waiting != nil { return planned }
        if case .snoozed = record.state {
            named[record.id] = planned
        } else if NudgeKinds.isDated(record) {
            dated.insert(record.id)
        } else {
            let isOnItsWay = context.pendingRow(of: record) != nil
            let candidate = Candidate(
                record: record,
                tie: tie,
                score: score,
                isLate: isLate,
                isRepeat: record.showings > 0 || record.snoozes > 0 || isOnItsWay
            )
            competing[record.id] = candidate
            come.append(candidate)
        }
        return nil
    }
}

extension PlanningContext {
    /// What a nudge waits for that needs no place now; `nil` where it does.
    fileprivate func waiting(_ record: NudgeRecord, _ tie: Tie) -> Waiting? {
        if record.state == .delivered { return .answer }
        if case .snoozed(let until, _) = record.state, until > now {
            return .moment(Slot(start: until, end: until.adding(seconds: FreeTime.enough)))
        }
        // Of a tie's own nudge that was found already.
        let isReviewed = record.id.kind == .reconnect && record.reason != .chance && record.state == .pending
        let hold =
            isReviewed ? assessments[tie.id]?.hold : hold(of: tie, kind: record.id.kind, mark: record.mark)
        if let hold { return .held(hold) }
        if record.isDigestOnly || !policy.hasBubbles && NudgeKinds.isDated(record) { return .digestOnly }
        // On its way in the free time it was planned for, as long as that lasts.
        if policy.hasBubbles, let slot = pendingRow(of: record)?.slot, slot.end > now { return .moment(slot) }
        return nil
    }
}
