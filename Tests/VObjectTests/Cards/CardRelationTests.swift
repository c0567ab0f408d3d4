import Testing

@testable import VObject

@Suite("What cards say of others")
struct CardRelationTests {
    static let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"

    /// The lines of a card, and the kinds and people that are read.
    static let examples: [([String], [Relation])] = [
        (
            ["RELATED;TYPE=friend:urn:uuid:F81D4FAE-7dec-11d0-a765-00a0c91e6bf6"],
            [Relation(kind: "friend", person: .uid(uuid))]
        ),
        (
            ["RELATED;TYPE=\"friend,met\":mailto:Bo@x.org"],
            [
                Relation(kind: "friend", person: .email("bo@x.org")), Relation(kind: "met", person: .email("bo@x.org")),
            ]
        ),
        (
            ["RELATED;TYPE=Spouse;TYPE=pref;VALUE=text:Bo\\, Lind: x", "RELATED;TYPE=spouse:Bo Lind"],
            [
                Relation(kind: "spouse", person: .name("Bo, Lind: x")),
                Relation(kind: "spouse", person: .name("Bo Lind")),
            ]
        ),
        (["RELATED:https://x.org/bo.vcf"], [Relation(kind: "contact", person: .uri("https://x.org/bo.vcf"))]),
        (["RELATED;TYPE=pref:Bo", "RELATED:", "RELATED:Bo"], [Relation(kind: "contact", person: .name("Bo"))]),
        (
            [
                "item1.X-ABRELATEDNAMES;type=pref:Bo", "item1.X-ABLabel:_$!<Spouse>!$_", "item2.X-ABRELATEDNAMES:Cy",
                "item2.X-ABLabel:Neighbour", "item3.X-ABRELATEDNAMES:Di",
            ],
            [
                Relation(kind: "spouse", person: .name("Bo")), Relation(kind: "neighbour", person: .name("Cy")),
                Relation(kind: "contact", person: .name("Di")),
            ]
        ),
        (
            ["X-EVOLUTION-SPOUSE:Bo", "X-EVOLUTION-MANAGER:Cy", "X-EVOLUTION-ASSISTANT:Di"],
            [
                Relation(kind: "spouse", person: .name("Bo")), Relation(kind: "manager", person: .name("Cy")),
                Relation(kind: "assistant", person: .name("Di")),
            ]
        ),
        (
            ["X-MS-CHILD:Bo", "X-MANAGER:Cy", "X-KADDRESSBOOK-X-SpousesName:Di", "X-SPOUSE:"],
            [
                Relation(kind: "child", person: .name("Bo")), Relation(kind: "manager", person: .name("Cy")),
                Relation(kind: "spouse", person: .name("Di")),
            ]
        ),
        // One person named twice by two programs.
        (["X-SPOUSE:Bo", "X-EVOLUTION-SPOUSE:Bo"], [Relation(kind: "spouse", person: .name("Bo"))]),
        (
            [
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Bo;14;;;;;;;;;;;;;",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Cy;0;Trainer;;;",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Di;15;;",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Ed;-9223372036854775808;;",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ani;1;;", "X-ANDROID-CUSTOM:x",
            ],
            [
                Relation(kind: "spouse", person: .name("Bo")), Relation(kind: "trainer", person: .name("Cy")),
                Relation(kind: "contact", person: .name("Di")), Relation(kind: "contact", person: .name("Ed")),
            ]
        ),
        (
            ["AGENT:"] + block("VCARD", ["VERSION:2.1", "N:Friday;Fred"]),
            [Relation(kind: "agent", person: .name("Fred Friday"))]
        ),
        (
            [#"AGENT:BEGIN:VCARD\nFN:Fred\, F.\nEND:VCARD\n"#], [Relation(kind: "agent", person: .name("Fred, F."))]
        ),
        (
            ["AGENT;VALUE=uri:https://x.org/fred.vcf", #"AGENT:BEGIN:VCARD\nEND:VCARD"#],
            [Relation(kind: "agent", person: .uri("https://x.org/fred.vcf"))]
        ),
        (["NOTE:Bo", "X-ABLabel:spouse"], []),
    ]

    @Test("Relations are read by each of their names, in order", arguments: examples)
    func relations(lines: [String], relations: [Relation]) throws {
        let file = CardFile(card: ["UID:1", "FN:Ana"] + lines)
        #expect(file.cards.first?.relations == relations && file.codes == [])
    }

    @Test(
        "One UID is compared as the same however it is written",
        arguments: [
            ("urn:uuid:" + uuid, uuid), (uuid.uppercased(), uuid), ("URN:UUID:" + uuid.uppercased(), uuid),
            ("urn:uuid:1", "1"), ("Ana@x.org", "Ana@x.org"), ("", ""), ("urn:uuid:", ""), ("urn:uui", "urn:uui"),
            (String(uuid.dropLast()) + "G", String(uuid.dropLast()) + "G"), ("e\u{301}", "e\u{301}"),
        ]
    )
    func key(uid: String, key: String) {
        #expect(CardReference.key(uid) == key)
    }

    @Test("A reference means the card with its UID or address; a name means none for certain")
    func means() throws {
        let file = CardFile(card: ["UID:urn:uuid:" + Self.uuid.uppercased(), "FN:Bo", "EMAIL:Bo@x.org"])
        let card = try #require(file.cards.first)
        #expect(CardReference.uid(Self.uuid).means(card) && CardReference.email("bo@x.org").means(card))
        #expect(CardReference.uri("urn:uuid:" + Self.uuid.uppercased()).means(card))
        #expect(!CardReference.uid("x").means(card) && !CardReference.email("b@x.org").means(card))
        #expect(!CardReference.name("Bo").means(card))
    }

    @Test("A card of fifty thousand relations is read in their number", .timeLimit(.minutes(1)))
    func many() {
        let lines = (0..<50_000).flatMap { ["i\($0).X-ABRELATEDNAMES:P\($0)", "i\($0).X-ABLabel:friend"] }
        let relations = CardFile(card: ["UID:1", "FN:Ana"] + lines).cards.first?.relations
        #expect(relations?.count == 50_000 && relations?.last == Relation(kind: "friend", person: .name("P49999")))
    }
}
