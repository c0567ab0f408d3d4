import CivilTime
import KithCore
import KithEngine
import KithLedger
import Logging

extension Workplace {
    /// A Tuesday morning at ten.
    fileprivate var now: Instant { window.start.adding(seconds: 26 * 86_400 + 36_000) }

    fileprivate func network(people: Int, meetings: Int) -> Network {
        Network(people: people, meetings: meetings, today: zone.date(now), zone: zone)
    }
}

/// A plan made from nothing but the contents and the ledger: all that a first turn does but delivering.
func plan(of people: Int, meetings: Int, _ place: Workplace) throws -> Measurement {
    var result = Measurement()
    let network = place.network(people: people, meetings: meetings)
    let (ledger, source, setup) = (try SQLiteLedger.inMemory(), network.source, network.setup)
    func look() throws -> Outlook {
        try Outlook(setup.world(of: source, at: place.now), ledger: ledger, policy: setup.policy, at: place.now)
    }
    // As after the first turns: nothing is left to change.
    for _ in 0..<3 { try ledger.apply(try look().plan.withoutDeliveries) }
    for _ in 0..<place.repeats {
        result.count = try result.time { try look() }.plan.assessments.count
    }
    return result
}

/// A played year of 150 people.
@Sendable func year(_ place: Workplace) async throws -> Measurement {
    var result = Measurement()
    let network = place.network(people: 150, meetings: 3_000)
    for _ in 0..<place.repeats {
        var simulation = Simulation(
            source: network.source,
            ledger: try SQLiteLedger.inMemory(),
            setup: network.setup,
            profiles: [ChannelProfile(name: .desktop, carriesNudges: true)],
            answering: .met,
            seed: 1,
            log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        var count = 0
        let began = ContinuousClock.now
        try await simulation.run(from: place.now, until: place.now.adding(seconds: 365 * 86_400)) { _ in count += 1 }
        result.add(ContinuousClock.now - began)
        result.count = count
    }
    return result
}
