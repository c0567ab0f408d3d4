import Foundation
import KithCore
import KithEngine
import KithTesting
import Systemd
import Testing

@testable import KithDelivery

/// Bubbles over a real bus to a stand-in of a server.
@Suite("The desktop channel", .timeLimit(.minutes(1)))
struct DesktopChannelTests {
    private let bus: PrivateBus
    /// kith's connection.
    private let session: Bus
    /// The server's connection.
    private let other: Bus
    private let channel: DesktopChannel

    init() async throws {
        bus = try PrivateBus()
        session = try await bus.open()
        other = try await bus.open()
        channel = try Self.channel(session)
    }

    private static func channel(_ session: Bus?, system: Bus? = nil) throws -> DesktopChannel {
        let environment = ChannelEnvironment(session: session, system: system, variables: [:]) { _ in }
        return try DesktopChannel(reading: Written.nothing.setting, environment: environment)
    }

    @Test("A bubble is shown and its receipt names it and the server")
    func shows() async throws {
        let server = try await NotificationServer(on: other)
        let owner = try #require(await session.owner(of: NotificationServer.name))
        let outcome = await channel.send(.sample())
        #expect(outcome == .sent(receipt: "41@\(owner)", wasSeen: true))
        #expect(server.shown == [Bubble(.sample(), hasMarkup: true).arguments(replacing: 0)])
        #expect(server.asked.first?.member == "GetCapabilities")
    }

    @Test("A server that reads no markup gets the text as it is")
    func noMarkup() async throws {
        let server = try await NotificationServer(on: other, capabilities: ["body"])
        _ = await channel.send(.sample(body: "<b> & co"))
        #expect(server.shown.first?[4] == .string("<b> & co"))
    }

    @Test("A bubble is replaced only while the server that gave its id is the one")
    func replaces() async throws {
        let server = try await NotificationServer(on: other)
        let owner = try #require(await session.owner(of: NotificationServer.name))
        let receipts = [
            ("41@\(owner)", 41), ("41@:1.999", 0), ("41@", 0), ("x@\(owner)", 0), ("", 0), (owner, 0),
            ("4294967296@\(owner)", 0), ("-1@\(owner)", 0), ("4294967295@\(owner)", UInt32.max),
        ]
        for (receipt, _) in receipts { _ = await channel.send(.sample(replaces: receipt)) }
        #expect(server.shown.map { $0[1] } == receipts.map { .uint32(UInt32($0.1)) })
        // Another server takes the name: what the first showed is nothing to it.
        await other.close()
        #expect(try await session.isFree(NotificationServer.name))
        let third = try await bus.open()
        let next = try await NotificationServer(on: third)
        _ = await channel.send(.sample(replaces: "41@\(owner)"))
        #expect(next.shown.map { $0[1] } == [.uint32(0)])
    }

    @Test("A retracted bubble is closed, by the server that showed it and no other")
    func retracts() async throws {
        let server = try await NotificationServer(on: other)
        let owner = try #require(await session.owner(of: NotificationServer.name))
        for receipt in ["41@\(owner)", "42@:1.999", "0@\(owner)", "nonsense", "", "43@\(owner)"] {
            await channel.retract(receipt: receipt)
        }
        #expect(server.closed == [41, 43])
        await other.close()
        await channel.retract(receipt: "41@\(owner)")
    }

