import CivilTime

/// The clock of a tie: what its wait runs from, and when it is due.
///
/// Real contact moves it, never the last reminder. The base is the newest of *met*, *wrote*, *skip*, else *kept*; after-marks
/// (ignored, withdrawn, again) belong to the base they followed and are void once the base is another.
///
/// | cause     | due                                                                     |
/// |-----------|-------------------------------------------------------------------------|
/// | met, skip | mark + every                                                            |
/// | wrote     | the later of the former due date and mark + ½ every                     |
/// | kept      | mark + (0.3 + 0.7 f) × every, f the UID's hash: an import is spread out |
/// | ignored   | mark + max(7 days, ¼ every); from the third in a row mark + 2 × every   |
/// | withdrawn | at once                                                                 |
/// | again     | mark + max(7 days, ¼ every)                                             |
struct TieClock {
    let contact: ContactID
    let cadence: Cadence
    /// Newest first.
    let evidence: [Evidence]
    let bookings: [Booking]
    let skips: [CivilDate]
    /// Its reconnects, open and closed.
    let records: [NudgeRecord]
    let firstSeen: CivilDate
    let today: CivilDate

    private var every: Int { cadence.every }
    private var pause: Int { max(7, every / 4) }

    func assessment() -> TieAssessment {
        let contact = lastContact()
        let line = evidence.firstIndex { $0.origin == .wrote && $0.date <= today }
        let (base, baseDue) = base(
            met: contact.map { evidence[$0.shownBy].date },
            wrote: line.map { evidence[$0].date }
        )
        let (mark, due, ignored) = afterMarks(base: base, due: baseDue)
        let lateFrom = due.adding(days: cadence.atWorst - every)
        let dormantFrom = contact.map { evidence[$0.shownBy].date.adding(days: min(max(8 * every, 365), 1_096)) }
        let last = contact.map { min($0.shownBy, line ?? $0.shownBy) } ?? line
        return TieAssessment(
            contact: self.contact,
            base: base,
            mark: mark,
            due: due,
            lateFrom: lateFrom,
            band: today < due ? .notYet : today < lateFrom ? .due : .late,
            dormantFrom: dormantFrom,
            isDormant: dormantFrom.map { $0 <= today } ?? false,
            lastContact: last.map { evidence[$0] },
            addedUp: contact.map { $0.parts.map { evidence[$0] } } ?? [],
            hold: nil,
            ignoredInARow: ignored
        )
    }

    /// A day of contact, by where its evidence stands.
    private struct Contact {
        let shownBy: Int
        /// The smaller ones that came to it, with the one that completes them, where none was enough by itself.
        var parts: [Int] = []
    }

    /// The last day of contact.
    ///
    /// Of one day the heaviest evidence counts. What is less than ½ waits for more: as soon as those since the last contact
    /// that lie within `every` days come to 1, the last of them completes a contact.
    private func lastContact() -> Contact? {
        var small: [Int] = []
        var whole: Contact?
        var next = evidence.partitionPoint { $0.date > today }
        while whole == nil, next < evidence.count {
            let day = evidence[next].date
            var heaviest = next
            while next < evidence.count, evidence[next].date == day {
                if evidence[next].weight > evidence[heaviest].weight { heaviest = next }
                next += 1
            }
            let weight = evidence[heaviest].weight
            if weight >= 50 { whole = Contact(shownBy: heaviest) } else if weight > 0 { small.append(heaviest) }
        }
        return completed(by: small.reversed()) ?? whole
    }

    /// The last contact that small evidence came to.
    ///
    /// - Parameter small: One of each day, the oldest first.
    private func completed(by small: some Sequence<Int>) -> Contact? {
        var (result, parts, sum): (Contact?, ArraySlice<Int>, Int) = (nil, [], 0)
        for index in small {
            parts.append(index)
            sum += evidence[index].weight
            while let first = parts.first, evidence[index].date.days(since: evidence[first].date) > every {
                sum -= evidence[first].weight
                parts.removeFirst()
            }
            if sum >= 100 {
                result = Contact(shownBy: index, parts: Array(parts))
                (parts, sum) = ([], 0)
            }
        }
        return result
    }

