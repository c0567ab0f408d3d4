package import CivilTime

/// The event the present wait of a tie runs from.
package struct Mark: Hashable, Sendable {
    /// What happened.
    package enum Cause: String, Hashable, Sendable {
        case met
        case wrote
        case skip
        case kept
        case ignored
        case withdrawn
        case again

        /// Whether it is a base: the newest of these by date is the tie's base; the others are after-marks.
        package var isBase: Bool {
            switch self {
            case .met, .wrote, .skip, .kept: true
            case .ignored, .withdrawn, .again: false
            }
        }
    }

    package var cause: Cause
    package var date: CivilDate

    package init(_ cause: Cause, _ date: CivilDate) {
        (self.cause, self.date) = (cause, date)
    }
}

extension Mark: CustomStringConvertible {
    /// `met-2025-12-09`: the cycle of a reconnect.
    package var description: String { "\(cause.rawValue)-\(date)" }

    /// Reads what ``description`` writes.
    package init?(_ text: String) {
        guard let dash = text.firstIndex(of: "-"), let cause = Cause(rawValue: String(text[..<dash])),
            let date = CivilDate(text[text.index(after: dash)...])
        else { return nil }
        self.init(cause, date)
    }
}

/// Why a nudge is made.
package enum NudgeReason: String, Hashable, Sendable {
    case due
    case late
    case dormant
    case chance
    case birthday
    case anniversary
    case promise
    case prepare
    case followUp = "follow-up"
}

/// What the user did about a nudge, or what the calendar showed they did.
package enum AnswerKind: String, Hashable, Sendable {
    case met
    case wrote
    case skip
    case evidence
}

/// Why a nudge ended without an answer.
package enum ExpiryReason: String, Hashable, Sendable {
    case ignored
    case withdrawn
    case past
}

/// Where a nudge stands.
package enum NudgeState: Hashable, Sendable {
    case pending
    case delivered
    /// Until an instant; `isNamed` where the user named it, which overrides hours, though not quiet or busy time.
    case snoozed(until: Instant, isNamed: Bool)
    case answered(AnswerKind)
    case expired(ExpiryReason)

    /// Pending, delivered or snoozed.
    package var isOpen: Bool {
        switch self {
        case .pending, .delivered, .snoozed: true
        case .answered, .expired: false
        }
    }

    /// Whether it is put off until after an instant.
    package func isSnoozed(beyond now: Instant) -> Bool {
        if case .snoozed(let until, _) = self { until > now } else { false }
    }

    /// `pending`, `delivered`, `snoozed`, `answered`, `expired`: the word in JSON and on D-Bus.
    package var name: String {
        switch self {
        case .pending: "pending"
        case .delivered: "delivered"
        case .snoozed: "snoozed"
        case .answered: "answered"
        case .expired: "expired"
        }
    }
}

/// One nudge as the ledger keeps it.
///
/// What it says is shared: a view holds a thousand, each plan copies and compares them, and most are what they were.
package struct NudgeRecord: Hashable, Sendable {
    private struct Content: Hashable, Sendable {
        let id: NudgeID
        var shortID: String
        var state: NudgeState
        var reason: NudgeReason
        var mark: Mark?
        var base: Mark?
        var due: CivilDate
        var opened: CivilDate
        var showings: Int
        var unseen: Int
        var snoozes: Int
        var deliveredAt: Instant?
        var seenAt: Instant?
        var closed: CivilDate?
    }

    @Shared private var content: Content

    package var id: NudgeID { content.id }
    /// Given by the ledger when it first takes the nudge; empty before.
    package var shortID: String {
        get { content.shortID }
        set { content.shortID = newValue }
    }
    package var state: NudgeState {
        get { content.state }
        set { content.state = newValue }
    }
    package var reason: NudgeReason {
        get { content.reason }
        set { content.reason = newValue }
    }
    /// For a reconnect: the mark it waits from, and the base that mark belonged to.
    package var mark: Mark? {
        get { content.mark }
        set { content.mark = newValue }
    }
    package var base: Mark? {
        get { content.base }
        set { content.base = newValue }
    }
    /// The day it fell due: for a birthday, the day itself.
    package var due: CivilDate {
        get { content.due }
        set { content.due = newValue }
    }
    /// The day it was opened.
    package var opened: CivilDate {
        get { content.opened }
        set { content.opened = newValue }
    }
    /// How often it was shown outside `kith` and the digest: the occasion of its next delivery is one more.
    package var showings: Int {
        get { content.showings }
        set { content.showings = newValue }
    }
    /// Of those, how often unseen (session locked, idle or inhibited).
    package var unseen: Int {
        get { content.unseen }
        set { content.unseen = newValue }
    }
    package var snoozes: Int {
        get { content.snoozes }
        set { content.snoozes = newValue }
    }
    /// The instant of the last receipt.
    package var deliveredAt: Instant? {
        get { content.deliveredAt }
        set { content.deliveredAt = newValue }
    }
    /// When it was first seen in its present cycle of showing: what `ignored` counts from.
    package var seenAt: Instant? {
        get { content.seenAt }
        set { content.seenAt = newValue }
    }
    /// The day it was answered or expired.
    package var closed: CivilDate? {
        get { content.closed }
        set { content.closed = newValue }
    }

    package init(
        id: NudgeID,
        shortID: String = "",
        state: NudgeState = .pending,
        reason: NudgeReason,
        mark: Mark? = nil,
        base: Mark? = nil,
        due: CivilDate,
        opened: CivilDate,
        showings: Int = 0,
        unseen: Int = 0,
        snoozes: Int = 0,
        deliveredAt: Instant? = nil,
        seenAt: Instant? = nil,
        closed: CivilDate? = nil
    ) {
        content = Content(
            id: id,
            shortID: shortID,
            state: state,
            reason: reason,
            mark: mark,
            base: base,
            due: due,
            opened: opened,
            showings: showings,
            unseen: unseen,
            snoozes: snoozes,
            deliveredAt: deliveredAt,
            seenAt: seenAt,
            closed: closed
        )
    }
}
