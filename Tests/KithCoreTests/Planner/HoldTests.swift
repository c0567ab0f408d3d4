import CivilTime
import KithCore
import KithTesting
import Testing

/// What keeps a pending nudge back: Ana is due since 20 January, it is Tuesday the 27th.
@Suite("Holds")
struct HoldTests {
    static let now = Berlin.at("2026-01-27 10:00")
    static let id = PlannerStage.reconnect("met-2025-12-09")

    static func stage(_ change: (inout PlannerStage) -> Void = { _ in }) -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        change(&stage)
        return stage
    }

    /// What holds the nudge, in a word.
    static func hold(_ stage: PlannerStage) -> String? {
        let plan = stage.plan(at: now)
        guard case .held(let hold) = plan.waiting(id) else { return nil }
        #expect(plan.assessment()?.hold == hold)
        #expect(!plan.enqueued.contains { $0.key.subject == .nudges([id]) })
        return switch hold {
        case .booking(let booking): "booking \(booking.date)"
        case .pause(let until): "pause \(until)"
        case .birthday(let day): "birthday \(day)"
        case .source(let path): "source \(path)"
        case .recent(let until): "recent \(until)"
        }
    }

    @Test("Nothing holds a nudge by itself")
    func nothing() {
        #expect(Self.hold(Self.stage()) == nil)
        #expect(Self.stage().plan(at: Self.now).enqueued.map(\.key.subject) == [.nudges([Self.id])])
    }

    /// A meeting to come and whether it holds.
    struct Meeting: CustomTestStringConvertible {
        let day: String
        let people: Int
        let holds: Bool
        var testDescription: String { "\(people) on \(day)" }
    }

    @Test(
        "A booking within the cadence that weighs a half or more holds",
        arguments: [
            Meeting(day: "2026-01-27", people: 1, holds: true), Meeting(day: "2026-03-10", people: 4, holds: true),
            Meeting(day: "2026-03-11", people: 1, holds: false), Meeting(day: "2026-02-10", people: 5, holds: false),
        ]
    )
    func booking(_ meeting: Meeting) {
        let guests = ["ana"] + (1..<meeting.people).map { "guest\($0)" }
        let stage = Self.stage { $0.meet(meeting.day + " 18:00", with: guests) }
        #expect(Self.hold(stage) == (meeting.holds ? "booking \(meeting.day)" : nil))
    }

    @Test(
        "A pause holds until its day, that of everything as well",
        arguments: [("2026-01-28", true), ("2026-01-27", false)]
    )
    func pause(until: String, holds: Bool) {
        let expected = holds ? "pause \(until)" : nil
        #expect(Self.hold(Self.stage { $0.rule("ana") { $0.pausedUntil = Berlin.day(until) } }) == expected)
        #expect(Self.hold(Self.stage { $0.view.pausedUntil = Berlin.day(until) }) == expected)
    }

    @Test(
        "A birthday within ten days holds, and one that is not told yet",
        arguments: [(1, 27, true), (2, 6, true), (2, 7, false), (1, 26, true), (1, 23, false)]
    )
    func birthday(month: Int, day: Int, holds: Bool) throws {
        let annual = try #require(AnnualDate(month: month, day: day))
        let stage = Self.stage { $0.card("ana") { $0.birthday = annual } }
        // That of yesterday has not been told yet.
        #expect(Self.hold(stage) == (holds ? "birthday \(annual.date(in: 2026))" : nil))
    }

    @Test("An anniversary holds nothing")
    func anniversary() {
        #expect(Self.hold(Self.stage { $0.card("ana") { $0.anniversary = AnnualDate(month: 1, day: 29) } }) == nil)
    }

    @Test("A birthday across the new year holds")
    func newYear() {
        var stage = PlannerStage.withAna()
        stage.card("ana") { $0.birthday = AnnualDate(month: 1, day: 2) }
        stage.meet("2025-11-10 10:00")
        let plan = stage.plan(at: Berlin.at("2025-12-29 10:00"))
        #expect(plan.waiting(PlannerStage.reconnect("met-2025-11-10")) == .held(.birthday(Berlin.day("2026-01-02"))))
    }

    @Test(
        "A delivery holds every other reconnect of the tie for 14 days",
        arguments: [("2026-01-13", nil), ("2026-01-14", "recent 2026-01-28")] as [(String, String?)]
    )
    func recent(day: String, hold: String?) {
        let stage = Self.stage { stage in
            let old = PlannerStage.record("met-2025-11-01", due: "2025-12-13", state: .answered(.met), closed: day)
            var shown = old.shown(at: Berlin.at(day + " 09:00"), wasSeen: true)
            shown.state = old.state
            stage.view.nudges = [shown]
        }
        #expect(Self.hold(stage) == hold)
    }

    @Test("A nudge that was withdrawn and came back is not held by its own delivery")
    func withdrawn() {
        var stage = Self.stage { $0.meet("2026-02-20 10:00", uid: "booked") }
        var old = PlannerStage.record(
            "met-2025-12-09",
            due: "2026-01-20",
            state: .expired(.withdrawn),
            closed: "2026-01-26"
        )
        (old.showings, old.deliveredAt) = (1, Berlin.at("2026-01-26 09:00"))
        stage.view.nudges = [old]
        #expect(stage.plan(at: Self.now).nudges.isEmpty)
        stage.cancel("booked")
        let plan = stage.plan(at: Self.now)
        #expect(plan.enqueued.map(\.key.subject) == [.nudges([PlannerStage.reconnect("withdrawn-2026-01-27")])])
    }

    @Test("A source that is gone holds")
    func source() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-26 22:00"))
        stage.contents.sources = [SourceReading(path: "/a", kind: .calendar, items: 0, problem: "not there")]
        #expect(Self.hold(stage) == "source /a")
    }

    @Test("A source that is gone holds what waits beside an answer taken back")
    func besideDelivered() {
        var stage = Self.stage()
        stage.turn(at: Berlin.at("2026-01-26 22:00"))
        let earlier = PlannerStage.record("met-2025-10-01", due: "2025-11-12")
        stage.view.nudges.insert(earlier.shown(at: Berlin.at("2026-01-20 09:00"), wasSeen: true), at: 0)
        stage.contents.sources = [SourceReading(path: "/a", kind: .calendar, items: 0, problem: "not there")]
        let waiting = stage.plan(at: Self.now).nudges.filter { $0.record.state == .pending }.map(\.waiting)
        #expect(waiting == [.held(.source(path: "/a"))])
    }

    @Test("A pause is named before a booking, a booking before a birthday")
    func order() {
        var stage = Self.stage {
            $0.meet("2026-02-10 10:00")
            $0.card("ana") { $0.birthday = AnnualDate(month: 1, day: 29) }
            $0.view.pausedUntil = Berlin.day("2026-02-01")
        }
        #expect(Self.hold(stage) == "pause 2026-02-01")
        stage.view.pausedUntil = nil
        #expect(Self.hold(stage) == "booking 2026-02-10")
        stage.contents.meetings.removeLast()
        #expect(Self.hold(stage) == "birthday 2026-01-29")
    }

    @Test("A tie that is not due is held by nothing but a pause")
    func notDue() {
        var stage = Self.stage {
            $0.meet("2026-01-20 10:00", uid: "lately")
            $0.meet("2026-02-10 10:00")
            $0.card("ana") { $0.birthday = AnnualDate(month: 1, day: 29) }
            $0.deliver(PlannerStage.record("met-2025-11-01", due: "2025-12-13"), at: "2026-01-20 09:00")
        }
        #expect(stage.plan(at: Self.now).assessment()?.hold == nil)
        stage.rule("ana") { $0.pausedUntil = Berlin.day("2026-03-01") }
        #expect(stage.plan(at: Self.now).assessment()?.hold == .pause(until: Berlin.day("2026-03-01")))
    }

    @Test("What waits for an answer is not held")
    func delivered() {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 10:00")
        stage.card("ana") { $0.birthday = AnnualDate(month: 1, day: 29) }
        let plan = stage.plan(at: Self.now)
        #expect(plan.waiting(Self.id) == .answer && plan.assessment()?.hold == nil)
    }

    @Test("A pause holds a birthday too, and the message when it is over")
    func birthdayPaused() {
        var stage = PlannerStage()
        stage.keep("mira", .personal, birthday: AnnualDate(month: 1, day: 27))
        stage.view.pausedUntil = Berlin.day("2026-01-29")
        stage.meet("2025-11-20 10:00", with: ["mira"])
        stage.meet("2026-01-20 10:00", with: ["mira"])
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-01-31 00:00")
        #expect(sent.map { Berlin.text($0.at) } == ["Thu 29 09:00"])
    }

    @Test("A snooze whose instant has come is held like any other", arguments: [true, false])
    func snoozed(isNamed: Bool) {
        var stage = Self.stage { $0.view.pausedUntil = Berlin.day("2026-02-01") }
        let record = PlannerStage.record("met-2025-12-09", due: "2026-01-20")
        stage.view.nudges = [record.snoozed(until: Berlin.at("2026-01-27 09:30"), isNamed: isNamed)]
        let plan = stage.plan(at: Self.now)
        #expect(plan.waiting(Self.id) == .held(.pause(until: Berlin.day("2026-02-01"))))
        #expect(plan.enqueued.isEmpty)
    }
}
