package import CivilTime

/// What goes into the outbox now, what is taken out of it, and when to look again.
extension PlanningContext {
    /// What the outbox takes and lets go of.
    ///
    /// - Parameter nudges: Those that only lack a channel are told so.
    func outboxChanges(_ nudges: inout [PlannedNudge]) -> [LedgerChange] {
        var changes = cancellations(nudges)
        var batches: [Batch: [PlannedNudge]] = [:]
        for index in nudges.indices where nudges[index].rank.group == .moment {
            let nudge = nudges[index]
            guard case .moment(let slot) = nudge.waiting, isOpen(nudge, slot),
                pendingRow(of: nudge.record) == nil
            else { continue }
            if let channel = channel(for: nudge.record) {
                let share =
                    nudge.record.showings > 0 ? nil : NudgeKinds.rule(of: nudge.record.id.kind)?.shares(nudge.record)
                let batch = Batch(
                    channel: channel,
                    slot: slot,
                    kind: nudge.record.id.kind,
                    due: nudge.record.due,
                    share: share,
                    alone: share == nil ? nudge.record.id : nil
                )
                batches[batch, default: []].append(nudge)
            } else {
                nudges[index] = nudge.with(waiting: .channel(channelProblem))
            }
        }
        let sorted = batches.map { ($0, $1.map(\.record).sorted { $0.id < $1.id }) }.sorted { $0.1[0].id < $1.1[0].id }
        for (batch, records) in sorted {
            let key = DeliveryKey(
                subject: .nudges(records.map(\.id)),
                channel: batch.channel,
                occasion: String(records[0].showings + 1)
            )
            let isBudgeted = batch.kind == .reconnect && records[0].showings == 0 && records[0].snoozes == 0
            changes.append(.enqueue(PlannedDelivery(key: key, slot: batch.slot, isBudgeted: isBudgeted)))
        }
        return changes + messages() + channelMessages()
    }

    /// Nudges that go out as one message.
    private struct Batch: Hashable {
        let channel: ChannelName
        let slot: Slot
        let kind: NudgeKind
        let due: CivilDate
        let share: String?
        let alone: NudgeID?
    }

    /// Whether a nudge's place has come and can still be used.
    private func isOpen(_ nudge: PlannedNudge, _ slot: Slot) -> Bool {
        guard slot.start <= now else { return false }
        let needs = NudgeKinds.rule(of: nudge.record.id.kind)?.needs(in: slot) ?? FreeTime.breath
        return now.adding(seconds: needs) <= slot.end
            && !nudge.record.state.isSnoozed(beyond: now)
    }

    /// The first channel that works and has not failed with this occasion; where all have, the first again.
    private func channel(for record: NudgeRecord) -> ChannelName? {
        let able = policy.channels.filter { $0.carriesNudges && $0.problem == nil }
        let failed = Set(
            view.deliveries(where: { $0 == .failed }).filter { row in
                row.nudges.contains(record.id) && row.key.occasion == String(record.showings + 1)
            }.map(\.key.channel)
        )
        return (able.first { !failed.contains($0.name) } ?? able.first)?.name
    }

    private var channelProblem: String {
        policy.channels.first { $0.carriesNudges }?.problem ?? Phrases.noChannel
    }

    /// Ends rows whose nudges are no longer wanted, and unsent ones whose free time is over.
    private func cancellations(_ nudges: [PlannedNudge]) -> [LedgerChange] {
        outbox.pending.filter { row in
            let ids = row.nudges
            guard !ids.isEmpty else { return false }
            let wanted = nudges.filter { ids.contains($0.record.id) }
            let isWanted = wanted.contains { nudge in
                guard case .moment = nudge.waiting, !nudge.record.state.isSnoozed(beyond: now) else {
                    return false
                }
                return row.key.occasion == String(nudge.record.showings + 1)
            }
            let isOver = row.attempts == 0 && row.slot.map { $0.end <= now } ?? false
            return !isWanted || isOver
        }.map { .cancel($0.key) }
    }

    /// Digests and the word that a source is gone.
    private func messages() -> [LedgerChange] {
        var changes: [LedgerChange] = []
        func isKnown(_ key: DeliveryKey) -> Bool {
            view.deliveries.contains { $0.state != .failed && $0.key == key }
        }
        for profile in policy.channels {
            if let due = digestDue(profile), due <= now,
                view.pausedUntil.map({ $0 <= today }) ?? true
            {
                let week = ISOWeek(containing: today)
                let key = DeliveryKey(subject: .digest(week), channel: profile.name, occasion: "week")
                if !isKnown(key) {
                    changes.append(.enqueue(PlannedDelivery(key: key, slot: nil, isBudgeted: false)))
                }
            }
            for source in goneSources {
                guard let since = source.goneSince, now.seconds(since: since) >= 2 * 86_400 else { continue }
                let subject = DeliverySubject.sourceGone(path: source.path, since: world.zone.date(since))
                let key = DeliveryKey(subject: subject, channel: profile.name, occasion: "gone")
                if !isKnown(key) {
                    changes.append(.enqueue(PlannedDelivery(key: key, slot: nil, isBudgeted: false)))
                }
            }
        }
        return changes
    }

    /// Whether some changes put this week's digest out: what it names is announced then, once.
    func isDigestBegun(_ changes: [LedgerChange]) -> Bool {
        let week = DeliverySubject.digest(ISOWeek(containing: today))
        return changes.contains { if case .enqueue(let delivery) = $0 { delivery.key.subject == week } else { false } }
    }

    /// When this week's digest goes out on a channel: at its time on the first working day from its weekday on; where the
    /// week has none, on that weekday.
    private func digestDue(_ profile: ChannelProfile) -> Instant? {
        guard let time = profile.digestTime else { return nil }
        let day = digestDay(
            in: ISOWeek(containing: today),
            from: profile.digestDay,
            world: world,
            policy: policy
        )
        return world.zone.instant(CivilDateTime(date: day, time: time))
    }

    /// The earliest instant at which planning could decide otherwise; the next midnight at the latest.
    ///
    /// - Parameter changes: When it could place otherwise.
    func next(for nudges: [PlannedNudge], or changes: [Instant]) -> Instant {
        var next = world.zone.start(of: tomorrow)
        func take(_ instant: Instant?) {
            if let instant, instant > now { next = min(next, instant) }
        }
        for instant in changes { take(instant) }
        for index in nudges.indices where nudges[index].rank.group == .moment {
            // Nobody says when a server appears on a bus that is not there: look again within the moment.
            take(nudges[index].slot?.start ?? now.adding(seconds: 900))
        }
        for record in snoozed { if case .snoozed(let until, _) = record.state { take(until) } }
        for record in openDated { take(NudgeKinds.rule(of: record.id.kind)?.ends(record)) }
        for profile in policy.channels {
            take(digestDue(profile))
            take(profile.problemSince?.adding(seconds: ChannelFailure.patience))
        }
        for source in goneSources { take(source.goneSince?.adding(seconds: 2 * 86_400)) }
        return next
    }
}

/// The first working day of a week from a weekday on; where there is none, that weekday.
package func digestDay(in week: ISOWeek, from weekday: Weekday, world: World, policy: Policy) -> CivilDate {
    let days = (weekday.rawValue..<7).map { week.monday.adding(days: $0) }
    return days.first { world.isWorkday($0, policy) } ?? days[0]
}
