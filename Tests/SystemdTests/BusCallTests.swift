import KithTesting
import Systemd
import Testing

/// Calls and answers over a real bus, between two connections.
@Suite("Calls on a bus", .timeLimit(.minutes(1)))
struct BusCallTests {
    static let name = "org.example.Echo"
    static let path = "/org/example/Echo"

    private let bus: PrivateBus
    private let caller: Bus
    /// Answers as the member's name says.
    private let callee: Callee

    init() async throws {
        bus = try PrivateBus()
        caller = try await bus.open()
        callee = try await Callee(on: try await bus.open(), name: Self.name, paths: [Self.path]) { message in
            switch message.member {
            case "Echo": return .success(message.arguments)
            case "Never":
                try? await Task.sleep(for: .seconds(60))
                return .success([])
            case "Late":
                try? await Task.sleep(for: .milliseconds(300))
                return .success([.string("late")])
            case "Unsendable": return .success([.array(of: "s", [.uint32(1)])])
            case "Refuse": return .failure(BusError("org.example.Error.Full", "no <room> für \"Zoë\""))
            default: return .failure(BusError("org.freedesktop.DBus.Error.UnknownMethod", "no \(message.member)"))
            }
        }
    }

    private func call(
        _ member: String,
        _ arguments: [BusValue] = [],
        path: String = Self.path,
        timeout: Int = 10
    ) async throws(BusError) -> [BusValue] {
        try await caller.call(Self.name, path, "org.example.Echo1", member, arguments, timeout: timeout)
    }

    static let deep = (0..<20).reduce(BusValue.string("core")) { value, _ in .variant(.structure([.byte(1), value])) }

    /// Each comes back as it went.
    static let values: [BusValue] = [
        .byte(0), .byte(255), .boolean(true), .boolean(false), .int32(.min), .int32(.max), .uint32(.max),
        .int64(.min), .int64(.max), .uint64(.max), .double(-0.1), .double(.infinity), .double(.leastNonzeroMagnitude),
        .string(""), .string("Zoë Ωmega 東京 👩‍👩‍👧‍👦 \u{202e}abc"), .string("<b>&amp;\"'\n\r\t\u{1b}[31m"),
        .string(String(repeating: "ä", count: 200_000)), .objectPath("/"), .objectPath("/org/example_1/A2"),
        .signature(""), .signature("susssasa{sv}i"), .variant(.variant(.variant(.uint32(7)))), deep, .strings([]),
        .strings(["", "a", "\u{1f600}"]), .array(of: "u", []), .array(of: "as", [.strings([]), .strings(["x"])]),
        .array(of: "(sv)", [.structure([.string("a"), .variant(.strings([]))])]), .dictionary([:]),
        .dictionary(["": .byte(1), "nested": .dictionary(["more": .boolean(false)]), "list": .strings(["a", "b"])]),
        .array(of: "a{sv}", []), .array(of: "a{sv}", [.dictionary([:]), .dictionary(["a": .int64(-1)])]),
        .structure([.structure([.structure([.string("in")])]), .array(of: "(ii)", []), .double(1)]),
        .array(of: "v", [.variant(.string("a")), .variant(.boolean(true))]),
    ]

    @Test("A value comes back as it went")
    func roundTrip() async throws {
        for value in Self.values {
            #expect(try await call("Echo", [value]) == [value])
        }
        #expect(try await call("Echo", Self.values) == Self.values)
        #expect(try await call("Echo") == [])
    }

    @Test("Bytes that went all at once come back one by one")
    func bytes() async throws {
        let bytes = (0...255).map { UInt8($0) }
        let answer = try await call("Echo", [.bytes(bytes), .bytes([])])
        #expect(answer == [.array(of: "y", bytes.map { .byte($0) }), .array(of: "y", [])])
    }

