import KithCore
import KithEngine
import KithTesting
import Systemd
import Testing

@testable import KithDelivery

/// The one contract, run over the catalogue: whatever is listed is tested.
@Suite("Every channel", .timeLimit(.minutes(2)))
struct ChannelContractTests {
    /// What each channel needs to be told.
    static let settings: [ChannelName: Written] = [
        .desktop: nil, .terminal: nil, .email: ["command": ["sh", "-c", "cat >/dev/null"], "to": "ada@example.com"],
    ]

    static let names = ChannelKinds.catalogue.map(\.name)

    private func make(_ name: ChannelName, _ environment: ChannelEnvironment) throws -> any Channel {
        let kind = try #require(ChannelKinds.catalogue.first { $0.name == name })
        let written = try #require(Self.settings[name], "a setting for \(name.rawValue) is wanted here")
        return try kind.make(written.setting, environment)
    }

    @Test("Keeps the contract where all it needs is there", arguments: names)
    func works(name: ChannelName) async throws {
        let (desk, bus) = (try Desk(), try PrivateBus())
        let server = try await NotificationServer(on: try await bus.open())
        let environment = desk.environment(session: try await bus.open())
        #expect(await ChannelContract.violations(of: try make(name, environment), name: name) == [])
        #expect(server.shown.isEmpty == (name != .desktop))
        #expect(await desk.printedLines().isEmpty == (name != .terminal))
    }

    @Test("Keeps the contract where nothing it needs is there", arguments: names)
    func alone(name: ChannelName) async throws {
        let channel = try make(name, try Desk().environment(path: "/nonexistent"))
        #expect(await ChannelContract.violations(of: channel, name: name) == [])
        #expect((await channel.profile().problem == nil) == (name == .terminal))
    }

    @Test("A name stands in the catalogue once")
    func catalogue() {
        #expect(Set(Self.names).count == Self.names.count && Set(Self.names) == Set(Self.settings.keys))
    }

    @Test("A channel that breaks the contract is found out")
    func broken() async {
        let liar = ScriptedChannel(ChannelProfile(name: .email, carriesNudges: true, problem: "two\nlines"))
        let found = await ChannelContract.violations(of: liar, name: .desktop)
        #expect(found.prefix(3) == ["is called email", "its profile is called email", "problem: two\nlines"])
        #expect(found.contains("sends what it said it can not"))
        let silent = ScriptedChannel(ChannelProfile(name: .email, carriesNudges: true))
        silent.script(.failed(""))
        #expect(await ChannelContract.violations(of: silent, name: .email) == ["\"\": ", "says \"\""])
    }
}
