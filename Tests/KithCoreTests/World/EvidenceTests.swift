import CivilTime
import KithCore
import KithTesting
import Testing

/// What counts as contact, and how much.
@Suite("Evidence")
struct EvidenceTests {
    static let now = Berlin.at("2026-01-27 14:16")
    static let ana = ContactID("ana")

    /// A meeting with Ana on 20 January, changed, and what it is worth; `nil` where it is no evidence.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let weight: Int?
        let change: @Sendable (inout Meeting) -> Void

        init(_ name: String, _ weight: Int?, _ change: @escaping @Sendable (inout Meeting) -> Void) {
            (testDescription, self.weight, self.change) = (name, weight, change)
        }
    }

    static func guests(_ count: Int, _ answer: Participant.Answer = .accepted, isPerson: Bool = true) -> [Participant] {
        (0..<count).map { Participant(email: "guest\($0)@example.net", answer: answer, isPerson: isPerson) }
    }

    static func me(_ answer: Participant.Answer) -> Participant {
        Participant(email: "ada@example.com", answer: answer)
    }

    static let boss = Participant(email: "boss@example.com")

    static let examples = [
        Example("one person", 100) { _ in },
        Example("two people", 50) { $0.attendees += guests(1) },
        Example("four people", 50) { $0.attendees += guests(3) },
        Example("five people", 20) { $0.attendees += guests(4) },
        Example("nine people", 20) { $0.attendees += guests(8) },
        Example("ten people", 0) { $0.attendees += guests(9) },
        Example("rooms are no people", 100) { $0.attendees += guests(9, isPerson: false) },
        Example("who declined is not counted", 100) { $0.attendees += guests(9, .declined) },
        Example("who has not answered is counted", 50) { $0.attendees += guests(2, .needsAction) },
        Example("the organiser is counted", 50) { $0.organizer = boss },
        Example("the organiser is counted once", 50) {
            $0.organizer = boss
            $0.attendees.append(boss)
        },
        Example("the same address twice is one", 100) { $0.attendees.append(Participant(email: "ana@example.org")) },
        Example("Ana called it", 100) {
            $0.organizer = Participant(email: "ana@example.org")
            $0.attendees = [me(.accepted)]
        },
        Example("the user said perhaps", 100) {
            $0.organizer = Participant(email: "ana@example.org")
            $0.attendees = [me(.tentative)]
        },
        Example("the user has not answered", nil) {
            $0.organizer = boss
            $0.attendees[0] = me(.needsAction)
        },
        Example("the user has not answered what they called", 100) { $0.attendees[0] = me(.needsAction) },
        Example("the user delegated it", nil) {
            $0.organizer = boss
            $0.attendees[0] = me(.delegated)
        },
        Example("the user declined", nil) { $0.attendees[0] = me(.declined) },
        Example("Ana declined", nil) { $0.attendees[1] = Participant(email: "ana@example.org", answer: .declined) },
        Example("the user is not in it", nil) {
            $0.organizer = boss
            $0.attendees.removeFirst()
        },
        Example("nobody is in it", nil) { ($0.organizer, $0.attendees) = (nil, []) },
        Example("cancelled", nil) { $0.isCancelled = true },
        Example("all day", nil) { $0.isAllDay = true },
        Example("a minute short of a day", 100) { $0.end = $0.start.adding(minutes: 1_439) },
        Example("a whole day", nil) { $0.end = $0.start.adding(minutes: 1_440) },
        Example("a personal calendar", 100) { $0.role = .personal },
        Example("a calendar of holidays", nil) { $0.role = .holidays },
        Example("a calendar to ignore", nil) { $0.role = .ignore },
        Example("a community's calendar", nil) { $0.role = .community },
        Example("a calendar of birthdays", nil) { $0.role = .birthdays },
        Example("marked free", 100) { $0.availability = .free },
    ]

    @Test("A meeting counts by who was there and what they answered", arguments: examples)
    func weight(_ example: Example) {
        var stage = PlannerStage.withAna()
        var meeting = PlannerStage.meeting("tea", "2026-01-20 10:00")
        example.change(&meeting)
        stage.contents.meetings = [meeting]
        let world = stage.world(at: Self.now)
        #expect(world.evidence[Self.ana, default: []].map(\.weight) == [example.weight].compactMap(\.self))
        #expect(world.bookings.isEmpty)
    }

    @Test(
        "A meeting to come, or that goes on, is a booking of its weight, answered or not",
        arguments: [
            ("2026-01-27 14:00", 1, Participant.Answer.accepted, 100), ("2026-01-27 14:00", 1, .needsAction, 100),
            ("2026-02-20 10:00", 5, .accepted, 20), ("2026-02-20 10:00", 1, .declined, nil),
        ] as [(String, Int, Participant.Answer, Int?)]
    )
    func booking(start: String, people: Int, answer: Participant.Answer, weight: Int?) {
        var stage = PlannerStage.withAna()
        var meeting = PlannerStage.meeting("tea", start)
        meeting.organizer = Participant(email: "ana@example.org")
        meeting.attendees = [Self.me(answer)] + Self.guests(people - 1)
        stage.contents.meetings = [meeting]
        let world = stage.world(at: Self.now)
        #expect(world.bookings[Self.ana, default: []].map(\.weight) == [weight].compactMap(\.self))
        #expect(world.evidence.isEmpty)
    }

    @Test("A meeting that ends now has ended", arguments: [("2026-01-27 13:16", 1), ("2026-01-27 13:17", 0)])
    func ended(start: String, count: Int) {
        var stage = PlannerStage.withAna()
        stage.meet(start)
        let world = stage.world(at: Self.now)
        #expect(world.evidence[Self.ana, default: []].count == count)
        #expect(world.bookings[Self.ana, default: []].count == 1 - count)
    }

    @Test("What stands in two calendars is read once; what recurs is read by its occurrences")
    func once() {
        var stage = PlannerStage.withAna()
        var (work, personal) = (
            PlannerStage.meeting("tea", "2026-01-20 10:00"), PlannerStage.meeting("tea", "2026-01-20 10:00")
        )
        work.summary = "Tea at work"
        personal.role = .personal
        for (first, second) in [(work, personal), (personal, work)] {
            stage.contents.meetings = [first, second]
            #expect(stage.world(at: Self.now).evidence[Self.ana]?.map(\.summary) == ["Tea at work"])
        }
        (work.recurrenceID, personal.recurrenceID) = ("20260120T100000", "20260113T100000")
        stage.contents.meetings = [work, personal]
        #expect(stage.world(at: Self.now).evidence[Self.ana]?.count == 2)
        personal.recurrenceID = work.recurrenceID
        work.role = .ignore
        stage.contents.meetings = [work, personal]
        #expect(stage.world(at: Self.now).evidence[Self.ana]?.count == 1)
    }

    @Test("Of several on one day the heaviest decides")
    func heaviest() {
        var stage = PlannerStage.withAna()
        stage.meet("2026-01-20 09:00", with: ["ana"] + (0..<6).map { "guest\($0)" })
        stage.meet("2026-01-20 11:00", with: ["ana", "ben"])
        stage.meet("2026-01-20 15:00", with: ["ana"] + (0..<12).map { "guest\($0)" })
        #expect(stage.world(at: Self.now).evidence[Self.ana]?.map(\.weight) == [0, 50, 20])
        #expect(stage.plan(at: Self.now).assessment()?.mark == Mark("met-2026-01-20"))
    }

    @Test(
        "An event belongs to the civil day of its start, in the user's zone",
        arguments: [("2026-01-20 23:30", "2026-01-20"), ("2026-01-21 00:10", "2026-01-21")]
    )
    func civilDay(start: String, day: String) {
        var stage = PlannerStage.withAna()
        stage.meet(start)
        #expect(stage.world(at: Self.now).evidence[Self.ana]?.map(\.date) == [Berlin.day(day)])
    }

    @Test("Events without the user are counted, and the address most invited to them is proposed")
    func unmatched() {
        var stage = PlannerStage.withAna()
        let others = ["ada@old.example", "ana@example.org", "boss@example.com"].map { Participant(email: $0) }
        for day in 10...12 {
            var meeting = PlannerStage.meeting("old-\(day)", "2026-01-\(day) 10:00")
            meeting.organizer = nil
            meeting.attendees = Array(others.prefix(day == 10 ? 3 : 2))
            stage.contents.meetings.append(meeting)
        }
        let world = stage.world(at: Self.now)
        #expect(world.unmatchedEvents == 3 && world.suggestedAddress == "ada@old.example")
        #expect(world.evidence.isEmpty)
    }

    @Test("An event that the user calls no evidence for a person is none, for that person")
    func notEvidence() {
        var stage = PlannerStage.withAna()
        stage.keep("ben")
        stage.rule("ana") { $0.notEvidence = ["tea"] }
        stage.meet("2026-01-20 10:00", with: ["ana", "ben"], uid: "tea")
        let counts = stage.world(at: Self.now).evidence.map { "\($0.uid) \($1.count)" }
        #expect(counts == ["ben 1"])
    }
}

