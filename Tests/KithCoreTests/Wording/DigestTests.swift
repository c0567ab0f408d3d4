import CivilTime
import KithCore
import Testing

/// The week in one message.
@Suite("Digest")
struct DigestTests {
    /// The sample with Tomás, who follows on Thursday.
    static func stage() -> WordingStage {
        var stage = WordingStage.sample()
        stage.keep(WordingStage.card("tomas", "Tomás Vega"))
        stage.met("tomas", on: "2022-06-14", "Atlas wrap-up", event: "5c6d")
        stage.assessments[ContactID("tomas")]?.isDormant = true
        for index in stage.world.ties.indices where stage.world.ties[index].id.uid == "tomas" {
            stage.world.ties[index].interests = ["pricing"]
        }
        let thursday = WordingStage.slot("2026-01-29 11:00", until: "12:00")
        stage.nudges.insert(
            PlannedNudge(record: stage.record("tomas"), waiting: .moment(thursday), network: .strategic),
            at: 2
        )
        return stage
    }

    @Test("People by time, then what else there is, then where to answer")
    func whole() throws {
        var stage = Self.stage()
        stage.know(WordingStage.card("leila", "Leila Haddad"))
        stage.met("leila", on: "2026-01-20", "Pricing panel", event: "9e0f")
        stage.keep(WordingStage.card("kenji", "Kenji Sato"))
        stage.ignored("kenji", times: 3, on: "2026-01-23")
        let message = try #require(stage.weekly)
        #expect(message.title == "This week" && message.subject == "This week: Ana, Tomás, Mira's birthday")
        #expect(
            message.body == """
                Tue 14:10  Ana Ruiz     7 weeks since "Coffee w/ Ana"
                Wed        Mira Okafor  birthday
                Thu 11:00  Tomás Vega   not since 2022; pricing
                Thu eve    Jonas        been a while

                New: Leila Haddad. To keep: kith keep leila
                Unanswered: Kenji Sato. To stop: kith drop kenji

                Answer at your desk: kith
                """
        )
        #expect(message.contacts == ["ana", "mira", "tomas", "jonas"].map { ContactID($0) })
        #expect(message.actions.isEmpty)
    }

    @Test("With nothing to say there is none")
    func none() {
        #expect(WordingStage().weekly == nil)
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", "Ana Ruiz"))
        stage.ask("ana", .held(.pause(until: WordingStage.day("2026-02-20"))))
        stage.ask("ana", .budget)
        stage.ask("ana", .noMoment)
        stage.ask("ana", .moment(WordingStage.slot("2026-02-02 09:00", until: "10:00")))
        #expect(stage.weekly == nil)
    }

    @Test("With nobody to name but something to tell there is one")
    func onlyOthers() throws {
        var stage = WordingStage()
        stage.goneSources = [SourceMemory(path: "/home/ada/calendars/work", items: 9, goneSince: stage.now)]
        let message = try #require(stage.weekly)
        #expect(message.subject == "This week")
        #expect(
            message.body
                == "Gone: /home/ada/calendars/work. Nudges wait until it is back.\n\nAnswer at your desk: kith"
        )
    }

    @Test("It names five people and five other things at most")
    func limits() throws {
        var stage = WordingStage()
        for index in 0..<9 {
            stage.keep(WordingStage.card("p\(index)", "Person\(index) Name"))
            stage.ask("p\(index)", .digestOnly)
            stage.keep(WordingStage.card("u\(index)", "Quiet\(index) Name"))
            stage.ignored("u\(index)", times: 3, on: "2026-01-20")
        }
        let lines = try #require(stage.weekly).body.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count(where: { $0.hasPrefix("open  Person") }) == 5)
        #expect(lines.count(where: { $0.hasPrefix("Unanswered: ") }) == 5)
        #expect(lines.count == 13)
    }

    @Test("What is open without a time of its own stands in it")
    func untimed() throws {
        var stage = WordingStage()
        for uid in ["a", "b", "c"] { stage.keep(WordingStage.card(uid, uid.uppercased())) }
        stage.ask("a", .answer, deliveredAt: stage.now)
        stage.ask("b", .channel("no notification server"))
        stage.ask("c", .digestOnly, .birthday, due: "2026-01-26")
        let body = try #require(stage.weekly).body
        #expect(
            body.hasPrefix(
                """
                open  A  no meeting in your calendar yet
                open  B  no meeting in your calendar yet
                Mon   C  birthday was on Monday


                """
            )
        )
    }

    @Test(
        "A friend's time is a day or an evening, never an hour",
        arguments: [("2026-01-29 17:00", "Thu eve"), ("2026-01-29 16:59", "Thu"), ("2026-01-31 10:00", "Sat")]
    )
    func friendsTime(start: String, time: String) throws {
        var stage = WordingStage()
        stage.keep(WordingStage.card("jonas", "Jonas"), .personal)
        stage.ask("jonas", .moment(WordingStage.slot(start, until: "20:00")))
        #expect(try #require(stage.weekly).body.hasPrefix("\(time)  Jonas  been a while\n"))
    }

    @Test("Titles of private events and notes stay on the machine")
    func privateTitles() throws {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", "Ana Ruiz"))
        stage.said("ana", .met, on: "2025-11-02", note: "secret plan")
        stage.met("ana", on: "2025-12-09", "Clinic", isPrivate: true)
        stage.ask("ana", .moment(WordingStage.free))
        let body = try #require(stage.weekly).body
        #expect(body.hasPrefix("Tue 14:10  Ana Ruiz  7 weeks since you met\n"))
        #expect(!body.contains("secret") && !body.contains("Clinic"))
        // At the desk, where it was read, it is told.
        #expect(stage.screens.today(selected: nil)[1].contains("7 weeks since \"Clinic\""))
    }

    @Test("The subject says at most three: people of work, then dates, then friends; first names where one has them")
    func subject() throws {
        var stage = Self.stage()
        stage.nudges.removeAll { $0.record.id.contacts == [ContactID("tomas")] }
        #expect(stage.weekly?.subject == "This week: Ana, Mira's birthday, Jonas")
        stage.keep(WordingStage.card("ana2", "Ana Sousa"))
        #expect(stage.weekly?.subject == "This week: Ana Ruiz, Mira's birthday, Jonas")
        stage.nudges.removeAll { $0.record.id.contacts == [ContactID("ana")] }
        stage.ask("jonas", .digestOnly, .anniversary, due: "2026-01-28")
        #expect(stage.weekly?.subject == "This week: Mira's birthday, Jonas's anniversary, Jonas")
    }

    @Test("Names of strangers keep to their line and their room")
    func hostile() throws {
        var stage = WordingStage()
        stage.keep(WordingStage.card("eve", "Eve\r\nBcc: all@example.com\u{202e}" + String(repeating: "x", count: 500)))
        stage.ask("eve", .moment(WordingStage.free))
        stage.ask("gone\nX", .digestOnly)
        let message = try #require(stage.weekly)
        #expect(message.subject == "This week: Eve, gone X")
        let lines = message.body.split(separator: "\n").map(String.init)
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("Tue 14:10  Eve Bcc: all@example.com") && lines[0].contains("…  no meeting"))
        #expect(lines[1].hasPrefix("open       gone X ") && lines[1].hasSuffix("  no longer kept"))
    }
}

