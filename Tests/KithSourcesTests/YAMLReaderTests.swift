import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("Reading YAML")
struct YAMLReaderTests {
    /// A setting as short text: `{a: [1, "b"], c: ~}`.
    private static func shown(_ setting: Setting) -> String {
        switch setting.value {
        case .null: "~"
        case .scalar(let text, let isQuoted): isQuoted ? "\"\(text)\"" : text
        case .list(let items): "[" + items.map { shown($0) }.joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\($0.key): \(shown($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    private static func read(_ text: String) -> String {
        do throws(SettingError) {
            return shown(try YAMLReader.read(text, file: "f"))
        } catch {
            return error.description
        }
    }

    static let good: [Reading] = [
        Reading("a: 1\nb: [x, 'y', \"z\"]", "{a: 1, b: [x, \"y\", \"z\"]}"),
        Reading("a: ~\nb: null\nc:\nd: ''\ne: 'null'\nf: NULL", "{a: ~, b: ~, c: ~, d: \"\", e: \"null\", f: ~}"),
        Reading("", "~"),
        Reading("---\n...\n", "~"),
        Reading("# only a comment", "~"),
        Reading("a: &x [1, 2]\nb: *x", "{a: [1, 2], b: [1, 2]}"),
        Reading("a: |\n  two\n  lines\nb: >-\n  one\n  line", "{a: two\nlines\n, b: one line}"),
        Reading("yes: no\non: off\n1: 2\n1.5: 07", "{yes: no, on: off, 1: 2, 1.5: 07}"),
        Reading("a: !!str 5\nb: !mine x", "{a: 5, b: x}"),
        Reading("?  a\n: b", "{a: b}"),
        Reading("{}", "{}"),
        Reading("ключ: 😀", "{ключ: 😀}"),
        Reading("<<: {a: 1}", "{<<: {a: 1}}"),
    ]

    @Test("Values come as they are written", arguments: good)
    func taken(_ reading: Reading) {
        #expect(Self.read(reading.given) == reading.result)
    }

    static let bad: [Reading] = [
        Reading("a: [1, 2", "f:2:1: not valid YAML: did not find expected ',' or ']'"),
        Reading("a: 1\n\tb: 2", "f:2:1: not valid YAML: found a tab character that violates indentation"),
        Reading("a: b: c", "f:1:5: not valid YAML: mapping values are not allowed in this context"),
        Reading("a: 'x", "f:1:6: not valid YAML: found unexpected end of stream"),
        Reading("a: \"\\q\"", "f:1:5: not valid YAML: found unknown escape character"),
        Reading("a: *b", "f:1:4: not valid YAML: found undefined alias"),
        Reading("a: &x [*x]", "f:1:8: not valid YAML: found undefined alias"),
        Reading("a: 1\n---\nb: 2", "f:2:1: not valid YAML: but found another document"),
        Reading("a: 1\nb: 2\na: 3", "f:1:1: a key stands twice in one map: a"),
        Reading("[a]: 1", "f:1:1: a key must be text"),
        Reading("a: @x", "f:1:4: not valid YAML: found character that cannot start any token"),
        Reading("a: 1\nb: x\u{7}y", "f:2:5: not valid YAML: control characters are not allowed"),
        Reading("%YAML 9.9\n---\na: 1", "f:1:1: not valid YAML: found incompatible YAML document"),
    ]

    @Test("What is no YAML is told by line and column", arguments: bad)
    func told(_ reading: Reading) {
        #expect(Self.read(reading.given) == reading.result)
    }

    @Test("Every value and key knows where it stands")
    func places() throws {
        let root = try YAMLReader.read("a:\n  - b: 1\n    c: [x,\n      y]\n", file: "f")
        let item = try #require(try root.map("", keys: ["a"])["a"]?.items("a").first)
        #expect("\(item.place)" == "f:2:5")
        let map = try item.map("", keys: ["b", "c"])
        #expect(map.entries.map { "\($0.keyPlace)" } == ["f:2:5", "f:3:5"])
        #expect(try #require(map["c"]).items("c").map { "\($0.place)" } == ["f:3:9", "f:4:7"])
    }

    /// Levels of references to the level before, and something that uses the last.
    private static func bomb(levels: Int, width: Int, _ use: String) -> String {
        let lines = (1...levels).map { level in
            let items = Array(repeating: level == 1 ? "lol" : "*l\(level - 1)", count: width)
            return "l\(level): &l\(level) [\(items.joined(separator: ", "))]"
        }
        return (lines + [use]).joined(separator: "\n")
    }

    @Test(
        "A document that unfolds to millions of values is refused in no time",
        .timeLimit(.minutes(1)),
        arguments: ["end: 1", "? *l\n: 1", "end: {? *l : 1, ? [*l] : 2}", "end: {[*l]: 1}"]
    )
    func laughs(use: String) {
        let wide = Self.bomb(levels: 9, width: 9, use.replacing("*l", with: "*l9"))
        #expect(Self.read(wide) == "f:5:25: more than 30 aliases; write out what they stand for")
        let narrow = Self.read(Self.bomb(levels: 10, width: 3, use.replacing("*l", with: "*l10")))
        #expect(
            narrow.contains("more than 30") || narrow.hasSuffix("a key must be text") || narrow.hasSuffix("end: 1}")
        )
    }

    @Test("As many aliases as anybody needs are no fault, nor are stars in names")
    func aliases() throws {
        let many = "a: &a x\nb: [" + Array(repeating: "*a", count: 30).joined(separator: ", ") + "]"
        #expect(try YAMLReader.read(many, file: "f").map("", keys: ["a", "b"])["b"]?.items("b").count == 30)
        let stars = "b: [" + Array(repeating: "\"*a\", x*y, ~/cal/*", count: 40).joined(separator: ", ") + "]"
        #expect(try YAMLReader.read(stars, file: "f").map("", keys: ["b"])["b"]?.items("b").count == 120)
    }

    @Test("Depth is limited, however it is written", arguments: [40, 1_001, 100_000])
    func deep(depth: Int) {
        for text in [
            String(repeating: "[", count: depth), String(repeating: "{a: ", count: depth),
            String(repeating: "- ", count: depth),
        ] {
            let closed =
                text + String(repeating: text.hasPrefix("[") ? "]" : text.hasPrefix("{") ? "}" : "", count: depth)
            #expect(Self.read(closed).hasPrefix("f:1:"), "\(Self.read(closed).prefix(200))")
        }
    }

    @Test("Any bytes that are text are read or refused", arguments: UInt64(0)..<20)
    func noise(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = [
            "a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", "'", "\"", "&x ", "*x", "#", "|", ">", "!", "? ", "%",
            "\t", "~", ",",
        ]
        for _ in 0..<100 {
            let text = (0..<Int.random(in: 1...25, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            #expect(!Self.read(text).isEmpty, "\(text)")
        }
    }
}
