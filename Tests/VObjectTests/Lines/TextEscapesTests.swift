import KithTesting
import Testing

@testable import VObject

@Suite("Escapes")
struct TextEscapesTests {
    @Test(
        "Escapes are read",
        arguments: [
            ("plain", "plain"), ("", ""), (#"a\nb\Nc"#, "a\nb\nc"), (#"a\,b\;c\\d"#, #"a,b;c\d"#), (#"\:"#, ":"),
            (#"\\n"#, #"\n"#), (#"\\\n"#, "\\\n"), (#"\x"#, #"\x"#), (#"end\"#, #"end\"#), (#"\\"#, #"\"#),
            (#"\"#, #"\"#), (#"\é"#, #"\é"#), (#"😀\n😀"#, "😀\n😀"), ("\\n\u{301}", "\n\u{301}"),
            ("a,b;c", "a,b;c"), (#"\r\t"#, #"\r\t"#),
        ]
    )
    func reading(written: String, text: String) {
        #expect(unescaped(written).scalars == text.scalars)
    }

    @Test(
        "Text is written with its escapes",
        arguments: [
            ("plain", "plain"), ("a,b;c\\d", #"a\,b\;c\\d"#), ("a\nb", #"a\nb"#), ("a\r\nb", #"a\nb"#),
            ("a\rb", "ab"), (":\"^", ":\"^"), (",\u{301}", "\\,\u{301}"),
        ]
    )
    func writing(text: String, written: String) {
        #expect(escaped(text).scalars == written.scalars)
    }

    @Test(
        "A value is cut where no backslash stands before the separator",
        arguments: [
            ("a,b,c", ["a", "b", "c"]), (#"a\,b,c"#, [#"a\,b"#, "c"]), (#"a\\,b"#, [#"a\\"#, "b"]), ("", [""]),
            (",", ["", ""]), (#"a,\"#, ["a", #"\"#]), (#"\,"#, [#"\,"#]), ("a,,b", ["a", "", "b"]),
            (#"ü\ü,😀"#, [#"ü\ü"#, "😀"]), (#"\\\,,x"#, [#"\\\,"#, "x"]),
        ]
    )
    func cutting(value: String, pieces: [String]) {
        #expect(splitUnescaped(value, at: UInt8(ascii: ",")).map(String.init) == pieces)
    }

    @Test("What is written is read as it was, and a list is cut into what it was joined of", arguments: UInt64(0)..<200)
    func roundTrip(seed: UInt64) {
        var random = Seeded(seed)
        let alphabet: [Unicode.Scalar] = ["a", "n", "N", "\\", ",", ";", ":", "\n", "\"", "ü", "\u{301}", "😀", "^"]
        let texts = (0..<4).map { _ in
            String(String.UnicodeScalarView((0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count)] }))
        }
        for text in texts { #expect(unescaped(escaped(text)).scalars == text.scalars) }
        let pieces = splitUnescaped(texts.map { escaped($0) }.joined(separator: ";"), at: UInt8(ascii: ";"))
        #expect(pieces.map { unescaped($0).scalars } == texts.map(\.scalars))
    }

    @Test("A value in a message is short and has no control characters")
    func messages() {
        #expect(shortened("abc") == "abc")
        #expect(shortened("a\nb\u{1b}[31m\0") == "a b [31m ")
        #expect(shortened(String(repeating: "x", count: 40)) == String(repeating: "x", count: 40))
        #expect(shortened(String(repeating: "é", count: 41)) == String(repeating: "é", count: 40) + "…")
    }

    @Test(
        "Spaces and tabs go at the ends, nothing else and nowhere else",
        arguments: [
            (" a b\t", "a b"), ("", ""), (" \t ", ""), ("\na\n", "\na\n"), ("\u{a0}a", "\u{a0}a"),
            (" \u{301}", "\u{301}"),
        ]
    )
    func trimming(text: String, trimmed: String) {
        #expect(text.trimmingSpaces().scalars == trimmed.scalars)
    }

    @Test("Long hostile values cost no more than their length", .timeLimit(.minutes(1)))
    func long() {
        let count = 300_000
        #expect(unescaped(String(repeating: "\\", count: count)).utf8.count == count / 2)
        #expect(unescaped(String(repeating: "\\n", count: count)).utf8.count == count)
        #expect(String(repeating: " ", count: count).trimmingSpaces() == "")
        #expect(splitUnescaped(String(repeating: ",", count: count), at: UInt8(ascii: ",")).count == count + 1)
    }
}
