import CivilTime
import KithCore
import KithTesting
import Testing

/// What becomes of nudges from day to day, by example: Ana was met on 9 December and is due since 20 January.
@Suite("Days, by example")
struct DayExampleTests {
    static let first = PlannerStage.reconnect("met-2025-12-09")

    static func stage() -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        return stage
    }

    /// Shown on the morning of 27 January, seen, not answered.
    static func shown() -> PlannerStage {
        var stage = stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 12:00")
        return stage
    }

    @Test("12: a meeting booked for 20 Feb holds the nudge; cancelled on 1 Feb it is pending that day, under its name")
    func bookedAndCancelled() throws {
        var stage = Self.stage()
        stage.meet("2026-02-20 10:00", uid: "booked")
        #expect(stage.play(from: "2026-01-27 08:00", until: "2026-02-01 00:00").isEmpty)
        let held = try #require(stage.plan(at: Berlin.at("2026-01-31 09:00")).waiting(Self.first))
        guard case .held(.booking(let booking)) = held else {
            Issue.record("\(held)")
            return
        }
        #expect(booking.uid == "booked")
        stage.cancel("booked")
        let plan = stage.turn(at: Berlin.at("2026-02-01 10:00"))
        #expect(plan.nudges.map(\.record.id) == [Self.first] && plan.nudges[0].record.state == .pending)
        // It was a Sunday: the first work moment is on Monday.
        #expect(plan.nudges[0].slot.map { Berlin.text($0.start) } == "Mon 2 09:00")
    }

    @Test("13: booked after delivery, cancelled on 1 Feb: a nudge of that day, due that day, sent the next")
    func withdrawn() throws {
        var stage = Self.shown()
        stage.meet("2026-02-20 10:00", uid: "booked")
        stage.turn(at: Berlin.at("2026-01-28 09:00"))
        #expect(stage.nudge(Self.first)?.state == .expired(.withdrawn))
        #expect(stage.play(from: "2026-01-28 09:00", until: "2026-02-01 00:00").isEmpty)
        stage.cancel("booked")
        let sent = stage.play(from: "2026-02-01 10:00", until: "2026-02-10 00:00")
        let again = PlannerStage.reconnect("withdrawn-2026-02-01")
        #expect(sent.map(\.nudges) == [[again]] && sent.map(\.at) == [Berlin.at("2026-02-02 09:00")])
        #expect(stage.nudge(again)?.due == Berlin.day("2026-02-01"))
    }

    @Test("14: a meeting 57 days ahead holds nothing")
    func bookedFarAhead() {
        var stage = Self.stage()
        stage.meet("2026-03-25 10:00")
        #expect(stage.play(from: "2026-01-27 08:00", until: "2026-01-28 00:00").map(\.nudges) == [[Self.first]])
    }

    @Test("24: a birthday on Thursday takes the place of the nudge that still waits, and of any for 14 days")
    func birthdayInstead() throws {
        var stage = Self.stage()
        stage.card("ana") { $0.birthday = AnnualDate(month: 1, day: 29) }
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-02-13 00:00")
        let birthday = NudgeID(kind: .birthday, contacts: [ContactID("ana")], cycle: "2026")
        #expect(sent.map(\.nudges) == [[birthday], [Self.first]])
        #expect(sent.map { Berlin.text($0.at) } == ["Thu 29 09:00", "Thu 12 09:00"])
        #expect(sent.map(\.isBudgeted) == [false, true])
    }

    /// What is free after a birthday on Thursday 29 January, and when it is told.
    struct Late: CustomTestStringConvertible {
        let testDescription: String
        let until: String
        let told: String?
    }

    @Test(
        "25: a birthday without five free minutes comes on Friday to Sunday, or not at all",
        arguments: [
            Late(testDescription: "full on Thursday", until: "2026-01-30 00:00", told: "Fri 30 09:00"),
            Late(testDescription: "full until Saturday noon", until: "2026-01-31 12:00", told: "Sat 31 12:05"),
            Late(testDescription: "free from Sunday 20:50", until: "2026-02-01 20:50", told: "Sun 1 20:55"),
            Late(testDescription: "free from Sunday 20:51", until: "2026-02-01 20:51", told: nil),
            Late(testDescription: "full until Monday", until: "2026-02-02 00:00", told: nil),
        ]
    )
    func birthdayLate(_ example: Late) throws {
        var stage = PlannerStage()
        stage.keep("mira", .personal, birthday: AnnualDate(month: 1, day: 29, year: 1980))
        stage.meet("2025-11-20 19:00", with: ["mira"])
        stage.meet("2026-01-20 19:00", with: ["mira"])
        let (start, end) = (Berlin.at("2026-01-29 00:00"), Berlin.at(example.until))
        stage.block("2026-01-29 00:00", minutes: end.seconds(since: start) / 60)
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-02-04 00:00")
        #expect(sent.map { Berlin.text($0.at) } == [example.told].compactMap(\.self))
        let record = try #require(stage.view.nudges.first)
        #expect(record.state == .expired(.past) && record.closed == Berlin.day("2026-02-02"))
    }

    @Test("26: evidence of 15 Jan arrives on 28 Jan: the nudge is answered by it, and the tie due on 26 Feb")
    func lateEvidence() {
        var stage = Self.shown()
        stage.meet("2026-01-15 10:00")
        let plan = stage.turn(at: Berlin.at("2026-01-28 09:00"))
        #expect(stage.nudge(Self.first)?.state == .answered(.evidence))
        #expect(plan.assessment()?.due == Berlin.day("2026-02-26"))
    }

    @Test("A clock that comes back from weeks ahead keeps two hours between bubbles")
    func backFromAhead() {
        var stage = PlannerStage()
        for uid in ["ana", "ben", "cem"] { stage.keep(uid, every: 7) }
        #expect(stage.play(from: "2026-03-09 09:00", until: "2026-03-09 09:01").count == 1)
        #expect(stage.play(from: "2026-01-27 09:00", until: "2026-01-27 10:59").count == 1)
    }

    @Test("27: a clock that jumps back a day after a delivery sends nothing again")
    func jumpsBack() {
        var stage = Self.shown()
        #expect(stage.play(from: "2026-01-26 08:00", until: "2026-01-29 00:00").isEmpty)
    }

    @Test("31: evidence of 30 Jan that arrives on 24 Feb voids what was ignored on 10 Feb")
    func ignoredVoid() {
        var stage = Self.shown()
        stage.play(from: "2026-01-27 12:00", until: "2026-02-20 08:00")
        stage.meet("2026-01-30 10:00")
        let plan = stage.turn(at: Berlin.at("2026-02-24 09:00"))
        #expect(plan.assessment()?.mark == Mark("met-2026-01-30"))
        #expect(plan.assessment()?.due == Berlin.day("2026-03-13"))
        #expect(plan.nudges.isEmpty)
    }

    @Test("32: evidence newer than the base answers a nudge of a later mark")
    func withdrawnAnswered() {
        var stage = Self.shown()
        stage.meet("2026-02-20 10:00", uid: "booked")
        stage.turn(at: Berlin.at("2026-01-28 09:00"))
        stage.cancel("booked")
        stage.play(from: "2026-02-01 10:00", until: "2026-02-03 00:00")
        let again = PlannerStage.reconnect("withdrawn-2026-02-01")
        #expect(stage.nudge(again)?.state == .delivered)
        stage.meet("2026-01-20 10:00")
        let plan = stage.turn(at: Berlin.at("2026-02-04 09:00"))
        #expect(stage.nudge(again)?.state == .answered(.evidence))
        #expect(plan.assessment()?.due == Berlin.day("2026-03-03"))
    }

    @Test("33: while the calendar's disk is away nothing is withdrawn or sent, and after it all is as before")
    func diskAway() throws {
        var stage = Self.stage()
        stage.keep("ben", firstSeen: "2026-01-02")
        stage.meet("2025-12-12 10:00", with: ["ben"])
        stage.meet("2026-02-10 10:00", with: ["ben"], uid: "booked")
        stage.contents.sources = [SourceReading(path: "/media/work", kind: .calendar, items: 4)]
        stage.play(from: "2026-01-27 08:00", until: "2026-01-28 08:00")
        let before = stage.view.nudges
        #expect(before.map(\.state) == [.delivered, .pending])
        let meetings = stage.contents.meetings
        stage.contents.meetings = []
        stage.contents.sources[0].items = 0
        stage.contents.sources[0].problem = "no such folder"
        #expect(stage.play(from: "2026-01-28 08:00", until: "2026-01-29 20:00").isEmpty)
        #expect(stage.plan(at: Berlin.at("2026-01-29 20:00")).goneSources.map(\.path) == ["/media/work"])
        #expect(stage.view.nudges == before)
        stage.contents.meetings = meetings
        stage.contents.sources = [SourceReading(path: "/media/work", kind: .calendar, items: 4)]
        let plan = stage.turn(at: Berlin.at("2026-01-29 20:01"))
        #expect(plan.goneSources.isEmpty && stage.view.nudges == before)
        #expect(plan.assessment()?.mark == Mark("met-2025-12-09"))
    }

    @Test(
        "34: locked for 60 days: three bubbles a nudge, then the digest only, past after 28 days, and the next one comes"
    )
    func lockedAway() throws {
        var stage = Self.stage()
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-03-28 00:00", wasSeen: false)
        #expect(sent.prefix(3).map { Berlin.text($0.at) } == ["Tue 27 09:00", "Tue 27 11:00", "Tue 27 13:00"])
        #expect(sent.map(\.isBudgeted) == [true, false, false, true, false, false])
        #expect(stage.nudge(Self.first)?.state == .expired(.past))
        #expect(stage.nudge(Self.first)?.closed == Berlin.day("2026-02-24"))
        // Ten days after it passed, and not counted as ignored.
        #expect(sent.dropFirst(3).first?.nudges == [PlannerStage.reconnect("again-2026-02-24")])
        #expect(sent.dropFirst(3).first.map { Berlin.text($0.at) } == "Fri 6 09:00")
        #expect(stage.plan(at: Berlin.at("2026-03-28 00:00")).assessment()?.ignoredInARow == 0)
    }
}
