import Testing

@testable import VObject

/// Files that are not in UTF-8.
@Suite("Encodings of cards")
struct CardEncodingTests {
    static let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:1\r\nFN:Zoë 漢 😀\r\nEND:VCARD\r\n"

    static func utf16(_ text: String, isLittle: Bool, isMarked: Bool) -> [UInt8] {
        ((isMarked ? [0xfeff] : []) + Array(text.utf16)).flatMap { unit in
            isLittle ? [UInt8(unit & 0xff), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xff)]
        }
    }

    @Test(
        "A file in UTF-16 is read, and a finding says what it is",
        arguments: [true, false],
        [true, false]
    )
    func utf16(isLittle: Bool, isMarked: Bool) {
        let file = CardFile(parsing: Self.utf16(Self.text, isLittle: isLittle, isMarked: isMarked))
        #expect(file.cards.map(\.name) == ["Zoë 漢 😀"] && file.cards.map(\.line) == [1])
        #expect(file.codes == ["utf16"] && file.findings.map(\.severity) == [.note])
    }

    @Test("A file in UTF-16 that is cut within a character or says nothing is told, not read")
    func broken() {
        let odd = Self.utf16(Self.text, isLittle: true, isMarked: true).dropLast(7)
        #expect(CardFile(parsing: Array(odd)).codes == ["end-without-begin", "unterminated", "utf16"])
        #expect(CardFile(parsing: [0xff, 0xfe]).codes == ["utf16", "no-component"])
        // A lone half of a pair is no character.
        let lone = Self.utf16("BEGIN:VCARD\nFN:", isLittle: true, isMarked: true) + [0x3d, 0xd8, 0x0a, 0]
        let end = Self.utf16("END:VCARD\n", isLittle: true, isMarked: false)
        #expect(CardFile(parsing: lone + end).cards.map(\.name) == ["\u{fffd}"])
    }

    @Test(
        "A file in UTF-8 is not taken for one in UTF-16",
        arguments: [[], [0x42], [0xff], [0xfe], [0x42, 0x45], [0xef, 0xbb, 0xbf], [0xff, 0xff], [0, 0]] as [[UInt8]]
    )
    func others(bytes: [UInt8]) {
        #expect(UTF16Text(bytes) == nil)
    }

    @Test("A file in Latin 1 that does not say so is told line by line, and what can be read of it is")
    func latin() {
        let lines = ["BEGIN:VCARD", "UID:1", "FN:Zo\u{eb}", "EMAIL:zoe@x.org", "NOTE:\u{e9}", "END:VCARD"]
        let bytes = lines.joined(separator: "\r\n").unicodeScalars.map { UInt8($0.value) }
        let file = CardFile(parsing: bytes)
        #expect(file.cards.map(\.name) == ["Zo\u{fffd}"] && file.cards.map(\.emails) == [["zoe@x.org"]])
        #expect(file.findings.map { "\($0.code) \($0.line)" } == ["not-utf8 3", "not-utf8 5"])
        #expect(file.findings.allSatisfy { $0.severity == .warning })
    }
}
