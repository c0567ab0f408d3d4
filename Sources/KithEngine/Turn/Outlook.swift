package import CivilTime
package import KithCore

/// What one look at everything gives: the world, the ledger and the plan made from them.
///
/// Reading commands make one and write nothing; a turn makes one and takes its plan to the ledger.
///
/// By reference: it is large, handed around, and never changed.
package final class Outlook: Sendable {
    package let now: Instant
    package let world: World
    package let view: LedgerView
    package let policy: Policy
    package let plan: Plan

    private init(_ world: World, _ view: LedgerView, policy: Policy, plan: Plan, at now: Instant) {
        (self.world, self.view, self.policy, self.plan, self.now) = (world, view, policy, plan, now)
    }

    package convenience init(_ world: World, ledger: any Ledger, policy: Policy, at now: Instant) throws(LedgerError) {
        var (planner, maker) = (Planner(), WorldMaker())
        try self.init(world, of: &maker, ledger: ledger, policy: policy, at: now, by: &planner)
    }

    /// The same by a planner that made the plans before, at the cost of what changed since.
    ///
    /// - Parameter maker: Who made the world, and those before it.
    package convenience init(
        _ world: World,
        of maker: inout WorldMaker,
        ledger: any Ledger,
        policy: Policy,
        at now: Instant,
        by planner: inout Planner
    ) throws(LedgerError) {
        let view = try ledger.view(at: now)
        let plan = planner.plan(world, touched: maker.takeTouched(), view, at: now, policy: policy)
        self.init(world, view, policy: policy, plan: plan, at: now)
    }

    /// The outlook as it would be once the plan is taken, for commands that only read: they send nothing, so what has its
    /// moment now still has it.
    package func applied() -> Outlook {
        let view = view.applying(plan.withoutDeliveries)
        return Outlook(world, view, policy: policy, plan: KithCore.plan(world, view, at: now, policy: policy), at: now)
    }

    /// The same once a ledger has taken the plan, which stays what it is.
    ///
    /// - Parameter view: That of the ledger after that.
    func taken(by view: LedgerView) -> Outlook {
        Outlook(world, view, policy: policy, plan: plan.taken(by: view), at: now)
    }

    /// What a delivery says, composed from what is known now; `nil` where nothing is left to say.
    ///
    /// - Parameter channel: By which it goes; `nil` for what stays on this screen.
    package func message(for subject: DeliverySubject, slot: Slot?, by channel: ChannelName? = nil) -> Message? {
        switch subject {
        case .nudges(let ids):
            let records = ids.compactMap { view.nudge($0) }.filter(\.state.isOpen)
            guard !records.isEmpty else { return nil }
            return KithCore.message(
                for: records,
                assessments: plan.assessments,
                world: world,
                slot: slot,
                now: now,
                policy: policy,
                leavesMachine: policy.channels.first { $0.name == channel }?.leavesMachine ?? false,
                isOneLine: plan.nudges.first { ids.contains($0.record.id) }?.isOneLine ?? false,
                nudges: view.nudges
            )
        case .digest:
            return digest(plan: plan, world: world, view: view, policy: policy)
        case .sourceGone(let path, let since):
            return sourceGoneMessage(path: path, since: since)
        case .channelDown(let name, let since):
            let failure = ChannelFailure.down(in: policy, view, at: now).first { $0.channel == name }
            return channelDownMessage(channel: name, since: since, problem: failure?.problem)
        case .trial:
            return trialMessage()
        }
    }

    /// The nudges a delivery shows, and those it merely names: a digest is a preview, but delivers what waits where no channel
    /// carries single nudges.
    func nudges(in subject: DeliverySubject) -> (shown: [NudgeID], read: [NudgeID]) {
        switch subject {
        case .nudges(let ids): return (ids, [])
        case .sourceGone, .channelDown, .trial: return ([], [])
        case .digest:
            let named = digestNudges(plan: plan, world: world, policy: policy).map(\.record)
            guard !policy.channels.contains(where: \.carriesNudges) else { return ([], named.map(\.id)) }
            return (named.filter { $0.state == .pending }.map(\.id), named.filter { $0.state != .pending }.map(\.id))
        }
    }

    /// The receipt of the last message to the same people on a channel: one bubble a person.
    func receiptToReplace(for message: Message, on channel: ChannelName) -> String? {
        view.lastShown(to: Set(message.contacts), by: channel)?.receipt
    }

    /// Whether another channel could carry a delivery that fails on its own.
    func hasAlternative(to key: DeliveryKey) -> Bool {
        guard case .nudges = key.subject else { return false }
        let failed = view.deliveries.filter { row in
            row.state == .failed && row.key.subject == key.subject && row.key.occasion == key.occasion
        }
        let tried = Set(failed.map(\.key.channel))
        return policy.channels.contains { profile in
            profile.carriesNudges && profile.problem == nil && profile.name != key.channel
                && !tried.contains(profile.name)
        }
    }
}
