import CivilTime
import KithCore

/// The user's cards and calendars in a simulated world, as the actors edit them.
struct SimulatedCalendar {
    /// An event, before a zone makes days of it.
    struct Entry {
        var number: Int
        var start: Instant
        var minutes: Int64
        var with: [Int] = []
        /// What a note of the user's says; to nothing else anybody is invited.
        var title: String?
        var hasRoom = false
        var manner = Script.Manner.called
        /// Of a series: how many days apart, and which of how many take place.
        var series: (everyDays: Int, times: Range<Int>, skipped: Set<Int>)?
        var isStruck = false
        var isDeclined = false
        var isBroken = false
        var role = CalendarRole.work
        var availability = Meeting.Availability.unstated
        /// Of an all-day event: its first day and how many.
        var allDay: (first: CivilDate, days: Int)?
    }

    var people: [Script.Person]
    private(set) var entries: [Int: Entry] = [:]
    /// By address, oldest first.
    private(set) var mail: [String: [MailEntry]] = [:]
    var isGone = false

    init(people: [Script.Person]) {
        self.people = people
    }

    mutating func put(_ entry: Entry) {
        entries[entry.number] = entry
    }

    mutating func put(_ entry: MailEntry, with address: String) {
        mail[address] = ((mail[address] ?? []) + [entry]).sorted()
    }

    mutating func remove(_ number: Int) {
        entries[number] = nil
    }

    mutating func change(_ number: Int, _ change: (inout Entry) -> Void) {
        guard var entry = entries[number] else { return }
        change(&entry)
        entries[number] = entry
    }

    /// Forgets time that was taken and is long over.
    mutating func forget(before instant: Instant) {
        entries = entries.filter { !$0.value.with.isEmpty || $0.value.title != nil || $0.value.start >= instant }
    }

    /// The UIDs of events whose files are broken.
    var broken: [String] { entries.values.filter(\.isBroken).map(\.number).sorted().map { "e\($0)" } }

    /// Everything, as a source hands it over; without the journal.
    func contents(in zone: Zone) -> Contents {
        let meetings = entries.values.filter { !$0.isBroken }.sorted { $0.number < $1.number }.flatMap {
            occurrences($0, zone)
        }
        return Contents(
            contacts: people.filter(\.hasCard).map(contact),
            meetings: isGone ? [] : meetings,
            people: people.enumerated().filter { _, person in
                person.hasEntry || person.isDropped || person.pausedUntil != nil
            }.map { rule($1, line: $0 + 1) },
            mail: mail,
            sources: [
                SourceReading(
                    path: "/calendar",
                    kind: .calendar,
                    items: isGone ? 0 : meetings.count,
                    problem: isGone ? "no such folder" : nil
                ),
                SourceReading(path: "/cards", kind: .contacts, items: people.count { $0.hasCard }),
            ]
        )
    }

    private func contact(_ person: Script.Person) -> Contact {
        Contact(
            id: ContactID(person.uid),
            name: person.name,
            givenName: person.name.split(separator: " ").first.map { String($0) },
            nicknames: [person.nickname].compactMap(\.self),
            emails: person.zone == nil ? [person.email] : [],
            phones: person.zone == nil ? [] : ["+49301000\(person.uid.utf8.reduce(0) { $0 * 10 + Int($1) })"],
            categories: person.isOfCircle ? ["friends"] : [],
            birthday: person.birthday,
            isDeceased: person.isDeceased,
            zone: person.zone,
            place: Place(file: "/cards/\(person.uid).vcf", line: 1)
        )
    }

    private func rule(_ person: Script.Person, line: Int) -> PersonRule {
        PersonRule(
            uid: person.uid,
            networks: person.hasEntry ? [person.network] : nil,
            every: person.hasEntry && !person.isLearned ? person.every : nil,
            atWorst: person.hasEntry && !person.isLearned ? person.atWorst : nil,
            pausedUntil: person.pausedUntil,
            isDropped: person.isDropped,
            place: Place(file: "/people.yaml", line: line)
        )
    }

    private func occurrences(_ entry: Entry, _ zone: Zone) -> [Meeting] {
        guard let (everyDays, times, skipped) = entry.series else { return [meeting(entry, zone)] }
        let first = zone.local(entry.start)
        return times.filter { !skipped.contains($0) }.map { place in
            let date = CivilDate(daysSinceEpoch: first.date.daysSinceEpoch + place * everyDays)
            var one = entry
            one.start = zone.instant(CivilDateTime(date: date, time: first.time))
            var meeting = meeting(one, zone)
            (meeting.isSeries, meeting.recurrenceID) = (true, "\(place)")
            return meeting
        }
    }

    private func meeting(_ entry: Entry, _ zone: Zone) -> Meeting {
        if let (first, days) = entry.allDay {
            let end = CivilDate(daysSinceEpoch: first.daysSinceEpoch + days)
            return Meeting(
                uid: "e\(entry.number)",
                start: zone.start(of: first),
                end: zone.start(of: end),
                isAllDay: true,
                firstDay: first,
                endDay: end,
                role: entry.role,
                summary: "Away",
                isCancelled: entry.isStruck,
                availability: entry.availability,
                place: Place(file: "/calendar/e\(entry.number).ics", line: 1)
            )
        }
        let end = entry.start.adding(minutes: entry.minutes)
        let (organizer, attendees) = participants(entry)
        return Meeting(
            uid: "e\(entry.number)",
            start: entry.start,
            end: end,
            firstDay: zone.date(entry.start),
            endDay: CivilDate(daysSinceEpoch: zone.date(end.adding(seconds: -1)).daysSinceEpoch + 1),
            role: entry.role,
            summary: entry.title ?? (entry.with.isEmpty ? "Desk" : "Talk"),
            isCancelled: entry.isStruck || entry.manner == .cancelled,
            availability: entry.availability,
            organizer: organizer,
            attendees: attendees,
            place: Place(file: "/calendar/e\(entry.number).ics", line: 1)
        )
    }

    private func participants(_ entry: Entry) -> (Participant?, [Participant]) {
        if entry.hasRoom {
            let me = Participant(email: Oracle.me, name: "Ada")
            return (me, [me, Participant(email: "room1@example.com", isPerson: false)])
        }
        guard !entry.with.isEmpty else { return (nil, []) }
        let mine: Participant.Answer =
            switch entry.manner {
            case .unanswered: .needsAction
            case .declined: .declined
            default: .accepted
            }
        let me = Participant(email: Oracle.me, name: "Ada", answer: mine)
        var guests = entry.with.enumerated().filter { people.indices.contains($1) }.map { place, person in
            let isOut = place == 0 && (entry.manner == .theyDeclined || entry.isDeclined)
            return Participant(
                email: people[person].email,
                name: people[person].name,
                answer: isOut ? .declined : .accepted
            )
        }
        let extra = entry.manner == .crowd ? 5 : entry.manner == .large ? 40 : 0
        guests += (0..<extra).map { Participant(email: "x\($0)@example.net") }
        switch entry.manner {
        case .called, .theyDeclined, .cancelled, .crowd, .large: return (me, [me] + guests)
        case .accepted, .unanswered, .declined: return (guests.first, [me] + guests)
        case .stranger: return (guests.first, guests)
        }
    }
}
