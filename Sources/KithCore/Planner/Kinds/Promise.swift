import CivilTime

/// What the user promised somebody, asked about on its day.
///
/// | the journal says                     | then                                                              |
/// |--------------------------------------|-------------------------------------------------------------------|
/// | a promise by a day                   | a nudge for each who is kept, shown in work hours of that day     |
/// | … a day without work hours           | … of the last day before it that has some                         |
/// | an answer to it (done, wrote)        | it is kept                                                        |
/// | the entry is undone, or gone         | withdrawn; while a source is gone only where it is undone         |
/// | a promise due 28 days ago or more that the ledger does not know | nothing: a lost ledger brings no flood |
///
/// It stays until it is answered.
enum Promise {
    /// Days after its day on which one that is new to the ledger is still asked about.
    static let memory = 28
    /// How far back a day with work hours is looked for.
    private static let search = 7

    static let rule = NudgeKindRule(
        kind: .promise,
        isDated: true,
        review: { review(&$0) },
        gaps: { context, record, day in
            guard day >= firstDay(by: record.due, context) else { return [] }
            return context.free.gaps(on: day, network: .strategic)
        },
        // What was promised to two people at once is one promise.
        shares: { $0.id.cycle },
        // Promises are looked at every time.
        turns: { _, _ in nil }
    )

    /// The day from which it is shown: the promise's own, where that has work hours.
    private static func firstDay(by due: CivilDate, _ context: PlanningContext) -> CivilDate {
        (0...search).lazy.map { due.adding(days: -$0) }.first { context.world.isWorkday($0, context.policy) } ?? due
    }

    /// Whether its entry is there and undone, which no source that is gone can be the reason of.
    private static func isTakenBack(_ record: NudgeRecord, _ context: PlanningContext) -> Bool {
        context.world.journal.contains { $0.isCancelled && record.id.cycle == "\($0.uid) \(record.due)" }
    }

    private static func review(_ context: inout PlanningContext) {
        var wanted: [NudgeID: CivilDate] = [:]
        for promise in context.promises {
            for contact in promise.contacts { wanted[promise.nudge(for: contact)] = promise.due }
        }
        for record in context.open(.promise) {
            if wanted[record.id] == nil, context.goneSources.isEmpty || isTakenBack(record, context) {
                context.put(record.expired(.withdrawn, on: context.today))
            } else {
                context.wake(record)
            }
        }
        guard !wanted.isEmpty else { return }
        let answered = context.world.answeredInJournal
        for (id, due) in wanted.sorted(by: { $0.key < $1.key }) {
            if let known = context.records[id] {
                if known.state == .expired(.withdrawn) { context.put(known.reopened()) }
            } else if !answered.contains(id), context.today.days(since: due) < memory {
                context.put(NudgeRecord(id: id, reason: .promise, due: due, opened: context.today))
            }
        }
    }
}

/// A promise of the journal: what, by when, and to whom of those who are kept.
struct PromiseMade: Hashable {
    let entry: String
    let text: String
    let due: CivilDate
    /// Sorted, not empty.
    let contacts: [ContactID]

    /// The identity of the nudge that asks one of them about it.
    func nudge(for contact: ContactID) -> NudgeID {
        NudgeID(kind: .promise, contacts: [contact], cycle: "\(entry) \(due)")
    }
}

extension World {
    /// What was promised to people who are kept, the earliest first; what one entry promises by one day is one promise.
    func promises(on today: CivilDate) -> [PromiseMade] {
        let entries = journal.filter { !$0.isCancelled && !$0.promises.isEmpty && zone.date($0.when) <= today }
        guard !entries.isEmpty else { return [] }
        let cards = Set(contacts.map(\.id))
        return entries.flatMap { entry -> [PromiseMade] in
            let known = Set(entry.contacts).intersection(cards)
            let addresses = Set(entry.people.map(\.email))
            let kept = ties.filter { tie in
                known.isEmpty ? !addresses.isDisjoint(with: tie.contact.emails) : known.contains(tie.id)
            }.map(\.id).sorted()
            guard !kept.isEmpty else { return [] }
            return Dictionary(grouping: entry.promises, by: \.due).map { due, promises in
                let text = promises.map { printable($0.text) }.sorted().joined(separator: "; ")
                return PromiseMade(entry: entry.uid, text: text, due: due, contacts: kept)
            }
        }.sorted { ($0.due, ContactID($0.entry)) < ($1.due, ContactID($1.entry)) }
    }

    /// The nudges that entries of the journal answer.
    fileprivate var answeredInJournal: Set<NudgeID> {
        Set(journal.filter { !$0.isCancelled }.compactMap(\.nudge))
    }

    /// The promises to somebody that are not answered yet, the earliest first.
    ///
    /// - Parameter nudges: The ledger's: it knows of those that were skipped.
    func openPromises(to contact: ContactID, on today: CivilDate, nudges: some Sequence<NudgeRecord>) -> [PromiseMade] {
        let promises = promises(on: today).filter { $0.contacts.contains(contact) }
        guard !promises.isEmpty else { return [] }
        var closed = answeredInJournal
        closed.formUnion(nudges.filter { !$0.state.isOpen && $0.state != .expired(.withdrawn) }.map(\.id))
        return promises.filter { !closed.contains($0.nudge(for: contact)) }
    }

    /// The promise a nudge asks about; `nil` where its entry is gone.
    func promise(of nudge: NudgeID, on today: CivilDate) -> PromiseMade? {
        promises(on: today).first { promise in promise.contacts.contains { promise.nudge(for: $0) == nudge } }
    }
}
