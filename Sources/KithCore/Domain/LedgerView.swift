package import CivilTime

/// The name of a way to deliver: `desktop`, `email`, `terminal`.
///
/// An open set.
package struct ChannelName: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let desktop = ChannelName(rawValue: "desktop")
    package static let email = ChannelName(rawValue: "email")
    package static let terminal = ChannelName(rawValue: "terminal")

    package static func < (left: ChannelName, right: ChannelName) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What a delivery carries.
package enum DeliverySubject: Hashable, Sendable {
    /// One nudge, or the birthdays of one day, which share a bubble; sorted, not empty.
    case nudges([NudgeID])
    /// The digest of a week.
    case digest(ISOWeek)
    /// The one message that says that a source has been gone for two days, by its path and the day it went.
    case sourceGone(path: String, since: CivilDate)
    /// The one message that says that nothing gets through by another channel, and since which day.
    case channelDown(ChannelName, since: CivilDate)
    /// A trial by `kith test`, never in the outbox.
    case trial
}

/// What makes a delivery one and the same however often it is tried: (nudge or digest, channel, occasion).
package struct DeliveryKey: Hashable, Sendable {
    package let subject: DeliverySubject
    package let channel: ChannelName
    /// The showing's number, from `1`, for nudges; `week` for a digest; `gone` for a source; `down` for a
    /// channel.
    package let occasion: String

    package init(subject: DeliverySubject, channel: ChannelName, occasion: String) {
        (self.subject, self.channel, self.occasion) = (subject, channel, occasion)
    }

    /// The subject without the channel, as text: unique with the occasion over all channels.
    package var subjectText: String {
        switch subject {
        case .nudges(let ids): ids.map(\.text).joined(separator: "+")
        case .digest(let week): "digest/\(week)"
        case .sourceGone(let path, let since): "source/\(since)/\(path)"
        case .channelDown(let name, let since): "channel/\(since)/\(name.rawValue)"
        case .trial: "trial"
        }
    }

    /// The whole key as text.
    package var text: String {
        "\(subjectText)|\(channel.rawValue)|\(occasion)"
    }

    /// Sixteen hex digits of the text's hash: for a `Message-ID`, a stack tag, the name of a unit.
    package var token: String {
        stableHexDigest(text)
    }
}

/// One row of the outbox, as the planner sees it.
package struct DeliveryRecord: Hashable, Sendable {
    /// Where a delivery stands.
    package enum State: String, Hashable, Sendable {
        /// No attempt, or attempts without a receipt.
        case pending
        /// A receipt exists.
        case sent
        /// Given up: the occasion goes to another channel, or waits.
        case failed
        /// No longer wanted before it was sent (answered, withdrawn, the moment passed).
        case cancelled
    }

    private struct Content: Hashable, Sendable {
        var key: DeliveryKey
        var state: State
        var slot: Slot?
        var isBudgeted: Bool
        var attempts: Int
        var plannedAt: Instant
        var lastAttemptAt: Instant?
        var sentAt: Instant?
        var wasSeen: Bool
        var receipt: String?
        var problem: String?
        var wasRefused: Bool
    }

    @Shared private var content: Content

    package var key: DeliveryKey {
        get { content.key }
        set { content.key = newValue }
    }
    package var state: State {
        get { content.state }
        set { content.state = newValue }
    }
    /// The nudges it carries; none where it is about something else.
    package var nudges: [NudgeID] { if case .nudges(let ids) = content.key.subject { ids } else { [] } }
    /// Whether it carries any.
    var isAboutNudges: Bool { if case .nudges = content.key.subject { true } else { false } }
    /// The free time it was planned for.
    package var slot: Slot? {
        get { content.slot }
        set { content.slot = newValue }
    }
    /// Whether it was charged to the budget.
    package var isBudgeted: Bool {
        get { content.isBudgeted }
        set { content.isBudgeted = newValue }
    }
    package var attempts: Int {
        get { content.attempts }
        set { content.attempts = newValue }
    }
    package var plannedAt: Instant {
        get { content.plannedAt }
        set { content.plannedAt = newValue }
    }
    package var lastAttemptAt: Instant? {
        get { content.lastAttemptAt }
        set { content.lastAttemptAt = newValue }
    }
    package var sentAt: Instant? {
        get { content.sentAt }
        set { content.sentAt = newValue }
    }
    /// Whether it was seen; unknown counts as seen.
    package var wasSeen: Bool {
        get { content.wasSeen }
        set { content.wasSeen = newValue }
    }
    /// What the channel gave back, to replace or close it: for the desktop `id@unique-name`.
    package var receipt: String? {
        get { content.receipt }
        set { content.receipt = newValue }
    }
    /// The last failure, for `status`.
    package var problem: String? {
        get { content.problem }
        set { content.problem = newValue }
    }
    /// Whether the last attempt was refused for good.
    package var wasRefused: Bool {
        get { content.wasRefused }
        set { content.wasRefused = newValue }
    }

    package init(
        key: DeliveryKey,
        state: State = .pending,
        slot: Slot? = nil,
        isBudgeted: Bool = false,
        attempts: Int = 0,
        plannedAt: Instant,
        lastAttemptAt: Instant? = nil,
        sentAt: Instant? = nil,
        wasSeen: Bool = true,
        receipt: String? = nil,
        problem: String? = nil,
        wasRefused: Bool = false
    ) {
        content = Content(
            key: key,
            state: state,
            slot: slot,
            isBudgeted: isBudgeted,
            attempts: attempts,
            plannedAt: plannedAt,
            lastAttemptAt: lastAttemptAt,
            sentAt: sentAt,
            wasSeen: wasSeen,
            receipt: receipt,
            problem: problem,
            wasRefused: wasRefused
        )
    }
}

