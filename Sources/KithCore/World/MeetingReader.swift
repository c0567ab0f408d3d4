import CivilTime

/// Turns meetings and journal entries into evidence and bookings.
///
/// A meeting shows contact when it is timed, shorter than a day, in a calendar of role `work` or `personal`, not cancelled,
/// has ended, and the user organised it or answered and did not decline. Its weight falls with the people besides the user:
///
/// | people                                                             | weight (hundredths) |
/// |--------------------------------------------------------------------|---------------------|
/// | 1                                                                  | 100                 |
/// | 2–4                                                                | 50                  |
/// | 5–9                                                                | 20                  |
/// | 10–                                                                | 0, for `explain`    |
/// | 2– in a series that has become routine, for a strategic tie        | 0, for `explain`    |
///
/// Rooms, resources and whoever declined are no people. A meeting that has not ended and that neither side declined,
/// answered or not, is a booking.
///
/// To an event of the user's own nobody is invited: no attendees and no organiser but the user and rooms. It is with those
/// whom its title names.
///
/// A value that depends on no meeting and no time: what is read goes into a ``MeetingFindings``, which several can be made of.
struct MeetingReader {
    let me: Me
    let directory: ContactDirectory
    let titles: TitleNames
    /// Those whose tie is strategic.
    let strategic: Set<ContactID>
    /// The UIDs of events that the user calls no evidence for a person.
    let notEvidence: [ContactID: Set<String>]
    let zone: Zone
    /// Ties of the personal network.
    private let friends: Set<ContactID>
    /// The user's addresses: so few that looking through them is quicker than hashing.
    private let mine: [String]

    init(
        me: Me,
        directory: ContactDirectory,
        strategic: Set<ContactID> = [],
        notEvidence: [ContactID: Set<String>] = [:],
        friends: Set<ContactID> = [],
        zone: Zone
    ) {
        (self.me, self.directory, self.strategic, self.friends, self.zone) = (me, directory, strategic, friends, zone)
        mine = me.emails.sorted()
        self.notEvidence = notEvidence.filter { !$0.value.isEmpty }
        titles = TitleNames(directory.contacts, me: me)
    }

    /// The address that was invited most often to events the user seems not to be in, where it is on no card.
    func suggestedAddress(_ invited: [String: Int]) -> String? {
        invited.filter { directory.contact(email: $0.key) == nil && $0.value >= 2 }
            .min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }

    /// Reads the occurrences of a UID, distinct and by start.
    func read(_ occurrences: [Meeting], at now: Instant, into findings: inout MeetingFindings) {
        let routine = routine(occurrences, at: now)
        for index in occurrences.indices {
            read(occurrences[index], isRoutine: routine[index], at: now, into: &findings)
        }
    }

    /// Reads one occurrence.
    ///
    /// - Parameter isRoutine: Whether it is one of a series that comes often: see `routine(at:)`.
    private func read(
        _ meeting: Meeting,
        isRoutine: Bool,
        at now: Instant,
        into findings: inout MeetingFindings
    ) {
        guard !meeting.isAllDay, !meeting.isCancelled, meeting.role == .work || meeting.role == .personal,
            meeting.end.seconds(since: meeting.start) < 86_400
        else { return }
        if isOwn(meeting) {
            guard !isDeclined(meeting) else { return }
            let named = titles.named(in: meeting.summary)
            guard named.people > 0 else { return }
            note(meeting, with: named.contacts, people: named.people, isRoutine: isRoutine, at: now, into: &findings)
            return
        }
        guard meeting.organizer.map(isMe) ?? false || meeting.attendees.contains(where: isMe) else {
            if count(meeting).people > 0 { findings.noteUnmatched(meeting) }
            return
        }
        guard !isDeclined(meeting), meeting.end > now || hasAnswered(meeting) else { return }
        let company = count(meeting)
        guard company.people > 0 else { return }
        if meeting.end <= now { spend(meeting, with: company, in: &findings) }
        note(meeting, with: company.contacts, people: company.people, isRoutine: isRoutine, at: now, into: &findings)
    }

    /// Counts the time of a meeting of work; friends have no part in that.
    private func spend(_ meeting: Meeting, with company: Company, in findings: inout MeetingFindings) {
        guard meeting.role == .work, company.hasColleagues else { return }
        let length = meeting.end.seconds(since: meeting.start)
        let spent = company.hasOutsiders ? TimeSpent(outside: length) : TimeSpent(inside: length)
        findings.spend(spent, on: meeting.firstDay)
    }

