import Testing

@testable import VObject

/// A file cut at any byte, as a crash or a full disk leaves it, gives what was whole in it and nothing else.
@Suite("Files cut short")
struct CutFileTests {
    /// Where each occurrence of a text ends within bytes.
    static func ends(of text: String, in bytes: [UInt8]) -> [Int] {
        let wanted = Array(text.utf8)
        return bytes.indices.filter { bytes[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }

    @Test("Every beginning of a calendar gives the events that are whole in it", .timeLimit(.minutes(2)))
    func calendar() throws {
        let bytes = try Fixture.bytes("week.ics")
        let whole = CalendarFile(bytes)
        try #require(whole.events.count == 6 && whole.journals.count == 1 && whole.findings == [])
        let (events, journals) = (Self.ends(of: "END:VEVENT", in: bytes), Self.ends(of: "END:VJOURNAL", in: bytes))
        for length in 0...bytes.count {
            let file = CalendarFile(Array(bytes[..<length]))
            #expect(file.events == Array(whole.events.prefix(events.filter { $0 <= length }.count)), "\(length) bytes")
            #expect(file.journals == Array(whole.journals.prefix(journals.filter { $0 <= length }.count)))
            // The last two bytes are the end of the last line.
            #expect(file.findings.isEmpty == (length >= bytes.count - 2), "\(length) bytes")
        }
    }

    @Test("Every beginning of a file of cards gives the cards that are whole in it", .timeLimit(.minutes(2)))
    func cards() throws {
        let bytes = try Fixture.bytes("people.vcf")
        let whole = CardFile(parsing: bytes)
        try #require(whole.cards.map(\.name) == ["Ana Ruiz", "Bo Lind", "Chidi Okoye", "Sponsors"])
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(text.contains("Fred\r\nEND:VCARD\r\n"))
        // The third END is the agent's, which stands inside a card.
        var ends = Self.ends(of: "END:VCARD", in: bytes)
        ends.remove(at: 2)
        for length in 0...bytes.count {
            let cards = CardFile(parsing: Array(bytes[..<length])).cards
            #expect(cards == Array(whole.cards.prefix(ends.filter { $0 <= length }.count)), "\(length) bytes")
        }
    }

    @Test("A calendar that begins anywhere gives the events that are whole in the rest", .timeLimit(.minutes(2)))
    func tail() throws {
        let bytes = try Fixture.bytes("week.ics")
        let whole = CalendarFile(bytes)
        let begins = Self.ends(of: "BEGIN:VEVENT", in: bytes).map { $0 - "BEGIN:VEVENT".utf8.count }
        for start in 0...bytes.count {
            // A line that begins with a blank belongs to the one before it, which is cut off.
            let file = CalendarFile(Array(bytes[start...]))
            let left = begins.filter { $0 >= start }.count
            #expect(file.events.map(\.summary) == whole.events.suffix(left).map(\.summary), "from byte \(start)")
        }
    }
}
