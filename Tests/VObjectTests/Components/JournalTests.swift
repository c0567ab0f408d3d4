import Testing

@testable import VObject

@Suite("Journal entries")
struct JournalTests {
    static func file(_ properties: [String]) -> CalendarFile {
        CalendarFile(lines: block("VCALENDAR", block("VJOURNAL", properties)))
    }

    @Test("An entry is read with what kith writes")
    func properties() throws {
        let file = Self.file([
            "UID: 1 ", "DTSTART:20260127T131000Z", #"SUMMARY:Met Ana\, Bo"#, #"DESCRIPTION:tea\nand cake"#,
            "ATTENDEE;CN=Ana:mailto:Ana@x.org", "X-KITH-CONTACT:a-uid", #"X-KITH-CONTACT:b\,uid"#,
            "X-KITH-ACTION: met", "X-KITH-NUDGE: reconnect a ", "STATUS:final",
        ])
        let journal = try #require(file.journals.first)
        #expect(file.events == [] && file.codes == [] && file.components == 1)
        #expect(journal.uid == "1" && journal.start.text == "2026-01-27T13:10:00Z" && journal.line == 2)
        #expect(journal.summary == "Met Ana, Bo" && journal.description == "tea\nand cake")
        #expect(journal.attendees.map(\.email) == ["ana@x.org"] && journal.contacts == ["a-uid", "b,uid"])
        #expect(journal.action == "MET" && journal.nudge == "reconnect a" && journal.status == "FINAL")
    }

    @Test("A foreign entry is read as far as it goes; one without UID is known by its start and title")
    func foreign() throws {
        let journal = try #require(Self.file(["DTSTART;VALUE=DATE:20260127", "SUMMARY:Walk"]).journals.first)
        #expect(journal.uid == "2026-01-27 Walk" && journal.start.isDate && journal.contacts == [])
        #expect(journal.action == nil && journal.nudge == nil && journal.status == nil && journal.description == nil)
    }

    @Test(
        "An entry without a start that can be read is left out and told",
        arguments: [([], ["no-start"]), (["DTSTART:soon"], ["bad-time"])] as [([String], [String])]
    )
    func noStart(lines: [String], codes: [String]) {
        let file = Self.file(["UID:1"] + lines)
        #expect(file.journals == [] && file.codes.first == codes.first)
        #expect(file.findings.allSatisfy { $0.severity == .error })
    }
}
