import CivilTime

/// Gives every open nudge what it waits for.
///
/// Dated kinds come first, then what was shown unseen or put off (outside the budget), then the others in the order of the week.
struct NudgePlacer {
    private let board: Board
    private let fortnight: Fortnight
    private let spending: Spending
    private var timetable: Timetable
    private var placement: Placement
    /// The last time those that compete were given their moments.
    private(set) var round: Round?

    /// - Parameter last: That of the plan before.
    init(_ context: borrowing PlanningContext, _ board: Board, _ fortnight: Fortnight, last: Round?) {
        (self.board, self.fortnight, round) = (board, fortnight, last)
        spending = Spending(context)
        timetable = Timetable(context, fortnight)
        placement = Placement(context, spending, days: fortnight.days)
    }

    var spentToday: Int { spending.spentToday }
    var spentThisWeek: Int { spending.spent(inWeekOf: fortnight.days[0]) }
    /// Instants today at which it would place otherwise, nothing having happened.
    private(set) var changes: [Instant] = []

    /// Who got which moment, and all that decided it: the same gives the same.
    struct Round: Sendable {
        fileprivate struct Basis: Equatable, Sendable {
            let now: Instant
            let fortnight: Fortnight
            let repeats: [Candidate]
            let fresh: [Candidate]
            let announced: [NudgeID: Instant]
            let spending: Spending
            let rooms: [Int]
            /// What dated nudges keep it from.
            let dated: [Instant]
            let squeezed: [Instant]
        }

        fileprivate let basis: Basis
        fileprivate let nudges: [PlannedNudge]
        fileprivate let changes: [Instant]
    }

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

    mutating func placed(_ context: PlanningContext) -> [PlannedNudge] {
        for record in context.snoozed {
            if case .snoozed(let until, true) = record.state, until > context.now { placement.reserve(until) }
        }
        var result = board.settled
        for (_, nudge) in board.named.sorted(by: { $0.key < $1.key }) {
            result.append(placement.placeNamed(context).map { nudge.with(waiting: .moment($0)) } ?? nudge)
        }
        result += placeDated(board.dated.compactMap { context.records[$0] }, context)
        if context.policy.hasBubbles { place(into: &result, context) } else { digest(into: &result, context) }
        for index in result.indices where result[index].rank.group == .moment {
            guard case .moment(let slot) = result[index].waiting, result[index].record.id.kind == .reconnect,
                isOneLine(slot, result[index].network, context)
            else { continue }
            result[index] = result[index].with(isOneLine: true)
        }
        return result
    }

    /// Whether a slot has time for one line only, be it short or in a heavy week.
    private func isOneLine(_ slot: Slot, _ network: Network, _ context: PlanningContext) -> Bool {
        if slot.isSqueeze { return true }
        let isNext = context.world.zone.date(slot.start) >= ISOWeek(containing: context.today).next.monday
        return network != .personal && fortnight.isHeavy[isNext ? 1 : 0]
    }

    /// Of each day whether one of its bubbles is kept for a nudge that competes, since one can be placed.
    private func reserved(at now: Instant) -> [Bool] {
        let (fresh, repeats) = (Hours(board.fresh), Hours(board.repeats))
        return fortnight.days.indices.map { index in
            let day = fortnight.days[index]
            guard !spending.scored.contains(day) else { return false }
            let isOpen = spending.dayRoom(day) > 0 && spending.weekRoom(day) > 0
            return [false, true].contains { isPersonal in
                (isOpen && fresh.has(isPersonal) || repeats.has(isPersonal))
                    && fortnight.hours(on: index, personal: isPersonal).moments.contains { $0.openUntil > now }
            }
        }
    }

