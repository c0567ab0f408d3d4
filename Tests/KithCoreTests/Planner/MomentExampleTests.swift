import CivilTime
import KithCore
import KithTesting
import Testing

/// Where a nudge finds its moment, by example: Ana is due since 20 January, it is Tuesday 27 January.
@Suite("Moments, by example")
struct MomentExampleTests {
    static func stage() -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        return stage
    }

    static func moments(_ stage: PlannerStage) -> [Moment] {
        let world = stage.world(at: Berlin.at("2026-01-27 08:00"))
        return KithCore.moments(on: PlannerStage.today, network: .strategic, world: world, policy: stage.policy)
    }

    @Test("16: a daemon that wakes late uses the moment that is open, and says until when it is free")
    func wakesLate() throws {
        var stage = Self.stage()
        stage.block("2026-01-27 09:00", minutes: 305)
        stage.block("2026-01-27 14:30", minutes: 180)
        let moment = try #require(Self.moments(stage).first)
        #expect(moment.start == Berlin.at("2026-01-27 14:10") && moment.freeUntil == Berlin.at("2026-01-27 14:30"))
        #expect(moment.openUntil == Berlin.at("2026-01-27 14:25") && moment.isPreferred)
        let sent = stage.play(from: "2026-01-27 14:16", until: "2026-01-27 20:00")
        #expect(sent.map(\.at) == [Berlin.at("2026-01-27 14:16")])
        #expect(sent.first?.slot?.end == Berlin.at("2026-01-27 14:30"))
    }

    @Test("16: from five minutes before its end on it is used no more", arguments: [("14:24", true), ("14:25", false)])
    func tooLate(time: String, isUsed: Bool) {
        var stage = Self.stage()
        stage.block("2026-01-27 09:00", minutes: 305)
        stage.block("2026-01-27 14:30", minutes: 180)
        let sent = stage.play(from: "2026-01-27 \(time)", until: "2026-01-27 20:00")
        #expect(sent.isEmpty != isUsed)
    }

    @Test(
        "17, 18: a gap of fifteen minutes holds one moment, one of ten is a squeeze",
        arguments: [(20, 1, 0), (15, 0, 1), (10, 0, 1), (9, 0, 0)]
    )
    func squeeze(minutes: Int64, moments: Int, squeezes: Int) {
        var stage = Self.stage()
        stage.block("2026-01-27 09:00", minutes: 180)
        stage.block("2026-01-27 12:\(minutes < 10 ? "0" : "")\(minutes)", minutes: 330 - minutes)
        let world = stage.world(at: Berlin.at("2026-01-27 08:00"))
        #expect(Self.moments(stage).count == moments)
        let found = KithCore.squeezes(on: PlannerStage.today, network: .strategic, world: world, policy: stage.policy)
        #expect(found.count == squeezes)
        #expect(found.allSatisfy { $0.start == Berlin.at("2026-01-27 12:05") })
    }

    @Test("19: two were delivered today; the third goes to tomorrow")
    func third() throws {
        var stage = Self.stage()
        for uid in ["ben", "cem"] {
            stage.keep(uid)
            stage.meet("2025-12-09 1\(uid == "ben" ? 1 : 2):00", with: [uid])
            let record = PlannerStage.record("met-2025-12-09", due: "2026-01-20", uid: uid)
            stage.deliver(record, at: "2026-01-27 \(uid == "ben" ? "09" : "11"):00")
        }
        let plan = stage.plan(at: Berlin.at("2026-01-27 13:30"))
        #expect(plan.spentToday == 2 && plan.spentThisWeek == 2 && plan.enqueued.isEmpty)
        let slot = try #require(plan.nudges.first { $0.record.id == PlannerStage.reconnect("met-2025-12-09") }?.slot)
        #expect(Berlin.text(slot.start) == "Wed 28 09:00")
    }

    @Test("20: a holiday on Monday moves the digest, and takes the work hours but not a friend's")
    func holiday() throws {
        var stage = Self.stage()
        stage.keep("jonas", .personal)
        stage.meet("2025-12-09 19:00", with: ["jonas"])
        var holiday = PlannerStage.allDay("holiday", "2026-02-02")
        holiday.role = .holidays
        stage.contents.meetings.append(holiday)
        let now = Berlin.at("2026-02-02 08:00")
        let world = stage.world(at: now)
        let day = digestDay(
            in: ISOWeek(containing: PlannerStage.today.adding(days: 7)),
            from: .monday,
            world: world,
            policy: stage.policy
        )
        #expect(day == Berlin.day("2026-02-03"))
        let plan = stage.plan(at: now)
        #expect(plan.nudges.compactMap { $0.slot.map { Berlin.text($0.start) } } == ["Mon 2 17:30", "Tue 3 09:00"])
        #expect(plan.nudges.map(\.network) == [.personal, .strategic])
    }

    @Test(
        "23: whoever was born on 29 February has a birthday on the 28th in other years",
        arguments: [(2026, 28), (2028, 29)]
    )
    func leapDay(year: Int, day: Int) throws {
        let born = try #require(AnnualDate(month: 2, day: 29, year: 1988))
        #expect(born.date(in: year) == CivilDate(year: year, month: 2, day: day))
        var stage = PlannerStage()
        stage.keep("mira", .personal, birthday: born)
        let date = try #require(CivilDate(year: year, month: 2, day: day))
        let birthdays = stage.plan(at: Berlin.at(date, "08:30")).nudges.filter { $0.record.id.kind == .birthday }
        #expect(birthdays.map(\.record.due) == [date])
        #expect(birthdays.first?.slot?.start == Berlin.at(date, "09:00"))
    }

    @Test("28: a meeting in the hour that comes twice is one busy interval of two real hours")
    func foldedHour() throws {
        let start = Berlin.at("2026-10-25 02:30")
        let end = Berlin.at("2026-10-25 03:30")
        var stage = PlannerStage.withAna()
        var meeting = PlannerStage.meeting("night", "2026-10-25 02:30")
        meeting.end = end
        stage.contents.meetings = [meeting]
        let busy = stage.world(at: Berlin.at("2026-10-20 09:00")).busy
        #expect(busy == [Interval(start: start, end: end)].compactMap(\.self))
        #expect(busy.map(\.seconds) == [7_200])
    }

    @Test("30: of 500 imported today the first is due 13 days ahead; five a week, and a round takes a hundred weeks")
    func imported() throws {
        var stage = PlannerStage()
        for index in 0..<500 { stage.keep("person-\(index)", firstSeen: nil) }
        let plan = stage.turn(at: Berlin.at("2026-01-27 14:16"))
        let days = plan.assessments.values.map { $0.due.days(since: PlannerStage.today) }
        #expect(days.min() == 13 && days.max() == 42 && Set(days).count == 30)
        #expect(plan.nudges.isEmpty && plan.demand == 8_333)
        // Seven days of nobody, then as many as the budget grants.
        let sent = stage.play(from: "2026-02-09 08:00", until: "2026-02-23 00:00")
        #expect(sent.count == 10 && Set(sent.map(\.nudges)).count == 10)
    }
}