    /// The newest event of contact and when it makes the tie due.
    ///
    /// A contact or a skip begins a wait anew, whatever was before; of one day a skip comes before a contact, and a line
    /// before both. After it only the last line can put the due date off.
    private func base(met: CivilDate?, wrote: CivilDate?) -> (Mark, CivilDate) {
        let skip = skips.filter { $0 <= today }.max()
        var (base, due) = (Mark(.kept, firstSeen), keptDue)
        if let skip { (base, due) = (Mark(.skip, skip), skip.adding(days: every)) }
        if let met, skip.map({ $0 <= met }) ?? true { (base, due) = (Mark(.met, met), met.adding(days: every)) }
        if let wrote, base.cause == .kept || base.date < wrote {
            (base, due) = (Mark(.wrote, wrote), max(due, wrote.adding(days: every / 2)))
        }
        return (base, due)
    }

    private var keptDue: CivilDate {
        let share = (0.3 + 0.7 * stableFraction(contact.uid)) * Double(every)
        return firstSeen.adding(days: Int(share.rounded()))
    }

    /// Goes through what became of the nudges since the base.
    ///
    /// One that waited from this base and was closed for another, which is no more, is over all the same: without *again* its
    /// identity would be used up, and nobody asked again.
    private func afterMarks(base: Mark, due baseDue: CivilDate) -> (Mark, CivilDate, ignored: Int) {
        var (mark, due, ignored) = (base, baseDue, 0)
        let closed = records.filter { ($0.base == base || $0.mark == base) && $0.closed != nil }
            .sorted { ($0.closed ?? $0.opened, $0.id) < ($1.closed ?? $1.opened, $1.id) }
        for record in closed {
            guard let day = record.closed else { continue }
            switch record.state {
            case .expired(.ignored) where record.base == base:
                ignored += 1
                (mark, due) = (Mark(.ignored, day), day.adding(days: ignored >= 3 ? 2 * every : pause))
            case .expired(.withdrawn) where record.showings > 0 && record.base == base:
                // What came back did so on the day the next nudge was opened; else today, if its reason is there again.
                if let next = records.first(where: {
                    $0.mark?.cause == .withdrawn && $0.base == base && $0.opened >= day && $0 != record
                }) {
                    (mark, due) = (next.mark ?? mark, next.mark?.date ?? due)
                } else if due <= today, bookings.silencing(on: today, every: every) == nil {
                    (mark, due) = (Mark(.withdrawn, today), today)
                }
            case .expired where record.showings == 0:
                // Undelivered and wanted again: the same identity comes back.
                continue
            case .expired, .answered:
                if due <= day || record.mark == mark {
                    let day = max(day, mark.date)
                    (mark, due) = (Mark(.again, day), max(due, day.adding(days: pause)))
                }
            case .pending, .delivered, .snoozed:
                continue
            }
        }
        // Where a clock set back has closed the nudge of this mark before its day, the identity is used up all the same.
        if closed.contains(where: { $0.mark == mark && $0.isUsedUp && $0.closed ?? mark.date < mark.date }) {
            (mark, due) = (Mark(.again, mark.date), max(due, mark.date.adding(days: pause)))
        }
        return (mark, due, ignored)
    }
}

extension [Booking] {
    /// The meeting to come that silences a tie: of weight ½ or more, within `every` days; the soonest is the first.
    func silencing(on today: CivilDate, every: Int) -> Booking? {
        first { $0.weight >= 50 && $0.date >= today && $0.date.days(since: today) <= every }
    }
}

extension NudgeRecord {
    /// Whether it is closed and comes back no more: whatever was undelivered and is wanted again does.
    var isUsedUp: Bool {
        switch state {
        case .expired: showings > 0
        case .answered: true
        case .pending, .delivered, .snoozed: false
        }
    }
}
