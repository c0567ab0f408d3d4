import CivilTime

/// What planning asks of the outbox, found once for as long as it stays as it is.
struct OutboxIndex {
    /// All of its rows.
    let rows: [DeliveryRecord]
    /// The rows that wait, and the same by the nudges they carry.
    let pending: [DeliveryRecord]
    let byNudge: [NudgeID: [DeliveryRecord]]
    /// The rows of the week it was made in and later, and the last bubble before it.
    let recent: [DeliveryRecord]
    /// When that week begins; in a later one there is more than has to be looked at.
    let monday: Instant

    init(_ rows: [DeliveryRecord], on today: CivilDate, in zone: Zone) {
        let monday = zone.start(of: ISOWeek(containing: today).monday)
        (self.rows, self.monday) = (rows, monday)
        var (pending, recent): ([DeliveryRecord], [DeliveryRecord]) = ([], [])
        var last: Int?
        // By their places: going through them would count the references to each.
        for place in rows.indices {
            let at = rows[place].shownAt
            if rows[place].state == .pending { pending.append(rows[place]) }
            if at >= monday {
                recent.append(rows[place])
            } else if last.map({ rows[$0].shownAt < at }) ?? true, rows[place].isBubble {
                last = place
            }
        }
        if let last { recent.append(rows[last]) }
        var byNudge: [NudgeID: [DeliveryRecord]] = [:]
        for row in pending {
            for id in row.nudges { byNudge[id, default: []].append(row) }
        }
        (self.pending, self.recent, self.byNudge) = (pending, recent, byNudge)
    }
}

extension DeliveryRecord {
    /// When it was sent; what was not, as if it were when it was planned.
    var shownAt: Instant { sentAt ?? plannedAt }

    /// Whether it is, or is about to be, a message about nudges: what the limits of day and week count.
    var isBubble: Bool {
        (state == .sent || state == .pending) && isAboutNudges
    }
}
