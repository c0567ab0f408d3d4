import Testing

/// What no file of the project holds.
///
/// The words are written in halves, so that this file is held to them too.
@Suite("Words")
struct WordTests {
    /// Work left open, and ways around the compiler.
    static let open = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "try" + "!", "fatal" + "Error(\"not"]
    static let around = [
        "@unchecked " + "Sendable", "nonisolated(" + "unsafe)", ".dis" + "abled(", "withKnown" + "Issue",
    ]
    /// Places of one machine, and papers that do not come with the project.
    static let foreign = [
        "/wo" + "rk/", "/ro" + "ot/", "/fa" + "rm/", "sha" + "red/", "PLAN" + "NER", "DES" + "IGN.md",
        "FOR" + "MATS.md",
        "WOR" + "DING", "ANCH" + "ORS", "STY" + "LE.md", "BR" + "IEF.md",
    ]

    static func found(_ words: [String], in file: TextFile) -> [String] {
        file.lines.enumerated().flatMap { index, line in
            words.filter { line.mentions($0) }.map { "\(file.path):\(index + 1): \($0)" }
        }
    }

    @Test("Nothing is left open and no check is gone around", arguments: try Checkout.swift())
    func leftOpen(file: TextFile) {
        #expect(Self.found(Self.open + Self.around, in: file) == [])
    }

    @Test("The project stands by itself", arguments: try Checkout.written())
    func standsAlone(file: TextFile) {
        #expect(Self.found(Self.foreign, in: file) == [])
    }

    @Test("A word is found with its place")
    func places() {
        let file = TextFile(path: "A.swift", text: "let a = 1\nlet b = try" + "! c()\n")
        #expect(Self.found(Self.open, in: file) == ["A.swift:2: try" + "!"])
        #expect(Self.found(Self.foreign, in: file) == [])
    }
}
