import CivilTime
import KithCore

/// What ought to be, worked out once more from the same files: evidence, bookings and the clock of each tie.
///
/// Written from the rules and not from the planner, with which it has no code in common.
struct Oracle {
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
    struct Contact {
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
    /// With the rhythm that shows, where none is written.
    private(set) var people: [Script.Person]
    let meetings: [Meeting]
    let journal: [JournalEntry]
    let priorities: [Priority]
    let titles: TitleReading
    private(set) var contacts: [[Contact]]
    /// The days of real contact since 1970, in order.
    private var met: [[Int]]
    /// The days of meetings to come that silence a tie.
    private(set) var bookings: [[CivilDate]]
    /// The days of all meetings to come.
    private(set) var ahead: [[CivilDate]]

    init(
        zone: Zone,
        now: Instant,
        people: [Script.Person],
        meetings: [Meeting],
        journal: [JournalEntry],
        mail: [String: [MailEntry]] = [:],
        priorities: [Priority] = [],
        titles known: TitleReading? = nil
    ) {
        (self.zone, self.now, self.people, self.meetings, self.journal) = (zone, now, people, meetings, journal)
        self.priorities = priorities
        today = zone.date(now)
        contacts = people.map { _ in [] }
        bookings = people.map { _ in [] }
        ahead = bookings
        met = []
        // Who can only be called is invited to nothing.
        let written = people.enumerated().filter { $1.zone == nil && $1.hasCard }
        let numbers = Dictionary(written.map { ($1.email, $0) }) { first, _ in first }
        if let known, known.people == people { titles = known } else { titles = TitleReading(people) }
        let rounds = Self.rounds(meetings, at: now)
        for meeting in meetings { read(meeting, isRound: rounds.contains(meeting.round), numbers) }
        for entry in journal where !entry.isCancelled {
            let date = zone.date(entry.when)
            guard date <= today else { continue }
            for person in people.indices where entry.contacts.contains(ContactID(people[person].uid)) {
                contacts[person].append(
                    Contact(date: date, weight: entry.action == .met ? 100 : 0, isLine: entry.action == .wrote)
                )
            }
        }
        for (address, entries) in mail {
            guard let person = numbers[address] else { continue }
            for entry in entries where zone.date(entry.sentAt) <= today {
                let isLine = entry.direction == .sent
                let date = zone.date(entry.sentAt)
                contacts[person].append(Contact(date: date, weight: isLine ? 0 : 100, isLine: isLine))
            }
        }
        for person in people.indices where people[person].isLearned {
            let every = Self.rhythm(contacts[person].filter { $0.weight >= 50 }.map(\.date.daysSinceEpoch))
            (self.people[person].every, self.people[person].atWorst) = (every, every + every / 2)
        }
        met = self.people.indices.map { Self.days(of: contacts[$0], every: self.people[$0].every) }
    }

    /// How often somebody is met, by the days of contact in any order: six weeks, unless the last eleven have five gaps.
    private static func rhythm(_ contacts: [Int]) -> Int {
        let days = Set(contacts).sorted().suffix(11)
        let gaps = zip(days.dropFirst(), days).map { $0 - $1 }.sorted()
        guard gaps.count >= 5 else { return 42 }
        let middle = gaps.count.isMultiple(of: 2) ? gaps.count / 2 - 1 : gaps.count / 2
        return min(180, max(21, gaps[middle]))
    }

    /// The days of contact, in order: the heaviest of a day counts, and of those below a half as many as come to a whole within
    /// `every` days, since the last contact.
    private static func days(of contacts: [Contact], every: Int) -> [Int] {
        let days = Dictionary(contacts.map { ($0.date.daysSinceEpoch, $0.weight) }, uniquingKeysWith: max)
        var result: [Int] = []
        var small: [(day: Int, weight: Int)] = []
        for (day, weight) in days.sorted(by: { $0.key < $1.key }) where weight > 0 {
            small.removeAll { day - $0.day > every }
            small.append((day, weight))
            guard weight >= 50 || small.reduce(0, { $0 + $1.weight }) >= 100 else { continue }
            result.append(day)
            small = []
        }
        return result
    }

