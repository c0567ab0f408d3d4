import CivilTime
import KithCore
import KithEngine

/// Shows the best of what is due at once, hours or not: the user asked to see one.
struct FirstNudge {
    let session: Session

    /// - Returns: What came of it, as a line to print.
    func show() async throws -> String {
        let outlook = try await session.settle()
        let waiting = outlook.plan.nudges.filter { nudge in
            if case .held = nudge.waiting { false } else { nudge.record.state == .pending }
        }
        guard let nudge = waiting.max(by: { $0.score < $1.score }),
            let shown = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot)
        else { return "Nobody is due today." }
        for channel in session.channels {
            let message = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot, by: channel.name)
            if let message, try await send(message, of: nudge, on: channel, planned: outlook.plan) {
                return "Shown: \(outlook.screens.name(of: nudge.record))."
            }
        }
        return "\(printable(shown.title)): \(printable(shown.body))"
    }

    /// Takes the road of every delivery: a row in the outbox, an attempt, the message, a receipt.
    ///
    /// The key is that of the nudge's first showing, so a daemon takes it for the same message.
    private func send(
        _ message: Message,
        of nudge: PlannedNudge,
        on channel: any Channel,
        planned: Plan
    ) async throws -> Bool {
        guard await channel.profile().problem == nil else { return false }
        let (ledger, now) = (session.ledger, session.now)
        let key = DeliveryKey(subject: .nudges([nudge.record.id]), channel: channel.name, occasion: "1")
        var plan = planned
        plan.revision = try ledger.view(at: now).revision
        plan.changes = [.enqueue(PlannedDelivery(key: key, slot: nudge.slot, isBudgeted: true))]
        try ledger.apply(plan)
        let delivery = Delivery(
            key: key,
            message: message,
            attempt: try ledger.beginAttempt(key, at: now),
            at: now,
            slot: nudge.slot,
            zone: session.zone
        )
        let outcome = await channel.send(delivery)
        try ledger.finishAttempt(key, outcome, shown: [nudge.record.id], read: [], at: now)
        switch outcome {
        case .sent:
            return true
        case .failed(let problem), .refused(let problem):
            try ledger.close(key, as: .failed, problem: problem, at: now)
            return false
        }
    }
}
