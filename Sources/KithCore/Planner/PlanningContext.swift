import CivilTime

/// Everything one planning looks at, and what it has decided so far.
///
/// It is kept for the next, which looks again only at whom anything can have changed of.
struct PlanningContext {
    private(set) var world: World
    private(set) var view: LedgerView
    private(set) var now: Instant
    private(set) var today: CivilDate
    /// Whether the plan before was made on another day, or there is none.
    private(set) var isNewDay = true
    private(set) var policy: Policy
    private(set) var free: FreeTime
    private(set) var records: [NudgeID: NudgeRecord]
    private(set) var changes: [LedgerChange] = []
    var assessments: ByContact<TieAssessment> = [:]
    /// Sources that are gone, and hold back what depends on them.
    private(set) var goneSources: [SourceMemory] = []
    /// Whose clock and nudges have to be looked at; `nil`: everybody's.
    private(set) var stale: Set<ContactID>?
    /// Where the ties of those stand in the world, in order.
    private var stalePlaces: [Int] = []
    /// Nudges that are not what they were at the last plan, those that are no more among them.
    private(set) var moved: Set<NudgeID> = []
    /// What the journal says of nudges, and of which it said something else at the plan before; `nil`: of any.
    private(set) var words: JournalWords
    private(set) var named: Set<NudgeID>?
    /// Nudges that stay as they are for now, whatever it says of them.
    var overtaken: Set<NudgeID> = []
    /// What was promised to people who are kept, as of today.
    private(set) var promises: [PromiseMade]
    /// The ties with a meeting today that is not over.
    private(set) var met: Set<ContactID> = []
    /// Where the ties stand that the ledger has not seen yet, in order.
    private var unseen: [Int]

    // What is asked of every tie is found at once, however many there are.

    /// Hundredths of nudges a week that the cadences ask for.
    private(set) var demand: Int

    /// Where ties stand in the world.
    private let places: [ContactID: Int]
    /// On which day each of them has to be looked at again, though nothing happened; `nil`: it was not asked yet.
    private var turns: [CivilDate?]
    /// The nudges by whom they are about, under whatever UID the ledger knows them.
    private var index: NudgeIndex
    /// What nudges were before this plan put others in their place; `nil` where they were not.
    private var replaced: [NudgeID: NudgeRecord?] = [:]
    private var skips: [ContactID: [CivilDate]]
    private(set) var outbox: OutboxIndex

    init(_ world: World, _ view: LedgerView, at now: Instant, policy: Policy) {
        (self.world, self.view, self.now, self.policy) = (world, view, now, policy)
        free = FreeTime(world: world, policy: policy)
        today = world.zone.date(now)
        places = Dictionary(world.ties.indices.map { (world.ties[$0].id, $0) }) { first, _ in first }
        turns = Array(repeating: nil, count: world.ties.count)
        records = Dictionary(view.nudges.map { ($0.id, $0) }) { first, _ in first }
        index = NudgeIndex(view.nudges, world)
        skips = view.skips(in: world)
        outbox = OutboxIndex(view.deliveries, on: today, in: world.zone)
        unseen = world.ties.indices.filter { view.firstSeen[world.ties[$0].id] == nil }
        demand = world.demand
        words = JournalWords(world.journal)
        promises = world.promises(on: today)
        meet()
    }

    /// Begins the next plan.
    ///
    /// - Parameter touched: Of whom anything may differ from the world of the plan before; all else of contacts and ties does not.
    mutating func move(
        to world: World,
        touched: Set<ContactID>,
        _ view: LedgerView,
        at now: Instant,
        policy: Policy
    ) {
        let (before, known) = (self.world, self.view)
        let today = world.zone.date(now)
        isNewDay = today != self.today
        var rules = policy
        rules.channels = self.policy.channels
        let isAlike =
            rules == self.policy && policy.hasBubbles == self.policy.hasBubbles
            && view.pausedUntil == known.pausedUntil && (!isNewDay || goneSources.isEmpty)
        forgetTurns()
        let turning = isAlike && isNewDay ? turning(on: today) : []
        if !isSame(world.ties, before.ties) { demand = world.demand }
        let isJournalNew = world.journal != before.journal
        named = isJournalNew ? words.move(from: before.journal, to: world.journal) : []
        if isJournalNew || isNewDay { promises = world.promises(on: today) }
        (self.world, self.view, self.now, self.today, self.policy) = (world, view, now, today, policy)
        free = FreeTime(world: world, policy: policy)
        changes = []
        moved = []
        (stale, stalePlaces) = (isAlike ? [] : nil, [])
        mark(touched)
        mark(turning)
        if isNewDay {
            meet()
        } else {
            for contact in touched { _ = isMet(contact) ? met.update(with: contact) : met.remove(contact) }
        }
        take(view.changes(since: known))
        if view.skips != known.skips {
            let now = view.skips(in: world)
            mark(differing(skips, now))
            skips = now
        }
        if view.firstSeen != known.firstSeen {
            mark(differing(known.firstSeen, view.firstSeen).map { world.person($0) })
            unseen = world.ties.indices.filter { view.firstSeen[world.ties[$0].id] == nil }
        }
        // What waits for an instant is looked at each time.
        let rows = outbox.byNudge
        if !isSame(view.deliveries, outbox.rows) {
            outbox = OutboxIndex(view.deliveries, on: today, in: world.zone)
        }
        for id in index.snoozed.map(\.id) + rows.keys + outbox.byNudge.keys { mark(people(of: id)) }
    }

