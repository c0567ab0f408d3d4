import Foundation
import Testing

/// The shape of files, and that the formatter checks all it can.
@Suite("Shape")
struct ShapeTests {
    @Test("A source file has at most 400 lines and ends in one newline", arguments: try Checkout.swift())
    func shape(file: TextFile) {
        #expect(file.lines.count <= 400, "\(file.path)")
        #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"), "\(file.path)")
        #expect(!file.text.contains("\t") && !file.text.contains("\r"), "\(file.path): tab or carriage return")
    }

    @Test("A line is counted once whether or not the last one is ended")
    func lines() {
        #expect(TextFile(path: "", text: "a\nb\n").lines == ["a", "b"])
        #expect(TextFile(path: "", text: "a\nb").lines == ["a", "b"])
        #expect(TextFile(path: "", text: "a // b\n// c\n").code.map(\.text) == ["a"])
    }

    /// What of `.swift-format` is held here.
    private struct Format: Decodable {
        let lineLength: Int
        let rules: [String: Bool]
    }

    /// The rules that are off, each because another way of reading is wanted.
    static let off: Set = ["UseWhereClausesInForLoops", "ValidateDocumentationComments"]

    @Test("All 43 rules of the formatter are named: a partial list would turn the others off")
    func rules() throws {
        let file = try Data(contentsOf: Checkout.root.appending(path: ".swift-format"))
        let format = try JSONDecoder().decode(Format.self, from: file)
        #expect(format.rules.count == 43)
        #expect(Set(format.rules.filter { !$0.value }.keys) == Self.off)
        #expect(format.lineLength == 120)
    }
}
