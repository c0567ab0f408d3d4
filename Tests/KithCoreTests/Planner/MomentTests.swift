import CivilTime
import KithCore
import KithTesting
import Testing

/// Where free time is, and its moments, on Tuesday 27 January 2026 with the usual hours.
@Suite("Moments")
struct MomentTests {
    /// What is busy (`10:00-11:00`), and the moments: start, until when it is open and free; `*` where preferred.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let busy: [String]
        let moments: [String]
        var network = Network.strategic
        var quiet = QuietHours(start: 1_260, end: 480)

        init(
            _ name: String,
            _ busy: [String],
            _ moments: [String],
            _ network: Network = .strategic,
            quiet: QuietHours = QuietHours(start: 1_260, end: 480)
        ) {
            (testDescription, self.busy, self.moments) = (name, busy, moments)
            (self.network, self.quiet) = (network, quiet)
        }
    }

    static let free = [
        "09:00 11:00 17:30", "11:00 13:00 17:30", "13:00 15:00 17:30", "15:00 17:00 17:30", "17:00 17:25 17:30",
    ]

    static let examples = [
        Example("nothing", [], free),
        Example("operational", [], free, .operational),
        Example("personal", [], ["17:30 19:30 20:30", "19:30 20:25 20:30"], .personal),
        Example("all day", ["00:00-24:00"], []),
        Example("before the hours", ["08:00-08:54"], free),
        Example(
            "up to the hours",
            ["08:00-09:00"],
            ["09:05 11:05 17:30*", "11:05 13:05 17:30", "13:05 15:05 17:30", "15:05 17:05 17:30", "17:05 17:25 17:30"]
        ),
        Example(
            "until a minute before",
            ["08:00-08:59"],
            ["09:04 11:04 17:30*", "11:04 13:04 17:30", "13:04 15:04 17:30", "15:04 17:04 17:30", "17:04 17:25 17:30"]
        ),
        Example("after the hours", ["17:30-18:00"], free),
        Example("half an hour between two", ["09:00-14:05", "14:30-17:30"], ["14:10 14:25 14:30*"]),
        Example("fifteen minutes", ["09:00-14:05", "14:25-17:30"], ["14:10 14:20 14:25*"]),
        Example("fourteen minutes", ["09:00-14:05", "14:24-17:30"], []),
        Example("touching", ["09:00-12:00", "12:00-17:30"], []),
        Example("two hours and fourteen minutes", ["11:14-17:30"], ["09:00 11:09 11:14"]),
        Example("two hours and a quarter", ["11:15-17:30"], ["09:00 11:00 11:15", "11:00 11:10 11:15"]),
        Example(
            "quiet until ten",
            [],
            ["10:00 12:00 17:30", "12:00 14:00 17:30", "14:00 16:00 17:30", "16:00 17:25 17:30"],
            quiet: QuietHours(start: 1_260, end: 600)
        ),
        Example(
            "quiet from four",
            [],
            ["09:00 11:00 16:00", "11:00 13:00 16:00", "13:00 15:00 16:00", "15:00 15:55 16:00"],
            quiet: QuietHours(start: 960, end: 480)
        ),
        Example(
            "quiet at noon",
            ["09:00-11:30"],
            ["11:35 11:55 12:00*", "13:00 15:00 17:30", "15:00 17:00 17:30", "17:00 17:25 17:30"],
            quiet: QuietHours(start: 720, end: 780)
        ),
        Example("no quiet", [], free, quiet: QuietHours(start: 480, end: 480)),
    ]

    @Test("Moments are the start of free time and every two hours after, whatever the time", arguments: examples)
    func moments(_ example: Example) {
        var stage = PlannerStage()
        stage.policy.quiet = example.quiet
        for busy in example.busy {
            let ends = busy.split(separator: "-").map { Berlin.at(PlannerStage.today, String($0)) }
            stage.block("2026-01-27 \(busy.prefix(5))", minutes: ends[1].seconds(since: ends[0]) / 60)
        }
        let world = stage.world(at: Berlin.at("2026-01-27 12:34"))
        let found = KithCore.moments(
            on: PlannerStage.today,
            network: example.network,
            world: world,
            policy: stage.policy
        )
        let texts = found.map { moment in
            [moment.start, moment.openUntil, moment.freeUntil].map { "\(Berlin.zone.local($0).time)" }
                .joined(separator: " ") + (moment.isPreferred ? "*" : "")
        }
        #expect(texts == example.moments)
    }

    @Test("A moment is open from its start to before its end")
    func open() throws {
        let stage = PlannerStage()
        let world = stage.world(at: Berlin.at("2026-01-27 08:00"))
        let moment = try #require(
            KithCore.moments(on: PlannerStage.today, network: .strategic, world: world, policy: stage.policy).first
        )
        #expect(!moment.isOpen(at: moment.start.adding(seconds: -1)) && moment.isOpen(at: moment.start))
        #expect(moment.isOpen(at: moment.openUntil.adding(seconds: -1)) && !moment.isOpen(at: moment.openUntil))
        #expect(moment.slot == Slot(start: moment.start, end: moment.freeUntil))
    }

    @Test(
        "Hours follow the clock when it is changed",
        arguments: [("2026-03-29", "08:00"), ("2026-10-25", "09:00"), ("2026-10-24", "08:00")]
    )
    func summerTime(day: String, utc: String) throws {
        var stage = PlannerStage()
        stage.policy.personal = WeekHours(days: [
            .sunday: [DayHours(start: 600, end: 720)].compactMap(\.self),
            .saturday: [DayHours(start: 600, end: 720)].compactMap(\.self),
        ])
        let world = stage.world(at: Berlin.at(day + " 08:00"))
        let first = try #require(
            KithCore.moments(on: Berlin.day(day), network: .personal, world: world, policy: stage.policy).first
        )
        #expect(first.start.description == "\(day)T\(utc):00Z")
    }

    @Test("The staged Berlin has the offsets of the machine's")
    func sameAsMachine() throws {
        let machine = try ZoneRules(tzif: try Zoneinfo.bytes("Europe/Berlin"))
        let start = Berlin.at("2025-01-01").seconds
        for hour in Int64(0)..<(3 * 366 * 24) {
            let instant = Instant(seconds: start + hour * 3_600)
            try #require(machine.offset(at: instant) == Berlin.zone.rules.offset(at: instant), "\(instant)")
        }
    }

    @Test("Later means the next free moment of the hours, from a day on, within two weeks")
    func nextFree() {
        var stage = PlannerStage()
        stage.daysOff = [Berlin.day("2026-01-28")...Berlin.day("2026-01-29")]
        func next(_ day: String, _ network: Network) -> String? {
            let world = stage.world(at: Berlin.at("2026-01-27 08:00"))
            return nextFreeSlot(from: Berlin.day(day), for: network, world: world, policy: stage.policy)
                .map { Berlin.text($0.start) }
        }
        #expect(next("2026-01-28", .strategic) == "Fri 30 09:00")
        #expect(next("2026-01-28", .personal) == "Wed 28 17:30")
        #expect(next("2026-01-31", .strategic) == "Mon 2 09:00")
        stage.block("2026-01-28 00:00", minutes: 13 * 1_440)
        #expect(next("2026-01-28", .personal) == "Tue 10 17:30")
        stage.block("2026-02-10 00:00", minutes: 1_440)
        #expect(next("2026-01-28", .personal) == nil)
    }

    @Test("Squeezes are the gaps of five to fifteen minutes", arguments: [(4, 0), (5, 1), (14, 1), (15, 0)])
    func squeezes(minutes: Int64, count: Int) {
        var stage = PlannerStage()
        stage.block("2026-01-27 09:00", minutes: 120)
        stage.block("2026-01-27 11:\(padded(Int(5 + minutes), 2))", minutes: 600)
        let world = stage.world(at: Berlin.at("2026-01-27 08:00"))
        let found = KithCore.squeezes(on: PlannerStage.today, network: .strategic, world: world, policy: stage.policy)
        #expect(found.map(\.start) == Array(repeating: Berlin.at("2026-01-27 11:05"), count: count))
    }
}
