import KithCore
import KithEngine
import KithTesting
import Systemd
import Testing

@testable import KithDelivery

/// Mail commands as real child processes.
@Suite("The mail channel", .timeLimit(.minutes(1)))
struct EmailChannelTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    /// A channel whose command is a script of the shell's, in which `$D` is the test's folder.
    private func channel(_ script: String, timeout: Int = 30, session: Bus? = nil) throws -> EmailChannel {
        let command: Written = ["sh", "-c", .text("D=\(desk.folder.path); " + script)]
        return try EmailChannel(
            reading: (["command": command, "to": "ada@example.com"] as Written).setting,
            environment: desk.environment(session: session),
            timeout: timeout
        )
    }

    private static func sent(_ delivery: Delivery) -> AttemptOutcome {
        .sent(receipt: MailMessage(delivery, address: "ada@example.com").messageID, wasSeen: true)
    }

    @Test("The command gets the mail on its input, to the last byte")
    func input() async throws {
        for body in ["short", String(repeating: "ä long line\n", count: 50_000)] {
            let delivery = Delivery.sample(body: body, channel: .email)
            #expect(try await channel("cat >$D/mail").send(delivery) == Self.sent(delivery))
            #expect(desk.left("mail") == MailMessage(delivery, address: "ada@example.com").bytes)
        }
    }

    @Test("Of the environment it gets what programs of a session expect")
    func environment() async throws {
        _ = try await channel("env >$D/env").send(.sample(channel: .email))
        let names = String(decoding: try #require(desk.left("env")), as: UTF8.self).split(separator: "\n").map {
            $0.prefix { $0 != "=" }
        }
        #expect(Set(names).isSuperset(of: ["PATH", "HOME", "LANG"]) && !names.contains("SECRET"))
    }

    /// A script, and what comes of it.
    static let failures: [(script: String, why: String)] = [
        ("cat >/dev/null; echo 'no route' >&2; echo two >&2; exit 75", "sh ended with status 75: no route; two"),
        ("exit 1", "sh ended with status 1"), ("echo out; exit 3", "sh ended with status 3"),
        ("printf 'a\\033[2J\\nb\\0c' >&2; exit 1", "sh ended with status 1: a [2J; b c"),
        ("printf '\\377\\376' >&2; exit 1", "sh ended with status 1: \u{fffd}\u{fffd}"),
        ("kill -9 $$", "sh ended with signal 9"),
    ]

    @Test("A command that fails is told with what it complained of", arguments: failures)
    func failure(script: String, why: String) async throws {
        #expect(try await channel(script).send(.sample(channel: .email)) == .failed(why))
    }

    /// Scripts that end well however little they read and however much they say.
    static let odd = [
        "exit 0", "exec <&-; sleep 0.3; touch $D/done", "head -c 10 >/dev/null", "echo a warning >&2",
        "head -c 1000000 /dev/zero | tr '\\0' x >&2", "head -c 1000000 /dev/zero",
        "cat >/dev/null; sleep 50 >&2 & echo $! >$D/pid; exit 0",
    ]

    @Test("A command's status alone says how it went", arguments: odd)
    func endsWell(script: String) async throws {
        for body in ["short", String(repeating: "a long line\n", count: 50_000)] {
            let delivery = Delivery.sample(body: body, channel: .email)
            #expect(try await channel(script).send(delivery) == Self.sent(delivery))
            desk.end("pid")
        }
        #expect((desk.left("done") != nil) == script.contains("done"))
    }

    @Test("A complaint of a megabyte is cut")
    func megabyte() async throws {
        let script = "head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 2"
        guard case .failed(let why) = try await channel(script).send(.sample(channel: .email)) else {
            Issue.record("sent")
            return
        }
        #expect(why.hasPrefix("sh ended with status 2: xxx") && why.hasSuffix("x…") && why.count < 400)
    }

    /// Scripts that never end by themselves.
    static let endless = [
        "echo $$ >$D/pid; sleep 50", "echo $$ >$D/pid; trap '' TERM; while :; do sleep 1; done",
        "sleep 50 & echo $! >$D/pid; wait", "(sleep 50; touch $D/late) & echo $! >$D/pid; wait",
        "echo $$ >$D/pid; while :; do echo x >&2; done",
    ]

    @Test("A command that never ends is killed at its time, with what it started", arguments: endless)
    func neverEnds(script: String) async throws {
        let body = String(repeating: "a long line\n", count: 50_000)
        let outcome = try await channel(script, timeout: 1).send(.sample(body: body, channel: .email))
        #expect(outcome == .failed("sh took longer than 1 s"))
        while desk.isAlive("pid") { try await Task.sleep(for: .milliseconds(20)) }
        #expect(desk.left("pid") != nil && desk.left("late") == nil)
    }

    @Test(
        "A command that is not there is refused, and a problem",
        arguments: ["nonesuch", "/nonexistent/msmtp", "./plain", "folder"]
    )
    func missing(name: String) async throws {
        try desk.folder.write("#!/bin/sh\n", to: "plain")
        try desk.folder.write("", to: "folder/file")
        let setting = (["command": [.text(name)], "to": "ada@example.com"] as Written).setting
        let channel = try EmailChannel(reading: setting, environment: desk.environment())
        #expect(await channel.profile().problem == "\(name) is not installed")
        #expect(await channel.send(.sample(channel: .email)) == .refused("\(name) is not installed"))
    }

    @Test("A command that can not be run is a failure of one line")
    func unrunnable() async throws {
        try desk.program("bad", "")
        let file = try desk.folder.write("#!/nonexistent/sh\n", to: "bad")
        let setting = (["command": [.text(file)], "to": "ada@example.com"] as Written).setting
        let channel = try EmailChannel(reading: setting, environment: desk.environment())
        guard case .failed(let why) = await channel.send(.sample(channel: .email)) else {
            Issue.record("sent")
            return
        }
        #expect(why.hasPrefix("\(file): ") && !why.contains("\n"))
    }

    @Test("A mail can not be called back, and trying does no harm")
    func retract() async throws {
        await (try channel("touch $D/done")).retract(receipt: "<1@kith.invalid>")
        #expect(desk.left("done") == nil)
    }
}
