import CivilTime

/// Everything one planning looks at, and what it has decided so far.
struct PlanningContext {
    let world: World
    let view: LedgerView
    let now: Instant
    let today: CivilDate
    let policy: Policy
    let free: FreeTime
    let ties: [ContactID: Tie]
    private(set) var records: [NudgeID: NudgeRecord]
    private(set) var changes: [LedgerChange] = []
    var assessments: [ContactID: TieAssessment] = [:]
    /// Sources that are gone, and hold back what depends on them.
    private(set) var goneSources: [SourceMemory] = []

    // What is asked of every tie is found at once, however many there are.

    /// The identities of nudges by whom they are about, under whatever UID the ledger knows them.
    private var byContact: [ContactID: [NudgeID]] = [:]
    private let skips: [ContactID: [CivilDate]]
    /// The rows of the outbox that wait, by the nudges they carry.
    private let pendingRows: [NudgeID: [DeliveryRecord]]

    init(_ world: World, _ view: LedgerView, at now: Instant, policy: Policy) {
        (self.world, self.view, self.now, self.policy) = (world, view, now, policy)
        today = world.zone.date(now)
        free = FreeTime(world: world, policy: policy)
        ties = Dictionary(world.ties.map { ($0.id, $0) }) { first, _ in first }
        records = Dictionary(view.nudges.map { ($0.id, $0) }) { first, _ in first }
        skips = Dictionary(grouping: view.skips) { world.person($0.contact) }.mapValues { $0.map(\.date) }
        var rows: [NudgeID: [DeliveryRecord]] = [:]
        for row in view.deliveries where row.state == .pending {
            guard case .nudges(let ids) = row.key.subject else { continue }
            for id in ids { rows[id, default: []].append(row) }
        }
        pendingRows = rows
        for record in view.nudges {
            for contact in record.id.contacts { byContact[world.person(contact), default: []].append(record.id) }
        }
    }

    /// Takes a nudge as it now is; what is as it was is no change.
    mutating func put(_ record: NudgeRecord) {
        let known = records.updateValue(record, forKey: record.id)
        guard known != record else { return }
        if known == nil {
            for contact in record.id.contacts { byContact[world.person(contact), default: []].append(record.id) }
        }
        changes.append(.put(record))
    }

    mutating func change(_ change: LedgerChange) {
        changes.append(change)
    }

    /// The tie a nudge about one person belongs to; of chance, which may name anybody, one that stands for it.
    func tie(of record: NudgeRecord) -> Tie? {
        guard record.id.contacts.count == 1 else { return nil }
        let id = world.person(record.id.contacts[0])
        return ties[id] ?? (record.reason == .chance ? stranger(id) : nil)
    }

    /// Somebody who is not kept, as if they were; `nil` where there is no such person to be named.
    func stranger(_ id: ContactID) -> Tie? {
        guard let contact = world.contact(id), !world.dropped.contains(contact.id), !contact.isDeceased else {
            return nil
        }
        return Tie(contact: contact)
    }

    /// The outbox row that carries a nudge's present showing, not yet sent.
    func pendingRow(of record: NudgeRecord) -> DeliveryRecord? {
        pendingRows[record.id]?.first { $0.key.occasion == String(record.showings + 1) }
    }

    func firstSeen(_ tie: Tie) -> CivilDate {
        tie.since ?? tie.contact.ids.compactMap { view.firstSeen[$0] }.min() ?? today
    }

    /// The clock of a tie, which a nudge by chance does not move.
    func clock(of tie: Tie) -> TieClock {
        clock(of: tie, records: reconnects(of: tie.id).filter { $0.reason != .chance })
    }

    /// The meeting to come that silences a tie, if there is one.
    func silencingBooking(of tie: Tie) -> Booking? {
        world.bookings[tie.id] == nil ? nil : clock(of: tie, records: []).silencingBooking
    }

    private func clock(of tie: Tie, records: [NudgeRecord]) -> TieClock {
        TieClock(
            tie: tie,
            evidence: world.evidence[tie.id] ?? [],
            bookings: world.bookings[tie.id] ?? [],
            skips: skips[tie.id] ?? [],
            records: records,
            firstSeen: firstSeen(tie),
            today: today
        )
    }

    /// A person's nudges of all kinds, in order.
    func nudges(of contact: ContactID) -> [NudgeRecord] {
        guard let ids = byContact[contact] else { return [] }
        let found = ids.compactMap { records[$0] }
        return found.count > 1 ? found.sorted { $0.id < $1.id } : found
    }

    func reconnects(of contact: ContactID) -> [NudgeRecord] {
        nudges(of: contact).filter { $0.id.kind == .reconnect }
    }

    func datedNudges(of contact: ContactID) -> [NudgeRecord] {
        nudges(of: contact).filter { $0.id.kind != .reconnect }
    }

    /// The open reconnect of a person: there is one at most.
    func openReconnect(of contact: ContactID) -> NudgeRecord? {
        nudges(of: contact).first { $0.id.kind == .reconnect && $0.state.isOpen }
    }

    /// Learns which sources are gone: a path that cannot be read, or that is empty where it was not, is no cancelled meeting.
    ///
    /// | after   | then                                       |
    /// |---------|--------------------------------------------|
    /// | at once | nothing is withdrawn, no reconnect is sent |
    /// | 2 days  | one message on each channel                |
    /// | 14 days | what is read is taken for the truth        |
    ///
    /// The journal and people.yaml are kith's own and may be empty; they are gone only where they cannot be read.
    mutating func judgeSources() {
        for reading in world.sources {
            let memory = view.sources.first { $0.path == reading.path }
            let items = reading.kind == .journal || reading.kind == .people ? 0 : reading.items
            let isGone = reading.problem != nil || items == 0 && (memory?.items ?? 0) > 0
            let judged = SourceMemory(
                path: reading.path,
                items: isGone ? memory?.items ?? 0 : memory.map { $0.items > 0 ? $0.items : items } ?? items,
                goneSince: isGone ? memory?.goneSince ?? now : nil
            )
            if judged != memory, isGone || items > 0 || memory != nil { change(.remember(judged)) }
            if let since = judged.goneSince, now.seconds(since: since) < 14 * 86_400 { goneSources.append(judged) }
        }
    }
}
