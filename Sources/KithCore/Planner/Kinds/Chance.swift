import CivilTime

/// A name nobody would have planned: drawn once a week from those who are not due.
///
/// | a week has                                    | drawn are                                                         |
/// |-----------------------------------------------|-------------------------------------------------------------------|
/// | a draw in the ledger                          | those of it                                                       |
/// | none, and odd, with more due than it holds    | nobody; weeks are counted from that of 5 January 1970             |
/// | none                                          | `chaos` × `per_week`, the fraction by chance                      |
///
/// Of those who are kept, or were met one to one on two days; whom nothing holds, no open reconnect is about and no nudge reached
/// for 180 days; with whom nothing was shared for four weeks, be it a room full of others, nothing is booked for the next four,
/// and whom the plan does not come to within these. The weight is √silence at the week's Monday; the seed is the week and the user's address.
///
/// | its nudge is             | and                                                   | then                                      |
/// |--------------------------|-------------------------------------------------------|-------------------------------------------|
/// | open                     | contact is newer than its base                        | answered, if it was shown; else withdrawn |
/// | open                     | the person is gone or dropped                         | withdrawn                                 |
/// | pending, never shown     | its week is over                                      | past                                      |
/// | pending, never shown     | `chaos` is 0 by now                                   | withdrawn                                 |
/// | delivered                | a meeting was booked                                  | withdrawn                                 |
/// | delivered, digest only   | as any reconnect                                      | ignored or past                           |
///
/// What becomes of it leaves the tie's mark where it is.
enum Chance {
    /// Days without any nudge.
    static let rest = 180
    /// Days on either side of the week's Monday in which somebody is not far from mind.
    static let near = 28

    /// Ends what has passed or is no longer wanted.
    static func review(_ context: inout PlanningContext) {
        for record in context.openByChance { context.put(reviewed(record, context)) }
    }

    private static func reviewed(_ record: NudgeRecord, _ context: PlanningContext) -> NudgeRecord {
        let (today, isSafe) = (context.today, context.goneSources.isEmpty)
        guard let tie = context.tie(of: record) else { return isSafe ? record.expired(.withdrawn, on: today) : record }
        let assessment = context.clock(of: tie).assessment()
        if Reconnect.isNewer(assessment.base, than: record.base) {
            return Reconnect.closed(record, by: assessment, on: today, isSafe: isSafe)
        }
        if record.isFading(at: context.now) { return Reconnect.faded(record, context) }
        let isNew = record.showings == 0 && record.snoozes == 0
        switch record.state {
        case .pending where isNew && context.policy.chaos == 0:
            return record.expired(.withdrawn, on: today)
        case .pending where isNew:
            guard let week = ISOWeek(record.id.cycle), week < ISOWeek(containing: today) else { return record }
            return record.expired(.past, on: week.next.monday)
        case .delivered:
            if let ignored = Reconnect.ignored(record, context) { return ignored }
            return isSafe && context.silencingBooking(of: tie) != nil ? record.expired(.withdrawn, on: today) : record
        case .snoozed:
            return record.woken(at: context.now)
        case .pending, .answered, .expired:
            return record
        }
    }

    /// Draws, where the week has no draw yet, and opens the nudges of those who were drawn.
    static func draw(_ context: inout PlanningContext) {
        guard context.policy.chaos > 0, context.goneSources.isEmpty,
            context.view.pausedUntil.map({ $0 <= context.today }) ?? true
        else { return }
        let week = ISOWeek(containing: context.today)
        let known = context.view.draws.first { $0.week == week }
        let draw = known ?? ChanceDraw(week: week, contacts: drawn(for: week, context))
        if known == nil { context.change(.draw(draw)) }
        for contact in draw.contacts { open(contact, week, &context) }
    }

