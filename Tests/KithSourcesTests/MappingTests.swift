import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("What events and cards become")
struct MappingTests {
    private static func meeting(_ text: String) throws -> Meeting {
        let files = try Files()
        try files.folder.write(text, to: "cal/m.ics")
        return try #require(try files.source().contents(at: Files.now).meetings.first)
    }

    @Test("A timed event, field by field")
    func timed() throws {
        let found = try Self.meeting(
            SourceText.event("m", "CLASS:CONFIDENTIAL", "ATTENDEE;CUTYPE=ROOM:mailto:Room@x.org")
        )
        #expect(found.uid == "m" && found.recurrenceID == nil && !found.isSeries && !found.isAllDay)
        #expect(found.start == Instant(seconds: 1_769_500_800) && found.end.seconds(since: found.start) == 1_800)
        #expect(found.firstDay == CivilDate("2026-01-27") && found.endDay == CivilDate("2026-01-28"))
        #expect(found.summary == "About m" && found.isPrivate && !found.isCancelled && found.role == .work)
        #expect(found.organizer == Participant(email: "ada@example.com", answer: .accepted))
        #expect(found.attendees.map(\.email) == ["ana@example.org", "room@x.org"])
        #expect(found.attendees.map(\.isPerson) == [true, false])
        #expect(found.attendees.map(\.name) == ["Ana", nil] && found.place.line == 3)
    }

    @Test(
        "The days an event touches",
        arguments: [
            ("DTSTART:20260127T120000Z", "DTEND:20260127T130000Z", "2026-01-27", "2026-01-28"),
            ("DTSTART:20260127T220000Z", "DTEND:20260127T230000Z", "2026-01-27", "2026-01-28"),
            ("DTSTART:20260127T220000Z", "DTEND:20260127T230001Z", "2026-01-27", "2026-01-29"),
            ("DTSTART:20260127T230000Z", "DTEND:20260127T230000Z", "2026-01-28", "2026-01-29"),
            ("DTSTART:20260127T120000Z", "DTEND:20260127T120000Z", "2026-01-27", "2026-01-28"),
            ("DTSTART;VALUE=DATE:20260127", "DTEND;VALUE=DATE:20260129", "2026-01-27", "2026-01-29"),
            ("DTSTART;VALUE=DATE:20260127", "SUMMARY:one day", "2026-01-27", "2026-01-28"),
            ("DTSTART:20260127T120000", "DURATION:PT36H", "2026-01-27", "2026-01-29"),
        ]
    )
    func days(start: String, end: String, first: String, last: String) throws {
        let found = try Self.meeting(SourceText.bareEvent("UID:m", start, end))
        #expect(found.firstDay == CivilDate(first) && found.endDay == CivilDate(last))
    }

