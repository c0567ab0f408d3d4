import CivilTime
import KithCore
import KithEngine
import Testing

@testable import KithTesting

/// That each rule of the simulation can be broken: histories made by hand, each with the one breach it has to find.
@Suite("Invariants")
struct InvariantTests {
    static let id = NudgeID(kind: .reconnect, contacts: [ContactID("p0")], cycle: "met-2025-12-09")
    static let key = DeliveryKey(subject: .nudges([id]), channel: .desktop, occasion: "1")
    static let sent = AttemptOutcome.sent(receipt: "1", wasSeen: true)

    /// One person, due since 20 January 2026, and a turn on Tuesday the 27th at eleven.
    struct Scene {
        var script = Script(seed: 1, days: 1)
        var now = Berlin.at("2026-01-27 11:00")
        var meetings = [PlannerStage.meeting("coffee", "2025-12-09 10:00", with: ["p0"])]
        var journal: [JournalEntry] = []
        var record = NudgeRecord(
            id: InvariantTests.id,
            reason: .due,
            mark: Mark("met-2025-12-09"),
            base: Mark("met-2025-12-09"),
            due: Berlin.day("2026-01-20"),
            opened: Berlin.day("2026-01-20")
        )
        var more: [NudgeRecord] = []
        var draws: [ChanceDraw] = []
        var pausedUntil: CivilDate?

        init() {
            script.policy = Policy(channels: [])
            script.people = [
                Script.Person(
                    uid: "p0",
                    name: "Ana",
                    email: "p0@example.org",
                    network: .strategic,
                    every: 42,
                    atWorst: 63,
                    birthday: nil,
                    isOfCircle: false
                )
            ]
        }

        var seen: TurnSeen {
            TurnSeen(
                oracle: Oracle(
                    zone: Berlin.zone,
                    now: now,
                    people: script.people,
                    meetings: meetings,
                    journal: journal
                ),
                contents: Contents(),
                view: LedgerView(
                    nudges: [record] + more,
                    firstSeen: [ContactID("p0"): Berlin.day("2025-10-01")],
                    pausedUntil: pausedUntil,
                    draws: draws
                ),
                outlook: nil,
                isWhole: true,
                wanted: now,
                setup: SimulatedWorld.setup(script, script.policy, Berlin.zone),
                channelsDown: []
            )
        }
    }

    /// What is broken in a scene, by the steps of one turn.
    static func rule(
        _ steps: [Trace.Step],
        _ change: (inout Scene) -> Void = { _ in },
        _ prepare: (inout Invariants) -> Void = { _ in }
    ) -> String? {
        var scene = Scene()
        change(&scene)
        var invariants = Invariants(scene.script)
        prepare(&invariants)
        do {
            try invariants.judge(steps, scene.seen)
            return nil
        } catch {
            return (error as? Violation)?.rule
        }
    }

    static let whole: [Trace.Step] = [.begun(key, number: 1), .sent(key, nil, sent), .finished(key, sent)]

    @Test("A delivery as it should be breaks nothing")
    func good() {
        #expect(Self.rule(Self.whole) == nil)
    }

    @Test("The order of row, message and receipt is held")
    func order() {
        let (begun, sent, finished) = (Self.whole[0], Self.whole[1], Self.whole[2])
        #expect(Self.rule([sent, begun, finished]) == "attempt row")
        #expect(Self.rule([begun, finished, sent]) == "receipt first")
        #expect(Self.rule(Self.whole + [.begun(Self.key, number: 2), sent]) == "sent twice")
        #expect(Self.rule([.tookStalePlan]) == "revision")
        let second = DeliveryKey(subject: Self.key.subject, channel: .desktop, occasion: "2")
        #expect(Self.rule([begun, sent, .begun(second, number: 1), .sent(second, nil, Self.sent)]) == "occasion")
        let other = DeliveryKey(subject: Self.key.subject, channel: .email, occasion: "1")
        #expect(Self.rule([begun, sent, .begun(other, number: 1), .sent(other, nil, Self.sent)]) == "two keys")
    }

    @Test("Quiet and busy time, hours and days off are held")
    func time() {
        #expect(Self.rule(Self.whole) { $0.now = Berlin.at("2026-01-27 21:30") } == "quiet")
        #expect(Self.rule(Self.whole) { $0.now = Berlin.at("2026-01-27 07:59") } == "quiet")
        #expect(Self.rule(Self.whole) { $0.now = Berlin.at("2026-01-27 18:00") } == "hours")
        #expect(Self.rule(Self.whole) { $0.now = Berlin.at("2026-01-31 11:00") } == "hours")
        func block(_ start: String) -> (inout Scene) -> Void {
            { $0.meetings.append(PlannerStage.meeting("block", "2026-01-27 \(start)", minutes: 30, with: [])) }
        }
        #expect(Self.rule(Self.whole, block("10:45")) == "busy")
        #expect(Self.rule(Self.whole, block("10:26")) == "busy")
        #expect(Self.rule(Self.whole, block("10:25")) == nil)
        #expect(Self.rule(Self.whole, block("11:04")) == "too short")
        #expect(Self.rule(Self.whole) { $0.meetings.append(holiday) } == "hours")
    }

