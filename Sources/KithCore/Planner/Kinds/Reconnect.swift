import CivilTime

/// Get in touch again: the reason kith exists.
///
/// | the nudge is           | and                                                      | then                     |
/// |------------------------|----------------------------------------------------------|--------------------------|
/// | open                   | contact is newer than its base                           | answered, if it was shown; else withdrawn |
/// | pending or snoozed     | the same, but the tie is due all the same                | it stays as it is        |
/// | open                   | the person is no longer kept                             | withdrawn                |
/// | pending                | the tie is no longer due                                 | withdrawn                |
/// | delivered              | a meeting was booked, or the tie is no longer due        | withdrawn                |
/// | delivered              | it was seen 14 days ago                                  | ignored, on that day     |
/// | waits, digest only     | it was seen there 14 days ago                            | ignored, on that day     |
/// | waits, digest only     | its last bubble, or the end of being put off, lies 28 days back | past              |
/// | snoozed                | the instant has come (one the user named stays snoozed until it is shown) | pending |
///
/// While a source is gone nothing is withdrawn.
enum Reconnect {
    static let rule = NudgeKindRule(
        kind: .reconnect,
        isDated: false,
        review: { context in
            closeOrphans(&context)
            Chance.review(&context)
            for tie in context.staleTies { review(tie, &context) }
            Chance.draw(&context)
        },
        gaps: { context, record, day in
            context.free.gaps(on: day, network: context.tie(of: record)?.network ?? .strategic)
        },
        turns: { turn(of: $1, $0) }
    )

    static let ignoredAfter = 14
    static let pastAfter = 28

    /// When the tie falls due, is late or dormant, or what holds it back begins or is over.
    private static func turn(of tie: Tie, _ context: PlanningContext) -> CivilDate? {
        let (today, reconnects) = (context.today, context.reconnects(of: tie.id))
        guard let assessment = context.assessments[tie.id],
            // One that came back did so today, whatever day that is.
            !reconnects.contains(where: { $0.state == .expired(.withdrawn) && $0.showings > 0 })
        else { return context.tomorrow }
        var turn: CivilDate?
        func take(_ day: CivilDate?) {
            if let day, day > today { turn = min(turn ?? day, day) }
        }
        take(assessment.due)
        take(assessment.lateFrom)
        take(assessment.dormantFrom)
        if let booking = context.world.bookings[tie.id]?.first(where: { $0.weight >= 50 && $0.date >= today }) {
            take(booking.date.adding(days: -tie.cadence.every))
            take(booking.date.adding(days: 1))
        }
        switch assessment.hold {
        case nil, .booking: break
        case .pause(let until), .recent(let until): take(until)
        case .birthday, .source: return context.tomorrow
        }
        return turn
    }

    /// Ends the nudges of people who are kept no more.
    private static func closeOrphans(_ context: inout PlanningContext) {
        guard context.goneSources.isEmpty else { return }
        let orphans = context.staleOrphans.filter { $0.state.isOpen && context.tie(of: $0) == nil }
        for record in orphans.sorted(by: { $0.id < $1.id }) {
            context.put(record.expired(.withdrawn, on: context.today))
        }
    }

    private static func review(_ tie: Tie, _ context: inout PlanningContext) {
        let known = context.reconnects(of: tie.id)
        var assessment = context.clock(of: tie, reconnects: known).assessment()
        var open = closeSurplus(known.filter(\.state.isOpen), assessment, &context)
        if let record = open, record.reason != .chance {
            let next = reviewed(record, assessment: assessment, tie: tie, context)
            context.put(next)
            open = next.state.isOpen ? next : nil
            // What was closed just now may move the mark.
            if open == nil { assessment = context.clock(of: tie).assessment() }
        }
        // While a source is gone the mark may be wrong for want of evidence, and so would the identity made of it be.
        if open == nil, assessment.due <= context.today, context.goneSources.isEmpty {
            propose(tie, assessment, &context)
        }
        assessment.hold = hold(tie, open: open, assessment, context)
        // The plan before holds them too: what is as it was is not written, and nothing copied for it.
        if context.assessments[tie.id] != assessment { context.assessments[tie.id] = assessment }
    }

    /// An answer that is taken back may open a nudge beside a later one: the one of the tie's base stays.
    ///
    /// - Returns: The one that is open then.
    private static func closeSurplus(
        _ open: [NudgeRecord],
        _ assessment: TieAssessment,
        _ context: inout PlanningContext
    ) -> NudgeRecord? {
        guard open.count > 1, context.goneSources.isEmpty else {
            // Both stay while a source is gone; what has to be held back then is the one that waits.
            return open.first { $0.state == .pending } ?? open.first
        }
        let kept = open.first { $0.base == assessment.base } ?? open[0]
        for record in open where record.id != kept.id { context.put(record.expired(.withdrawn, on: context.today)) }
        return kept
    }

