import KithTesting
import Systemd
import Testing

/// What becomes of a connection whose bus is gone.
@Suite("The end of a bus", .timeLimit(.minutes(1)))
struct BusEndTests {
    private let bus: PrivateBus

    init() throws {
        bus = try PrivateBus()
    }

    /// How a connection ends.
    enum End: CaseIterable {
        case killed, closed
    }

    @Test("Calls fail, streams finish, and so does the connection", arguments: End.allCases)
    func ends(by end: End) async throws {
        let (caller, other) = (try await bus.open(), try await bus.open())
        let path = "/org/example/Slow"
        let callee = try await Callee(on: other, name: "org.example.Slow", paths: [path]) { _ in
            try? await Task.sleep(for: .seconds(50))
            return .success([])
        }
        let signals = try await caller.signals(SignalRule(interface: "org.example.Slow1"))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await #expect(throws: BusError.disconnected) {
                        _ = try await caller.call("org.example.Slow", path, "org.example.Slow1", "Wait", timeout: 50)
                    }
                }
            }
            group.addTask { for await _ in signals {} }
            group.addTask { for await _ in caller.closed {} }
            group.addTask {
                while callee.asked.count < 20 { await Task.yield() }
                switch end {
                case .killed: self.bus.end()
                case .closed: await caller.close()
                }
            }
        }
        await #expect(throws: BusError.disconnected) { _ = try await caller.call("a.b", "/", "a.b", "C") }
        await #expect(throws: BusError.disconnected) { try await caller.emit("/", "a.b", "C") }
        await #expect(throws: BusError.disconnected) { try await caller.request(name: "org.example.Late") }
        await #expect(throws: BusError.disconnected) { _ = try await caller.signals(SignalRule(interface: "a.b")) }
        #expect(await caller.owner(of: "org.example.Slow") == nil)
        #expect(await caller.activatableNames() == [])
        await caller.close()
    }

    @Test("A connection that nobody holds any longer ends its streams and leaves the bus")
    func released() async throws {
        let watcher = try await bus.open()
        let changes = try await watcher.signals(
            SignalRule(interface: "org.freedesktop.DBus", member: "NameOwnerChanged", argument: "org.example.Held")
        )
        var held: Bus? = try await bus.open()
        try await held?.request(name: "org.example.Held")
        let signals = try #require(try await held?.signals(SignalRule(interface: "org.example.I")))
        let closed = try #require(held?.closed)
        held = nil
        for await _ in signals {}
        for await _ in closed {}
        var owners: [String?] = []
        for await change in changes {
            owners.append(change.arguments.last?.text)
            if owners.count == 2 { break }
        }
        #expect(owners.first??.hasPrefix(":1.") == true && owners.last == "")
    }

    @Test(
        "Where there is no bus, none is opened",
        arguments: ["unix:path=/nonexistent/bus", "nonsense", "", "unix:path="]
    )
    func absent(address: String) async throws {
        let error = await #expect(throws: BusError.self) { _ = try await Bus.open(address: address) }
        #expect(error?.message.hasPrefix("the bus could not be reached: ") == true)
    }

    @Test("A socket at which nobody listens any longer is no bus")
    func dead() async throws {
        bus.end()
        await #expect(throws: BusError.self) { _ = try await bus.open() }
    }
}
