import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// Lists every open nudge, with what each waits for.
struct Due: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every open nudge, and what it waits for.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let printer = Printer()
        if output.json {
            for nudge in outlook.plan.nudges { printer.line(try jsonLine(NudgeShape(nudge, in: outlook))) }
        } else {
            printer.lines(outlook.screens.due())
        }
        if outlook.plan.nudges.isEmpty { throw ExitStatus.nothing }
    }
}

/// The nudge that comes next.
struct Next: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Who comes next, and when.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let screens = outlook.screens
        guard let next = screens.upcoming.first else {
            if !output.json { Printer().line("Nobody this week or the next.") }
            throw ExitStatus.nothing
        }
        Printer().line(
            output.json
                ? try jsonLine(NudgeShape(next, in: outlook))
                : "\(screens.name(of: next.record)), \(screens.when(next))"
        )
    }
}

extension Outlook {
    /// The screens that show it.
    var screens: Screens { Screens(plan: plan, world: world, view: view, policy: policy) }
}
