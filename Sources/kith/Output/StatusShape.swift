import CivilTime
import KithCore
import KithEngine
import KithSources

/// What `kith status` tells.
struct StatusShape: Encodable {
    /// What the outbox knows of a channel.
    struct ChannelShape: Encodable, Hashable {
        var name: String
        /// Why nothing can be sent by it now.
        var problem: String?
        var lastSent: String?
        /// Why the last attempt failed, where no later one went through.
        var lastFailure: String?
        /// Since when nothing gets through by it.
        var failingSince: String?
        /// Deliveries that wait for it.
        var pending: Int
    }

    /// A configured path that cannot be read, or is empty where it was not.
    struct SourceShape: Encodable, Hashable {
        var path: String
        var problem: String
        var since: String?
    }

    var version: String
    var configuration: String
    var people: String
    var journal: String
    var ledger: String
    var zone: String
    var daemon: String
    var nextTurn: String?
    var pausedUntil: String?
    var open: Int
    var spentToday: Int
    var spentThisWeek: Int
    var channels: [ChannelShape]
    var sources: [SourceShape]
    /// What was read of mail, where that is asked for.
    var mail: MailShape?

    init(_ session: Session, _ outlook: Outlook, daemon state: DaemonLink.State) {
        version = Kith.version
        configuration = session.paths.configurationFile
        people = session.paths.people
        journal = session.paths.journal
        ledger = session.paths.ledger
        zone = session.zone.name
        switch state {
        case .absent: daemon = "not running"
        case .running(let next):
            daemon = "running"
            nextTurn = next.map { "\($0)" }
        }
        pausedUntil = outlook.view.pausedUntil.map { "\($0)" }
        open = outlook.plan.nudges.count
        (spentToday, spentThisWeek) = (outlook.plan.spentToday, outlook.plan.spentThisWeek)
        channels = outlook.policy.channels.map { ChannelShape($0, outlook.view, at: outlook.now) }
        sources = SourceShape.all(outlook)
        mail = MailShape(outlook.world.sources)
    }

    /// The same for people.
    func lines(zone: Zone, now: Instant) -> [String] {
        let today = zone.date(now)
        let turn = nextTurn.flatMap { text in time(text, zone: zone, today: today) }.map { ", looks again \($0)" } ?? ""
        var rows = [
            ["configuration", configuration], ["people", people], ["journal", journal], ["ledger", ledger],
            ["time zone", self.zone], ["daemon", daemon + turn],
        ]
        if let day = pausedUntil.flatMap({ CivilDate($0) }), day > today {
            rows.append(["paused", Pause.phrase(day, today: today)])
        }
        rows.append(["nudges", "\(open) open; \(spentToday) shown today, \(spentThisWeek) this week"])
        if let mail { rows.append(["mail", mail.text]) }
        rows += channels.map { [$0.name, $0.text { self.time($0, zone: zone, today: today) }] }
        rows += sources.map { ["gone", "\($0.path): \($0.problem)"] }
        return table(rows.map { $0.map { printable($0) } })
    }

    private func time(_ text: String, zone: Zone, today: CivilDate) -> String? {
        guard case .instant(let instant)? = try? TimePhrase(text) else { return nil }
        let day = zone.date(instant)
        return (day == today ? "" : Phrases.day(day, seenFrom: today) + " ") + Phrases.clock(instant, zone)
    }
}

extension StatusShape.ChannelShape {
    init(_ profile: ChannelProfile, _ view: LedgerView, at now: Instant) {
        let rows = view.deliveries.filter { $0.key.channel == profile.name }
        let sent = rows.compactMap(\.sentAt).max()
        let failed = rows.filter { row in
            guard row.problem != nil, row.state != .sent, let tried = row.lastAttemptAt else { return false }
            return sent.map { tried > $0 } ?? true
        }
        (name, problem) = (profile.name.rawValue, profile.problem)
        lastSent = sent.map { "\($0)" }
        lastFailure = failed.max { ($0.lastAttemptAt ?? $0.plannedAt) < ($1.lastAttemptAt ?? $1.plannedAt) }?.problem
        let failure = failed.isEmpty ? nil : ChannelFailure(of: profile, in: view, at: now)
        failingSince = failure.map { "\($0.since)" }
        pending = rows.filter { $0.state == .pending }.count
    }

    /// `last sent Mon 08:30`, and what is wrong before it.
    func text(time: (String) -> String?) -> String {
        let since = failingSince.flatMap(time).map { " since \($0)" } ?? ""
        var parts = [problem, lastFailure.map { "failed\(since): \($0)" }].compactMap(\.self)
        if pending > 0 { parts.append("\(pending) waiting") }
        parts.append(lastSent.flatMap(time).map { "last sent \($0)" } ?? "nothing sent yet")
        return parts.joined(separator: "; ")
    }
}

extension StatusShape.SourceShape {
    static func all(_ outlook: Outlook) -> [StatusShape.SourceShape] {
        let gone = outlook.plan.goneSources
        let unread = outlook.world.sources.compactMap { reading in
            reading.problem.map { problem in
                let since = gone.first { $0.path == reading.path }?.goneSince
                return StatusShape.SourceShape(path: reading.path, problem: problem, since: since.map { "\($0)" })
            }
        }
        let known = Set(unread.map(\.path))
        return unread
            + gone.filter { !known.contains($0.path) }.map { memory in
                let since = memory.goneSince.map { "\($0)" }
                return StatusShape.SourceShape(path: memory.path, problem: "empty, and was not", since: since)
            }
    }
}
