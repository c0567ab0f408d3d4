import Foundation
import KithTesting
import Testing

/// How commands end: the status, and one line that says why.
@Suite("Exit status")
struct ExitTests {
    /// A command line and how it ends in the test's home.
    struct Example: CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let says: String

        init(_ line: String, _ status: Int32, _ says: String = "") {
            arguments = line.split(separator: " ").map { $0.replacingOccurrences(of: "_", with: " ") }
            (self.status, self.says) = (status, says)
        }

        var testDescription: String { "\(arguments.joined(separator: " ")) → \(status)" }
    }

    static let examples = [
        Example("due", 0),
        Example("explain ana", 0),
        Example("explain noor", 1, "Noor Haddad: not kept"),
        Example("undo", 1, "kith: there is no answer to take back"),
        Example("later noor", 1, "nothing to put off"),
        Example("reload", 1, "no daemon is running"),
        Example("frobnicate", 2, "Unexpected argument"),
        Example("due --now never", 2, "--now: \"never\" is no time"),
        Example("due --instance a/b", 2, "--instance"),
        Example("done", 2, "Missing expected argument"),
        Example("done zz", 2, "kith: nobody is called \"zz\""),
        Example("done anna", 2, "did you mean Ana Ruiz?"),
        Example("done ana tomorrow", 2, "\"tomorrow\" lies ahead"),
        Example("later ana 2026-01-01", 2, "\"2026-01-01\" has passed already"),
        Example("skip n0000000", 2, "nobody is called"),
        Example("undo n0000000", 2, "no nudge is called n0000000"),
        Example("pause yesterday", 2, "has no day ahead of it"),
        Example("pause today", 2, "has no day ahead of it"),
        Example("simulate --weeks 0", 2, "--weeks"),
        Example("simulate --answer maybe", 2, "maybe"),
        Example("inspect", 2, "which files?"),
        Example("inspect --rrule FREQ=NEVER --dtstart 20260101T000000", 2, "--rrule"),
        Example("inspect --rrule FREQ=DAILY --dtstart tomorrow", 2, "--dtstart"),
        Example("inspect --zones here.txt", 2, "only - is read"),
        Example("inspect --zones - --rrule -", 2, "no paths and no rule"),
        Example("test nowhere", 2, "there are: terminal"),
        Example("doctor --accept /nowhere", 2, "/nowhere is no configured path"),
        Example("due --config missing.yaml", 3, "missing.yaml: there is no such file"),
        Example("init", 3, "never overwrites"),
        Example("inspect /nonexistent", 4, "/nonexistent: error: there is no such file"),
    ]

    @Test("A command ends with its status and says why", arguments: examples)
    func statuses(_ example: Example) throws {
        let outcome = try Home().kith(example.arguments)
        #expect(outcome.status == example.status, "\(outcome.output)\(outcome.errors)")
        #expect(
            example.says.isEmpty || (outcome.output + outcome.errors).contains(example.says),
            "\(outcome.output)\(outcome.errors)"
        )
    }

    @Test("A wrong configuration is named with file, line and column")
    func configuration() throws {
        let home = try Home()
        try home.configure("budjet: {per_day: 1}")
        let outcome = try home.kith("due")
        #expect(outcome.status == 3 && outcome.output.isEmpty)
        #expect(
            home.masked(outcome.errors) == """
                kith: HOME/.config/kith/config.yaml:9:1: unknown key "budjet"; did you mean budget?

                """
        )
    }

    @Test("A ledger that is none is told, and nothing is lost of it")
    func ledger() throws {
        let home = try Home()
        try home.folder.write(
            "this is no database, and long enough to be looked at twice",
            to: ".local/state/kith/ledger.sqlite"
        )
        for command in [["due"], ["done", "ana"]] {
            let outcome = try home.kith(command)
            #expect(outcome.status == 4 && outcome.errors.hasPrefix("kith: the ledger: "))
        }
        #expect(try home.text(".local/state/kith/ledger.sqlite").hasPrefix("this is no database"))
    }

    @Test(
        "A reading command writes nothing",
        arguments: ["", "due", "next", "people", "explain ana", "status", "doctor", "simulate"]
    )
    func reading(line: String) throws {
        let home = try Home()
        _ = try home.kith(line.split(separator: " ").map { String($0) })
        #expect(!home.exists(".local"))
    }

    @Test("A reader that goes away is no failure", arguments: ["due", "people --json", "simulate --json --weeks 26"])
    func pipe(line: String) throws {
        let home = try Home()
        let script = "set -o pipefail; \"$KITH\" \(line) --now '\(Home.now)' | head -n 1; echo \"${PIPESTATUS[0]}\""
        let outcome = try home.run("/bin/bash", ["-c", script])
        #expect(outcome.lines.last == "0" && outcome.lines.count == 2)
        #expect(outcome.errors.isEmpty)
    }
}
