import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// Whose cards are one person's, and whose only look so.
@Suite("One person, several cards")
struct CardMergerTests {
    static func card(
        _ uid: String,
        _ name: String,
        _ emails: String...,
        phones: [String] = [],
        born: AnnualDate? = nil,
        file: String = "a.vcf"
    ) -> Contact {
        Contact(
            id: ContactID(uid),
            name: name,
            emails: emails,
            phones: phones,
            birthday: born,
            place: Place(file: file, line: 1)
        )
    }

    /// Cards, who they are (UIDs of one person joined by `+`), and who may be one (what is shared, then UIDs).
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let cards: [Contact]
        let people: [String]
        let doubts: [String]

        init(_ name: String, _ cards: [Contact], _ people: String..., doubts: [String] = []) {
            (testDescription, self.cards, self.people, self.doubts) = (name, cards, people, doubts)
        }
    }

    static let spring = AnnualDate(month: 4, day: 12, year: 1985)
    static let (april, autumn) = (AnnualDate(month: 4, day: 12), AnnualDate(month: 10, day: 1, year: 1985))

    static let examples = [
        Example("strangers", [card("a", "Ana Ruiz", "ana@x"), card("b", "Ben Cole", "ben@x")], "a", "b"),
        Example("one UID in two books", [card("a", "Ana", "1@x"), card("a", "Ana R", "2@x", file: "b.vcf")], "a"),
        Example("address and name", [card("a", "Ana Ruiz", "ana@x"), card("b", "ANA RUÍZ", "ana@x")], "a+b"),
        Example("the second address", [card("a", "Ana Ruiz", "1@x", "2@x"), card("b", "Ana Ruiz", "2@x")], "a+b"),
        Example("a shorter name", [card("a", "Ana Ruiz", "ana@x"), card("b", "Ana", "ana@x")], "a+b"),
        Example("an initial", [card("a", "A. Ruiz", "ana@x"), card("b", "Ana Ruiz", "ana@x")], "a+b"),
        Example("a name turned round", [card("a", "Ruiz, Ana", "ana@x"), card("b", "Ana Ruiz", "ana@x")], "a+b"),
        Example("no name", [card("a", "ana@x", "ana@x"), card("b", "Ana Ruiz", "ana@x")], "a+b"),
        Example(
            "a chain",
            [card("a", "Ana Ruiz", "1@x"), card("b", "Ana Ruiz", "1@x", "2@x"), card("c", "Ana", "2@x")],
            "a+b+c"
        ),
        Example(
            "a couple's address",
            [card("a", "Ana Ruiz", "home@x"), card("b", "Ben Ruiz", "home@x")],
            "a",
            "b",
            doubts: ["address a b"]
        ),
        Example(
            "a couple's address, and twice the same of them",
            [card("a", "Ana Ruiz", "home@x"), card("b", "Ben Ruiz", "home@x"), card("c", "Ana Ruiz", "home@x")],
            "a+c",
            "b",
            doubts: ["address a b"]
        ),
        Example(
            "a name that could be either's",
            [card("a", "Ana Ruiz", "home@x"), card("b", "Ben Ruiz", "home@x"), card("c", "Ruiz", "home@x")],
            "a",
            "b",
            "c",
            doubts: ["address a b c"]
        ),
        Example(
            "a chain to a stranger",
            [card("a", "Ana Ruiz", "1@x"), card("b", "Ana", "1@x", "2@x"), card("c", "Ana Lund", "2@x")],
            "a",
            "b",
            "c",
            doubts: ["address b c", "address a b"]
        ),
        Example(
            "an office's address",
            (0..<9).map { card("p\($0)", "Ana Nr\($0)", "info@x") } + [card("q", "Ana", "info@x")],
            "p0",
            "p1",
            "p2",
            "p3",
            "p4",
            "p5",
            "p6",
            "p7",
            "p8",
            "q"
        ),
        Example(
            "the same person behind an office's address",
            (0..<9).map { card("p\($0)", "Ana Nr\($0)", "info@x") } + [card("q", "Ana Nr3", "info@x")],
            "p0",
            "p1",
            "p2",
            "p3+q",
            "p4",
            "p5",
            "p6",
            "p7",
            "p8"
        ),
        Example(
            "name and number",
            [
                card("a", "Ana Ruiz", phones: ["+49 30 123 45 67"]),
                card("b", "ana ruiz", phones: ["1", "(030) 1234567"]),
            ],
            "a+b"
        ),
        Example(
            "a number alone",
            [card("a", "Ana Ruiz", phones: ["030 1234567"]), card("b", "Ana", phones: ["0301234567"])],
            "a",
            "b",
            doubts: ["phone a b"]
        ),
        Example(
            "an extension is nobody's own",
            [card("a", "Ana Ruiz", phones: ["4711"]), card("b", "Ana Ruiz", phones: ["4711"])],
            "a",
            "b",
            doubts: ["name a b"]
        ),
        Example("a name alone", [card("a", "Ana Ruiz", "1@x"), card("b", "Ana Ruiz")], "a", "b", doubts: ["name a b"]),
        Example(
            "father and son, by their birthdays",
            [card("a", "Jan Vos", "vos@x", born: spring), card("b", "Jan Vos", "vos@x", born: autumn)],
            "a",
            "b",
            doubts: ["address a b"]
        ),
        Example(
            "a birthday with and without its year",
            [card("a", "Jan Vos", "vos@x", born: april), card("b", "Jan Vos", "vos@x", born: spring)],
            "a+b"
        ),
        Example(
            "father and son, by their names",
            [card("a", "Jan Vos", "vos@x"), card("b", "Jan Vos jr.", "vos@x")],
            "a",
            "b",
            doubts: ["address a b"]
        ),
    ]

    @Test("Cards are put together where it is sure, and listed where it may be", arguments: examples)
    func people(_ example: Example) {
        let merger = CardMerger(example.cards.reversed(), named: [])
        #expect(merger.contacts.map { $0.ids.map(\.uid).joined(separator: "+") } == example.people)
        let doubts = duplicates(among: merger.contacts).map { doubt in
            ([doubt.shared.rawValue] + doubt.contacts.map(\.id.uid)).joined(separator: " ")
        }
        #expect(doubts == example.doubts)
        #expect(merger.aliases.count == merger.contacts.reduce(0) { $0 + $1.ids.count - 1 })
    }

    @Test("A person has all that their cards know, the first by what it says")
    func union() throws {
        var first = Self.card("a", "Ana Ruiz", "1@x", phones: ["030 1234567"], born: Self.april)
        (first.nicknames, first.categories, first.organization) = (["Anita"], ["sponsor"], "Meridian")
        var second = Self.card("b", "Ana", "2@x", "1@x", phones: ["+49 30 1234567", "040 7654321"], born: Self.spring)
        (second.nicknames, second.categories, second.organization) = (["anita", "Ani"], ["friend"], "Norlys")
        (second.isDeceased, second.note, second.title, second.givenName) = (true, "met in Rome", "CFO", "Ana")
        let person = try #require(CardMerger([second, first], named: []).contacts.first)
        #expect(person.name == "Ana Ruiz" && person.nicknames == ["Anita", "Ani", "Ana"])
        #expect(person.emails == ["1@x", "2@x"] && person.phones == ["030 1234567", "040 7654321"])
        #expect(person.categories == ["sponsor", "friend"] && person.organization == "Meridian")
        #expect(person.birthday == Self.spring && person.isDeceased)
        #expect(person.note == "met in Rome" && person.title == "CFO" && person.givenName == "Ana")
        #expect(person.otherCards == [OtherCard(id: ContactID("b"), place: second.place)])
    }

    @Test("Whoever is named elsewhere is known by that UID, the first named first")
    func named() {
        let cards = ["c", "a", "b"].map { Self.card($0, "Ana Ruiz", "ana@x") }
        for (named, lead) in [([], "a"), (["b"], "b"), (["c", "b"], "c"), (["gone"], "a")] {
            let merger = CardMerger(cards, named: named.map { ContactID($0) })
            #expect(merger.contacts.map(\.id.uid) == [lead])
            #expect(Set(merger.aliases.values.map(\.uid)) == [lead])
        }
    }

    @Test("Many cards that share much are done in no time, whatever their order", arguments: UInt64(0)..<20)
    func order(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = ["Ana Ruiz", "Ana", "A. Ruiz", "Ben Ruiz", "ana@x", "Ana Lund"]
        let cards = (0..<60).map { index in
            Self.card(
                "u\(index % 50)",
                names.randomElement(using: &random) ?? "",
                "\(Int.random(in: 0...25, using: &random))@x",
                phones: Bool.random(using: &random) ? ["03012345\(Int.random(in: 10...30, using: &random))"] : [],
                born: Int.random(in: 0...5, using: &random) == 0 ? Self.autumn : nil,
                file: "\(index).vcf"
            )
        }
        let (one, other) = (CardMerger(cards, named: []), CardMerger(cards.shuffled(using: &random), named: []))
        #expect(one.contacts == other.contacts && one.aliases == other.aliases)
        #expect(Set(one.contacts.flatMap(\.ids)).count == 50)
        #expect(duplicates(among: one.contacts) == duplicates(among: other.contacts.shuffled(using: &random)))
    }
}

