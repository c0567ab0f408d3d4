import CivilTime
import FoundationEssentials
import KithCore
import KithEngine

extension Session {
    /// Takes what is planned now to the ledger, so that what an answer is about stands there; nothing is sent by it.
    ///
    /// - Returns: What is planned now.
    func settle() async throws -> Outlook {
        let policy = await engine().currentPolicy()
        let world = world()
        for _ in 0..<8 {
            let outlook = try Outlook(world, ledger: ledger, policy: policy, at: now)
            if try take(outlook.plan.withoutDeliveries) { return outlook.applied() }
        }
        throw LedgerError.busy
    }

    /// - Returns: Whether the ledger took the plan; it does not where it moved since.
    private func take(_ plan: Plan) throws(LedgerError) -> Bool {
        do throws(LedgerError) {
            try ledger.apply(plan)
            return true
        } catch {
            guard error == .revisionMoved else { throw error }
            return false
        }
    }

    /// Gives an answer about whom a command named, and has a running daemon look.
    func answer(_ answer: Answer, about subject: Naming.Subject) async throws -> AnswerReceipt {
        let engine = engine()
        let receipt =
            if let nudge = subject.nudge {
                try engine.answer(answer, nudge: nudge.shortID, at: now, randomUID: randomUID)
            } else {
                try engine.answer(answer, contacts: subject.contacts.map(\.id), at: now, randomUID: randomUID)
            }
        await refreshDaemon()
        return receipt
    }

    /// A UID for a journal entry that answers no nudge.
    func randomUID() -> String {
        "\(UUID().uuidString.lowercased())@kith"
    }

    /// Tells a running daemon to look at everything anew; without one there is nobody to tell.
    func refreshDaemon() async {
        await DaemonLink(instance: instance).refresh()
    }
}
