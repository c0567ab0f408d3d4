import Foundation
import Systemd
import Testing

/// The timer, by the machine's own clock: what it is told is near enough to wait for.
@Suite("The wall-clock timer", .timeLimit(.minutes(1)))
struct WallClockTimerTests {
    private func now() -> Int64 {
        Int64(Date.now.timeIntervalSince1970)
    }

    private func isFirstReached(_ timer: WallClockTimer) async -> Bool {
        for await event in timer.events {
            if case .reached = event { return true }
        }
        return false
    }

    @Test("A time that has passed is reached at once", arguments: [Int64.min, -1, 0, 1, 1_769_500_800])
    func passed(seconds: Int64) async throws {
        let timer = try WallClockTimer()
        timer.set(seconds)
        #expect(await isFirstReached(timer))
    }

    @Test("A coming second is reached when it comes")
    func coming() async throws {
        let timer = try WallClockTimer()
        let goal = now() + 2
        timer.set(goal)
        #expect(await isFirstReached(timer))
        #expect(now() >= goal)
    }

    @Test("The time set last is the one that counts")
    func again() async throws {
        let timer = try WallClockTimer()
        timer.set(.max)
        timer.set(now() + 100_000)
        timer.set(now() - 1)
        #expect(await isFirstReached(timer))
        // Once reached it is silent until it is set anew.
        timer.set(now() + 100_000)
        async let isReached = isFirstReached(timer)
        try await Task.sleep(for: .milliseconds(200))
        timer.stop()
        #expect(await isReached == false)
    }

    @Test("A timer that is stopped, or gone, ends its events")
    func stops() async throws {
        let timer = try WallClockTimer()
        timer.stop()
        timer.stop()
        for await event in timer.events { Issue.record("\(event)") }
        var gone: WallClockTimer? = try WallClockTimer()
        let events = try #require(gone?.events)
        gone = nil
        for await event in events { Issue.record("\(event)") }
    }
}
