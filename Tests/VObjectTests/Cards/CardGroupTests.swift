import KithTesting
import Testing

@testable import VObject

@Suite("Groups of cards")
struct CardGroupTests {
    static let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"

    private static func group(_ name: String, _ lines: String...) -> [String] {
        block("VCARD", ["UID:g-" + name, "FN:" + name] + lines)
    }

    private static func person(_ uid: String, _ lines: String...) -> [String] {
        block("VCARD", ["UID:" + uid, "FN:Ana"] + lines)
    }

    private static func joined(_ cards: [Card]) -> [Card] {
        let groups = CardGroups(cards)
        return cards.map { groups.joined(to: $0) }
    }

    /// The lines of a file whose last card is a person, and the categories that person has.
    static let examples: [([String], [String])] = [
        (group("Team", "KIND:group", "MEMBER:urn:uuid:" + uuid) + person(uuid.uppercased()), ["Team"]),
        (
            group("Team", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a@x.org")
                + person("a@x.org", "CATEGORIES:chess"), ["chess", "Team"]
        ),
        (
            group("Team", "KIND:group", "MEMBER:a") + group("Choir", "KIND:group", "MEMBER:a") + person("a"),
            ["Team", "Choir"]
        ),
        (group("Team", "KIND:GROUP", "MEMBER:mailto:Ana@x.org") + person("a", "EMAIL:ana@x.org"), ["Team"]),
        (group("Team", "KIND:group", "MEMBER:x-crm:people/7") + person("x-crm:people/7"), ["Team"]),
        (group("Team", "KIND:group", "MEMBER:a") + person("a", "CATEGORIES:Team"), ["Team"]),
        (group("Team", "KIND:group", "MEMBER:a", "MEMBER:a") + person("a"), ["Team"]),
        (group("Team", "X-EVOLUTION-LIST:TRUE", "EMAIL:Ana <Ana@x.org>") + person("a", "EMAIL:ana@x.org"), ["Team"]),
        (group("Team", "X-EVOLUTION-LIST:TRUE", "EMAIL:ana@x.org") + person("a", "EMAIL:ana@x.org"), ["Team"]),
        (
            group("Team", "X-EVOLUTION-LIST:TRUE", "EMAIL;X-EVOLUTION-DEST-CONTACT-UID=a:Ana <x>") + person("a"),
            ["Team"]
        ),
        (group("Team", "X-EVOLUTION-LIST:FALSE", "EMAIL:ana@x.org") + person("a", "EMAIL:ana@x.org"), []),
        // Not a member, not a group, a group without members, a member only by name.
        (group("Team", "KIND:group", "MEMBER:b") + person("a"), []),
        (group("Team", "KIND:org", "MEMBER:a") + person("a"), []),
        (group("Team", "KIND:group") + person("a"), []),
        (group("Team", "KIND:group", "MEMBER;VALUE=text:") + person("a"), []),
    ]

    @Test("Who belongs to a group has its name among the categories, wherever the two stand", arguments: examples)
    func categories(lines: [String], categories: [String]) throws {
        let file = CardFile(lines: lines)
        #expect(Self.joined(file.cards).last?.categories == categories && file.codes == [])
        let end = try #require(lines.dropLast().lastIndex(of: "END:VCARD"))
        let turned = CardFile(lines: Array(lines[(end + 1)...]) + Array(lines[...end]))
        #expect(Self.joined(turned.cards).first?.categories == categories)
    }

    @Test("A group is itself no member, also of one that names it")
    func nested() {
        let lines = Self.group("All", "KIND:group", "MEMBER:g-Team") + Self.group("Team", "KIND:group", "MEMBER:a")
        let cards = CardFile(lines: lines + Self.person("a")).cards
        #expect(Self.joined(cards).map(\.categories) == [[], [], ["Team"]])
    }

    @Test("Joining cards that are joined changes nothing")
    func twice() {
        let cards = Self.joined(
            CardFile(lines: Self.group("Team", "KIND:group", "MEMBER:a") + Self.person("a")).cards
        )
        #expect(Self.joined(cards) == cards && cards.last?.categories == ["Team"])
    }

    @Test("Groups that lie in files of their own are joined as those of one file", arguments: UInt64(0)..<20)
    func files(seed: UInt64) {
        var random = Seeded(seed)
        let people = (0..<10).map { Self.person("p\($0)") }
        let groups = (0..<4).map { name in
            let members = (0..<10).filter { _ in random.oneIn(3) }.map { "MEMBER:p\($0)" }
            return block("VCARD", ["UID:g\(name)", "KIND:group", "FN:G\(name)"] + members)
        }
        let whole = Self.joined(CardFile(lines: (groups + people).flatMap { $0 }).cards)
        let apart = (groups + people).flatMap { CardFile(lines: $0).cards }
        #expect(Self.joined(apart).map(\.categories) == whole.map(\.categories))
        #expect(whole.contains { !$0.categories.isEmpty })
    }
}
