import KithTesting
import Systemd
import Testing

/// Programs as units of a service manager, which a stand-in plays on a private bus.
@Suite("Transient units", .timeLimit(.minutes(1)))
struct TransientUnitTests {
    private let bus: PrivateBus
    private let caller: Bus
    private let other: Bus

    init() async throws {
        bus = try PrivateBus()
        caller = try await bus.open()
        other = try await bus.open()
    }

    private func run(timeout: Int = 30, grace: Int = 10) async throws(BusError) -> TransientUnit.Outcome {
        try await TransientUnit(bus: caller).run(
            name: "kith-mail-1.service",
            arguments: ["/usr/bin/msmtp", "-t", "$HOME %n"],
            environment: ["A=b c"],
            input: [0, 10, 255],
            timeout: timeout,
            grace: grace
        )
    }

    static let ends: [(result: String, status: Int32, outcome: TransientUnit.Outcome)] = [
        ("success", 0, .exited(0)), ("exit-code", 75, .exited(75)), ("exit-code", 1, .exited(1)),
        ("signal", 9, .failed("signal")), ("timeout", 0, .failed("timeout")), ("oom-kill", 9, .failed("oom-kill")),
    ]

    @Test("How a unit ended is told in the manager's words", arguments: ends)
    func outcome(result: String, status: Int32, outcome: TransientUnit.Outcome) async throws {
        let manager = try await StandInManager(on: other, .ends(result, status))
        #expect(try await run() == outcome)
        #expect(manager.asked.last == "ResetFailedUnit")
    }

    @Test("The unit is asked for with everything it needs")
    func properties() async throws {
        let manager = try await StandInManager(on: other, .ends("success", 0))
        _ = try await run()
        let unit = try #require(manager.started.first)
        #expect(unit.name == "kith-mail-1.service" && manager.started.count == 1)
        let arguments = ["/usr/bin/msmtp", "-t", "$HOME %n"]
        #expect(
            unit.properties == [
                "Description": .string("kith: /usr/bin/msmtp"), "Type": .string("oneshot"),
                "Environment": .strings(["A=b c"]), "TimeoutStartUSec": .uint64(30_000_000),
                "StandardInput": .string("data"),
                "StandardInputData": .array(of: "y", [.byte(0), .byte(10), .byte(255)]),
                "ExecStart": .array(
                    of: "(sasb)",
                    [.structure([.string("/usr/bin/msmtp"), .strings(arguments), .boolean(false)])]
                ),
            ]
        )
    }

    @Test("A unit that runs already is not started again; another refusal is an error")
    func refused() async throws {
        var manager: StandInManager? = try await StandInManager(
            on: other,
            .refused("org.freedesktop.systemd1.UnitExists")
        )
        #expect(try await run() == .running)
        #expect(manager?.asked.contains("StartTransientUnit") == true)
        manager = try await StandInManager(on: other, .refused("org.freedesktop.DBus.Error.AccessDenied"))
        let error = await #expect(throws: BusError.self) { _ = try await run() }
        #expect(error == BusError("org.freedesktop.DBus.Error.AccessDenied", "it can not be"))
        #expect(manager?.started.count == 1)
    }

    @Test("Without a manager there is none")
    func absent() async throws {
        #expect(try await run() == .absent)
        #expect(await TransientUnit(bus: caller).isAvailable() == false)
    }

    @Test("A unit that never ends is waited for no longer than its time and a little more")
    func endless() async throws {
        let manager = try await StandInManager(on: other, .neverEnds)
        #expect(try await run(timeout: 0, grace: 1) == .failed("timeout"))
        #expect(manager.started.count == 1)
    }

    @Test("A bus that dies while a unit runs is a failure and no wait")
    func dies() async throws {
        let manager = try await StandInManager(on: other, .neverEnds)
        async let outcome = run()
        while manager.started.isEmpty { await Task.yield() }
        bus.end()
        let failed = [TransientUnit.Outcome.failed("timeout"), .failed(BusError.disconnected.message)]
        #expect(failed.contains(try await outcome))
    }

    @Test("What is started and not waited for is collected by the manager")
    func start() async throws {
        let manager = try await StandInManager(on: other, .neverEnds)
        try await TransientUnit(bus: caller).start(name: "a.service", arguments: ["/bin/b", "c"], environment: [])
        let unit = try #require(manager.started.first)
        #expect(unit.properties["CollectMode"] == .string("inactive-or-failed"))
        #expect(unit.properties["Environment"] == .strings([]) && unit.properties["StandardInputData"] == nil)
    }
}