    @Test(
        "What an event says of the user's time",
        arguments: [
            ([], .unstated), (["TRANSP:OPAQUE"], .busy), (["TRANSP:TRANSPARENT"], .free),
            (["X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], .busy), (["X-MICROSOFT-CDO-BUSYSTATUS:OOF"], .busy),
            (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], .free), (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"], .unstated),
            (["TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], .free),
            (["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"], .free), (["TRANSP:transparent"], .free),
        ] as [([String], Meeting.Availability)]
    )
    func availability(lines: [String], result: Meeting.Availability) throws {
        let text =
            (["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:m", "DTSTART:20260127T120000Z"] + lines + [
                "END:VEVENT", "END:VCALENDAR",
            ])
        #expect(try Self.meeting(text.map { $0 + "\r\n" }.joined()).availability == result)
    }

    @Test(
        "What a person answered",
        arguments: [
            ("ACCEPTED", .accepted), ("DECLINED", .declined), ("TENTATIVE", .tentative), ("DELEGATED", .delegated),
            ("NEEDS-ACTION", .needsAction), ("X-PERHAPS", .needsAction),
        ] as [(String, Participant.Answer)]
    )
    func answers(word: String, answer: Participant.Answer) throws {
        let text = SourceText.bareEvent(
            "UID:m",
            "DTSTART:20260127T120000Z",
            "ORGANIZER:mailto:o@x.org",
            "ATTENDEE;PARTSTAT=\(word):MAILTO:A@x.org"
        )
        let found = try Self.meeting(text)
        #expect(found.attendees == [Participant(email: "a@x.org", answer: answer)])
        #expect(found.organizer?.answer == .accepted)
    }

    @Test("A cancelled event and one instance of a series are told apart from others")
    func states() throws {
        let cancelled = SourceText.bareEvent("UID:m", "DTSTART:20260127T120000Z", "STATUS:CANCELLED")
        #expect(try Self.meeting(cancelled).isCancelled)
        let series = try Self.meeting(SourceText.event("m", "RRULE:FREQ=DAILY;COUNT=2"))
        #expect(series.isSeries && series.recurrenceID != nil)
    }

    @Test("A card, field by field; a group and a card without a name are nobody")
    func cards() throws {
        let files = try Files()
        let ana = SourceText.card(
            "ana\u{0}\u{1}",
            "Ana Ruiz",
            "N:Ruiz;Ana;;;",
            "NICKNAME:Anita",
            "EMAIL:Ana@Example.org",
            "TEL:+49 30 1",
            "ORG:Meridian",
            "TITLE:CFO",
            "CATEGORIES:strategic,pricing",
            "BDAY:--0412",
            "ANNIVERSARY:20100501",
            "TZ:-05:30",
            "NOTE:likes tea"
        )
        let group = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nUID:g\r\nFN:Board\r\nEND:VCARD\r\n"
        let nobody = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:n\r\nEMAIL:x@y.org\r\nEND:VCARD\r\n"
        try files.folder.write(ana + group + nobody, to: "cards/all.vcf")
        let contacts = try files.source().contents(at: Files.now).contacts
        let found = try #require(contacts.first { $0.name == "Ana Ruiz" })
        // Control characters come back neither from a journal nor from a database.
        #expect(found.id == ContactID("ana") && !contacts.contains { $0.id == ContactID("g") })
        #expect(found.givenName == "Ana" && found.nicknames == ["Anita"] && found.emails == ["ana@example.org"])
        #expect(
            found.organization == "Meridian" && found.title == "CFO" && found.categories == ["strategic", "pricing"]
        )
        #expect(found.birthday == AnnualDate(month: 4, day: 12, year: nil))
        #expect(found.anniversary == AnnualDate(month: 5, day: 1, year: 2_010))
        #expect(found.note == "likes tea" && found.place.line == 1 && !found.isDeceased)
        #expect(found.zone?.local(Instant(seconds: 0)).time == TimeOfDay(hour: 18, minute: 30, second: 0))
    }

    @Test("A group in a file of its own gives its members a category")
    func groups() throws {
        let files = try Files()
        let group = "BEGIN:VCARD\r\nKIND:group\r\nUID:g\r\nFN:Board\r\nMEMBER:urn:uuid:ana\r\nEND:VCARD\r\n"
        try files.folder.write(SourceText.card("ana", "Ana", "CATEGORIES:chess"), to: "cards/1.vcf")
        try files.folder.write(SourceText.card("bo", "Bo"), to: "cards/3.vcf")
        try files.folder.write(group, to: "cards/2.vcf")
        let source = try files.source()
        #expect(source.contents(at: Files.now).contacts.map(\.categories) == [["chess", "Board"], []])
        #expect(source.contents(at: Files.now).sources.map(\.items).contains(3))
        try files.remove("cards/2.vcf")
        source.invalidate()
        #expect(source.contents(at: Files.now).contacts.map(\.categories) == [["chess"], []])
    }

    @Test(
        "A zone of a card is a name or an offset",
        arguments: [
            ("Europe/Berlin", 3_600), ("+01:00", 3_600), ("-0500", -18_000), ("+14:00", 50_400), ("+15:00", nil),
            ("01:00", nil), ("+1", nil), ("+01:60", nil), ("", nil), ("EST5EDT4", nil), ("+٠١:٠٠", nil),
        ] as [(String, Int?)]
    )
    func zones(text: String, offset: Int?) {
        let zone = Zone(cardText: text, zones: Files.zones)
        // The first of January 2026, at midnight UTC.
        let epoch = Instant(seconds: 1_767_225_600)
        #expect(zone.map { Int($0.local(epoch).secondsSinceEpoch - epoch.seconds) } == offset)
    }
}
