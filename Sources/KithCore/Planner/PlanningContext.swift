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

    init(_ world: World, _ view: LedgerView, at now: Instant, policy: Policy) {
        (self.world, self.view, self.now, self.policy) = (world, view, now, policy)
        today = world.zone.date(now)
        free = FreeTime(world: world, policy: policy)
        ties = Dictionary(world.ties.map { ($0.id, $0) }) { first, _ in first }
        records = Dictionary(view.nudges.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Takes a nudge as it now is; what is as it was is no change.
    mutating func put(_ record: NudgeRecord) {
        guard records[record.id] != record else { return }
        records[record.id] = record
        changes.append(.put(record))
    }

    mutating func change(_ change: LedgerChange) {
        changes.append(change)
    }

    /// The tie a nudge about one person belongs to.
    func tie(of record: NudgeRecord) -> Tie? {
        record.id.contacts.count == 1 ? ties[record.id.contacts[0]] : nil
    }

    /// The outbox row that carries a nudge's present showing, not yet sent.
    func pendingRow(of record: NudgeRecord) -> DeliveryRecord? {
        view.deliveries.first { row in
            guard row.state == .pending, case .nudges(let ids) = row.key.subject else { return false }
            return ids.contains(record.id) && row.key.occasion == String(record.showings + 1)
        }
    }

    func firstSeen(_ tie: Tie) -> CivilDate {
        tie.since ?? view.firstSeen[tie.id] ?? today
    }

    func clock(of tie: Tie) -> TieClock {
        TieClock(
            tie: tie,
            evidence: world.evidence[tie.id] ?? [],
            bookings: world.bookings[tie.id] ?? [],
            skips: view.skips.filter { $0.contact == tie.id }.map(\.date),
            records: reconnects(of: tie.id),
            firstSeen: firstSeen(tie),
            today: today
        )
    }

    func reconnects(of contact: ContactID) -> [NudgeRecord] {
        (byContact[contact] ?? []).compactMap { records[$0] }.filter { $0.id.kind == .reconnect }.sorted {
            $0.id < $1.id
        }
    }

    func datedNudges(of contact: ContactID) -> [NudgeRecord] {
        (byContact[contact] ?? []).compactMap { records[$0] }.filter { $0.id.kind != .reconnect }.sorted {
            $0.id < $1.id
        }
    }

    /// The ledger's identities by whom they are about.
    ///
    /// Nudges opened in this planning are not among them: each tie is asked before its own is.
    var byContact: [ContactID: [NudgeID]] = [:]

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
