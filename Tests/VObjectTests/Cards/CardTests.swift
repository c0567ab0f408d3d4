import Testing

@testable import VObject

@Suite("Cards")
struct CardTests {
    static func card(_ properties: [String]) throws -> Card {
        try #require(CardFile(card: properties).cards.first)
    }

    @Test("Every property is read")
    func properties() throws {
        let card = try Self.card([
            "VERSION:4.0", "UID: urn:uuid:1 ", #"FN: Ana Ruiz\, Dr. "#, "N:Ruiz;Ana;;;", "NICKNAME:Anita,Ani",
            "EMAIL:Ana@Example.org", "TEL:+34 600", #"ORG:Meridian\; Sons;Research"#, "TITLE: Head of Pricing",
            "CATEGORIES:strategic", #"NOTE:tea\nand walks "#, "TZ: Europe/Madrid", "KIND:Individual", "BDAY:19850412",
            "ANNIVERSARY:20100605",
        ])
        #expect(card.uid == "urn:uuid:1" && card.name == "Ana Ruiz, Dr." && card.givenName == "Ana")
        #expect(card.nicknames == ["Anita", "Ani"] && card.emails == ["ana@example.org"] && card.phones == ["+34 600"])
        #expect(card.organization == "Meridian; Sons" && card.title == "Head of Pricing")
        #expect(card.categories == ["strategic"] && card.note == "tea\nand walks " && card.zone == "Europe/Madrid")
        #expect(card.kind == "individual" && !card.isDeceased && card.line == 1)
        #expect(card.birthday == PartialDate(year: 1_985, month: 4, day: 12))
        #expect(card.anniversary == PartialDate(year: 2_010, month: 6, day: 5))
    }

    @Test("What is not stated is left open")
    func absent() throws {
        let card = try Self.card(["UID:1", "FN:Ana"])
        #expect(card.givenName == nil && card.nicknames == [] && card.emails == [] && card.phones == [])
        #expect(card.organization == nil && card.title == nil && card.categories == [] && card.note == nil)
        #expect(card.birthday == nil && card.anniversary == nil && card.zone == nil && card.kind == "individual")
    }

