import CivilTime

extension PlanningContext {
    var tomorrow: CivilDate { today.adding(days: 1) }

    /// The day on which a tie has to be looked at again, though nothing happened: at the latest in a year.
    ///
    /// Tomorrow for whoever has a nudge that is dated, put off or was shown; each kind says for itself what else days bring.
    func turn(of tie: Tie) -> CivilDate {
        guard world.evidence[tie.id]?.first.map({ $0.date <= today }) ?? true,
            skips(of: tie).allSatisfy({ $0 <= today }), tie.since != nil || view.firstSeen[tie.id] != nil,
            datedNudges(of: tie.id).allSatisfy({ !$0.state.isOpen }),
            reconnects(of: tie.id).allSatisfy({ !$0.state.isOpen || isUntouched($0) })
        else { return tomorrow }
        var turn = today.adding(days: 365)
        for place in NudgeKinds.catalogue.indices {
            turn = min(turn, NudgeKinds.catalogue[place].turns(self, tie) ?? turn)
        }
        return turn
    }

    /// Whether a reconnect has waited for its moment ever since it was opened.
    private func isUntouched(_ record: NudgeRecord) -> Bool {
        record.reason != .chance && record.state == .pending && record.showings == 0
            && record.snoozes == 0 && record.seenAt == nil
    }
}
