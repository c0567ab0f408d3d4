import KithTesting
import Testing

@testable import VObject

@Suite("Logical lines")
struct LineScannerTests {
    /// Bytes, and the lines that stand in them with their numbers.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let lines: [String]
        let numbers: [Int]

        init(_ name: String, _ bytes: [UInt8], _ lines: [String], _ numbers: [Int]) {
            (testDescription, self.bytes, self.lines, self.numbers) = (name, bytes, lines, numbers)
        }

        init(_ name: String, _ text: String, _ lines: [String], _ numbers: [Int]) {
            self.init(name, Array(text.utf8), lines, numbers)
        }
    }

    static let examples = [
        Example("nothing", "", [], []),
        Example("a byte order mark alone", "\u{feff}", [], []),
        Example("CRLF", "A:1\r\nB:2\r\n", ["A:1", "B:2"], [1, 2]),
        Example("LF", "A:1\nB:2\n", ["A:1", "B:2"], [1, 2]),
        Example("bare CR", "A:1\rB:2\r", ["A:1", "B:2"], [1, 2]),
        Example("all three mixed", "A:1\nB:2\rC:3\r\nD:4", ["A:1", "B:2", "C:3", "D:4"], [1, 2, 3, 4]),
        Example("the last line without an end", "A:1\r\nB:2", ["A:1", "B:2"], [1, 2]),
        Example("a byte order mark", "\u{feff}A:1\r\nB:2", ["A:1", "B:2"], [1, 2]),
        Example("a byte order mark further on is text", "A:1\r\n\u{feff}B", ["A:1", "\u{feff}B"], [1, 2]),
        Example("half a byte order mark is no mark", [0xef, 0xbb], ["\u{fffd}"], [1]),
        Example("empty lines", "\r\n\n\rA:1\r\n\r\nB:2\r\n\r\n", ["A:1", "B:2"], [4, 6]),
        Example("nothing but line ends", "\r\n\n\r\r\n", [], []),
        Example("a fold by space", "A:on\r\n e\r\nB:2", ["A:one", "B:2"], [1, 3]),
        Example("a fold by tab", "A:on\r\n\te\r\nB:2", ["A:one", "B:2"], [1, 3]),
        Example("folds with each line end", "A:o\r\n n\n e\r  two\nB:2", ["A:one two", "B:2"], [1, 5]),
        Example("only the first blank is the fold's", "A:one\r\n  two\r\n\t\tx", ["A:one two\tx"], [1]),
        Example("an empty continuation", "A:o\r\n \r\n ne", ["A:one"], [1]),
        Example("a fold at the end of the file", "A:1\r\n ", ["A:1"], [1]),
        Example("a fold in a name", "SUMM\r\n ARY:1", ["SUMMARY:1"], [1]),
        Example("a fold before anything", " A:1\r\nB:2", [" A:1", "B:2"], [1, 2]),
        Example("a fold within ü", [0x41, 0x3a, 0xc3, 0x0d, 0x0a, 0x20, 0xbc, 0x0a], ["A:ü"], [1]),
        Example("folds within 😀", [0xf0, 0x0a, 0x20, 0x9f, 0x0a, 0x09, 0x98, 0x0d, 0x20, 0x80], ["😀"], [1]),
        Example("NUL is a byte like any other", "A:\0\r\nB:2", ["A:\0", "B:2"], [1, 2]),
        Example("U+2028 and U+0085 end nothing", "A:\u{2028}\u{85}x", ["A:\u{2028}\u{85}x"], [1]),
    ]

    @Test("Lines are cut and unfolded, and keep the number of their first line", arguments: examples)
    func lines(_ example: Example) {
        let bytes = example.bytes
        var scanner = LineScanner(bytes, limit: 1_000)
        var (lines, numbers) = ([String](), [Int]())
        while let line = scanner.next(in: bytes.span) {
            lines.append(String(decoding: line.bytes(in: bytes), as: UTF8.self))
            numbers.append(line.number)
        }
        #expect(lines.map(\.scalars) == example.lines.map(\.scalars))
        #expect(numbers == example.numbers)
        #expect(scanner.tooLong == [] && scanner.next(in: bytes.span) == nil)
    }

    @Test(
        "A line over the limit is left out by its number, folded or not; the next ones stay",
        arguments: [
            (["A:345678"], []), (["A:3456789"], [2]), (["A:3456", " 78"], []), (["A:3456", " 789"], [2]),
            (["A:345678", " 9", " more", "\tand more"], [2]), (["", "A:3456789"], [3]),
        ] as [([String], [Int])]
    )
    func limit(long: [String], tooLong: [Int]) {
        let text = (["FIRST:1"] + long + ["LAST:1"]).joined(separator: "\r\n")
        let bytes = Array(text.utf8)
        var scanner = LineScanner(bytes, limit: 8)
        var lines: [String] = []
        while let line = scanner.next(in: bytes.span) {
            lines.append(String(decoding: line.bytes(in: bytes), as: UTF8.self))
        }
        #expect(lines.first == "FIRST:1" && lines.last == "LAST:1")
        #expect(lines.count == (tooLong.isEmpty ? 3 : 2))
        #expect(scanner.tooLong == tooLong)
    }

    @Test("However a text is folded, the same lines come out", arguments: UInt64(0)..<200)
    func folding(seed: UInt64) {
        var random = Seeded(seed)
        let alphabet: [Unicode.Scalar] = ["a", "Z", ":", ";", "\\", "\"", "ü", "é", "\u{301}", "😀", "\t", " ", "\0"]
        let lines = (0..<random.below(6)).map { number in
            "X\(number):"
                + String(
                    String.UnicodeScalarView(
                        (0..<random.below(40)).map { _ in
                            alphabet[random.below(alphabet.count)]
                        }
                    )
                )
        }
        var bytes: [UInt8] = random.oneIn(2) ? [0xef, 0xbb, 0xbf] : []
        let ends: [[UInt8]] = [[0x0d, 0x0a], [0x0a], [0x0d]]
        for line in lines {
            for (index, byte) in line.utf8.enumerated() {
                if index > 0, random.oneIn(5) { bytes += ends[random.below(3)] + [random.oneIn(2) ? 0x20 : 0x09] }
                bytes.append(byte)
            }
            for _ in 0...random.below(3) { bytes += ends[random.below(3)] }
        }
        var scanner = LineScanner(bytes, limit: 1_000)
        var read: [String] = []
        while let line = scanner.next(in: bytes.span) {
            read.append(String(decoding: line.bytes(in: bytes), as: UTF8.self))
        }
        #expect(read.map(\.scalars) == lines.map(\.scalars))
    }
}
