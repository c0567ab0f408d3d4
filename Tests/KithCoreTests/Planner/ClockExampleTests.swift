import CivilTime
import KithCore
import KithTesting
import Testing

/// What the clock of one tie says, by example: kept every six weeks, at worst nine.
@Suite("The clock, by example")
struct ClockExampleTests {
    /// What happened to Ana, and what follows on a day.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        var today = "2026-01-27"
        let mark: String
        let due: String
        var lateFrom: String?
        let given: @Sendable (inout PlannerStage) -> Void

        init(
            _ name: String,
            on today: String = "2026-01-27",
            mark: String,
            due: String,
            lateFrom: String? = nil,
            given: @escaping @Sendable (inout PlannerStage) -> Void
        ) {
            (testDescription, self.today, self.mark, self.due) = (name, today, mark, due)
            (self.lateFrom, self.given) = (lateFrom, given)
        }
    }

    static let december = "2025-12-09 10:00"
    static let four = ["ana", "ben", "cem", "dora"]
    static let seven = ["ana"] + (1...6).map { "guest\($0)" }
    static let crowd = ["ana"] + (1...41).map { "guest\($0)" }

    static let examples = [
        Example("1: one-to-one on 9 Dec", mark: "met-2025-12-09", due: "2026-01-20", lateFrom: "2026-02-10") {
            $0.meet(december)
        },
        Example("2: four people on 9 Dec", mark: "met-2025-12-09", due: "2026-01-20", lateFrom: "2026-02-10") {
            $0.meet(december, with: four)
        },
        Example("3: six others on 9, 16, 23, 30 Dec, 6 Jan", mark: "met-2026-01-06", due: "2026-02-17") { stage in
            for day in ["2025-12-09", "2025-12-16", "2025-12-23", "2025-12-30", "2026-01-06"] {
                stage.meet("\(day) 10:00", with: seven)
            }
        },
        Example("4: weekly with three others since October", mark: "kept-2025-10-01", due: "2025-10-28") { stage in
            for week in 0..<17 {
                let day = Berlin.day("2025-10-06").adding(days: 7 * week)
                var meeting = PlannerStage.meeting("weekly", "\(day) 10:00", with: four)
                (meeting.recurrenceID, meeting.isSeries) = ("\(day)", true)
                stage.contents.meetings.append(meeting)
            }
        },
        Example("5: 42 people on 15 Jan", mark: "met-2025-12-09", due: "2026-01-20") {
            $0.meet(december)
            $0.meet("2026-01-15 10:00", with: crowd)
        },
        Example("6: 9 Dec, wrote on 26 Jan", mark: "wrote-2026-01-26", due: "2026-02-16") {
            $0.meet(december)
            $0.log(.wrote, "2026-01-26")
        },
        Example("7: …, and a reply on 28 Jan", on: "2026-01-28", mark: "met-2026-01-28", due: "2026-03-11") {
            $0.meet(december)
            $0.log(.wrote, "2026-01-26")
            $0.log(.met, "2026-01-28")
        },
        Example("8: 9 Dec, skip on 27 Jan", mark: "skip-2026-01-27", due: "2026-03-10", lateFrom: "2026-03-31") {
            $0.meet(december)
            $0.skip("2026-01-27")
        },
        Example("11: nothing known, p1", on: "2026-03-02", mark: "kept-2026-03-02", due: "2026-03-25") {
            $0 = stage(keeping: "p1")
        },
        Example("11: nothing known, p2", on: "2026-03-02", mark: "kept-2026-03-02", due: "2026-04-07") {
            $0 = stage(keeping: "p2")
        },
        Example("11: nothing known, an address", on: "2026-03-02", mark: "kept-2026-03-02", due: "2026-03-21") {
            $0 = stage(keeping: "ana@example.com")
        },
        Example("15: declined by the contact", mark: "met-2025-12-09", due: "2026-01-20") {
            $0.meet(december)
            var lunch = PlannerStage.meeting("lunch", "2026-01-15 12:00")
            lunch.attendees[1] = Participant(email: "ana@example.org", answer: .declined)
            $0.contents.meetings.append(lunch)
        },
        Example("15: not answered, not organised", mark: "met-2025-12-09", due: "2026-01-20") {
            $0.meet(december)
            var lunch = PlannerStage.meeting("lunch", "2026-01-15 12:00")
            lunch.organizer = Participant(email: "ana@example.org")
            lunch.attendees = [Participant(email: "ada@example.com", answer: .needsAction)]
            $0.contents.meetings.append(lunch)
        },
    ]

    /// Somebody who is first seen on 2 March.
    static func stage(keeping uid: String) -> PlannerStage {
        var stage = PlannerStage()
        stage.keep(uid, firstSeen: "2026-03-02")
        return stage
    }

    @Test("Contact, or what stands for it, decides when a tie is due", arguments: examples)
    func due(_ example: Example) throws {
        var stage = PlannerStage.withAna()
        example.given(&stage)
        let now = Berlin.at(example.today + " 14:16")
        let uid = try #require(stage.rules.people.first?.uid)
        let assessment = try #require(stage.plan(at: now).assessment(uid))
        #expect("\(assessment.mark)" == example.mark)
        #expect("\(assessment.due)" == example.due)
        if let lateFrom = example.lateFrom { #expect("\(assessment.lateFrom)" == lateFrom) }
    }

    @Test("5: a crowd is listed all the same, with no weight")
    func crowdListed() throws {
        var stage = PlannerStage.withAna()
        stage.meet("2026-01-15 10:00", with: Self.crowd)
        let world = stage.world(at: Berlin.at("2026-01-27 09:00"))
        let listed = try #require(world.evidence[ContactID("ana")])
        #expect(listed.map(\.weight) == [0] && listed.map(\.people) == [42])
    }

    @Test("9: shown on 27 Jan, seen, no answer: ignored on 10 Feb, due on 20 Feb")
    func ignored() throws {
        var stage = PlannerStage.withAna()
        stage.meet(Self.december)
        #expect(
            stage.play(from: "2026-01-27 08:00", until: "2026-02-09 23:00").map(\.at) == [Berlin.at("2026-01-27 09:00")]
        )
        let id = PlannerStage.reconnect("met-2025-12-09")
        #expect(stage.nudge(id)?.state == .delivered)
        let plan = stage.turn(at: Berlin.at("2026-02-10 00:00"))
        #expect(stage.nudge(id)?.state == .expired(.ignored))
        #expect(stage.nudge(id)?.closed == Berlin.day("2026-02-10"))
        #expect(plan.assessment()?.mark == Mark("ignored-2026-02-10"))
        #expect(plan.assessment()?.due == Berlin.day("2026-02-20"))
    }

    @Test(
        "10: ignored a third time on 10 Feb: due on 5 May, and asked about",
        arguments: [(2, "2026-02-20"), (3, "2026-05-05")]
    )
    func ignoredAgain(times: Int, due: String) throws {
        var stage = PlannerStage.withAna()
        stage.meet("2025-09-02 10:00")
        let closings = [
            ("met-2025-09-02", "2025-12-09"), ("ignored-2025-12-09", "2026-01-10"),
            ("ignored-2026-01-10", "2026-02-10"),
        ]
        for (mark, closed) in closings.suffix(times) {
            let record = PlannerStage.record(
                mark,
                base: "met-2025-09-02",
                due: closed,
                state: .expired(.ignored),
                closed: closed
            )
            stage.view.nudges.append(record)
        }
        let assessment = try #require(stage.plan(at: Berlin.at("2026-02-11 09:00")).assessment())
        #expect(assessment.mark == Mark("ignored-2026-02-10"))
        #expect("\(assessment.due)" == due)
        #expect(assessment.ignoredInARow == times)
    }

    @Test(
        "A tie is dormant after eight cadences and a year, or after three years",
        arguments: [
            (340, 42, false), (364, 42, false), (365, 42, true), (365, 60, false), (479, 60, false), (480, 60, true),
            (1_095, 365, false), (1_096, 365, true), (1_100, 365, true),
        ]
    )
    func dormant(silence: Int, every: Int, isDormant: Bool) throws {
        // The first row is example 21, the last example 22.
        var stage = PlannerStage()
        stage.keep("ana", every: every)
        stage.meet("\(PlannerStage.today.adding(days: -silence)) 10:00")
        let assessment = try #require(stage.plan(at: Berlin.at("2026-01-27 09:00")).assessment())
        #expect(assessment.isDormant == isDormant)
        #expect(assessment.band == (silence > every ? .late : .due) || every == 365)
    }

    @Test("Nobody of whom nothing is known is dormant")
    func neverMet() {
        var stage = PlannerStage()
        stage.keep("ana", firstSeen: "2020-01-01")
        #expect(stage.plan(at: Berlin.at("2026-01-27 09:00")).assessment()?.isDormant == false)
    }
}
