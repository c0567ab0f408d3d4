import KithTesting
import Testing

@testable import VObject

@Suite("Content lines")
struct ContentLineTests {
    /// Reads one logical line as line 7 of a file.
    static func read(_ bytes: [UInt8], limits: Limits = .standard) throws -> ContentLine {
        try ContentLine(bytes[...], number: 7, limits: limits)
    }

    static func read(_ text: String) throws -> ContentLine { try read(Array(text.utf8)) }

    /// A line and its parts; parameters as `NAME=value|value`.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let group: String?
        let name: String
        let parameters: [String]
        let value: String

        init(_ line: String, group: String? = nil, _ name: String, _ parameters: [String], _ value: String) {
            testDescription = line
            (self.group, self.name, self.parameters, self.value) = (group, name, parameters, value)
        }
    }

    static let examples = [
        Example("SUMMARY:Lunch", "SUMMARY", [], "Lunch"),
        Example("summary:Lunch", "SUMMARY", [], "Lunch"),
        Example("SUMMARY:", "SUMMARY", [], ""),
        Example("SUMMARY: a : b ; c ", "SUMMARY", [], " a : b ; c "),
        Example("X-A_B-1:x", "X-A_B-1", [], "x"),
        Example("A;TZID=Europe/Berlin:1", "A", ["TZID=Europe/Berlin"], "1"),
        Example("A;tzid=Europe/Berlin:1", "A", ["TZID=Europe/Berlin"], "1"),
        Example("A;CN=\"Ruiz, Ana; Dr: x\":1", "A", ["CN=Ruiz, Ana; Dr: x"], "1"),
        Example("A;CN=\"\":1", "A", ["CN="], "1"),
        Example("A;CN=:1", "A", ["CN="], "1"),
        Example("A;CN=Bob \"Bo\" Li:1", "A", ["CN=Bob \"Bo\" Li"], "1"),
        Example("A;TYPE=home,work:1", "A", ["TYPE=home|work"], "1"),
        Example("A;TYPE=\"home,work\",x:1", "A", ["TYPE=home,work|x"], "1"),
        Example("A;TYPE=a,,b:1", "A", ["TYPE=a||b"], "1"),
        Example("A;TYPE=a;TYPE=b:1", "A", ["TYPE=a", "TYPE=b"], "1"),
        Example("TEL;HOME;VOICE:1", "TEL", ["TYPE=HOME", "TYPE=VOICE"], "1"),
        Example("A;CN=a^nb^'c^^d:1", "A", ["CN=a\nb\"c^d"], "1"),
        Example("A;CN=\"a^nb, ^'c^'\":1", "A", ["CN=a\nb, \"c\""], "1"),
        Example("A;CN=^x^:1", "A", ["CN=^x^"], "1"),
        Example("A;CN=^^n:1", "A", ["CN=^n"], "1"),
        Example("A;CN=^N:1", "A", ["CN=^N"], "1"),
        Example("A;CN=a\\nb:1", "A", ["CN=a\\nb"], "1"),
        Example("A;CN=Jürgen 😀:1", "A", ["CN=Jürgen 😀"], "1"),
        Example("item1.EMAIL:x", group: "item1", "EMAIL", [], "x"),
        Example("item1.email;type=pref:x", group: "item1", "EMAIL", ["TYPE=pref"], "x"),
        Example("a.b.c:x", group: "a", "B.C", [], "x"),
        Example(".EMAIL:x", group: "", "EMAIL", [], "x"),
    ]

    @Test("A line has its group, name, parameters and value", arguments: examples)
    func parts(_ example: Example) throws {
        let line = try Self.read(example.testDescription)
        #expect(line.group == example.group && line.name == example.name)
        #expect(line.parameters.map { $0.name + "=" + $0.values.joined(separator: "|") } == example.parameters)
        #expect(line.value == example.value)
        #expect(line.line == 7)
    }

    @Test("A parameter is found by name; its values are all of them, lists in quotes too")
    func parameterValues() throws {
        let line = try Self.read("TEL;TYPE=\"home,voice\";VALUE=uri;TYPE=pref;X=:1")
        #expect(line.parameter("TYPE") == "home,voice" && line.parameter("VALUE") == "uri")
        #expect(line.parameter("X") == "" && line.parameter("CN") == nil)
        #expect(line.parameterValues("TYPE") == ["home", "voice", "pref"])
        #expect(line.parameterValues("X") == [] && line.parameterValues("CN") == [])
    }

    /// What is wrong, told in few words.
    static func problem(_ bytes: [UInt8], limits: Limits = .standard) -> String {
        do throws(ContentLineProblem) {
            _ = try ContentLine(bytes[...], number: 7, limits: limits)
            return "none"
        } catch {
            return switch error {
            case .noValue(let column): "no value \(column)"
            case .badName(let column): "bad name \(column)"
            case .badParameter(let column): "bad parameter \(column)"
            case .tooManyParameters: "too many parameters"
            }
        }
    }

    @Test(
        "What is no content line is refused, with the column of the first byte that is wrong",
        arguments: [
            ("SUMMARY", "no value 8"), ("SUMMARY;CN=x", "no value 13"), ("SUMMARY;CN=\"x:y", "no value 16"),
            ("SUMMARY;HOME", "no value 13"), (":x", "bad name 1"), (" A:x", "bad name 1"), ("SUM MARY:x", "bad name 4"),
            ("ÜBER:x", "bad name 1"), ("SÜ:x", "bad name 2"), ("\0:x", "bad name 1"), ("item1.:x", "bad name 1"),
            (".:x", "bad name 1"), ("A;:x", "bad parameter 3"), ("A;=x:y", "bad parameter 3"),
            ("A;CN=x;;B=y:z", "bad parameter 8"), ("A;CN=\"x\"y:z", "bad name 9"), ("A=1:x", "bad name 2"),
            ("A;CN=x", "no value 7"), (";A=b:c", "bad name 1"), ("=", "bad name 1"),
        ]
    )
    func refused(text: String, problem: String) {
        #expect(Self.problem(Array(text.utf8)) == problem)
    }

    @Test("A line holds so many parameters and no more")
    func tooMany() {
        var limits = Limits()
        limits.parameters = 3
        #expect(Self.problem(Array("A;B=1;C=2;D=3:x".utf8), limits: limits) == "none")
        #expect(Self.problem(Array("A;B=1;C=2;D=3;E=4:x".utf8), limits: limits) == "too many parameters")
        let many = "A" + String(repeating: ";B", count: 300_000) + ":x"
        #expect(Self.problem(Array(many.utf8)) == "too many parameters")
    }

    @Test("Bytes that are no text stand as U+FFFD, in values and in parameters")
    func notText() throws {
        let line = try Self.read(Array("A;CN=".utf8) + [0xff, 0x3a, 0x78, 0xc3, 0x28])
        #expect(line.parameter("CN") == "\u{fffd}")
        #expect(line.value == "x\u{fffd}(")
    }

    @Test("Any bytes are a line or a problem within it", arguments: UInt64(0)..<300)
    func anyBytes(seed: UInt64) {
        var random = Seeded(seed)
        let alphabet = Array("aZ9-_.;:=,\"^'n\\ \t\0".utf8) + [0xc3, 0xbc, 0xff]
        for _ in 0..<50 {
            let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
            let problem = Self.problem(bytes)
            if problem == "none" {
                #expect(bytes.contains(UInt8(ascii: ":")))
            } else {
                let column = problem.split(separator: " ").last.flatMap { Int($0) }
                #expect((1...(bytes.count + 1)).contains(column ?? 0), "\(bytes): \(problem)")
            }
        }
    }
}
