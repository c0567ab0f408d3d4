package import CivilTime
package import KithCore

extension Engine {
    /// Takes an answer to a nudge, named by its short id or its identity as text.
    ///
    /// An answer to a nudge that is closed already is an answer about its people: a bubble may outlive its nudge.
    package func answer(
        _ answer: Answer,
        nudge name: String,
        at now: Instant,
        randomUID: () -> String
    ) throws(AnswerError) -> AnswerReceipt {
        let view = try currentView(at: now)
        guard let record = view.nudge(named: name) else {
            throw .noSuchNudge(name)
        }
        let open = record.state.isOpen ? record : nil
        return try take(answer, contacts: record.id.contacts, nudge: open, at: now, randomUID: randomUID)
    }

    /// Takes an answer about people.
    ///
    /// Where one open nudge is about just them, it is the one answered.
    package func answer(
        _ answer: Answer,
        contacts: [ContactID],
        at now: Instant,
        randomUID: () -> String
    ) throws(AnswerError) -> AnswerReceipt {
        let view = try currentView(at: now)
        let people = Set(contacts).sorted()
        let open = Array(view.nudges.lazy.filter { $0.state.isOpen && $0.id.contacts == people })
        let record = nudgeMeant(by: answer, among: open)
        return try take(answer, contacts: people, nudge: record, at: now, randomUID: randomUID)
    }

    /// Takes the last answer back, or the last one to a nudge: the journal entry is cancelled, the nudge is as it was.
    package func undo(nudge name: String? = nil, at now: Instant) throws(AnswerError) -> AnswerRecord {
        do {
            let names: NudgeID?
            if let name {
                guard let record = try ledger.view(at: now).nudge(named: name) else {
                    throw AnswerError.noSuchNudge(name)
                }
                names = record.id
            } else {
                names = nil
            }
            let answers = try ledger.answers(limit: 1_000)
            guard let last = answers.first(where: { names == nil || $0.nudge == names }) else {
                throw AnswerError.nothingToUndo
            }
            if let uid = last.journalUID, var entry = source.contents(at: now).journal.first(where: { $0.uid == uid }) {
                entry.isCancelled = true
                try writeJournal(entry)
            }
            try ledger.undo(last)
            return last
        } catch let error as LedgerError {
            throw .ledger(error)
        } catch let error as AnswerError {
            throw error
        } catch {
            throw .journal("\(error)")
        }
    }

    /// Journal first, then ledger: a crash in between is mended by the next turn, which finds the entry by its nudge.
    private func take(
        _ answer: Answer,
        contacts: [ContactID],
        nudge: NudgeRecord?,
        at now: Instant,
        randomUID: () -> String
    ) throws(AnswerError) -> AnswerReceipt {
        let today = setup.zone.date(now)
        switch answer {
        case .met(let when, let note):
            let entry = try log(
                .met,
                of: contacts,
                nudge: nudge,
                when: when,
                note: note,
                now: now,
                randomUID: randomUID
            )
            return try close(nudge, as: .met, contacts: contacts, entry: entry, today: today, now: now)
        case .wrote(let when, let note):
            let entry = try log(
                .wrote,
                of: contacts,
                nudge: nudge,
                when: when,
                note: note,
                now: now,
                randomUID: randomUID
            )
            return try close(nudge, as: .wrote, contacts: contacts, entry: entry, today: today, now: now)
        case .skip:
            return try close(nudge, as: .skip, contacts: contacts, entry: nil, today: today, now: now)
        case .later(let named):
            guard let nudge else { throw .nothingToPutOff(contacts[0]) }
            let until = named ?? nextSlot(for: nudge, at: now)
            let snoozed = nudge.snoozed(until: until, isNamed: named != nil)
            try put(snoozed)
            return AnswerReceipt(contacts: contacts, nudge: snoozed, until: until)
        }
    }

