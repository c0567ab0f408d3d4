import CivilTime
import KithCore
import KithEngine

/// Who is chosen, and why: silence, lateness and what a tie is worth.
extension Invariants {
    /// What the planner makes of each tie beside its clock.
    func judgeTies(_ outlook: Outlook, _ seen: TurnSeen) throws {
        for person in seen.oracle.people.indices where seen.oracle.isKept(person) {
            let contact = ContactID(seen.oracle.people[person].uid)
            guard let assessment = outlook.plan.assessments[contact] else { continue }
            let isDormant = seen.oracle.isDormant(person)
            guard assessment.isDormant == isDormant else {
                throw seen.breach("dormant", "\(contact.uid) is\(isDormant ? "" : " not"): \(seen.story(person))")
            }
        }
    }

    /// What a nudge that waits is worth: that decides who comes first.
    func judgeWorth(_ outlook: Outlook, _ seen: TurnSeen) throws {
        for nudge in outlook.plan.nudges where nudge.record.id.kind == .reconnect && nudge.record.state == .pending {
            let record = nudge.record
            guard record.reason != .chance, record.showings == 0, record.snoozes == 0, goneSince.isEmpty,
                let person = person(record.id.contacts[0]), seen.oracle.isKept(person),
                let verdict = seen.verdicts[person]
            else { continue }
            let worth = seen.oracle.worth(person, due: verdict.due)
            guard nudge.score != worth else { continue }
            throw seen.breach("worth", "\(record.id.text) \(nudge.score), should be \(worth): \(seen.story(person))")
        }
    }

    /// A heavy week is seen as one, and what has a moment of work in it asks for a line.
    func judgeLoad(_ outlook: Outlook, _ seen: TurnSeen) throws {
        let isHeavy = seen.oracle.isHeavyWeek(seen.setup.policy)
        guard outlook.plan.isHeavyWeek == isHeavy else {
            throw seen.breach("heavy week", "this is \(isHeavy ? "one" : "none")")
        }
        guard isHeavy else { return }
        let sunday = Oracle.monday(of: seen.today) + 6
        for nudge in outlook.plan.nudges where nudge.record.id.kind == .reconnect && nudge.network != .personal {
            guard let slot = nudge.slot, seen.oracle.zone.date(slot.start).daysSinceEpoch <= sunday else { continue }
            if !nudge.isOneLine { throw seen.breach("one line", "\(nudge.record.id.text) at \(slot.start)") }
        }
    }

    /// Of work one is asked about in a heavy week, and no more.
    func judgeLine(_ send: Send, _ seen: TurnSeen) throws {
        guard send.isBudgeted, send.attempt == 1, isWork(send, seen), seen.oracle.isHeavyWeek(seen.setup.policy) else {
            return
        }
        let monday = Oracle.monday(of: seen.today)
        let before = sends.last { other in
            other.isReceipted && other.isBudgeted && other.epoch == send.epoch && isWork(other, seen)
                && (monday..<monday + 7).contains(seen.oracle.zone.date(other.at).daysSinceEpoch)
        }
        if let before { throw seen.breach("heavy week", "\(send.key.text) after \(before.key.text)") }
    }

    private func isWork(_ send: Send, _ seen: TurnSeen) -> Bool {
        send.ids.contains { id in
            id.kind == .reconnect && person(id.contacts[0]).map { seen.oracle.people[$0].network != .personal } == true
        }
    }

    /// Of those who are silent for long one is asked about a week; two where fewer than three others are due.
    func judgeDormant(_ send: Send, _ seen: TurnSeen) throws {
        guard send.isBudgeted, send.attempt == 1, let id = send.ids.first, isDormant(id, seen),
            seen.view.announced[id] == nil
        else { return }
        let monday = Oracle.monday(of: seen.today)
        let before = sends.count { other in
            other.isReceipted && other.isBudgeted && other.ids.contains { isDormant($0, seen) }
                && (monday..<monday + 7).contains(seen.oracle.zone.date(other.at).daysSinceEpoch)
        }
        let waiting = seen.oracle.people.indices.count { isWaiting($0, seen) }
        if before >= (waiting < 3 ? 2 : 1) {
            throw seen.breach("dormant", "\(id.text) is the \(before + 1)th of the week, and \(waiting) others are due")
        }
    }

    private func isDormant(_ id: NudgeID, _ seen: TurnSeen) -> Bool {
        id.kind == .reconnect && seen.record(id)?.reason == .dormant
    }

    /// Whether somebody is due, not silent for long, held by nothing, and was not shown yet.
    private func isWaiting(_ person: Int, _ seen: TurnSeen) -> Bool {
        let oracle = seen.oracle
        guard oracle.isKept(person), !oracle.isDormant(person), !oracle.isBooked(person),
            let verdict = seen.verdicts[person], verdict.due <= seen.today,
            oracle.people[person].pausedUntil.map({ $0 <= seen.today }) ?? true,
            !oracle.birthdays(person).contains(where: { (-17...11).contains($0) })
        else { return false }
        let wasShown = seen.records[person].contains { record in
            record.deliveredAt.map { abs(seen.now.seconds - $0.seconds) < 15 * 86_400 } == true
        }
        return !wasShown
            && seen.records[person].contains { record in
                record.id.kind == .reconnect && record.state == .pending && record.showings == 0 && record.snoozes == 0
                    && (record.reason == .due || record.reason == .late)
            }
    }
}
