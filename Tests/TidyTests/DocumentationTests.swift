import Testing

/// What one room offers another is documented: types and functions; a stored property often says all by its name.
@Suite("Documentation")
struct DocumentationTests {
    /// The name of a `package` type or function that a line declares.
    ///
    /// Operators and the functions that a protocol of the
    /// standard library asks for mean what they mean everywhere.
    static func declared(by line: Substring) -> String? {
        let pattern =
            #/^\s*package\s+(?:(?:static|final|mutating|consuming|borrowing|nonisolated|indirect|class|override)\s+)*(?:struct|enum|class|actor|protocol|typealias|func)\s+([A-Za-z]\w*).*/#
        guard let match = line.wholeMatch(of: pattern) else { return nil }
        return ["hash", "encode", "makeIterator", "next"].contains(match.1) ? nil : String(match.1)
    }

    /// The functions of every port: what a protocol says of one holds for whoever implements it.
    static func ports() throws -> Set<String> {
        let files = try Checkout.files(below: "Sources", kinds: ["swift"])
        let functions = files.flatMap { file in
            file.lines.split { $0.hasPrefix("package protocol ") }.dropFirst().flatMap { rest in
                rest.prefix { !$0.hasPrefix("}") }.compactMap { $0.firstMatch(of: #/^    func (\w+)/#)?.1 }
            }
        }
        return Set(functions.map(String.init))
    }

    /// Whether a doc comment ends on the line above, attributes left out.
    static func isDocumented(_ number: Int, in lines: [Substring]) -> Bool {
        let above = lines[..<(number - 1)].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") }?.hasPrefix("///") == true
    }

    @Test("Every package type and function says what it is", arguments: try Checkout.targets())
    func documented(target: String) throws {
        let ports = try Self.ports()
        for file in try Checkout.files(below: "Sources/\(target)", kinds: ["swift"]) {
            let lines = file.lines
            for line in file.code {
                guard let name = Self.declared(by: line.text), !ports.contains(name) else { continue }
                #expect(Self.isDocumented(line.number, in: lines), "\(file.path):\(line.number): \(name)")
            }
        }
    }

    @Test(
        "A declaration is recognised",
        arguments: [
            ("package struct Zone: Hashable {", "Zone"),
            ("    package static func parse(_ text: String) -> Self? {", "parse"),
            ("package final class Engine {", "Engine"),
            ("    package var name: String", nil),
            ("    package init() {", nil),
            ("    package static func < (left: Self, right: Self) -> Bool {", nil),
            ("struct Inner {", nil),
        ] as [(String, String?)]
    )
    func declarations(line: String, name: String?) {
        #expect(Self.declared(by: line[...]) == name)
    }

    @Test("A port's functions are known by its protocol")
    func portFunctions() throws {
        let ports = try Self.ports()
        #expect(ports.isSuperset(of: ["beginAttempt", "contents", "retract"]) && !ports.contains("turn"))
    }

    @Test("An attribute may stand between a comment and its declaration; nothing else")
    func comments() {
        #expect(Self.isDocumented(3, in: ["/// A zone.", "@frozen", "package struct Zone {}"]))
        #expect(!Self.isDocumented(3, in: ["/// A zone.", "", "package struct Zone {}"]))
        #expect(!Self.isDocumented(1, in: ["package struct Zone {}"]))
    }
}
