import CivilTime

/// Puts dated nudges, and what the user put off to an instant, where there is time for them: bubbles two hours apart, three a
/// day.
struct Placement {
    private static let bubblesPerDay = 3

    private let now: Instant
    private let days: [CivilDate]
    private let last: Instant?
    /// What each day has taken already.
    private var bubbles: Tally
    /// Where dated nudges were put, and what the user named.
    private(set) var dated: [Instant] = []
    /// Where nudges stand that keep no distance from what comes before them.
    private(set) var squeezed: [Instant] = []

    init(_ context: borrowing PlanningContext, _ spending: Spending, days: [CivilDate]) {
        (now, self.days) = (context.now, days)
        (last, bubbles) = (spending.last, spending.bubbles)
    }

    /// How many bubbles a day can still take.
    func room(on day: CivilDate) -> Int { max(0, Self.bubblesPerDay - bubbles[day]) }

    /// Whether a bubble at an instant is two hours from all that is placed here.
    func isFree(_ instant: Instant) -> Bool {
        isFar(instant, from: dated)
            && squeezed.allSatisfy {
                instant < $0 || instant.seconds(since: $0) >= FreeTime.spacing
            }
    }

    private func isFar(_ instant: Instant, from others: [Instant]) -> Bool {
        others.allSatisfy { abs($0.seconds(since: instant)) >= FreeTime.spacing }
    }

    /// A place for a dated nudge: the first free five minutes of its days, two hours from every other bubble.
    ///
    /// - Parameter reserved: Of each day whether one of its bubbles is kept for a nudge that competes by score.
    mutating func place(
        dated record: NudgeRecord,
        rule: NudgeKindRule,
        reserved: [Bool],
        _ context: PlanningContext
    ) -> Slot? {
        for (day, isReserved) in zip(days, reserved) where room(on: day) > (isReserved ? 1 : 0) {
            if let slot = place(in: rule.gaps(context, record, day), on: day, by: rule) { return slot }
        }
        return nil
    }

    /// A place for what the user put off until an instant that has come: hours do not matter, quiet and busy time do.
    mutating func placeNamed(_ context: PlanningContext) -> Slot? {
        for day in days.prefix(3) where room(on: day) > 0 {
            if let slot = place(in: context.free.gaps(on: day, from: 0, until: 1_440), on: day) { return slot }
        }
        return nil
    }

    /// Keeps the time around an instant that the user named.
    mutating func reserve(_ instant: Instant) {
        dated.append(instant)
    }

    /// The first five minutes in some gaps that lie two hours from the last bubble and from all that is placed by its date.
    private mutating func place(in gaps: [Gap], on day: CivilDate, by rule: NudgeKindRule? = nil) -> Slot? {
        guard !gaps.isEmpty else { return nil }
        if let rule, !rule.keepsDistance { return squeezeIn(gaps, on: day, by: rule) }
        // From what keeps no distance itself, only what comes after it does.
        let others =
            (([last].compactMap(\.self) + dated).map { (at: $0, isSqueezed: false) }
            + squeezed.map { (at: $0, isSqueezed: true) }).sorted { $0.at < $1.at }
        for gap in gaps {
            var start = max(gap.interval.start, now)
            for other in others where !isFar(start, from: [other.at]) && (!other.isSqueezed || other.at <= start) {
                start = other.at.adding(seconds: FreeTime.spacing)
            }
            guard gap.interval.end.seconds(since: start) >= FreeTime.breath else { continue }
            bubbles[day] += 1
            dated.append(start)
            return Slot(start: start, end: gap.interval.end)
        }
        return nil
    }

    /// The first place in some gaps, whatever is near it; later bubbles keep their distance from it.
    private mutating func squeezeIn(_ gaps: [Gap], on day: CivilDate, by rule: NudgeKindRule) -> Slot? {
        for gap in gaps {
            let start = max(gap.interval.start, now)
            guard gap.interval.end.seconds(since: start) >= rule.needs else { continue }
            bubbles[day] += 1
            squeezed.append(start)
            return Slot(start: start, end: gap.interval.end)
        }
        return nil
    }
}