/// A person of several cards in the world: whatever UID is used means them.
@Suite("Aliases")
struct AliasTests {
    static let now = Berlin.at("2026-01-27 14:16")
    static let circle = TieTests.circle("all", [.category: ["sponsor"]], Cadence(every: 42))

    /// Ana by a circle, with a card `m` and a second one.
    static func stage(second: String) -> PlannerStage {
        var stage = PlannerStage()
        stage.contents.contacts = ["m", second].map { CardMergerTests.card($0, "Ana Ruiz", "ana@example.org") }
        stage.contents.contacts[0].categories = ["sponsor"]
        stage.rules.circles = [Self.circle]
        return stage
    }

    @Test("Journal, rules, circles and names find the person by the UID of any card", arguments: ["a", "z"])
    func everywhere(second: String) {
        var stage = Self.stage(second: second)
        stage.log(.met, "2026-01-20", "m")
        stage.log(.met, "2026-01-21", second)
        let lead = ContactID(min("m", second))
        let world = stage.world(at: Self.now)
        #expect(world.ties.map(\.id) == [lead] && world.evidence[lead]?.count == 2)
        #expect(world.journal.allSatisfy { $0.contacts == [lead] })
        for uid in ["m", second] {
            #expect(world.contact(ContactID(uid))?.id == lead && world.tie(ContactID(uid))?.id == lead)
            #expect(Match([.uid: [uid]]).matches(world.contacts[0]))
            let name = resolveName(uid, among: world.contacts, kept: [])
            #expect(name == .one(world.contacts[0]))
        }
        #expect(world.contact(ContactID("nobody")) == nil && world.tie(ContactID("nobody")) == nil)
        stage.rules.people = [PersonRule(uid: "z", every: 7), PersonRule(uid: "m", every: 14)]
        let tie = stage.world(at: Self.now).ties[0]
        #expect(tie.cadence.every == (second == "z" ? 7 : 14) && tie.id.uid == (second == "z" ? "z" : "m"))
    }

