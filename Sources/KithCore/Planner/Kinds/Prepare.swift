import CivilTime

/// What to know before meeting somebody one to one: last time, what was promised, a birthday near.
///
/// | asked for a meeting of today           | unless                                                           |
/// |----------------------------------------|------------------------------------------------------------------|
/// | with one person, who is kept           | it has begun, or the tie is paused                               |
/// | after a silence above half of `every`  | they met since                                                   |
/// | with something to say                  | nothing is known of last time, nothing promised, no birthday near |
/// | that is no habit                       | its series comes at most 8 days apart                            |
///
/// At most one a day: the one that has free time before it, then one with a promise, then the longest silence. Its place is the
/// last free five minutes of the half hour before, whatever the hours and whatever is near, quiet and busy time excepted. It
/// passes when the meeting begins and is withdrawn when the meeting goes.
enum Prepare {
    /// The half hour before a meeting, in seconds.
    private static let notice: Int64 = 1_800
    /// How near a birthday must lie to be spoken of, in days.
    static let birthday = 10

    static let rule = NudgeKindRule(
        kind: .prepare,
        isDated: true,
        review: { review(&$0) },
        gaps: { context, record, day in
            let free = start(of: record.id).map { gaps(before: $0, context) } ?? []
            return free.filter { context.world.zone.date($0.interval.start) == day }
        },
        // A glance is enough: a daemon that wakes a little late still shows it.
        needs: FreeTime.glance,
        keepsDistance: false,
        // Meetings of the day are looked at every time.
        turns: { _, _ in nil },
        ends: { start(of: $0.id) }
    )

    /// A meeting that could be prepared.
    private struct Candidate {
        let id: NudgeID
        let start: Instant
        let isFree: Bool
        let isOpen: Bool
        let hasPromise: Bool
        let silence: Int

