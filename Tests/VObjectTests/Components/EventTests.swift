import CivilTime
import Testing

@testable import VObject

@Suite("Events")
struct EventTests {
    static let start = "DTSTART:20260105T090000Z"

    static func event(_ properties: [String]) throws -> Event {
        let file = CalendarFile(event: ["UID:1"] + properties)
        return try #require(file.events.first)
    }

    @Test("Every property is read")
    func properties() throws {
        let event = try Self.event([
            Self.start, "DTEND:20260105T093000Z", #"SUMMARY:Coffee\, w/ Ana\; "#, #"LOCATION:Room 1\nleft"#,
            #"DESCRIPTION:One\n\nTwo \\ three"#, "STATUS:tentative ", "TRANSP: Transparent",
            "x-microsoft-cdo-busystatus:oof", "CLASS:private", "ORGANIZER:mailto:ada@example.com",
            "ATTENDEE:mailto:ana@example.org", "ATTENDEE:mailto:bo@example.org",
        ])
        #expect(event.uid == "1" && event.recurrenceID == nil && !event.isSeries && event.line == 2)
        #expect(event.summary == "Coffee, w/ Ana; " && event.location == "Room 1\nleft")
        #expect(event.description == "One\n\nTwo \\ three")
        #expect(event.status == "TENTATIVE" && event.transparency == "TRANSPARENT")
        #expect(event.busyStatus == "OOF" && event.classification == "PRIVATE")
        #expect(event.organizer?.email == "ada@example.com")
        #expect(event.attendees.map(\.email) == ["ana@example.org", "bo@example.org"])
    }

    @Test("What is not stated is left open")
    func absent() throws {
        let event = try Self.event([Self.start])
        #expect(event.summary == "" && event.location == nil && event.description == nil && event.status == nil)
        #expect(event.transparency == nil && event.busyStatus == nil && event.classification == nil)
        #expect(event.organizer == nil && event.attendees == [])
        #expect(event.recurrence == nil && event.length == .unstated)
    }

    /// An attendee as written, and as read.
    struct Person: CustomTestStringConvertible {
        let testDescription: String
        let email: String
        let name: String?
        let participation: String
        let kind: String

        init(_ line: String, _ email: String, _ name: String?, _ participation: String, _ kind: String = "INDIVIDUAL") {
            testDescription = line
            (self.email, self.name, self.participation, self.kind) = (email, name, participation, kind)
        }
    }

    static let people = [
        Person(":mailto:ana@example.org", "ana@example.org", nil, "NEEDS-ACTION"),
        Person(":MAILTO:Ana@Example.ORG", "ana@example.org", nil, "NEEDS-ACTION"),
        Person(": MailTo: ana@example.org ", "ana@example.org", nil, "NEEDS-ACTION"),
        Person(":mailto:", "", nil, "NEEDS-ACTION"),
        Person(":", "", nil, "NEEDS-ACTION"),
        Person(":ana@example.org", "", nil, "NEEDS-ACTION"),
        Person(":urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427", "", nil, "NEEDS-ACTION"),
        Person(";CN=Ana Ruiz:mailto:a@b.c", "a@b.c", "Ana Ruiz", "NEEDS-ACTION"),
        Person(";CN=\"Ruiz, Ana\":mailto:a@b.c", "a@b.c", "Ruiz, Ana", "NEEDS-ACTION"),
        Person(";CN=\"a;b:c\":mailto:a@b.c", "a@b.c", "a;b:c", "NEEDS-ACTION"),
        Person(";CN=^'Bo^' Lind:mailto:a@b.c", "a@b.c", "\"Bo\" Lind", "NEEDS-ACTION"),
        Person(";CN=:mailto:a@b.c", "a@b.c", nil, "NEEDS-ACTION"),
        Person(";CN=\"\":mailto:a@b.c", "a@b.c", nil, "NEEDS-ACTION"),
        Person(";PARTSTAT=accepted:mailto:a@b.c", "a@b.c", nil, "ACCEPTED"),
        Person(";PARTSTAT=DECLINED;RSVP=TRUE:mailto:a@b.c", "a@b.c", nil, "DECLINED"),
        Person(";CUTYPE=Room:mailto:a@b.c", "a@b.c", nil, "NEEDS-ACTION", "ROOM"),
        Person(";CUTYPE=RESOURCE;CN=Beamer:mailto:a@b.c", "a@b.c", "Beamer", "NEEDS-ACTION", "RESOURCE"),
    ]

