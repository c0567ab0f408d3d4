import CivilTime

/// Gives every open nudge what it waits for.
struct NudgePlacer {
    private let context: PlanningContext
    private var placement: Placement
    let spentToday: Int
    let spentThisWeek: Int

    init(_ context: PlanningContext) {
        self.context = context
        placement = Placement(context)
        (spentToday, spentThisWeek) = (placement.spentToday, placement.spentThisWeek)
    }

    /// A nudge that competes for a moment.
    private struct Candidate {
        let record: NudgeRecord
        let tie: Tie
        let score: Score
        let isRepeat: Bool
    }

    mutating func placed() -> [PlannedNudge] {
        let open = context.records.values.filter(\.state.isOpen).sorted { $0.id < $1.id }
        var result: [PlannedNudge] = []
        var dated: [NudgeRecord] = []
        var candidates: [Candidate] = []
        for record in open {
            guard let tie = context.tie(of: record) else {
                result.append(PlannedNudge(record: record, waiting: .held(heldWithoutTie), network: .strategic))
                continue
            }
            if let waiting = settled(record, tie) {
                result.append(
                    PlannedNudge(record: record, waiting: waiting, score: hundredths(record, tie), network: tie.network)
                )
            } else if NudgeKinds.rule(of: record.id.kind)?.isDated == true {
                dated.append(record)
            } else {
                candidates.append(candidate(record, tie))
            }
        }
        result += placeDated(dated, leavesRoom: !candidates.isEmpty)
        result += place(candidates)
        return result
    }

    /// A record whose person is gone from the world waits while a source is away; nothing else keeps such a one open.
    private var heldWithoutTie: Hold {
        .source(path: context.goneSources.first?.path ?? "")
    }

    /// What a nudge waits for that needs no moment now; `nil` where it does.
    private mutating func settled(_ record: NudgeRecord, _ tie: Tie) -> Waiting? {
        switch record.state {
        case .delivered:
            return .answer
        case .snoozed(let until, let isNamed) where until > context.now:
            if isNamed { placement.reserve(until) }
            return .moment(Slot(start: until, end: until.adding(seconds: FreeTime.enough)))
        case .snoozed:
            break
        case .pending, .answered, .expired:
            break
        }
        if let hold = context.hold(of: tie, kind: record.id.kind, mark: record.mark) { return .held(hold) }
        if record.isDigestOnly || !context.policy.hasBubbles { return .digestOnly }
        // On its way in the free time it was planned for, as long as that lasts.
        if let slot = context.pendingRow(of: record)?.slot, slot.end > context.now { return .moment(slot) }
        guard case .snoozed(_, true) = record.state else { return nil }
        return placement.placeNamed().map { .moment($0) } ?? .noMoment
    }

    private func candidate(_ record: NudgeRecord, _ tie: Tie) -> Candidate {
        Candidate(
            record: record,
            tie: tie,
            score: score(record, tie),
            isRepeat: record.showings > 0 || record.snoozes > 0 || context.pendingRow(of: record) != nil
        )
    }

    private func score(_ record: NudgeRecord, _ tie: Tie) -> Score {
        let assessment = context.assessments[tie.id]
        return Score(
            daysSinceDue: context.today.days(since: record.due),
            tie: tie,
            isLate: assessment?.band == .late
        )
    }

    private func hundredths(_ record: NudgeRecord, _ tie: Tie) -> Int {
        record.id.kind == .reconnect ? score(record, tie).hundredths : 0
    }

    /// Birthdays of one day share a bubble, and so a place.
    private mutating func placeDated(_ records: [NudgeRecord], leavesRoom: Bool) -> [PlannedNudge] {
        struct Key: Hashable {
            let kind: NudgeKind
            let due: CivilDate
            let share: String
        }
        var shared: [Key: Slot] = [:]
        var result: [PlannedNudge] = []
        let order = NudgeKinds.catalogue.map(\.kind)
        for record in records.sorted(by: { (rank($0, order), $0.due, $0.id) < (rank($1, order), $1.due, $1.id) }) {
            guard let rule = NudgeKinds.rule(of: record.id.kind), let tie = context.tie(of: record) else { continue }
            let key =
                record.showings > 0
                ? nil : rule.shares(record).map { Key(kind: record.id.kind, due: record.due, share: $0) }
            let slot =
                key.flatMap { shared[$0] } ?? placement.place(dated: record, rule: rule, leavesRoom: leavesRoom)
            if let key { shared[key] = slot }
            let waiting = slot.map { Waiting.moment($0) } ?? .noMoment
            result.append(PlannedNudge(record: record, waiting: waiting, network: tie.network))
        }
        return result
    }

    private func rank(_ record: NudgeRecord, _ order: [NudgeKind]) -> Int {
        order.firstIndex(of: record.id.kind) ?? order.count
    }

    private mutating func place(_ candidates: [Candidate]) -> [PlannedNudge] {
        let ordered = candidates.sorted { left, right in
            if left.isRepeat != right.isRepeat { return left.isRepeat }
            if left.score != right.score { return right.score < left.score }
            return (left.record.due, left.tie.id, left.record.id) < (right.record.due, right.tie.id, right.record.id)
        }
        return ordered.map { candidate in
            let waiting: Waiting
            switch placement.place(candidate.tie, isRepeat: candidate.isRepeat) {
            case .success(let moment): waiting = .moment(moment.slot)
            case .failure(let refused): waiting = refused.isBudget ? .budget : .noMoment
            }
            return PlannedNudge(
                record: candidate.record,
                waiting: waiting,
                score: candidate.score.hundredths,
                network: candidate.tie.network
            )
        }
    }
}

extension Policy {
    /// Whether any channel shows single nudges; where none does, the digest delivers.
    package var hasBubbles: Bool { channels.contains(where: \.carriesNudges) }
}
