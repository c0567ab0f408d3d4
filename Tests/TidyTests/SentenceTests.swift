import Testing

/// Every sentence the core says stands in its catalogue of phrases, where a translator finds it.
@Suite("Sentences")
struct SentenceTests {
    /// The strings of a line of code that hold two words or more, less what is put into them.
    static func sentences(in line: Substring) -> [String] {
        // What a programmer is told is not told to users.
        if line.contains("precondition") { return [] }
        let strings = line.matches(of: #/"((?:[^"\\]|\\.)*)"/#).map { String($0.1) }
        return strings.filter { text in
            text.replacing(#/\\\([^)]*\)/#, with: "#").contains(#/[A-Za-z]{2,},? [a-z]{2,}/#)
        }
    }

    @Test("Outside the catalogue the core holds no sentence")
    func catalogue() throws {
        for file in try Checkout.files(below: "Sources/KithCore", kinds: ["swift"]) {
            guard !file.path.contains("/Wording/Phrases") else { continue }
            for line in file.code { #expect(Self.sentences(in: line.text) == [], "\(file.path):\(line.number)") }
        }
    }

    @Test(
        "A sentence is told from a word, a key and a pattern",
        arguments: [
            ("return \"nobody is here\"", true), ("return \"No, not now.\"", true), ("case \"today\"", false),
            ("\"\\(name) \\(clock)\"", false), ("let a = \"one\" + \"two\"", false),
            ("precondition(a, \"one or two\")", false),
            ("\"\\(count) of \\(limit) today or so\"", true),
        ]
    )
    func sentence(line: String, isSentence: Bool) {
        #expect(Self.sentences(in: line[...]).isEmpty != isSentence)
    }
}