    @Test("A new card with an earlier UID asks nothing anew: the ledger's words hold for the person")
    func ledger() throws {
        var stage = Self.stage(second: "m")
        stage.contents.contacts.removeLast()
        stage.view.firstSeen[ContactID("m")] = Berlin.day("2025-10-01")
        stage.contents.meetings = [PlannerStage.meeting("tea", "2025-12-09 10:00")]
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 12:00")
        let shown = PlannerStage.reconnect("met-2025-12-09", "m")
        #expect(stage.nudge(shown)?.state == .delivered)
        stage.contents.contacts.append(CardMergerTests.card("a", "Ana Ruiz", "ana@example.org"))
        #expect(stage.play(from: "2026-01-27 12:00", until: "2026-02-09 23:00").isEmpty)
        #expect(stage.nudge(shown)?.state == .delivered)
        let plan = stage.turn(at: Berlin.at("2026-02-10 00:00"))
        #expect(stage.nudge(shown)?.state == .expired(.ignored))
        #expect(plan.assessment("a")?.mark == Mark("ignored-2026-02-10"))
        stage.skip("2026-02-11", "m")
        #expect(stage.plan(at: Berlin.at("2026-02-11 09:00")).assessment("a")?.mark == Mark("skip-2026-02-11"))
        stage.contents.meetings = []
        stage.view.skips = []
        #expect(stage.plan(at: Berlin.at("2026-02-11 09:00")).assessment("a")?.base == Mark("kept-2025-10-01"))
    }
}
