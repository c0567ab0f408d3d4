import ArgumentParser
import Glibc

/// The program: every command, and how it ends.
@main
struct Kith: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kith",
        abstract: "Keeps you in touch with the people who matter.",
        discussion: "Without a command: today.",
        version: version,
        subcommands: [
            Today.self, Done.self, Wrote.self, Later.self, Skip.self, Undo.self, Keep.self, Drop.self, Explain.self,
            Doctor.self, Init.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "More",
                subcommands: [
                    Due.self, Next.self, Show.self, Agenda.self, Pause.self, Resume.self, People.self, Circles.self,
                    Simulate.self, Inspect.self, Status.self, TestChannel.self, Reload.self, DaemonCommand.self,
                ]
            )
        ],
        defaultSubcommand: Today.self
    )

    /// The program's version, for `--version` and the bus.
    static let version = "0.1.0"

    static func main() async {
        // A reader that goes away is no reason to die: writes tell.
        _ = signal(SIGPIPE, SIG_IGN)
        Glibc.exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Parses and runs; every way to end goes through here.
    private static func run(_ arguments: [String]) async -> ExitStatus {
        do {
            var command = try parseAsRoot(LoggedWords.withNote(arguments))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .done
        } catch let failure as Failure {
            return tell(failure)
        } catch let status as ExitStatus {
            return status
        } catch {
            return tellParsing(error)
        }
    }

    private static func tell(_ failure: Failure) -> ExitStatus {
        Printer(STDERR_FILENO).line("kith: \(failure.message)")
        return failure.status
    }

    /// Help, the version and a wrong command line are ArgumentParser's to word; its 64 is our 2.
    private static func tellParsing(_ error: any Error) -> ExitStatus {
        switch exitCode(for: error) {
        case .success:
            Printer().line(fullMessage(for: error))
            return .done
        case .validationFailure:
            Printer(STDERR_FILENO).line(fullMessage(for: error))
            return .usage
        default:
            return tell(Failure(error))
        }
    }
}

/// A command may end with a status alone, its words already said.
extension ExitStatus: Error {}
