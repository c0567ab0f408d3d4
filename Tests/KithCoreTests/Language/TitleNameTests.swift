import KithTesting
import Testing

@testable import KithCore

/// Whom the title of an event of the user's own names.
@Suite("Names in titles")
struct TitleNameTests {
    static func contact(
        _ uid: String,
        _ name: String,
        given: String? = nil,
        nicknames: [String] = [],
        emails: [String] = []
    ) -> Contact {
        Contact(id: ContactID(uid), name: name, givenName: given, nicknames: nicknames, emails: emails)
    }

    static let contacts = [
        contact("ana", "Ana Ruiz"), contact("ben", "Ben Adeyemi", nicknames: ["Benny"]),
        contact("tomas", "Tomás Vega", given: "Tomás"), contact("marie", "Anne-Marie Blum"),
        contact("may", "May Chen"), contact("will", "Will Stone"), contact("paris", "Paris Lund"),
        contact("kai1", "Kai Berg"), contact("kai2", "Kai Holm"), contact("zoe", "Zoë Brandt"),
        contact("obrien", "Pádraig O'Brien"), contact("doctor", "Dr. Helga Sommer"), contact("comma", "Okafor, Mira"),
        contact("maria", "Maria Jose Santos", given: "Maria Jose"), contact("j", "Jo Lee", nicknames: ["J"]),
        contact("tanaka", "田中 花子"), contact("self", "Adele Example", emails: ["ada@example.com"]),
    ]
    static let names = TitleNames(
        contacts,
        me: Me(name: "Ada Example", emails: ["ada@example.com"], domains: [])
    )

    /// A title, who it names, and how many people that makes where some cannot be told apart.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let named: [String]
        let people: Int

        init(_ title: String, _ named: String..., people: Int? = nil) {
            (testDescription, self.named, self.people) = (title, named, people ?? named.count)
        }
    }

    static let examples = [
        // As people write it.
        Example("Coffee w/ Ana", "ana"), Example("Ana <> Ben", "ana", "ben"), Example("1:1 Ana", "ana"),
        Example("Ana Ruiz / Ada", "ana"), Example("Ada / Ana", "ana"), Example("Ana's farewell", "ana"),
        Example("Lunch (Ana)", "ana"), Example("ANA: numbers", "ana"), Example("Ana, Ben and Zoë", "ana", "ben", "zoe"),
        Example("Ana – Ben", "ana", "ben"), Example("Tea 🫖 Ana", "ana"), Example("RUIZ ANA RUIZ", "ana"),
        Example("Benny/Ada 1:1", "ben"), Example("Ana meets Ana Ruiz", "ana"), Example("Anne-Marie, 14:00", "marie"),
        Example("Dinner at Pádraig O’Brien's", "obrien"), Example("Maria Jose", "maria"), Example("Maria", "maria"),
        Example("田中 花子 lunch", "tanaka"),
        // Nobody, or nobody in particular.
        Example(""), Example("Banana bread"), Example("Anagram night"), Example("Anne"), Example("J"), Example("Ruiz"),
        Example("Adele"), Example("Ada"), Example("Ada Example"), Example("Dr. appointment"), Example("Helga"),
        Example("Okafor"), Example("Kai", people: 1), Example("Kai and Ana", "ana", people: 2),
        Example("Kai / Kai", people: 1), Example("Kai Berg", "kai1"), Example("Kai Holm, Kai Berg", "kai1", "kai2"),
        // Accents as written, composed or not.
        Example("Tomás", "tomas"), Example("Toma\u{301}s", "tomas"), Example("Tomas"), Example("TOMÁS", "tomas"),
        Example("Zoe"),
        // Small letters.
        Example("coffee with ana", "ana"), Example("lunch ana", "ana"), Example("Lunch ana"),
        Example("Lunch with ana", "ana"), Example("Lunch with ana and ben", "ana", "ben"), Example("ana ruiz", "ana"),
        Example("Lunch: ana ruiz", "ana"), Example("Ana & ben", "ana", "ben"), Example("ben & Ana", "ana", "ben"),
        Example("Ben talks about ana", "ben"), Example("1:1 ana", "ana"),
        // Words that are more than a name.
        Example("Budget for May"), Example("May review"), Example("Will you come?"), Example("will do"),
        Example("Flight to Paris"), Example("May"), Example("Coffee w/ May", "may"), Example("1:1 Will", "will"),
        Example("coffee with will"), Example("May <> Ada", "may"), Example("Ana / Will / Ada", "ana", "will"),
        Example("Will and May"), Example("Will, May and Ana", "ana", "may", "will"), Example("May Chen", "may"),
        Example("Ana in Paris", "ana"), Example("Mayday"),
    ]

    @Test("A title names whom exactly one contact can be", arguments: examples)
    func named(_ example: Example) {
        let named = Self.names.named(in: example.testDescription)
        #expect(named.contacts.map(\.uid) == example.named.sorted())
        #expect(named.people == example.people)
    }

    @Test("Among dozens of Anas only a whole name means one")
    func dozens() {
        let many = (0..<40).map { Self.contact("ana\($0)", "Ana Nr\($0)") } + [Self.contact("ruiz", "Ana Ruiz")]
        let names = TitleNames(many, me: Me(name: "", emails: [], domains: []))
        #expect(names.named(in: "Coffee w/ Ana") == TitleNames.Named(contacts: [], people: 1))
        #expect(names.named(in: "Coffee w/ Ana Ruiz").contacts.map(\.uid) == ["ruiz"])
        #expect(names.named(in: "Ana Nr7 / Ana Nr8").contacts.map(\.uid) == ["ana7", "ana8"])
    }

    @Test("A name that somebody has and the user too means neither")
    func namesake() {
        let names = TitleNames([Self.contact("l", "Ada Lund")], me: Me(name: "Ada Example", emails: [], domains: []))
        #expect(names.named(in: "Ada").contacts.isEmpty)
        #expect(names.named(in: "Ada Lund / Ada Example").contacts.map(\.uid) == ["l"])
    }

    @Test("The order of cards does not matter, and no text is too odd", arguments: UInt64(0)..<50)
    func odd(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces =
            Self.contacts.map(\.name) + ["w/", "<>", ":", "-", " ", "1:1", "and", "\u{301}", "🫖", "ß", "İ", "-:"]
        let title = (0..<8).compactMap { _ in pieces.randomElement(using: &random) }.joined()
        let other = TitleNames(
            Self.contacts.shuffled(using: &random),
            me: Me(name: "Ada Example", emails: ["ada@example.com"], domains: [])
        )
        #expect(other.named(in: title) == Self.names.named(in: title))
    }
}
