import Foundation
import Testing

/// What scripts read: every shape, byte for byte.
@Suite("JSON")
struct JSONTests {
    /// The lines of a command about one UID, the home masked.
    private func line(_ home: Home, _ arguments: String..., about uid: String) throws -> String {
        let outcome = try home.kith(arguments + ["--json"])
        return home.masked(try #require(outcome.lines.first { $0.contains("\"\(uid)\"") }))
    }

    @Test("A due nudge of a strategic tie says all")
    func due() throws {
        let line = try line(Home(), "due", about: "ana")
        #expect(
            line.replacing(#/"nudge":"n[0-9a-z]{7}"/#, with: "\"nudge\":\"N\"") == """
                {"contacts":[{"name":"Ana Ruiz","uid":"ana"}],"due":"2026-01-20","every_days":42,"kind":"reconnect",\
                "last_contact":{"cause":"met","date":"2025-12-09","file":"HOME/calendars/work/coffee.ics",\
                "summary":"Coffee w/ Ana","uid":"coffee","weight":100},"late_from":"2026-02-10","network":"strategic",\
                "nudge":"N","reason":"due","reasons":["7 weeks since \\"Coffee w/ Ana\\"","now, until 17:30"],\
                "slot":{"end":"2026-01-27T16:30:00Z","start":"2026-01-27T12:00:00Z"},"state":"pending"}
                """
        )
    }

    @Test("Of a friend no figure is told, by any command", arguments: ["due", "people", "explain jonas"])
    func friend(command: String) throws {
        let home = try Home()
        let outcome = try home.kith(command.split(separator: " ").map { String($0) } + ["--json"])
        let lines = outcome.lines.filter { $0.contains("\"jonas\"") }
        #expect(!lines.isEmpty)
        for key in ["late_from", "every_days", "weight", "dormant", "\"late\"", "at_worst_days"] {
            #expect(!lines.contains { $0.contains(key) }, "\(key)")
        }
    }

    @Test("A kept person has their rule, mark and days")
    func people() throws {
        #expect(
            try line(Home(), "people", about: "ben") == """
                {"dormant":false,"due":"2025-11-25","held_by":"booking","late_from":"2025-12-16",\
                "mark":{"cause":"met","date":"2025-10-14"},"name":"Ben Adeyemi","network":"strategic",\
                "rule":{"file":"HOME/.config/kith/config.yaml","line":6},"side":"inside","uid":"ben"}
                """
        )
    }

    @Test(
        "Every key is in snake case, sorted, and no value is null",
        arguments: [
            "due", "next", "people", "circles", "agenda", "status", "explain ana", "explain jonas", "today", "doctor",
            "simulate --weeks 20 --answer ignore", "inspect contacts calendars", "inspect contacts calendars --count",
        ]
    )
    func keys(command: String) throws {
        let outcome = try Home().kith(command.split(separator: " ").map { String($0) } + ["--json"])
        #expect(!outcome.lines.isEmpty)
        for line in outcome.lines {
            #expect(!line.contains("\\/") && !line.contains(":null"))
            let keys = line.matches(of: #/"([A-Za-z_0-9]+)":/#).map { String($0.1) }
            #expect(keys.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" || $0.isNumber } }, "\(line)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let again = try JSONSerialization.data(
                withJSONObject: object,
                options: [.sortedKeys, .withoutEscapingSlashes]
            )
            #expect(String(decoding: again, as: UTF8.self) == line)
        }
    }

    @Test("A season is told event by event, and the same twice")
    func simulation() throws {
        let home = try Home()
        let arguments = ["simulate", "--from", "2026-01-05", "--weeks", "10", "--answer", "met", "--json"]
        let outcome = try home.kith(arguments)
        #expect(try home.kith(arguments).output == outcome.output)
        let first = try #require(outcome.lines.first { $0.contains("\"delivered\"") && $0.contains("\"ana\"") })
        #expect(
            first.replacing(#/"nudge":"n[0-9a-z]{7}"/#, with: "\"nudge\":\"N\"") == """
                {"at":"2026-01-20T08:00:00Z","body":"6 weeks since \\"Coffee w/ Ana\\". Send a line?",\
                "channel":"terminal","contacts":["ana"],"event":"delivered","kind":"reconnect","network":"strategic","nudge":"N",\
                "occasion":"1","reason":"due","slot":{"end":"2026-01-20T16:30:00Z","start":"2026-01-20T08:00:00Z"},\
                "title":"Ana Ruiz"}
                """
        )
        #expect(outcome.lines.contains { $0.contains("\"answered\"") })
    }

    @Test("A season for people is one line a delivery")
    func story() throws {
        let outcome = try Home().kith("simulate", "--from", "2026-01-05", "--weeks", "3", "--answer", "ignore")
        #expect(
            outcome.lines.contains(
                "2026-01-20 09:00  Ana Ruiz  6 weeks since \"Coffee w/ Ana\". Send a line?"
            )
        )
        #expect(outcome.lines.allSatisfy { $0.wholeMatch(of: #/2026-01-\d\d \d\d:\d\d  .+/#) != nil })
    }
}
