package import CivilTime
package import KithCore
package import Logging

/// Runs turns over a stretch of time with nobody there: what kith would have done.
///
/// The sources are read as they are; answers and the journal live in memory, and nothing is written.
package struct Simulation {
    /// What the imagined user does.
    package enum Answering: String, Sendable, CaseIterable {
        /// Answers *met* at the instant of delivery.
        case met
        /// Sees every nudge and does nothing.
        case ignore
        /// Never sees one.
        case none
    }

    /// One line of the story.
    package struct Event: Hashable, Sendable {
        /// What happened.
        package enum Kind: String, Hashable, Sendable {
            case delivered
            case answered
            case expired
            case held
            case digest
        }

        package var at: Instant
        package var kind: Kind
        package var nudge: NudgeRecord?
        package var network: Network?
        package var channel: ChannelName?
        package var occasion: String?
        package var slot: Slot?
        package var message: Message?
        /// Of *held*: by what.
        package var hold: Hold?
    }

    private let source: ImaginedSource
    private let engine: Engine
    private let inbox = Inbox()
    private let answering: Answering
    private var random: SplitMix64
    /// What was last told of each nudge, so that each thing is told once.
    private var told: [NudgeID: NudgeState] = [:]
    /// What was held at the last look.
    private var held: [PlannedNudge] = []
    /// What the ledger showed at the last look.
    private var seen = LedgerView()

    /// - Parameters:
    ///   - profiles: The configured channels; each is imagined to work.
    package init(
        source: any WorldSource,
        setup: Setup,
        profiles: [ChannelProfile],
        answering: Answering,
        seed: UInt64,
        log: Logger
    ) {
        let inbox = inbox
        // The first story is the one the daemon tells.
        var setup = setup
        if seed != 1 { setup.policy.seed += " \(seed)" }
        let wasSeen = answering != .none
        self.source = ImaginedSource(source)
        self.answering = answering
        random = SplitMix64(seed: seed)
        engine = Engine(
            source: self.source,
            ledger: MemoryLedger(),
            channels: profiles.map { ImaginedChannel(profile: $0, wasSeen: wasSeen, inbox: inbox) },
            setup: setup,
            log: log
        )
    }

    /// Plays from one instant to before another and tells each event as it happens.
    package mutating func run(from start: Instant, until end: Instant, tell: (Event) throws -> Void) async throws {
        var now = start
        while now < end {
            let next = try await engine.turn(at: now)
            let deliveries = inbox.take()
            for event in deliveries.flatMap({ events(of: $0, at: now) }) + changes(at: now) {
                try tell(event)
            }
            let isAnswered = try answer(deliveries, at: now, tell: tell)
            // An answer asks for a turn of its own at the same instant.
            now = isAnswered ? now : max(next, now.adding(seconds: 1))
        }
    }

    private func events(of delivery: Delivery, at now: Instant) -> [Event] {
        guard let outlook = engine.latest else { return [] }
        let (channel, occasion, slot) = (delivery.key.channel, delivery.key.occasion, delivery.slot)
        guard case .nudges(let ids) = delivery.key.subject else {
            return [
                Event(at: now, kind: .digest, channel: channel, occasion: occasion, message: delivery.message)
            ]
        }
        return ids.map { id in
            Event(
                at: now,
                kind: .delivered,
                nudge: outlook.view.nudge(id),
                network: network(of: id, in: outlook),
                channel: channel,
                occasion: occasion,
                slot: slot,
                message: delivery.message
            )
        }
    }

    /// What changed in the ledger since the last look, and which nudges are newly held.
    private mutating func changes(at now: Instant) -> [Event] {
        guard let outlook = engine.latest else { return [] }
        var events: [Event] = []
        for record in outlook.view.changes(since: seen).come where told[record.id] != record.state {
            told[record.id] = record.state
            let kind: Event.Kind
            switch record.state {
            case .answered(.evidence), .answered(.met), .answered(.wrote), .answered(.skip): kind = .answered
            case .expired: kind = .expired
            case .pending, .delivered, .snoozed: continue
            }
            events.append(Event(at: now, kind: kind, nudge: record, network: network(of: record.id, in: outlook)))
        }
        seen = outlook.view
        // They are the last of the list.
        let nudges = outlook.plan.nudges
        var first = nudges.count
        while first > 0, case .held = nudges[first - 1].waiting { first -= 1 }
        let holds = nudges[first...]
        func isAlike(_ left: PlannedNudge, _ right: PlannedNudge) -> Bool {
            left === right || left.record.id == right.record.id && left.waiting == right.waiting
        }
        guard !holds.elementsEqual(held, by: isAlike) else { return events }
        let known = Dictionary(held.map { ($0.record.id, $0.waiting) }) { $1 }
        for nudge in holds {
            guard case .held(let hold) = nudge.waiting, known[nudge.record.id] != nudge.waiting else { continue }
            events.append(Event(at: now, kind: .held, nudge: nudge.record, network: nudge.network, hold: hold))
        }
        held = Array(holds)
        return events
    }

    private mutating func answer(_ deliveries: [Delivery], at now: Instant, tell: (Event) throws -> Void) throws -> Bool
    {
        guard answering == .met else { return false }
        var isAnswered = false
        for delivery in deliveries {
            guard case .nudges(let ids) = delivery.key.subject else { continue }
            for id in ids {
                let uid = random.next()
                _ = try engine.answer(.met(at: now, note: nil), nudge: id.text, at: now) { "\(uid)@simulation" }
                isAnswered = true
            }
        }
        return isAnswered
    }

    private func network(of id: NudgeID, in outlook: Outlook) -> Network? {
        id.contacts.lazy.compactMap { outlook.world.tie($0)?.network }.first
    }
}
