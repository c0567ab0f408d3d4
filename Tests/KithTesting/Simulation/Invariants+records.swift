import CivilTime
import KithCore
import KithEngine

/// What the ledger holds after a turn, and what the planner made of it.
extension Invariants {
    mutating func judgeRecords(_ seen: TurnSeen) throws {
        var now: [NudgeID: NudgeState] = [:]
        var open: Set<ContactID> = []
        for record in seen.view.nudges {
            now[record.id] = record.state
            if record.state.isOpen != (record.closed == nil) { throw seen.breach("closed", "\(record)") }
            guard record.id.kind == .reconnect else { continue }
            if record.state.isOpen, !open.insert(record.id.contacts[0]).inserted, goneSince.isEmpty, seen.isWhole {
                let story = TurnSeen.person(record.id.contacts[0]).map { seen.story($0) }
                throw seen.breach("two open", "\(record.id.text): \(story ?? "")")
            }
            if record.reason != .chance, Mark(record.id.cycle) == nil {
                throw seen.breach("identity", "\(record.id.text) is no mark")
            }
        }
        for (id, state) in states {
            guard let next = now[id] else {
                // What an older ledger holds of years before may be let go.
                guard person(id.contacts[0]) != nil else { continue }
                throw seen.breach("lost", "\(id.text) was \(state)")
            }
            if next != state { try judgeChange(id, to: next, seen) }
        }
        states = now
        for (contact, day) in firstSeen where seen.view.firstSeen[contact] != day {
            throw seen.breach("first seen", "\(contact.uid) since \(day)")
        }
        firstSeen = seen.view.firstSeen
        for skip in skips where !seen.view.skips.contains(skip) {
            throw seen.breach("answer lost", "skip of \(skip.contact.uid) on \(skip.date)")
        }
    }

    /// A nudge ends only for a reason.
    private func judgeChange(_ id: NudgeID, to state: NudgeState, _ seen: TurnSeen) throws {
        guard let person = person(id.contacts[0]), id.kind == .reconnect, let record = seen.record(id) else { return }
        switch state {
        case .expired(.ignored):
            let day = ((seenAt[id] ?? []).min() ?? digestsSeen.min()).map { seen.oracle.zone.date($0) }
            guard let day, seen.today.daysSinceEpoch - day.daysSinceEpoch >= 14 else {
                throw seen.breach("ignored", "\(id.text) was not seen for 14 days, but on \(seenAt[id] ?? [])")
            }
        case .expired(.withdrawn):
            if isGone(seen.now) { throw seen.breach("source", "\(id.text) withdrawn while a source is gone") }
            if record.reason == .chance { return try judgeWithdrawal(record, person, seen) }
            guard seen.oracle.isKept(person), let verdict = seen.verdicts[person] else { return }
            let isNewer = record.base.map { $0.date != verdict.base.date || $0.cause.rawValue != verdict.base.cause }
            if !seen.oracle.isBooked(person), verdict.due <= seen.today, isNewer == false {
                throw seen.breach("withdrawn", "\(id.text), though \(verdict)")
            }
        case .answered(.evidence):
            guard let verdict = seen.verdicts[person], let base = record.base else { return }
            if verdict.base.date < base.date, base.cause != .kept {
                throw seen.breach("evidence", "\(id.text) by \(verdict.base)")
            }
        default: break
        }
    }

    /// A turn leaves the plan that anybody makes who looks when it is over; what that puts right should have been right.
    private mutating func judgeLooks(_ outlook: Outlook, _ seen: TurnSeen) throws {
        let world = witness.maker.world(
            of: seen.contents,
            rules: seen.setup.rules,
            daysOff: seen.setup.daysOff,
            zone: seen.setup.zone,
            at: seen.now
        )
        let touched = witness.maker.takeTouched()
        let look = witness.planner.plan(world, touched: touched, outlook.view, at: seen.now, policy: outlook.policy)
        for case .put(let record) in look.changes { throw seen.breach("unsettled", "\(record)") }
        guard look == outlook.plan else { throw seen.breach("another look", "\(look.nudges) \(outlook.plan.nudges)") }
    }

    mutating func judge(_ outlook: Outlook, _ seen: TurnSeen) throws {
        try judgeLooks(outlook, seen)
        if !outlook.plan.changes.isEmpty {
            let view = outlook.view.applying(outlook.plan)
            let again = plan(outlook.world, view, at: seen.now, policy: outlook.policy)
            if let change = again.changes.first { throw seen.breach("plans again", "\(change)") }
        }
        let listed = Set(outlook.plan.nudges.map(\.record.id))
        for record in outlook.view.nudges where record.state.isOpen && !listed.contains(record.id) {
            // It is closed by the very plan that does not list it.
            let isClosed = outlook.plan.changes.contains {
                if case .put(let put) = $0 { put.id == record.id } else { false }
            }
            guard !isClosed else { continue }
            throw seen.breach("lost", "\(record.id.text) is open and in no plan")
        }
        for person in seen.oracle.people.indices where seen.oracle.isKept(person) {
            let contact = ContactID(script.people[person].uid)
            guard let verdict = seen.verdicts[person], let assessment = outlook.plan.assessments[contact] else {
                throw seen.breach("tie", "\(contact.uid) is kept and not assessed")
            }
            guard verdict.due == assessment.due, verdict.base.date == assessment.base.date,
                verdict.base.cause == assessment.base.cause.rawValue
            else {
                throw seen.breach(
                    "due",
                    "\(contact.uid) \(assessment.due) from \(assessment.base), should be \(verdict.due) from \(verdict.base)"
                )
            }
        }
        try judgeTies(outlook, seen)
        try judgeWorth(outlook, seen)
        try judgePromises(seen)
        try judgeOutbox(outlook, seen)
        try judgeBubbles(outlook, seen)
    }

    /// What could go out in this turn did not stay behind.
    private func judgeOutbox(_ outlook: Outlook, _ seen: TurnSeen) throws {
        guard !seen.oracle.isQuiet(seen.setup.policy), seen.oracle.busy == nil, seen.oracle.secondsFree >= 300 else {
            return
        }
        for row in outlook.view.deliveries where row.state == .pending && row.attempts == 0 {
            guard !seen.channelsDown.contains(row.key.channel) else { continue }
            if case .nudges(let ids) = row.key.subject {
                if row.slot.map({ $0.start > seen.now }) ?? true { continue }
                // A journey may have led out of the hours it was planned in.
                if let id = ids.first, let whom = person(id.contacts[0]), !isInHours(id, whom, seen) { continue }
            }
            // What nobody saw may come back at the next turn, whenever that is.
            if let showing = Int(row.key.occasion), showing > 1 { continue }
            if seen.wanted.seconds - seen.now.seconds > 1 { throw seen.breach("left behind", row.key.text) }
        }
    }

    /// The bubble of what is answered or over is closed.
    private mutating func judgeBubbles(_ outlook: Outlook, _ seen: TurnSeen) throws {
        bubbles.removeAll { abs(seen.now.seconds - $0.at.seconds) > 150 * 86_400 || retracted.contains($0.receipt) }
        guard !bubbles.isEmpty else { return }
        let open = Set(outlook.view.nudges.filter(\.state.isOpen).map(\.id))
        for bubble in bubbles where open.isDisjoint(with: bubble.ids) {
            throw seen.breach("bubble stays", "\(bubble.ids.map(\.text)) is closed, its bubble is not")
        }
    }
}
