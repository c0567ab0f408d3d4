import KithCore
import KithEngine
import KithTesting
import Systemd
import Testing

@testable import KithDelivery

/// Programs where there is a service manager, and what the desktop opens.
@Suite("The user's programs", .timeLimit(.minutes(1)))
struct ProgramTests {
    private let desk: Desk
    private let bus: PrivateBus
    private let session: Bus
    private let other: Bus

    init() async throws {
        desk = try Desk()
        bus = try PrivateBus()
        session = try await bus.open()
        other = try await bus.open()
        try desk.program("courier", "cat >\"${0%/*}/mail\"; echo \"$@\" >\"${0%/*}/arguments\"")
    }

    private func send() async throws -> AttemptOutcome {
        let setting = (["command": ["courier", "-t"], "to": "ada@example.com"] as Written).setting
        let environment = desk.environment(session: session)
        return await (try EmailChannel(reading: setting, environment: environment)).send(.sample(channel: .email))
    }

    @Test("A bus without a manager runs the command as a child")
    func noManager() async throws {
        guard case .sent = try await send() else {
            Issue.record("not sent")
            return
        }
        #expect(desk.left("arguments") == Array("-t\n".utf8) && desk.left("mail")?.isEmpty == false)
    }

    private static let unit = "kith-mail-\(Delivery.sample(channel: .email).key.token).service"

    /// What a manager says, and what it comes to.
    static let fates: [(fate: StandInManager.Fate, why: String?)] = [
        (.ends("success", 0), nil),
        (.ends("exit-code", 75), "courier ended with status 75; see journalctl --user -u \(unit)"),
        (.ends("timeout", 15), "courier: timeout"),
        (.refused("org.freedesktop.systemd1.UnitExists"), "courier is still running from an earlier attempt"),
    ]

    @Test("A manager runs it as a unit that is named by the delivery", arguments: fates)
    func unit(fate: StandInManager.Fate, why: String?) async throws {
        let manager = try await StandInManager(on: other, fate)
        let delivery = Delivery.sample(channel: .email)
        let mail = MailMessage(delivery, address: "ada@example.com")
        let outcome = try await send()
        #expect(outcome == why.map { .failed($0) } ?? .sent(receipt: mail.messageID, wasSeen: true))
        let unit = try #require(manager.started.first)
        #expect(unit.name == Self.unit && desk.left("mail") == nil)
        #expect(unit.properties["StandardInputData"] == .array(of: "y", mail.bytes.map { .byte($0) }))
        #expect(unit.properties["TimeoutStartUSec"] == .uint64(45_000_000))
        let (path, folder) = (desk.folder.path + "/courier", desk.folder.path)
        #expect(
            unit.properties["ExecStart"]
                == .array(of: "(sasb)", [.structure([.string(path), .strings([path, "-t"]), .boolean(false)])])
        )
        let variables = ["HOME=\(folder)", "LANG=C.UTF-8", "PATH=\(folder):/usr/bin:/bin"]
        #expect(unit.properties["Environment"] == .strings(variables))
    }

    @Test("A manager that will not is done without")
    func unwilling() async throws {
        let manager = try await StandInManager(on: other, .refused("org.freedesktop.DBus.Error.AccessDenied"))
        guard case .sent = try await send() else {
            Issue.record("not sent")
            return
        }
        #expect(manager.started.count == 1 && desk.left("mail")?.isEmpty == false)
    }

    private func desktop(session: Bus?) throws -> DesktopChannel {
        try DesktopChannel(
            reading: Written.nothing.setting,
            environment: desk.environment(session: session, path: desk.folder.path)
        )
    }

    @Test("Write and Call open an address through xdg-open, and nothing else is opened")
    func opens() async throws {
        let missing = "xdg-open is missing; install xdg-utils"
        #expect(try await desktop(session: nil).open("mailto:ana@example.org", token: "1") == missing)
        try desk.program("xdg-open", "printf '%s\\n' \"$@\" >>\"${0%/*}/opened\"")
        for url in ["file:///etc/passwd", "https://example.com", "", "mailto", "-h", "MAILTO:a", " mailto:a"] {
            #expect(try await desktop(session: nil).open(url, token: "1") == "only an address is opened")
        }
        #expect(desk.left("opened") == nil)
        for url in ["mailto:a@b.example", "tel:+4930", "mailto:$(touch x);`y`"] {
            #expect(try await desktop(session: session).open(url, token: "1") == nil)
        }
        let opened = String(decoding: try #require(desk.left("opened")), as: UTF8.self)
        #expect(opened == "mailto:a@b.example\ntel:+4930\nmailto:$(touch x);`y`\n")
        try desk.program("xdg-open", "echo no handler >&2; exit 3")
        let why = try await desktop(session: nil).open("tel:1", token: "1")
        #expect(why == "xdg-open ended with status 3: no handler")
    }

    @Test("Under a manager what is opened is a unit of its own")
    func openedByManager() async throws {
        try desk.program("xdg-open", "touch \"${0%/*}/opened\"")
        let manager = try await StandInManager(on: other, .neverEnds)
        #expect(try await desktop(session: session).open("tel:1", token: "abc") == nil)
        #expect(manager.started.map(\.name) == ["kith-open-abc.service"] && desk.left("opened") == nil)
        await other.close()
        #expect(try await session.isFree("org.freedesktop.systemd1"))
        let third = try await bus.open()
        let unwilling = try await StandInManager(on: third, .refused("org.example.No"))
        #expect(try await desktop(session: session).open("tel:1", token: "abc") == "xdg-open: it can not be")
        #expect(unwilling.started.count == 1)
    }

    @Test("What stays open longer than a moment is open, and stays")
    func stays() async throws {
        try desk.program("xdg-open", "sleep 50 & echo $! >\"${0%/*}/pid\"; wait")
        let program = Program(session: nil, variables: desk.environment().variables)
        #expect(await program.start(["xdg-open", "tel:1"], unit: "a.service", patience: 1) == .succeeded)
        #expect(desk.isAlive("pid"))
        desk.end("pid")
    }

    @Test("A name is looked for along the PATH, a path stands for itself")
    func finds() throws {
        let path = desk.folder.path
        try desk.folder.write("", to: "plain")
        func find(_ name: String, _ variables: [String: String]) -> String? {
            Program(session: nil, variables: variables).find(name)
        }
        #expect(find("courier", ["PATH": "/nonexistent::\(path)"]) == path + "/courier")
        #expect(find("courier", ["PATH": "/nonexistent"]) == nil && find("plain", ["PATH": path]) == nil)
        #expect(find("sh", [:])?.hasSuffix("bin/sh") == true && find("", ["PATH": path]) == nil)
        #expect(find(path + "/courier", [:]) == path + "/courier" && find(path, [:]) == nil)
    }
}
