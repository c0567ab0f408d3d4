import CivilTime

/// The moments that may be used, from today to the end of next week.
///
/// Of a day, over all networks, those are kept that lie two hours from all that are kept before them and from the last bubble:
/// announced ones first, then preferred ones, then the others, each by time. Only what somebody who waits can still use counts: a
/// moment that passed unused, that a dated nudge is too near to, or in hours nobody waits for, keeps none away. One that is open
/// counts as used now. Squeezes come after all of them.
struct Timetable {
    /// A moment or a squeeze, as the hours of each network have it.
    struct Opening {
        let day: Int
        let isSqueeze: Bool
        private var work: Moment?
        private var personal: Moment?

        init(day: Int, isSqueeze: Bool) { (self.day, self.isSqueeze) = (day, isSqueeze) }

        var moments: [Moment] { [work, personal].compactMap(\.self) }

        func moment(of network: Network) -> Moment? { network == .personal ? personal : work }

        fileprivate mutating func take(_ moment: Moment, _ isPersonal: Bool) {
            if isPersonal { personal = moment } else { work = moment }
        }

        /// Of either hours: both begin at one instant.
        fileprivate var any: Moment {
            guard let any = work ?? personal else { preconditionFailure("an opening has a moment") }
            return any
        }
    }

    /// What somebody can be asked about in: indices of openings, the wanted ones first.
    struct Reach {
        var moments: [Int] = []
        var squeezes: [Int] = []
        /// Whether there is any moment in their hours, be it given away.
        var hasMoments = true
    }

    /// What decides which openings suit a person.
    private struct Audience: Hashable {
        let isPersonal: Bool
        /// Of those who can only be called.
        let zone: Zone?
    }

    let days: [CivilDate]
    private let context: PlanningContext
    private let raw: [(work: [Gap], personal: [Gap])]
    private(set) var openings: [Opening] = []
    /// Instants at which a moment of today that is not used now frees another.
    private(set) var changes: [Instant] = []
    private var audiences: [Audience: Int] = [:]
    private var reaches: [Reach] = []

    init(_ context: PlanningContext) {
        self.context = context
        let end = ISOWeek(containing: context.today).next.monday.adding(days: 6)
        days = (0...end.days(since: context.today)).map { context.today.adding(days: $0) }
        raw = days.map {
            (context.free.gaps(on: $0, network: .strategic), context.free.gaps(on: $0, network: .personal))
        }
    }

    /// So many places in a digest of this week, for anybody at no time.
    init(_ context: PlanningContext, places: Int) {
        (self.context, days, raw) = (context, [context.today], [])
        openings = Array(repeating: Opening(day: 0, isSqueeze: false), count: places)
        reaches = [Reach(moments: Array(openings.indices))]
    }

    /// Of an opening: 0 for this week, 1 for the next.
    func week(of opening: Int) -> Int {
        openings[opening].day <= Weekday.sunday.rawValue - context.today.weekday.rawValue ? 0 : 1
    }

    /// A choice among the openings.
    ///
    /// - Parameters:
    ///   - dayRoom: How many each of the days can take.
    ///   - weekRoom: How many this week and the next can take.
    func choice(dayRoom: [Int], weekRoom: [Int]) -> Choice {
        let weeks = openings.indices.map { week(of: $0) }
        return Choice(days: openings.map(\.day), weeks: weeks, dayRoom: dayRoom, weekRoom: weekRoom)
    }

    /// Whether hours of a day have a moment that is not over.
    func hasMoment(on day: CivilDate, personal isPersonal: Bool) -> Bool {
        guard let index = days.firstIndex(of: day) else { return false }
        let gaps = isPersonal ? raw[index].personal : raw[index].work
        return FreeTime.moments(in: gaps).contains { $0.openUntil > context.now }
    }

