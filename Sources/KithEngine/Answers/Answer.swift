package import CivilTime
package import KithCore

/// What the user says about a nudge or a person.
package enum Answer: Hashable, Sendable {
    /// Contact took place, at an instant.
    case met(at: Instant, note: String?)
    /// A line was sent.
    case wrote(at: Instant, note: String?)
    /// Not this time.
    case skip
    /// Until an instant the user named, or else the next free moment from tomorrow.
    case later(until: Instant?)
}

extension Answer {
    var isLater: Bool {
        if case .later = self { true } else { false }
    }
}

/// Why an answer could not be taken.
package enum AnswerError: Error, Hashable, Sendable {
    /// No open nudge has this id.
    case noSuchNudge(String)
    /// Only what is open can wait: nobody asked about this person.
    case nothingToPutOff(ContactID)
    /// A contact that took place cannot lie ahead.
    case notYet(Instant)
    /// There is no answer left to take back.
    case nothingToUndo
    /// The journal could not be written; the ledger was not touched.
    case journal(String)
    case ledger(LedgerError)
}

/// What became of an answer, for the line the command prints.
package struct AnswerReceipt: Hashable, Sendable {
    package var contacts: [ContactID]
    package var nudge: NudgeRecord?
    /// Of *later*: when it comes back.
    package var until: Instant?

    package init(contacts: [ContactID], nudge: NudgeRecord?, until: Instant? = nil) {
        (self.contacts, self.nudge, self.until) = (contacts, nudge, until)
    }
}
