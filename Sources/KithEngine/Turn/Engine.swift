package import CivilTime
package import KithCore
package import Logging

/// All the user has decided that planning needs: from the configuration, less what the adapters read for themselves.
package struct Setup: Hashable, Sendable {
    package var rules: Rules
    package var policy: Policy
    /// Inclusive days without work hours.
    package var daysOff: [ClosedRange<CivilDate>]
    package var zone: Zone

    package init(rules: Rules, policy: Policy, daysOff: [ClosedRange<CivilDate>] = [], zone: Zone) {
        self.rules = rules
        self.policy = policy
        self.daysOff = daysOff
        self.zone = zone
    }

    /// What the sources hold, as the planner sees it.
    package func world(of source: any WorldSource, at now: Instant) -> World {
        var maker = WorldMaker()
        return world(of: source, at: now, by: &maker)
    }

    /// The same, at the cost of what changed since the world that was made last.
    package func world(of source: any WorldSource, at now: Instant, by maker: inout WorldMaker) -> World {
        maker.world(of: source.contents(at: now), rules: rules, daysOff: daysOff, zone: zone, at: now)
    }
}

/// Runs the whole road once for each turn: sources → world → plan → ledger → delivery.
///
/// An engine belongs to one task. It owns no clock and starts nothing by itself: whoever holds it calls ``turn(at:)`` with
/// the time, after an event or when the last turn asked for it.
package final class Engine {
    package private(set) var source: any WorldSource
    package let ledger: any Ledger
    package private(set) var channels: [any Channel]
    package private(set) var setup: Setup
    let log: Logger
    private var maker = WorldMaker()
    private var planner = Planner()

    /// What the last turn saw and decided; `nil` before the first.
    package private(set) var latest: Outlook?
    /// Receipts already closed, so that an answered nudge's bubble is closed once.
    private var retracted: Set<String> = []
    /// The outbox as it was last looked at for that, and what of it is not closed.
    private var (outbox, shown): ([DeliveryRecord], [DeliveryRecord]) = ([], [])
    /// Whether the next turn tries failed deliveries again without waiting for their back-off.
    private var retriesAtOnce = true
    /// Since when each channel has had a problem.
    private var troubled: [ChannelName: Instant] = [:]
    /// The week in which the ledger was last rid of what is old; `nil` before the first turn.
    private var tidied: ISOWeek?
    /// Called before each step that may take long, to show that turns are really running.
    package var isAlive: () -> Void = {}

    package init(source: any WorldSource, ledger: any Ledger, channels: [any Channel], setup: Setup, log: Logger) {
        self.source = source
        self.ledger = ledger
        self.channels = channels
        self.setup = setup
        self.log = log
    }

    /// Takes a new configuration; what it mended is tried at the next turn.
    package func configure(setup: Setup, source: any WorldSource, channels: [any Channel]) {
        (self.setup, self.source, self.channels) = (setup, source, channels)
        retriesAtOnce = true
    }

    /// Has the next turn try what failed again without waiting: something outside got better.
    package func retryAtOnce() {
        retriesAtOnce = true
    }

    /// Does everything that is to be done at an instant and says when it wants to be called next.
    ///
    /// - Throws: ``LedgerError`` where the ledger cannot be used. Whatever was written before stands, and the next turn goes
    ///   on from there.
    package func turn(at now: Instant) async throws(LedgerError) -> Instant {
        let policy = noting(await currentPolicy(), at: now)
        tidy(at: now)
        // Once a turn: the ledger may move while it lasts, the files are looked at again by the next.
        let world = setup.world(of: source, at: now, by: &maker)
        var (outlook, isSettled) = try planAndApply(world, at: now, policy: policy)
        var round = try await deliver(outlook, at: now)
        if round.isChanged {
            let known = outlook.view.deliveries
            (outlook, isSettled) = try planAndApply(world, at: now, policy: policy)
            // What only came up by what was sent (a channel that is down now) has a turn of its own, and waits for no other.
            let isNew = outlook.view.deliveries(since: known).come.contains { row in
                row.isFirstWord && !known.contains { $0.key == row.key }
            }
            if isNew {
                round.retry(at: now.adding(seconds: 1))
            }
        }
        if !isSettled { outlook = try self.outlook(world, at: now, policy: policy) }
        latest = outlook
        await retractAnswered(outlook.view)
        retriesAtOnce = false
        return [outlook.plan.next, round.retryAt].compactMap(\.self).min() ?? outlook.plan.next
    }

    /// Rids the ledger of what no rule looks at any more, at the start and then once a week.
    ///
    /// That it could not be done is no reason to make no turn.
    private func tidy(at now: Instant) {
        let week = ISOWeek(containing: setup.zone.date(now))
        guard tidied != week else { return }
        tidied = week
        do throws(LedgerError) {
            try ledger.compact(at: now)
        } catch {
            log.notice("the ledger keeps what is old for now: \(error)")
        }
    }

    /// Remembers since when channels have had problems, and says so in the policy.
    private func noting(_ policy: Policy, at now: Instant) -> Policy {
        var policy = policy
        for index in policy.channels.indices {
            let profile = policy.channels[index]
            // A clock that jumped back must not make a problem younger than it is.
            let since = profile.problem == nil ? nil : min(troubled[profile.name] ?? now, now)
            troubled[profile.name] = since
            policy.channels[index].problemSince = since
        }
        return policy
    }

    /// The policy with what its channels can do at present.
    package func currentPolicy() async -> Policy {
        var policy = setup.policy
        policy.channels = []
        for channel in channels {
            policy.channels.append(await channel.profile())
        }
        return policy
    }

    /// Plans until the ledger has taken a plan made from what it holds.
    ///
    /// - Returns: The outlook: its view is of after that, with short ids and rows of the outbox, its plan of before, which is
    ///   enough to deliver by. And whether that plan is the one that would be made next.
    private func planAndApply(
        _ world: World,
        at now: Instant,
        policy: Policy
    ) throws(LedgerError) -> (outlook: Outlook, isSettled: Bool) {
        for _ in 0..<8 {
            let outlook = try outlook(world, at: now, policy: policy)
            guard !outlook.plan.changes.isEmpty else { return (outlook, true) }
            do {
                try ledger.apply(outlook.plan)
            } catch .revisionMoved {
                log.debug("the ledger moved while planning; planning again")
                continue
            }
            return (outlook.taken(by: try ledger.view(at: now)), outlook.plan.settles)
        }
        throw .busy
    }

    private func outlook(_ world: World, at now: Instant, policy: Policy) throws(LedgerError) -> Outlook {
        try Outlook(world, of: &maker, ledger: ledger, policy: policy, at: now, by: &planner)
    }

    /// What one pass over the outbox came to.
    private struct Round {
        var isChanged = false
        var retryAt: Instant?

        mutating func retry(at instant: Instant) {
            retryAt = min(retryAt ?? instant, instant)
        }
    }

    /// Works off the outbox: each pending row by itself, so that one that fails holds up no other.
    private func deliver(_ outlook: Outlook, at now: Instant) async throws(LedgerError) -> Round {
        var round = Round()
        for row in outlook.view.pending {
            guard let channel = channels.first(where: { $0.name == row.key.channel }) else {
                try ledger.close(row.key, as: .cancelled, problem: "the channel is no longer configured", at: now)
                round.isChanged = true
                continue
            }
            let profile = outlook.policy.channels.first { $0.name == row.key.channel }
            if row.attempts == 0, let problem = profile?.problem {
                // Nothing was sent yet, so a nudge's occasion is free to wait or to go another way. What only this channel
                // can say waits in the outbox.
                guard case .nudges = row.key.subject else { continue }
                try ledger.close(row.key, as: .cancelled, problem: problem, at: now)
                round.isChanged = true
                continue
            }
            if let last = row.lastAttemptAt, !retriesAtOnce {
                let next = last.adding(seconds: Backoff.seconds(afterAttempt: row.attempts))
                // A clock that jumped back must not hold a delivery up for ever.
                guard next <= now || last > now else {
                    round.retry(at: next)
                    continue
                }
            }
            // An answer may have come while another message was on its way.
            let view = round.isChanged ? try ledger.view(at: now) : outlook.view
            let isKnown = view.revision == outlook.view.revision
            let found =
                isKnown
                ? planner.recheck(row) : recheck(row, outlook.world, view, at: now, policy: outlook.policy)
            switch found {
            case .unwanted(let why):
                try ledger.close(row.key, as: .cancelled, problem: why, at: now)
                round.isChanged = true
            case .wait(let until):
                round.retry(at: until)
            case .go(let slot):
                round.isChanged = true
                if let retry = try await attempt(row, on: channel, slot: slot, outlook: outlook, at: now) {
                    round.retry(at: retry)
                }
            }
        }
        return round
    }

    /// One attempt: the row is committed, then the message sent, then the receipt committed.
    ///
    /// - Returns: When to try again, where it failed.
    private func attempt(
        _ row: DeliveryRecord,
        on channel: any Channel,
        slot: Slot?,
        outlook: Outlook,
        at now: Instant
    ) async throws(LedgerError) -> Instant? {
        guard let message = outlook.message(for: row.key.subject, slot: slot, by: row.key.channel) else {
            try ledger.close(row.key, as: .cancelled, problem: "there is nothing left to say", at: now)
            return nil
        }
        isAlive()
        let number = try ledger.beginAttempt(row.key, at: now)
        let delivery = Delivery(
            key: row.key,
            message: message,
            attempt: number,
            at: now,
            replaces: outlook.receiptToReplace(for: message, on: channel.name),
            slot: slot,
            zone: setup.zone
        )
        let outcome = await channel.send(delivery)
        let (shown, read) = outlook.nudges(in: row.key.subject)
        try ledger.finishAttempt(row.key, outcome, shown: shown, read: read, at: now)
        switch outcome {
        case .sent:
            return nil
        case .failed(let problem), .refused(let problem):
            log.warning("\(channel.name.rawValue): \(problem)", metadata: ["attempt": "\(number)"])
            if outcome.isRefusal || number >= Backoff.patience, outlook.hasAlternative(to: row.key) {
                try ledger.close(row.key, as: .failed, problem: problem, at: now)
                return now.adding(seconds: 1)
            }
            return now.adding(seconds: Backoff.seconds(afterAttempt: number))
        }
    }

    /// Closes the bubbles of nudges that are answered or expired.
    private func retractAnswered(_ view: LedgerView) async {
        if !isSame(outbox, view.deliveries) {
            let (gone, come) = view.deliveries(since: outbox)
            shown.removeAll { gone.contains($0) }
            shown += come.filter { row in
                row.state == .sent && !row.nudges.isEmpty && row.receipt.map { !retracted.contains($0) } ?? false
            }
            outbox = view.deliveries
        }
        let ended = shown.filter { row in !row.nudges.contains { view.nudge($0)?.state.isOpen ?? false } }
        guard !ended.isEmpty else { return }
        shown.removeAll { ended.contains($0) }
        for row in ended {
            guard let receipt = row.receipt, retracted.insert(receipt).inserted,
                let channel = channels.first(where: { $0.name == row.key.channel })
            else { continue }
            await channel.retract(receipt: receipt)
        }
    }
}

/// How long to wait before the next attempt, and how many attempts one channel gets while another could take over.
enum Backoff {
    /// Attempts on one channel before a delivery goes to the next one, where there is one.
    static let patience = 5

    /// One minute, doubled with each attempt, at most six hours: a mail server that is down over the weekend is asked a few
    /// dozen times, not thousands.
    static func seconds(afterAttempt number: Int) -> Int64 {
        min(60 << Int64(min(max(number, 1) - 1, 10)), 21_600)
    }
}

extension DeliveryRecord {
    /// Whether it waits for its first attempt, and is no repeat of what was shown to nobody.
    fileprivate var isFirstWord: Bool {
        state == .pending && attempts == 0 && Int(key.occasion) ?? 1 == 1
    }
}

extension AttemptOutcome {
    var isRefusal: Bool {
        if case .refused = self { true } else { false }
    }
}