    /// Birthdays of one day share a bubble, and so a place.
    private mutating func placeDated(_ records: [NudgeRecord], _ context: PlanningContext) -> [PlannedNudge] {
        guard !records.isEmpty else { return [] }
        let reserved = reserved(at: context.now)
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
                key.flatMap { shared[$0] } ?? placement.place(dated: record, rule: rule, reserved: reserved, context)
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
    private mutating func place(into result: inout [PlannedNudge], _ context: PlanningContext) {
        let (repeats, fresh) = (board.repeats, board.fresh)
        let announced = context.view.announced
        var rooms = fortnight.days.map { placement.room(on: $0) }
        let basis = Round.Basis(
            now: context.now,
            fortnight: fortnight,
            repeats: repeats,
            fresh: fresh,
            announced: announced,
            spending: spending,
            rooms: rooms,
            dated: placement.dated,
            squeezed: placement.squeezed
        )
        if let round, round.basis == basis {
            changes = round.changes
            result += round.nudges
            return
        }
        let named = announced.compactMap { id, start in
            board.candidate(id).flatMap { $0.isRepeat ? nil : (start: start, isPersonal: !$0.isWork) }
        }
        let weekRoom = [context.today, context.today.adding(days: 7)].map { spending.weekRoom($0) }
        let dayRoom = fortnight.days.map { [spending] in spending.dayRoom($0) }
        let free = rooms.indices.map { [timetable] in
            weekRoom[timetable.week(ofDay: $0)] > 0 ? min(rooms[$0], dayRoom[$0]) : 0
        }
        let (again, anew) = (Hours(repeats), Hours(fresh))
        timetable.open(
            announced: named,
            last: spending.last,
            isWanted: { rooms[$0] > 0 && again.has($1) || free[$0] > 0 && anew.has($1) },
            isFree: { [placement] in placement.isFree($0) }
        )
        let places = repeats.isEmpty ? [] : placeAgain(repeats, &rooms)
        var order = WeekOrder(
            fresh,
            in: &timetable,
            taken: Set(places.compactMap(\.self)),
            isHeavy: fortnight.isHeavy,
            spending: spending,
            choice: timetable.choice(dayRoom: zip(rooms, dayRoom).map(min), weekRoom: weekRoom)
        )
        let placed = order.placed(announced: announced)
        var nudges: [PlannedNudge] = []
        nudges.reserveCapacity(repeats.count + fresh.count)
        for (candidates, openings) in [(repeats, places), (fresh, placed)] {
            // By their places: going through them would count the references to each.
            for place in openings.indices {
                nudges.append(candidates[place].waiting(for: waiting(candidates[place], in: openings[place])))
            }
        }
        changes = timetable.changes
        round = Round(basis: basis, nudges: nudges, changes: changes)
        result += nudges
    }

    /// The opening of each that comes again; what they take of the days' rooms is gone.
    private mutating func placeAgain(_ repeats: [Candidate], _ rooms: inout [Int]) -> [Int?] {
        var choice = timetable.choice(dayRoom: rooms, weekRoom: [.max, .max])
        var admitted: [Int] = []
        for (index, candidate) in repeats.enumerated() {
            let reach = timetable.reach(of: candidate)
            let isPressed = candidate.isLate && !reach.hasMoments
            if choice.admit(isPressed ? reach.squeezes : reach.moments) { admitted.append(index) }
        }
        choice.arrange()
        var places: [Int?] = Array(repeating: nil, count: repeats.count)
        for (job, index) in admitted.enumerated() {
            guard let opening = choice.places[job] else { continue }
            places[index] = opening
            rooms[timetable.openings[opening].day] -= 1
        }
        return places
    }

    private mutating func waiting(_ candidate: Candidate, in opening: Int?) -> Waiting {
        if let opening, let moment = timetable.openings[opening].moment(personal: !candidate.isWork) {
            return .moment(moment.slot)
        }
        if timetable.hasMoments(for: candidate) { return .budget }
        guard candidate.isLate else { return .noMoment }
        return timetable.reach(of: candidate).squeezes.isEmpty ? .digestOnly : .budget
    }

    /// Where only the digest delivers: what it has room for this week, and what waits for the next.
    private func digest(into result: inout [PlannedNudge], _ context: PlanningContext) {
        let places = spending.weekRoom(context.today)
        var table = Timetable(context, places: places)
        var order = WeekOrder(
            board.fresh,
            in: &table,
            taken: [],
            isHeavy: [false, false],
            spending: spending,
            choice: table.choice(dayRoom: [places], weekRoom: [places, 0])
        )
        let chosen = order.placed(announced: [:])
        result += board.repeats.map { $0.waiting(for: .digestOnly) }
        result += zip(board.fresh, chosen).map { $0.waiting(for: $1 == nil ? .budget : .digestOnly) }
    }
}

extension Policy {
    /// Whether any channel shows single nudges; where none does, the digest delivers.
    package var hasBubbles: Bool { channels.contains(where: \.carriesNudges) }
}
