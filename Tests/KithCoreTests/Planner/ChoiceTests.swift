import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// Who comes first, and how many there is room for.
@Suite("Choice")
struct ChoiceTests {
    static let now = Berlin.at("2026-01-26 08:00")

    /// A tie, how long it is due, and its score in hundredths.
    struct Example: CustomTestStringConvertible {
        let network: Network
        let days: Int
        var every = 42
        var priority = 100
        var isLate = false
        let score: Int
        var testDescription: String { "\(network), \(days) days, every \(every), priority \(priority), late \(isLate)" }
    }

    static let examples = [
        Example(network: .strategic, days: 0, score: 150), Example(network: .personal, days: 0, score: 100),
        Example(network: .operational, days: 0, score: 70), Example(network: .strategic, days: 42, score: 300),
        Example(network: .strategic, days: 21, isLate: true, score: 450),
        Example(network: .personal, days: 1, score: 102), Example(network: .personal, days: 420, score: 1_100),
        Example(network: .strategic, days: 0, priority: 150, score: 225),
        Example(network: .strategic, days: 0, priority: 200, score: 300),
        Example(network: .strategic, days: 4_200, every: 1, priority: 200, isLate: true, score: 2_520_600),
        Example(network: .personal, days: -5, score: 100),
    ]

    @Test(
        "The score grows with the wait, by network and priority, twice as much when late, without a cap",
        arguments: examples
    )
    func score(_ example: Example) throws {
        let tie = Tie(
            contact: Contact(id: ContactID("a"), name: "A"),
            networks: [example.network],
            cadence: try #require(Cadence(every: example.every)),
            priorityWeight: example.priority
        )
        #expect(Score(daysSinceDue: example.days, tie: tie, isLate: example.isLate).hundredths == example.score)
    }

