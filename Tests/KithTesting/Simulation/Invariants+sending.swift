import CivilTime
import KithCore
import KithEngine

/// What passes through the ports: rows before messages, messages before receipts, and each at a time when it may be.
extension Invariants {
    mutating func judge(_ step: Trace.Step, _ seen: TurnSeen) throws {
        switch step {
        case .begun(let key, let number): begun[key] = number
        case .sent(let key, let delivery, let outcome):
            try judgeSend(key, delivery, outcome, seen)
        case .finished(let key, let outcome): try judgeReceipt(key, outcome, seen)
        case .retracted(let receipt): retracted.insert(receipt)
        case .tookStalePlan: throw seen.breach("revision", "a plan of an older revision was taken")
        case .closed, .crashed: break
        }
    }

    private mutating func judgeSend(
        _ key: DeliveryKey,
        _ delivery: Delivery?,
        _ outcome: AttemptOutcome,
        _ seen: TurnSeen
    ) throws {
        guard let number = begun[key], delivery.map({ $0.attempt == number }) ?? true else {
            throw seen.breach("attempt row", "\(key.text) was sent before its attempt was written")
        }
        if sends.contains(where: { $0.key == key && $0.isReceipted && !isLetGo($0) }) {
            throw seen.breach("sent twice", "\(key.text) has its receipt and was sent again")
        }
        let oracle = seen.oracle
        if oracle.isQuiet(seen.setup.policy) { throw seen.breach("quiet", key.text) }
        var ids: [NudgeID] = []
        if case .nudges(let named) = key.subject { ids = named }
        if case .digest = key.subject {
        } else if let busy = oracle.busy {
            throw seen.breach("busy", "\(key.text) during \(busy.uid) until \(busy.end)")
        }
        let isFirst = ids.allSatisfy { showings[$0] ?? 0 == 0 && !mayBePutOff($0) }
        let send = Send(
            at: seen.now,
            key: key,
            ids: ids,
            attempt: number,
            outcome: outcome,
            isBudgeted: isFirst && ids.contains { $0.kind == .reconnect },
            epoch: epoch
        )
        for id in ids { try judge(id, send, seen) }
        if !ids.isEmpty { try judgeLimits(send, seen) }
        try judgeDormant(send, seen)
        try judgeLine(send, seen)
        if let delivery { try judgeWords(delivery.message, ids, seen) }
        sends.append(send)
    }

    /// One nudge of a message: whether it is wanted, and now.
    private func judge(_ id: NudgeID, _ send: Send, _ seen: TurnSeen) throws {
        guard let person = person(id.contacts[0]), let record = seen.record(id) else {
            throw seen.breach("unknown", "\(id.text) is in no ledger, or about nobody")
        }
        guard record.reason == .chance ? seen.oracle.canBeNamed(person) : seen.oracle.isKept(person) else {
            throw seen.breach("not kept", id.text)
        }
        let expected = String((showings[id] ?? 0) + 1)
        guard send.key.occasion == expected else {
            throw seen.breach("occasion", "\(send.key.text), but it was shown \(showings[id] ?? 0) times")
        }
        if let other = sends.last(where: {
            $0.ids.contains(id) && $0.key.occasion == send.key.occasion && $0.key != send.key
        }),
            case .sent = other.outcome
        {
            throw seen.breach("two keys", "\(send.key.text) after \(other.key.text)")
        }
        let isSaid = seen.oracle.journal.contains { $0.nudge == id && !$0.isCancelled }
        if answered.contains(id) || isSaid {
            throw seen.breach("answered", "\(id.text) was sent though it is answered")
        }
        if let until = snoozed[id]?.until, seen.now < until {
            throw seen.breach("snoozed", "\(id.text) was put off until \(until)")
        }
        let pauses = [seen.oracle.people[person].pausedUntil, seen.view.pausedUntil].compactMap(\.self)
        if pauses.contains(where: { $0 > seen.today }) { throw seen.breach("paused", id.text) }
        try judgeHours(id, person, seen)
        try judgePromise(id, seen)
        if id.kind == .reconnect { try judgeReconnect(record, person, seen) }
        if record.reason == .chance, expected == "1", !mayBePutOff(id) { try judgeFirst(record, seen) }
        if id.kind == .birthday, !seen.oracle.birthdays(person).contains(where: { (-3...0).contains($0) }) {
            throw seen.breach("birthday", "\(id.text) on no such day")
        }
    }

    private func judgeHours(_ id: NudgeID, _ person: Int, _ seen: TurnSeen) throws {
        guard id.kind != .prepare else { return }
        if seen.oracle.secondsFree < 300 { throw seen.breach("too short", id.text) }
        guard snoozed[id]?.isNamed != true, unsure.isDisjoint(with: id.contacts) else { return }
        guard isInHours(id, person, seen) else { throw seen.breach("hours", id.text) }
    }

    /// Whether it is one of the hours of a nudge: of its network, or from nine on.
    func isInHours(_ id: NudgeID, _ person: Int, _ seen: TurnSeen) -> Bool {
        if id.kind == .birthday || id.kind == .anniversary { return seen.oracle.minute(at: seen.now) >= 540 }
        let network = id.kind == .promise ? .strategic : seen.oracle.people[person].network
        return seen.oracle.isInHours(network, seen.setup.policy)
    }

