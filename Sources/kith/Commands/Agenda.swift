import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// The days ahead: what takes time, the moments that are free, and the nudges that are planned for them.
struct Agenda: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The week ahead: busy time, free moments, planned nudges."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: ArgumentHelp("How many days, 1 to 28.", valueName: "n"))
    var days = 7

    /// A stretch of time as JSON gives it: `event` is `busy`, `free` or `nudge`.
    private struct Entry: Encodable {
        var event: String
        var start: String
        var end: String
        var network: String?
        var nudge: String?
        var contacts: [PersonShape]?
    }

    func validate() throws {
        guard (1...28).contains(days) else { throw ValidationError("--days: 1 to 28") }
    }

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let printer = Printer()
        if output.json {
            for entry in entries(outlook) { printer.line(try jsonLine(entry)) }
        } else {
            printer.lines(outlook.screens.agenda(days: days))
        }
    }

    private func entries(_ outlook: Outlook) -> [Entry] {
        let (zone, today) = (outlook.world.zone, outlook.plan.today)
        let end = zone.start(of: today.adding(days: days))
        var entries = outlook.world.busy.filter { $0.end > outlook.now && $0.start < end }.map { interval in
            Entry(event: "busy", start: "\(interval.start)", end: "\(interval.end)")
        }
        for nudge in outlook.plan.nudges {
            guard let slot = nudge.slot, slot.start < end else { continue }
            let people = PersonShape.all(nudge.record.id.contacts, in: outlook.world)
            entries.append(
                Entry(
                    event: "nudge",
                    start: "\(slot.start)",
                    end: "\(slot.end)",
                    network: nudge.network.rawValue,
                    nudge: nudge.record.shortID,
                    contacts: people
                )
            )
        }
        for network in [Network.strategic, .personal] {
            let hours = network == .personal ? "personal" : "work"
            for slot in outlook.momentsAhead(for: network) where slot.start < end {
                entries.append(Entry(event: "free", start: "\(slot.start)", end: "\(slot.end)", network: hours))
            }
        }
        return entries.sorted { ($0.start, $0.event, $0.nudge ?? "") < ($1.start, $1.event, $1.nudge ?? "") }
    }
}