    /// Reads an entry of the journal.
    func read(_ entry: JournalEntry, on today: CivilDate, into findings: inout MeetingFindings) {
        let date = zone.date(entry.when)
        // What is dated after today waits: a clock has jumped somewhere.
        guard !entry.isCancelled, date <= today else { return }
        let known = entry.contacts.compactMap { directory.person($0) }
        let contacts = Set(known.isEmpty ? entry.people.compactMap { directory.contact(email: $0.email) } : known)
        for contact in contacts {
            findings.evidence[contact, default: []].append(
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

    private func isMe(_ person: Participant) -> Bool { mine.contains(person.email) }

    private func isDeclined(_ meeting: Meeting) -> Bool {
        meeting.attendees.contains { $0.answer == .declined && isMe($0) }
    }

    /// Whether nobody is invited but the user and rooms.
    private func isOwn(_ meeting: Meeting) -> Bool {
        meeting.organizer.map(isMe) ?? true && meeting.attendees.allSatisfy { !$0.isPerson || isMe($0) }
    }

    private func hasAnswered(_ meeting: Meeting) -> Bool {
        meeting.organizer.map(isMe) ?? false
            || meeting.attendees.contains { ($0.answer == .accepted || $0.answer == .tentative) && isMe($0) }
    }

    /// The people of a meeting besides the user who did not decline, each once.
    private struct Company {
        /// Those whose card is known.
        var contacts: [ContactID] = []
        var people = 0
        /// Whether any of them is no friend, and any of these is from outside the organisation.
        var hasColleagues = false
        var hasOutsiders = false
    }

    private func count(_ meeting: Meeting) -> Company {
        var (company, seen) = (Company(), FewNames())
        let declined = Set(meeting.attendees.lazy.filter { $0.answer == .declined }.map(\.email))
        func take(_ person: Participant) {
            guard person.isPerson, person.answer != .declined, !isMe(person) else { return }
            let key = person.email.isEmpty ? person.name ?? "" : person.email
            guard !key.isEmpty, !declined.contains(key), seen.insert(key) else { return }
            let contact = directory.contact(email: person.email)
            if contact.map({ !friends.contains($0) }) ?? true {
                company.hasColleagues = true
                if !company.hasOutsiders { company.hasOutsiders = !isInside(person.email) }
            }
            if let contact, !company.contacts.contains(contact) { company.contacts.append(contact) }
        }
        for person in meeting.attendees { take(person) }
        if let organizer = meeting.organizer { take(organizer) }
        company.people = seen.count
        return company
    }

    private func isInside(_ email: String) -> Bool {
        domain(of: email).map { me.domains.contains($0) } ?? false
    }

    private func weight(people: Int, isRoutine: Bool, for contact: ContactID) -> Int {
        if isRoutine, people >= 2, strategic.contains(contact) { return 0 }
        return switch people {
        case ...1: 100
        case 2...4: 50
        case 5...9: 20
        default: 0
        }
    }

    private func note(
        _ meeting: Meeting,
        with contacts: some Collection<ContactID>,
        people: Int,
        isRoutine: Bool,
        at now: Instant,
        into findings: inout MeetingFindings
    ) {
        if meeting.end > now { findings.upcoming.append(meeting) }
        for contact in contacts where notEvidence[contact]?.contains(meeting.uid) != true {
            let weight = weight(people: people, isRoutine: isRoutine, for: contact)
            if meeting.end > now {
                findings.bookings[contact, default: []].append(Booking(meeting, with: contact, weight: weight))
            } else {
                findings.evidence[contact, default: []].append(
                    Evidence(meeting, with: contact, weight: weight, people: people)
                )
            }
        }
    }
}

/// Texts, each once: mostly so few that looking through them is quicker than hashing.
private struct FewNames {
    private static let few = 16

    private var few: [String] = []
    private var many: Set<String> = []
    var count: Int { few.count + many.count }

    init() { few.reserveCapacity(Self.few) }

    /// - Returns: Whether it was not there yet.
    mutating func insert(_ text: String) -> Bool {
        guard !few.contains(text) else { return false }
        guard few.count >= Self.few else {
            few.append(text)
            return true
        }
        return many.insert(text).inserted
    }
}

extension Booking {
    fileprivate init(_ meeting: Meeting, with contact: ContactID, weight: Int) {
        self.init(
            contact: contact,
            date: meeting.firstDay,
            start: meeting.start,
            weight: weight,
            uid: meeting.uid,
            recurrenceID: meeting.recurrenceID,
            summary: meeting.summary,
            place: meeting.place
        )
    }
}

extension Evidence {
    fileprivate init(_ meeting: Meeting, with contact: ContactID, weight: Int, people: Int) {
        self.init(
            contact: contact,
            date: meeting.firstDay,
            start: meeting.start,
            origin: .meeting,
            weight: weight,
            people: people,
            uid: meeting.uid,
            recurrenceID: meeting.recurrenceID,
            summary: meeting.summary,
            isPrivate: meeting.isPrivate,
            place: meeting.place
        )
    }
}
