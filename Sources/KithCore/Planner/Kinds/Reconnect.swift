import CivilTime

/// Get in touch again: the reason kith exists.
///
/// | the nudge is           | and                                                      | then                     |
/// |------------------------|----------------------------------------------------------|--------------------------|
/// | open                   | contact is newer than its base                           | answered, if it was shown; else withdrawn |
/// | open                   | the person is no longer kept                             | withdrawn                |
/// | pending                | the tie is no longer due                                 | withdrawn                |
/// | delivered              | a meeting was booked, or the tie is no longer due        | withdrawn                |
/// | delivered              | it was seen 14 days ago                                  | ignored, on that day     |
/// | pending, digest only   | it was seen there 14 days ago                            | ignored, on that day     |
/// | pending, digest only   | its last bubble lies 28 days back                        | past                     |
/// | snoozed                | the instant has come (one the user named stays snoozed until it is shown) | pending |
///
/// While a source is gone nothing is withdrawn.
enum Reconnect {
    static let rule = NudgeKindRule(
        kind: .reconnect,
        isDated: false,
        review: { context in
            closeOrphans(&context)
            for tie in context.world.ties { review(tie, &context) }
        },
        gaps: { context, record, day in
            context.free.gaps(on: day, network: context.tie(of: record)?.network ?? .strategic)
        }
    )

    static let ignoredAfter = 14
    static let pastAfter = 28

    /// Ends the nudges of people who are kept no more.
    private static func closeOrphans(_ context: inout PlanningContext) {
        guard context.goneSources.isEmpty else { return }
        for record in context.view.nudges where record.id.kind == .reconnect && record.state.isOpen {
            if context.tie(of: record) == nil { context.put(record.expired(.withdrawn, on: context.today)) }
        }
    }

    private static func review(_ tie: Tie, _ context: inout PlanningContext) {
        var assessment = context.clock(of: tie).assessment()
        let open = context.reconnects(of: tie.id).first { $0.state.isOpen }
        if let open {
            let next = reviewed(open, assessment: assessment, tie: tie, context)
            context.put(next)
            // What was closed just now may move the mark.
            if !next.state.isOpen { assessment = context.clock(of: tie).assessment() }
        }
        let current = context.reconnects(of: tie.id).first { $0.state.isOpen }
        let isStillOpen = current != nil
        if !isStillOpen, assessment.due <= context.today { propose(tie, assessment, &context) }
        let shown = context.reconnects(of: tie.id).first { $0.state.isOpen }
        assessment.hold = context.hold(of: tie, kind: .reconnect, mark: shown?.mark ?? current?.mark ?? assessment.mark)
        context.assessments[tie.id] = assessment
    }

    /// Opens the nudge of the tie's mark, or the same one again where it was closed before anybody saw it.
    private static func propose(_ tie: Tie, _ assessment: TieAssessment, _ context: inout PlanningContext) {
        let id = NudgeID(kind: .reconnect, contacts: [tie.id], cycle: assessment.mark.description)
        if let known = context.records[id] {
            guard case .expired = known.state, known.showings == 0 else { return }
            context.put(known.reopened(asPending: true))
            return
        }
        context.put(
            NudgeRecord(
                id: id,
                reason: assessment.band == .late ? .late : .due,
                mark: assessment.mark,
                base: assessment.base,
                due: assessment.due,
                opened: context.today
            )
        )
    }

    private static func reviewed(
        _ record: NudgeRecord,
        assessment: TieAssessment,
        tie: Tie,
        _ context: PlanningContext
    ) -> NudgeRecord {
        let today = context.today
        if let base = record.base, assessment.base != base, assessment.base.date > base.date || base.cause == .kept {
            return answered(record, by: assessment, on: today)
        }
        let isSafe = context.goneSources.isEmpty
        switch record.state {
        case .pending:
            if record.isDigestOnly { return faded(record, context) }
            if assessment.due > today, assessment.mark == record.mark, isSafe {
                return record.expired(.withdrawn, on: today)
            }
            var copy = record
            if record.reason == .due, assessment.band == .late { copy.reason = .late }
            return copy
        case .delivered:
            if let seen = record.seenAt.map({ context.world.zone.date($0) }), today.days(since: seen) >= ignoredAfter {
                return record.expired(.ignored, on: seen.adding(days: ignoredAfter))
            }
            let isBooked = context.clock(of: tie).silencingBooking != nil
            let isDue = assessment.mark != record.mark || assessment.due <= today
            return isSafe && (isBooked || !isDue) ? record.expired(.withdrawn, on: today) : record
        case .snoozed(let until, let isNamed):
            return until <= context.now && !isNamed ? pending(record) : record
        case .answered, .expired:
            return record
        }
    }

    /// Contact is newer than what the nudge waited from: that answers it, if it was shown, and else makes it needless.
    private static func answered(
        _ record: NudgeRecord,
        by assessment: TieAssessment,
        on today: CivilDate
    ) -> NudgeRecord {
        // While the tie stays due its nudge keeps its identity, though late evidence moves the mark.
        if record.showings == 0, assessment.due <= today {
            var kept = record
            kept.base = assessment.base
            return kept
        }
        guard record.showings > 0 else { return record.expired(.withdrawn, on: today) }
        let kind: AnswerKind =
            switch assessment.base.cause {
            case .wrote: .wrote
            case .skip: .skip
            default: .evidence
            }
        return record.answered(kind, on: today)
    }

    private static func pending(_ record: NudgeRecord) -> NudgeRecord {
        var copy = record
        copy.state = .pending
        return copy
    }

    /// What stands only in `kith` and the digest passes in time.
    private static func faded(_ record: NudgeRecord, _ context: PlanningContext) -> NudgeRecord {
        if let seen = record.seenAt.map({ context.world.zone.date($0) }) {
            return context.today.days(since: seen) >= ignoredAfter
                ? record.expired(.ignored, on: seen.adding(days: ignoredAfter)) : record
        }
        let last = record.deliveredAt.map { context.world.zone.date($0) } ?? record.opened
        return context.today.days(since: last) >= pastAfter
            ? record.expired(.past, on: last.adding(days: pastAfter)) : record
    }
}
