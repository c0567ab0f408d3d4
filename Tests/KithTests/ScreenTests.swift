import Foundation
import KithTesting
import Testing

/// The listings, byte for byte.
@Suite("Screens")
struct ScreenTests {
    @Test("Today, piped: no marker, no line of keys")
    func today() throws {
        let outcome = try Home().kith([])
        #expect(outcome.status == 0)
        #expect(
            outcome.output == """
                Tue 27 Jan
                Ana Ruiz      7 weeks since "Coffee w/ Ana"   now, until 17:30
                Jonas         been a while                    this evening
                Mira Okafor   birthday                        tomorrow

                """
        )
        #expect(try Home().kith("today").output == outcome.output)
    }

    @Test("An empty day says who comes next, and ends with 1")
    func nobody() throws {
        let home = try Home()
        _ = try home.kith("done", "ana")
        _ = try home.kith("skip", "jonas")
        let outcome = try home.kith([])
        #expect(outcome.status == 1 && outcome.output == "Nobody today. Next: Mira Okafor, tomorrow.\n")
    }

    @Test("Explain names the rule, the last contact and what is next")
    func explain() throws {
        let outcome = try Home().kith("explain", "ana")
        #expect(
            outcome.output == """
                Ana Ruiz: due since 20 Jan, late from 10 Feb
                every   6 weeks    circle "sponsors", config.yaml:6
                last    Tue 9 Dec  "Coffee w/ Ana", two people, counts
                                   work/coffee.ics  UID coffee
                booked  nothing
                shown   Tue 13:00  free until 17:30; 0 of 2 today, 0 of 5 this week

                """
        )
    }

    @Test("Of a friend nothing is counted")
    func friend() throws {
        let outcome = try Home().kith("explain", "jonas")
        #expect(outcome.lines.first == "Jonas")
        for word in ["due", "late", "weeks", "months", "every", "of 2"] {
            #expect(!outcome.output.contains(word), "\(word)")
        }
        let people = try Home().kith("people").lines
        #expect(people.contains("Jonas        personal   circle \"friends\""))
    }

    @Test("A held nudge says what holds it")
    func held() throws {
        let outcome = try Home().kith("due")
        let line = try #require(outcome.lines.first { $0.contains("Ben Adeyemi") })
        #expect(line.hasSuffix("meeting on Thu 29 Jan, \"Deck\""))
    }

    @Test("What strangers wrote stays on its line and moves no cursor")
    func strangers() throws {
        let home = try Home()
        try home.know("eve", "Eve <b>Bold</b>\\n\u{1b}[31mRed\u{202e}", "EMAIL:eve@example.net", "CATEGORIES:strategic")
        try home.meet("evil", with: "eve@example.net", on: "20251201T100000", "\u{1b}]0;title\u{7}Lunch\\nNext line")
        for line in [
            ["due"], ["people"], ["explain", "eve"], ["show", "eve"], [], ["agenda"], ["doctor"], ["done", "eve"],
        ] {
            let outcome = try home.kith(line)
            let said = outcome.output + outcome.errors
            let controls = said.unicodeScalars.filter {
                $0.value < 0x20 && $0 != "\n" || $0.value == 0x7f || $0.value == 0x202e
            }
            #expect(controls.isEmpty, "\(line)")
            #expect(!outcome.lines.contains { $0.hasPrefix("Next line") || $0.hasPrefix("[31m") }, "\(line)")
        }
        #expect(try home.kith("explain", "eve").output.contains("Eve <b>Bold</b> [31mRed"))
    }

    @Test("An ambiguous name lists whom it may mean")
    func ambiguous() throws {
        let home = try Home()
        try home.know("ana2", "Ana Sousa", "EMAIL:ana@sousa.example", "CATEGORIES:strategic")
        let outcome = try home.kith("explain", "Ana")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(
            outcome.errors == """
                kith: "Ana" may be:
                  Ana Ruiz   ana@meridian.example
                  Ana Sousa  ana@sousa.example

                """
        )
        #expect(try home.kith("explain", "ana", "ruiz").status == 0)
        #expect(try home.kith("explain", "ana@sousa.example").lines.first?.hasPrefix("Ana Sousa") == true)
    }

    @Test("The doctor fails with what mends it")
    func doctor() throws {
        let home = try Home()
        try home.configure("people: [{name: Nobody Known}]")
        let outcome = try home.kith("doctor")
        #expect(outcome.status == 1)
        #expect(
            outcome.lines.filter { $0.hasPrefix("calendars") || $0.hasPrefix("contacts") } == [
                "calendars      ok    1 folder, 4 events", "contacts       ok    5 cards, 4 people kept",
            ]
        )
        let rows = outcome.lines
        for (index, row) in rows.enumerated() where row.contains("  FAIL  ") {
            #expect(rows[index + 1].contains("  fix   "), "\(row)")
        }
        #expect(rows.contains { $0.hasPrefix("people         FAIL  Nobody Known (config.yaml:9) matches no card") })
        #expect(rows.contains { $0.hasPrefix("service        FAIL") })
    }

    @Test("A calendar that is gone is named by status and doctor")
    func gone() throws {
        let home = try Home()
        try home.configure("days_off: []", channels: "[{terminal: {}}]")
        try home.folder.write(
            try home.text(".config/kith/config.yaml").replacingOccurrences(
                of: "/calendars/work}",
                with: "/calendars/work}, {path: /gone}"
            ),
            to: ".config/kith/config.yaml"
        )
        #expect(try home.kith("status").lines.contains { $0.hasPrefix("gone") && $0.contains("/gone") })
        #expect(try home.kith("doctor").lines.contains { $0.hasPrefix("gone           FAIL  /gone: ") })
        #expect(try home.kith("due").errors.hasPrefix("/gone: warning: "))
    }
}
