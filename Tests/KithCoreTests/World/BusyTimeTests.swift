import CivilTime
import KithCore
import KithTesting
import Testing

/// What takes the user's time, and which days have no work hours.
@Suite("Busy time and days off")
struct BusyTimeTests {
    static let now = Berlin.at("2026-01-27 08:00")

    /// An event of 10:00 to 11:00 or of the whole day, changed.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let takes: Bool
        let change: @Sendable (inout Meeting) -> Void

        init(_ name: String, _ takes: Bool, _ change: @escaping @Sendable (inout Meeting) -> Void = { _ in }) {
            (testDescription, self.takes, self.change) = (name, takes, change)
        }
    }

    static func declined(_ email: String) -> [Participant] {
        [Participant(email: email, answer: .declined)]
    }

    static let times = [
        Example("says nothing", true),
        Example("says busy", true) { $0.availability = .busy },
        Example("says free", false) { $0.availability = .free },
        Example("is cancelled", false) { $0.isCancelled = true },
        Example("was declined by the user", false) { $0.attendees = declined("ada@example.com") },
        Example("was declined by another", true) { $0.attendees = declined("ana@example.org") },
        Example("stands in a personal calendar", true) { $0.role = .personal },
        Example("stands in a calendar of holidays", false) { $0.role = .holidays },
        Example("stands in a calendar to ignore", false) { $0.role = .ignore },
        Example("has no length", false) { $0.end = $0.start },
        Example("ends before it begins", false) { $0.end = $0.start.adding(minutes: -5) },
    ]

    @Test("A timed event is busy unless cancelled, free or declined by the user", arguments: times)
    func timed(_ example: Example) {
        var stage = PlannerStage.withAna()
        var meeting = PlannerStage.meeting("review", "2026-01-27 10:00", with: [])
        example.change(&meeting)
        stage.contents.meetings = [meeting]
        let busy = stage.world(at: Self.now).busy
        #expect(busy.count == (example.takes ? 1 : 0))
    }

    static let wholeDays = [
        Example("says nothing: a note", false),
        Example("says busy", true) { $0.availability = .busy },
        Example("says free", false) { $0.availability = .free },
        Example("says busy in a personal calendar", true) { ($0.availability, $0.role) = (.busy, .personal) },
        Example("is a holiday", true) { $0.role = .holidays },
        Example("is a holiday that says free", true) { ($0.availability, $0.role) = (.free, .holidays) },
        Example("is a cancelled holiday", false) { ($0.role, $0.isCancelled) = (.holidays, true) },
        Example("was declined by the user", false) {
            ($0.availability, $0.attendees) = (.busy, declined("ada@example.com"))
        },
        Example("says busy in a community's calendar", false) { ($0.availability, $0.role) = (.busy, .community) },
    ]

    @Test("An all-day event takes the work hours where it says so, or is a holiday", arguments: wholeDays)
    func allDay(_ example: Example) {
        var stage = PlannerStage.withAna()
        var meeting = PlannerStage.allDay("away", "2026-01-28", days: 2)
        example.change(&meeting)
        stage.contents.meetings = [meeting]
        let world = stage.world(at: Self.now)
        #expect(world.daysOff.keys.sorted().map(\.day) == (example.takes ? [28, 29] : []))
        #expect(world.busy.isEmpty)
        let moments = [Network.strategic, .operational, .personal].map { network in
            KithCore.moments(on: Berlin.day("2026-01-28"), network: network, world: world, policy: stage.policy).count
        }
        #expect(moments == (example.takes ? [0, 0, 2] : [5, 5, 2]))
    }

    @Test("Days that were written are off, as far as the plan looks, and as the weeks that it compares lie back")
    func written() {
        var stage = PlannerStage.withAna()
        stage.daysOff = [
            Berlin.day("2026-02-06")...Berlin.day("2030-01-01"), Berlin.day("2020-01-01")...Berlin.day("2026-01-21"),
        ]
        let days = stage.world(at: Self.now).daysOff
        #expect(Set(days.values) == ["days_off"])
        let past = days.keys.filter { $0 < PlannerStage.today }.sorted()
        #expect(past.first == Berlin.day("2025-10-28") && past.last == Berlin.day("2026-01-21") && past.count == 86)
        #expect(days.keys.max() == Berlin.day("2026-03-04"))
    }

    @Test("What overlaps or touches is joined; nothing else is")
    func joins() {
        var stage = PlannerStage.withAna()
        stage.block("2026-01-27 09:00", minutes: 60)
        stage.block("2026-01-27 09:30", minutes: 10)
        stage.block("2026-01-27 10:00", minutes: 30)
        stage.block("2026-01-27 10:31", minutes: 29)
        let busy = stage.world(at: Self.now).busy.map { "\(Berlin.text($0.start)) – \(Berlin.text($0.end))" }
        #expect(busy == ["Tue 27 09:00 – Tue 27 10:30", "Tue 27 10:31 – Tue 27 11:00"])
    }

    @Test("Busy time reaches 13 weeks back and five ahead, and is cut at the edges")
    func window() {
        var stage = PlannerStage.withAna()
        stage.block("2025-10-01 09:00", minutes: 60)
        stage.block("2025-10-27 23:30", minutes: 60)
        stage.block("2026-03-03 23:30", minutes: 60)
        stage.block("2026-04-01 09:00", minutes: 60)
        let busy = stage.world(at: Self.now).busy
        #expect(busy.map(\.seconds) == [1_800, 1_800])
        #expect(busy.map(\.start) == [Berlin.at("2025-10-28 00:00"), Berlin.at("2026-03-03 23:30")])
    }

    @Test("Intervals are joined whatever their order", arguments: UInt64(0)..<100)
    func joined(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let intervals = (0..<12).compactMap { _ in
            let start = Int64.random(in: 0..<40, using: &random)
            return Interval(
                start: Instant(seconds: start),
                end: Instant(seconds: start + .random(in: 1..<8, using: &random))
            )
        }
        let result = KithCore.joined(intervals.shuffled(using: &random))
        for second in Int64(-1)..<50 {
            let instant = Instant(seconds: second)
            #expect(intervals.contains { $0.contains(instant) } == result.contains { $0.contains(instant) })
        }
        #expect(zip(result, result.dropFirst()).allSatisfy { $0.end < $1.start })
    }
}
