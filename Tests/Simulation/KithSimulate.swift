import CivilTime
import Foundation
import GRDB
import Glibc
import KithCore
import KithLedger
import KithTesting

/// `kith-simulate --years N [--seed S]` plays lives of two years each, from a seed on, and ends with 1 at the first that breaks
/// what must always hold: its seed, and the shortest history found that still breaks it.
///
/// `--replay SEED` plays one. What is on the real clock is only how long it took.
@main
struct KithSimulate {
    static let daysOfLife = 730

    static func main() async throws {
        var years = 10
        var seed: UInt64 = 1
        var workers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        var isReplay = false
        var shrinks = true
        var arguments = CommandLine.arguments.dropFirst()
        while let option = arguments.popFirst() {
            guard let value = arguments.popFirst().flatMap({ UInt64($0) }) else { usage() }
            switch option {
            case "--years": years = Int(value)
            case "--seed": seed = value
            case "--no-shrinking": shrinks = value == 0
            case "--workers": workers = Int(value)
            case "--replay": (seed, isReplay, years) = (value, true, 2)
            default: usage()
            }
        }
        let lives = isReplay ? 1 : max(1, (years + 1) / 2)
        try await play(seed..<(seed + UInt64(lives)), workers: workers, shrinks: shrinks)
    }

    static func usage() -> Never {
        print("usage: kith-simulate [--years N] [--seed S] [--workers N] | --replay SEED")
        exit(EX_USAGE)
    }

    /// One life: in memory, or every tenth over real files.
    static func life(_ script: Script) async -> LifeReport {
        do {
            guard !script.seed.isMultiple(of: 10) else {
                let files = try FileSource(zone: script.zone)
                let path = files.ledger
                let ground = Ground(source: files) { try SQLiteLedger.open(path: path, readOnly: false) }
                return try await SimulatedWorld(script, on: ground).run()
            }
            if script.isUpgraded {
                let folder = try TemporaryFolder()
                let path = folder.path + "/ledger.sqlite"
                try makeOldLedger(at: path)
                let ground = Ground(source: MemorySource()) { try SQLiteLedger.open(path: path, readOnly: false) }
                defer { extendLifetime(folder) }
                return try await SimulatedWorld(script, on: ground).run()
            }
            let ledger = try SQLiteLedger.inMemory()
            let world = try SimulatedWorld(script, on: Ground(source: MemorySource()) { ledger })
            return await world.run()
        } catch {
            print("cannot begin: \(error)")
            exit(EX_SOFTWARE)
        }
    }

    /// A ledger as the first schema has it, with rows in every table and state.
    private static func makeOldLedger(at path: String) throws {
        let dump = "KithLedgerTests/Fixtures/v1.sql"
        let file = URL(filePath: #filePath).appending(path: "../../\(dump)").standardized
        let database = try DatabaseQueue(path: path)
        let text = try String(contentsOf: file, encoding: .utf8)
        try database.write { try $0.execute(sql: text) }
        try database.close()
    }

    static func play(_ seeds: Range<UInt64>, workers: Int, shrinks: Bool) async throws {
        let clock = ContinuousClock()
        let began = clock.now
        var (turns, deliveries, done) = (0, 0, 0)
        var broken: (seed: UInt64, violation: Violation)?
        await withTaskGroup(of: (UInt64, LifeReport).self) { group in
            var next = seeds.lowerBound
            func start() {
                guard next < seeds.upperBound, broken == nil else { return }
                let seed = next
                next += 1
                group.addTask { (seed, await life(Script(seed: seed, days: daysOfLife))) }
            }
            for _ in 0..<workers { start() }
            for await (seed, report) in group {
                (turns, deliveries, done) = (turns + report.turns, deliveries + report.deliveries, done + 1)
                if let violation = report.violation, broken.map({ seed < $0.seed }) ?? true {
                    broken = (seed, violation)
                }
                if done % 50 == 0 { say("\(done * 2) years, seed \(seed)") }
                start()
            }
        }
        if let (seed, violation) = broken {
            say("seed \(seed) breaks: \(violation)")
            if shrinks { await explain(seed, violation) }
            exit(1)
        }
        let seconds = Double((clock.now - began).components.seconds) + 0.001
        let speed = (Double(done * 2) / seconds * 10).rounded() / 10
        print(
            "\(done * 2) years, \(turns) turns, \(deliveries) deliveries, seeds \(seeds.lowerBound) to \(seeds.upperBound - 1), "
                + "\(speed) years a second"
        )
    }

    /// Prints a line at once.
    static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Prints what broke, and the shortest way to it.
    static func explain(_ seed: UInt64, _ violation: Violation) async {
        let script = Script(seed: seed, days: daysOfLife)
        let short = await script.shrunk(breaking: violation.rule, tries: 150) { await life($0).violation }
        let (people, policy) = (short.people, short.policy)
        print(
            "of \(script.events.count) events these \(short.events.count) are enough; zone \(short.zone.name), from \(short.start)"
        )
        print("quiet \(policy.quiet.start)-\(policy.quiet.end), \(policy.perDay) a day, \(policy.perWeek) a week")
        for event in short.events { print("  \(event)") }
        let report = await life(short)
        for step in report.lastSteps { print("    \(step)") }
        if let violation = report.violation { print("then \(violation)") }
        print("\(people.count) people; replay: kith-simulate --replay \(seed)")
    }
}