    /// Makes the openings.
    ///
    /// - Parameters:
    ///   - announced: Instants that a digest named for somebody who still waits, with the hours of whom.
    ///   - last: When the last bubble was shown.
    ///   - isWanted: Whether somebody waits for a place in a day's hours, the personal ones or those of work.
    ///   - isFree: Whether a bubble at an instant is far enough from all that is placed already.
    mutating func open(
        announced: [(start: Instant, network: Network)],
        last: Instant?,
        isWanted: (_ day: Int, _ isPersonal: Bool) -> Bool,
        isFree: (Instant) -> Bool
    ) {
        for index in days.indices {
            let named = announced.filter { context.world.zone.date($0.start) == days[index] }
            var (long, short): ([Instant: Opening], [Instant: Opening]) = ([:], [:])
            for isPersonal in [false, true] where isWanted(index, isPersonal) {
                let gaps = isPersonal ? raw[index].personal : raw[index].work
                let instants = named.filter { ($0.network == .personal) == isPersonal }.map(\.start)
                for moment in moments(of: gaps, announced: instants) {
                    guard isUsable(moment, after: last), isFree(position(moment)) else { continue }
                    long[moment.start, default: Opening(day: index, isSqueeze: false)].take(moment, isPersonal)
                }
                for squeeze in FreeTime.squeezes(in: gaps) {
                    guard isUsable(squeeze, after: last), isFree(position(squeeze)) else { continue }
                    short[squeeze.start, default: Opening(day: index, isSqueeze: true)].take(squeeze, isPersonal)
                }
            }
            keep(long, announced: Set(named.map(\.start)))
            keep(short, announced: [])
        }
    }

    /// The moments of some gaps; what was announced stays while it is free, though its gap now begins at another time.
    private func moments(of gaps: [Gap], announced: [Instant]) -> [Moment] {
        let moments = FreeTime.moments(in: gaps)
        return moments
            + announced.filter { start in !moments.contains { $0.start == start } }.compactMap { start in
                gaps.first { $0.interval.contains(start) }.flatMap { FreeTime.moment(at: start, in: $0) }
            }
    }

    /// When a moment would be used: at its start, or now.
    private func position(_ moment: Moment) -> Instant { max(moment.start, context.now) }

    private func isUsable(_ moment: Moment, after last: Instant?) -> Bool {
        moment.openUntil > context.now && isFar(moment.start, from: last) && isFar(position(moment), from: last)
    }

    /// Keeps what lies two hours from all that is kept of its day and of the one before.
    private mutating func keep(_ found: [Instant: Opening], announced: Set<Instant>) {
        func rank(_ opening: Opening) -> Int {
            announced.contains(opening.any.start) ? 0 : opening.moments.contains(where: \.isPreferred) ? 1 : 2
        }
        for opening in found.values.sorted(by: { (rank($0), $0.any.start) < (rank($1), $1.any.start) }) {
            let near = openings.reversed().prefix { opening.day - $0.day <= 1 }.filter {
                !isFar(position(opening.any), from: position($0.any))
            }
            if near.isEmpty {
                openings.append(opening)
            } else if opening.day == 0 {
                // When what keeps it away has passed unused, it may be used.
                changes += near.flatMap(\.moments).map(\.openUntil)
            }
        }
    }

    private func isFar(_ instant: Instant, from other: Instant?) -> Bool {
        other.map { abs($0.seconds(since: instant)) >= FreeTime.spacing } ?? true
    }

    /// The number of a person's audience, by which ``reach(of:)`` is asked.
    mutating func audience(of tie: Tie) -> Int {
        // A digest is read at any time.
        guard !raw.isEmpty else { return 0 }
        let contact = tie.contact
        // A call (no e-mail known) also needs 08:00 to 20:00 in the contact's own zone.
        let zone = contact.emails.isEmpty && !contact.phones.isEmpty ? contact.zone : nil
        let audience = Audience(isPersonal: tie.network == .personal, zone: zone)
        if let known = audiences[audience] { return known }
        func suits(_ moment: Moment) -> Bool {
            zone.map { (8..<20).contains($0.local(position(moment)).time.hour) } ?? true
        }
        var reach = Reach()
        reach.hasMoments = raw.contains { gaps in
            FreeTime.moments(in: audience.isPersonal ? gaps.personal : gaps.work).contains {
                $0.openUntil > context.now && suits($0)
            }
        }
        for (index, opening) in openings.enumerated() {
            guard let moment = opening.moment(of: tie.network), suits(moment) else { continue }
            if opening.isSqueeze { reach.squeezes.append(index) } else { reach.moments.append(index) }
        }
        reaches.append(reach)
        audiences[audience] = reaches.count - 1
        return reaches.count - 1
    }

    func reach(of audience: Int) -> Reach { reaches[audience] }

    /// What a person can be asked about in.
    mutating func reach(of tie: Tie) -> Reach {
        let audience = audience(of: tie)
        return reach(of: audience)
    }
}
