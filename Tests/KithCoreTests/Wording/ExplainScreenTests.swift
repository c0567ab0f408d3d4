import CivilTime
import KithCore
import KithTesting
import Testing

/// `kith explain`: why, and what it was read from.
@Suite("Explain")
struct ExplainScreenTests {
    static func explain(_ stage: WordingStage, _ uid: String = "ana") -> [String] {
        stage.world.ties.first { $0.id.uid == uid }.map { stage.screens.explain($0) } ?? []
    }

    /// The row that begins with a word.
    static func row(_ word: String, _ stage: WordingStage) -> String? {
        explain(stage).first { $0.hasPrefix(word + " ") }
    }

    @Test("The rule, the last contact with its record, what does not count, what is booked, what was shown")
    func whole() {
        #expect(
            Self.explain(.sample()).joined(separator: "\n") == """
                Ana Ruiz: due since 20 Jan, late from 10 Feb
                every    6 weeks     circle "sponsors", config.yaml:14
                last     Tue 9 Dec   "Coffee w/ Ana", two people, counts
                                     work/3f9a.ics  UID 3f9a@example.com
                ignored  Thu 15 Jan  "All hands", 42 people
                booked   nothing
                shown    Tue 14:10   free until 14:30; 1 of 2 today, 3 of 5 this week
                """
        )
    }

    @Test(
        "A figure of people has the user among them",
        arguments: [(1, "two people"), (4, "five people"), (11, "twelve people"), (12, "13 people"), (41, "42 people")]
    )
    func people(besides: Int, said: String) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", "Ana Ruiz"))
        stage.met("ana", on: "2025-12-09", "Talk", people: besides, weight: 50)
        stage.met("ana", on: "2025-12-10", "Hall", people: besides, weight: 20)
        #expect(Self.row("last", stage) == "last     Tue 9 Dec   \"Talk\", \(said), counts")
        #expect(Self.row("ignored", stage) == "ignored  Wed 10 Dec  \"Hall\", \(said)")
    }

    @Test(
        "The head says where the tie stands",
        arguments: [
            (TieAssessment.Band.notYet, "Ana Ruiz: due 20 Jan"),
            (.due, "Ana Ruiz: due since 20 Jan, late from 10 Feb"),
            (.late, "Ana Ruiz: due since 20 Jan, late since 10 Feb"),
        ]
    )
    func head(band: TieAssessment.Band, text: String) {
        var stage = WordingStage.sample()
        stage.assessments[ContactID("ana")]?.band = band
        #expect(Self.explain(stage).first == text)
        stage.assessments[ContactID("ana")] = nil
        #expect(Self.explain(stage).isEmpty)
    }

    @Test(
        "What was last said by the user is told as theirs",
        arguments: [(Evidence.Origin.met, "you said you met, counts"), (.wrote, "you wrote, a half wait")]
    )
    func said(origin: Evidence.Origin, text: String) {
        var stage = WordingStage.sample()
        stage.said("ana", origin, on: "2026-01-20")
        #expect(Self.row("last", stage)?.hasSuffix("Tue 20 Jan  " + text) == true)
        #expect(Self.explain(stage).contains { $0.hasSuffix("journal/2026-01-20.ics  UID entry-2026-01-20") })
    }

    @Test(
        "What a mail shows is told as mail, by its folder, for nothing else of it is read",
        arguments: [(Evidence.Origin.met, "mail received, counts"), (.wrote, "mail sent, a half wait")]
    )
    func mail(origin: Evidence.Origin, text: String) {
        var stage = WordingStage.sample()
        stage.said("ana", origin, on: "2026-01-20")
        stage.world.evidence[ContactID("ana")]?[0].isMail = true
        stage.world.evidence[ContactID("ana")]?[0].place = Place(file: "/home/ada/Mail/INBOX")
        let last = stage.world.evidence[ContactID("ana")]?[0]
        stage.assessments[ContactID("ana")]?.lastContact = last
        #expect(Self.row("last", stage)?.hasSuffix("Tue 20 Jan  " + text) == true)
        #expect(Self.explain(stage).contains { $0.hasSuffix("  mail in Mail/INBOX") })
    }

    @Test("Nothing known is said")
    func nothing() {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", "Ana Ruiz"))
        #expect(Self.row("last", stage) == "last    nothing known")
        #expect(Self.explain(stage).last == "booked  nothing")
    }

    @Test(
        "A wait that runs from something else than contact says from what",
        arguments: [
            (Mark.Cause.ignored, "no answer"), (.withdrawn, "a booked meeting was cancelled"), (.again, "asked again"),
            (.skip, "you skipped"), (.kept, "first seen by kith"),
        ]
    )
    func since(cause: Mark.Cause, text: String) {
        var stage = WordingStage.sample()
        let mark = Mark(cause, WordingStage.day("2026-01-10"))
        stage.assessments[ContactID("ana")]?.mark = mark
        if cause.isBase { stage.assessments[ContactID("ana")]?.base = mark }
        #expect(Self.row("since", stage) == "since    Sat 10 Jan  \(text)")
    }

    @Test("Contact as the base needs no line of its own")
    func base() {
        #expect(Self.row("since", .sample()) == nil)
    }

    @Test("At most three that do not count, the newest")
    func ignored() {
        var stage = WordingStage.sample()
        for day in 16...22 { stage.met("ana", on: "2026-01-\(day)", "Hall \(day)", people: 12, weight: 0) }
        #expect(
            Self.explain(stage).filter { $0.hasPrefix("ignored") }.map { $0.suffix(20) }
                == [
                    "\"Hall 22\", 13 people", "\"Hall 21\", 13 people", "\"Hall 20\", 13 people",
                ].map { $0[...] }
        )
    }

    @Test("A meeting to come is named with its file")
    func booked() {
        var stage = WordingStage.sample()
        stage.world.bookings[ContactID("ana")] = [
            Booking(
                contact: ContactID("ana"),
                date: WordingStage.day("2026-02-20"),
                start: WordingStage.at("2026-02-20 10:00"),
                weight: 100,
                summary: "Deck\n\"two\"",
                place: Place(file: "/home/ada/calendars/work/d.ics", line: 3)
            )
        ]
        #expect(Self.row("booked", stage) == "booked   Fri 20 Feb  \"Deck 'two'\", work/d.ics")
    }

    /// What a nudge waits for, and the last row.
    static let waits: [(Waiting, String)] = [
        (
            .moment(WordingStage.slot("2026-01-29 11:00", until: "12:00")),
            "next     Thu 11:00   free until 12:00; BUDGET"
        ),
        (.held(.recent(until: WordingStage.day("2026-02-05"))), "held     shown lately; not before Thu 5 Feb"),
        (.budget, "waits    after this week's others  BUDGET"), (.noMoment, "waits    no free moment  BUDGET"),
        (.digestOnly, "waits    in kith and the digest  BUDGET"), (.answer, "shown    Tue 09:30   BUDGET"),
    ]

    @Test("The last row says what comes of it, and of the budget", arguments: waits)
    func nudge(waiting: Waiting, row: String) {
        var stage = WordingStage.sample()
        stage.nudges = []
        stage.ask("ana", waiting, deliveredAt: WordingStage.at("2026-01-27 09:30"))
        let expected = row.replacing("BUDGET", with: "1 of 2 today, 3 of 5 this week")
        let last = Self.explain(stage).last.map(Self.spaced)
        #expect(last == Self.spaced(expected))
    }

    /// A row with its columns one space apart.
    static func spaced(_ row: String) -> String { row.split(separator: " ").joined(separator: " ") }

    @Test("What was shown keeps the free time it was shown for")
    func shown() {
        var stage = WordingStage.sample()
        stage.nudges = []
        stage.ask("ana", .answer, deliveredAt: WordingStage.at("2026-01-27 09:30"))
        let key = DeliveryKey(subject: .nudges([stage.nudges[0].record.id]), channel: .desktop, occasion: "1")
        stage.view.deliveries = [
            DeliveryRecord(
                key: key,
                state: .sent,
                slot: WordingStage.slot("2026-01-27 09:30", until: "11:00"),
                plannedAt: stage.now
            ),
            DeliveryRecord(key: DeliveryKey(subject: .trial, channel: .desktop, occasion: "1"), plannedAt: stage.now),
        ]
        #expect(Self.explain(stage).last?.hasSuffix("free until 11:00; 1 of 2 today, 3 of 5 this week") == true)
    }

    @Test("A hold is told though no nudge waits; the reconnect is told before a birthday")
    func order() {
        var stage = WordingStage.sample()
        stage.nudges = []
        #expect(Self.explain(stage).last == "booked   nothing")
        stage.assessments[ContactID("ana")]?.hold = .pause(until: WordingStage.day("2026-02-20"))
        #expect(Self.explain(stage).last == "held     paused until Fri 20 Feb")
        stage.ask("ana", .digestOnly, .birthday, due: "2026-01-28")
        #expect(Self.explain(stage).last?.contains("in kith and the digest") == true)
        stage.ask("ana", .noMoment)
        #expect(Self.explain(stage).last?.contains("no free moment") == true)
    }

    @Test("Names, titles, files and UIDs of strangers stay on their lines")
    func hostile() {
        var stage = WordingStage()
        stage.keep(
            WordingStage.card("ana", "Ana\n\u{1b}[2J" + String(repeating: "x", count: 200)),
            rule: TieRule(circle: "a\"b\n", place: Place(file: "/x/con\u{7}fig.yaml", line: 1))
        )
        stage.met("ana", on: "2025-12-09", "\u{9d}Talk\r\n\u{202e}", event: "\u{1b}c\n")
        let lines = Self.explain(stage)
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9d } })
        #expect(lines[0].count < 110 && lines[1].hasSuffix("circle \"a\"b\", con fig.yaml:1"))
    }
}

