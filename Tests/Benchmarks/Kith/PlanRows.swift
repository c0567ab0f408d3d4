import CivilTime
import Glibc
import KithCore
import KithEngine
import KithLedger
import KithSources
import Logging

extension Workplace {
    /// A Tuesday morning at ten.
    fileprivate var now: Instant { window.start.adding(seconds: 26 * 86_400 + 36_000) }

    /// People and meetings of the large network, and the days that are played.
    fileprivate func sizes() throws -> (people: Int, meetings: Int, days: Int64) {
        let text = String(decoding: try reader.read(folder + "/network.txt").bytes, as: UTF8.self)
        let numbers = text.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 3 else { preconditionFailure("network.txt holds three numbers") }
        return (numbers[0], numbers[1], Int64(numbers[2]))
    }

    fileprivate func diary(people: Int, meetings: Int) throws -> Diary {
        try Diary(Network(people: people, meetings: meetings, today: zone.date(now), zone: zone), at: now)
    }
}

/// A network with a ledger, as after the first turns: nothing is left to change.
private struct Diary {
    private let source: NetworkSource
    private let ledger: SQLiteLedger
    private let setup: Setup
    private let now: Instant
    private var maker = WorldMaker()
    private var planner = Planner()

    init(_ network: Network, at now: Instant) throws {
        (source, setup, ledger, self.now) = (network.source, network.setup, try SQLiteLedger.inMemory(), now)
        for _ in 0..<3 { try ledger.apply(try look(at: world()).plan.withoutDeliveries) }
    }

    /// The world of what was read, made from nothing.
    func world() -> World { setup.world(of: source, at: now) }

    /// The ledger's view and the plan, made from nothing.
    func look(at world: World) throws -> Outlook {
        try Outlook(world, ledger: ledger, policy: setup.policy, at: now)
    }

    /// What a turn does that follows another.
    mutating func lookAgain() throws -> Outlook {
        let world = setup.world(of: source, at: now, by: &maker)
        return try Outlook(world, of: &maker, ledger: ledger, policy: setup.policy, at: now, by: &planner)
    }

    /// Moves a meeting by a quarter of an hour, as a changed file does.
    func move(_ number: Int) {
        let shelf = number % source.held.shelves.count
        let index = number % source.held.shelves[shelf].count
        for occurrence in source.held.shelves[shelf][index].indices {
            let start = source.held.shelves[shelf][index][occurrence].start
            source.held.shelves[shelf][index][occurrence].start = start.adding(minutes: 15)
        }
    }
}

@Sendable func wholePlan(_ place: Workplace) throws -> Measurement {
    let sizes = try place.sizes()
    return try measured(try place.diary(people: sizes.people, meetings: sizes.meetings), nil, place.repeats)
}

@Sendable func wholeWorld(_ place: Workplace) throws -> Measurement {
    let sizes = try place.sizes()
    let diary = try place.diary(people: sizes.people, meetings: sizes.meetings)
    var result = Measurement()
    for _ in 0..<place.repeats { result.count = result.time { diary.world() }.contacts.count }
    return result
}

@Sendable func smallPlan(_ place: Workplace) throws -> Measurement {
    try measured(try place.diary(people: 10, meetings: 100), nil, place.repeats)
}

/// - Parameter world: That of the diary, where it was made already.
private func measured(_ diary: Diary, _ world: World?, _ repeats: Int) throws -> Measurement {
    var result = Measurement()
    let world = world ?? diary.world()
    for _ in 0..<repeats {
        result.count = try result.time { try diary.look(at: world) }.plan.assessments.count
    }
    return result
}

/// One meeting moved, until the plan is made again.
@Sendable func nextPlan(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let sizes = try place.sizes()
    var diary = try place.diary(people: sizes.people, meetings: sizes.meetings)
    _ = try diary.lookAgain()
    for repetition in 0..<place.repeats {
        diary.move(repetition * 97)
        result.count = try result.time { try diary.lookAgain() }.plan.assessments.count
    }
    return result
}

/// How much longer a plan takes that is twice as large, beside what n log n would have it be.
@Sendable func growth(_ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let sizes = try place.sizes()
    let half = try place.diary(people: sizes.people / 2, meetings: sizes.meetings / 2)
    let whole = try place.diary(people: sizes.people, meetings: sizes.meetings)
    let (small, large) = (half.world(), whole.world())
    let expected = 2 * log(Double(sizes.meetings)) / log(Double(sizes.meetings / 2))
    // In turn, so that what slows the machine for a while slows both.
    for _ in 0..<place.repeats {
        let (first, second) = (try measured(half, small, 1), try measured(whole, large, 1))
        result.add(ratio: second.seconds[0] / first.seconds[0] / expected)
        result.count = second.count
    }
    return result
}

/// A played year of 150 people.
@Sendable func year(_ place: Workplace) async throws -> Measurement {
    var result = Measurement()
    let network = Network(people: 150, meetings: 3_000, today: place.zone.date(place.now), zone: place.zone)
    let end = place.now.adding(seconds: try place.sizes().days * 86_400)
    for _ in 0..<place.repeats {
        var simulation = Simulation(
            source: network.source,
            setup: network.setup,
            profiles: [ChannelProfile(name: .desktop, carriesNudges: true)],
            answering: .met,
            seed: 1,
            log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        var count = 0
        let began = ContinuousClock.now
        try await simulation.run(from: place.now, until: end) { _ in count += 1 }
        result.add(ContinuousClock.now - began)
        result.count = count
    }
    return result
}
