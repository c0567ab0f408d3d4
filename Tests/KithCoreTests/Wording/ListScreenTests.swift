import CivilTime
import KithCore
import Testing

/// `people`, `circles`, `show`, `doctor` and the proposals of `init`.
@Suite("Lists on the screen")
struct ListScreenTests {
    @Test("Everybody who is kept, by name, with the rule and, but for friends, how often and when")
    func people() {
        var stage = WordingStage.sample()
        stage.keep(
            WordingStage.card("zoe", "Émile Zola"),
            .operational,
            every: 30,
            rule: TieRule(circle: nil, place: Place(file: "/home/ada/people.yaml", line: 3))
        )
        stage.assessments[ContactID("zoe")]?.due = WordingStage.day("2026-03-02")
        stage.keep(WordingStage.card("ben", "Ben Adeyemi"), every: 365)
        stage.assessments[ContactID("ben")]?.hold = .pause(until: WordingStage.day("2026-02-20"))
        #expect(
            stage.screens.people().joined(separator: "\n") == """
                Ana Ruiz     strategic    circle "sponsors"  6 weeks  due since 20 Jan
                Ben Adeyemi  strategic    circle "sponsors"  1 year   paused until Fri 20 Feb
                Émile Zola   operational  people.yaml:3      1 month  due 2 Mar
                Jonas        personal     circle "friends"
                Mira Okafor  personal     circle "friends"
                """
        )
        #expect(WordingStage().screens.people().isEmpty)
    }

    @Test("Each circle with how many it keeps; a friends' circle has no measure")
    func circles() {
        let stage = WordingStage.sample()
        func circle(_ name: String, _ network: Network, _ every: Int?, line: Int) -> Circle {
            Circle(
                name: name,
                networks: [network],
                cadence: every.flatMap { Cadence(every: $0) },
                match: Match([.category: ["x"]]),
                place: Place(file: "/home/ada/.config/kith/config.yaml", line: line)
            )
        }
        let lines = stage.screens.circles([
            circle("sponsors", .strategic, 42, line: 14), circle("friends", .personal, 60, line: 20),
            circle("desk\nmates", .operational, nil, line: 25), circle("sponsors", .strategic, 10, line: 30),
        ])
        #expect(
            lines.joined(separator: "\n") == """
                sponsors    strategic    1 person  6 weeks  config.yaml:14
                friends     personal     2 people           config.yaml:20
                desk mates  operational  0 people  learned  config.yaml:25
                sponsors    strategic    0 people  10 days  config.yaml:30
                """
        )
    }

    @Test("A card, its rule, and what happened lately")
    func show() throws {
        var stage = WordingStage.sample()
        var ana = try #require(stage.world.contacts.first { $0.id.uid == "ana" })
        ana.organization = "Meridian\nLtd"
        ana.title = "CFO"
        ana.emails.append("ana@home.example")
        ana.phones = ["+49 30 1\u{7}"]
        ana.birthday = AnnualDate(month: 2, day: 29, year: 1_984)
        ana.categories = ["strategic", "pricing"]
        stage.said("ana", .met, on: "2026-01-20", note: "audit\ntiming")
        stage.said("ana", .wrote, on: "2025-06-01")
        #expect(
            stage.screens.show(ana).joined(separator: "\n") == """
                Ana Ruiz
                work        CFO, Meridian Ltd
                email       ana@meridian.example
                email       ana@home.example
                phone       +49 30 1
                birthday    29 February
                groups      strategic, pricing
                kept        circle "sponsors"
                Tue 20 Jan  you met: audit timing
                Tue 9 Dec   "Coffee w/ Ana"
                1 Jun 2025  you wrote
                card        contacts/ana.vcf:1
                """
        )
    }

    @Test("Of a friend the card is shown, and nothing that measures; a stranger is not kept")
    func showOthers() {
        var stage = WordingStage.sample()
        let jonas = stage.world.contacts.first { $0.id.uid == "jonas" }
        #expect(
            jonas.map { stage.screens.show($0) } == [
                "Jonas", "email  jonas@mail.example", "kept   circle \"friends\"", "card   contacts/jonas.vcf:1",
            ]
        )
        stage.know(WordingStage.card("leila", "Leila Haddad", emails: []))
        #expect(
            stage.screens.show(WordingStage.card("leila", "Leila Haddad", emails: [])) == [
                "Leila Haddad", "kept  no", "card  contacts/leila.vcf:1",
            ]
        )
        stage.keep(WordingStage.card("ben", "Ben"), rule: TieRule(circle: nil, place: Place(file: "people.yaml")))
        #expect(stage.screens.show(WordingStage.card("ben", "Ben")).contains("kept   own entry"))
    }

    @Test("The doctor's rows stand under each other, with what mends them")
    func doctor() {
        let rows = [
            DoctorRow("calendars", isOK: true, "2 folders, 1,204 events"),
            DoctorRow("contacts", isOK: true, "212 cards, 38 people kept"),
            DoctorRow("capacity", isOK: true, "about 4 nudges a week; budget 5"),
            DoctorRow(
                "desktop",
                isOK: false,
                "no notification server since 09:02",
                fix: "start one (mako, dunst), then: kith test desktop"
            ),
            DoctorRow("email", isOK: true, "last sent Mon 08:30"),
            DoctorRow("waiting", isOK: nil, "1: Ana Ruiz; shown when a server appears"),
        ]
        #expect(
            DoctorRow.lines(rows).joined(separator: "\n") == """
                calendars  ok    2 folders, 1,204 events
                contacts   ok    212 cards, 38 people kept
                capacity   ok    about 4 nudges a week; budget 5
                desktop    FAIL  no notification server since 09:02
                           fix   start one (mako, dunst), then: kith test desktop
                email      ok    last sent Mon 08:30
                waiting    1: Ana Ruiz; shown when a server appears
                """
        )
        #expect(DoctorRow.lines([]).isEmpty)
        #expect(DoctorRow.lines([DoctorRow("a", isOK: true, "b", fix: "c")]) == ["a  ok    b", "   fix   c"])
    }

    @Test("Proposals stand two to a line, numbered across")
    func proposed() {
        let people = [
            ("Ana Ruiz", 49), ("Ben Adeyemi", 92), ("Priya Nair", 310), ("Tomás Vega", 1_100), ("Jo\nLee", 13),
        ].map { (name: $0.0, silence: $0.1) }
        #expect(
            proposals(Array(people.prefix(4))).joined(separator: "\n") == """
                 1 Ana Ruiz     7 weeks      2 Ben Adeyemi  3 months
                 3 Priya Nair   10 months    4 Tomás Vega   3 years
                """
        )
        #expect(proposals(people).last == " 5 Jo Lee       13 days")
        #expect(proposals([]).isEmpty)
        let many = proposals((0..<100).map { (name: "李\($0)", silence: 70) })
        #expect(many[0] == " 1 李0   2 months    2 李1   2 months")
        #expect(many[49] == "99 李98  2 months   100 李99  2 months")
    }
}

