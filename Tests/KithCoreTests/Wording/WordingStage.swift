import CivilTime
import KithCore

/// People, what is known of them, and a plan written by hand, to see what is said of it.
///
/// It is Tuesday 27 January 2026, 14:10 in Berlin; there is free time until 14:30.
struct WordingStage {
    static let berlin = Zone(
        name: "Europe/Berlin",
        rules: ZoneRules(initialOffset: 3_600, transitions: [], tail: TailRule("CET-1CEST,M3.5.0,M10.5.0/3".utf8))
    )
    static let today = day("2026-01-27")
    static let free = slot("2026-01-27 14:10", until: "14:30")

    var world = World(zone: berlin)
    var view = LedgerView()
    var policy = Policy()
    var nudges: [PlannedNudge] = []
    var assessments: ByContact<TieAssessment> = [:]
    var goneSources: [SourceMemory] = []
    var now = at("2026-01-27 14:10")

    var plan: Plan {
        Plan(
            revision: 1,
            now: now,
            today: world.zone.date(now),
            nudges: nudges,
            assessments: assessments,
            goneSources: goneSources,
            spentToday: 1,
            spentThisWeek: 3,
            next: now.adding(seconds: 3_600)
        )
    }

    var screens: Screens { Screens(plan: plan, world: world, view: view, policy: policy) }
    var weekly: Message? { digest(plan: plan, world: world, view: view, policy: policy) }

    /// A test's own slip in a date gives one that no table expects.
    static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: -1) }

    /// `2026-01-27 14:10`, or with seconds, in Berlin or another zone.
    static func at(_ text: String, in zone: Zone = berlin) -> Instant {
        let clock = text.dropFirst(11).split(separator: ":").map { Int($0) ?? -1 } + [0, 0]
        let time = TimeOfDay(hour: clock[0], minute: clock[1], second: clock[2]) ?? .midnight
        return zone.instant(CivilDateTime(date: day(String(text.prefix(10))), time: time))
    }

    /// `2026-01-27 14:10` until a time of the same day.
    static func slot(_ start: String, until end: String) -> Slot {
        Slot(start: at(start), end: at("\(start.prefix(10)) \(end)"))
    }
}

// MARK: - Who and what is known

extension WordingStage {
    /// Adds a card that nobody keeps.
    mutating func know(_ contact: Contact) {
        world.contacts.append(contact)
        world.contacts.sort { $0.id < $1.id }
    }

    /// Adds somebody who is kept, with a wait that says due since 20 January where nothing else is said.
    mutating func keep(
        _ contact: Contact,
        _ networks: Network...,
        every: Int = 42,
        rule: TieRule = TieRule(circle: "sponsors", place: Place(file: "/home/ada/.config/kith/config.yaml", line: 14))
    ) {
        know(contact)
        let cadence = Cadence(every: every) ?? .standard
        world.ties.append(
            Tie(contact: contact, networks: networks.isEmpty ? [.strategic] : networks, cadence: cadence, rule: rule)
        )
        world.ties.sort { $0.id < $1.id }
        let (due, mark) = (Self.day("2026-01-20"), Mark(.met, Self.day("2026-01-20").adding(days: -every)))
        assessments[contact.id] = TieAssessment(
            contact: contact.id,
            base: mark,
            mark: mark,
            due: due,
            lateFrom: due.adding(days: cadence.atWorst - every),
            band: .due
        )
    }

    /// Adds evidence, the newest first; of weight 50 and more, and a line sent, it is the last contact.
    mutating func happened(_ evidence: Evidence) {
        world.evidence[evidence.contact, default: []].append(evidence)
        world.evidence[evidence.contact]?.sort { ($1.date, $0.uid) < ($0.date, $1.uid) }
        let last = world.evidence[evidence.contact]?.first { $0.weight >= 50 || $0.origin == .wrote }
        assessments[evidence.contact]?.lastContact = last
    }