    @Test("A button is an event with the receipt of its bubble; a closed bubble and nonsense are none")
    func buttons() async throws {
        let server = try await NotificationServer(on: other)
        let owner = try #require(await session.owner(of: NotificationServer.name))
        let events = await channel.events()
        try await server.emit("NotificationClosed", [.uint32(41), .uint32(2)])
        try await server.emit("ActivationToken", [.uint32(41), .string("token")])
        try await server.emit("ActionInvoked", [.string("41"), .string("done")])
        try await server.emit("ActionInvoked", [.uint32(41)])
        try await server.emit("ActionInvoked", [])
        try await server.press(41, "default")
        try await server.press(42, "later")
        #expect(
            await first(2, of: events) == [
                .action(receipt: "41@\(owner)", key: "default"), .action(receipt: "42@\(owner)", key: "later"),
            ]
        )
    }

    @Test("A server that appears, and one that goes, is an event; other names are none")
    func servers() async throws {
        let events = await channel.events()
        try await other.request(name: "org.example.Other")
        try await other.request(name: NotificationServer.name)
        #expect(await first(1, of: events) == [.serverChanged])
        #expect(await channel.profile().problem == nil)
        let more = await channel.events()
        await other.close()
        #expect(await first(1, of: more) == [.serverChanged])
        #expect(await channel.profile().problem == "no notification server")
    }

    private func first(_ count: Int, of stream: AsyncStream<DesktopEvent>) async -> [DesktopEvent] {
        var events: [DesktopEvent] = []
        for await event in stream {
            events.append(event)
            if events.count == count { break }
        }
        return events
    }

    @Test("Events end with the bus, and where there is none at once")
    func ends() async throws {
        let events = await channel.events()
        bus.end()
        for await event in events { Issue.record("\(event)") }
        for await event in await channel.events() { Issue.record("\(event)") }
        for await event in try await Self.channel(nil).events() { Issue.record("\(event)") }
    }

    /// What the user can see, and whether they can.
    static let views: [(isInhibited: Bool?, isLocked: Bool?, wasSeen: Bool)] = [
        (nil, nil, true), (false, nil, true), (true, nil, false), (nil, false, true), (nil, true, false),
        (false, true, false), (true, false, false),
    ]

    @Test("A bubble that nobody could look at is told as unseen", arguments: views)
    func seen(isInhibited: Bool?, isLocked: Bool?, wasSeen: Bool) async throws {
        _ = try await NotificationServer(on: other, isInhibited: isInhibited)
        var logind: Callee?
        if let isLocked {
            let path = "/org/freedesktop/login1/session/auto"
            logind = try await Callee(on: other, name: "org.freedesktop.login1", paths: [path]) { message in
                .success([.variant(.boolean(isLocked && message.arguments.last?.text == "LockedHint"))])
            }
        }
        let channel = try Self.channel(session, system: isLocked == nil ? nil : session)
        guard case .sent(_, let seen) = await channel.send(.sample()) else {
            Issue.record("not sent")
            return
        }
        #expect(seen == wasSeen && (logind == nil) == (isLocked == nil))
    }

    @Test("Without a server, and without a bus, there is a problem and nothing is sent")
    func absent() async throws {
        #expect(
            await channel.profile()
                == ChannelProfile(name: .desktop, carriesNudges: true, problem: "no notification server")
        )
        let name = NotificationServer.name
        #expect(
            await channel.send(.sample())
                == .failed("notification server: The name \(name) was not provided by any .service files")
        )
        let alone = try Self.channel(nil)
        #expect(await alone.profile().problem == "no session bus")
        #expect(await alone.send(.sample()) == .failed("no session bus"))
        await alone.retract(receipt: "1@:1.0")
        bus.end()
        #expect(await channel.profile().problem == "no notification server")
        #expect(await channel.send(.sample()) == .failed("notification server: the bus is gone"))
    }

    @Test("A server that the bus can start is no problem, and is not started to find that out")
    func startable() async throws {
        let folder = try TemporaryFolder()
        let bus = try PrivateBus(services: [NotificationServer.name: "/usr/bin/touch \(folder.path)/started"])
        let session = try await bus.open()
        #expect(try await Self.channel(session).profile().problem == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/started"))
    }

    static let manners: [(manner: NotificationServer.Manner, outcome: AttemptOutcome)] = [
        (.refuses(BusError("org.example.Error", "no room")), .failed("notification server: no room")),
        (.refuses(BusError("org.example.Error", "")), .failed("notification server: org.example.Error")),
        (.refuses(BusError("a.B", "two\nlines \u{1b}[2J")), .failed("notification server: two lines [2J")),
        (.keepsSilent, .failed("notification server: no answer in time")),
        (.babbles, .failed("the notification server gave no id")),
    ]

    @Test("A server that does not do its work is a failure that says why", arguments: manners)
    func failing(manner: NotificationServer.Manner, outcome: AttemptOutcome) async throws {
        let server = try await NotificationServer(on: other, manner)
        #expect(await channel.send(.sample()) == outcome)
        #expect(server.shown.count == 1)
    }
}
