import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// Where everything is and how it goes.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Where files are, whether the daemon runs, what was sent and what failed."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let shape = StatusShape(
            session,
            try await session.outlook(),
            daemon: await DaemonLink(instance: global.instance).state()
        )
        let printer = Printer()
        if output.json {
            printer.line(try jsonLine(shape))
        } else {
            printer.lines(shape.lines(zone: session.zone, now: session.now))
        }
    }
}