    @Test("Who takes part is read, whatever the case of the address", arguments: people)
    func attendee(_ person: Person) throws {
        for name in ["ATTENDEE", "ORGANIZER"] {
            let event = try Self.event([Self.start, name + person.testDescription])
            let read = try #require(name == "ATTENDEE" ? event.attendees.first : event.organizer)
            #expect(read.email == person.email && read.name == person.name)
            #expect(read.participation == person.participation && read.kind == person.kind)
        }
    }

    @Test(
        "An event without UID is known by its start and title, whatever stands around it",
        arguments: [[], ["UID:"], ["UID: \t"]] as [[String]]
    )
    func noUID(uid: [String]) {
        let properties = uid + ["DTSTART:20260105T090000Z", "SUMMARY:Lunch"]
        let (file, later) = (CalendarFile(event: properties), CalendarFile(event: ["X-A:1"] + properties))
        #expect(file.uids == ["2026-01-05T09:00:00Z Lunch"] && file.uids == later.uids)
        #expect(file.codes == ["no-uid"] && file.findings.first?.line == 2)
    }

    @Test("A UID is its text without the blanks around it")
    func uid() throws {
        let file = CalendarFile(event: [#"UID: a\,b@c "#, Self.start])
        #expect(file.uids == ["a,b@c"] && file.codes == [])
    }

    @Test(
        "An event without a start that can be read is left out and told; the next one stays",
        arguments: [
            ([], "no-start 2"), (["DTSTART:"], "bad-time 4"), (["DTSTART:tomorrow"], "bad-time 4"),
            (["DTSTART:20260230"], "bad-time 4"), (["DTSTART:20260105T250000"], "bad-time 4"),
            (["DTSTART"], "bad-line 4"), (["DTSTART;TZID=:"], "bad-time 4"),
        ]
    )
    func noStart(lines: [String], told: String) {
        let good = block("VEVENT", ["UID:2", Self.start])
        let file = CalendarFile(
            lines: block("VCALENDAR", block("VEVENT", ["UID:1"] + lines) + good)
        )
        #expect(file.uids == ["2"])
        #expect(file.findings.first.map { "\($0.code) \($0.line)" } == told)
        #expect(file.findings.allSatisfy { $0.severity == .error })
    }

    @Test("The first of two is read where a property stands twice")
    func twice() throws {
        let event = try Self.event([Self.start, "DTSTART:20270101", "SUMMARY:one", "SUMMARY:two"])
        #expect(event.start.text == "2026-01-05T09:00:00Z" && event.summary == "one")
    }

    @Test("What stands in an alarm is not the event's")
    func alarm() throws {
        let alarm = block("VALARM", ["DESCRIPTION:ring", "DURATION:PT5M", "ATTENDEE:mailto:a@b.c", "DTSTART:20200101"])
        let event = try Self.event(alarm + [Self.start])
        #expect(event.description == nil && event.length == .unstated && event.attendees == [])
        #expect(event.start.text == "2026-01-05T09:00:00Z")
    }

    @Test(
        "A sequence that is no number counts as none",
        arguments: [("7", 7), ("-1", -1), ("x", 0), ("", 0), ("99999999999999999999", 0)]
    )
    func sequence(text: String, number: Int) throws {
        let event = try Self.event([Self.start, "RECURRENCE-ID:20260105T090000Z", "SEQUENCE:" + text])
        #expect(event.recurrence?.sequence == number)
    }
}
