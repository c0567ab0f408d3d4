import CivilTime
import KithCore

/// What ought to be, worked out once more from the same files: evidence, bookings and the clock of each tie.
///
/// Written from the rules and not from the planner, with which it has no code in common.
struct Oracle {
    /// Rules that may be off while they are being built.
    struct Features {
        /// Smaller weights that add up to a whole contact.
        var addsSmallWeights = false
    }

    /// An event that a wait runs from.
    struct Base: Hashable {
        var cause: String
        var date: CivilDate
    }

    /// When somebody is due.
    struct Verdict: Hashable {
        var base: Base
        var due: CivilDate
    }

    /// What shows contact, for one person.
    private struct Contact {
        var date: CivilDate
        /// Hundredths.
        var weight: Int
        /// A line that was sent: no contact yet.
        var isLine = false
    }

    static let me = "ada@example.com"

    let zone: Zone
    let now: Instant
    let today: CivilDate
    let people: [Script.Person]
    let meetings: [Meeting]
    let journal: [JournalEntry]
    private var contacts: [[Contact]]
    /// The days of meetings to come that silence a tie.
    private(set) var bookings: [[CivilDate]]

    init(zone: Zone, now: Instant, people: [Script.Person], meetings: [Meeting], journal: [JournalEntry]) {
        (self.zone, self.now, self.people, self.meetings, self.journal) = (zone, now, people, meetings, journal)
        today = zone.date(now)
        contacts = people.map { _ in [] }
        bookings = people.map { _ in [] }
        let numbers = Dictionary(people.enumerated().map { ($1.email, $0) }) { first, _ in first }
        for meeting in meetings where !meeting.attendees.isEmpty || meeting.organizer != nil { read(meeting, numbers) }
        for entry in journal where !entry.isCancelled {
            let date = zone.date(entry.when)
            guard date <= today else { continue }
            for person in people.indices where entry.contacts.contains(ContactID(people[person].uid)) {
                contacts[person].append(
                    Contact(date: date, weight: entry.action == .met ? 100 : 0, isLine: entry.action == .wrote)
                )
            }
        }
    }

    private mutating func read(_ meeting: Meeting, _ numbers: [String: Int]) {
        guard !meeting.isAllDay, !meeting.isCancelled, [.work, .personal].contains(meeting.role),
            meeting.end.seconds - meeting.start.seconds < 24 * 3_600
        else { return }
        let called = meeting.organizer?.email == Self.me
        let mine = meeting.attendees.first { $0.email == Self.me }
        guard called || mine != nil, mine?.answer != .declined else { return }
        var coming: Set<String> = []
        for guest in meeting.attendees + [meeting.organizer].compactMap(\.self)
        where guest.isPerson && guest.email != Self.me && guest.answer != .declined {
            coming.insert(guest.email)
        }
        for guest in meeting.attendees where guest.answer == .declined { coming.remove(guest.email) }
        let weight = coming.count == 1 ? 100 : coming.count <= 4 ? 50 : coming.count <= 9 ? 20 : 0
        let hasSaid = called || mine?.answer == .accepted || mine?.answer == .tentative
        for person in coming.compactMap({ numbers[$0] }) {
            if now < meeting.end {
                let day = zone.date(meeting.start)
                if weight >= 50, day >= today { bookings[person].append(day) }
            } else if hasSaid, zone.date(meeting.start) <= today {
                contacts[person].append(Contact(date: zone.date(meeting.start), weight: weight))
            }
        }
    }

    /// Whether nudges may be made about somebody at all.
    func isKept(_ person: Int) -> Bool {
        let person = people[person]
        return person.hasCard && !person.isDropped && !person.isDeceased
    }

    /// Whether a meeting is booked that silences the tie.
    func isBooked(_ person: Int) -> Bool {
        bookings[person].contains { $0.daysSinceEpoch - today.daysSinceEpoch <= people[person].every }
    }

