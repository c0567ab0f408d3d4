package import CivilTime
package import KithCore

/// Why the ledger refused.
package enum LedgerError: Error, Hashable, Sendable {
    /// The revision moved since the plan was made: plan again.
    case revisionMoved
    /// Another writer holds the file, past the busy timeout.
    case busy
    /// It cannot be read or written; says why.
    case unusable(String)
}

/// An answer as the ledger keeps it, for `undo`.
package struct AnswerRecord: Hashable, Sendable {
    package var id: Int64
    package var kind: AnswerKind
    package var contacts: [ContactID]
    package var nudge: NudgeID?
    /// The nudge as it stood before, which undo restores.
    package var before: NudgeRecord?
    /// The journal entry written for it.
    package var journalUID: String?
    package var at: Instant
    /// The skip's civil day, where it is one.
    package var date: CivilDate

    package init(
        id: Int64 = 0,
        kind: AnswerKind,
        contacts: [ContactID],
        nudge: NudgeID?,
        before: NudgeRecord?,
        journalUID: String?,
        at: Instant,
        date: CivilDate
    ) {
        self.id = id
        self.kind = kind
        self.contacts = contacts
        self.nudge = nudge
        self.before = before
        self.journalUID = journalUID
        self.at = at
        self.date = date
    }
}

/// How an attempt ended.
package enum AttemptOutcome: Hashable, Sendable {
    /// Handed over; `receipt` lets the channel replace or close it, `wasSeen` is false where nobody could have looked.
    case sent(receipt: String?, wasSeen: Bool)
    /// Not delivered for certain; may be tried again.
    case failed(String)
    /// Not delivered, and no repeat will help on this channel.
    case refused(String)
}

/// The port to the durable record of nudges, deliveries and answers.
///
/// Every call that writes is one transaction that moves the revision; every call throws ``LedgerError``.
package protocol Ledger: AnyObject {
    /// What the planner sees.
    func view(at now: Instant) throws(LedgerError) -> LedgerView

    /// Takes a plan's changes, all or none.
    ///
    /// - Throws: `revisionMoved` where the plan was made from another revision. A plan without changes writes nothing.
    func apply(_ plan: Plan) throws(LedgerError)

    /// Commits the attempt row (number, instant) that must stand before anything is sent; returns its number from 1.
    func beginAttempt(_ key: DeliveryKey, at now: Instant) throws(LedgerError) -> Int

    /// Commits the receipt or the failure of the last attempt, and what a receipt does to nudges.
    ///
    /// - Parameters:
    ///   - shown: Those that it shows: a seen receipt makes them delivered, an unseen one leaves them pending with one more
    ///     unseen showing.
    ///   - read: Those that it merely names: a seen receipt is a reading of them.
    func finishAttempt(
        _ key: DeliveryKey,
        _ outcome: AttemptOutcome,
        shown: [NudgeID],
        read: [NudgeID],
        at now: Instant
    ) throws(LedgerError)

    /// Ends a pending delivery without a receipt.
    func close(
        _ key: DeliveryKey,
        as state: DeliveryRecord.State,
        problem: String?,
        at now: Instant
    ) throws(LedgerError)

    /// Records an answer and puts the nudge as it stands after it.
    func record(_ answer: AnswerRecord, after: NudgeRecord?) throws(LedgerError)

    /// Puts one nudge (a snooze, a showing on a terminal).
    func put(_ nudge: NudgeRecord) throws(LedgerError)

    /// The newest answers first, undone ones left out.
    func answers(limit: Int) throws(LedgerError) -> [AnswerRecord]

    /// Takes an answer back: its nudge is as it was before, its skip is void.
    func undo(_ answer: AnswerRecord) throws(LedgerError)

    /// Pauses everything until a day, or ends the pause.
    func pause(until day: CivilDate?) throws(LedgerError)

    /// Lets go of what no rule looks at any more, and of the room it took.
    ///
    /// What a plan is made of is as it was: a plan made with and one made without are equal. Where nothing is that old nothing
    /// is written.
    func compact(at now: Instant) throws(LedgerError)

    /// Takes what a source holds now for the truth (`kith doctor --accept PATH`), or, without a path, forgets all memories
    /// of sources that are not `configured` any more.
    func acceptSource(path: String?, items: Int, configured: Set<String>) throws(LedgerError)
}