/// What the user logged.
@Suite("Journal evidence")
struct JournalEvidenceTests {
    static let now = Berlin.at("2026-01-27 14:16")
    static let ana = ContactID("ana")

    static func world(_ change: (inout JournalEntry) -> Void) -> World {
        var stage = PlannerStage.withAna()
        var entry = JournalEntry(uid: "log", when: Berlin.at("2026-01-20 12:00"), action: .met, contacts: [ana])
        change(&entry)
        stage.contents.journal = [entry]
        return stage.world(at: now)
    }

    @Test("Met counts whole; wrote counts nothing by itself")
    func weights() {
        #expect(Self.world { _ in }.evidence[Self.ana]?.map(\.weight) == [100])
        let wrote = Self.world { $0.action = .wrote }.evidence[Self.ana]
        #expect(wrote?.map(\.weight) == [0] && wrote?.map(\.origin) == [.wrote])
    }

    @Test("What was undone, or lies after today, or means nobody known, is left out")
    func leftOut() {
        #expect(Self.world { $0.isCancelled = true }.evidence.isEmpty)
        #expect(Self.world { $0.when = Berlin.at("2026-01-28 00:00") }.evidence.isEmpty)
        #expect(Self.world { $0.when = Berlin.at("2026-01-27 23:59") }.evidence.count == 1)
        #expect(Self.world { $0.contacts = [ContactID("nobody")] }.evidence.isEmpty)
    }

    @Test("An entry without a card's UID is for whoever has the address")
    func byAddress() {
        let world = Self.world {
            $0.contacts = []
            $0.people = [Participant(email: "ana@example.org"), Participant(email: "who@example.org")]
        }
        #expect(world.evidence.keys.map(\.uid) == ["ana"])
    }

    @Test("A person named twice in an entry is met once")
    func twice() {
        #expect(Self.world { $0.contacts = [Self.ana, Self.ana] }.evidence[Self.ana]?.count == 1)
    }
}
