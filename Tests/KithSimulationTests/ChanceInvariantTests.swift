import CivilTime
import KithCore
import Testing

@testable import KithTesting

/// That what is left to chance is judged: on Tuesday, 27 January 2026, Ana has been drawn for the week and is named.
@Suite("Invariants of chance")
struct ChanceInvariantTests {
    typealias Scene = InvariantTests.Scene

    static let ana = ContactID("p0")
    static let week = ISOWeek(containing: Berlin.day("2026-01-27"))
    static let id = NudgeID(kind: .reconnect, contacts: [ana], cycle: week.description)

    /// Met on 9 December and asked about once a year: nobody would have planned her.
    static func scene() -> Scene {
        var scene = Scene()
        scene.script.policy.chaos = 0.2
        (scene.script.people[0].every, scene.script.people[0].atWorst) = (365, 400)
        scene.draws = [ChanceDraw(week: week, contacts: [ana])]
        scene.record = NudgeRecord(
            id: id,
            reason: .chance,
            base: Mark("met-2025-12-09"),
            due: week.monday,
            opened: week.monday
        )
        return scene
    }

    /// What is broken, turn by turn.
    static func rule(_ turns: [Scene], _ steps: [Trace.Step] = [], sends: [Invariants.Send] = []) -> String? {
        var invariants = Invariants(turns[0].script)
        invariants.sends = sends
        do {
            for turn in turns { try invariants.judge(steps, turn.seen) }
            return nil
        } catch {
            return (error as? Violation)?.rule
        }
    }

    static func rule(_ change: (inout Scene) -> Void) -> String? {
        var scene = scene()
        change(&scene)
        return rule([scene])
    }

    @Test("Whom nobody would have planned may be drawn")
    func good() {
        let key = DeliveryKey(subject: .nudges([Self.id]), channel: .desktop, occasion: "1")
        let sent = InvariantTests.sent
        let whole: [Trace.Step] = [.begun(key, number: 1), .sent(key, nil, sent), .finished(key, sent)]
        #expect(Self.rule([Self.scene()], whole) == nil)
        var off = Self.scene()
        off.script.policy.chaos = 0
        off.draws = []
        #expect(Self.rule([off], whole) == "no chance")
    }

    @Test("Nobody is drawn who is near, planned, dropped or just asked about")
    func pool() {
        func meet(_ uid: String, _ start: String, among others: Int = 0) -> (inout Scene) -> Void {
            { $0.meetings.append(PlannerStage.meeting(uid, start, with: ["p0"] + (0..<others).map { "x\($0)" })) }
        }
        #expect(Self.rule { $0.script.people[0].isDropped = true } == "drawn")
        #expect(Self.rule { $0.script.people[0].isDeceased = true } == "drawn")
        #expect(Self.rule { $0.script.people[0].pausedUntil = Berlin.day("2026-01-28") } == "drawn")
        #expect(Self.rule { $0.script.people[0].birthday = AnnualDate(month: 2, day: 6) } == "drawn")
        #expect(Self.rule { $0.script.people[0].every = 70 } == "drawn")
        #expect(Self.rule { $0.script.people[0].isStranger = true } == "drawn")
        #expect(Self.rule(meet("crowd", "2025-12-30 10:00", among: 20)) == "drawn")
        #expect(Self.rule(meet("before", "2025-12-29 10:00")) == nil)
        #expect(Self.rule(meet("next", "2026-02-22 10:00")) == "drawn")
        #expect(Self.rule(meet("later", "2027-02-23 10:00")) == nil)
        let known: (inout Scene) -> Void = {
            $0.script.people[0].isStranger = true
            $0.meetings.append(PlannerStage.meeting("tea", "2025-12-02 10:00", with: ["p0"]))
        }
        #expect(Self.rule(known) == nil)
        func shown(_ time: String) -> String? {
            let id = NudgeID(kind: .birthday, contacts: [Self.ana], cycle: "2025")
            let send = Invariants.Send(
                at: Berlin.at(time),
                key: DeliveryKey(subject: .nudges([id]), channel: .desktop, occasion: "1"),
                ids: [id],
                attempt: 1,
                outcome: InvariantTests.sent,
                isReceipted: true,
                isBudgeted: false,
                epoch: 0
            )
            return Self.rule([Self.scene()], sends: [send])
        }
        #expect(shown("2025-08-01 12:00") == "drawn")
        #expect(shown("2025-07-30 12:00") == nil)
    }

    @Test("A week has one draw, of at most its share")
    func once() {
        let empty = ChanceDraw(week: Self.week, contacts: [])
        var (none, gone, other, paused) = (Self.scene(), Self.scene(), Self.scene(), Self.scene())
        none.draws = [empty]
        none.record = Scene().record
        gone.draws = []
        other.draws = [ChanceDraw(week: Self.week, contacts: [ContactID("x")])]
        #expect(Self.rule([Self.scene(), other]) == "drawn again")
        #expect(Self.rule([Self.scene(), gone]) == "draw lost")
        #expect(Self.rule { $0.draws = [empty] } == "not drawn")
        let two = ChanceDraw(week: Self.week, contacts: [Self.ana, ContactID("x")])
        #expect(Self.rule { $0.draws = [two] } == "drawn too many")
        #expect(Self.rule { $0.script.policy.chaos = 0 } == "no chance")
        paused.pausedUntil = Berlin.day("2026-01-28")
        #expect(Self.rule([paused]) == "no chance")
    }

    @Test("Whoever was not shown passes with the week, and goes for a reason")
    func ends() {
        var (next, withdrawn) = (Self.scene(), Self.scene())
        next.now = Berlin.at("2026-02-02 11:00")
        #expect(Self.rule([Self.scene(), next]) == "chance stays")
        next.record = next.record.expired(.past, on: Berlin.day("2026-02-02"))
        #expect(Self.rule([Self.scene(), next]) == nil)
        withdrawn.record = withdrawn.record.expired(.withdrawn, on: Berlin.day("2026-01-27"))
        #expect(Self.rule([Self.scene(), withdrawn]) == "withdrawn")
        withdrawn.meetings.append(PlannerStage.meeting("next", "2026-02-20 10:00", with: ["p0"]))
        #expect(Self.rule([Self.scene(), withdrawn]) == nil)
    }
}