/// The questions at the end of a digest.
@Suite("Questions of the digest")
struct DigestQuestionTests {
    /// The one line that is neither a person of the week nor the last.
    static func question(_ stage: WordingStage) -> String? {
        stage.weekly?.body.split(separator: "\n").map(String.init).first { !$0.hasPrefix("Answer at") }
    }

    /// Evidence of somebody who is not kept: days before today and weights.
    static let newcomers: [(String, [(Int, Int)], Bool)] = [
        ("met once", [(7, 100)], true), ("four weeks ago", [(28, 100)], true), ("longer ago", [(29, 100)], false),
        ("met twice", [(7, 100), (14, 100)], false), ("in a group too", [(7, 100), (200, 20)], false),
        ("only in a group", [(7, 50)], false), ("never", [], false),
    ]

    @Test("Somebody new is offered once met one to one, within four weeks", arguments: newcomers)
    func newcomer(name: String, met: [(Int, Int)], isOffered: Bool) {
        var stage = WordingStage()
        stage.know(WordingStage.card("leila", "Leila Haddad"))
        for (days, weight) in met {
            stage.met("leila", on: "\(WordingStage.today.adding(days: -days))", "Talk", weight: weight)
        }
        #expect(Self.question(stage) == (isOffered ? "New: Leila Haddad. To keep: kith keep leila" : nil), "\(name)")
    }

