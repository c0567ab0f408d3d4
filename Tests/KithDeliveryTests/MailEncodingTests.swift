import KithCore
import KithTesting
import Testing

@testable import KithDelivery

/// Encoded words and quoted-printable by themselves.
@Suite("The encodings of mail")
struct MailEncodingTests {
    static let words: [(text: String, encoded: String)] = [
        ("", ""), ("Ana Ruiz", "Ana Ruiz"), ("\"Zed\" <z>", "\"Zed\" <z>"), ("Zoë", "=?utf-8?q?Zo=C3=AB?="),
        ("a =?x", "=?utf-8?q?a_=3D=3Fx?="), ("a_b=c é", "=?utf-8?q?a=5Fb=3Dc_=C3=A9?="),
        (String(repeating: "a", count: 60), String(repeating: "a", count: 60)),
    ]

    @Test("Plain text stays as it is, other text becomes encoded words", arguments: words)
    func header(text: String, encoded: String) {
        #expect(encodedWords(text, after: 9) == encoded)
    }

    @Test("Long plain text is folded too, and the first line has room for the header's name")
    func folded() {
        let lines = encodedWords(String(repeating: "a", count: 2_000), after: 9).split(separator: "\r\n ")
        #expect(lines.first?.utf8.count == 67 && lines.dropFirst().dropLast().allSatisfy { $0.utf8.count == 75 })
        #expect(lines.count == 32)
    }

    static let bodies: [(text: String, encoded: String)] = [
        ("", "\r\n"), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\n\n", "a\r\n\r\n"),
        ("a\r\nb\rc\nd", "a\r\nb\r\nc\r\nd\r\n"),
        ("1 = 1", "1 =3D 1\r\n"), ("end ", "end=20\r\n"), ("two  \nx", "two =20\r\nx\r\n"), ("tab\t", "tab=09\r\n"),
        (".", "=2E\r\n"), ("..a\n.b", "=2E.a\r\n=2Eb\r\n"), ("a.", "a.\r\n"), ("From Ana", "=46rom Ana\r\n"),
        ("From", "From\r\n"), ("é\0", "=C3=A9=00\r\n"), (" lead", " lead\r\n"), (" ", "=20\r\n"),
        (String(repeating: "a", count: 75), String(repeating: "a", count: 75) + "\r\n"),
        (String(repeating: "a", count: 76), String(repeating: "a", count: 75) + "=\r\na\r\n"),
        (String(repeating: "a", count: 74) + "=", String(repeating: "a", count: 74) + "=\r\n=3D\r\n"),
        (String(repeating: "a", count: 75) + ".", String(repeating: "a", count: 75) + "=\r\n=2E\r\n"),
        (String(repeating: "a", count: 75) + "From b", String(repeating: "a", count: 75) + "=\r\n=46rom b\r\n"),
    ]

    @Test("A body becomes short lines that arrive as they were", arguments: bodies)
    func body(text: String, encoded: String) {
        #expect(quotedPrintable(text) == encoded)
    }

    @Test("Whatever is encoded is read back", arguments: UInt64(0)..<200)
    func readBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let alphabet = [
            "a", " ", "=", "?", "_", ".", "From ", "é", "東", "👩‍👩‍👧‍👦", "e\u{301}", "\n", "=?utf-8?q?", "~", "\"", ":",
        ]
        let parts = (0..<Int.random(in: 0..<300, using: &random)).map { _ in
            alphabet.randomElement(using: &random) ?? ""
        }
        let text = parts.joined()
        let subject = printable(text)
        let bytes = "Subject: \(encodedWords(subject, after: 9))\r\n\r\n\(quotedPrintable(text))".utf8
        let mail = ReceivedMail(Array(bytes))
        #expect(mail.faults == [])
        #expect(mail["Subject"] == subject)
        #expect(mail.body == (text.hasSuffix("\n") ? text : text + "\n"))
    }
}