/// `kith agenda`: what takes time, and what is free for whom.
@Suite("Agenda")
struct AgendaScreenTests {
    @Test("A day has what is busy, what is planned and what is free, by time")
    func day() {
        var stage = WordingStage.sample()
        stage.world.busy = [
            interval("2026-01-27 09:00", "2026-01-27 14:05"), interval("2026-01-27 14:30", "2026-01-27 17:30"),
            interval("2026-01-27 19:00", "2026-01-27 20:30"),
        ].compactMap(\.self)
        #expect(
            stage.screens.agenda(days: 1).joined(separator: "\n") == """
                Tue 27 Jan
                  09:00–14:05  busy
                  14:10–14:30  Ana Ruiz
                  14:30–17:30  busy
                  17:35–19:00  free for friends
                  19:00–20:30  busy
                """
        )
    }

    @Test("A day off says why, and leaves what is free for friends; busy time over midnight stands on both days")
    func off() {
        var stage = WordingStage()
        stage.world.daysOff = [WordingStage.day("2026-01-28"): "Ski\ntrip"]
        stage.world.busy = [interval("2026-01-28 21:00", "2026-01-30 00:00")].compactMap(\.self)
        stage.now = WordingStage.at("2026-01-28 08:00")
        #expect(
            stage.screens.agenda(days: 3).joined(separator: "\n") == """
                Wed 28 Jan  day off: Ski trip
                  17:30–20:30  free for friends
                  19:30–20:30  free for friends
                  21:00–24:00  busy
                Thu 29 Jan
                  00:00–24:00  busy
                Fri 30 Jan
                  09:00–17:30  free
                  11:00–17:30  free
                  13:00–17:30  free
                  15:00–17:30  free
                  17:00–17:30  free
                  17:30–20:30  free for friends
                  19:30–20:30  free for friends
                """
        )
        #expect(stage.screens.agenda(days: 0).isEmpty)
    }

    @Test("The hour that is shown twice, and the one that is not, are told by the clock")
    func clockChanges() {
        var stage = WordingStage()
        stage.now = WordingStage.at("2026-10-25 00:30")
        stage.world.busy = [interval("2026-10-25 02:30", "2026-10-25 03:30")].compactMap(\.self)
        #expect(stage.screens.agenda(days: 1)[1] == "  02:30–03:30  busy")
        #expect(stage.world.busy[0].seconds == 7_200)
        stage.now = WordingStage.at("2026-03-29 00:30")
        stage.world.busy = [interval("2026-03-29 01:30", "2026-03-29 03:30")].compactMap(\.self)
        #expect(stage.screens.agenda(days: 1)[1] == "  01:30–03:30  busy")
        #expect(stage.world.busy[0].seconds == 3_600)
    }

    private func interval(_ start: String, _ end: String) -> Interval? {
        Interval(start: WordingStage.at(start), end: WordingStage.at(end))
    }
}