    /// Whether somebody is out of touch for so long that only one such a week is asked about.
    func isDormant(_ person: Int) -> Bool {
        guard let last = contacts[person].filter({ $0.weight >= 50 }).map(\.date.daysSinceEpoch).max() else {
            return false
        }
        let silence = today.daysSinceEpoch - last
        return silence >= max(8 * people[person].every, 365) || silence >= 1_096
    }

    /// The days from one after the other.
    private static func day(_ date: CivilDate, plus days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: date.daysSinceEpoch + days)
    }

    /// When somebody is due, by the files and by what became of earlier nudges.
    func verdict(_ person: Int, firstSeen: CivilDate, skips: [CivilDate], records: [NudgeRecord]) -> Verdict {
        let every = people[person].every
        let (base, first) = self.base(person, firstSeen: firstSeen, skips: skips)
        var due = first
        let pause = max(7, every / 4)
        func isBase(_ mark: Mark?) -> Bool {
            mark.map { $0.cause.rawValue == base.cause && $0.date == base.date } == true
        }
        let closed = records.filter { record in
            record.closed != nil && record.reason != .chance && (isBase(record.base) || isBase(record.mark))
        }.sorted { ($0.closed?.daysSinceEpoch ?? 0, $0.id) < ($1.closed?.daysSinceEpoch ?? 0, $1.id) }
        var inARow = 0
        var lastMark: Mark?
        for record in closed {
            guard let day = record.closed else { continue }
            if case .expired(let why) = record.state, record.showings == 0, why != .ignored { continue }
            switch record.state {
            case .expired(.ignored) where isBase(record.base):
                inARow += 1
                due = Self.day(day, plus: inARow < 3 ? pause : 2 * every)
                lastMark = Mark(.ignored, day)
            case .expired(.withdrawn) where isBase(record.base):
                let back = records.first { other in
                    other.id != record.id && other.mark?.cause == .withdrawn && other.base == record.base
                        && other.opened >= day
                }
                if let back, let mark = back.mark {
                    (due, lastMark) = (mark.date, mark)
                } else if due <= today, !isBooked(person) {
                    (due, lastMark) = (today, Mark(.withdrawn, today))
                }
            default:
                let isOfThis = lastMark.map { record.mark == $0 } ?? isBase(record.mark)
                if due <= day || isOfThis {
                    due = Self.day(day, plus: pause)
                    lastMark = Mark(.again, day)
                }
            }
        }
        return Verdict(base: base, due: due)
    }

    /// The newest of what happened, and the day it makes the tie due, all of it gone through in order.
    private func base(_ person: Int, firstSeen: CivilDate, skips: [CivilDate]) -> (Base, CivilDate) {
        let every = people[person].every
        var steps: [(day: Int, rank: Int)] = contacts[person].filter { $0.weight >= 50 }.map {
            ($0.date.daysSinceEpoch, 2)
        }
        steps += contacts[person].filter(\.isLine).map { ($0.date.daysSinceEpoch, 0) }
        steps += skips.filter { $0 <= today }.map { ($0.daysSinceEpoch, 1) }
        var base = Base(cause: "kept", date: firstSeen)
        let wait = ((0.3 + 0.7 * Self.fraction(people[person].uid)) * Double(every)).rounded()
        var due = firstSeen.daysSinceEpoch + Int(wait)
        for step in steps.sorted(by: { ($0.day, $0.rank) < ($1.day, $1.rank) }) {
            due = step.rank == 0 ? max(due, step.day + every / 2) : step.day + every
            base = Base(cause: ["wrote", "skip", "met"][step.rank], date: CivilDate(daysSinceEpoch: step.day))
        }
        return (base, CivilDate(daysSinceEpoch: due))
    }

    /// FNV-1a over the bytes, then the steps of splitmix64, as a fraction.
    private static func fraction(_ uid: String) -> Double {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in uid.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        hash ^= hash >> 31
        return Double(hash >> 11) / Double(UInt64(1) << 53)
    }
}
