import KithTesting
import Testing

@testable import VObject

@Suite("Bytes eight at a time")
struct WordsTests {
    /// Bytes at the edges of what UTF-8 allows.
    private static let edges: [UInt8] = [
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef,
        0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ]

    @Test("Text is told from what is no text as the standard library does", arguments: UInt64(0)..<40)
    func utf8(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<2_000 {
            var bytes = [UInt8](repeating: 0x61, count: random.below(12))
            for _ in 0..<random.below(6) {
                if random.oneIn(2) {
                    let scalar = UnicodeScalar(UInt32(random.below(0x11_0000))) ?? "é"
                    bytes += Array(String(Character(scalar)).utf8)
                } else {
                    bytes.insert(Self.edges[random.below(Self.edges.count)], at: random.below(bytes.count + 1))
                }
            }
            #expect(isUTF8(bytes.span) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
        }
    }
}
