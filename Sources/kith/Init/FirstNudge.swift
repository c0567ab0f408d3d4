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
            let message = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot)
        else { return "Nobody is due today." }
        for channel in session.channels {
            // The key is that of its first showing, so the daemon takes a repeat for the same message.
            let key = DeliveryKey(subject: .nudges([nudge.record.id]), channel: channel.name, occasion: "1")
            let delivery = Delivery(
                key: key,
                message: message,
                attempt: 1,
                at: session.now,
                slot: nudge.slot,
                zone: session.zone
            )
            if case .sent(_, let wasSeen) = await channel.send(delivery) {
                try session.ledger.put(nudge.record.shown(at: session.now, wasSeen: wasSeen))
                await session.refreshDaemon()
                return "Shown: \(outlook.screens.name(of: nudge.record))."
            }
        }
        return "\(printable(message.title)): \(printable(message.body))"
    }
}
