/// The quoted-printable of version 2.1 cards (RFC 2045 §6.7; vCard 2.1 §2.1.3): `=C3=A9`, and lines that go on behind a `=`.
enum QuotedPrintable {
    /// Whether a parameter says that the value of a line is so encoded: `;ENCODING=QUOTED-PRINTABLE`, or the bare word.
    static func isDeclared(in line: Span<UInt8>) -> Bool {
        var (index, isQuoted) = (0, false)
        while index < line.count, isQuoted || line[index] != UInt8(ascii: ":") {
            if line[index] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if line[index] == UInt8(ascii: ";"), !isQuoted {
                let value = has(line, encoding, at: index + 1) ? index + 1 + encoding.count : index + 1
                let end = value + word.count
                if has(line, word, at: value), end < line.count, line[end] & 0xfe == 0x3a { return true }
            }
            index += 1
        }
        return false
    }

    private static let encoding = Array("ENCODING=".utf8)
    private static let word = Array("QUOTED-PRINTABLE".utf8)

    /// Whether a word stands at a place, in whatever case.
    private static func has(_ line: Span<UInt8>, _ word: [UInt8], at start: Int) -> Bool {
        guard start + word.count <= line.count else { return false }
        // Upper and lower case differ in one bit of a letter; the other characters of the words have it set in both.
        for place in word.indices where line[start + place] & 0xdf != word[place] & 0xdf { return false }
        return true
    }

    /// The bytes meant; a `=` that no two hex digits follow stands for itself.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2, let high = digit(rest[rest.startIndex]),
                let low = digit(rest[rest.startIndex + 1])
            {
                result.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// A value's bytes as text, by the name a `CHARSET` gives (vCard 2.1 §2.1.6): Latin 1 with the letters Windows has besides,
/// else UTF-8.
func decodedText(_ bytes: some Collection<UInt8>, charset: String?) -> String {
    switch charset?.uppercased() {
    case "ISO-8859-1", "ISO8859-1", "LATIN1", "US-ASCII", "WINDOWS-1252", "CP1252":
        String(String.UnicodeScalarView(bytes.map { windowsLetters[$0] ?? Unicode.Scalar($0) }))
    default:
        String(decoding: bytes, as: UTF8.self)
    }
}

/// Where Windows-1252 has letters and Latin 1 only controls (WHATWG Encoding Standard, index windows-1252).
private let windowsLetters: [UInt8: Unicode.Scalar] = Dictionary(
    uniqueKeysWithValues: zip(
        UInt8(0x80)...0x9f,
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars
    )
)
