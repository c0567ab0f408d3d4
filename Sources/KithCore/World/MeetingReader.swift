import CivilTime

/// Turns meetings and journal entries into evidence and bookings.
///
/// A meeting shows contact when it is timed, shorter than a day, in a calendar of role `work` or `personal`, not cancelled,
/// has ended, and the user organised it or answered and did not decline. Its weight falls with the people besides the user:
///
/// | people | weight (hundredths) |
/// |--------|---------------------|
/// | 1      | 100                 |
/// | 2–4    | 50                  |
/// | 5–9    | 20                  |
/// | 10–    | 0, for `explain`    |
///
/// Rooms, resources and whoever declined are no people. A meeting that has not ended and that neither side declined,
/// answered or not, is a booking.
struct MeetingReader {
    private let me: Me
    private let directory: ContactDirectory
    private let notEvidence: [ContactID: Set<String>]
    private let zone: Zone
    private let now: Instant
    private let today: CivilDate

    private(set) var evidence: [ContactID: [Evidence]] = [:]
    private(set) var bookings: [ContactID: [Booking]] = [:]
    /// Events with people but none of the user's addresses, and who was invited to them.
    private(set) var unmatched = 0
    private var invited: [String: Int] = [:]

    init(
        me: Me,
        directory: ContactDirectory,
        notEvidence: [ContactID: Set<String>],
        zone: Zone,
        now: Instant
    ) {
        (self.me, self.directory, self.notEvidence, self.zone, self.now) = (me, directory, notEvidence, zone, now)
        today = zone.date(now)
    }

    /// The address that was invited most often to events the user seems not to be in, where it is on no card.
    var suggestedAddress: String? {
        invited.filter { directory.contact(email: $0.key) == nil && $0.value >= 2 }
            .min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    /// Every occurrence once: the same UID and recurrence in two calendars is one meeting.
    static func distinct(_ meetings: [Meeting]) -> [Meeting] {
        struct Key: Hashable {
            let uid: String
            let recurrence: String
        }
        var seen: Set<Key> = []
        return meetings.sorted { left, right in
            (left.start.seconds, left.uid, rank(left.role), left.place.file, left.place.line ?? 0)
                < (right.start.seconds, right.uid, rank(right.role), right.place.file, right.place.line ?? 0)
        }.filter { meeting in
            meeting.role != .ignore
                && seen.insert(Key(uid: meeting.uid, recurrence: meeting.recurrenceID ?? "")).inserted
        }
    }

    /// Which calendar speaks for an event that stands in several.
    private static func rank(_ role: CalendarRole) -> Int {
        switch role {
        case .work: 0
        case .personal: 1
        case .community: 2
        case .holidays: 3
        case .birthdays: 4
        case .ignore: 5
        }
    }

    mutating func read(_ meeting: Meeting) {
        guard !meeting.isAllDay, !meeting.isCancelled, meeting.role == .work || meeting.role == .personal,
            meeting.end.seconds(since: meeting.start) < 86_400
        else { return }
        let people = people(in: meeting)
        guard !people.isEmpty else { return }
        let organized = meeting.organizer.map { me.emails.contains($0.email) } ?? false
        let mine = meeting.attendees.filter { me.emails.contains($0.email) }
        guard organized || !mine.isEmpty else {
            noteUnmatched(meeting)
            return
        }
        guard !mine.contains(where: { $0.answer == .declined }) else { return }
        let hasAnswered = organized || mine.contains { $0.answer == .accepted || $0.answer == .tentative }
        let contacts = Set(people.compactMap { directory.contact(email: $0.email) })
        for contact in contacts where notEvidence[contact]?.contains(meeting.uid) != true {
            if meeting.end > now {
                book(meeting, with: contact, people: people.count)
            } else if hasAnswered, meeting.firstDay <= today {
                count(meeting, for: contact, people: people.count)
            }
        }
    }

    mutating func read(_ entry: JournalEntry) {
        let date = zone.date(entry.when)
        // What is dated after today waits: a clock has jumped somewhere.
        guard !entry.isCancelled, date <= today else { return }
        let known = entry.contacts.filter { directory.contact($0) != nil }
        let contacts = known.isEmpty ? entry.people.compactMap { directory.contact(email: $0.email) } : known
        for contact in Set(contacts) {
            evidence[contact, default: []].append(
                Evidence(
                    contact: contact,
                    date: date,
                    start: entry.when,
                    origin: entry.action == .met ? .met : .wrote,
                    weight: entry.action == .met ? 100 : 0,
                    people: max(1, contacts.count),
                    uid: entry.uid,
                    summary: entry.summary,
                    note: entry.note,
                    isPrivate: true,
                    place: entry.place
                )
            )
        }
    }

    /// The people besides the user who did not decline, each once.
    private func people(in meeting: Meeting) -> [Participant] {
        let others = meeting.attendees + (meeting.organizer.map { [$0] } ?? [])
        let declined = Set(others.filter { $0.answer == .declined }.map(\.email))
        var seen: Set<String> = []
        return others.filter { person in
            let key = person.email.isEmpty ? person.name ?? "" : person.email
            return person.isPerson && !key.isEmpty && !me.emails.contains(person.email)
                && !declined.contains(person.email)
                && seen.insert(key).inserted
        }
    }

    private static func weight(people: Int) -> Int {
        switch people {
        case ...1: 100
        case 2...4: 50
        case 5...9: 20
        default: 0
        }
    }

    private mutating func book(_ meeting: Meeting, with contact: ContactID, people: Int) {
        bookings[contact, default: []].append(
            Booking(
                contact: contact,
                date: meeting.firstDay,
                start: meeting.start,
                weight: Self.weight(people: people),
                uid: meeting.uid,
                recurrenceID: meeting.recurrenceID,
                summary: meeting.summary,
                place: meeting.place
            )
        )
    }

    private mutating func count(_ meeting: Meeting, for contact: ContactID, people: Int) {
        evidence[contact, default: []].append(
            Evidence(
                contact: contact,
                date: meeting.firstDay,
                start: meeting.start,
                origin: .meeting,
                weight: Self.weight(people: people),
                people: people,
                uid: meeting.uid,
                recurrenceID: meeting.recurrenceID,
                summary: meeting.summary,
                isPrivate: meeting.isPrivate,
                place: meeting.place
            )
        )
    }

    private mutating func noteUnmatched(_ meeting: Meeting) {
        unmatched += 1
        for person in meeting.attendees where person.isPerson { invited[person.email, default: 0] += 1 }
    }
}
