import Testing

@testable import VObject

@Suite("Components")
struct ComponentTests {
    static func event(_ uid: String) -> [String] { block("VEVENT", ["UID:\(uid)", "DTSTART:20260105T090000Z"]) }

    /// Lines of a file, the events that are read of it, and what is told with the lines it is told of.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let lines: [String]
        let uids: [String]
        let told: [String]

        init(_ name: String, _ lines: [String], _ uids: [String], told: [String] = []) {
            (testDescription, self.lines, self.uids, self.told) = (name, lines, uids, told)
        }
    }

    static let (begin, end) = (["BEGIN:VCALENDAR"], ["END:VCALENDAR"])
    static let (a, b, c) = (event("a"), event("b"), event("c"))
    /// An event whose END is missing.
    static let cut = Array(event("cut").dropLast())

    static let examples = [
        Example("one calendar", begin + a + b + end, ["a", "b"]),
        Example("several calendars", begin + a + end + begin + b + end, ["a", "b"]),
        Example("no calendar around it", a + b, ["a", "b"]),
        Example("a calendar and a bare event", begin + a + end + b, ["a", "b"]),
        Example("an empty calendar", begin + end, []),
        Example("BEGIN and END in lower case", ["begin:vcalendar", "Begin: vEvent "] + a.dropFirst() + end, ["a"]),
        Example("END without BEGIN", begin + a + ["END:VEVENT"] + b + end, ["a", "b"], told: ["end-without-begin 6"]),
        Example("END of a stranger", begin + ["END:VTODO"] + a + end, ["a"], told: ["end-without-begin 2"]),
        Example("an END too many", begin + a + end + end, ["a"], told: ["end-without-begin 7"]),
        Example("an event without END", begin + cut + b + end, ["b"], told: ["unterminated 2"]),
        Example("one without END between two", begin + a + cut + b + end, ["a", "b"], told: ["unterminated 6"]),
        Example("the last event without END", begin + a + cut + end, ["a"], told: ["unterminated 6"]),
        Example("a calendar without END", begin + a + b, ["a", "b"], told: ["unterminated 1"]),
        Example(
            "a calendar and an event without END",
            begin + a + cut,
            ["a"],
            told: ["unterminated 6", "unterminated 1"]
        ),
        Example("two calendars, the first cut", begin + a + begin + b + end, ["a", "b"], told: ["unterminated 1"]),
        Example(
            "two calendars, the first cut within an event",
            begin + a + cut + begin + b + end,
            ["a", "b"],
            told: ["unterminated 6", "unterminated 1"]
        ),
        Example(
            "an alarm without END takes only itself down",
            begin + a.dropLast() + ["BEGIN:VALARM", "ACTION:AUDIO", "END:VEVENT"] + b + end,
            ["a", "b"],
            told: ["unterminated 5"]
        ),
        Example(
            "a damaged BEGIN takes only its own event down",
            begin + ["BEGIN:VEVEMT"] + a.dropFirst() + b + c + end,
            ["b", "c"],
            told: ["end-without-begin 5", "unterminated 2"]
        ),
        Example(
            "a damaged END of a calendar",
            begin + a + ["END:VCALEMDAR"],
            ["a"],
            told: ["end-without-begin 6", "unterminated 1"]
        ),
        Example("a stray BEGIN before the file's events", ["BEGIN:X"] + a + b, ["a", "b"], told: ["unterminated 1"]),
        Example("nothing but a property", ["SUMMARY:x"], [], told: ["outside-component 1"]),
        Example(
            "properties outside a component",
            ["X-A:1"] + begin + a + end + ["X-B:2"],
            ["a"],
            told: ["outside-component 1", "outside-component 8"]
        ),
        Example("no component", [""], [], told: ["no-component 1"]),
        Example("a to-do and no event", begin + block("VTODO", ["UID:t"]) + end, []),
        Example("a line without a colon", begin + ["oops"] + a + end, ["a"], told: ["bad-line 2:5"]),
        Example(
            "a line without a colon in an event",
            begin + a.dropLast() + ["SUMMARY;X"] + ["END:VEVENT"] + b + end,
            ["a", "b"],
            told: ["bad-line 5:10"]
        ),
        Example(
            "a stray BEGIN before a calendar",
            ["BEGIN:X"] + begin + a + end + begin + b + end,
            ["a", "b"],
            told: ["unterminated 1"]
        ),
        Example("BEGIN without a name", begin + ["BEGIN:"] + a + end, ["a"], told: ["unterminated 2"]),
    ]

    @Test("What is whole is read, and what is not is told", arguments: examples)
    func reading(_ example: Example) {
        let file = CalendarFile(lines: example.lines)
        #expect(file.uids == example.uids)
        let told = file.findings.map { "\($0.code) \($0.line)" + ($0.column.map { ":\($0)" } ?? "") }
        #expect(told == example.told)
    }

    @Test("Components nest so deep and no deeper; what stands beside them is read")
    func nesting() {
        var limits = Limits()
        limits.nesting = 4
        let inner = (1...3).map { "BEGIN:X\($0)" } + ["X-A:1"] + (1...3).reversed().map { "END:X\($0)" }
        let lines = Self.begin + block("VEVENT", ["UID:deep", "DTSTART:20260105T090000Z"] + inner) + Self.b + Self.end
        let file = CalendarFile(lines: lines, limits: limits)
        #expect(file.uids == ["deep", "b"])
        #expect(file.codes == ["nested-too-deep"] && file.findings.first?.line == 7)
        limits.nesting = 5
        #expect(CalendarFile(lines: lines, limits: limits).codes == [])
    }

    @Test("An event that nests too deep and never ends takes only itself down")
    func deepAndCut() {
        let deep = ["BEGIN:VEVENT", "UID:deep"] + (0..<50).map { "BEGIN:X\($0)" }
        let file = CalendarFile(lines: Self.begin + Self.a + deep + Self.b + Self.c + Self.end)
        #expect(file.uids == ["a", "b", "c"])
        #expect(file.codes.first == "nested-too-deep" && file.codes.filter { $0 == "nested-too-deep" }.count == 1)
    }

    @Test(
        "Depth costs no stack",
        .timeLimit(.minutes(1)),
        arguments: [
            "BEGIN:X", "BEGIN:VEVENT", "AGENT:\r\nBEGIN:VCARD",
        ]
    )
    func depth(line: String) {
        let deep = Array(String(repeating: line + "\r\n", count: 300_000).utf8)
        let file = CalendarFile(Array((Self.begin + Self.a).map { $0 + "\r\n" }.joined().utf8) + deep)
        #expect(file.uids == ["a"])
        #expect(file.findings.count <= Limits.standard.findings + 1)
        #expect(CardFile(parsing: deep).cards == [])
    }

    @Test(
        "A long file of properties, ENDs or rubbish is read to its end",
        .timeLimit(.minutes(1)),
        arguments: ["X:1", "END:X", "x"]
    )
    func rubbish(line: String) {
        let lines = Array(repeating: line, count: 30_000)
        #expect(CalendarFile(lines: Self.begin + lines + Self.a + lines + Self.end).uids == ["a"])
    }
}
