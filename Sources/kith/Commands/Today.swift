import ArgumentParser
import CivilTime
import Glibc
import KithCore
import KithEngine

/// Today's people.
///
/// On a terminal, one key answers.
struct Today: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who is up today; on a terminal with a key for each answer."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        if Terminal.isInteractive, !output.json {
            try await converse()
            return
        }
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let printer = Printer()
        let nudges = outlook.screens.todaysNudges
        if output.json {
            for nudge in nudges { printer.line(try jsonLine(NudgeShape(nudge, in: outlook))) }
        } else {
            printer.lines(outlook.screens.today(selected: nil))
        }
        if nudges.isEmpty { throw ExitStatus.nothing }
    }

    /// Shows the list and takes one key after another until nobody is left or `q` is pressed.
    private func converse() async throws {
        let session = try await Session.open(global, access: .writing)
        var outlook = try await session.settle()
        try session.tellUnread(json: false)
        try record(outlook, session)
        let printer = Printer(capacity: 0)
        guard !outlook.screens.todaysNudges.isEmpty else {
            printer.lines(outlook.screens.today(selected: nil))
            throw ExitStatus.nothing
        }
        var selected = 0
        var isStale = true
        while true {
            let nudges = outlook.screens.todaysNudges
            guard !nudges.isEmpty else { return }
            selected = min(selected, nudges.count - 1)
            if isStale { printer.lines(outlook.screens.today(selected: selected)) }
            isStale = true
            guard let key = Terminal.key() else { return }
            switch key {
            case "q": return
            case "j", "n", "\t": selected = (selected + 1) % nudges.count
            case "k", "p": selected = (selected + nudges.count - 1) % nudges.count
            case "e":
                for id in nudges[selected].record.id.contacts {
                    if let tie = outlook.world.tie(id) { printer.lines(outlook.screens.explain(tie)) }
                }
            case "w", "d", "l", "s":
                printer.line(try await act(key, on: nudges[selected], session: session, outlook: outlook))
                outlook = try await session.settle()
            default:
                isStale = false
            }
        }
    }

    /// Answers one nudge, and says what was done.
    private func act(
        _ key: Character,
        on nudge: PlannedNudge,
        session: Session,
        outlook: Outlook
    ) async throws -> String {
        let contacts = nudge.record.id.contacts.compactMap { outlook.world.contact($0) }
        let subject = Naming.Subject(contacts: contacts, nudge: nudge.record, rest: "")
        let name = outlook.screens.name(of: nudge.record)
        switch key {
        case "w":
            let address = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot)?.address
            _ = try await session.answer(.wrote(at: session.now, note: nil), about: subject)
            let isOpened = address.map { Surroundings.hasDisplay && Program.start(["xdg-open", $0]) } ?? false
            let rest = address.map { isOpened ? "" : "; write to \(printable($0))" } ?? "; no address is known"
            return "\(name): wrote\(rest). kith undo takes it back."
        case "d":
            _ = try await session.answer(.met(at: session.now, note: nil), about: subject)
            return "\(name): met."
        case "l":
            let receipt = try await session.answer(.later(until: nil), about: subject)
            let until =
                receipt.until.map { ", \(Phrases.day(session.zone.date($0))) \(Phrases.clock($0, session.zone))" } ?? ""
            return "\(name): later\(until)."
        default:
            _ = try await session.answer(.skip, about: subject)
            return "\(name): skipped."
        }
    }

    /// What stands on the screen has been seen: `ignored` counts from it.
    private func record(_ outlook: Outlook, _ session: Session) throws {
        for nudge in outlook.screens.todaysNudges {
            let seen = nudge.record.read(at: session.now)
            if seen != nudge.record { try session.ledger.put(seen) }
        }
    }
}

extension Message {
    /// The address its first action opens.
    var address: String? {
        for action in actions {
            switch action {
            case .write(let url), .call(let url): return url
            case .done, .later, .skip, .gotIt: continue
            }
        }
        return nil
    }
}
