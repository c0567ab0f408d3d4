import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

/// What somebody with too much work reads.
@Suite("A heavy week's bubble")
struct HeavyWeekTests {
    @Test("After twelve weeks of 20 h a week of 31 h asks for one line, and one of 24 h for more", arguments: [31, 24])
    func words(hours: Int64) async throws {
        let stage = try Stage()
        let monday = Stage.day("2026-01-26")
        for offset in -84...4 {
            let day = monday.adding(days: offset)
            guard day.weekday < .saturday else { continue }
            let start = Zone.utc.start(of: day).adding(minutes: 540)
            let minutes = (offset < 0 ? 20 : hours) * 12
            stage.source.held.meetings.append(
                Meeting(
                    uid: "busy \(offset)",
                    start: start,
                    end: start.adding(minutes: minutes),
                    firstDay: day,
                    endDay: day.adding(days: 1)
                )
            )
        }
        try await stage.turns(from: Stage.at(hour: 8), until: Stage.at(hour: 20))
        let sent = try #require(stage.desktop.attempts.first)
        #expect(stage.desktop.attempts.count == 1 && stage.engine.latest?.plan.isHeavyWeek == (hours == 31))
        let line = "Heavy week. One line is enough; the rest waits."
        #expect((sent.message.body == line) == (hours == 31), "\(sent.message.body)")
    }
}