/// What `kith explain` says of a cadence that nobody wrote, and of contact that came of several meetings.
@Suite("Explain: learned and added up")
struct ExplainLearnedTests {
    @Test("A learned cadence says so, and the rule all the same")
    func learned() {
        var stage = WordingStage.sample()
        stage.world.ties[0].cadenceSource = .learned
        let row = ExplainScreenTests.row("every", stage).map(ExplainScreenTests.spaced)
        #expect(row == "every 6 weeks learned; circle \"sponsors\", config.yaml:14")
    }

    @Test("What added up to the last contact counts, and is not ignored")
    func addedUp() throws {
        var stage = PlannerStage.withAna()
        for day in ["2025-12-02", "2025-12-09", "2025-12-16", "2025-12-23", "2025-12-30", "2026-01-06"] {
            stage.meet("\(day) 10:00", with: ClockExampleTests.seven, uid: "round")
            let index = stage.contents.meetings.count - 1
            stage.contents.meetings[index].recurrenceID = day
        }
        stage.rule("ana") { $0.networks = [.operational] }
        let now = Berlin.at("2026-01-27 09:00")
        let world = stage.world(at: now)
        let screens = Screens(plan: stage.plan(at: now), world: world, view: stage.view, policy: stage.policy)
        let lines = screens.explain(try #require(world.tie(ContactID("ana")))).map(ExplainScreenTests.spaced)
        #expect(lines.contains("last Tue 30 Dec \"round\", eight people, counts with four before"))
        #expect(lines.filter { $0.hasPrefix("ignored") } == ["ignored Tue 6 Jan \"round\", eight people"])
    }
}
