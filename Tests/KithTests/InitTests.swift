import Foundation
import KithTesting
import Testing

/// A first configuration, made without a terminal: nothing is asked.
@Suite("Init")
struct InitTests {
    @Test("It finds calendars and cards, guesses whose they are, and what it writes works")
    func found() throws {
        let home = try Home(configured: false)
        let outcome = try home.kith("init", "--no-start", "--no-show")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(outcome.output.contains("Nobody is kept yet"))
        let text = try home.text(".config/kith/config.yaml")
        for line in [
            "emails: [\"ada@example.com\"]", "- path: \"~/calendars\"", "- path: \"~/contacts\"", "- desktop: {}",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        #expect(!home.exists(".local/share/kith/people.yaml"))
        #expect(try home.kith("people").status == 1)
    }

    @Test("Those who are named are kept")
    func kept() throws {
        let home = try Home(configured: false)
        let outcome = try home.kith(
            "init",
            "--keep",
            "ana",
            "--keep",
            "noor",
            "--every",
            "4 weeks",
            "--no-start",
            "--no-show"
        )
        #expect(
            outcome.lines == [
                "", "2 people, about one nudge a fortnight.",
                "Wrote config.yaml and people.yaml in your kith folders (kith status shows where).",
            ]
        )
        let people = try home.kith("people").lines
        #expect(people.count == 2 && people[0].hasPrefix("Ana Ruiz") && people[0].contains("4 weeks"))
    }

    @Test("All who are proposed were met one to one and went quiet")
    func proposed() throws {
        let home = try Home(configured: false)
        #expect(try home.kith("init", "--keep", "all", "--no-start", "--no-show").status == 0)
        // With Ben a meeting is booked; Mira and Noor were never met.
        let text = try home.text(".local/share/kith/people.yaml")
        #expect(text.contains("uid: ana") && text.contains("uid: jonas"))
        #expect(!text.contains("ben") && !text.contains("mira") && !text.contains("noor"))
    }

    @Test("Flags go before what is found")
    func flags() throws {
        let home = try Home(configured: false)
        let outcome = try home.kith(
            "init",
            "--calendars",
            "calendars/work",
            "--contacts",
            "contacts/ana.vcf",
            "--me",
            "Ada@Example.org",
            "--no-start",
            "--no-show"
        )
        #expect(outcome.status == 0)
        let text = try home.text(".config/kith/config.yaml")
        #expect(
            text.contains("\"~/calendars/work\"") && text.contains("\"~/contacts/ana.vcf\"")
                && text.contains("ada@example.org")
        )
    }

    @Test("What vdirsyncer keeps is found by its configuration")
    func vdirsyncer() throws {
        let home = try Home(configured: false)
        try home.folder.write(
            """
            [general]
            status_path = "~/.vdirsyncer/status/"

            [storage my_calendars]
            type = "filesystem"
            path = "~/elsewhere/cal/"
            fileext = ".ics"

            [storage remote]
            type = "caldav"
            path = "~/contacts"
            """,
            to: ".config/vdirsyncer/config"
        )
        try FileManager.default.createDirectory(atPath: home.path + "/elsewhere/cal", withIntermediateDirectories: true)
        try FileManager.default.moveItem(
            atPath: home.path + "/calendars/work",
            toPath: home.path + "/elsewhere/cal/work"
        )
        #expect(try home.kith("init", "--no-start", "--no-show").status == 0)
        #expect(try home.text(".config/kith/config.yaml").contains("- path: \"~/elsewhere/cal\""))
    }

    @Test("Without a calendar it says what to name")
    func nothing() throws {
        let home = try Home(configured: false)
        try FileManager.default.removeItem(atPath: home.path + "/calendars")
        let outcome = try home.kith("init")
        #expect(
            outcome.status == 4
                && outcome.errors == "kith: no calendar was found; name one: kith init --calendars PATH\n"
        )
        #expect(!home.exists(".config/kith"))
    }

    @Test("One that exists is never overwritten")
    func exists() throws {
        let home = try Home()
        let before = try home.text(".config/kith/config.yaml")
        #expect(try home.kith("init", "--yes").status == 3)
        #expect(try home.text(".config/kith/config.yaml") == before)
    }
}
