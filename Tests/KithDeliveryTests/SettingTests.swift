import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithDelivery

/// What stands under `channels` in the configuration, and what is said of what should not.
@Suite("Settings of channels")
struct SettingTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    private func make(_ written: [Written]) throws(SettingError) -> [any Channel] {
        let settings: Written = .list(written)
        guard case .list(let items) = settings.setting.value else { return [] }
        return try ChannelKinds.make(items, environment: desk.environment())
    }

    private static let command: Written = ["msmtp", "-t"]

    /// What is written, and the channels' names in order.
    static let good: [(written: [Written], names: [ChannelName])] = [
        ([], [.desktop]), ([["desktop": nil]], [.desktop]), ([["desktop": [:]]], [.desktop]),
        ([["terminal": [:]], ["desktop": nil]], [.terminal, .desktop]),
        (
            [["desktop": [:]], ["email": ["command": command, "to": "ada@example.com"]], ["terminal": [:]]],
            [.desktop, .email, .terminal]
        ),
    ]

    @Test("Channels are made in their order; without any, the desktop", arguments: good)
    func made(written: [Written], names: [ChannelName]) throws {
        #expect(try make(written).map(\.name) == names)
    }

    /// What is written for all channels, and the message.
    static let bad: [(written: [Written], message: String)] = [
        ([["desktp": [:]]], "config.yaml:3: unknown key \"desktp\" in channels; did you mean desktop?"),
        ([["ntfy": [:]]], "config.yaml:3: unknown key \"ntfy\" in channels; known: desktop, email, terminal"),
        ([["desktop": [:]], ["desktop": [:]]], "config.yaml:5: channels: desktop stands twice"),
        (
            [["desktop": [:], "terminal": [:]]],
            "config.yaml:2: channels: a map is not one channel; expected e.g. desktop: {}"
        ),
        ([[:]], "config.yaml:2: channels: a map is not one channel; expected e.g. desktop: {}"),
        ([nil], "config.yaml:2: channels: nothing is not one channel; expected e.g. desktop: {}"),
        (
            ["desktop"],
            "config.yaml:2: channels: \"desktop\" is not a map; expected keys and values: desktop, email, terminal"
        ),
        ([["desktop": ["urgency": "2"]]], "config.yaml:4: unknown key \"urgency\" in desktop; known: "),
        ([["desktop": "on"]], "config.yaml:3: desktop: \"on\" is not a map; expected keys and values: "),
        ([["terminal": ["width": "80"]]], "config.yaml:4: unknown key \"width\" in terminal; known: "),
        ([["terminal": []]], "config.yaml:3: terminal: a list is not a map; expected keys and values: "),
    ]

    @Test("A wrong list of channels is told by its place", arguments: bad)
    func refused(written: [Written], message: String) {
        let error = #expect(throws: SettingError.self) { _ = try make(written) }
        #expect(error.map { "\($0)" } == message)
    }

    /// What stands under `email`, and the message.
    static let badMail: [(written: Written, message: String)] = [
        (nil, "1: email: \"command\" is missing"), (["command": command], "1: email: \"to\" is missing"),
        (["to": "ada@example.com"], "1: email: \"command\" is missing"),
        (["command": [], "to": "a@b"], "2: command: a list is not a command; expected e.g. [msmtp, -t]"),
        (["command": nil, "to": "a@b"], "1: email: \"command\" is missing"),
        (["command": "msmtp -t", "to": "a@b"], "2: command: \"msmtp -t\" is not a list; expected a list"),
        (["command": ["msmtp", ""], "to": "a@b"], "4: command: \"\" is not text; expected text"),
        (["command": ["msmtp", ["-t"]], "to": "a@b"], "4: command: a list is not text; expected text"),
        (["comand": command, "to": "a@b"], "2: unknown key \"comand\" in email; did you mean command?"),
        (
            ["command": command, "to": "a@b", "digest": "Mon"],
            "6: digest: \"Mon\" is not a time of the week; expected e.g. Mon 08:30"
        ),
    ]

    @Test("A wrong mail channel is told by its place", arguments: badMail)
    func refusedMail(written: Written, message: String) {
        let error = #expect(throws: SettingError.self) {
            _ = try EmailChannel(reading: written.setting, environment: desk.environment())
        }
        #expect(error.map { "\($0)" } == "config.yaml:" + message)
    }

    @Test(
        "What is no single address is none",
        arguments: [
            "ada", "@example.com", "ada@", "a@b@c", "a b@c", "ada@example.com, eve@example.com", "<ada@example.com>",
            "Ada <ada@example.com>", "a@b\nBcc: eve@example.com", "a@b\r", "ada@exämple.com", "\"a\"@b", "a(c)@b",
            "x:a@b;", "a@b;c", "a\\@b", "a@b\0",
        ]
    )
    func address(to: String) {
        let written: Written = ["command": Self.command, "to": .text(to)]
        let error = #expect(throws: SettingError.self) {
            _ = try EmailChannel(reading: written.setting, environment: desk.environment())
        }
        #expect(error?.place == Place(file: "config.yaml", line: 5))
        #expect(error?.message == "to: \"\(printable(to))\" is not an address; expected e.g. ada@example.com")
    }

    /// A digest's time as written, and as read.
    static let digests: [(text: String, day: String, minutes: Int)] = [
        ("Mon 08:30", "monday", 510), ("08:30", "monday", 510), ("sun 23:59", "sunday", 1_439),
        ("FRI 0:00", "friday", 0),
        ("Tue  7:05", "tuesday", 425),
    ]

    @Test("A digest comes at its time of the week, and then single nudges do not", arguments: digests)
    func digest(text: String, day: String, minutes: Int) async throws {
        let written: Written = ["command": ["sh"], "to": "a@b", "digest": .text(text)]
        let channel = try EmailChannel(reading: written.setting, environment: desk.environment())
        let profile = await channel.profile()
        #expect("\(profile.digestDay)" == day && !profile.carriesNudges && profile.problem == nil)
        #expect(profile.digestTime.map { $0.hour * 60 + $0.minute } == minutes)
    }

    @Test(
        "What is no time of the week is none",
        arguments: ["Mon", "Monday 08:30", "Mon 24:00", "Mon 8", "8:60", "Mon 08:30 daily", "08:30 Mon", "-1:00", " "]
    )
    func noTime(text: String) {
        let written: Written = ["command": ["sh"], "to": "a@b", "digest": .text(text)]
        let error = #expect(throws: SettingError.self) {
            _ = try EmailChannel(reading: written.setting, environment: desk.environment())
        }
        #expect(error?.message.hasSuffix(" is not a time of the week; expected e.g. Mon 08:30") == true)
    }

    @Test("Without a digest single nudges are mailed, and the catalogue's plain channels need no settings")
    func plain() async throws {
        let written: Written = ["command": ["sh"], "to": "a@b"]
        let profile = await (try EmailChannel(reading: written.setting, environment: desk.environment())).profile()
        #expect(profile == ChannelProfile(name: .email, carriesNudges: true, leavesMachine: true))
        let environment = desk.environment()
        #expect(ChannelKinds.plain("desktop", environment: environment)?.name == .desktop)
        #expect(ChannelKinds.plain("terminal", environment: environment)?.name == .terminal)
        #expect(ChannelKinds.plain("email", environment: environment) == nil)
        #expect(ChannelKinds.plain("", environment: environment) == nil)
    }
}
