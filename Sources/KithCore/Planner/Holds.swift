import CivilTime

extension NudgeRecord {
    /// The instant of its last receipt, where it was shown by itself.
    fileprivate var lastShown: Instant? { showings > 0 ? deliveredAt : nil }
}

extension PlanningContext {
    /// What keeps a tie's nudges back today, the strongest reason first.
    func hold(of tie: Tie, kind: NudgeKind, mark: Mark?) -> Hold? {
        if let pause = pause(of: tie) { return pause }
        guard kind == .reconnect else { return nil }
        if let gone = goneSources.first { return .source(path: gone.path) }
        if let booking = silencingBooking(of: tie) { return .booking(booking) }
        if let birthday = coming(tie) { return .birthday(birthday) }
        return recent(tie, mark: mark)
    }

    /// That of everything before that of the person.
    func pause(of tie: Tie) -> Hold? {
        [view.pausedUntil, tie.pausedUntil].lazy.compactMap(\.self).first { $0 > today }.map { .pause(until: $0) }
    }

    /// A birthday within ten days, or one whose nudge still waits: it takes the reconnect's place.
    private func coming(_ tie: Tie) -> CivilDate? {
        guard let birthday = tie.contact.birthday else { return nil }
        return birthday.dates(
            from: today.adding(days: -Birthday.grace),
            through: today.adding(days: Birthday.notice)
        )
        .first { date in
            date >= today
                || datedNudges(of: tie.id).contains {
                    $0.id.kind == .birthday && $0.due == date && $0.state == .pending
                }
        }
    }

    /// No other reconnect within 14 days of a delivery, one that was withdrawn excepted, nor of a birthday's or a follow-up's.
    ///
    /// A promise and a meeting to prepare ask for something else.
    private func recent(_ tie: Tie, mark: Mark?) -> Hold? {
        guard mark?.cause != .withdrawn else { return nil }
        let reconnects = reconnects(of: tie.id).lazy.filter { $0.mark != mark }
        let others = datedNudges(of: tie.id).lazy.filter { $0.id.kind != .prepare && $0.id.kind != .promise }
        let last = [reconnects.compactMap(\.lastShown).max(), others.compactMap(\.lastShown).max()]
            .compactMap(\.self).max()
        guard let until = last.map({ world.zone.date($0).adding(days: 14) }), until > today else { return nil }
        return .recent(until: until)
    }
}
