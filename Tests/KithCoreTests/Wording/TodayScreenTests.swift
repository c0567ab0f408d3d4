import CivilTime
import KithCore
import Testing

/// The list of `kith`, and what it and `kith due` say of when.
@Suite("Today on the screen")
struct TodayScreenTests {
    @Test("On a terminal there is a marker, and a line of keys")
    func terminal() {
        let screens = WordingStage.sample().screens
        #expect(
            screens.today(selected: 0).joined(separator: "\n") == """
                Tue 27 Jan
                > Ana Ruiz      7 weeks since "Coffee w/ Ana"   now, until 14:30
                  Mira Okafor   birthday                        tomorrow
                  Jonas         been a while                    Thu evening
                w write  d done  l later  s skip  e explain  q quit
                """
        )
        #expect(screens.today(selected: 2)[1].hasPrefix("  Ana") && screens.today(selected: 2)[3].hasPrefix("> Jonas"))
    }

    @Test("Piped there is neither")
    func piped() {
        #expect(
            WordingStage.sample().screens.today(selected: nil).joined(separator: "\n") == """
                Tue 27 Jan
                Ana Ruiz      7 weeks since "Coffee w/ Ana"   now, until 14:30
                Mira Okafor   birthday                        tomorrow
                Jonas         been a while                    Thu evening
                """
        )
    }

    @Test("With nobody today it says who is next")
    func nobody() {
        var stage = WordingStage()
        #expect(stage.screens.today(selected: 0) == ["Nobody today."])
        stage.keep(WordingStage.card("jonas", "Jonas"), .personal)
        stage.ask("jonas", .moment(WordingStage.slot("2026-01-29 18:40", until: "20:30")))
        stage.keep(WordingStage.card("tomas", "Tomás Vega"))
        stage.ask("tomas", .moment(WordingStage.slot("2026-01-29 11:00", until: "12:00")))
        #expect(stage.screens.today(selected: nil) == ["Nobody today. Next: Tomás Vega, Thu 11:00."])
        #expect(stage.screens.todaysNudges.isEmpty)
    }

    @Test("Who waits for a pause, the budget or time is not listed; who waits for a channel or an answer is")
    func listed() {
        var stage = WordingStage()
        let waits: [(String, Waiting)] = [
            ("held", .held(.pause(until: WordingStage.day("2026-02-20")))), ("budget", .budget), ("full", .noMoment),
            ("far", .moment(WordingStage.slot("2026-02-03 09:00", until: "10:00"))),
            ("near", .moment(WordingStage.slot("2026-02-02 09:00", until: "10:00"))), ("shown", .answer),
            ("stuck", .channel("no notification server")), ("desk", .digestOnly),
        ]
        for (uid, waiting) in waits {
            stage.keep(WordingStage.card(uid, uid))
            stage.ask(uid, waiting)
        }
        #expect(stage.screens.todaysNudges.map(\.record.id.contacts[0].uid) == ["near", "shown", "stuck", "desk"])
    }

    /// What a nudge waits for, and what is said of it.
    struct When: CustomTestStringConvertible {
        let waiting: Waiting
        let text: String
        let network: Network
        let kind: NudgeKind
        var testDescription: String { text }

        init(_ waiting: Waiting, _ text: String, _ network: Network = .strategic, _ kind: NudgeKind = .reconnect) {
            (self.waiting, self.text, self.network, self.kind) = (waiting, text, network, kind)
        }

        init(
            at start: String,
            until end: String,
            _ text: String,
            _ network: Network = .strategic,
            _ kind: NudgeKind = .reconnect
        ) {
            self.init(.moment(WordingStage.slot(start, until: end)), text, network, kind)
        }
    }

    static let whens = [
        When(at: "2026-01-27 14:10", until: "14:30", "now, until 14:30"),
        When(at: "2026-01-27 12:00", until: "17:30", "now, until 17:30", .personal),
        When(at: "2026-01-27 14:11", until: "15:00", "14:11"),
        When(at: "2026-01-28 09:00", until: "10:00", "tomorrow 09:00", .operational),
        When(at: "2026-01-29 11:00", until: "12:00", "Thu 11:00"),
        When(at: "2026-02-02 09:00", until: "12:00", "Mon 09:00"),
        When(at: "2026-02-03 09:00", until: "12:00", "Tue 3 Feb 09:00"),
        When(at: "2026-01-27 17:30", until: "20:30", "this evening", .personal),
        When(at: "2026-01-27 16:30", until: "17:30", "this afternoon", .personal),
        When(at: "2026-01-28 17:30", until: "20:30", "tomorrow evening", .personal),
        When(at: "2026-01-31 10:00", until: "19:00", "Sat morning", .personal),
        When(at: "2026-01-31 12:00", until: "19:00", "Sat afternoon", .personal),
        When(at: "2026-02-07 10:00", until: "19:00", "Sat 7 Feb morning", .personal),
        When(at: "2026-01-28 09:00", until: "21:00", "tomorrow", .personal, .birthday),
        When(at: "2026-01-30 09:00", until: "21:00", "Fri", .strategic, .anniversary),
        When(at: "2026-01-27 15:00", until: "21:00", "15:00", .personal, .birthday),
        When(.channel("no notification server"), "no notification server"),
        When(.budget, "after this week's others"), When(.noMoment, "no free moment"), When(.digestOnly, "waits here"),
        When(.held(.pause(until: WordingStage.day("2026-02-20"))), "paused until Fri 20 Feb"),
        When(.held(.pause(until: WordingStage.day("2026-12-20"))), "paused until 20 Dec 2026"),
        When(.held(.pause(until: WordingStage.day("9999-12-31"))), "paused"),
        When(.held(.birthday(WordingStage.day("2026-01-29"))), "birthday on Thu 29 Jan"),
        When(.held(.recent(until: WordingStage.day("2026-02-05"))), "shown lately; not before Thu 5 Feb"),
        When(
            .held(.source(path: "/home/ada/cal\u{1b}")),
            "waits for /home/ada/cal, which cannot be read or is empty"
        ),
        When(.held(.source(path: "")), "waits for a source, which cannot be read or is empty"),
        When(.held(.booking(booking("2026-01-29", "Deck"))), "meeting on Thu 29 Jan, \"Deck\""),
        When(.held(.booking(booking("2026-01-29", "\n"))), "meeting on Thu 29 Jan, untitled"),
        When(.held(.booking(booking("2026-11-29", "Deck"))), "meeting on 29 Nov 2026, \"Deck\""),
    ]

    static func booking(_ date: String, _ title: String) -> Booking {
        Booking(
            contact: ContactID("u"),
            date: WordingStage.day(date),
            start: WordingStage.at("\(date) 10:00"),
            weight: 100,
            summary: title
        )
    }

    @Test("What somebody waits for is told as people say it", arguments: whens)
    func when(_ when: When) throws {
        var stage = WordingStage()
        stage.keep(WordingStage.card("u", "Uma"), when.network)
        stage.ask("u", when.waiting, when.kind, due: "2026-01-28")
        #expect(stage.screens.when(stage.nudges[0]) == when.text)
    }

    @Test(
        "What was shown says when",
        arguments: [
            ("2026-01-27 14:10", "shown Tue 14:10"), ("2026-01-21 09:00", "shown Wed 09:00"),
            ("2026-01-20 09:00", "shown Tue 20 Jan 09:00"), ("2025-12-31 23:59", "shown Wed 31 Dec 23:59"),
        ]
    )
    func shown(at text: String, said: String) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("u", "Uma"))
        stage.ask("u", .answer, deliveredAt: WordingStage.at(text))
        #expect(stage.screens.when(stage.nudges[0]) == said)
        var record = stage.nudges[0].record
        record.deliveredAt = nil
        let nudge = PlannedNudge(record: record, waiting: .answer, network: .strategic)
        #expect(stage.screens.when(nudge) == "shown")
    }

    @Test("Times are those of the user's clock, summer time too")
    func summer() {
        var stage = WordingStage()
        stage.now = WordingStage.at("2026-03-28 12:00")
        stage.keep(WordingStage.card("u", "Uma"))
        stage.ask("u", .moment(WordingStage.slot("2026-03-30 09:00", until: "10:00")))
        #expect(stage.screens.when(stage.nudges[0]) == "Mon 09:00")
        #expect(stage.nudges[0].slot?.start.description == "2026-03-30T07:00:00Z")
    }

    @Test("Every open nudge with its id, and what it waits for")
    func due() {
        var stage = WordingStage.sample()
        stage.ask("gone\nX", .held(.source(path: "")))
        let ids = stage.nudges.map { $0.record.shortID }
        #expect(
            stage.screens.due().joined(separator: "\n") == """
                \(ids[0])  Ana Ruiz     7 weeks since "Coffee w/ Ana"  now, until 14:30
                \(ids[1])  Mira Okafor  birthday                       tomorrow
                \(ids[2])  Jonas        been a while                   Thu evening
                \(ids[3])  gone X       no longer kept                 waits for a source, which cannot be read or is empty
                """
        )
        #expect(ids.allSatisfy { $0.count == 8 && $0.first == "n" })
        #expect(WordingStage().screens.due().isEmpty)
    }

    @Test("Columns hold for wide and for long names")
    func columns() {
        var stage = WordingStage()
        for (uid, name) in [("a", "李 小龍"), ("b", "Zoë"), ("c", String(repeating: "long ", count: 30))] {
            stage.keep(WordingStage.card(uid, name))
            stage.ask(uid, .moment(WordingStage.free))
        }
        let lines = stage.screens.today(selected: nil).dropFirst()
        let columns = lines.compactMap { line in
            line.firstRange(of: "no meeting").map { displayWidth(String(line[..<$0.lowerBound])) }
        }
        #expect(columns.count == 3 && Set(columns).count == 1 && columns[0] <= 43)
    }
}
