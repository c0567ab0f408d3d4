import CivilTime

/// Gives every open nudge what it waits for.
///
/// Dated kinds come first, then what was shown unseen or put off (outside the budget), then the others in the order of the week.
struct NudgePlacer {
    private let context: PlanningContext
    private let spending: Spending
    private var timetable: Timetable
    private var placement: Placement
    private let isHeavy: [Bool]

    init(_ context: PlanningContext) {
        self.context = context
        spending = Spending(context)
        timetable = Timetable(context)
        placement = Placement(context, spending, days: timetable.days)
        isHeavy = HeavyWeek.twoWeeks(context)
    }

    var spentToday: Int { spending.spentToday }
    var spentThisWeek: Int { spending.spent(inWeekOf: context.today) }
    var isHeavyWeek: Bool { isHeavy[0] }
    /// Instants today at which it would place otherwise, nothing having happened.
    var changes: [Instant] { timetable.changes }

    /// The hours that some candidates wait for.
    private struct Hours {
        private let work: Bool
        private let personal: Bool

        init(_ candidates: [Candidate]) {
            work = candidates.contains(where: \.isWork)
            personal = candidates.contains { !$0.isWork }
        }

        func has(_ isPersonal: Bool) -> Bool { isPersonal ? personal : work }
    }

    mutating func placed() -> [PlannedNudge] {
        var result: [PlannedNudge] = []
        var (named, dated, candidates): ([NudgeRecord], [NudgeRecord], [Candidate]) = ([], [], [])
        for record in context.records.values where record.state.isOpen {
            guard let tie = context.tie(of: record) else {
                result.append(PlannedNudge(record: record, waiting: .held(heldWithoutTie), network: .strategic))
                continue
            }
            if let waiting = settled(record, tie) {
                result.append(planned(record, tie, waiting))
            } else if case .snoozed = record.state {
                named.append(record)
            } else if NudgeKinds.isDated(record) {
                dated.append(record)
            } else {
                candidates.append(candidate(record, tie))
            }
        }
        for record in named.sorted(by: { $0.id < $1.id }) {
            guard let tie = context.tie(of: record) else { continue }
            result.append(planned(record, tie, placement.placeNamed().map { .moment($0) } ?? .noMoment))
        }
        candidates.sort(by: Candidate.precedes)
        result += placeDated(dated, reserved: dated.isEmpty ? [] : reserved(for: candidates))
        return result + (context.policy.hasBubbles ? place(candidates) : digest(candidates))
    }

    /// A record whose person is gone from the world waits while a source is away; nothing else keeps such a one open.
    private var heldWithoutTie: Hold {
        .source(path: context.goneSources.first?.path ?? "")
    }

    /// What a nudge waits for that needs no place now; `nil` where it does.
    private mutating func settled(_ record: NudgeRecord, _ tie: Tie) -> Waiting? {
        if record.state == .delivered { return .answer }
        if case .snoozed(let until, let isNamed) = record.state, until > context.now {
            if isNamed { placement.reserve(until) }
            return .moment(Slot(start: until, end: until.adding(seconds: FreeTime.enough)))
        }
        if let hold = context.hold(of: tie, kind: record.id.kind, mark: record.mark) { return .held(hold) }
        if record.isDigestOnly || !context.policy.hasBubbles && NudgeKinds.isDated(record) { return .digestOnly }
        // On its way in the free time it was planned for, as long as that lasts.
        if context.policy.hasBubbles, let slot = context.pendingRow(of: record)?.slot, slot.end > context.now {
            return .moment(slot)
        }
        return nil
    }

    private func planned(_ record: NudgeRecord, _ tie: Tie, _ waiting: Waiting) -> PlannedNudge {
        var isOneLine = false
        if case .moment(let slot) = waiting, record.id.kind == .reconnect {
            let isNext = context.world.zone.date(slot.start) >= ISOWeek(containing: context.today).next.monday
            isOneLine = slot.isSqueeze || tie.network != .personal && isHeavy[isNext ? 1 : 0]
        }
        return PlannedNudge(
            record: record,
            waiting: waiting,
            score: record.id.kind == .reconnect ? score(record, tie).hundredths : 0,
            network: tie.network,
            isOneLine: isOneLine
        )
    }

    private func candidate(_ record: NudgeRecord, _ tie: Tie) -> Candidate {
        Candidate(
            record: record,
            tie: tie,
            score: score(record, tie),
            isLate: isLate(tie),
            isRepeat: record.showings > 0 || record.snoozes > 0 || context.pendingRow(of: record) != nil
        )
    }

    private func isLate(_ tie: Tie) -> Bool { context.assessments[tie.id]?.band == .late }

    private func score(_ record: NudgeRecord, _ tie: Tie) -> Score {
        Score(daysSinceDue: context.today.days(since: record.due), tie: tie, isLate: isLate(tie))
    }

