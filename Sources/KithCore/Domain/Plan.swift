package import CivilTime

/// Free time a nudge may use: from its moment to when the next thing begins.
package struct Slot: Hashable, Sendable {
    package let start: Instant
    /// When the free time ends: what the nudge calls "free until".
    package let end: Instant

    package init(start: Instant, end: Instant) {
        (self.start, self.end) = (start, end)
    }

    /// Whether it is too short for a moment: there is time for one line.
    package var isSqueeze: Bool { end.seconds(since: start) < FreeTime.enough }
}

/// Why a pending nudge is kept back.
package enum Hold: Hashable, Sendable {
    /// By reference: it is far larger than the others, and rare.
    indirect case booking(Booking)
    /// Until the day nudges may come again.
    case pause(until: CivilDate)
    /// A birthday within ten days takes the reconnect's place.
    case birthday(CivilDate)
    /// A configured source cannot be read, or is empty where it was not.
    case source(path: String)
    /// A delivery or a birthday of the same tie lies less than 14 days back.
    case recent(until: CivilDate)
}

/// What an open nudge waits for.
package enum Waiting: Hashable, Sendable {
    /// Its moment, or the time of its snooze.
    case moment(Slot)
    case held(Hold)
    /// The budget of this week and the next is spent on others.
    case budget
    /// No free moment in the horizon.
    case noMoment
    /// No channel can carry it at present; says why.
    case channel(String)
    /// Shown as often as it may be: it stands in `kith` and the digest only.
    case digestOnly
    /// Delivered, and waits for an answer.
    case answer
}

/// What a tie looks like today: the reasoning `explain`, `people` and the choice of nudges share.
package struct TieAssessment: Hashable, Sendable {
    /// How urgent a tie is; never shown.
    package enum Band: String, Hashable, Sendable {
        case notYet
        case due
        case late
    }

    package var contact: ContactID
    package var base: Mark
    package var mark: Mark
    package var due: CivilDate
    package var lateFrom: CivilDate
    package var band: Band
    /// From which day it is dormant, if nothing is heard.
    package var dormantFrom: CivilDate?
    package var isDormant: Bool
    /// The newest interaction of weight ≥ 50 or the one that completed a `met` of smaller ones, or a `wrote`.
    @Shared package var lastContact: Evidence?
    /// What made the last contact where none was enough by itself: oldest first, `lastContact` the last of them or newer.
    package var addedUp: [Evidence]
    package var hold: Hold?
    /// How many nudges in a row were ignored since the base.
    package var ignoredInARow: Int

    package init(
        contact: ContactID,
        base: Mark,
        mark: Mark,
        due: CivilDate,
        lateFrom: CivilDate,
        band: Band,
        dormantFrom: CivilDate? = nil,
        isDormant: Bool = false,
        lastContact: Evidence? = nil,
        addedUp: [Evidence] = [],
        hold: Hold? = nil,
        ignoredInARow: Int = 0
    ) {
        self.contact = contact
        self.base = base
        self.mark = mark
        self.due = due
        self.lateFrom = lateFrom
        self.band = band
        self.dormantFrom = dormantFrom
        self.isDormant = isDormant
        self.lastContact = lastContact
        self.addedUp = addedUp
        self.hold = hold
        self.ignoredInARow = ignoredInARow
    }
}

/// An open nudge and what the plan makes of it.
///
/// An immutable value, shared: thousands are put in order at each plan, and most are what they were at the one before.
package final class PlannedNudge: Sendable {
    /// As it stands once the plan's changes are taken.
    package let record: NudgeRecord
    package let waiting: Waiting
    /// Hundredths; 0 for dated kinds.
    package let score: Int
    package let network: Network
    /// Whether it asks for one line only: the week is heavy, or the free time short.
    package let isOneLine: Bool
    /// Where it stands in the list of `kith`: found once, for each plan asks it of all.
    let rank: ListRank

    package var slot: Slot? {
        if case .moment(let slot) = waiting { slot } else { nil }
    }

    package init(record: NudgeRecord, waiting: Waiting, score: Int = 0, network: Network, isOneLine: Bool = false) {
        self.record = record
        self.waiting = waiting
        self.score = score
        self.network = network
        self.isOneLine = isOneLine
        rank = ListRank(record, waiting: waiting)
    }

    /// The same with something else in its place.
    func with(
        record: NudgeRecord? = nil,
        waiting: Waiting? = nil,
        score: Int? = nil,
        isOneLine: Bool? = nil
    ) -> PlannedNudge {
        PlannedNudge(
            record: record ?? self.record,
            waiting: waiting ?? self.waiting,
            score: score ?? self.score,
            network: network,
            isOneLine: isOneLine ?? self.isOneLine
        )
    }
}