    private var holiday: Meeting {
        var holiday = PlannerStage.allDay("holiday", "2026-01-27")
        holiday.role = .holidays
        return holiday
    }

    @Test("Only who is kept, due and held by nothing is asked about")
    func wanted() {
        #expect(Self.rule(Self.whole) { $0.script.people[0].isDropped = true } == "not kept")
        #expect(Self.rule(Self.whole) { $0.script.people[0].isDeceased = true } == "not kept")
        #expect(Self.rule(Self.whole) { $0.script.people[0].pausedUntil = Berlin.day("2026-01-28") } == "paused")
        #expect(Self.rule(Self.whole) { $0.script.people[0].every = 60 } == "not due")
        #expect(
            Self.rule(Self.whole) { $0.meetings.append(PlannerStage.meeting("next", "2026-02-20 10:00", with: ["p0"])) }
                == "booked"
        )
        #expect(
            Self.rule(Self.whole) { $0.script.people[0].birthday = AnnualDate(month: 2, day: 6) } == "birthday near"
        )
        #expect(Self.rule(Self.whole, prepare: { $0.answered = [Self.id] }) == "answered")
        #expect(
            Self.rule(Self.whole, prepare: { $0.snoozed[Self.id] = (Berlin.at("2026-01-27 12:00"), false) })
                == "snoozed"
        )
        #expect(Self.rule(Self.whole, prepare: { $0.goneSince["/cal"] = Berlin.at("2026-01-27 10:00") }) == "source")
    }

    private static func rule(_ steps: [Trace.Step], prepare: (inout Invariants) -> Void) -> String? {
        rule(steps, { _ in }, prepare)
    }

    @Test("The limits of day and week, and two hours between bubbles, are held")
    func limits() {
        func earlier(_ times: [String]) -> (inout Invariants) -> Void {
            { invariants in
                for (number, time) in times.enumerated() {
                    let id = NudgeID(kind: .reconnect, contacts: [ContactID("p\(number + 1)")], cycle: "met-2025-12-09")
                    let key = DeliveryKey(subject: .nudges([id]), channel: .desktop, occasion: "1")
                    invariants.sends.append(
                        Invariants.Send(
                            at: Berlin.at(time),
                            key: key,
                            ids: [id],
                            attempt: 1,
                            outcome: Self.sent,
                            isReceipted: true,
                            isBudgeted: true,
                            epoch: 0
                        )
                    )
                }
            }
        }
        #expect(Self.rule(Self.whole, prepare: earlier(["2026-01-27 08:30", "2026-01-27 08:40"])) == "day's budget")
        let week = ["26 09:00", "26 12:00", "25 13:00", "26 13:00", "26 15:00", "26 17:00"].map { "2026-01-\($0)" }
        #expect(Self.rule(Self.whole, prepare: earlier(week)) == "week's budget")
        #expect(Self.rule(Self.whole, prepare: earlier(Array(week.prefix(5)))) == nil)
        #expect(Self.rule(Self.whole, prepare: earlier(["2026-01-27 09:01"])) == "two hours")
    }

    @Test("A nudge ends for a reason, and never goes missing")
    func records() {
        func next(_ change: @escaping (inout Scene) -> Void) -> String? {
            let scene = Scene()
            var after = scene
            var invariants = Invariants(scene.script)
            change(&after)
            do {
                try invariants.judge(Self.whole, scene.seen)
                try invariants.judge([], after.seen)
                return nil
            } catch {
                return (error as? Violation)?.rule
            }
        }
        #expect(next { _ in } == nil)
        #expect(next { $0.record = $0.record.expired(.ignored, on: Berlin.day("2026-01-27")) } == "ignored")
        #expect(next { $0.record = $0.record.expired(.withdrawn, on: Berlin.day("2026-01-27")) } == "withdrawn")
        #expect(next { $0.record.closed = Berlin.day("2026-01-27") } == "closed")
        let other = NudgeID(kind: .reconnect, contacts: [ContactID("p0")], cycle: "met-2025-12-10")
        func record(_ id: NudgeID) -> NudgeRecord {
            NudgeRecord(id: id, reason: .due, due: Berlin.day("2026-01-20"), opened: Berlin.day("2026-01-20"))
        }
        #expect(next { $0.more = [record(other)] } == "two open")
        #expect(next { $0.record = record(other) } == "lost")
        let counted = NudgeID(kind: .reconnect, contacts: [ContactID("p0")], cycle: "7")
        #expect(next { $0.more = [record(counted).expired(.past, on: Berlin.day("2026-01-27"))] } == "identity")
    }
}
