import Testing

@testable import VObject

@Suite("Findings")
struct FindingTests {
    @Test("A file without a byte, and one without a component, say so")
    func nothing() {
        #expect(CalendarFile([]).findings == [Finding(.warning, code: "empty-file", "the file is empty", line: 1)])
        #expect(CardFile(parsing: []).findings == [Finding(.warning, code: "empty-file", "the file is empty", line: 1)])
        for text in ["\r\n", "\u{feff}", "\n\n\n"] {
            let noComponent = Finding(.warning, code: "no-component", "the file has no component", line: 1)
            #expect(CalendarFile(Array(text.utf8)).findings == [noComponent])
            #expect(CardFile(parsing: Array(text.utf8)).codes == ["no-component"])
        }
        let calendar = block("VCALENDAR", ["VERSION:2.0"])
        #expect(CalendarFile(lines: calendar).codes == [] && CardFile(lines: calendar).codes == ["no-component"])
    }

    @Test("A finding says what, where and how bad it is")
    func content() {
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z", "SUM MARY:x", "LOCATION"])
        #expect(
            file.findings == [
                Finding(
                    .error,
                    code: "bad-line",
                    "the line is no content line and is left out: a property name was expected",
                    line: 5,
                    column: 4
                ),
                Finding(
                    .error,
                    code: "bad-line",
                    "the line is no content line and is left out: there is no ':'",
                    line: 6,
                    column: 9
                ),
            ]
        )
        #expect(file.uids == ["1"])
    }

    @Test("The line of a finding counts folded and empty lines")
    func lines() {
        let file = CalendarFile(
            lines: ["", "BEGIN:VCALENDAR", "X-A:fol", " ded", "\tmore", "", "oops", "END:VCALENDAR"]
        )
        #expect(file.findings.map(\.line) == [7])
    }

    @Test("Only the first findings are listed, and that there are more is told once")
    func limit() {
        var limits = Limits()
        limits.findings = 3
        let rubbish = Array(repeating: "oops", count: 10)
        let file = CalendarFile(lines: ["BEGIN:VCALENDAR"] + rubbish + ["END:VCALENDAR"], limits: limits)
        #expect(file.codes == ["bad-line", "bad-line", "bad-line", "more-findings"])
        #expect(file.findings.last?.line == 5 && file.findings.last?.severity == .note)
        let three = CalendarFile(lines: ["BEGIN:VCALENDAR"] + rubbish.prefix(3) + ["END:VCALENDAR"], limits: limits)
        #expect(three.codes == ["bad-line", "bad-line", "bad-line"])
        // What the properties of an event give counts with what its lines gave.
        let mixed = CalendarFile(event: rubbish.prefix(3) + ["DTSTART:x"], limits: limits)
        #expect(mixed.codes == ["bad-line", "bad-line", "bad-line", "more-findings"])
    }

    @Test("A line that is too long is left out and told; the event stays")
    func tooLong() {
        var limits = Limits()
        limits.lineLength = 40
        let long = "DESCRIPTION:" + String(repeating: "x", count: 50)
        let file = CalendarFile(event: ["UID:1", long, "DTSTART:20260105T090000Z"], limits: limits)
        #expect(file.uids == ["1"] && file.events.first?.description == nil)
        #expect(file.codes == ["line-too-long"] && file.findings.first?.line == 4)
        #expect(file.findings.first?.message == "a line of more than 40 bytes is left out")
    }

    @Test("Bytes that are not UTF-8 are told once a line and stand as U+FFFD")
    func notText() {
        let start = Array("BEGIN:VEVENT\nUID:1\nDTSTART:20260105T090000Z\nSUMMARY:M".utf8)
        let file = CalendarFile(start + [0xfc, 0x6e, 0xfc, 0x0a] + Array("LOCATION:ü\nEND:VEVENT\n".utf8))
        #expect(file.events.first?.summary == "M\u{fffd}n\u{fffd}" && file.events.first?.location == "ü")
        #expect(file.codes == ["not-utf8"] && file.findings.first?.line == 4)
        #expect(file.findings.first?.severity == .warning)
    }

    @Test(
        "What UTF-8 does not allow is no text",
        arguments: [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]] as [[UInt8]]
    )
    func invalid(bytes: [UInt8]) {
        #expect(
            CardFile(parsing: Array("BEGIN:VCARD\nFN:x".utf8) + bytes + Array("\nUID:1\nEND:VCARD".utf8)).codes == [
                "not-utf8"
            ]
        )
    }

    @Test("A character cut in two by a fold is text")
    func foldedCharacter() {
        let bytes = Array("BEGIN:VCARD\nUID:1\nFN:J".utf8) + [0xc3, 0x0a, 0x20, 0xbc] + Array("rgen\nEND:VCARD\n".utf8)
        let file = CardFile(parsing: bytes)
        #expect(file.cards.map(\.name) == ["Jürgen"] && file.codes == [])
    }

    @Test("A calendar in UTF-16 is read and says so")
    func utf16() {
        let lines = ["\u{feff}BEGIN:VEVENT", "UID:1", "DTSTART:20260105T090000Z", "SUMMARY:Jürgen 😀", "END:VEVENT"]
        let bytes = lines.joined(separator: "\r\n").utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        let file = CalendarFile(bytes)
        #expect(file.events.map(\.summary) == ["Jürgen 😀"] && file.codes == ["utf16"])
    }
}
