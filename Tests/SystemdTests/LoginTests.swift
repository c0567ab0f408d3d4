import KithTesting
import Synchronization
import Systemd
import Testing

/// What `systemd-logind` tells, which a stand-in plays on a private bus.
@Suite("The user's session", .timeLimit(.minutes(1)))
struct LoginTests {
    private let bus: PrivateBus
    private let caller: Bus
    private let other: Bus

    init() async throws {
        bus = try PrivateBus()
        caller = try await bus.open()
        other = try await bus.open()
    }

    private func logind(_ hints: [String: BusValue]) async throws -> Callee {
        let path = "/org/freedesktop/login1/session/auto"
        return try await Callee(on: other, name: "org.freedesktop.login1", paths: [path]) { message in
            guard let name = message.arguments.last?.text, let hint = hints[name] else {
                return .failure(BusError("org.freedesktop.DBus.Error.UnknownProperty", ""))
            }
            return .success([.variant(hint)])
        }
    }

    static let hints: [(hints: [String: BusValue], isAway: Bool)] = [
        (["LockedHint": .boolean(false), "IdleHint": .boolean(false)], false),
        (["LockedHint": .boolean(true), "IdleHint": .boolean(false)], true),
        (["LockedHint": .boolean(false), "IdleHint": .boolean(true)], true),
        (["IdleHint": .boolean(true)], true), (["LockedHint": .string("yes")], false), ([:], false),
    ]

    @Test("Nobody looks at a session that is locked or idle", arguments: hints)
    func away(hints: [String: BusValue], isAway: Bool) async throws {
        let logind = try await logind(hints)
        #expect(await Login(system: caller).isAway() == isAway)
        #expect(logind.asked.first?.arguments == [.string("org.freedesktop.login1.Session"), .string("LockedHint")])
    }

    @Test("Where nobody knows, somebody may look")
    func unknown() async throws {
        #expect(await Login(system: caller).isAway() == false)
        bus.end()
        #expect(await Login(system: caller).isAway() == false)
    }

    @Test("Waking and a change of the zone are told; falling asleep is not")
    func wakeups() async throws {
        let wakeups = try await Login(system: caller).wakeups()
        let manager = "org.freedesktop.login1.Manager"
        for isFallingAsleep in [true, false, true, false] {
            let arguments: [BusValue] = [.boolean(isFallingAsleep)]
            try await other.emit("/org/freedesktop/login1", manager, "PrepareForSleep", arguments)
        }
        try await other.emit("/org/freedesktop/login1", manager, "SessionNew", [.string("1")])
        let properties = "org.freedesktop.DBus.Properties"
        try await other.emit("/org/freedesktop/other1", properties, "PropertiesChanged", [.string("other")])
        try await other.emit("/org/freedesktop/timedate1", properties, "PropertiesChanged", [.string("zone")])
        var told: [String] = []
        for await why in wakeups {
            told.append(why)
            if told.count == 3 { break }
        }
        #expect(told.sorted() == ["resume", "resume", "zone"])
    }

    @Test("The stream ends with the bus")
    func ends() async throws {
        let wakeups = try await Login(system: caller).wakeups()
        bus.end()
        for await why in wakeups { Issue.record("told of \(why)") }
        await #expect(throws: BusError.self) { _ = try await Login(system: caller).wakeups() }
    }
}
