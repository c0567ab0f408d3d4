import CivilTime
import KithCore
import KithTesting
import Testing

/// Events that the user made for themselves: whom the title names was met.
@Suite("The user's own events")
struct OwnEventTests {
    static let now = Berlin.at("2026-01-27 14:16")
    static let ana = ContactID("ana")

    static func stage() -> PlannerStage {
        var stage = PlannerStage.withAna()
        for uid in ["ben", "cem", "dora", "emil", "finn"] { stage.keep(uid) }
        for index in stage.contents.contacts.indices {
            let uid = stage.contents.contacts[index].id.uid
            stage.contents.contacts[index].name = uid.prefix(1).uppercased() + uid.dropFirst() + " Kern"
        }
        return stage
    }

    static func event(_ title: String, _ start: String = "2026-01-20 10:00") -> Meeting {
        var meeting = PlannerStage.meeting("own", start, with: [])
        meeting.summary = title
        return meeting
    }

    /// A title, or a change of an event called "Coffee w/ Ana", and what Ana's evidence weighs.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let weight: Int?
        var title: String
        let change: @Sendable (inout Meeting) -> Void

        init(
            _ name: String,
            _ weight: Int?,
            title: String = "Coffee w/ Ana",
            _ change: @escaping @Sendable (inout Meeting) -> Void = { _ in }
        ) {
            (testDescription, self.weight, self.title, self.change) = (name, weight, title, change)
        }
    }

    static let room = Participant(email: "room@example.com", isPerson: false)

    static let examples = [
        Example("one name", 100), Example("two names", 50, title: "Ana <> Ben"),
        Example("four names", 50, title: "Ana, Ben, Cem, Dora"),
        Example("five names", 20, title: "Ana, Ben, Cem, Dora, Emil"), Example("no name", nil, title: "Dentist"),
        Example("the user called it", 100) { $0.organizer = PlannerStage.me },
        Example("the user alone in it", 100) { $0.attendees = [PlannerStage.me] },
        Example("a room", 100) { ($0.organizer, $0.attendees) = (PlannerStage.me, [PlannerStage.me, room]) },
        Example("the user declined", nil) { $0.attendees = [EvidenceTests.me(.declined)] },
        Example("another called it", nil) { $0.organizer = EvidenceTests.boss },
        Example("another was invited", nil) {
            ($0.organizer, $0.attendees) = (PlannerStage.me, [PlannerStage.me, EvidenceTests.boss])
        },
        Example("Ana was invited and declined", nil) {
            $0.organizer = PlannerStage.me
            $0.attendees = [PlannerStage.me, Participant(email: "ana@example.org", answer: .declined)]
        },
        Example("all day", nil) { $0.isAllDay = true }, Example("cancelled", nil) { $0.isCancelled = true },
        Example("a calendar of birthdays", nil) { $0.role = .birthdays },
        Example("a calendar of a community", nil) { $0.role = .community },
    ]

    @Test("Who is named in a title was met, with the weight of all who are", arguments: examples)
    func weight(_ example: Example) {
        var stage = Self.stage()
        var meeting = Self.event(example.title)
        example.change(&meeting)
        stage.contents.meetings = [meeting]
        let world = stage.world(at: Self.now)
        #expect(world.evidence[Self.ana, default: []].map(\.weight) == [example.weight].compactMap(\.self))
        #expect(world.bookings.isEmpty)
    }

    @Test("One to come is booked; one called no evidence is none")
    func booked() {
        var stage = Self.stage()
        stage.contents.meetings = [Self.event("1:1 Ana", "2026-02-03 10:00")]
        #expect(stage.world(at: Self.now).bookings[Self.ana]?.map(\.weight) == [100])
        stage.rule("ana") { $0.notEvidence = ["own"] }
        #expect(stage.world(at: Self.now).bookings.isEmpty)
    }

    @Test("Somebody else of the name, kept or not, makes it nobody's")
    func namesake() {
        var stage = Self.stage()
        stage.contents.meetings = [Self.event("Coffee w/ Ana")]
        stage.contents.contacts.append(Contact(id: ContactID("other"), name: "Ana Lund"))
        #expect(stage.world(at: Self.now).evidence.isEmpty)
        stage.contents.meetings = [Self.event("Coffee w/ Ana Kern")]
        #expect(stage.world(at: Self.now).evidence.keys.map(\.uid) == ["ana"])
    }
}