    /// What keeps the tie's nudge back, where one waits or would; a pause shows at any time, for the user asked for it.
    private static func hold(
        _ tie: Tie,
        open record: NudgeRecord?,
        _ assessment: TieAssessment,
        _ context: PlanningContext
    ) -> Hold? {
        let isWaiting = record.map { $0.state == .pending } ?? (assessment.due <= context.today)
        return isWaiting
            ? context.hold(of: tie, kind: .reconnect, mark: record?.mark ?? assessment.mark) : context.pause(of: tie)
    }

    /// Opens the nudge of the tie's mark, or the same one again where it was closed before anybody saw it.
    private static func propose(_ tie: Tie, _ assessment: TieAssessment, _ context: inout PlanningContext) {
        let id = NudgeID(kind: .reconnect, contacts: [tie.id], cycle: assessment.mark.description)
        if let known = context.records[id] {
            guard !known.isUsedUp else { return }
            var again = known.reopened(asPending: true)
            (again.reason, again.base, again.due) = (reason(assessment), assessment.base, assessment.due)
            context.put(again)
            return
        }
        context.put(
            NudgeRecord(
                id: id,
                reason: reason(assessment),
                mark: assessment.mark,
                base: assessment.base,
                due: assessment.due,
                opened: context.today
            )
        )
    }

    private static func reason(_ assessment: TieAssessment) -> NudgeReason {
        assessment.isDormant ? .dormant : assessment.band == .late ? .late : .due
    }

    private static func reviewed(
        _ record: NudgeRecord,
        assessment: TieAssessment,
        tie: Tie,
        _ context: PlanningContext
    ) -> NudgeRecord {
        let today = context.today
        let isSafe = context.goneSources.isEmpty
        var record = record
        if isNewer(assessment.base, than: record.base) {
            guard record.state != .delivered, assessment.due <= today else {
                return closed(record, by: assessment, on: today, isSafe: isSafe)
            }
            // While the tie stays due what waits keeps its identity, though late evidence moves the mark.
            (record.base, record.due) = (assessment.base, assessment.due)
        }
        let isOver = isSafe && assessment.due > today
        if record.isFading(at: context.now) {
            return isOver ? record.expired(.withdrawn, on: today) : faded(record, context)
        }
        record = record.woken(at: context.now)
        switch record.state {
        case .pending:
            if isOver { return record.expired(.withdrawn, on: today) }
            // A rhythm that was changed, or evidence taken back, makes it due on another day.
            if isSafe { (record.reason, record.due) = (reason(assessment), assessment.due) }
            return record
        case .delivered:
            if let ignored = ignored(record, context) { return ignored }
            let isBooked = isSafe && context.silencingBooking(of: tie) != nil
            return isBooked || isOver ? record.expired(.withdrawn, on: today) : record
        case .snoozed, .answered, .expired:
            return record
        }
    }

    /// Whether a base is contact that the nudge did not know of; that nothing is known any more is no news.
    static func isNewer(_ base: Mark, than known: Mark?) -> Bool {
        guard let known, base != known, base.cause != .kept else { return false }
        return base.date > known.date || known.cause == .kept
    }

    /// Ends a nudge whose base contact has overtaken.
    static func closed(
        _ record: NudgeRecord,
        by assessment: TieAssessment,
        on today: CivilDate,
        isSafe: Bool
    ) -> NudgeRecord {
        guard record.showings > 0 else { return isSafe ? record.expired(.withdrawn, on: today) : record }
        let kind: AnswerKind =
            switch assessment.base.cause {
            case .wrote: .wrote
            case .skip: .skip
            default: .evidence
            }
        return record.answered(kind, on: today)
    }

    /// What stands only in `kith` and the digest passes in time, counted from when it last came back.
    static func faded(_ record: NudgeRecord, _ context: PlanningContext) -> NudgeRecord {
        if record.seenAt != nil { return ignored(record, context) ?? record }
        var last = record.deliveredAt
        if case .snoozed(let until, _) = record.state { last = max(last ?? until, until) }
        let day = last.map { context.world.zone.date($0) } ?? record.opened
        return context.today.days(since: day) >= pastAfter
            ? record.expired(.past, on: day.adding(days: pastAfter)) : record
    }

    /// It was seen and nothing came of it in 14 days; `nil` where that is not so.
    static func ignored(_ record: NudgeRecord, _ context: PlanningContext) -> NudgeRecord? {
        guard let seen = record.seenAt.map({ context.world.zone.date($0) }),
            context.today.days(since: seen) >= ignoredAfter
        else { return nil }
        return record.expired(.ignored, on: seen.adding(days: ignoredAfter))
    }
}
