import KithCore
import KithTesting
import Testing

/// Whom a circle or a priority means.
@Suite("Match")
struct MatchTests {
    static let ana = Contact(
        id: ContactID("A-1"),
        name: "Ana María Ruiz",
        emails: ["ana@Meridian.example", "ana.ruiz@gmail.example"],
        organization: "Meridian GmbH",
        categories: ["Sponsor", "Madrid"]
    )

    /// Patterns and whether they mean Ana.
    struct Example: CustomTestStringConvertible {
        let patterns: [Match.Key: [String]]
        let matches: Bool
        var testDescription: String {
            patterns.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" }.joined(
                separator: ", "
            )
        }

        init(_ patterns: [Match.Key: [String]], _ matches: Bool) {
            (self.patterns, self.matches) = (patterns, matches)
        }
    }

    static let examples = [
        Example([:], false),
        Example([.category: []], false),
        Example([.category: ["sponsor"]], true),
        Example([.category: ["SPONSOR"]], true),
        Example([.category: ["spons"]], false),
        Example([.category: ["spons*"]], true),
        Example([.category: ["friend", "madrid"]], true),
        Example([.category: [""]], false),
        Example([.organization: ["meridian*"]], true),
        Example([.organization: ["*gmbh"]], true),
        Example([.organization: ["*idian*mb*"]], true),
        Example([.organization: ["gmbh"]], false),
        Example([.domain: ["meridian.example"]], true),
        Example([.domain: ["gmail.example"]], true),
        Example([.domain: ["example"]], false),
        Example([.domain: ["*.example"]], true),
        Example([.name: ["ana mar?a ruiz"]], true),
        Example([.name: ["ana mar??a ruiz"]], false),
        Example([.name: ["ANA MARÍA*"]], true),
        Example([.name: ["*"]], true),
        Example([.name: ["**?**"]], true),
        Example([.uid: ["a-1"]], true),
        Example([.uid: ["a-1?"]], false),
        Example([.email: ["ana@meridian.example"]], true),
        Example([.email: ["*@other.example"]], false),
        Example([.category: ["sponsor"], .domain: ["meridian.example"]], true),
        Example([.category: ["sponsor"], .domain: ["other.example"]], false),
        Example([.category: ["friend"], .domain: ["meridian.example"]], false),
    ]

    @Test("All keys must hold, each by any of its values; case does not matter", arguments: examples)
    func matches(_ example: Example) {
        #expect(Match(example.patterns).matches(Self.ana) == example.matches)
    }

    @Test("A contact without the property matches nothing, not even a star")
    func missing() {
        let bare = Contact(id: ContactID("b"), name: "B")
        for key in [Match.Key.category, .organization, .domain, .email] {
            #expect(!Match([key: ["*"]]).matches(bare))
        }
    }

    @Test("Wildcards find what a plain search finds", arguments: UInt64(0)..<300)
    func wildcards(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let text = String(
            (0..<Int.random(in: 1..<9, using: &random)).map { _ in "ab".randomElement(using: &random) ?? "a" }
        )
        let pattern = String((0..<6).map { _ in "ab*?".randomElement(using: &random) ?? "*" })
        var contact = Self.ana
        contact.categories = [text]
        #expect(
            Match([.category: [pattern]]).matches(contact) == Self.finds(Array(pattern), Array(text)),
            "\(pattern) in \(text)"
        )
    }

    /// The plain definition, by trying every length of a star.
    static func finds(_ pattern: [Character], _ text: [Character]) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = Array(pattern.dropFirst())
        if first == "*" { return (0...text.count).contains { finds(rest, Array(text.dropFirst($0))) } }
        guard let letter = text.first, first == "?" || first == letter else { return false }
        return finds(rest, Array(text.dropFirst()))
    }

    @Test("A pattern of many stars takes no time on a long text")
    func hostile() {
        var contact = Self.ana
        contact.categories = [String(repeating: "a", count: 2_000)]
        #expect(!Match([.category: [String(repeating: "*a", count: 30) + "b"]]).matches(contact))
    }

    @Test(
        "The domain is what follows the last @, in lower case",
        arguments: [
            ("ana@Meridian.Example", "meridian.example"), ("\"a@b\"@c.example", "c.example"), ("ana", nil),
            ("ana@", ""),
        ] as [(String, String?)]
    )
    func domains(email: String, expected: String?) {
        #expect(domain(of: email) == expected)
    }
}