/// Series in which people sit together out of habit.
@Suite("Routine")
struct RoutineTests {
    static let now = Berlin.at("2026-01-27 14:16")

    /// A series of the given uid on days before 27 January.
    static func series(_ stage: inout PlannerStage, daysBack: [Int], with people: [String], uid: String = "standup") {
        for days in daysBack {
            let day = PlannerStage.today.adding(days: -days)
            var meeting = PlannerStage.meeting(uid, "\(day) 10:00", with: people)
            (meeting.recurrenceID, meeting.isSeries) = ("\(day)", true)
            stage.contents.meetings.append(meeting)
        }
    }

    static func weights(
        _ network: Network = .strategic,
        daysBack: [Int],
        with people: [String] = ["ana", "ben"],
        _ change: (inout PlannerStage) -> Void = { _ in }
    ) -> [Int] {
        var stage = PlannerStage()
        stage.keep("ana", network)
        series(&stage, daysBack: daysBack, with: people)
        change(&stage)
        let evidence = stage.world(at: now).evidence[ContactID("ana")] ?? []
        return evidence.reversed().map(\.weight)
    }

    @Test("A series of three and more with six times in 90 days weighs nothing for a strategic tie, from its first on")
    func sixth() {
        let weekly = [43, 36, 29, 22, 15, 8, 1]
        #expect(Self.weights(daysBack: weekly) == [0, 0, 0, 0, 0, 0, 0])
        #expect(Self.weights(daysBack: Array(weekly.prefix(5))) == [50, 50, 50, 50, 50])
        #expect(Self.weights(daysBack: [29, 22, 15, 8, 1, -6, -13]) == [50, 50, 50, 50, 50])
        #expect(Self.weights(.operational, daysBack: weekly) == [50, 50, 50, 50, 50, 50, 50])
        #expect(Self.weights(.personal, daysBack: weekly) == [50, 50, 50, 50, 50, 50, 50])
        #expect(Self.weights(daysBack: weekly, with: ["ana"]) == [100, 100, 100, 100, 100, 100, 100])
    }

    @Test("The 90 days end with the occurrence, both days counted", arguments: [(90, 0), (91, 50)])
    func window(first: Int, weight: Int) {
        #expect(Self.weights(daysBack: [first, 50, 40, 30, 20, 1]).last == weight)
    }

    @Test("A series that rests begins anew")
    func rests() {
        #expect(Self.weights(daysBack: [200, 193, 186, 179, 172, 165, 20, 13]) == [0, 0, 0, 0, 0, 0, 50, 50])
    }

    @Test("What was cancelled, stands twice, or is of another series is none of the six")
    func others() {
        let six = [36, 29, 22, 15, 8, 1]
        #expect(Self.weights(daysBack: six).last == 0)
        #expect(Self.weights(daysBack: six) { $0.contents.meetings[0].isCancelled = true }.last == 50)
        #expect(Self.weights(daysBack: six) { $0.contents.meetings[0].isAllDay = true }.last == 50)
        #expect(Self.weights(daysBack: six) { $0.contents.meetings[0].uid = "other" }.last == 50)
        #expect(
            Self.weights(daysBack: Array(six.dropFirst())) {
                $0.contents.meetings += $0.contents.meetings.map { meeting in
                    var copy = meeting
                    copy.role = .personal
                    return copy
                }
            }.last == 50
        )
    }

    @Test("A routine meeting to come holds no nudge")
    func booking() {
        var stage = PlannerStage.withAna()
        Self.series(&stage, daysBack: [23, 16, 9, 2, -5, -12, -19], with: ["ana", "ben"])
        #expect(stage.world(at: Self.now).bookings[ContactID("ana")]?.map(\.weight) == [50, 0, 0])
    }

    @Test("Halves and hands agree with counting", arguments: UInt64(0)..<40)
    func counted(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let days = Set((0..<30).map { _ in Int.random(in: 0...300, using: &random) }).sorted(by: >)
        let full = days.filter { end in days.filter { end <= $0 && $0 < end + 90 }.count >= 6 }
        let expected = days.map { day in full.contains { $0 <= day && day < $0 + 90 } ? 0 : 50 }
        #expect(Self.weights(daysBack: days.shuffled(using: &random)) == expected)
    }
}
