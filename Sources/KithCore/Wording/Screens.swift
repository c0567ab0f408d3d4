package import CivilTime

/// The screens of the commands, as lines without trailing spaces.
///
/// All of them are made from a plan and what it was made from.
package struct Screens {
    package let plan: Plan
    package let world: World
    package let view: LedgerView
    package let policy: Policy
    let reasons: Reasons

    package init(plan: Plan, world: World, view: LedgerView, policy: Policy) {
        (self.plan, self.world, self.view, self.policy) = (plan, world, view, policy)
        reasons = Reasons(
            world: world,
            assessments: plan.assessments,
            today: plan.today,
            nudges: view.nudges
        )
    }

    var zone: Zone { world.zone }

    /// The name a nudge is listed under.
    package func name(of record: NudgeRecord) -> String {
        Phrases.list(record.id.contacts.map { name(of: $0) })
    }

    /// The name on a card, or the UID of one that is gone.
    package func name(of contact: ContactID) -> String {
        world.contact(contact).map { shownName(of: $0) } ?? shortened(printable(contact.uid), to: 40)
    }

    /// What `kith` lists: what is open today first, then the rest of seven days; empty where nobody is open today.
    ///
    /// A dated nudge stands in it on its day though there was no place for it.
    package var todaysNudges: [PlannedNudge] {
        let listed = plan.nudges.filter { nudge in
            let isDated = NudgeKinds.isDated(nudge.record)
            let isNear = nudge.record.due.days(since: plan.today) < 7
            return switch nudge.waiting {
            case .moment(let slot): zone.date(slot.start).days(since: plan.today) < 7
            case .answer: true
            case .digestOnly, .channel: !isDated || isNear
            case .noMoment: isDated && isNear
            case .held, .budget: false
            }
        }
        return listed.contains(where: isToday) ? listed : []
    }

    private func isToday(_ nudge: PlannedNudge) -> Bool {
        switch nudge.waiting {
        case .moment(let slot): zone.date(slot.start) <= plan.today
        case .answer: true
        default: !NudgeKinds.isDated(nudge.record) || nudge.record.due <= plan.today
        }
    }

    /// `kith`.
    ///
    /// - Parameter selected: The row the marker stands at; `nil` without a terminal.
    package func today(selected: Int?) -> [String] {
        let nudges = todaysNudges
        guard !nudges.isEmpty else { return [nobody] }
        let rows = nudges.enumerated().map { index, nudge in
            let mark = selected.map { $0 == index ? "> " : "  " } ?? ""
            return [mark + shortened(name(of: nudge.record), to: 40), reasons.short(nudge.record), when(nudge)]
        }
        let keys = selected == nil ? [] : [Phrases.keys]
        return [Phrases.day(plan.today)] + table(rows, gap: 3) + keys
    }

    /// The line for a day without anybody: `Nobody today. Next: Tomás Vega, Thu 11:00.`.
    package var nobody: String {
        guard let next = upcoming.first else { return Phrases.nobodyToday }
        return Phrases.nobodyToday(next: name(of: next.record), when(next))
    }

    /// Nudges with a moment, soonest first.
    package var upcoming: [PlannedNudge] {
        plan.nudges.filter { $0.slot != nil }.sorted { ($0.slot?.start.seconds ?? 0) < ($1.slot?.start.seconds ?? 0) }
    }

    /// `now, until 14:30`, `tomorrow`, `Thu evening`, `shown Tue 14:10`: the last column of a list.
    package func when(_ nudge: PlannedNudge) -> String {
        switch nudge.waiting {
        case .moment(let slot): moment(nudge, slot)
        case .answer: nudge.record.deliveredAt.map { Phrases.shown(at: dayAndClock($0)) } ?? Phrases.shown
        case .channel(let problem): problem
        case .held(let hold): held(hold)
        case .budget: Phrases.afterOthers
        case .noMoment, .digestOnly: waiting(nudge)
        }
    }

    private func moment(_ nudge: PlannedNudge, _ slot: Slot) -> String {
        if slot.start <= plan.now { return Phrases.now(until: Phrases.clock(slot.end, zone)) }
        let day = zone.date(slot.start)
        let isEvening = zone.local(slot.start).time.hour >= 17
        let kind = nudge.record.id.kind
        if kind == .birthday || kind == .anniversary, day != plan.today { return dayName(day) }
        if nudge.network == .personal, kind == .reconnect || kind == .followUp {
            let isMorning = zone.local(slot.start).time.hour < 12
            let part: Phrases.DayPart = isEvening ? .evening : isMorning ? .morning : .afternoon
            return day == plan.today ? Phrases.this(part) : Phrases.part(part, of: dayName(day))
        }
        return day == plan.today
            ? Phrases.clock(slot.start, zone) : "\(dayName(day)) \(Phrases.clock(slot.start, zone))"
    }

    /// What has no place: a dated nudge ahead of its day waits for that.
    private func waiting(_ nudge: PlannedNudge) -> String {
        if NudgeKinds.isDated(nudge.record), nudge.record.due > plan.today { return dayName(nudge.record.due) }
        return nudge.waiting == .noMoment ? Phrases.noFreeMoment : Phrases.waitsHere
    }

    private func dayName(_ day: CivilDate) -> String {
        switch day.days(since: plan.today) {
        case 0: Phrases.today
        case 1: Phrases.tomorrow
        case 2..<7: Phrases.weekdays[day.weekday.rawValue]
        default: Phrases.day(day)
        }
    }

    /// `Tue 14:10`; of a day a week or more away its date too.
    package func dayAndClock(_ instant: Instant) -> String {
        let day = zone.date(instant)
        let name = abs(day.days(since: plan.today)) < 7 ? Phrases.weekdays[day.weekday.rawValue] : Phrases.day(day)
        return "\(name) \(Phrases.clock(instant, zone))"
    }

    /// Why a nudge is kept back.
    package func held(_ hold: Hold) -> String {
        switch hold {
        case .booking(let booking):
            Phrases.heldByMeeting(
                on: Phrases.day(booking.date, seenFrom: plan.today),
                Phrases.quoted(booking.summary)
            )
        case .pause(let until):
            until.year >= 9_999 ? Phrases.paused : Phrases.paused(until: Phrases.day(until, seenFrom: plan.today))
        case .birthday(let day): Phrases.heldByBirthday(on: Phrases.day(day))
        case .source(let path):
            Phrases.heldBySource(path.isEmpty ? Phrases.aSource : printable(path))
        case .recent(let until): Phrases.heldByShowing(until: Phrases.day(until))
        }
    }

    /// Every open nudge with what it waits for: `kith due`, `kith next`.
    package func due() -> [String] {
        table(
            plan.nudges.map { nudge in
                [
                    nudge.record.shortID, shortened(name(of: nudge.record), to: 40), reasons.short(nudge.record),
                    when(nudge),
                ]
            }
        )
    }

    /// The why-now of a nudge.
    package func reason(_ record: NudgeRecord) -> String { reasons.short(record) }
}