    /// The lines that name a card, and the name.
    static let named: [([String], String?, [String])] = [
        (["FN:Ana Ruiz", "N:X;Y"], "Ana Ruiz", []), (["FN:", "N:Ruiz;Ana;M;Dr."], "Ana Ruiz", ["no-name"]),
        (["N:Ruiz;Ana"], "Ana Ruiz", ["no-name"]), (["N:Ruiz"], "Ruiz", ["no-name"]),
        (["N:;Ana;;;"], "Ana", ["no-name"]),
        ([#"N:Ruiz\;Gil;Ana\, Eva"#], "Ana, Eva Ruiz;Gil", ["no-name"]),
        (["N:;;;;", "ORG:Meridian"], "Meridian", ["no-name"]),
        (["EMAIL:Ana@x.org"], "ana@x.org", ["no-name"]), (["ORG:;Research", "EMAIL:a@x.org"], "a@x.org", ["no-name"]),
        (["N:van Dam,de Wit;Ana,María;X"], "Ana María van Dam de Wit", ["no-name"]), (["N:,;Ana"], "Ana", ["no-name"]),
        (["FN: \t", "FN:Second", "N:Ruiz;Ana"], "Ana Ruiz", ["no-name"]), ([], nil, ["no-name"]),
        (["TEL:+34"], nil, ["no-name"]), (["FN:", "N:;;;;", "ORG:", "EMAIL:"], nil, ["no-name"]),
    ]

    @Test("A card has the best name it gives; without any it says so", arguments: named)
    func name(lines: [String], name: String?, told: [String]) throws {
        let file = CardFile(card: ["UID:1"] + lines)
        #expect(file.cards.map(\.name) == [name] && file.codes == told)
        if name == nil { #expect(file.findings.map(\.severity) == [.error]) }
    }

    @Test("A card without UID is known by address and name, wherever it stands in the file")
    func stableKey() {
        let lines = ["FN:Ana Ruiz", "EMAIL:Ana@Example.org"]
        let (first, second) = (CardFile(card: lines), CardFile(card: ["NOTE:x", "UID:", "VERSION:4.0"] + lines))
        #expect(
            first.cards.map(\.uid) == ["ana@example.org Ana Ruiz"] && second.cards.map(\.uid) == first.cards.map(\.uid)
        )
        #expect(first.codes == ["no-uid"] && first.findings.map(\.severity) == [.note])
        #expect(CardFile(card: ["FN:Bo"]).cards.map(\.uid) == [" Bo"])
        #expect(CardFile(card: ["FN:Bo", "TEL:+49 30 1", "TEL;PREF=1:+49 30 2"]).cards.map(\.uid) == ["+49 30 2 Bo"])
    }

    @Test("Two cards without UID that agree in address and name are one person, and the file says so")
    func sameKey() {
        let bo = block("VCARD", ["FN:Bo", "EMAIL:bo@x.org"])
        let file = CardFile(lines: bo + bo + block("VCARD", ["FN:Bo"]) + block("VCARD", ["UID:1", "FN:Bo"]))
        #expect(file.cards.map(\.uid) == ["bo@x.org Bo", "bo@x.org Bo", " Bo", "1"])
        #expect(file.findings.map { "\($0.code) \($0.line)" } == ["no-uid 1", "same-person 5", "no-uid 9"])
        #expect(file.findings[1].message.contains("line 1 "))
        // What has no name is nobody, and so not the same either.
        let nobody = block("VCARD", ["VERSION:4.0"])
        #expect(CardFile(lines: nobody + nobody).codes == ["no-name", "no-name"])
    }

    /// The EMAIL lines of a card, and the addresses in order.
    static let addressed: [([String], [String])] = [
        (["EMAIL:a@x.org", "EMAIL:b@x.org"], ["a@x.org", "b@x.org"]),
        (["EMAIL:a@x.org", "EMAIL;PREF=1:b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL;PREF=50:a@x.org", "EMAIL;PREF=2:b@x.org", "EMAIL:c@x.org"], ["b@x.org", "a@x.org", "c@x.org"]),
        (["EMAIL;TYPE=INTERNET:a@x.org", "EMAIL;TYPE=INTERNET,PREF:b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL;TYPE=home:a@x.org", "EMAIL;TYPE=work;TYPE=pref:b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL:a@x.org", "EMAIL;TYPE=\"work,pref\":b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL;INTERNET:a@x.org", "EMAIL;INTERNET;PREF:b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL;PREF=x:a@x.org", "EMAIL;PREF=1:b@x.org"], ["b@x.org", "a@x.org"]),
        (
            ["EMAIL;PREF=0:a@x.org", "EMAIL;PREF=101:b@x.org", "EMAIL;PREF=100:c@x.org"],
            ["c@x.org", "a@x.org", "b@x.org"]
        ),
        (["EMAIL;TYPE=home:a@x.org", "EMAIL;type=INTERNET;type=WORK;type=pref:b@x.org"], ["b@x.org", "a@x.org"]),
        (["EMAIL;HOME:a@x.org", "EMAIL;WORK;pref:b@x.org"], ["b@x.org", "a@x.org"]),
        (["item1.EMAIL;TYPE=PREF:A@X.org", "EMAIL: a@x.ORG ", "EMAIL:"], ["a@x.org"]),
        (["EMAIL:jürgen@bücher.example"], ["jürgen@bücher.example"]),
    ]

    @Test("Addresses are in lower case, once each, the preferred first by either version's sign", arguments: addressed)
    func emails(lines: [String], addresses: [String]) throws {
        #expect(try Self.card(["UID:1", "FN:Ana"] + lines).emails == addresses)
    }

    @Test(
        "A number is as written, without the sign of a URI",
        arguments: [
            ("TEL:+34 600 000", "+34 600 000"), ("TEL;VALUE=uri:tel:+1-555-0100;ext=5", "+1-555-0100"),
            ("TEL;TYPE=\"voice,home\";VALUE=uri:TEL:+1-555", "+1-555"), ("TEL;CELL: 0170/123 ", "0170/123"),
            ("item2.TEL;TYPE=CELL:(555) 01", "(555) 01"),
        ]
    )
    func phone(line: String, number: String) throws {
        #expect(try Self.card(["UID:1", "FN:Ana", "TEL:", line]).phones == [number])
    }

    @Test("Numbers stand in order of preference, else as in the card")
    func phoneOrder() throws {
        let lines = ["UID:1", "FN:Ana", "TEL:1", "TEL;TYPE=CELL,PREF:2", "TEL:3", "TEL;PREF=2:4"]
        #expect(try Self.card(lines).phones == ["2", "4", "1", "3"])
    }

    @Test(
        "Lists are cut at commas that are not escaped, and every line counts",
        arguments: [
            (["a,b"], ["a", "b"]), (["a", "b,c"], ["a", "b", "c"]), ([#"chess\, blitz,go"#], ["chess, blitz", "go"]),
            ([" a , ,b "], ["a", "b"]), ([""], []), ([#"a\\,b"#], [#"a\"#, "b"]),
        ]
    )
    func lists(values: [String], items: [String]) throws {
        #expect(try Self.card(["UID:1", "FN:Ana"] + values.map { "CATEGORIES:" + $0 }).categories == items)
        #expect(try Self.card(["UID:1", "FN:Ana"] + values.map { "NICKNAME:" + $0 }).nicknames == items)
    }

    @Test(
        "What is no person says so",
        arguments: [
            ("KIND:group", "group"), ("KIND: ORG ", "org"), ("X-ADDRESSBOOKSERVER-KIND:group", "group"),
            ("X-KIND:location", "location"), ("X-ABShowAs:COMPANY", "org"), ("X-ABShowAs:x", "individual"),
            ("KIND:individual", "individual"), ("KIND:x-unknown", "x-unknown"),
        ]
    )
    func kind(line: String, kind: String) throws {
        #expect(try Self.card(["UID:1", "FN:Ana", line]).kind == kind)
    }

    @Test(
        "Who has died is known by the date, whatever its form; an empty one says nothing",
        arguments: [
            ("DEATHDATE:19960415", true), ("X-DEATHDATE:1996", true), ("X-DEATHDATE: ", false),
            ("DEATHDATE;VALUE=text:circa 1800", true), ("DEATHDATE:", false),
        ]
    )
    func deceased(line: String, isDeceased: Bool) throws {
        #expect(try Self.card(["UID:1", "FN:Ana", line]).isDeceased == isDeceased)
    }

    @Test("Several cards in a file are read, also beside what is none and after one without END")
    func several() throws {
        let (a, b) = (block("VCARD", ["UID:a", "FN:A"]), block("vcard", ["UID:b", "FN:B"]))
        #expect(CardFile(lines: a + b).cards.map(\.uid) == ["a", "b"])
        let file = CardFile(lines: a + block("VEVENT", ["UID:x"]) + a.dropLast() + ["oops"] + b + ["X-A:1"])
        #expect(file.cards.map(\.uid) == ["a", "b"])
        #expect(
            file.findings.map { "\($0.code) \($0.line)" } == ["bad-line 11", "unterminated 8", "outside-component 16"]
        )
        #expect(file.cards.map(\.line) == [1, 12])
    }

    @Test("The agent of a version 2.1 card is part of it, not a card; what follows it is the card's own")
    func agent() throws {
        let agent = ["AGENT:"] + block("VCARD", ["VERSION:2.1", "N:Friday;Fred", "UID:agent", "EMAIL:fred@x.org"])
        let file = CardFile(card: ["VERSION:2.1", "UID:1", "FN:Ana"] + agent + ["EMAIL:ana@x.org"])
        #expect(file.cards.map(\.uid) == ["1"] && file.cards.map(\.emails) == [["ana@x.org"]] && file.codes == [])
    }

    @Test(
        "What is encoded in base 64 is passed over, folded or not",
        arguments: [
            "PHOTO;ENCODING=b;TYPE=JPEG", "item1.LOGO;ENCODING=BASE64;GIF", "KEY;PGP;BASE64", "SOUND;WAVE;ENCODING=B",
        ]
    )
    func binary(head: String) {
        for fold in ["\r\n ", "", "\n\t"] {
            let line = head + ":" + String(repeating: "QUJD" + fold, count: 20_000) + "\r\n"
            let file = CardFile(card: ["UID:1", line, "FN:Ana"])
            #expect(file.cards.map(\.name) == ["Ana"] && file.codes == [])
        }
    }

    @Test("A limit that a picture goes beyond leaves out the picture alone, and says so")
    func longLine() {
        var limits = Limits.standard
        limits.lineLength = 1_000
        let photo = "PHOTO;ENCODING=b:" + String(repeating: "QUJD\r\n ", count: 2_000)
        let lines = block("VCARD", ["UID:1", photo, "FN:Ana"]).map { $0 + "\r\n" }.joined()
        let file = CardFile(parsing: Array(lines.utf8), limits: limits)
        #expect(file.cards.map(\.name) == ["Ana"] && file.codes == ["line-too-long"])
    }
}
