import CivilTime

extension PlanningContext {
    /// What keeps a tie's nudges back today, the strongest reason first.
    func hold(of tie: Tie, kind: NudgeKind, mark: Mark?) -> Hold? {
        if let until = view.pausedUntil, until > today { return .pause(until: until) }
        if let until = tie.pausedUntil, until > today { return .pause(until: until) }
        guard kind == .reconnect else { return nil }
        if let gone = goneSources.first { return .source(path: gone.path) }
        if let booking = clock(of: tie).silencingBooking { return .booking(booking) }
        if let birthday = coming(tie.contact.birthday) { return .birthday(birthday) }
        return recent(tie, mark: mark)
    }

    /// A birthday within ten days, or one whose nudge still waits: it takes the reconnect's place.
    private func coming(_ birthday: AnnualDate?) -> CivilDate? {
        guard let birthday else { return nil }
        return birthday.dates(
            from: today.adding(days: -Birthday.grace),
            through: today.adding(days: Birthday.notice)
        )
        .first { $0 >= today || isOpenDated($0, birthday) }
    }

    private func isOpenDated(_ date: CivilDate, _ birthday: AnnualDate) -> Bool {
        records.values.contains { record in
            record.id.kind == .birthday && record.due == date && record.state == .pending
                && tie(of: record)?.contact.birthday == birthday
        }
    }

    /// No other reconnect within 14 days of a delivery, one that was withdrawn excepted, nor of a birthday's or a follow-up's.
    ///
    /// A promise and a meeting to prepare ask for something else.
    private func recent(_ tie: Tie, mark: Mark?) -> Hold? {
        guard mark?.cause != .withdrawn else { return nil }
        let others =
            reconnects(of: tie.id).filter { $0.mark != mark }
            + datedNudges(of: tie.id).filter { $0.id.kind != .prepare && $0.id.kind != .promise }
        let last = others.compactMap { $0.showings > 0 ? $0.deliveredAt : nil }.max()
        guard let until = last.map({ world.zone.date($0).adding(days: 14) }), until > today else { return nil }
        return .recent(until: until)
    }
}
