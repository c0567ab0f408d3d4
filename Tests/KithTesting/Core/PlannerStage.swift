package import CivilTime
package import KithCore

/// A small world to plan in: the user Ada, whoever a test keeps, and a ledger that takes what is planned.
///
/// It is a value: a test changes what it needs and asks for the plan. Nothing is read from the machine.
package struct PlannerStage: Sendable {
    /// Tuesday 27 January 2026.
    package static let today = Berlin.day("2026-01-27")
    package static let me = Participant(email: "ada@example.com", name: "Ada Example")

    package var contents = Contents()
    package var rules = Rules(me: Me(name: "Ada Example", emails: ["ada@example.com"], domains: ["example.com"]))
    package var policy = Policy()
    package var daysOff: [ClosedRange<CivilDate>] = []
    package var view = LedgerView()

    /// Nobody is kept yet.
    package init() {}

    /// Ana is kept, strategic, every six weeks, since October.
    package static func withAna() -> PlannerStage {
        var stage = PlannerStage()
        stage.keep("ana")
        return stage
    }

    // MARK: People

    /// Keeps a person whose card has the UID; the address is `UID@example.org` where the UID is none.
    package mutating func keep(
        _ uid: String,
        _ network: Network = .strategic,
        every: Int = 42,
        atWorst: Int? = nil,
        firstSeen: String? = "2025-10-01",
        birthday: AnnualDate? = nil,
        anniversary: AnnualDate? = nil
    ) {
        let email = Self.email(uid)
        contents.contacts.append(
            Contact(id: ContactID(uid), name: uid, emails: [email], birthday: birthday, anniversary: anniversary)
        )
        rules.people.append(PersonRule(uid: uid, networks: [network], every: every, atWorst: atWorst))
        if let firstSeen { view.firstSeen[ContactID(uid)] = Berlin.day(firstSeen) }
    }

    package static func email(_ uid: String) -> String {
        uid.contains("@") ? uid : uid + "@example.org"
    }

    /// Changes a person's card.
    package mutating func card(_ uid: String, _ change: (inout Contact) -> Void) {
        for index in contents.contacts.indices where contents.contacts[index].id.uid == uid {
            change(&contents.contacts[index])
        }
    }

    /// Changes what the user says of a person.
    package mutating func rule(_ uid: String, _ change: (inout PersonRule) -> Void) {
        for index in rules.people.indices where rules.people[index].uid == uid { change(&rules.people[index]) }
    }

    // MARK: Time

    /// A meeting the user called, with people by their UIDs; all accepted.
    package static func meeting(
        _ uid: String,
        _ start: String,
        minutes: Int64 = 60,
        with people: [String] = ["ana"]
    ) -> Meeting {
        let start = Berlin.at(start)
        let end = start.adding(minutes: minutes)
        let (first, last) = (Berlin.zone.date(start), Berlin.zone.date(end.adding(seconds: -1)))
        return Meeting(
            uid: uid,
            start: start,
            end: end,
            firstDay: first,
            endDay: max(first, last).adding(days: 1),
            summary: uid,
            organizer: people.isEmpty ? nil : me,
            attendees: people.isEmpty ? [] : [me] + people.map { Participant(email: email($0), name: $0) }
        )
    }

    /// An all-day event of so many days.
    package static func allDay(_ uid: String, _ first: String, days: Int = 1) -> Meeting {
        let (first, end) = (Berlin.day(first), Berlin.day(first).adding(days: days))
        return Meeting(
            uid: uid,
            start: Berlin.zone.start(of: first),
            end: Berlin.zone.start(of: end),
            isAllDay: true,
            firstDay: first,
            endDay: end,
            summary: uid
        )
    }

    /// Adds a meeting with people, an hour long.
    package mutating func meet(_ start: String, with people: [String] = ["ana"], uid: String? = nil) {
        contents.meetings.append(Self.meeting(uid ?? "meeting-\(start)", start, with: people))
    }

    /// Adds time that is taken.
    package mutating func block(_ start: String, minutes: Int64) {
        contents.meetings.append(Self.meeting("block-\(start)", start, minutes: minutes, with: []))
    }

    /// Takes a meeting out.
    package mutating func cancel(_ uid: String) {
        contents.meetings.removeAll { $0.uid == uid }
    }

    /// Logs that the user met or wrote to a person at noon.
    package mutating func log(_ action: JournalEntry.Action, _ day: String, _ uid: String = "ana") {
        contents.journal.append(
            JournalEntry(
                uid: "\(action.rawValue)-\(day)-\(uid)",
                when: Berlin.at(day + " 12:00"),
                action: action,
                contacts: [ContactID(uid)]
            )
        )
    }

    package mutating func skip(_ day: String, _ uid: String = "ana") {
        view.skips.append(SkipRecord(contact: ContactID(uid), date: Berlin.day(day)))
    }
}
