import Foundation
import Testing

/// Answers given on the command line, with no daemon there: what is said, what is written, and what it changes.
@Suite("Answers on the command line")
struct AnswerTests {
    @Test("Done logs a meeting with its note and ends the wait; undo takes both back")
    func done() throws {
        let home = try Home()
        let before = try home.kith("due", "--json").output
        let outcome = try home.kith("done", "ana", "yesterday", "--", "over", "lunch; the", "--deck")
        #expect(outcome.status == 0)
        #expect(outcome.output == "Ana Ruiz: met on Mon 26 Jan.\nAna Ruiz: due again on Mon 9 Mar\n")
        let entry = try #require(try home.journal().first)
        for line in [
            "SUMMARY:Met Ana Ruiz", "X-KITH-ACTION:MET", "X-KITH-CONTACT:ana", "DTSTART:20260126T110000Z",
            "DESCRIPTION:over lunch\\; the --deck", "X-KITH-NUDGE:reconnect/met-2025-12-09/ana", "STATUS:FINAL",
        ] {
            #expect(entry.contains(line + "\r\n"), "\(line)")
        }
        #expect(!(try home.kith("due").output.contains("Ana Ruiz")))
        #expect(try home.kith("undo").output == "Taken back: Ana Ruiz, met.\n")
        #expect(try home.journal().count == 1 && home.journal()[0].contains("STATUS:CANCELLED"))
        #expect(try home.kith("due", "--json").output == before)
    }

    @Test("What stands behind -- is a note for met and wrote alike", arguments: ["met", "done", "wrote"])
    func note(command: String) throws {
        let home = try Home()
        #expect(try home.kith([command, "ana", "--", "-x", "and", "y"]).status == 0)
        #expect(try #require(try home.journal().first).contains("DESCRIPTION:-x and y\r\n"))
    }

