import CivilTime

/// A line after the first meeting with somebody: 3 and 21 days later, each for a week, in the network's hours.
///
/// | given                                                        | then                                       |
/// |--------------------------------------------------------------|--------------------------------------------|
/// | the first meeting known with a kept person, of weight ½ or more | a step on the 3rd day, one on the 21st  |
/// | it took place more than a week before the tie was first seen | nothing: an import brings no flood         |
/// | contact since (a meeting, *met*, *wrote*, mail)              | no step; one that was shown is answered    |
/// | a step on or after the day the tie falls due                 | it is left to the reconnect                |
/// | the meeting is gone, or another was the first                | withdrawn                                  |
/// | the meeting is moved                                         | so is the step                             |
/// | the step's day lies seven days back                          | past                                       |
///
/// The week before the first sight is there for whoever is kept because the Monday's digest named them.
enum FollowUp {
    static let steps = [3, 21]
    static let life = 7
    /// Days before its day from which a step stands in lists, so that the week's digest can name it.
    static let notice = 6
    /// Days between a meeting and the first sight of the tie that are no import.
    static let grace = 7

    static let rule = NudgeKindRule(
        kind: .followUp,
        isDated: true,
        review: { review(&$0) },
        gaps: { context, record, day in
            guard day >= record.due, day.days(since: record.due) < life else { return [] }
            return context.free.gaps(on: day, network: context.tie(of: record)?.network ?? .strategic)
        },
        turns: { context, tie in
            let last = (steps.max() ?? 0) + life
            guard let first = firstMeeting(context.world.evidence[tie.id] ?? [], on: context.today),
                context.today.days(since: first.date) <= last
            else { return nil }
            return context.tomorrow
        }
    )

    /// The meeting that began the acquaintance; `nil` where that was none of the calendar's.
    static func firstMeeting(_ evidence: [Evidence], on today: CivilDate) -> Evidence? {
        let first = evidence.last {
            $0.weight >= 50 && $0.date <= today && ($0.origin == .meeting || $0.origin == .met)
        }
        return first?.origin == .meeting ? first : nil
    }

    static func cycle(_ meeting: Evidence, step: Int) -> String {
        "\(meeting.uid) \(meeting.recurrenceID ?? "") \(step)"
    }

    /// Contact after the first meeting, the newest: on a later day, or a line sent on the same.
    private static func contact(since first: Evidence, in evidence: [Evidence], on today: CivilDate) -> Evidence? {
        evidence.first { item in
            item.date <= today
                && (item.date > first.date && item.weight >= 50
                    || item.origin == .wrote && item.start > first.start)
        }
    }

    private static func review(_ context: inout PlanningContext) {
        var wanted: [NudgeID: CivilDate] = [:]
        for tie in context.staleTies {
            for (id, due) in steps(of: tie, context) { wanted[id] = due }
        }
        for record in context.open(.followUp) where context.isStale(record) {
            review(record, wantedOn: wanted[record.id], &context)
        }
        for (id, due) in wanted.sorted(by: { $0.key < $1.key }) {
            if let known = context.records[id] {
                if known.state == .expired(.withdrawn), known.showings == 0 { context.put(known.reopened(due: due)) }
            } else {
                context.put(NudgeRecord(id: id, reason: .followUp, due: due, opened: context.today))
            }
        }
    }

    /// The steps of a tie that are wanted today.
    private static func steps(of tie: Tie, _ context: PlanningContext) -> [(NudgeID, CivilDate)] {
        let (evidence, today) = (context.world.evidence[tie.id] ?? [], context.today)
        guard let first = firstMeeting(evidence, on: today),
            first.date >= context.firstSeen(tie).adding(days: -grace),
            contact(since: first, in: evidence, on: today) == nil
        else { return [] }
        return steps.compactMap { step in
            let due = first.date.adding(days: step)
            guard step < tie.cadence.every, today >= due.adding(days: -notice), today.days(since: due) < life else {
                return nil
            }
            return (NudgeID(kind: .followUp, contacts: [tie.id], cycle: cycle(first, step: step)), due)
        }
    }

    private static func review(_ record: NudgeRecord, wantedOn due: CivilDate?, _ context: inout PlanningContext) {
        if let due {
            // A first meeting that is moved takes its steps along.
            var moved = record
            moved.due = due
            context.wake(moved)
        } else if context.today.days(since: record.due) >= life {
            context.put(record.expired(.past, on: record.due.adding(days: life)))
        } else if record.showings > 0, let answer = answer(to: record, context) {
            context.put(record.answered(answer, on: context.today))
        } else if context.goneSources.isEmpty {
            context.put(record.expired(.withdrawn, on: context.today))
        }
    }

    /// What contact since the meeting says to a step that was shown.
    private static func answer(to record: NudgeRecord, _ context: PlanningContext) -> AnswerKind? {
        guard let tie = context.tie(of: record) else { return nil }
        let evidence = context.world.evidence[tie.id] ?? []
        guard let first = evidence.first(where: { FollowUp.isOf($0, record.id) }) else { return nil }
        return contact(since: first, in: evidence, on: context.today).map { $0.origin == .wrote ? .wrote : .evidence }
    }

    /// Whether a nudge follows up on a meeting.
    static func isOf(_ meeting: Evidence, _ nudge: NudgeID) -> Bool {
        steps.contains { cycle(meeting, step: $0) == nudge.cycle }
    }
}