    /// Whether the ledger may have let go of a message that is about no nudge, before a clock was set back to it.
    private func isLetGo(_ send: Send) -> Bool {
        let newest = sends.map(\.at).max() ?? send.at
        return send.ids.isEmpty && newest.seconds - send.at.seconds > 200 * 86_400
    }

    /// Whether it was put off at some time, or may have been: then it is outside the budget.
    private func mayBePutOff(_ id: NudgeID) -> Bool {
        everSnoozed.contains(id) || !unsure.isDisjoint(with: id.contacts)
    }

    private func judgeReconnect(_ record: NudgeRecord, _ person: Int, _ seen: TurnSeen) throws {
        let (oracle, id) = (seen.oracle, record.id)
        if isGone(seen.now) { throw seen.breach("source", "\(id.text) was sent while a source is gone") }
        if oracle.isBooked(person) { throw seen.breach("booked", "\(id.text), and a meeting is booked") }
        if oracle.birthdays(person).contains(where: { (0...10).contains($0) }) {
            throw seen.breach("birthday near", id.text)
        }
        // What was put off comes back when its time is there, though a slower rhythm was written meanwhile.
        if record.reason != .chance, !mayBePutOff(id), let due = seen.verdicts[person]?.due, due > seen.today {
            throw seen.breach("not due", "\(id.text) is due on \(due): \(seen.story(person))")
        }
        if !mayBePutOff(id), !oracle.canBeCalled(person) { throw seen.breach("call", "\(id.text) at their night") }
        guard record.mark?.cause != .withdrawn else { return }
        let recent = sends.last { other in
            other.isReceipted
                && other.ids.contains { known in
                    known.contacts == id.contacts
                        && (known.kind == .birthday || known.kind == .reconnect && known.cycle != id.cycle)
                } && seen.today.daysSinceEpoch - oracle.zone.date(other.at).daysSinceEpoch < 14
        }
        if let recent { throw seen.breach("too soon", "\(id.text) after \(recent.key.text)") }
    }

    private func judgeLimits(_ send: Send, _ seen: TurnSeen) throws {
        guard send.attempt == 1 else { return }
        let zone = seen.oracle.zone
        let done = sends.filter(\.isReceipted).filter { !$0.ids.isEmpty }
        let ofToday = done.filter { zone.date($0.at) == seen.today }
        let (perDay, perWeek) = (seen.setup.policy.perDay, seen.setup.policy.perWeek)
        if send.isBudgeted {
            let monday = seen.today.daysSinceEpoch - seen.today.weekday.rawValue
            let ofWeek = done.filter { (monday..<monday + 7).contains(zone.date($0.at).daysSinceEpoch) }
            if ofToday.count(where: \.isBudgeted) >= perDay { throw seen.breach("day's budget", send.key.text) }
            if ofWeek.count(where: \.isBudgeted) >= perWeek { throw seen.breach("week's budget", send.key.text) }
        }
        if ofToday.count >= 3 { throw seen.breach("three a day", send.key.text) }
        if send.ids.allSatisfy({ $0.kind != .prepare }), let last = done.last, last.attempt == 1, last.epoch == epoch,
            abs(last.at.seconds - send.at.seconds) < 7_200,
            // Before a meeting one may come at the very instant of another.
            last.at != send.at || last.ids.contains(where: { $0.kind != .prepare })
        {
            throw seen.breach("two hours", "\(send.key.text) after \(last.key.text)")
        }
    }

    /// Personal ties carry no numbers of days and no lateness.
    private func judgeWords(_ message: Message, _ ids: [NudgeID], _ seen: TurnSeen) throws {
        guard !ids.isEmpty,
            ids.allSatisfy({ person($0.contacts[0]).map { seen.oracle.people[$0].network == .personal } == true })
        else { return }
        let text = "\(message.title) \(message.body)".lowercased()
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != ":" }
        let units: Set<Substring> = ["day", "days", "week", "weeks", "month", "months", "year", "years"]
        let hasCount = zip(words, words.dropFirst()).contains { $0.allSatisfy(\.isNumber) && units.contains($1) }
        if hasCount || words.contains("late") || words.contains("overdue") {
            throw seen.breach("personal", message.body)
        }
    }

    private mutating func judgeReceipt(_ key: DeliveryKey, _ outcome: AttemptOutcome, _ seen: TurnSeen) throws {
        guard let index = sends.lastIndex(where: { $0.key == key }), sends[index].attempt == begun[key],
            !sends[index].isReceipted
        else { throw seen.breach("receipt first", "\(key.text) has a receipt and was not sent") }
        guard case .sent(let receipt, let wasSeen) = outcome else { return }
        sends[index].isReceipted = true
        for id in sends[index].ids {
            showings[id, default: 0] += 1
            snoozed[id] = nil
            if wasSeen { seenAt[id, default: []].append(seen.now) }
        }
        if case .digest = key.subject, wasSeen { digestsSeen.append(seen.now) }
        if let receipt, !sends[index].ids.isEmpty { bubbles.append((receipt, sends[index].ids, seen.now)) }
    }

    func person(_ contact: ContactID) -> Int? {
        TurnSeen.person(contact).flatMap { script.people.indices.contains($0) ? $0 : nil }
    }
}