        /// The order in which they are wanted; the one that is asked about already stays before its equals.
        static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
            func key(_ it: Candidate) -> (Int, Int, Int, Int, Int64) {
                (it.isFree ? 0 : 1, it.isOpen ? 0 : 1, it.hasPromise ? 0 : 1, -it.silence, it.start.seconds)
            }
            return key(left) == key(right) ? left.id < right.id : key(left) < key(right)
        }
    }

    static func cycle(_ booking: Booking) -> String {
        "\(booking.uid) \(booking.recurrenceID ?? "") \(booking.start)"
    }

    /// When the meeting begins that a nudge prepares.
    static func start(of nudge: NudgeID) -> Instant? {
        nudge.cycle.utf8.lastIndex(of: UInt8(ascii: " ")).flatMap { Instant(nudge.cycle[$0...].dropFirst()) }
    }

    /// The last five free minutes of the half hour before an instant.
    private static func gaps(before start: Instant, _ context: PlanningContext) -> [Gap] {
        let zone = context.world.zone
        let from = start.adding(seconds: -notice)
        let days = Set([zone.date(from), zone.date(start)]).sorted()
        let free = days.flatMap { context.free.gaps(on: $0, from: 0, until: 1_440) }.compactMap { gap in
            Interval(start: max(gap.interval.start, from), end: min(gap.interval.end, start))
        }
        guard let last = free.last(where: { $0.seconds >= FreeTime.breath }) else { return [] }
        return Interval(start: last.end.adding(seconds: -FreeTime.breath), end: last.end).map {
            [Gap(interval: $0, followsMeeting: false)]
        } ?? []
    }

    private static func review(_ context: inout PlanningContext) {
        let open = context.open(.prepare)
        guard !open.isEmpty || !context.met.isEmpty else { return }
        for record in open {
            if start(of: record.id).map({ $0 <= context.now }) ?? true {
                context.put(
                    record.expired(.past, on: start(of: record.id).map { context.world.zone.date($0) } ?? context.today)
                )
            } else if context.goneSources.isEmpty, !isBooked(record, context) {
                context.put(record.expired(.withdrawn, on: context.today))
            } else {
                context.wake(record)
            }
        }
        // What was shown today is the one of today, answered or not.
        guard context.goneSources.isEmpty,
            !context.prepares.contains(where: { $0.showings > 0 && isOfToday($0, context) })
        else { return }
        let best = candidates(context).min(by: Candidate.precedes)
        for record in context.open(.prepare) where record.id != best?.id {
            context.put(record.expired(.withdrawn, on: context.today))
        }
        guard let best else { return }
        if let known = context.records[best.id] {
            if case .expired = known.state, known.showings == 0 { context.put(known.reopened(asPending: true)) }
        } else {
            context.put(NudgeRecord(id: best.id, reason: .prepare, due: context.today, opened: context.today))
        }
    }

    private static func isOfToday(_ record: NudgeRecord, _ context: PlanningContext) -> Bool {
        // It was due on the day of the meeting, in whatever zone that was.
        abs(context.today.days(since: record.due)) <= 1
            && start(of: record.id).map { context.world.zone.date($0) } == context.today
    }

    /// Whether the meeting still stands, at the time it had, with somebody who is kept.
    private static func isBooked(_ record: NudgeRecord, _ context: PlanningContext) -> Bool {
        guard let tie = context.tie(of: record) else { return false }
        return (context.world.bookings[tie.id] ?? []).contains { $0.weight == 100 && cycle($0) == record.id.cycle }
    }

    private static func candidates(_ context: PlanningContext) -> [Candidate] {
        context.met.flatMap { contact -> [Candidate] in
            guard let tie = context.tie(contact) else { return [] }
            return (context.world.bookings[contact] ?? []).prefix { $0.date <= context.today }
                .compactMap { candidate($0, tie, context) }
        }
    }

    private static func candidate(_ booking: Booking, _ tie: Tie, _ context: PlanningContext) -> Candidate? {
        guard booking.weight == 100, booking.date == context.today, booking.start > context.now,
            context.hold(of: tie, kind: .prepare, mark: nil) == nil
        else { return nil }
        let last = (context.world.evidence[tie.id] ?? []).first { $0.weight >= 50 && $0.date <= context.today }
        let silence = last.map { booking.date.days(since: $0.date) }
        if let silence, silence * 2 <= tie.cadence.every { return nil }
        guard !isHabit(booking, context.world) else { return nil }
        let brief = Brief(tie, on: context.today, world: context.world, nudges: context.datedNudges(of: tie.id))
        let id = NudgeID(kind: .prepare, contacts: [tie.id], cycle: cycle(booking))
        // What was answered is answered, though nobody saw a bubble of it.
        if let known = context.records[id], case .answered = known.state { return nil }
        guard !brief.isEmpty else { return nil }
        return Candidate(
            id: id,
            start: booking.start,
            isFree: !gaps(before: booking.start, context).isEmpty,
            isOpen: context.records[id]?.state.isOpen ?? false,
            hasPromise: !brief.promises.isEmpty,
            silence: silence ?? .max
        )
    }

    /// Whether a meeting is one of a series that comes every week or oftener: half or more of the steps between the three
    /// before it and the three after it are of 8 days at most.
    ///
    /// One that was moved, or a holiday, does not change what most of the steps say.
    private static func isHabit(_ booking: Booking, _ world: World) -> Bool {
        let past = (world.evidence[booking.contact] ?? []).filter { $0.uid == booking.uid && $0.start < booking.start }
        let ahead = (world.bookings[booking.contact] ?? []).filter { $0.uid == booking.uid }
        let starts = Set(past.map(\.start) + ahead.map(\.start))
        let before = starts.filter { $0 < booking.start }.sorted().suffix(3)
        let after = starts.filter { $0 > booking.start }.sorted().prefix(3)
        let series = (before + [booking.start] + after).map { world.zone.date($0) }
        let steps = zip(series, series.dropFirst()).map { $1.days(since: $0) }
        return !steps.isEmpty && steps.count { $0 <= 8 } * 2 >= steps.count
    }
}
