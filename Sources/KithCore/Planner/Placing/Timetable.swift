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

        fileprivate var isPreferred: Bool { work?.isPreferred ?? false || personal?.isPreferred ?? false }
        /// When it may be used no more, in the hours of each network.
        fileprivate var ends: [Instant] { [work, personal].compactMap { $0?.openUntil } }

        func moment(personal isPersonal: Bool) -> Moment? { isPersonal ? personal : work }

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
        /// Both, in order.
        var all: [Int] { (moments + squeezes).sorted() }
        /// Whether there is any moment in their hours, be it given away.
        var hasMoments = true
    }

    /// What decides which openings suit a person.
    private struct Audience: Equatable {
        let isPersonal: Bool
        /// Of those who can only be called.
        let callHours: CallHours?
    }

    private let now: Instant
    /// The last day of this week.
    private let sunday: Int
    private let zone: Zone
    /// `nil`: a digest, which is read at any time.
    private let fortnight: Fortnight?
    private(set) var openings: [Opening] = []
    /// Instants at which a moment of today that is not used now frees another.
    private(set) var changes: [Instant] = []
    /// So few that looking through them is quicker than hashing.
    private var audiences: [Audience] = []
    private var reaches: [Reach] = []
    /// Of those without call hours, the personal ones and those of work.
    private var plain: [Int?] = [nil, nil]

    init(_ context: borrowing PlanningContext, _ fortnight: Fortnight?) {
        (now, zone, self.fortnight) = (context.now, context.world.zone, fortnight)
        sunday = Weekday.sunday.rawValue - context.today.weekday.rawValue
    }

    /// So many places in a digest of this week, for anybody at no time.
    init(_ context: borrowing PlanningContext, places: Int) {
        self.init(context, nil)
        openings = Array(repeating: Opening(day: 0, isSqueeze: false), count: places)
        reaches = [Reach(moments: Array(openings.indices))]
    }

    /// Of an opening: 0 for this week, 1 for the next.
    func week(of opening: Int) -> Int { week(ofDay: openings[opening].day) }

    func week(ofDay day: Int) -> Int { day <= sunday ? 0 : 1 }

    /// A choice among the openings.
    ///
    /// - Parameters:
    ///   - dayRoom: How many each of the days can take.
    ///   - weekRoom: How many this week and the next can take.
    func choice(dayRoom: [Int], weekRoom: [Int]) -> Choice {
        let weeks = openings.indices.map { week(of: $0) }
        return Choice(days: openings.map(\.day), weeks: weeks, dayRoom: dayRoom, weekRoom: weekRoom)
    }

    /// Makes the openings.
    ///
    /// - Parameters:
    ///   - announced: Instants that a digest named for somebody who still waits, with the hours of whom.
    ///   - last: When the last bubble was shown.
    ///   - isWanted: Whether somebody waits for a place in a day's hours, the personal ones or those of work.
    ///   - isFree: Whether a bubble at an instant is far enough from all that is placed already.
    mutating func open(
        announced: [(start: Instant, isPersonal: Bool)],
        last: Instant?,
        isWanted: (_ day: Int, _ isPersonal: Bool) -> Bool,
        isFree: (Instant) -> Bool
    ) {
        guard let fortnight else { return }
        var (long, short): ([Opening], [Opening]) = ([], [])
        for (index, day) in fortnight.days.enumerated() {
            let named = announced.filter { zone.date($0.start) == day }
            long.removeAll(keepingCapacity: true)
            short.removeAll(keepingCapacity: true)
            for isPersonal in [false, true] where isWanted(index, isPersonal) {
                let hours = fortnight.hours(on: index, personal: isPersonal)
                let instants = named.filter { $0.isPersonal == isPersonal }.map(\.start)
                for moment in moments(of: hours, announced: instants) {
                    guard isUsable(moment, after: last), isFree(position(moment)) else { continue }
                    long.take(moment, isPersonal, as: Opening(day: index, isSqueeze: false))
                }
                for squeeze in hours.squeezes {
                    guard isUsable(squeeze, after: last), isFree(position(squeeze)) else { continue }
                    short.take(squeeze, isPersonal, as: Opening(day: index, isSqueeze: true))
                }
            }
            keep(long, announced: named.map(\.start))
            keep(short, announced: [])
        }
    }

    /// The moments of some hours; what was announced stays while it is free, though its gap now begins at another time.
    private func moments(of hours: Fortnight.Hours, announced: [Instant]) -> [Moment] {
        hours.moments
            + announced.filter { start in !hours.moments.contains { $0.start == start } }.compactMap { start in
                hours.gaps.first { $0.interval.contains(start) }.flatMap { FreeTime.moment(at: start, in: $0) }
            }
    }

    /// When a moment would be used: at its start, or now.
    private func position(_ moment: Moment) -> Instant { max(moment.start, now) }

    private func isUsable(_ moment: Moment, after last: Instant?) -> Bool {
        moment.openUntil > now && isFar(moment.start, from: last) && isFar(position(moment), from: last)
    }

    /// Keeps what lies two hours from all that is kept of its day and of the one before.
    private mutating func keep(_ found: [Opening], announced: [Instant]) {
        guard !found.isEmpty else { return }
        for opening in found where announced.contains(opening.any.start) { keep(opening) }
        for isPreferred in [true, false] {
            for opening in found
            where opening.isPreferred == isPreferred && !announced.contains(opening.any.start) { keep(opening) }
        }
    }

    private mutating func keep(_ opening: Opening) {
        let place = position(opening.any)
        var isFree = true
        for index in openings.indices.reversed() {
            guard opening.day - openings[index].day <= 1 else { break }
            if isFar(place, from: position(openings[index].any)) { continue }
            isFree = false
            // When what keeps it away has passed unused, it may be used.
            if opening.day == 0 { changes += openings[index].ends }
        }
        if isFree { openings.append(opening) }
    }

    private func isFar(_ instant: Instant, from other: Instant?) -> Bool {
        other.map { abs($0.seconds(since: instant)) >= FreeTime.spacing } ?? true
    }

    /// The number of a candidate's audience, by which ``reach(of:)`` is asked.
    mutating func audience(of candidate: Candidate) -> Int {
        guard let fortnight else { return 0 }
        // Most can be written to at any time.
        if candidate.callHours == nil, let known = plain[candidate.isWork ? 1 : 0] { return known }
        let audience = Audience(isPersonal: !candidate.isWork, callHours: candidate.callHours)
        if let known = audiences.firstIndex(of: audience) { return known }
        func suits(_ moment: Moment) -> Bool {
            audience.callHours?.contains(position(moment)) ?? true
        }
        var reach = Reach()
        reach.moments.reserveCapacity(openings.count)
        reach.hasMoments = fortnight.days.indices.contains { day in
            fortnight.hours(on: day, personal: audience.isPersonal).moments.contains {
                $0.openUntil > now && suits($0)
            }
        }
        for (index, opening) in openings.enumerated() {
            guard let moment = opening.moment(personal: audience.isPersonal), suits(moment) else { continue }
            if opening.isSqueeze { reach.squeezes.append(index) } else { reach.moments.append(index) }
        }
        reaches.append(reach)
        audiences.append(audience)
        if candidate.callHours == nil { plain[candidate.isWork ? 1 : 0] = reaches.count - 1 }
        return reaches.count - 1
    }

    func reach(of audience: Int) -> Reach { reaches[audience] }

    /// Whether a candidate's hours have any moment, be it given away.
    mutating func hasMoments(for candidate: Candidate) -> Bool {
        let audience = audience(of: candidate)
        return reaches[audience].hasMoments
    }

    /// What a candidate can be asked about in.
    mutating func reach(of candidate: Candidate) -> Reach {
        let audience = audience(of: candidate)
        return reach(of: audience)
    }
}

extension [Timetable.Opening] {
    /// Takes a moment of some hours, with that of the others which begins at the same time; a day has few, and in order.
    fileprivate mutating func take(_ moment: Moment, _ isPersonal: Bool, as new: Timetable.Opening) {
        let place = firstIndex { $0.any.start >= moment.start } ?? count
        if place == count || self[place].any.start > moment.start { insert(new, at: place) }
        self[place].take(moment, isPersonal)
    }
}