    private func log(
        _ action: JournalEntry.Action,
        of contacts: [ContactID],
        nudge: NudgeRecord?,
        when: Instant,
        note: String?,
        now: Instant,
        randomUID: () -> String
    ) throws(AnswerError) -> JournalEntry {
        guard setup.zone.date(when) <= setup.zone.date(now) else { throw .notYet(when) }
        let cards = source.contents(at: now).contacts
        // Cards are large: only these are copied.
        let known = cards.indices.filter { contacts.contains(cards[$0].id) }.map { cards[$0] }
        // Whoever gives a note without a way to hear of a mistake in it keeps all of it.
        let said = note.map { LoggedNote.lenient($0, now: now, zone: setup.zone) }
        let names = known.map { printable($0.name) }.joined(separator: " and ")
        let verb = action == .met ? "Met" : "Wrote to"
        let entry = JournalEntry(
            uid: nudge.map { "\(stableHexDigest("\(action.rawValue) \($0.id.text)"))@kith" } ?? randomUID(),
            when: when,
            action: action,
            contacts: contacts,
            people: known.compactMap { contact in
                contact.emails.first.map { Participant(email: $0, name: printable(contact.name)) }
            },
            nudge: nudge?.id,
            summary: names.isEmpty ? verb : "\(verb) \(names)",
            note: said?.note,
            promises: [said?.promise].compactMap(\.self)
        )
        try writeJournal(entry)
        return entry
    }

    private func close(
        _ nudge: NudgeRecord?,
        as kind: AnswerKind,
        contacts: [ContactID],
        entry: JournalEntry?,
        today: CivilDate,
        now: Instant
    ) throws(AnswerError) -> AnswerReceipt {
        let after = nudge?.answered(kind, on: today)
        let answer = AnswerRecord(
            kind: kind,
            contacts: contacts,
            nudge: nudge?.id,
            before: nudge,
            journalUID: entry?.uid,
            at: now,
            date: today
        )
        do {
            try ledger.record(answer, after: after)
        } catch {
            throw .ledger(error)
        }
        return AnswerReceipt(contacts: contacts, nudge: after)
    }

    /// Which of somebody's open nudges an answer means that names only the person.
    ///
    /// The reconnect, else what asks for contact on a day. A meeting to prepare is no answer to having met; a promise is
    /// not kept by a meeting nobody said it of, unless it was asked about already.
    private func nudgeMeant(by answer: Answer, among open: [NudgeRecord]) -> NudgeRecord? {
        let isContact: Bool
        switch answer {
        case .met, .wrote: isContact = true
        case .skip, .later: isContact = false
        }
        let kinds: [NudgeKind] = [.reconnect, .birthday, .anniversary, .followUp]
        for kind in kinds {
            if let record = open.first(where: { $0.id.kind == kind }) { return record }
        }
        return open.first { record in
            switch record.id.kind {
            case .prepare: !isContact
            case .promise: record.showings > 0 || answer.isLater
            default: true
            }
        }
    }

    /// The next free moment from tomorrow, or the first of tomorrow's hours where no day ahead has one.
    private func nextSlot(for nudge: NudgeRecord, at now: Instant) -> Instant {
        let tomorrow = setup.zone.date(now).adding(days: 1)
        let world = setup.world(of: source, at: now)
        let tie = world.ties.first { nudge.id.contacts.contains($0.id) }
        let slot = nextFreeSlot(from: tomorrow, for: tie?.network ?? .strategic, world: world, policy: setup.policy)
        return slot?.start ?? setup.zone.start(of: tomorrow)
    }

    private func put(_ record: NudgeRecord) throws(AnswerError) {
        do {
            try ledger.put(record)
        } catch {
            throw .ledger(error)
        }
    }

    private func currentView(at now: Instant) throws(AnswerError) -> LedgerView {
        do {
            return try ledger.view(at: now)
        } catch {
            throw .ledger(error)
        }
    }

    private func writeJournal(_ entry: JournalEntry) throws(AnswerError) {
        do {
            try source.write(entry)
        } catch {
            throw .journal("\(error)")
        }
    }
}

extension LedgerView {
    /// The nudge of a short id, or of an identity as text.
    fileprivate func nudge(named name: String) -> NudgeRecord? {
        NudgeID(text: name).map { nudge($0) } ?? nudges.first { $0.shortID == name }
    }
}