    @Test("Of several who are new the one met last is offered")
    func latestNewcomer() {
        var stage = WordingStage()
        for (uid, date) in [("c", "2026-01-22"), ("a", "2026-01-20"), ("b", "2026-01-22")] {
            stage.know(WordingStage.card(uid, "Name \(uid.uppercased())"))
            stage.met(uid, on: date, "Talk")
        }
        #expect(Self.question(stage)?.hasPrefix("New: Name B.") == true)
    }

    /// How somebody is called, and what a shell is given for it.
    static let spoken: [(Contact, String)] = [
        (WordingStage.card("u", "Tomás Vega"), "tomas"),
        (WordingStage.card("u", "Nguyễn Văn"), "nguyen"),
        (WordingStage.card("u", "Jean-Luc Picard"), "jean-luc"),
        (WordingStage.card("u", "Ana Sousa"), "u@mail.example"),
        (WordingStage.card("u", "O'Brien", emails: ["o'b@x.example", "ob@x.example"]), "ob@x.example"),
        (WordingStage.card("u", "$(reboot) X", emails: ["`id`@x.example"]), "u"),
        (WordingStage.card("u", "-rf X", emails: ["--now@x.example"]), "u"),
        (WordingStage.card("u;id", "李小龍", emails: []), "NAME"),
        (WordingStage.card("-u", "李小龍", emails: []), "NAME"),
    ]

    @Test("A command names somebody so that a shell and kith take it for them", arguments: spoken)
    func shell(contact: Contact, name: String) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", "Ana Ruiz"))
        stage.know(contact)
        stage.met(contact.id.uid, on: "2026-01-20", "Talk")
        #expect(Self.question(stage)?.hasSuffix(" To keep: kith keep \(name)") == true)
    }

    @Test("A name that several have who are not kept is not offered alone")
    func namesakes() {
        var stage = WordingStage()
        stage.know(WordingStage.card("ana", "Ana Ruiz"))
        stage.know(WordingStage.card("u", "Ana Sousa"))
        stage.met("u", on: "2026-01-20", "Talk")
        #expect(Self.question(stage) == "New: Ana Sousa. To keep: kith keep u@mail.example")
    }

    @Test(
        "Who answers nothing is asked about once, in the week after the third and each that follows",
        arguments: [
            ("2026-01-18", 3, false), ("2026-01-19", 3, true), ("2026-01-25", 3, true), ("2026-01-26", 3, false),
            ("2026-01-22", 2, false), ("2026-01-22", 4, true),
        ]
    )
    func unanswered(date: String, times: Int, isAsked: Bool) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("kenji", "Kenji Sato"))
        stage.ignored("kenji", times: times, on: date)
        #expect(Self.question(stage) == (isAsked ? "Unanswered: Kenji Sato. To stop: kith drop kenji" : nil))
    }

    @Test("A friend is never offered to be dropped")
    func friend() {
        var stage = WordingStage()
        stage.keep(WordingStage.card("jonas", "Jonas"), .personal)
        stage.ignored("jonas", times: 5, on: "2026-01-22")
        #expect(stage.weekly == nil)
    }

    @Test("A source that is gone comes first, by the end of its path")
    func gone() {
        var stage = WordingStage()
        stage.goneSources = [
            SourceMemory(path: "/" + String(repeating: "long/", count: 30) + "work\n", items: 9, goneSince: stage.now)
        ]
        stage.know(WordingStage.card("leila", "Leila Haddad"))
        stage.met("leila", on: "2026-01-20", "Talk")
        let line = Self.question(stage) ?? ""
        #expect(line.hasPrefix("Gone: …") && line.hasSuffix("long/work. Nudges wait until it is back."))
        #expect(line.count < 100)
    }
}

extension WordingStage {
    /// So many nudges in a row were ignored, the last on that day.
    mutating func ignored(_ uid: String, times: Int, on date: String) {
        assessments[ContactID(uid)]?.ignoredInARow = times
        assessments[ContactID(uid)]?.mark = Mark(.ignored, Self.day(date))
    }
}
