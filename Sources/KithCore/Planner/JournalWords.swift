import CivilTime

/// What the journal says of nudges: an entry that names one answers it, and one taken back opens it again.
struct JournalWords {
    private struct Word {
        /// The last of the entries that stand: when the contact was, and of what kind.
        var standing: (when: Instant, answer: AnswerKind)?
        var isTakenBack = false

        /// Whether a nudge is not what it says.
        func isNews(of record: NudgeRecord) -> Bool {
            standing != nil
                ? record.state.isOpen
                : isTakenBack && (record.state == .answered(.met) || record.state == .answered(.wrote))
        }
    }

    private var words: [NudgeID: Word] = [:]

    init(_ journal: [JournalEntry]) {
        for entry in journal { take(entry) }
    }

    private mutating func take(_ entry: JournalEntry) {
        guard let id = entry.nudge else { return }
        if entry.isCancelled {
            words[id, default: Word()].isTakenBack = true
        } else if (words[id]?.standing?.when ?? entry.when) <= entry.when {
            words[id, default: Word()].standing = (entry.when, entry.action == .met ? .met : .wrote)
        }
    }

    /// Reads what was added to a journal; where more than that happened, all of it.
    ///
    /// - Returns: The nudges of which the journal says something else now; `nil`: any.
    mutating func move(from known: [JournalEntry], to journal: [JournalEntry]) -> Set<NudgeID>? {
        let (first, last) = difference(known, journal, by: ==)
        // Both are in one order: what was known has to come again in it.
        var old = known[first..<known.count - last]
        let come = journal[first..<journal.count - last].filter { entry in
            guard old.first == entry else { return true }
            old.removeFirst()
            return false
        }
        let entries = come.filter { $0.nudge != nil }
        let named = Set(entries.compactMap(\.nudge))
        guard old.isEmpty, named.allSatisfy({ words[$0] == nil }), named.count == entries.count else {
            self = JournalWords(journal)
            return nil
        }
        for entry in entries { take(entry) }
        return named
    }

    /// Has those nudges that have to be looked at be what the journal says of them.
    func reconcile(_ context: inout PlanningContext) {
        guard !words.isEmpty else { return }
        let ids = context.named.map { context.moved.union($0).union(context.overtaken) } ?? Set(words.keys)
        context.overtaken = []
        let news = ids.compactMap { id in
            context.records[id].flatMap { words[id]?.isNews(of: $0) == true ? $0 : nil }
        }
        for record in news.sorted(by: { $0.id < $1.id }) {
            if record.state.isOpen {
                // Whatever is put is what it says.
                context.put(record)
            } else if isOvertaken(record, context) {
                context.overtaken.insert(record.id)
            } else {
                context.put(record.reopened())
            }
        }
    }

    /// An open nudge as the last of the entries that stand answers it; `nil` where none does.
    func answered(_ record: NudgeRecord, on today: CivilDate, in zone: Zone) -> NudgeRecord? {
        guard record.state.isOpen, !words.isEmpty, let (when, answer) = words[record.id]?.standing else { return nil }
        return record.answered(answer, on: max(min(zone.date(when), today), record.opened))
    }

    /// Whether contact that is known otherwise answers a reconnect that was shown: it would be closed again at once.
    private func isOvertaken(_ record: NudgeRecord, _ context: PlanningContext) -> Bool {
        guard record.id.kind == .reconnect, record.showings > 0, let tie = context.tie(of: record) else { return false }
        return Reconnect.isNewer(context.clock(of: tie).assessment().base, than: record.base)
    }
}
