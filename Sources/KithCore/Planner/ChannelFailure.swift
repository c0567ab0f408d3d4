package import CivilTime

/// A channel by which nothing has got through since its last success, or ever.
///
/// | what the outbox shows since the channel's last success | it is                                            |
/// |--------------------------------------------------------|--------------------------------------------------|
/// | an attempt that was refused for good                   | down at once                                     |
/// | attempts that failed, two days or more between them    | down                                             |
/// | attempts that failed, less than that between them      | failing, which is nobody's business yet          |
/// | none, but its profile has had a problem for two days   | down                                             |
package struct ChannelFailure: Hashable, Sendable {
    package var channel: ChannelName
    /// When the first attempt failed, or the problem began.
    package var since: Instant
    /// Whether it has lasted so long, or was meant for good, that the user should hear of it.
    package var isDown: Bool
    package var problem: String

    /// How long a channel may fail before the user hears of it, in seconds.
    package static let patience: Int64 = 2 * 86_400

    /// What is known of a channel's trouble; `nil` where there is none.
    package init?(of profile: ChannelProfile, in view: LedgerView, at now: Instant) {
        let success = view.lastSuccess(by: profile.name)
        let failed = view.deliveries(where: { $0 != .sent }).filter { row in
            guard row.key.channel == profile.name, row.attempts > 0, let last = row.lastAttemptAt else { return false }
            return success.map { last > $0 } ?? true
        }
        // A row may have waited long for its first attempt; one that was tried again began to fail when it was planned.
        let begun = failed.map { $0.attempts == 1 ? $0.lastAttemptAt ?? $0.plannedAt : $0.plannedAt }.min()
        let newest = failed.max { ($0.lastAttemptAt ?? $0.plannedAt) < ($1.lastAttemptAt ?? $1.plannedAt) }
        if let begun, let newest, let last = newest.lastAttemptAt {
            let since = success.map { max($0, begun) } ?? begun
            let isRefused = failed.contains(where: \.wasRefused)
            self.init(
                channel: profile.name,
                since: since,
                isDown: isRefused || last.seconds(since: since) >= Self.patience,
                problem: newest.problem ?? profile.problem ?? Phrases.noAnswer
            )
        } else if let problem = profile.problem, let since = profile.problemSince {
            let isDown = now.seconds(since: since) >= Self.patience
            self.init(channel: profile.name, since: since, isDown: isDown, problem: problem)
        } else {
            return nil
        }
    }

    private init(channel: ChannelName, since: Instant, isDown: Bool, problem: String) {
        (self.channel, self.since, self.isDown, self.problem) = (channel, since, isDown, problem)
    }

    /// The channels that are down.
    package static func down(in policy: Policy, _ view: LedgerView, at now: Instant) -> [ChannelFailure] {
        policy.channels.compactMap { ChannelFailure(of: $0, in: view, at: now) }.filter(\.isDown)
    }
}

extension LedgerView {
    /// When something last got through by a channel.
    fileprivate func lastSuccess(by channel: ChannelName) -> Instant? {
        deliveries.lazy.filter { $0.key.channel == channel }.compactMap(\.sentAt).max()
    }
}

extension PlanningContext {
    /// The word that a channel is down, by the first other that is not: once for each outage.
    ///
    /// An outage is over when something gets through.
    func channelMessages() -> [LedgerChange] {
        // There is nobody else to say it.
        guard policy.channels.count > 1 else { return [] }
        let down = ChannelFailure.down(in: policy, view, at: now)
        let names = Set(down.map(\.channel))
        let able = policy.channels.first { $0.problem == nil && !names.contains($0.name) }
        guard let able else { return [] }
        return down.compactMap { failure in
            let success = view.lastSuccess(by: failure.channel)
            let isTold = view.deliveries.contains { row in
                guard case .channelDown(failure.channel, _) = row.key.subject else { return false }
                guard row.state == .sent || row.state == .pending && !names.contains(row.key.channel) else {
                    return false
                }
                return success.map { row.shownAt > $0 } ?? true
            }
            guard !isTold else { return nil }
            let day = world.zone.date(failure.since)
            let subject = DeliverySubject.channelDown(failure.channel, since: day)
            let key = DeliveryKey(subject: subject, channel: able.name, occasion: "down")
            // Two outages of one day are told of once, and what waits for its turn is not put there again.
            guard !view.deliveries.contains(where: { $0.key == key && ($0.state == .sent || $0.state == .pending) })
            else { return nil }
            return .enqueue(PlannedDelivery(key: key, slot: nil, isBudgeted: false))
        }
    }
}