    private static func open(_ contact: ContactID, _ week: ISOWeek, _ context: inout PlanningContext) {
        guard let tie = context.tie(contact) ?? context.stranger(contact), context.openReconnect(of: contact) == nil
        else {
            return
        }
        let assessment = context.clock(of: tie).assessment()
        // Whoever was met since is no longer one whom nobody thinks of.
        guard assessment.base.date < week.monday else { return }
        let id = NudgeID(kind: .reconnect, contacts: [contact], cycle: week.description)
        if let known = context.records[id] {
            // One that later news of earlier contact made needless stays so.
            guard known.state == .expired(.withdrawn), known.showings == 0,
                !Reconnect.isNewer(assessment.base, than: known.base)
            else { return }
            context.put(known.reopened(asPending: true))
        } else {
            context.put(
                NudgeRecord(
                    id: id,
                    reason: .chance,
                    base: assessment.base,
                    due: week.monday,
                    opened: context.today
                )
            )
        }
    }

    private static func drawn(for week: ISOWeek, _ context: PlanningContext) -> [ContactID] {
        let due = context.records.values.count { record in
            record.id.kind == .reconnect && record.state == .pending && record.reason != .chance
                && context.assessments[record.id.contacts[0]]?.hold == nil
        }
        let isEven = ISOWeek(containing: CivilDate(daysSinceEpoch: 0)).next.monday.days(since: week.monday) / 7 % 2 == 0
        guard isEven || due <= context.policy.perWeek else { return [] }
        var random = SplitMix64(seed: stableHash("\(week) \(context.policy.seed)"))
        let share = context.policy.chaos * Double(context.policy.perWeek)
        let fraction = Double(random.next() >> 11) / 9_007_199_254_740_992
        var left = Int(share) + (fraction < share - Double(Int(share)) ? 1 : 0)
        guard left > 0 else { return [] }
        var pool = pool(for: week, context)
        var result: [ContactID] = []
        while left > 0, !pool.isEmpty {
            let total = pool.reduce(0) { $0 + $1.weight }
            var number = random.next().multipliedFullWidth(by: total).high
            let place = pool.firstIndex { candidate in
                if number < candidate.weight { return true }
                number -= candidate.weight
                return false
            }
            guard let place else { break }
            result.append(pool.remove(at: place).contact)
            left -= 1
        }
        return result
    }

    /// Who may be drawn, by UID, each with the hundredths of √silence.
    private static func pool(for week: ISOWeek, _ context: PlanningContext) -> [(contact: ContactID, weight: UInt64)] {
        let monday = week.monday
        return context.world.contacts.compactMap { contact in
            let evidence = (context.world.evidence[contact.id] ?? []).drop { $0.date >= monday }
            let tie = context.tie(contact.id) ?? (isKnown(evidence) ? context.stranger(contact.id) : nil)
            guard let tie else { return nil }
            let last = evidence.first { $0.weight >= 50 || $0.origin == .wrote }?.date ?? context.firstSeen(tie)
            let silence = monday.days(since: last)
            guard silence > 0, !isNear(contact.id, monday, context), !wasNudged(contact.id, before: monday, context),
                context.openReconnect(of: contact.id) == nil,
                context.hold(of: tie, kind: .reconnect, mark: nil) == nil
            else { return nil }
            return (contact.id, UInt64(Double(silence).squareRoot() * 100))
        }
    }

    /// Whether somebody was just seen, is about to be, or would be brought up by the plan: no name that nobody thinks of.
    private static func isNear(_ contact: ContactID, _ monday: CivilDate, _ context: PlanningContext) -> Bool {
        context.world.evidence[contact]?.contains { $0.date < monday && monday.days(since: $0.date) < near } == true
            || context.world.bookings[contact]?.contains { $0.date.days(since: monday) < near } == true
            || context.assessments[contact].map { $0.due < monday.adding(days: near) } == true
    }

    /// Whether somebody who is not kept was met one to one on two days.
    private static func isKnown(_ evidence: ArraySlice<Evidence>) -> Bool {
        let days = evidence.lazy.filter { $0.weight == 100 && !$0.isMail }.map(\.date)
        guard let first = days.first else { return false }
        return days.contains { $0 != first }
    }

    private static func wasNudged(_ contact: ContactID, before monday: CivilDate, _ context: PlanningContext) -> Bool {
        context.nudges(of: contact).contains { record in
            record.deliveredAt.map { monday.days(since: context.world.zone.date($0)) < rest } ?? false
        }
    }
}
