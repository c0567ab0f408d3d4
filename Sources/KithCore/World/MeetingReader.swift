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
    /// Ties of the personal network.
    private let friends: Set<ContactID>
    private let zone: Zone

    init(
        me: Me,
        directory: ContactDirectory,
        notEvidence: [ContactID: Set<String>],
        friends: Set<ContactID>,
        zone: Zone
    ) {
        (self.me, self.directory, self.notEvidence, self.friends, self.zone) = (
            me, directory, notEvidence, friends, zone
        )
    }

    /// The address that was invited most often to events the user seems not to be in, where it is on no card.
    func suggestedAddress(_ invited: [String: Int]) -> String? {
        invited.filter { directory.contact(email: $0.key) == nil && $0.value >= 2 }
            .min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    func read(_ meeting: Meeting, at now: Instant, into findings: inout Findings) {
        guard !meeting.isAllDay, !meeting.isCancelled, meeting.role == .work || meeting.role == .personal,
            meeting.end.seconds(since: meeting.start) < 86_400
        else { return }
        let people = people(in: meeting)
        guard !people.isEmpty else { return }
        let organized = meeting.organizer.map { me.emails.contains($0.email) } ?? false
        let mine = meeting.attendees.filter { me.emails.contains($0.email) }
        guard organized || !mine.isEmpty else {
            noteUnmatched(meeting, in: &findings)
            return
        }
        guard !mine.contains(where: { $0.answer == .declined }) else { return }
        let hasAnswered = organized || mine.contains { $0.answer == .accepted || $0.answer == .tentative }
        let contacts = Set(people.compactMap { directory.contact(email: $0.email) })
        if meeting.end > now {
            findings.upcoming.append(meeting)
        } else if hasAnswered {
            spend(meeting, with: people, in: &findings)
        }
        for contact in contacts where notEvidence[contact]?.contains(meeting.uid) != true {
            if meeting.end > now {
                findings.bookings[contact, default: []].append(booking(meeting, with: contact, people: people.count))
            } else if hasAnswered {
                findings.add(evidence(meeting, for: contact, people: people.count))
            }
        }
    }

    func read(_ entry: JournalEntry, on today: CivilDate, into findings: inout Findings) {
        let date = zone.date(entry.when)
        // What is dated after today waits: a clock has jumped somewhere.
        guard !entry.isCancelled, date <= today else { return }
        let known = entry.contacts.filter { directory.contact($0) != nil }
        let contacts = known.isEmpty ? entry.people.compactMap { directory.contact(email: $0.email) } : known
        for contact in Set(contacts) {
            findings.add(
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

    /// Counts the time of a meeting of work; friends have no part in that.
    private func spend(_ meeting: Meeting, with people: [Participant], in findings: inout Findings) {
        guard meeting.role == .work else { return }
        let colleagues = people.filter { directory.contact(email: $0.email).map { !friends.contains($0) } ?? true }
        guard !colleagues.isEmpty else { return }
        let isInside = colleagues.allSatisfy { domain(of: $0.email).map { me.domains.contains($0) } ?? false }
        let length = meeting.end.seconds(since: meeting.start)
        let spent = isInside ? TimeSpent(inside: length) : TimeSpent(outside: length)
        findings.timeSpent[meeting.firstDay] = (findings.timeSpent[meeting.firstDay] ?? TimeSpent()) + spent
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

    private func booking(_ meeting: Meeting, with contact: ContactID, people: Int) -> Booking {
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
    }

    private func evidence(_ meeting: Meeting, for contact: ContactID, people: Int) -> Evidence {
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
    }

    private func noteUnmatched(_ meeting: Meeting, in findings: inout Findings) {
        findings.unmatched += 1
        for person in meeting.attendees where person.isPerson { findings.invited[person.email, default: 0] += 1 }
    }
}