/// What the ledger remembers of a configured path: enough to tell a vanished source from a cancelled meeting.
package struct SourceMemory: Hashable, Sendable {
    package var path: String
    /// Items at the last good reading.
    package var items: Int
    /// Since when it cannot be read, or is empty where it was not.
    package var goneSince: Instant?

    package init(path: String, items: Int, goneSince: Instant? = nil) {
        (self.path, self.items, self.goneSince) = (path, items, goneSince)
    }
}

/// A `skip`: the user said "not this time"; with or without a nudge.
package struct SkipRecord: Hashable, Sendable {
    package var contact: ContactID
    package var date: CivilDate

    package init(contact: ContactID, date: CivilDate) {
        (self.contact, self.date) = (contact, date)
    }
}

/// Whom chance drew for a week: drawn once, and kept.
package struct ChanceDraw: Hashable, Sendable {
    package var week: ISOWeek
    /// In the order drawn; empty where nobody was.
    package var contacts: [ContactID]

    package init(week: ISOWeek, contacts: [ContactID]) {
        (self.week, self.contacts) = (week, contacts)
    }
}

/// What the planner sees of the ledger: the second argument.
package struct LedgerView: Hashable, Sendable {
    /// Moves with every change; a plan made from another revision is refused.
    package var revision: Int64
    /// Every open nudge, and every one closed within four years.
    package var nudges: ShelvedList<NudgeRecord>
    /// The day kith first saw each tie.
    package var firstSeen: [ContactID: CivilDate]
    package var skips: [SkipRecord]
    /// Every delivery that is pending, and those of the last 200 days.
    package var deliveries: [DeliveryRecord]
    package var sources: [SourceMemory]
    /// Until when everything is paused: the first day nudges may come again.
    package var pausedUntil: CivilDate?
    /// The draws of this week and the four before it, the oldest first.
    package var draws: [ChanceDraw]
    /// The moments that a digest named, from a week back on.
    package var announced: [NudgeID: Instant]

    package init(
        revision: Int64 = 0,
        nudges: ShelvedList<NudgeRecord> = [],
        firstSeen: [ContactID: CivilDate] = [:],
        skips: [SkipRecord] = [],
        deliveries: [DeliveryRecord] = [],
        sources: [SourceMemory] = [],
        pausedUntil: CivilDate? = nil,
        draws: [ChanceDraw] = [],
        announced: [NudgeID: Instant] = [:]
    ) {
        self.revision = revision
        self.nudges = nudges
        self.firstSeen = firstSeen
        self.skips = skips
        self.deliveries = deliveries
        self.sources = sources
        self.pausedUntil = pausedUntil
        self.draws = draws
        self.announced = announced
    }
}
