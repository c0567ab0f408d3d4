import CivilTime
import KithCore
import KithEngine

/// What is left to chance: drawn once a week, of those who may be drawn, and by nothing that moves within the day.
extension Invariants {
    /// Takes the draws the ledger holds, before what was sent in this turn is counted.
    mutating func judgeDraws(_ seen: TurnSeen) throws {
        // After nine weeks the ledger lets go of a draw, to which a clock that jumps back could come again.
        draws = draws.filter { $0.key > Oracle.monday(of: seen.today) - 56 }
        for draw in seen.view.draws {
            let monday = draw.week.monday.daysSinceEpoch
            if let known = draws[monday] {
                guard known == draw.contacts else {
                    throw seen.breach("drawn again", "\(draw.week): \(known), then \(draw.contacts)")
                }
                continue
            }
            draws[monday] = draw.contacts
            guard monday == Oracle.monday(of: seen.today) else { continue }
            try judgeNew(draw, seen)
            try judgeSeed(draw, seen)
        }
        let isHeld = seen.view.draws.contains { $0.week.monday.daysSinceEpoch == Oracle.monday(of: seen.today) }
        if !isHeld, draws[Oracle.monday(of: seen.today)] != nil { throw seen.breach("draw lost", "that of this week") }
    }

    private func judgeNew(_ draw: ChanceDraw, _ seen: TurnSeen) throws {
        let policy = seen.setup.policy
        let share = policy.chaos * Double(policy.perWeek)
        if share == 0 || isGone(seen.now) || seen.view.pausedUntil.map({ $0 > seen.today }) == true {
            throw seen.breach("no chance", "\(draw) though it is off, paused, or a source is gone")
        }
        let (least, most) = (Int(share.rounded(.down)), Int(share.rounded(.up)))
        guard draw.contacts.count <= most, Set(draw.contacts).count == draw.contacts.count else {
            throw seen.breach("drawn too many", "\(draw) of a share of \(share)")
        }
        for contact in draw.contacts {
            guard let person = person(contact) else { continue }
            if let why = objection(person, seen) { throw seen.breach("drawn", "\(contact.uid) is \(why)") }
        }
        guard draw.contacts.count < least, seen.oracle.isEvenWeek else { return }
        let left = seen.oracle.people.indices.filter { person in
            let isSaid = seen.oracle.birthdays(person).contains { (-3...10).contains($0) }
            return !isSaid && objection(person, seen) == nil
        }
        if left.count > draw.contacts.count {
            throw seen.breach("drawn too few", "\(draw) of a share of \(share), and \(left) could be drawn")
        }
    }

    private func objection(_ person: Int, _ seen: TurnSeen) -> String? {
        let contact = ContactID(seen.oracle.people[person].uid)
        let week = ISOWeek(containing: seen.today).description
        let isOpen = seen.records[person].contains {
            $0.id.kind == .reconnect && $0.state.isOpen && !($0.reason == .chance && $0.id.cycle == week)
        }
        if isOpen { return "asked about already" }
        // A clock that was ahead has shown some on days to come; what counts of each is the last.
        var shown: [NudgeID: Instant] = [:]
        for send in sends where send.isReceipted {
            for id in send.ids where id.contacts.contains(contact) { shown[id] = send.at }
        }
        return seen.oracle.objection(
            to: person,
            due: seen.oracle.isKept(person) ? seen.verdicts[person]?.due : nil,
            firstSeen: seen.view.firstSeen[contact],
            nudged: shown.values.map { seen.oracle.zone.date($0) }
        )
    }

    /// The same state gives the same draw at any time of the day.
    private func judgeSeed(_ draw: ChanceDraw, _ seen: TurnSeen) throws {
        guard let outlook = seen.outlook else { return }
        var view = outlook.view
        view.draws.removeAll { $0.week == draw.week }
        view.nudges.removeAll { $0.reason == .chance && $0.id.cycle == draw.week.description }
        var found: Set<[ContactID]?> = []
        for later in [0, 1, 60, 3_600] {
            let now = seen.now.adding(seconds: Int64(later))
            let isSnoozeOver = view.nudges.contains { record in
                if case .snoozed(let until, _) = record.state { until > seen.now && until <= now } else { false }
            }
            guard seen.oracle.zone.date(now) == seen.today, !isSnoozeOver else { continue }
            let again = plan(outlook.world, view, at: now, policy: outlook.policy)
            let drawn = again.changes.lazy.compactMap { if case .draw(let draw) = $0 { draw.contacts } else { nil } }
            found.insert(drawn.first)
        }
        if found.count > 1 { throw seen.breach("seed", "within the hour \(draw.week) has the draws \(found)") }
    }

    /// What became of the nudges of chance.
    func judgeChance(_ seen: TurnSeen) throws {
        let monday = Oracle.monday(of: seen.today)
        for record in seen.view.nudges where record.reason == .chance {
            guard let person = person(record.id.contacts[0]) else { continue }
            if states[record.id] == nil {
                let week = ISOWeek(containing: seen.today).description
                guard record.id.cycle == week, draws[monday]?.contains(record.id.contacts[0]) == true else {
                    throw seen.breach("not drawn", "\(record.id.text), but \(draws[monday] ?? [])")
                }
            }
            // While a source is gone, or after half a turn, what is over may still stand.
            guard record.state == .pending, record.showings == 0, record.snoozes == 0, seen.isWhole, goneSince.isEmpty
            else { continue }
            let isOver = record.due.daysSinceEpoch < monday
            if isOver || seen.setup.policy.chaos == 0 || !seen.oracle.canBeNamed(person) {
                throw seen.breach("chance stays", "\(record.id.text) is open: \(record)")
            }
        }
    }

    /// A nudge of chance goes only for a reason.
    func judgeWithdrawal(_ record: NudgeRecord, _ person: Int, _ seen: TurnSeen) throws {
        guard seen.oracle.canBeNamed(person), let verdict = seen.verdicts[person], let base = record.base else {
            return
        }
        let isOff = seen.setup.policy.chaos == 0 && record.showings == 0
        let isNewer = base.date != verdict.base.date || base.cause.rawValue != verdict.base.cause
        let hasOther = seen.records[person].contains { $0.id.kind == .reconnect && $0.state.isOpen }
        if !isOff, !isNewer, !hasOther, !seen.oracle.isBooked(person) {
            throw seen.breach("withdrawn", "\(record.id.text), though \(verdict)")
        }
    }

    /// Nobody is named by chance for the first time when the week of the draw is over, or nothing is left to chance.
    ///
    /// While the clock was ahead a week may have been drawn that is to come.
    func judgeFirst(_ record: NudgeRecord, _ seen: TurnSeen) throws {
        let isOver = record.due.daysSinceEpoch < Oracle.monday(of: seen.today)
        if isOver || seen.setup.policy.chaos == 0 {
            throw seen.breach("no chance", "\(record.id.text) is sent when its week is over, or chance is off")
        }
    }
}
