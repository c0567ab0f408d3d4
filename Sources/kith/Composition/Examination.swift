import CivilTime
import Glibc
import KithCore
import KithEngine
import KithSources

/// What `kith doctor` finds, row by row.
struct Examination {
    let session: Session
    let outlook: Outlook
    let daemon: DaemonLink.State

    private var world: World { outlook.world }
    private var zone: Zone { session.zone }

    func rows() -> [DoctorRow] {
        [configuration] + sources + people + [addresses, capacity].compactMap(\.self) + channels + [journal, service]
            + [pause, remarks, waiting].compactMap(\.self)
    }

    private var configuration: DoctorRow {
        let rules = session.setup.rules
        let parts = [Phrases.count(rules.circles.count, "circle"), "time zone \(zone.name)"]
        return DoctorRow("configuration", isOK: true, parts.joined(separator: ", "))
    }

    /// One row for all calendars and one for all cards, and one more for each path that cannot be read or is empty.
    private var sources: [DoctorRow] {
        let calendars = world.sources.filter { $0.kind == .calendar && $0.problem == nil }
        let cards = world.sources.filter { $0.kind == .contacts && $0.problem == nil }
        let folders = Phrases.count(calendars.map(\.collections).reduce(0, +), "folder")
        let events = calendars.map(\.items).reduce(0, +)
        let count = cards.map(\.items).reduce(0, +)
        let kept = world.ties.count == 1 ? "1 person kept" : "\(Phrases.grouped(world.ties.count)) people kept"
        var rows = [
            DoctorRow(
                "calendars",
                isOK: events > 0,
                "\(folders), \(Phrases.count(events, "event"))",
                fix: events > 0 ? nil : "check calendars: in \(session.paths.configurationFile)"
            ),
            DoctorRow(
                "contacts",
                isOK: count > 0,
                "\(Phrases.count(count, "card")), \(kept)",
                fix: count > 0 ? nil : "check contacts: in \(session.paths.configurationFile)"
            ),
        ]
        if let mail = MailShape(world.sources) { rows.append(mail.row(session.paths)) }
        for source in StatusShape.SourceShape.all(outlook) {
            let since = source.since.map { " since \($0)" } ?? ""
            rows.append(
                DoctorRow(
                    "gone",
                    isOK: false,
                    printable("\(source.path): \(source.problem)\(since)"),
                    fix:
                        "bring it back, or, where that is right: kith doctor --accept \(quotedForShell(printable(source.path)))"
                )
            )
        }
        return rows
    }

    /// Entries that no card matches.
    private var people: [DoctorRow] {
        world.unmatchedPeople.map { entry in
            let name = entry.name ?? entry.email ?? entry.uid ?? ""
            return DoctorRow(
                "people",
                isOK: false,
                printable("\(name) (\(Phrases.place(entry.place))) matches no card"),
                fix: "correct the entry, or take it out"
            )
        }
    }

    /// Meetings that seem not to be the user's: an address is missing.
    private var addresses: DoctorRow? {
        guard world.unmatchedEvents > 0 else { return nil }
        let text = "\(Phrases.count(world.unmatchedEvents, "event")) with people, but none of your addresses"
        guard let address = world.suggestedAddress else { return DoctorRow("you", isOK: nil, text) }
        return DoctorRow("you", isOK: false, text, fix: "if \(printable(address)) is you, add it to emails: under me:")
    }

    private var capacity: DoctorRow? {
        let (demand, budget) = (outlook.plan.demand, outlook.policy.perWeek)
        let text = "about \(Phrases.count((demand + 50) / 100, "nudge")) a week; budget \(budget)"
        guard demand > budget * 100 else {
            let isTight = demand > budget * 80
            return DoctorRow("capacity", isOK: true, text + (isTight ? ", which is more than four fifths of it" : ""))
        }
        return DoctorRow(
            "capacity",
            isOK: false,
            text,
            fix: "keep fewer people, wait longer between, or raise budget: per_week"
        )
    }

    private var channels: [DoctorRow] {
        outlook.policy.channels.map { profile in
            let state = StatusShape.ChannelShape(profile, outlook.view, at: outlook.now)
            let failure = ChannelFailure(of: profile, in: outlook.view, at: outlook.now)
            let since = failure.map { " since \(outlook.screens.dayAndClock($0.since))" } ?? ""
            let name = profile.name.rawValue
            guard let problem = profile.problem ?? state.lastFailure else {
                let sent = outlook.view.deliveries.filter { $0.key.channel == profile.name }.compactMap(\.sentAt).max()
                let when = sent.map { "last sent \(outlook.screens.dayAndClock($0))" }
                return DoctorRow(name, isOK: true, when ?? "nothing sent yet")
            }
            let fix =
                profile.name == .desktop && profile.problem != nil
                ? "start one (mako, dunst), then: kith test desktop" : "then: kith test \(name)"
            return DoctorRow(name, isOK: false, printable(problem) + since, fix: fix)
        }
    }

    /// The journal's folder, or the first folder above it that exists, must be one that can be written.
    private var journal: DoctorRow {
        var folder = session.paths.journal
        while folder.count > 1, unsafe access(folder, F_OK) != 0 {
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
        guard !folder.isEmpty, unsafe access(folder, W_OK | X_OK) == 0 else {
            return DoctorRow(
                "journal",
                isOK: false,
                "\(printable(session.paths.journal)) cannot be written",
                fix: "make \(printable(folder.isEmpty ? "/" : folder)) writable for you"
            )
        }
        return DoctorRow("journal", isOK: true, Phrases.count(world.journal.count, "interaction") + " logged")
    }

    private var service: DoctorRow {
        switch daemon {
        case .running(let next):
            let when = next.map { ", looks again \(outlook.screens.dayAndClock($0))" } ?? ""
            return DoctorRow("service", isOK: true, "running\(when)")
        case .absent:
            return DoctorRow(
                "service",
                isOK: false,
                "no daemon is running, so nothing is shown by itself",
                fix: "systemctl --user enable --now kith"
            )
        }
    }

    /// Silence that the user asked for, and may have forgotten.
    private var pause: DoctorRow? {
        let today = outlook.plan.today
        guard let day = outlook.view.pausedUntil, day > today else { return nil }
        return DoctorRow("paused", isOK: nil, "everything, \(Pause.phrase(day, today: today))")
    }

    /// What is wrong in files; the lines themselves follow the rows.
    private var remarks: DoctorRow? {
        let count = session.source.diagnostics.count
        return count == 0 ? nil : DoctorRow("files", isOK: nil, "\(Phrases.count(count, "remark")); listed below")
    }

    /// Who waits for a channel.
    private var waiting: DoctorRow? {
        let stuck = outlook.plan.nudges.filter { nudge in
            if case .channel = nudge.waiting { true } else { false }
        }
        guard !stuck.isEmpty else { return nil }
        let names = stuck.prefix(5).map { outlook.screens.name(of: $0.record) }.joined(separator: ", ")
        let first = outlook.policy.channels.first(where: \.carriesNudges)?.name
        let when = first == .desktop ? "a server appears" : "a channel works again"
        return DoctorRow("waiting", isOK: nil, "\(stuck.count): \(names); shown when \(when)")
    }
}