    /// The days one of whose bubbles is kept for a nudge that competes, since one can be placed.
    private func reserved(for candidates: [Candidate]) -> Set<CivilDate> {
        let (all, repeats) = (Hours(candidates), Hours(candidates.filter(\.isRepeat)))
        return Set(
            timetable.days.filter { day in
                guard !spending.scored.contains(day) else { return false }
                let isOpen = dayRoom(day) > 0 && weekRoom(day) > 0
                return [false, true].contains { isPersonal in
                    (isOpen ? all : repeats).has(isPersonal) && timetable.hasMoment(on: day, personal: isPersonal)
                }
            }
        )
    }

    /// How many more of a day and of a week count against the budget.
    private func dayRoom(_ day: CivilDate) -> Int { max(0, context.policy.perDay - (spending.budgeted[day] ?? 0)) }
    private func weekRoom(_ day: CivilDate) -> Int { max(0, context.policy.perWeek - spending.spent(inWeekOf: day)) }

    /// Birthdays of one day share a bubble, and so a place.
    private mutating func placeDated(_ records: [NudgeRecord], reserved: Set<CivilDate>) -> [PlannedNudge] {
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
                key.flatMap { shared[$0] } ?? placement.place(dated: record, rule: rule, reserved: reserved)
            if let key { shared[key] = slot }
            let waiting = slot.map { Waiting.moment($0) } ?? .noMoment
            result.append(PlannedNudge(record: record, waiting: waiting, network: tie.network))
        }
        return result
    }

    private func rank(_ record: NudgeRecord, _ order: [NudgeKind]) -> Int {
        order.firstIndex(of: record.id.kind) ?? order.count
    }

    /// Gives each that competes its moment; what was shown unseen or put off comes first, outside the budget.
    private mutating func place(_ candidates: [Candidate]) -> [PlannedNudge] {
        let repeats = candidates.filter(\.isRepeat)
        let fresh = candidates.filter { !$0.isRepeat }
        let announced = context.view.announced
        let named =
            announced.isEmpty
            ? []
            : fresh.compactMap { candidate in
                announced[candidate.record.id].map { (start: $0, network: candidate.tie.network) }
            }
        var rooms = timetable.days.map { placement.room(on: $0) }
        let free = zip(rooms, timetable.days).map { weekRoom($1) > 0 ? min($0, dayRoom($1)) : 0 }
        let (again, anew) = (Hours(repeats), Hours(fresh))
        timetable.open(
            announced: named,
            last: spending.last,
            isWanted: { rooms[$0] > 0 && again.has($1) || free[$0] > 0 && anew.has($1) },
            isFree: { [placement] in placement.isFree($0) }
        )
        var first = timetable.choice(dayRoom: rooms, weekRoom: [.max, .max])
        var (returning, taken): ([Int], Set<Int>) = ([], [])
        for (index, candidate) in repeats.enumerated() {
            let reach = timetable.reach(of: candidate.tie)
            let isPressed = candidate.isLate && !reach.hasMoments
            if first.admit(isPressed ? reach.squeezes : reach.moments) { returning.append(index) }
        }
        first.arrange()
        var places: [Int?] = Array(repeating: nil, count: repeats.count)
        for (job, index) in returning.enumerated() {
            guard let opening = first.places[job] else { continue }
            places[index] = opening
            taken.insert(opening)
            rooms[timetable.openings[opening].day] -= 1
        }

        let today = context.today
        var order = WeekOrder(
            fresh,
            in: &timetable,
            taken: taken,
            isHeavy: isHeavy,
            spending: spending,
            choice: timetable.choice(
                dayRoom: zip(rooms, timetable.days).map { min($0, dayRoom($1)) },
                weekRoom: [weekRoom(today), weekRoom(today.adding(days: 7))]
            )
        )
        places += order.placed(announced: announced)
        return zip(repeats + fresh, places).map { planned($0.record, $0.tie, waiting($0, in: $1)) }
    }

    private mutating func waiting(_ candidate: Candidate, in opening: Int?) -> Waiting {
        if let opening, let moment = timetable.openings[opening].moment(of: candidate.tie.network) {
            return .moment(moment.slot)
        }
        let reach = timetable.reach(of: candidate.tie)
        guard !reach.hasMoments else { return .budget }
        guard candidate.isLate else { return .noMoment }
        return reach.squeezes.isEmpty ? .digestOnly : .budget
    }

    /// Where only the digest delivers: what it has room for this week, and what waits for the next.
    private func digest(_ candidates: [Candidate]) -> [PlannedNudge] {
        let fresh = candidates.filter { !$0.isRepeat }
        let places = weekRoom(context.today)
        var table = Timetable(context, places: places)
        var order = WeekOrder(
            fresh,
            in: &table,
            taken: [],
            isHeavy: [false, false],
            spending: spending,
            choice: table.choice(dayRoom: [places], weekRoom: [places, 0])
        )
        let chosen = order.placed(announced: [:])
        return candidates.filter(\.isRepeat).map { planned($0.record, $0.tie, .digestOnly) }
            + zip(fresh, chosen).map { planned($0.record, $0.tie, $1 == nil ? .budget : .digestOnly) }
    }
}

extension Policy {
    /// Whether any channel shows single nudges; where none does, the digest delivers.
    package var hasBubbles: Bool { channels.contains(where: \.carriesNudges) }
}
