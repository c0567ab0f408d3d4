import KithTesting
import Testing

@testable import kith_simulate

/// Lives that are played in every test run, and what makes a failing one useful.
@Suite("Simulation")
struct SimulationTests {
    @Test(
        "What must always hold does so through some months, in memory and over files",
        .timeLimit(.minutes(5)),
        arguments: [2, 10] as [UInt64]
    )
    func holds(seed: UInt64) async {
        let report = await KithSimulate.life(Script(seed: seed, days: 90))
        #expect(report.violation == nil, "seed \(seed)")
        #expect(report.turns > 90 && report.deliveries > 0)
    }

    @Test("A seed is the same life to the last step", arguments: [5, 6] as [UInt64])
    func replays(seed: UInt64) async {
        let script = Script(seed: seed, days: 60)
        let (first, second) = (await KithSimulate.life(script), await KithSimulate.life(script))
        #expect(first.digest == second.digest && first.turns == second.turns && first.digest != 0)
        #expect(await KithSimulate.life(Script(seed: seed + 1, days: 60)).digest != first.digest)
    }

    @Test("A history is shortened to what still breaks the rule")
    func shrinks() async {
        let script = Script(seed: 7, days: 60)
        let needed = Set([3, script.events.count / 2, script.events.count - 5].map { script.events[$0] })
        let short = await script.shrunk(breaking: "a", tries: 400) { candidate in
            let isBroken = needed.isSubset(of: candidate.events)
            return Violation(rule: isBroken ? "a" : "b", at: "", text: "")
        }
        #expect(Set(short.events) == needed && short.events.count == needed.count)
    }
}
