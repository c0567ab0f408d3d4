import KithTesting
import Testing

@testable import KithCore

/// Jobs on moments under nested limits, compared with trying everything.
@Suite("Jobs on moments")
struct MatchingTests {
    /// Moments in days in weeks, and the moments each job may have.
    struct Instance: CustomTestStringConvertible {
        var days: [Int] = []
        var weeks: [Int] = []
        var dayRoom: [Int] = []
        var weekRoom: [Int] = []
        var jobs: [[Int]] = []
        var testDescription: String { "days \(days), weeks \(weeks), room \(dayRoom) \(weekRoom), jobs \(jobs)" }

        var choice: Choice { Choice(days: days, weeks: weeks, dayRoom: dayRoom, weekRoom: weekRoom) }

        init(seed: UInt64) {
            var random = Seeded(seed)
            for week in 0..<2 {
                weekRoom.append(random.below(4))
                for _ in 0..<1 + random.below(3) {
                    for _ in 0..<random.below(4) {
                        days.append(dayRoom.count)
                        weeks.append(week)
                    }
                    dayRoom.append(random.below(3))
                }
            }
            // A few kinds of job, so that many are alike.
            let kinds = (0..<1 + random.below(4)).map { _ in days.indices.filter { _ in random.below(3) > 0 } }
            jobs = (0..<random.below(8)).map { _ in kinds[random.below(kinds.count)] }
        }

        /// Whether some jobs can be placed together, each on one of its moments: by trying everything.
        func canPlace(_ jobs: [[Int]]) -> Bool {
            func place(_ next: Int, _ taken: Set<Int>) -> Bool {
                guard next < jobs.count else { return true }
                return jobs[next].contains { moment in
                    guard !taken.contains(moment),
                        taken.count(where: { days[$0] == days[moment] }) < dayRoom[days[moment]],
                        taken.count(where: { weeks[$0] == weeks[moment] }) < weekRoom[weeks[moment]]
                    else { return false }
                    return place(next + 1, taken.union([moment]))
                }
            }
            return place(0, [])
        }
    }

    @Test("Taken in order, each job is kept exactly if all can still be placed", arguments: 0..<40)
    func greedy(batch: Int) {
        for seed in 0..<100 {
            let instance = Instance(seed: UInt64(batch * 100 + seed))
            var choice = instance.choice
            var kept: [[Int]] = []
            for job in instance.jobs {
                let fits = instance.canPlace(kept + [job])
                let isTaken = choice.admit(job)
                #expect(isTaken == fits, "\(instance.testDescription)")
                if fits { kept.append(job) }
            }
            #expect(Set(choice.places.compactMap(\.self)).count == kept.count)
            #expect(zip(choice.places, kept).allSatisfy { place, job in place.map { job.contains($0) } == true })
            arranged(choice, kept, instance)
        }
    }

    /// Each in order has the first moment that leaves the rest placeable, those before it having theirs.
    private func arranged(_ choice: Choice, _ kept: [[Int]], _ instance: Instance) {
        var choice = choice
        choice.arrange()
        var fixed: [[Int]] = []
        for (index, job) in kept.enumerated() {
            let rest = Array(kept[(index + 1)...])
            let first = job.first { instance.canPlace(fixed + [[$0]] + rest) }
            #expect(choice.places[index] == first, "\(instance.testDescription)")
            fixed.append([first].compactMap(\.self))
        }
    }

    @Test("Once a job is refused, so is every later one that could use no other moments", arguments: 0..<20)
    func refusedForGood(batch: Int) {
        for seed in 0..<50 {
            let instance = Instance(seed: UInt64(77_000 + batch * 50 + seed))
            var choice = instance.choice
            var refused: Set<[Int]> = []
            for job in instance.jobs + instance.jobs {
                if !choice.admit(job) {
                    refused.insert(job)
                } else {
                    #expect(!refused.contains(job), "\(instance.testDescription)")
                }
            }
        }
    }

    @Test("A job that may be moved further makes a place")
    func wider() {
        var choice = Choice(days: [0, 1], weeks: [0, 1], dayRoom: [1, 1], weekRoom: [1, 1])
        let (isTaken, isRefused) = (choice.admit([0]), !choice.admit([0]))
        choice.widen(0, to: [0, 1])
        let isMoved = choice.admit([0])
        #expect(isTaken && isRefused && isMoved && choice.places == [1, 0])
        let isTooMany = choice.admit([0, 1])
        #expect(!isTooMany)
    }
}