    @Test("Text that D-Bus can not hold is sent with marks in its place; a path is not")
    func unsendable() async throws {
        for value: UInt32 in [0, 0xfffe, 0xffff, 0xfdd0, 0xfdef, 0x1fffe, 0x10_ffff] {
            let text = "a" + String(try #require(Unicode.Scalar(value))) + "b"
            #expect(try await call("Echo", [.string(text)]) == [.string("a\u{fffd}b")], "\(value)")
        }
        for value: UInt32 in [1, 0x7f, 0xfdcf, 0xfdf0, 0xfffd, 0x1_0000, 0x10_fffd] {
            let text = String(try #require(Unicode.Scalar(value)))
            #expect(try await call("Echo", [.string(text)]) == [.string(text)], "\(value)")
        }
        for value in [
            BusValue.objectPath("/a\0b"), .objectPath("a"), .objectPath(""), .signature("(s"), .signature("s\0"),
            .array(of: "s", [.uint32(1)]), .array(of: "u", [.string("")]), .structure([]),
            .variant(.array(of: "?", [])),
        ] {
            await #expect(throws: BusError.self, "\(value)") { _ = try await call("Echo", [value]) }
        }
        #expect(try await call("Echo", [.byte(1)]) == [.byte(1)])
    }

    /// What busctl sends, and how it is read.
    static let foreign: [(signature: String, words: [String], value: BusValue)] = [
        ("n", ["-300"], .int32(-300)), ("q", ["65535"], .uint32(65_535)),
        ("a{su}", ["1", "k", "5"], .array(of: "{su}", [.structure([.string("k"), .uint32(5)])])),
        ("a{sv}", ["1", "k", "n", "-1"], .dictionary(["k": .int32(-1)])),
        ("(yb)", ["1", "true"], .structure([.byte(1), .boolean(true)])),
    ]

    @Test("What other programs send is read too", arguments: foreign)
    func busctl(signature: String, words: [String], value: BusValue) async throws {
        let arguments = ["call", "--", Self.name, Self.path, "org.example.Echo1", "Refuse", signature] + words
        let said = try await bus.busctl(arguments)
        #expect(said.status != 0 && said.output.contains("no <room> für \"Zoë\""), "\(said)")
        #expect(callee.arguments(of: "Refuse") == [[value]])
    }

    @Test("An error arrives with its name and its text")
    func errors() async throws {
        let full = BusError("org.example.Error.Full", "no <room> für \"Zoë\"")
        await #expect(throws: full) { _ = try await call("Refuse") }
        #expect("\(full)" == "no <room> für \"Zoë\"" && "\(BusError("a.b", ""))" == "a.b")
        let unknown = BusError("org.freedesktop.DBus.Error.UnknownMethod", "no Other")
        await #expect(throws: unknown) { _ = try await call("Other") }
        let object = BusError("org.freedesktop.DBus.Error.UnknownObject", "there is no object /org/example/Nothing")
        await #expect(throws: object) { _ = try await call("Echo", path: "/org/example/Nothing") }
        #expect(callee.asked.map(\.member) == ["Refuse", "Other"])
    }

    @Test("An answer that can not be made is an error and not silence")
    func unmakeable() async throws {
        let error = await #expect(throws: BusError.self) { _ = try await call("Unsendable", timeout: 5) }
        #expect(error?.name == "org.freedesktop.DBus.Error.Failed")
        #expect(error?.message.hasPrefix("a message could not be made") == true)
    }

    @Test("A call ends at its time limit, and an answer after that harms nothing")
    func timeout() async throws {
        await #expect(throws: BusError.timeout) { _ = try await call("Late", timeout: 0) }
        await #expect(throws: BusError.timeout) { _ = try await call("Never", timeout: 1) }
        #expect(try await call("Late") == [.string("late")])
    }

    @Test("Who is called by nobody's name is not there")
    func nobody() async throws {
        let error = await #expect(throws: BusError.self) {
            _ = try await caller.call("org.example.Nobody", "/", "org.example.Nobody", "Hello")
        }
        #expect(error?.name == "org.freedesktop.DBus.Error.ServiceUnknown")
        for (name, path, member) in [("no name", "/", "M"), (Self.name, "no path", "M"), (Self.name, "/", "no member")]
        {
            await #expect(throws: BusError.self, "\(name) \(path) \(member)") {
                _ = try await caller.call(name, path, "org.example.I", member)
            }
        }
    }

    @Test("A handler that takes its time holds up no other call")
    func late() async throws {
        let order = try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask { try await self.call("Late").first?.text ?? "" }
            for number in 0..<5 {
                group.addTask { try await self.call("Echo", [.string("\(number)")]).first?.text ?? "" }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(order.count == 6 && order.last == "late")
    }

    @Test("A thousand calls at once each get their own answer")
    func thousand() async throws {
        let answers = try await withThrowingTaskGroup(of: (UInt32, [BusValue]).self) { group in
            for number in UInt32(0)..<1_000 {
                group.addTask { (number, try await self.call("Echo", [.uint32(number)])) }
            }
            return try await group.reduce(into: [UInt32: [BusValue]]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 1_000 && answers.allSatisfy { $1 == [.uint32($0)] })
        #expect(callee.asked.count == 1_000)
    }

    @Test("An object tells what it offers, to Introspect and to nothing else")
    func introspection() async throws {
        let text = "<node><interface name=\"org.example.Echo1\"><method name=\"Echo\"/></interface></node>"
        let name = "org.example.Told"
        let callee = try await Callee(
            on: try await bus.open(),
            name: name,
            paths: [Self.path],
            introspection: text
        ) { _ in
            .failure(BusError("org.freedesktop.DBus.Error.UnknownMethod", "no"))
        }
        let interface = "org.freedesktop.DBus.Introspectable"
        #expect(try await caller.call(name, Self.path, interface, "Introspect") == [.string(text)])
        #expect(callee.asked == [])
        await #expect(throws: BusError.self) { _ = try await caller.call(name, Self.path, interface, "Other") }
        let listing = try await bus.busctl(["introspect", name, Self.path])
        #expect(listing.status == 0 && listing.output.contains("org.example.Echo1"), "\(listing)")
    }
}