extension PlannedNudge: Hashable {
    package static func == (left: PlannedNudge, right: PlannedNudge) -> Bool {
        left === right
            || left.record == right.record && left.waiting == right.waiting && left.score == right.score
                && left.network == right.network && left.isOneLine == right.isOneLine
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(record)
        hasher.combine(waiting)
    }
}

/// A group of the list of `kith`, and the time by which it is ordered.
struct ListRank: Sendable {
    /// In the order of the list.
    enum Group: Int, CaseIterable, Sendable {
        case moment
        case answer
        case digest
        case waiting
        case held
    }

    let group: Group
    let time: Int64

    fileprivate init(_ record: NudgeRecord, waiting: Waiting) {
        (group, time) =
            switch waiting {
            case .moment(let slot): (.moment, slot.start.seconds)
            case .channel: (.moment, .min)
            case .answer: (.answer, record.deliveredAt?.seconds ?? 0)
            case .digestOnly: (.digest, 0)
            case .budget, .noMoment: (.waiting, 0)
            case .held: (.held, 0)
            }
    }
}

/// A row for the outbox.
package struct PlannedDelivery: Hashable, Sendable {
    package var key: DeliveryKey
    package var slot: Slot?
    package var isBudgeted: Bool

    package init(key: DeliveryKey, slot: Slot?, isBudgeted: Bool) {
        (self.key, self.slot, self.isBudgeted) = (key, slot, isBudgeted)
    }
}

/// One entry the plan wants written; all of a plan are taken in one transaction.
package enum LedgerChange: Hashable, Sendable {
    case firstSeen(ContactID, CivilDate)
    /// Inserts the nudge or replaces the row of the same identity.
    case put(NudgeRecord)
    case remember(SourceMemory)
    /// Keeps the draw of a week; the first one stands.
    case draw(ChanceDraw)
    /// Keeps the moment that a digest names for a nudge, in place of an earlier one.
    case announce(NudgeID, Instant)
    /// Adds an outbox row. A key that is pending or sent stays as it is; one that was cancelled or failed is pending again,
    /// its attempts kept.
    case enqueue(PlannedDelivery)
    /// Ends a pending outbox row that is no longer wanted.
    case cancel(DeliveryKey)
}

/// What the planner decides at an instant.
package struct Plan: Hashable, Sendable {
    /// The ledger revision it was made from.
    package var revision: Int64
    package var now: Instant
    package var today: CivilDate
    package var changes: [LedgerChange]
    /// Every open nudge, in the order `kith` lists them: by slot, then by what they wait for, then by score.
    package var nudges: [PlannedNudge]
    package var assessments: ByContact<TieAssessment>
    /// Sources that hold back reconnects at present.
    package var goneSources: [SourceMemory]
    /// Deliveries made today and this week that count against the budget.
    package var spentToday: Int
    package var spentThisWeek: Int
    /// Hundredths of nudges a week that the cadences ask for: Σ 700 ÷ `every`.
    package var demand: Int
    /// Whether this week has so much work that one line is asked for in place of all else.
    package var isHeavyWeek: Bool
    /// When to look again at the latest; after `now`.
    package var next: Instant

    package init(
        revision: Int64,
        now: Instant,
        today: CivilDate,
        changes: [LedgerChange] = [],
        nudges: [PlannedNudge] = [],
        assessments: ByContact<TieAssessment> = [:],
        goneSources: [SourceMemory] = [],
        spentToday: Int = 0,
        spentThisWeek: Int = 0,
        demand: Int = 0,
        isHeavyWeek: Bool = false,
        next: Instant
    ) {
        self.revision = revision
        self.now = now
        self.today = today
        self.changes = changes
        self.nudges = nudges
        self.assessments = assessments
        self.goneSources = goneSources
        self.spentToday = spentToday
        self.spentThisWeek = spentThisWeek
        self.demand = demand
        self.isHeavyWeek = isHeavyWeek
        self.next = next
    }

    /// The same without a word to the outbox: for whoever takes a plan and sends nothing.
    package var withoutDeliveries: Plan {
        var plan = self
        plan.changes.removeAll { change in
            switch change {
            case .enqueue, .cancel, .announce: true
            case .firstSeen, .put, .remember, .draw: false
            }
        }
        return plan
    }
}
