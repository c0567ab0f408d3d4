import CivilTime
import KithTesting
import Testing

@testable import VObject

@Suite("Writing journal entries")
struct JournalWritingTests {
    static func draft(_ text: String = "x", name: String? = nil, isCancelled: Bool = false) -> JournalDraft {
        JournalDraft(
            uid: "u-" + text,
            stamp: Instant(seconds: 1_769_519_401),
            start: Instant(seconds: 1_769_519_400),
            summary: text,
            description: text,
            people: [JournalDraft.Person(email: "ana@x.org", name: name ?? text)],
            contacts: ["c-" + text, "d"],
            action: "MET",
            nudge: "n-" + text,
            isCancelled: isCancelled
        )
    }

    @Test("An entry is written line by line as it stands in the standard")
    func bytes() {
        var draft = Self.draft(isCancelled: true)
        (draft.uid, draft.summary, draft.contacts) = ("1@kith", "Met Ana, Bo; fine", ["a"])
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kith//EN", "BEGIN:VJOURNAL", "UID:1@kith",
            "DTSTAMP:20260127T131001Z", "DTSTART:20260127T131000Z", #"SUMMARY:Met Ana\, Bo\; fine"#, "DESCRIPTION:x",
            "ATTENDEE;CN=x:mailto:ana@x.org", "X-KITH-CONTACT:a", "X-KITH-ACTION:MET", "X-KITH-NUDGE:n-x",
            "CLASS:PRIVATE", "STATUS:CANCELLED", "END:VJOURNAL", "END:VCALENDAR",
        ]
        #expect(draft.calendar == lines.map { $0 + "\r\n" }.joined())
        (draft.description, draft.nudge, draft.people, draft.contacts) = (nil, nil, [], [])
        draft.isCancelled = false
        let left = lines.filter { line in
            !["DESCRIPTION", "X-KITH-NUDGE", "ATTENDEE", "X-KITH-CONTACT", "STATUS"].contains { line.hasPrefix($0) }
        }
        let written = draft.calendar.split(separator: "\r\n").map(String.init)
        #expect(written.filter { $0 != "STATUS:FINAL" } == left && written.contains("STATUS:FINAL"))
    }

    @Test("A person without a name has none written")
    func noName() {
        var draft = Self.draft()
        draft.people = [JournalDraft.Person(email: "a@x.org", name: nil)]
        #expect(draft.calendar.contains("\r\nATTENDEE:mailto:a@x.org\r\n"))
    }

    /// A name, and the parameter as it is written.
    @Test(
        "A name is in quotes where it must be, and its own quotes, carets and newlines are encoded",
        arguments: [
            ("Ana Ruiz", "Ana Ruiz"), ("Ruiz, Ana", "\"Ruiz, Ana\""), ("a:b", "\"a:b\""), ("a;b", "\"a;b\""),
            ("\"Bo\"", "^'Bo^'"), ("a^b", "a^^b"), ("a\nb", "a^nb"), ("\",^\n", "\"^',^^^n\""), ("a\rb", "ab"),
            ("", ""), ("x\0\u{7f}\u{1b}y\tz", "xy\tz"),
        ]
    )
    func name(name: String, written: String) {
        #expect(Self.draft(name: name).calendar.contains("\r\nATTENDEE;CN=\(written):mailto:ana@x.org\r\n"))
    }

    @Test(
        "Nothing that is written can start a line or a component of its own",
        arguments: [
            "x\r\nEND:VJOURNAL\r\nBEGIN:VEVENT", "x\nATTENDEE:mailto:mallory@x.org", "x\rSTATUS:CANCELLED",
            "\"\r\n:mailto:mallory@x.org", "x\u{b}y\u{c}z\0", "\";X-EVIL=1:mailto:mallory@x.org", "^n^n^'",
            "\r\n ", "\u{85}END:VCALENDAR", "\u{2028}END:VCALENDAR", "\\\nSTATUS:CANCELLED", "\u{feff}",
        ]
    )
    func injection(text: String) throws {
        var draft = Self.draft(text)
        draft.action = "MET" + text
        draft.people = [JournalDraft.Person(email: "ana@x.org" + text, name: text)]
        let names = draft.calendar.split(separator: "\r\n").filter { !$0.hasPrefix(" ") }.map { line in
            String(line.prefix { $0 != ":" && $0 != ";" })
        }
        #expect(
            names == [
                "BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION",
                "ATTENDEE", "X-KITH-CONTACT", "X-KITH-CONTACT", "X-KITH-ACTION", "X-KITH-NUDGE", "CLASS", "STATUS",
                "END", "END",
            ]
        )
        let file = CalendarFile(Array(draft.calendar.utf8))
        #expect(file.codes == [] && file.events == [] && file.components == 1)
        #expect(file.journals.first?.attendees.count == 1 && file.journals.first?.status == "FINAL")
    }

    static let alphabet: [Unicode.Scalar] = [
        "a", "n", "N", " ", "\t", ";", ":", ",", "\\", "\"", "^", "'", "\n", "\r", "\0", "\u{1b}", "\u{7f}", "=", "é",
        "e", "\u{301}", "😀", "\u{200d}", "👩", "🏽", "\u{85}", "\u{2028}", "\u{feff}", "\u{10ffff}", "漢",
    ]

    /// What comes back of a text: all but carriage returns and the controls no calendar may hold.
    static func kept(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f || $0 == "\n" || $0 == "\t" }
    }

    @Test("What is written is read as it was, in lines of at most 75 bytes", arguments: UInt64(0)..<150)
    func roundTrip(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<4 {
            let length = random.below(random.oneIn(4) ? 300 : 20)
            let text = String(
                String.UnicodeScalarView(
                    (0..<length).map { _ in
                        Self.alphabet[random.below(Self.alphabet.count)]
                    }
                )
            )
            let draft = Self.draft(text, name: "N" + text)
            let bytes = Array(draft.calendar.utf8)
            let file = CalendarFile(bytes)
            let journal = try #require(file.journals.first)
            #expect(file.codes == [] && file.journals.count == 1)
            #expect(journal.summary.scalars == Self.kept(text) && journal.description?.scalars == Self.kept(text))
            #expect(journal.attendees.first?.name?.scalars == Self.kept("N" + text))
            #expect(journal.attendees.first?.email == "ana@x.org")
            #expect(journal.contacts.map(\.scalars) == [Self.kept("c-" + text), Array("d".unicodeScalars)])
            #expect(
                journal.uid.scalars == String(String.UnicodeScalarView(Self.kept("u-" + text))).trimmingSpaces().scalars
            )
            #expect(journal.start.instant(floating: .utc) == draft.start)
            for line in bytes.split(separator: 0x0a) {
                #expect(line.last == 0x0d && line.count <= 76)
                #expect(String(validating: line, as: UTF8.self) != nil)
            }
        }
    }

    @Test("A line is folded only where it must be", arguments: [60, 66, 67, 68, 69, 140, 141, 142])
    func folds(length: Int) {
        var writer = ContentLineWriter()
        writer.add("SUMMARY", text: String(repeating: "x", count: length))
        let lines = writer.text.split(separator: "\r\n")
        // 75 bytes in the first line, then 74 after the blank.
        #expect(lines.count == (length <= 67 ? 1 : length <= 141 ? 2 : 3))
        #expect(lines.dropLast().allSatisfy { $0.utf8.count == 75 })
    }
}