    private mutating func read(
        _ meeting: Meeting,
        isRound: Bool,
        _ numbers: [String: Int]
    ) {
        guard !meeting.isAllDay, !meeting.isCancelled, [.work, .personal].contains(meeting.role),
            meeting.end.seconds - meeting.start.seconds < 24 * 3_600
        else { return }
        let called = meeting.organizer?.email == Self.me
        let mine = meeting.attendees.first { $0.email == Self.me }
        guard mine?.answer != .declined else { return }
        if called || meeting.organizer == nil, meeting.attendees.allSatisfy({ !$0.isPerson || $0.email == Self.me }) {
            let company = titles.company(meeting.summary)
            note(meeting, company.people, size: company.size, isRound: isRound, hasSaid: true)
            return
        }
        guard called || mine != nil else { return }
        var coming: Set<String> = []
        for guest in meeting.attendees + [meeting.organizer].compactMap(\.self)
        where guest.isPerson && guest.email != Self.me && guest.answer != .declined {
            coming.insert(guest.email)
        }
        for guest in meeting.attendees where guest.answer == .declined { coming.remove(guest.email) }
        let hasSaid = called || mine?.answer == .accepted || mine?.answer == .tentative
        let known = Set(coming.compactMap { numbers[$0] })
        note(meeting, known, size: coming.count, isRound: isRound, hasSaid: hasSaid)
    }

    /// Takes a meeting with some people as a booking, or as contact where the user has said that they come.
    private mutating func note(_ meeting: Meeting, _ company: Set<Int>, size: Int, isRound: Bool, hasSaid: Bool) {
        guard !company.isEmpty else { return }
        let day = zone.date(meeting.start)
        for person in company {
            let isNothing = isRound && size > 1 && people[person].network == .strategic
            let weight = isNothing ? 0 : size == 1 ? 100 : size <= 4 ? 50 : size <= 9 ? 20 : 0
            if now < meeting.end {
                ahead[person].append(day)
                if weight >= 50, day >= today { bookings[person].append(day) }
            } else if hasSaid, day <= today {
                contacts[person].append(Contact(date: day, weight: weight))
            }
        }
    }

    /// Whether nudges may be made about somebody at all.
    func isKept(_ person: Int) -> Bool {
        canBeNamed(person) && !people[person].isStranger
    }

    /// Whether anybody may be reminded of somebody, were it by chance.
    func canBeNamed(_ person: Int) -> Bool {
        let person = people[person]
        return person.hasCard && !person.isDropped && !person.isDeceased
    }

    /// Whether a meeting is booked that silences the tie.
    func isBooked(_ person: Int) -> Bool {
        bookings[person].contains { $0.daysSinceEpoch - today.daysSinceEpoch <= people[person].every }
    }

    /// Whether somebody is out of touch for so long that only one such a week is asked about.
    func isDormant(_ person: Int) -> Bool {
        guard let last = met[person].last else { return false }
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
                    let last = max(day, lastMark?.date ?? base.date)
                    due = max(due, Self.day(last, plus: pause))
                    lastMark = Mark(.again, last)
                }
            }
        }
        // Of a nudge that a clock set back has closed before its mark, the identity is gone all the same.
        let isGone = closed.contains { record in
            if case .expired = record.state, record.showings == 0 { return false }
            guard let day = record.closed, let mark = record.mark, day < mark.date else { return false }
            return lastMark.map { mark == $0 } ?? isBase(mark)
        }
        if isGone { due = max(due, Self.day(lastMark?.date ?? base.date, plus: pause)) }
        return Verdict(base: base, due: due)
    }

    /// The newest of what happened, and the day it makes the tie due, all of it gone through in order.
    private func base(_ person: Int, firstSeen: CivilDate, skips: [CivilDate]) -> (Base, CivilDate) {
        let every = people[person].every
        var steps: [(day: Int, rank: Int)] = met[person].map { ($0, 2) }
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
