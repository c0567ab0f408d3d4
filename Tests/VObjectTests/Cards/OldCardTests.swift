import Testing

@testable import VObject

/// Cards as version 2.1 has them, and Apple's labels.
@Suite("Old cards")
struct OldCardTests {
    private func card(_ text: String) throws -> Card {
        let file = CardFile(parsing: Array("BEGIN:VCARD\r\nVERSION:2.1\r\nUID:1\r\n\(text)\r\nEND:VCARD\r\n".utf8))
        #expect(file.findings.isEmpty, "\(file.findings)")
        return try #require(file.cards.first)
    }

    @Test(
        "A name in quoted-printable is read",
        arguments: [
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB M=C3=BCller", "Zoë Müller"),
            ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB=20=\r\nM=C3=BC=\r\nller", "Zoë Müller"),
            ("FN;QUOTED-PRINTABLE:Ana=20Ruiz", "Ana Ruiz"),
            ("FN;encoding=quoted-printable:Ana=20Ruiz", "Ana Ruiz"),
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Zo=EB", "Zoë"),
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1252:=8Eana", "Žana"),
            // What is no escape stands for itself; a soft end at the end of the card ends nothing else.
            ("FN;ENCODING=QUOTED-PRINTABLE:1=1 =G0=4", "1=1 =G0=4"),
            ("FN;ENCODING=QUOTED-PRINTABLE:Ana=\r\n", "Ana"),
            // A line that is not so encoded ends where it ends.
            ("FN:Ana=\r\nNOTE:QUOTED-PRINTABLE", "Ana="),
        ]
    )
    func quoted(lines: String, name: String) throws {
        #expect(try card(lines).name == name)
    }

    @Test("The parts of a name are cut once it is decoded")
    func parts() throws {
        let card = try card("FN:x\r\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB;;;")
        #expect(card.givenName == "Zoë")
    }

    @Test("What a soft end swallows is counted as one line, and the limit holds")
    func limits() {
        let text = "FN;ENCODING=QUOTED-PRINTABLE:" + String(repeating: "a=\r\n", count: 1_000) + "b\r\nX:1"
        let bytes = Array(text.utf8)
        var scanner = LineScanner(bytes, limit: 100)
        let next = scanner.next(in: bytes.span)
        #expect(next.map { String(decoding: $0.bytes(in: bytes), as: UTF8.self) } == "X:1" && next?.number == 1_002)
        #expect(scanner.tooLong == [1])
    }

    @Test("A card in Latin 1 that says so is read without a remark")
    func latin() throws {
        let bytes = Array("BEGIN:VCARD\r\nVERSION:2.1\r\nUID:1\r\nFN;CHARSET=ISO-8859-1:Zo".utf8) + [0xeb]
        let file = CardFile(parsing: bytes + Array("\r\nEND:VCARD\r\n".utf8))
        #expect(file.cards.map(\.name) == ["Zoë"] && file.findings.isEmpty)
    }

    @Test(
        "Apple's date is an anniversary where its label says so",
        arguments: [
            (["item1.X-ABDATE:2010-06-05", "item1.X-ABLabel:_$!<Anniversary>!$_"], 2_010),
            (["item2.X-ABDATE;type=pref:2010-06-05", "item2.X-ABLabel:Wedding anniversary"], 2_010),
            (["item1.X-ABDATE:2010-06-05", "item1.X-ABLabel:_$!<Other>!$_"], nil),
            (["item1.X-ABDATE:2010-06-05", "item2.X-ABLabel:_$!<Anniversary>!$_"], nil),
            (["X-ABDATE:2010-06-05", "X-ABLabel:Anniversary"], nil),
        ] as [([String], Int?)]
    )
    func anniversary(lines: [String], year: Int?) throws {
        let file = CardFile(card: ["UID:1", "FN:Ana"] + lines)
        #expect(file.cards.first?.anniversary?.year == year)
    }
}