    // MARK: What has to be looked at

    private mutating func mark(_ contacts: some Sequence<ContactID>) {
        guard stale != nil else { return }
        let known = stalePlaces.count
        for contact in contacts where stale?.insert(contact).inserted == true {
            if let place = places[contact] { stalePlaces.append(place) }
        }
        if stalePlaces.count > known { stalePlaces.sort() }
    }

    /// The ties that have to be looked at, in the order of the world.
    var staleTies: [Tie] { stale == nil ? world.ties : stalePlaces.map { world.ties[$0] } }

    /// The reconnects of those who have to be looked at and are kept no more, or of everybody who is not.
    var staleOrphans: [NudgeRecord] {
        var orphans: [NudgeRecord] = []
        for contact in stale ?? Set(index.reconnects.keys) where places[contact] == nil {
            orphans += reconnects(of: contact)
        }
        return orphans
    }

    func isStale(_ record: NudgeRecord) -> Bool {
        stale.map { stale in people(of: record.id).contains { stale.contains($0) } } ?? true
    }

    /// The open nudges that have to be looked at, and all that are not what they were at the last plan; `nil`: all.
    var staleOpen: Set<NudgeID>? {
        guard let stale else { return nil }
        var ids = moved
        for contact in stale {
            for record in index.reconnects[contact] ?? [] where record.state.isOpen { ids.insert(record.id) }
            for record in index.others[contact] ?? [] where record.state.isOpen { ids.insert(record.id) }
        }
        return ids
    }

    /// Those whom a new day concerns: ties whose turn has come, and whom an open nudge of theirs is about.
    private mutating func turning(on day: CivilDate) -> [ContactID] {
        let open = turns.indices.filter { turns[$0] == nil }
        for (place, turn) in zip(open, open.map { turn(of: world.ties[$0]) }) { turns[place] = turn }
        return turns.indices.filter { turns[$0].map { $0 <= day } ?? true }.map { world.ties[$0].id }
            + (index.dated + index.byChance).flatMap { people(of: $0.id) }
    }

    /// Whoever was looked at is asked again when their turn comes.
    private mutating func forgetTurns() {
        guard stale != nil else {
            turns = Array(repeating: nil, count: turns.count)
            return
        }
        for place in stalePlaces { turns[place] = nil }
    }

    /// Finds the ties with a meeting today.
    private mutating func meet() {
        met = []
        for (contact, bookings) in world.bookings where hasOne(bookings, on: today) && places[contact] != nil {
            met.insert(contact)
        }
    }

    private func isMet(_ contact: ContactID) -> Bool {
        places[contact] != nil && hasOne(world.bookings[contact] ?? [], on: today)
    }

    private func people(of id: NudgeID) -> [ContactID] {
        world.aliases.isEmpty ? id.contacts : id.contacts.map { world.person($0) }
    }

    // MARK: Nudges

    /// Takes a nudge as it now is; what is as it was is no change, and what the journal has answered is not open.
    mutating func put(_ nudge: NudgeRecord) {
        let record = words.answered(nudge, on: today, in: world.zone) ?? nudge
        let known = records[record.id]
        guard known != record else { return }
        if replaced[record.id] == nil { replaced[record.id] = .some(known) }
        set(record.id, record)
        changes.append(.put(record))
    }

    mutating func change(_ change: LedgerChange) {
        changes.append(change)
    }

    private mutating func set(_ id: NudgeID, _ record: NudgeRecord?) {
        index.replace(id, people(of: id), by: record)
        records[id] = record
        moved.insert(id)
        mark(people(of: id))
    }

    /// Takes what differs of the nudges of a view, and undoes what the last plan put and the ledger did not take.
    private mutating func take(_ changes: (gone: [NudgeID], come: [NudgeRecord])) {
        if !replaced.isEmpty {
            let taken = Set(changes.gone + changes.come.map(\.id))
            for (id, record) in replaced where !taken.contains(id) { set(id, record) }
            replaced = [:]
        }
        for id in changes.gone { set(id, nil) }
        for record in changes.come where records[record.id] != record { set(record.id, record) }
    }

    /// A person's nudges of all kinds, in order.
    func nudges(of contact: ContactID) -> [NudgeRecord] { datedNudges(of: contact) + reconnects(of: contact) }

    func reconnects(of contact: ContactID) -> [NudgeRecord] { index.reconnects[contact] ?? [] }

    func datedNudges(of contact: ContactID) -> [NudgeRecord] {
        index.others[contact] ?? []
    }