    @Test("A promise in a note is kept with the entry, told, and asked about on its day; undo takes it back")
    func promise() throws {
        let home = try Home()
        let outcome = try home.kith("done", "ana", "--", "over", "lunch;", "promise:", "the", "deck", "by", "Friday")
        #expect(
            outcome.output == """
                Ana Ruiz: met.
                Ana Ruiz: due again on Tue 10 Mar
                Promised by Fri 30 Jan: the deck.

                """
        )
        let entry = try #require(try home.journal().first)
        #expect(
            entry.contains("DESCRIPTION:over lunch\r\n") && entry.contains("X-KITH-PROMISE;DUE=20260130:the deck\r\n")
        )
        let due = try home.kith("due").lines.first { $0.contains("promised: the deck") }
        #expect(due?.hasSuffix("Fri 09:00") == true)
        #expect(try home.kith("due", "--json").lines.contains { $0.contains("\"kind\":\"promise\"") })
        #expect(try home.kith("explain", "ana").lines.contains { $0 == "promised  Fri 30 Jan  the deck" })
        _ = try home.kith("undo")
        #expect(!(try home.kith("due").output.contains("promised:")))
        #expect(!(try home.kith("explain", "ana").output.contains("promised")))
    }

    @Test("A promise that cannot be read is refused, and nothing is written")
    func badPromise() throws {
        let home = try Home()
        let outcome = try home.kith("done", "ana", "--", "promise:", "deck", "by", "Fridya")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("\"Fridya\" is no time; expected e.g. 2026-01-27"))
        #expect(outcome.errors.contains("expected \"promise: WHAT by WHEN\""))
        #expect(try home.journal().isEmpty)
    }

    @Test("Wrote begins a half wait")
    func wrote() throws {
        let home = try Home()
        #expect(try home.kith("wrote", "ana").output == "Ana Ruiz: wrote.\nAna Ruiz: due again on Tue 17 Feb\n")
        #expect(try #require(try home.journal().first).contains("X-KITH-ACTION:WROTE"))
    }

    @Test("Skip begins the whole wait anew and logs no contact")
    func skip() throws {
        let home = try Home()
        #expect(try home.kith("skip", "ana").output == "Ana Ruiz: skipped.\nAna Ruiz: due again on Tue 10 Mar\n")
        #expect(try home.journal().isEmpty)
    }

    @Test(
        "Later means the next free moment, or what is said",
        arguments: [
            ("ana", "Wed 28 Jan 09:00"), ("ana slot", "Wed 28 Jan 09:00"), ("ana monday", "Mon 2 Feb 09:00"),
            ("ana 1h", "Tue 27 Jan 15:15"), ("ana 2026-02-03 11:00", "Tue 3 Feb 11:00"),
            ("ana ruiz next week", "Mon 2 Feb 09:00"),
        ]
    )
    func later(words: String, when: String) throws {
        let home = try Home()
        let outcome = try home.kith(["later"] + words.split(separator: " ").map { String($0) })
        #expect(outcome.status == 0)
        #expect(outcome.output == "Ana Ruiz: later, from \(when).\n")
        #expect(
            try home.kith("due", "--json").lines.contains {
                $0.contains("\"ana\"") && $0.contains("\"state\":\"snoozed\"")
            }
        )
    }

    @Test("A nudge's id stands for its person")
    func shortID() throws {
        let home = try Home()
        let line = try #require(try home.kith("due").lines.first { $0.contains("Ana Ruiz") })
        let id = String(line.prefix { $0 != " " })
        #expect(id.hasPrefix("n") && id.count == 8)
        #expect(try home.kith("done", id).output.hasPrefix("Ana Ruiz: met."))
        #expect(try home.kith("undo", id).status == 0)
    }

    @Test("Two people are joined by and")
    func together() throws {
        let home = try Home()
        #expect(try home.kith("done", "ana", "and", "jonas").output.hasPrefix("Ana Ruiz and Jonas: met."))
        let entry = try #require(try home.journal().first)
        #expect(entry.contains("X-KITH-CONTACT:ana\r\n") && entry.contains("X-KITH-CONTACT:jonas\r\n"))
    }

    @Test("Keep and drop write people.yaml, readable by no one else")
    func keep() throws {
        let home = try Home()
        #expect(try home.kith("keep", "noor", "2m", "--network", "personal").output == "Noor Haddad: kept, personal.\n")
        #expect(try home.kith("keep", "ana", "2", "weeks").output == "Ana Ruiz: kept, strategic, every 2 weeks.\n")
        let text = try home.text(".local/share/kith/people.yaml")
        #expect(text.hasPrefix("# Written by kith: comments do not survive."))
        for line in ["uid: noor", "network: personal", "every: 2 weeks", "since: 2026-01-27"] {
            #expect(text.contains(line), "\(line)")
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: home.path + "/.local/share/kith/people.yaml")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try home.kith("drop", "ana").output == "Ana Ruiz: dropped.\n")
        #expect(!(try home.kith("people").output.contains("Ana Ruiz")))
        #expect(try home.kith("keep", "ana").status == 0)
        #expect(try home.kith("people").output.contains("Ana Ruiz"))
    }

    @Test(
        "Who stands in the configuration is changed there",
        arguments: [["keep", "ana", "3w"], ["drop", "ana"], ["pause", "ana"]]
    )
    func refused(arguments: [String]) throws {
        let home = try Home()
        try home.configure("people: [{email: ana@meridian.example, every: 3 months}]")
        let outcome = try home.kith(arguments)
        #expect(outcome.status == 3 && outcome.output.isEmpty)
        #expect(
            home.masked(outcome.errors).hasPrefix(
                "kith: Ana Ruiz has an entry in your configuration, HOME/.config/kith/config.yaml:9:"
            )
        )
        #expect(!home.exists(".local/share/kith/people.yaml"))
    }

    @Test("A pause holds one person or all, and ends")
    func pause() throws {
        let home = try Home()
        #expect(try home.kith("pause", "ana", "2026-03-01").output == "Ana Ruiz: paused until Sun 1 Mar.\n")
        #expect(
            try home.kith("due").lines.contains { $0.contains("Ana Ruiz") && $0.hasSuffix("paused until Sun 1 Mar") }
        )
        #expect(try home.kith("resume", "ana").output == "Ana Ruiz: no longer paused.\n")
        #expect(try home.kith("pause", "3w").output == "Everything is paused until Tue 17 Feb.\n")
        #expect(try home.kith([]).status == 1)
        #expect(try home.kith("pause").output == "Everything is paused until kith resume.\n")
        #expect(try home.kith("status").lines.contains { $0.hasPrefix("paused ") && $0.hasSuffix("until kith resume") })
        #expect(try home.kith("doctor").lines.contains { $0.hasPrefix("paused ") })
        #expect(try home.kith("resume").output == "No longer paused.\n")
        #expect(try home.kith([]).status == 0)
    }

    @Test("A test goes out by the channel that is named")
    func trial() throws {
        let outcome = try Home().kith("test", "terminal")
        #expect(outcome.status == 0 && outcome.output.contains("terminal: sent"))
    }

    @Test("An instance has a ledger of its own")
    func instance() throws {
        let home = try Home()
        #expect(try home.kith("skip", "ana", "--instance", "second").status == 0)
        #expect(home.exists(".local/state/kith/instances/second/ledger.sqlite"))
        #expect(try home.kith("due").output.contains("Ana Ruiz"))
        #expect(!(try home.kith("due", "--instance", "second").output.contains("Ana Ruiz")))
    }
}
