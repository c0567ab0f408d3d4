import Foundation
import KithTesting
import Testing

@testable import Systemd

/// Signals, names and their owners, over a real bus.
@Suite("Signals and names on a bus", .timeLimit(.minutes(1)))
struct SignalTests {
    static let path = "/org/example/Bell"
    static let interface = "org.example.Bell1"

    private let bus: PrivateBus
    private let listener: Bus
    private let sender: Bus

    init() async throws {
        bus = try PrivateBus()
        listener = try await bus.open()
        sender = try await bus.open()
    }

    /// The first so many elements.
    private func first(_ count: Int, of stream: AsyncStream<BusMessage>) async -> [BusMessage] {
        var messages: [BusMessage] = []
        for await message in stream {
            messages.append(message)
            if messages.count == count { break }
        }
        return messages
    }

    /// Which of the signals that are sent a rule lets through: each is (path, interface, member, first argument).
    static let rules: [(rule: SignalRule, heard: [Int])] = [
        (SignalRule(interface: interface), [0, 1, 2, 4, 5]),
        (SignalRule(interface: interface, member: "Rang"), [0, 1, 2, 5]),
        (SignalRule(path: path, interface: interface), [0, 2, 4, 5]),
        (SignalRule(path: path, interface: interface, member: "Rang", argument: "once"), [0]),
        (SignalRule(interface: interface, argument: "twice"), [2]),
        (SignalRule(interface: "org.example.Other1"), [3]),
    ]

    static let sent: [(path: String, interface: String, member: String, arguments: [BusValue])] = [
        (path, interface, "Rang", [.string("once"), .uint32(1)]),
        ("/org/example/Other", interface, "Rang", [.string("once")]),
        (path, interface, "Rang", [.string("twice")]),
        (path, "org.example.Other1", "Rang", [.string("once")]),
        (path, interface, "Broke", []),
        (path, interface, "Rang", [.uint32(1)]),
    ]

    @Test("A rule lets through what it names and nothing else", arguments: rules)
    func hears(rule: SignalRule, heard: [Int]) async throws {
        let stream = try await listener.signals(rule)
        // A second stream, so that there are messages on the connection that the first did not ask for.
        let all = try await listener.signals(SignalRule(interface: Self.interface))
        for signal in Self.sent {
            try await sender.emit(signal.path, signal.interface, signal.member, signal.arguments)
        }
        let expected = heard.map { Self.sent[$0] }
        let messages = await first(heard.count, of: stream)
        #expect(messages.map(\.path) == expected.map(\.path) && messages.map(\.member) == expected.map(\.member))
        #expect(messages.map(\.arguments) == expected.map(\.arguments))
        #expect(messages.allSatisfy { $0.kind == .signal && $0.sender.hasPrefix(":1.") })
        #expect(await first(5, of: all).count == 5)
    }

    @Test("A rule is written as AddMatch takes it")
    func text() {
        #expect(SignalRule(interface: "a.b").text == "type='signal',interface='a.b'")
        #expect(
            SignalRule(path: "/a", interface: "a.b", member: "C", argument: "d.e").text
                == "type='signal',path='/a',interface='a.b',member='C',arg0='d.e'"
        )
    }

    @Test("A stream that nobody reads any longer is no longer asked for")
    func forgotten() async throws {
        // The bus takes eight rules of a connection.
        for round in 0..<40 {
            let stream = try await listener.signals(SignalRule(interface: Self.interface, argument: "\(round)"))
            try await sender.emit(Self.path, Self.interface, "Rang", [.string("\(round)")])
            #expect(await first(1, of: stream).count == 1)
        }
        var streams: [AsyncStream<BusMessage>] = []
        for _ in 0..<8 { streams.append(try await listener.signals(SignalRule(interface: Self.interface))) }
        let error = await #expect(throws: BusError.self) {
            _ = try await listener.signals(SignalRule(interface: Self.interface))
        }
        #expect(error?.name == "org.freedesktop.DBus.Error.LimitsExceeded")
        #expect(streams.count == 8)
    }

    @Test("A rule the bus does not take is an error")
    func badRule() async throws {
        await #expect(throws: BusError.self) { _ = try await listener.signals(SignalRule(interface: "a'b")) }
        await #expect(throws: BusError.self) { try await sender.emit("no path", Self.interface, "Rang") }
        await #expect(throws: BusError.self) { try await sender.emit(Self.path, Self.interface, "no member") }
    }

    @Test("A name has one owner, until its connection ends")
    func names() async throws {
        let name = "org.example.One"
        let changes = try await listener.signals(
            SignalRule(interface: "org.freedesktop.DBus", member: "NameOwnerChanged", argument: name)
        )
        #expect(await listener.owner(of: name) == nil)
        try await sender.request(name: name)
        try await sender.request(name: name)
        let owner = try #require(await listener.owner(of: name))
        #expect(owner.hasPrefix(":1."))
        let error = await #expect(throws: BusError.self) { try await listener.request(name: name) }
        #expect(error == BusError("org.freedesktop.DBus.Error.NameHasOwner", "org.example.One is taken"))
        #expect(await listener.owner(of: name) == owner)
        await sender.close()
        let owners = await first(2, of: changes).map { $0.arguments.compactMap(\.text) }
        #expect(owners == [[name, "", owner], [name, owner, ""]])
        try await listener.request(name: name)
        #expect(await listener.owner(of: name) != owner)
        await #expect(throws: BusError.self) { try await listener.request(name: "no name") }
    }

    @Test("A service is started where a call may, and not where it may not")
    func starting() async throws {
        let folder = try TemporaryFolder()
        let mark = folder.path + "/started"
        let name = "org.example.Startable"
        let bus = try PrivateBus(services: [name: "/usr/bin/touch \(mark)"])
        let caller = try await bus.open()
        #expect(await caller.activatableNames().contains(name))
        #expect(await caller.owner(of: name) == nil)
        let quiet = await #expect(throws: BusError.self) {
            _ = try await caller.call(name, "/", "org.example.I", "Hello", allowsStart: false)
        }
        #expect(quiet?.name == "org.freedesktop.DBus.Error.NameHasNoOwner")
        #expect(!FileManager.default.fileExists(atPath: mark))
        // The stand-in ends without having taken its name, so that nobody answers.
        await #expect(throws: BusError.self) {
            _ = try await caller.call(name, "/", "org.example.I", "Hello", timeout: 1)
        }
        #expect(FileManager.default.fileExists(atPath: mark))
    }
}
