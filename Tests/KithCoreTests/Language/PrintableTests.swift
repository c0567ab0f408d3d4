import KithCore
import Testing

/// Text of strangers made fit to be shown, cut, and put in columns.
@Suite("Printable text")
struct PrintableTests {
    @Test(
        "Text stays on its line, moves no cursor and reads in its own direction",
        arguments: [
            ("", ""), ("plain", "plain"), ("Ana Ruiz", "Ana Ruiz"), ("a\nb", "a b"), ("a\r\n\r\n b", "a b"),
            ("\ta\t", "a"),
            ("a\u{0}b", "a b"), ("\u{1b}[31mred", "[31mred"), ("a\u{7}", "a"), ("a\u{8}b", "a b"), ("a\u{7f}b", "a b"),
            ("a\u{85}b", "a b"), ("a\u{9b}2J", "a 2J"), ("a\u{a0}b", "a b"), ("a\u{2028}b\u{2029}c", "a b c"),
            ("a\u{202e}b\u{202c}c", "abc"), ("\u{202a}\u{202b}\u{202d}a", "a"),
            ("\u{2066}a\u{2067}b\u{2068}c\u{2069}", "abc"),
            ("\u{200e}a\u{200f}b\u{061c}c", "abc"), ("\u{feff}a\u{200b}b\u{2060}c\u{ad}d", "abcd"), ("\u{180e}a", "a"),
            ("a\u{3000}\u{2003}b", "a b"), ("  a   b  ", "a b"), ("a \u{202e} b", "a b"),
            ("\u{fffb}\u{e0001}\u{3164}", ""),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"), ("👩\u{200d}💻", "👩\u{200d}💻"), ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("e\u{301}", "é"),
            ("שלום", "שלום"), ("漢字", "漢字"), ("<b>&\"'`$(x)", "<b>&\"'`$(x)"), ("\r\n", ""), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ]
    )
    func printed(text: String, shown: String) {
        #expect(printable(text) == shown)
        #expect(printable(shown) == shown)
    }

    @Test("No control character gets through")
    func controls() {
        for value in Array(UInt32(0)...0xa0) + Array(0x2000...0x206f) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = printable("a\(scalar)b").unicodeScalars
            let category = scalar.properties.generalCategory
            let isBad =
                [.control, .lineSeparator, .paragraphSeparator, .spaceSeparator].contains(category) && value != 0x20
            #expect(!isBad || !shown.contains(scalar), "\(value)")
        }
    }

    @Test("A character has sixteen scalars at most", arguments: [15, 16, 17, 100_000])
    func piles(marks: Int) {
        let shown = printable("xy" + String(repeating: "\u{301}", count: marks) + "z")
        #expect(shown.unicodeScalars.count == 2 + min(marks + 1, 16) && shown.count == 3)
        let joined = printable("a" + String(repeating: "\u{200d}", count: marks))
        #expect(joined.unicodeScalars.count == min(marks + 1, 16))
    }

    @Test(
        "Text is cut at a word, with an ellipsis, and is never longer than asked",
        arguments: [
            ("", 5, ""), ("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("ab cdefgh", 6, "ab cd…"),
            ("abcd efgh", 8, "abcd ef…"), ("abcde fgh", 8, "abcde…"),
            ("abcd efgh", 6, "abcd…"), ("abcd efgh", 5, "abcd…"), ("abc defgh", 8, "abc def…"), ("ab", 1, "…"),
            ("a", 1, "a"), ("漢字漢字", 3, "漢字…"), ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…"), ("e\u{301}e\u{301}e\u{301}", 2, "é…"),
        ]
    )
    func cut(text: String, limit: Int, shown: String) {
        #expect(shortened(text, to: limit) == shown)
        #expect(shortened(text, to: limit).count <= limit)
    }

    @Test(
        "Wide characters take two columns, marks none",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한국", 4), ("かな", 4), ("ｆｕ", 4), ("ﾊﾝ", 2),
            ("😀", 2),
            ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤", 1), ("❤\u{fe0f}", 2), ("1\u{fe0f}\u{20e3}", 2), ("\u{301}", 0), ("\u{200d}", 0),
            ("…", 1), ("–", 1), ("שלום", 4), ("「」", 4), ("𠀀", 2), ("ꥠ", 2), ("a漢b", 4),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(displayWidth(text) == columns)
        #expect(displayWidth(aligned(text, to: 12)) == 12)
    }

    @Test("What is wider than its column stays whole")
    func wide() {
        #expect(aligned("漢字漢字", to: 3) == "漢字漢字" && aligned("a", to: 0) == "a" && aligned("", to: 2) == "  ")
    }

    @Test("Rows stand in columns, with nothing behind the last")
    func rows() {
        let rows = [["a", "bb", "c"], ["漢", "", "d"], ["long alone"], ["x", "y"], ["", "", ""], []]
        #expect(table(rows) == ["a   bb  c", "漢      d", "long alone", "x   y", "", ""])
        #expect(table([["a", "b"]], gap: 3) == ["a   b"] && table([]).isEmpty)
    }

    @Test("Columns hold whatever stands in them", arguments: UInt64(0)..<50)
    func columns(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = ["", "a", "é", "漢字", "👩‍💻", "long word", "🇩🇪", "e\u{301}"]
        func cell() -> String { words[Int.random(in: 0..<words.count, using: &random)] }
        let rows = (0..<8).map { _ in [cell(), cell(), "|" + cell()] }
        let bars = table(rows).compactMap { line in line.firstIndex(of: "|").map { displayWidth(String(line[..<$0])) } }
        #expect(bars.count == 8 && Set(bars).count == 1)
    }
}
