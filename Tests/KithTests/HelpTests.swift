import Foundation
import Testing

/// What the program says of itself, byte for byte.
@Suite("Help")
struct HelpTests {
    @Test("The front page names the commands of every day first")
    func frontPage() throws {
        let outcome = try Home(configured: false).kith(["--help"], now: nil)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let sections = outcome.output.components(separatedBy: "\n\n")
        let front = try #require(sections.first { $0.hasPrefix("SUBCOMMANDS:") })
        #expect(
            names(in: front) == [
                "today (default)", "done, met", "wrote", "later, snooze", "skip", "undo", "keep", "drop", "explain",
                "doctor", "init",
            ]
        )
        let more = try #require(sections.first { $0.hasPrefix("MORE SUBCOMMANDS:") })
        #expect(
            Set(names(in: more)).isSuperset(of: [
                "due", "next", "show", "agenda", "pause", "resume", "people", "circles", "simulate", "inspect",
                "status", "test", "reload",
            ])
        )
    }

    /// The first column of a list of commands.
    private func names(in section: String) -> [String] {
        section.split(separator: "\n").dropFirst().compactMap { line in
            line.hasPrefix("  ") && !line.hasPrefix("   ") ? line.dropFirst(2).components(separatedBy: "  ").first : nil
        }
    }

    @Test("A command tells what its words mean")
    func command() throws {
        let outcome = try Home(configured: false).kith(["later", "--help"], now: nil)
        #expect(outcome.status == 0)
        #expect(
            outcome.output == """
                OVERVIEW: Not now: later NAME [until]

                Until: 1h, tonight, tomorrow, monday, "next week", 3w, a date, or slot: the
                next free moment from tomorrow, which it is without a word.

                USAGE: kith later [--config <file>] [--instance <name>] [--now <time>] <name [until]> ...

                ARGUMENTS:
                  <name [until]>          Whom, and until when.

                OPTIONS:
                  --config <file>         The configuration to read.
                  --instance <name>       A second kith beside the first: its own state folder
                                          and bus name.
                  --now <time>            What to take for the present time.
                  --version               Show the version.
                  -h, --help              Show help information.


                """
        )
    }

    @Test("Completion is made for each shell", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) throws {
        let outcome = try Home(configured: false).kith(["--generate-completion-script", shell], now: nil)
        #expect(outcome.status == 0 && outcome.output.contains("explain"))
    }

    @Test("The version is one line")
    func version() throws {
        let outcome = try Home(configured: false).kith(["--version"], now: nil)
        #expect(outcome.status == 0 && outcome.lines.count == 1 && outcome.output.first?.isNumber == true)
    }
}