    /// The open reconnect of a person: there is one at most.
    func openReconnect(of contact: ContactID) -> NudgeRecord? {
        reconnects(of: contact).first(where: \.state.isOpen)
    }

    /// The open nudges of a kind other than reconnect as they stand so far, in order.
    func open(_ kind: NudgeKind) -> [NudgeRecord] {
        index.dated.filter { $0.id.kind == kind }
    }

    /// All open nudges of kinds other than reconnect.
    var openDated: [NudgeRecord] { index.dated }

    /// The open nudges by chance, in order.
    var openByChance: [NudgeRecord] { index.byChance }

    /// All that prepare a meeting, open or not.
    var prepares: [NudgeRecord] { index.prepares }

    /// What is put off.
    var snoozed: [NudgeRecord] { index.snoozed }

    /// A nudge that was put off until an instant that has come waits for its moment again; one the user named stays snoozed until
    /// it is shown.
    mutating func wake(_ record: NudgeRecord) {
        put(record.woken(at: now))
    }

    /// The outbox row that carries a nudge's present showing, not yet sent.
    func pendingRow(of record: NudgeRecord) -> DeliveryRecord? {
        guard !outbox.byNudge.isEmpty else { return nil }
        return outbox.byNudge[record.id]?.first { $0.key.occasion == String(record.showings + 1) }
    }

    // MARK: Ties

    /// Has the ledger remember the day on which ties are first seen.
    mutating func seeTies() {
        for place in unseen {
            let tie = world.ties[place]
            change(.firstSeen(tie.id, tie.since.map { min($0, today) } ?? today))
        }
    }

    /// The tie to whoever is kept.
    func tie(_ id: ContactID) -> Tie? { places[id].map { world.ties[$0] } }

    /// The tie a nudge about one person belongs to; of chance, which may name anybody, one that stands for it.
    func tie(of record: NudgeRecord) -> Tie? {
        guard record.id.contacts.count == 1 else { return nil }
        let id = world.person(record.id.contacts[0])
        return tie(id) ?? (record.reason == .chance ? stranger(id) : nil)
    }

    /// Somebody who is not kept, as if they were; `nil` where there is no such person to be named.
    func stranger(_ id: ContactID) -> Tie? {
        guard let contact = world.contact(id), !world.dropped.contains(contact.id), !contact.isDeceased else {
            return nil
        }
        return Tie(contact: contact)
    }

    func firstSeen(_ tie: Tie) -> CivilDate {
        if let since = tie.since { return since }
        if tie.contact.otherCards.isEmpty { return view.firstSeen[tie.id] ?? today }
        return tie.contact.ids.compactMap { view.firstSeen[$0] }.min() ?? today
    }

    /// The clock of a tie, which a nudge by chance does not move.
    func clock(of tie: Tie) -> TieClock { clock(of: tie, reconnects: reconnects(of: tie.id)) }

    /// The same where its reconnects are known.
    func clock(of tie: Tie, reconnects: [NudgeRecord]) -> TieClock {
        let isByChance = reconnects.contains { $0.reason == .chance }
        return clock(of: tie, records: isByChance ? reconnects.filter { $0.reason != .chance } : reconnects)
    }

    /// The meeting to come that silences a tie, if there is one.
    func silencingBooking(of tie: Tie) -> Booking? {
        world.bookings[tie.id]?.silencing(on: today, every: tie.cadence.every)
    }

    /// The days of *skip* of a tie.
    func skips(of tie: Tie) -> [CivilDate] { skips.isEmpty ? [] : skips[tie.id] ?? [] }

    private func clock(of tie: Tie, records: [NudgeRecord]) -> TieClock {
        TieClock(
            contact: tie.id,
            cadence: tie.cadence,
            evidence: world.evidence[tie.id] ?? [],
            bookings: world.bookings[tie.id] ?? [],
            skips: skips(of: tie),
            records: records,
            firstSeen: firstSeen(tie),
            today: today
        )
    }

    // MARK: Sources

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
        let known = goneSources
        goneSources = []
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
        if goneSources != known { stale = nil }
    }
}

extension World {
    /// Summed in millionths, so that a rare cadence is not rounded away.
    fileprivate var demand: Int { ties.reduce(0) { $0 + 7_000_000 / $1.cadence.every } / 10_000 }
}

extension LedgerView {
    /// The days of *skip* by person.
    fileprivate func skips(in world: World) -> [ContactID: [CivilDate]] {
        Dictionary(grouping: skips) { world.person($0.contact) }.mapValues { $0.map(\.date) }
    }
}

/// Whether one of some bookings, the soonest first, is of a day.
private func hasOne(_ bookings: [Booking], on day: CivilDate) -> Bool {
    bookings.prefix { $0.date <= day }.contains { $0.date == day }
}

/// The keys whose values differ.
private func differing<Value: Equatable>(_ old: [ContactID: Value], _ new: [ContactID: Value]) -> Set<ContactID> {
    Set(old.keys.filter { old[$0] != new[$0] }).union(new.keys.filter { old[$0] == nil })
}