    @Test("The order never depends on rounding")
    func exact() throws {
        func score(_ days: Int, _ every: Int) throws -> Score {
            let tie = Tie(contact: Contact(id: ContactID("a"), name: "A"), cadence: try #require(Cadence(every: every)))
            return Score(daysSinceDue: days, tie: tie, isLate: false)
        }
        #expect(try score(1, 365) < score(1, 364) && score(1, 365).hundredths == score(1, 364).hundredths)
        #expect(try score(2, 6) == score(14, 42))
        #expect(try !(score(2, 6) < score(14, 42)))
    }

    /// People met on given days, and placed in a week that is free.
    static func stage(_ people: [(String, Network, String)]) -> PlannerStage {
        var stage = PlannerStage()
        for (index, (uid, network, met)) in people.enumerated() {
            stage.keep(uid, network, atWorst: 400)
            stage.meet(met + " \(padded(index % 12 + 8, 2)):00", with: [uid])
        }
        return stage
    }

    static func places(_ stage: PlannerStage, at now: Instant = ChoiceTests.now) -> [String] {
        stage.plan(at: now).nudges.map { nudge in
            "\(nudge.record.id.contacts[0].uid) " + (nudge.slot.map { Berlin.text($0.start) } ?? "\(nudge.waiting)")
        }
    }

    @Test("The best comes first; of equals the one due longer, then by UID")
    func order() {
        let stage = Self.stage([
            ("zoe", .strategic, "2025-12-09"), ("ben", .strategic, "2025-12-09"), ("cem", .strategic, "2025-12-08"),
            ("op", .operational, "2025-12-01"),
        ])
        #expect(Self.places(stage) == ["cem Mon 26 09:00", "ben Mon 26 11:00", "zoe Tue 27 09:00", "op Tue 27 11:00"])
    }

    @Test("Of equals by score and due date the UID decides, whatever their marks are called")
    func byUID() {
        var stage = Self.stage([("a", .strategic, "2025-12-20"), ("b", .strategic, "2025-12-09")])
        stage.rule("a") { $0.every = 31 }
        stage.rule("b") { $0.every = 42 }
        // Both fall due on 20 January, of marks that sort the other way round.
        #expect(Self.places(stage, at: Berlin.at("2026-01-20 08:00")) == ["a Tue 20 09:00", "b Tue 20 11:00"])
    }

    @Test(
        "A day holds per_day and a week per_week; the rest goes to the next, and then waits for the budget",
        arguments: [(2, 5), (1, 3), (3, 4), (2, 0), (0, 5)]
    )
    func budget(perDay: Int, perWeek: Int) {
        var stage = Self.stage((0..<16).map { ("p\(padded($0, 2))", Network.strategic, "2025-12-09") })
        (stage.policy.perDay, stage.policy.perWeek) = (perDay, perWeek)
        let plan = stage.plan(at: Self.now)
        let days = Dictionary(grouping: plan.nudges.compactMap { $0.slot?.start }) { Berlin.zone.date($0) }
        #expect(days.values.allSatisfy { $0.count <= perDay })
        let placed = min(perWeek, perDay * 5) * 2
        #expect(plan.nudges.count { $0.slot != nil } == placed)
        #expect(plan.nudges.count { $0.waiting == .budget } == 16 - placed)
    }

    @Test(
        "What was spent counts: today, this week, and not last week",
        arguments: [
            ("2026-01-26 08:05", 1, 1), ("2026-01-25 20:00", 0, 0), ("2026-01-19 10:00", 0, 0),
        ]
    )
    func spent(at: String, today: Int, week: Int) {
        var stage = Self.stage([("ben", .strategic, "2025-12-09"), ("cem", .strategic, "2025-12-09")])
        (stage.policy.perDay, stage.policy.perWeek) = (1, 1)
        stage.deliver(PlannerStage.record("met-2025-12-01", due: "2026-01-12"), at: at)
        let plan = stage.plan(at: Berlin.at("2026-01-26 10:30"))
        #expect(plan.spentToday == today && plan.spentThisWeek == week)
        // One a week: next week's is there in any case.
        #expect(plan.nudges.count { $0.slot != nil } == 2 - week)
    }

    @Test("What does not count against the budget is not spent: what was cancelled, failed or outside it")
    func notSpent() {
        for (state, isBudgeted) in [(DeliveryRecord.State.cancelled, true), (.failed, true), (.sent, false)] {
            var stage = Self.stage([("ben", .strategic, "2025-12-09")])
            stage.deliver(
                PlannerStage.record("met-2025-12-01", due: "2026-01-12"),
                at: "2026-01-26 08:05",
                isBudgeted: isBudgeted
            )
            stage.view.deliveries[0].state = state
            #expect(stage.plan(at: Self.now).spentThisWeek == 0)
        }
    }

    @Test("A repeat and what was put off come outside the budget, but before the others")
    func repeats() {
        var stage = Self.stage([("ben", .strategic, "2025-12-09"), ("cem", .strategic, "2025-12-08")])
        (stage.policy.perDay, stage.policy.perWeek) = (0, 0)
        let record = PlannerStage.record("met-2025-12-09", due: "2026-01-20", uid: "ben")
        stage.view.nudges = [record.shown(at: Berlin.at("2026-01-23 09:00"), wasSeen: false)]
        #expect(Self.places(stage).first == "ben Mon 26 09:00")
        #expect(stage.plan(at: Berlin.at("2026-01-26 09:00")).enqueued.map(\.isBudgeted) == [false])
        stage.view.nudges = [record.snoozed(until: Berlin.at("2026-01-26 09:00"), isNamed: false)]
        #expect(Self.places(stage, at: Berlin.at("2026-01-26 09:00")).first == "ben Mon 26 09:00")
    }

    @Test("The first moment after a meeting is preferred over an earlier one")
    func preferred() {
        var stage = Self.stage([("ben", .strategic, "2025-12-09"), ("cem", .strategic, "2025-12-08")])
        stage.block("2026-01-26 10:00", minutes: 55)
        #expect(Self.places(stage) == ["ben Mon 26 09:00", "cem Mon 26 11:00"])
        // Nine and eleven are two hours apart; a quarter of an hour less, and only the preferred one is left.
        stage.block("2026-01-26 09:40", minutes: 60)
        stage.contents.meetings.removeAll { $0.uid == "block-2026-01-26 10:00" }
        #expect(Self.places(stage) == ["cem Mon 26 10:45", "ben Mon 26 12:45"])
    }

    @Test("Moments of two networks keep two hours from each other")
    func acrossNetworks() {
        var stage = Self.stage([("jonas", .personal, "2025-12-09"), ("ben", .strategic, "2025-12-09")])
        stage.block("2026-01-26 09:00", minutes: 475)
        // Work has 17:00, and so a friend not 17:30.
        #expect(Self.places(stage) == ["ben Mon 26 17:00", "jonas Mon 26 19:30"])
    }

    @Test("Hours of two networks that overlap serve both")
    func overlap() throws {
        var stage = Self.stage([("jonas", .personal, "2025-12-09"), ("ben", .strategic, "2025-12-09")])
        stage.policy.personal = WeekHours(days: [.monday: [DayHours(start: 540, end: 1_200)].compactMap(\.self)])
        #expect(Self.places(stage) == ["ben Mon 26 09:00", "jonas Mon 26 11:00"])
        let slots = stage.plan(at: Self.now).nudges.compactMap(\.slot)
        #expect(slots.map { Berlin.text($0.end) } == ["Mon 26 17:30", "Mon 26 20:00"])
    }

    @Test("A call also needs eight to eight where the other is; a letter does not", arguments: [true, false])
    func calls(isCall: Bool) {
        var stage = Self.stage([("ben", .strategic, "2025-12-09")])
        stage.card("ben") { card in
            card.zone = Zone(name: "New York", rules: .fixed(seconds: -18_000))
            card.phones = ["+1 555 0100"]
            if isCall { card.emails = [] }
        }
        stage.log(.met, "2025-12-09", "ben")
        #expect(Self.places(stage) == [isCall ? "ben Mon 26 15:00" : "ben Mon 26 09:00"])
        // The moment of 13:00 is open still at 14:30, when it is half past eight there.
        let late = stage.plan(at: Berlin.at("2026-01-26 14:30"))
        #expect(late.enqueued.count == 1)
    }

    @Test("Capacity is what the cadences ask for a week, in hundredths; a rare one is not rounded away")
    func capacity() {
        var stage = PlannerStage()
        for index in 0..<10 { stage.keep("p\(index)", every: 365) }
        #expect(stage.plan(at: Self.now).demand == 19)
        #expect(PlannerStage().plan(at: Self.now).demand == 0)
    }
}