    /// A meeting in the work calendar.
    mutating func met(
        _ uid: String,
        on date: String,
        _ title: String,
        people: Int = 1,
        weight: Int = 100,
        isPrivate: Bool = false,
        event: String = "3f9a"
    ) {
        happened(
            Evidence(
                contact: ContactID(uid),
                date: Self.day(date),
                start: Self.at("\(date) 10:00"),
                origin: .meeting,
                weight: weight,
                people: people,
                uid: "\(event)@example.com",
                summary: title,
                isPrivate: isPrivate,
                place: Place(file: "/home/ada/calendars/work/\(event).ics", line: 4)
            )
        )
    }

    /// What the user said themselves.
    mutating func said(_ uid: String, _ origin: Evidence.Origin, on date: String, note: String? = nil) {
        happened(
            Evidence(
                contact: ContactID(uid),
                date: Self.day(date),
                start: Self.at("\(date) 10:00"),
                origin: origin,
                weight: origin == .met ? 100 : 0,
                uid: "entry-\(date)",
                summary: "Met",
                note: note,
                isPrivate: true,
                place: Place(file: "/home/ada/journal/\(date).ics", line: 1)
            )
        )
    }

    /// Adds an open nudge; what it waits for decides where it stands.
    mutating func ask(
        _ uid: String,
        _ waiting: Waiting,
        _ kind: NudgeKind = .reconnect,
        due: String = "2026-01-20",
        deliveredAt: Instant? = nil
    ) {
        var record = record(uid, kind, due: due)
        if case .answer = waiting { record.state = .delivered }
        record.deliveredAt = deliveredAt
        let network = world.ties.first { $0.id.uid == uid }?.network ?? .strategic
        nudges.append(PlannedNudge(record: record, waiting: waiting, network: network))
    }

    func record(_ uid: String, _ kind: NudgeKind = .reconnect, due: String = "2026-01-20") -> NudgeRecord {
        let id = NudgeID(
            kind: kind,
            contacts: [ContactID(uid)],
            cycle: kind == .reconnect ? "met-2025-12-09" : String(due.prefix(4))
        )
        let reason: NudgeReason = kind == .birthday ? .birthday : kind == .anniversary ? .anniversary : .due
        return NudgeRecord(id: id, shortID: id.shortID(), reason: reason, due: Self.day(due), opened: Self.today)
    }

    /// What a bubble says about people; a birthday's people share it.
    func bubble(
        _ uids: String...,
        kind: NudgeKind = .reconnect,
        due: String = "2026-01-20",
        slot: Slot? = free
    ) -> Message {
        message(
            for: uids.map { record($0, kind, due: due) },
            assessments: assessments,
            world: world,
            slot: slot,
            now: now,
            policy: policy,
            nudges: view.nudges
        )
    }
}

// MARK: - The sample

extension WordingStage {
    static func card(
        _ uid: String,
        _ name: String,
        emails: [String]? = nil,
        phones: [String] = []
    ) -> Contact {
        Contact(
            id: ContactID(uid),
            name: name,
            emails: emails ?? ["\(uid)@mail.example"],
            phones: phones,
            place: Place(file: "/home/ada/contacts/\(uid).vcf", line: 1)
        )
    }

    /// Ana is due, Mira has her birthday tomorrow, Jonas is a friend.
    static func sample() -> WordingStage {
        var stage = WordingStage()
        stage.keep(card("ana", "Ana Ruiz", emails: ["ana@meridian.example"]))
        stage.met("ana", on: "2025-12-09", "Coffee w/ Ana")
        stage.met("ana", on: "2026-01-15", "All hands", people: 41, weight: 0, event: "77b0")
        stage.keep(card("mira", "Mira Okafor"), .personal, rule: friends)
        stage.keep(card("jonas", "Jonas"), .personal, every: 60, rule: friends)
        stage.met("jonas", on: "2025-11-20", "Pint", event: "1a2b")
        stage.ask("ana", .moment(free))
        stage.ask("mira", .moment(slot("2026-01-28 09:00", until: "12:00")), .birthday, due: "2026-01-28")
        stage.ask("jonas", .moment(slot("2026-01-29 18:40", until: "20:30")))
        return stage
    }

    static let friends = TieRule(circle: "friends", place: Place(file: "/home/ada/.config/kith/config.yaml", line: 20))
}
