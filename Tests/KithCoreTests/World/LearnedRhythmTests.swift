import CivilTime
import KithCore
import KithTesting
import Testing

/// How often, where nobody said it.
@Suite("Learned rhythm")
struct LearnedRhythmTests {
    static let now = Berlin.at("2026-01-27 14:16")

    /// Ana in a circle that says no cadence, met with the given gaps, the oldest first, last on 20 January.
    static func stage(_ gaps: [Int], with people: [String] = ["ana"]) -> PlannerStage {
        var stage = PlannerStage()
        stage.contents.contacts = [Contact(id: ContactID("ana"), name: "Ana", emails: ["ana@example.org"])]
        stage.rules.circles = [TieTests.circle("all", [.name: ["*"]], nil)]
        var day = Berlin.day("2026-01-20")
        stage.meet("\(day) 10:00", with: people)
        for gap in gaps.reversed() {
            day = day.adding(days: -gap)
            stage.meet("\(day) 10:00", with: people)
        }
        return stage
    }

    static func tie(_ stage: PlannerStage) throws -> Tie {
        try #require(stage.world(at: now).ties.first)
    }

    @Test(
        "The median of the last ten gaps, from five on, within 21 and 180 days",
        arguments: [
            ([], 42), ([30, 30, 30, 30], 42), ([30, 30, 30, 30, 30], 30), ([60, 22, 30, 50, 40], 40),
            ([60, 22, 30, 50, 40, 45], 40), ([7, 7, 7, 7, 7], 21), ([20, 20, 20, 20, 20], 21),
            ([21, 21, 21, 21, 21], 21), ([181, 181, 181, 181, 181], 180), ([300, 300, 300, 300, 300], 180),
            ([90, 90, 90, 90, 90, 90] + [30, 30, 30, 30, 30, 30], 30),
            ([30, 30, 90, 90, 90, 90, 90, 30, 30, 30, 30, 30], 30),
            ([90, 90, 90, 90, 90, 90, 30, 30, 30, 30], 90),
        ] as [([Int], Int)]
    )
    func median(gaps: [Int], every: Int) throws {
        let tie = try Self.tie(Self.stage(gaps))
        #expect(tie.cadence.every == every && tie.cadence.atWorst == every + every / 2)
        #expect(tie.cadenceSource == (gaps.count < 5 ? .standard : .learned))
    }

    @Test("Only what counts by itself is learned from, one a day, up to today")
    func evidence() throws {
        let gaps = [30, 30, 30, 30, 30]
        let crowd = ["ana", "b", "c", "d", "e"]
        #expect(try Self.tie(Self.stage(gaps, with: Array(crowd.prefix(4)))).cadence.every == 30)
        #expect(try Self.tie(Self.stage(gaps, with: crowd)).cadenceSource == .standard)
        var stage = Self.stage([30, 30, 30, 30])
        stage.meet("2026-01-20 16:00")
        stage.log(.wrote, "2026-01-25")
        stage.log(.met, "2026-01-28")
        stage.meet("2026-02-03 16:00")
        #expect(try Self.tie(stage).cadenceSource == .standard)
        stage.log(.met, "2026-01-27")
        #expect(try Self.tie(stage).cadence.every == 30)
    }

    @Test("What is written goes before, and a worst silence of the person's own stays")
    func written() throws {
        var stage = Self.stage([30, 30, 30, 30, 30])
        stage.rules.circles[0].cadence = Cadence(every: 60)
        #expect(try Self.tie(stage).cadence == Cadence(every: 60))
        #expect(try Self.tie(stage).cadenceSource == .circle)
        stage.rules.people = [PersonRule(uid: "ana", every: 14)]
        #expect(try Self.tie(stage).cadence == Cadence(every: 14))
        #expect(try Self.tie(stage).cadenceSource == .person)
        stage.rules.circles[0].cadence = nil
        for (worst, expected) in [(100, 100), (20, 45)] {
            stage.rules.people = [PersonRule(uid: "ana", atWorst: worst)]
            #expect(try Self.tie(stage).cadence == Cadence(every: 30, atWorst: expected))
            #expect(try Self.tie(stage).cadenceSource == .learned)
        }
    }

    @Test("What was met since the first look is learned from like all before it")
    func later() throws {
        var stage = Self.stage([30, 30, 30, 30])
        var maker = WorldMaker()
        func tie(at time: String) throws -> Tie {
            let world = maker.world(
                of: stage.contents,
                rules: stage.rules,
                daysOff: [],
                zone: Berlin.zone,
                at: Berlin.at(time)
            )
            return try #require(world.ties.first)
        }
        #expect(try tie(at: "2026-01-27 14:16").cadenceSource == .standard)
        stage.meet("2026-02-19 10:00")
        #expect(try tie(at: "2026-02-20 10:00").cadence.every == 30)
    }
}
