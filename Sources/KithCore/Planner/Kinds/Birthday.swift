import CivilTime

/// Birthdays and anniversaries: on the day, or on one of the three after it; from 09:00 or the end of quiet, weekends too.
enum Birthday {
    /// Days after the day on which it may still be said.
    static let grace = 3
    /// Days before it from which it takes a reconnect's place and stands in lists.
    static let notice = 10

    static func rule(_ kind: NudgeKind) -> NudgeKindRule {
        NudgeKindRule(
            kind: kind,
            isDated: true,
            review: { context in
                close(kind, &context)
                for tie in context.staleTies { open(kind, tie, &context) }
            },
            gaps: { context, record, day in
                guard day >= record.due, day.days(since: record.due) <= grace else { return [] }
                return context.free.gaps(on: day, from: 540, until: 1_440)
            },
            shares: { _ in "day" },
            turns: { context, tie in
                guard let annual = date(kind, of: tie.contact) else { return nil }
                let first = context.today.adding(days: -grace)
                let next = annual.dates(from: first, through: first.adding(days: 366)).first
                return next.map { max($0.adding(days: -notice), context.tomorrow) }
            }
        )
    }

    private static func date(_ kind: NudgeKind, of contact: Contact) -> AnnualDate? {
        kind == .birthday ? contact.birthday : contact.anniversary
    }

    private static func open(_ kind: NudgeKind, _ tie: Tie, _ context: inout PlanningContext) {
        guard let annual = date(kind, of: tie.contact) else { return }
        let (first, last) = (context.today.adding(days: -grace), context.today.adding(days: notice))
        for day in annual.dates(from: first, through: last) {
            let id = NudgeID(kind: kind, contacts: [tie.id], cycle: String(day.year))
            if let known = context.records[id] {
                // Withdrawn when the date was taken off the card or corrected, or the person dropped, and there again.
                if known.state == .expired(.withdrawn), known.showings == 0 {
                    context.put(known.reopened(asPending: true, due: day))
                }
                continue
            }
            // What passed before the tie was first seen is not told.
            guard day >= context.today || context.firstSeen(tie) <= day else { continue }
            let reason: NudgeReason = kind == .birthday ? .birthday : .anniversary
            context.put(NudgeRecord(id: id, reason: reason, due: day, opened: context.today))
        }
    }

    /// Ends what has passed, and what is no longer on a card of somebody who is kept.
    private static func close(_ kind: NudgeKind, _ context: inout PlanningContext) {
        for record in context.open(kind) where context.isStale(record) {
            let annual = context.tie(of: record).flatMap { date(kind, of: $0.contact) }
            if context.today.days(since: record.due) > grace, !record.state.isSnoozed(beyond: context.now) {
                context.put(record.expired(.past, on: record.due.adding(days: grace + 1)))
            } else if annual?.date(in: record.due.year) != record.due, context.goneSources.isEmpty {
                context.put(record.expired(.withdrawn, on: context.today))
            } else {
                context.wake(record)
            }
        }
    }
}
