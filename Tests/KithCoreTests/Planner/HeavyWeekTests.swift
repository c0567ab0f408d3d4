import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// Weeks with so much work that one line is asked for, and who is late without a moment.
@Suite("Heavy weeks")
struct HeavyWeekTests {
    /// Hours of the weeks before, the oldest first, and of the week.
    struct Load: CustomTestStringConvertible {
        let before: [Int64]
        let hours: Int64
        let isHeavy: Bool
        var testDescription: String { "\(hours) h after \(before)" }

        init(_ before: [Int64], _ hours: Int64, _ isHeavy: Bool) {
            (self.before, self.hours, self.isHeavy) = (before, hours, isHeavy)
        }
    }

    static let twelve = Array(repeating: Int64(20), count: 12)

    @Test(
        "A week is heavy above the 80th percentile, 1.25 medians and 15 hours, with four weeks known",
        arguments: [
            Load(twelve, 31, true), Load(twelve, 24, false), Load(twelve, 25, true),
            // Of ten weeks the eighth in size is the 80th percentile.
            Load([10, 10, 10, 10, 10, 10, 10, 30, 31, 32], 30, false),
            Load([10, 10, 10, 10, 10, 10, 10, 30, 31, 32], 31, true),
            Load([8, 8, 8, 8], 14, false), Load([8, 8, 8, 8], 15, true),
            Load([20, 20, 20], 40, false), Load([0, 0, 20, 20, 20], 40, false), Load([0, 20, 20, 20, 20], 40, true),
            // A holiday in between is known to have been one.
            Load([20, 0, 20, 20], 40, true), Load([], 40, false),
            // The lower of two middles: 20.
            Load([20, 20, 24, 24], 25, true), Load([21, 21, 24, 24], 26, false),
        ]
    )
    func threshold(_ load: Load) {
        #expect(HeavyWeek.isHeavy(load.hours * 3_600, after: load.before.map { $0 * 3_600 }) == load.isHeavy)
    }

    /// Twelve weeks of 20 hours, and one of so many minutes each day from 09:00.
    static func stage(minutes: Int64) -> PlannerStage {
        var stage = PlannerStage()
        for day in -84..<0 {
            let date = Berlin.day("2026-01-26").adding(days: day)
            if date.weekday < .saturday { stage.block("\(date) 09:00", minutes: 240) }
        }
        for day in 26...30 { stage.block("2026-01-\(day) 09:00", minutes: minutes) }
        for (index, uid) in ["ana", "ben", "cem"].enumerated() {
            stage.keep(uid, atWorst: 400)
            stage.meet("2025-12-0\(index + 1) 18:00", with: [uid])
        }
        stage.keep("jonas", .personal, atWorst: 400)
        stage.meet("2025-12-09 19:00", with: ["jonas"])
        return stage
    }

    static func places(_ plan: Plan) -> [String] {
        plan.nudges.map { nudge in
            "\(nudge.record.id.contacts[0].uid) " + (nudge.slot.map { Berlin.text($0.start) } ?? "\(nudge.waiting)")
                + (nudge.isOneLine ? " line" : "")
        }
    }

    @Test("29: twelve weeks of 20 h, this one 31 h: one line for work, friends as ever; 24 h: not heavy")
    func example() {
        let now = Berlin.at("2026-01-27 08:00")
        let heavy = Self.stage(minutes: 372).plan(at: now)
        #expect(heavy.isHeavyWeek)
        #expect(
            Self.places(heavy) == [
                "ana Tue 27 15:17 line", "jonas Tue 27 17:30", "ben Mon 2 09:00", "cem Mon 2 11:00",
            ]
        )
        let usual = Self.stage(minutes: 288).plan(at: now)
        #expect(!usual.isHeavyWeek && usual.nudges.allSatisfy { !$0.isOneLine })
        #expect(Self.places(usual).count { $0.contains("Mon") } == 0)
    }

    @Test("One line is asked for once, while it goes out and after; the rest waits")
    func once() {
        var stage = Self.stage(minutes: 372)
        let sent = stage.play(from: "2026-01-27 08:00", until: "2026-02-01 22:00")
        #expect(sent.map { Berlin.text($0.at) } == ["Tue 27 15:17", "Tue 27 17:30"] && sent.allSatisfy(\.isBudgeted))
        stage = Self.stage(minutes: 372)
        let now = Berlin.at("2026-01-27 15:17")
        stage.turn(at: now)
        #expect(stage.view.deliveries.map(\.state) == [.pending])
        #expect(Self.places(stage.plan(at: now)).first == "ana Tue 27 15:17 line")
    }

    @Test("In a heavy week a squeeze is enough, and it is used though the daemon wakes late", arguments: [0, 8])
    func squeeze(late: Int64) {
        var stage = Self.stage(minutes: 372)
        // All work hours are taken, but for ten minutes on Wednesday.
        for day in [26, 27, 29, 30] { stage.block("2026-01-\(day) 15:00", minutes: 150) }
        stage.block("2026-01-28 15:27", minutes: 123)
        #expect(Self.places(stage.plan(at: Berlin.at("2026-01-27 08:00"))).contains("ana Wed 28 15:17 line"))
        let wakes = Berlin.at("2026-01-28 15:17").adding(minutes: late)
        stage.turn(at: wakes)
        let sent = stage.send(at: wakes)
        #expect(sent.map(\.nudges) == [[PlannerStage.reconnect("met-2025-12-01")]])
        #expect(sent.first?.slot?.end == Berlin.at("2026-01-28 15:27"))
    }

    @Test("Nothing is left of a squeeze a minute before its end")
    func squeezeOver() {
        var stage = Self.stage(minutes: 372)
        for day in [26, 27, 29, 30] { stage.block("2026-01-\(day) 15:00", minutes: 150) }
        stage.block("2026-01-28 15:27", minutes: 123)
        #expect(stage.plan(at: Berlin.at("2026-01-28 15:26")).enqueued.isEmpty)
    }

    /// What is free in two weeks that are full, how late Ana is, and what becomes of it.
    struct Pressed: CustomTestStringConvertible {
        let testDescription: String
        let met: String
        let free: Int64
        let waits: String
    }

    @Test(
        "Who is late and has no moment has one line in the first squeeze, else the digest; who is due waits",
        arguments: [
            Pressed(testDescription: "late", met: "2025-11-20", free: 10, waits: "ana Thu 29 12:05 line"),
            Pressed(testDescription: "late, no squeeze", met: "2025-11-20", free: 4, waits: "ana digestOnly"),
            Pressed(testDescription: "due", met: "2025-12-09", free: 10, waits: "ana noMoment"),
            Pressed(testDescription: "late, a moment", met: "2025-11-20", free: 15, waits: "ana Thu 29 12:05"),
        ]
    )
    func pressed(_ example: Pressed) {
        var stage = PlannerStage.withAna()
        stage.meet("\(example.met) 18:00")
        for day in 0...13 where day != 3 {
            stage.block("\(Berlin.day("2026-01-26").adding(days: day)) 08:00", minutes: 720)
        }
        stage.block("2026-01-29 08:00", minutes: 240)
        let after = Berlin.at("2026-01-29 12:05").adding(minutes: example.free)
        stage.block("2026-01-29 \(Berlin.zone.local(after).time)", minutes: 480)
        #expect(Self.places(stage.plan(at: Berlin.at("2026-01-27 08:00"))) == [example.waits])
    }
}
