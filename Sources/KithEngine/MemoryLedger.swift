package import CivilTime
package import KithCore

/// A ledger in plain memory, for stories that are told once, and for whoever looks where there is no ledger yet.
///
/// It keeps to the contract, and to what SQLite's schema holds of ends and occasions; of what a view does not show any more it lets go for good.
package final class MemoryLedger: Ledger {
    private var held = LedgerView()
    /// Those that were not taken back, oldest first.
    private var answered: [AnswerRecord] = []
    private var answerCount: Int64 = 0
    /// Of what day nothing is held that is out of sight; `nil`: that has to be looked at.
    private var memory: LedgerView.Memory?

    package init() {}

    package func view(at now: Instant) -> LedgerView {
        let memory = LedgerView.Memory(at: now)
        if self.memory != memory { held.forget(memory) }
        self.memory = memory
        return held
    }

    package func apply(_ plan: Plan) throws(LedgerError) {
        guard !plan.changes.isEmpty else { return }
        guard plan.revision == held.revision else { throw .revisionMoved }
        for change in plan.changes {
            switch change {
            case .put(let record): try Self.check(record)
            case .enqueue(let delivery): try check(delivery.key)
            case .firstSeen, .remember, .draw, .announce, .cancel: break
            }
        }
        held.take(plan)
        if memory != LedgerView.Memory(at: plan.now) || !plan.changes.allSatisfy({ isInSight($0) }) { memory = nil }
        // Of a nudge that is not there nothing can be named.
        for case .announce(let id, _) in plan.changes where held.nudge(id) == nil { held.announced[id] = nil }
    }

    /// Whether what a change leaves is in sight on its day for certain.
    private func isInSight(_ change: LedgerChange) -> Bool {
        switch change {
        case .put(let record): memory?.holds(record) ?? false
        case .enqueue, .firstSeen, .remember: true
        case .draw, .announce, .cancel: false
        }
    }

    /// What the schema holds of a nudge: that one is closed on a day, and no other is.
    private static func check(_ record: NudgeRecord) throws(LedgerError) {
        guard record.state.isOpen == (record.closed == nil) else {
            throw .unusable("\(record.id) is \(record.state.name), and its end is another")
        }
    }

    /// And of the outbox: that no occasion of a nudge stands under two live keys.
    private func check(_ key: DeliveryKey) throws(LedgerError) {
        if held.isTaken(key) { throw .unusable("\(key.text) is on its way by another key") }
    }

    package func beginAttempt(_ key: DeliveryKey, at now: Instant) throws(LedgerError) -> Int {
        let place = try place(of: key)
        guard held.deliveries[place].state == .pending else { throw .unusable("no delivery \(key.text) is pending") }
        held.revision += 1
        held.deliveries[place].attempts += 1
        (held.deliveries[place].lastAttemptAt, held.deliveries[place].wasRefused) = (now, false)
        return held.deliveries[place].attempts
    }

    package func finishAttempt(
        _ key: DeliveryKey,
        _ outcome: AttemptOutcome,
        shown: [NudgeID],
        read: [NudgeID],
        at now: Instant
    ) throws(LedgerError) {
        let place = try place(of: key)
        held.revision += 1
        var row = held.deliveries[place]
        defer {
            held.deliveries[place] = row
            if memory?.holds(row) == false { memory = nil }
        }
        row.wasRefused = outcome.isRefusal
        switch outcome {
        case .failed(let problem), .refused(let problem):
            row.problem = problem
        case .sent(let receipt, let wasSeen):
            (row.state, row.sentAt, row.receipt, row.wasSeen, row.problem) = (.sent, now, receipt, wasSeen, nil)
            for id in shown + (wasSeen ? read : []) {
                // An answer may have come while it was sent: then there is nothing left to show.
                guard let record = held.nudge(id), record.state.isOpen else { continue }
                held.put(shown.contains(id) ? record.shown(at: now, wasSeen: wasSeen) : record.read(at: now))
            }
        }
    }

    private func place(of key: DeliveryKey) throws(LedgerError) -> Int {
        guard let place = held.deliveries.lastIndex(where: { $0.key == key }) else {
            throw .unusable("there is no delivery \(key.text)")
        }
        return place
    }

    package func close(_ key: DeliveryKey, as state: DeliveryRecord.State, problem: String?, at now: Instant) {
        precondition(
            state == .failed || state == .cancelled,
            "a delivery is closed without a receipt as failed or cancelled"
        )
        held.revision += 1
        guard let place = held.deliveries.lastIndex(where: { $0.key == key && $0.state == .pending }) else { return }
        (held.deliveries[place].state, held.deliveries[place].problem) = (state, problem)
        memory = nil
    }

    package func record(_ answer: AnswerRecord, after: NudgeRecord?) throws(LedgerError) {
        if let after { try put(after) } else { held.revision += 1 }
        answerCount += 1
        var answer = answer
        (answer.id, answer.contacts) = (answerCount, answer.contacts.sorted())
        answered.append(answer)
        if answer.kind == .skip { readSkips() }
    }

    package func put(_ nudge: NudgeRecord) throws(LedgerError) {
        try Self.check(nudge)
        held.revision += 1
        held.put(nudge)
        if memory?.holds(nudge) == false { memory = nil }
    }

    package func answers(limit: Int) -> [AnswerRecord] {
        answered.suffix(limit).reversed().map { answer in
            var answer = answer
            // An answer changes nothing of a nudge but its state and its end.
            if let id = answer.nudge, var record = held.nudge(id) {
                (record.state, record.closed) = (answer.before?.state ?? .pending, nil)
                answer.before = record
            }
            return answer
        }
    }

    package func undo(_ answer: AnswerRecord) {
        held.revision += 1
        answered.removeAll { $0.id == answer.id }
        if let before = answer.before { held.put(before) }
        memory = nil
        if answer.kind == .skip { readSkips() }
    }

    private func readSkips() {
        held.skips = answered.filter { $0.kind == .skip && $0.nudge?.kind.skipConcernsTie != false }
            .flatMap { answer in answer.contacts.map { SkipRecord(contact: $0, date: answer.date) } }
            .sorted { ($0.date, $0.contact) < ($1.date, $1.contact) }
    }

    package func pause(until day: CivilDate?) {
        held.revision += 1
        held.pausedUntil = day
    }

    /// Whatever could go is gone already.
    package func compact(at now: Instant) {}

    package func acceptSource(path: String?, items: Int, configured: Set<String>) {
        held.revision += 1
        if let path {
            held.remember(SourceMemory(path: path, items: items))
        } else {
            held.sources.removeAll { !configured.contains($0.path) }
        }
    }
}
