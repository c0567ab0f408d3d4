import ArgumentParser
import CivilTime
import KithCore
import KithEngine

extension Simulation.Answering: ExpressibleByArgument {}

/// Plays a stretch of time over the configured sources.
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What would come over some weeks; writes nothing.",
        discussion:
            "Begins with an empty ledger and reads your calendars as they are. met answers at once, ignore sees every "
            + "nudge and does nothing, none never sees one."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: ArgumentHelp("The first day; today without it.", valueName: "day"))
    var from: String?

    @Option(name: .long, help: ArgumentHelp("How long.", valueName: "n"))
    var weeks = 12

    @Option(name: .long, help: ArgumentHelp("What you would do: met, ignore or none.", valueName: "answer"))
    var answer: Simulation.Answering = .met

    @Option(name: .long, help: ArgumentHelp("Another seed, another story where chance has a part.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...520).contains(weeks) else { throw ValidationError("--weeks: 1 to 520") }
    }

    func run() async throws {
        let session = try await Session.open(global, access: .imagining)
        let zone = session.zone
        let start =
            try from.map { try session.time.instant($0, option: "--from") } ?? zone.start(of: zone.date(session.now))
        let end = zone.start(of: zone.date(start).adding(days: weeks * 7))
        var simulation = Simulation(
            source: session.source,
            setup: session.setup,
            profiles: await session.engine().currentPolicy().channels,
            answering: answer,
            seed: seed,
            log: session.log
        )
        let printer = Printer()
        var count = 0
        let json = output.json
        try await simulation.run(from: start, until: end) { event in
            count += 1
            if json {
                printer.line(try jsonLine(SimulationShape(event)))
            } else if let message = event.message {
                printer.lines(Self.lines(message, at: event.at, zone: zone))
            }
        }
        if count == 0 { throw ExitStatus.nothing }
    }

    /// `2026-01-05 14:10  Ana Ruiz  7 weeks since …`; a digest's further lines stand indented below.
    private static func lines(_ message: Message, at instant: Instant, zone: Zone) -> [String] {
        let local = zone.local(instant)
        let stamp = "\(local.date) \(padded(local.time.hour, 2)):\(padded(local.time.minute, 2))"
        let body = message.body.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard body.count > 1 else { return ["\(stamp)  \(printable(message.title))  \(printable(message.body))"] }
        return ["\(stamp)  \(printable(message.title))"] + body.filter { !$0.isEmpty }.map { "    " + printable($0) }
    }
}
