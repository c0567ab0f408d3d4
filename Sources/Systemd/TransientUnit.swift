/// Runs a program as a unit of its own under the user's service manager: outside the sandbox of who asks for it.
package struct TransientUnit: Sendable {
    private static let service = "org.freedesktop.systemd1"
    private static let path = "/org/freedesktop/systemd1"
    private static let manager = "org.freedesktop.systemd1.Manager"

    /// How it ended.
    package enum Outcome: Hashable, Sendable {
        case exited(Int)
        /// By a signal, a time limit, or not even started; in systemd's words.
        case failed(String)
        /// A unit of this name runs already.
        case running
        /// There is no manager on this bus.
        case absent
    }

    private let bus: Bus

    package init(bus: Bus) {
        self.bus = bus
    }

    /// Whether a service manager answers on this bus.
    package func isAvailable() async -> Bool {
        await bus.owner(of: Self.service) != nil
    }

    /// Runs a program and waits for its end.
    ///
    /// - Parameters:
    ///   - name: Of the unit, with `.service`.
    ///   - arguments: The program by its path or by a name the manager's path finds, and its arguments.
    ///   - input: What it reads on standard input.
    ///   - timeout: Seconds it may take.
    ///   - grace: Seconds after that within which the manager has ended it.
    package func run(
        name: String,
        arguments: [String],
        environment: [String] = [],
        input: [UInt8],
        timeout: Int,
        grace: Int = 10
    ) async throws(BusError) -> Outcome {
        guard await isAvailable() else { return .absent }
        let jobs = try await bus.signals(SignalRule(path: Self.path, interface: Self.manager, member: "JobRemoved"))
        _ = try? await call("Subscribe", [])
        let properties: [(String, BusValue)] = [
            ("Description", .string("kith: \(arguments[0])")),
            ("Type", .string("oneshot")),
            ("Environment", .strings(environment)),
            ("TimeoutStartUSec", .uint64(UInt64(timeout) * 1_000_000)),
            ("StandardInput", .string("data")),
            ("StandardInputData", .bytes(input)),
            ("ExecStart", command(arguments)),
        ]
        do throws(BusError) {
            let started = try await call("StartTransientUnit", start(name, properties))
            guard let job = started.first?.text else { return .failed("no job") }
            guard await ended(job, in: jobs, timeout: timeout + grace) else { return .failed("timeout") }
        } catch {
            if error.name == "org.freedesktop.systemd1.UnitExists" { return .running }
            // Whether it was started is not known: nobody must take it for one that was not.
            if error == .disconnected || error == .timeout { return .failed(error.message) }
            throw error
        }
        let result = await outcome(of: name)
        _ = try? await call("ResetFailedUnit", [.string(name)])
        return result
    }

    /// Starts a program and does not wait.
    package func start(name: String, arguments: [String], environment: [String]) async throws(BusError) {
        let properties: [(String, BusValue)] = [
            ("Description", .string("kith: \(arguments[0])")),
            ("CollectMode", .string("inactive-or-failed")),
            ("Environment", .strings(environment)),
            ("ExecStart", command(arguments)),
        ]
        _ = try await call("StartTransientUnit", start(name, properties))
    }

    private func start(_ name: String, _ properties: [(String, BusValue)]) -> [BusValue] {
        let list = properties.map { BusValue.structure([.string($0.0), .variant($0.1)]) }
        return [.string(name), .string("fail"), .array(of: "(sv)", list), .array(of: "(sa(sv))", [])]
    }

    private func command(_ arguments: [String]) -> BusValue {
        .array(of: "(sasb)", [.structure([.string(arguments[0]), .strings(arguments), .boolean(false)])])
    }

    private func call(_ member: String, _ arguments: [BusValue]) async throws(BusError) -> [BusValue] {
        try await bus.call(Self.service, Self.path, Self.manager, member, arguments)
    }

    /// Waits for the end of a job; false where the time ran out.
    private func ended(_ job: String, in jobs: AsyncStream<BusMessage>, timeout: Int) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await message in jobs where message.arguments.dropFirst().first?.text == job { return true }
                return false
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(timeout))
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }

    private func outcome(of name: String) async -> Outcome {
        guard let unit = try? await call("LoadUnit", [.string(name)]).first?.text else { return .exited(0) }
        let result = await property(unit, "Result")?.text ?? "success"
        let status = await property(unit, "ExecMainStatus")?.number ?? 0
        switch result {
        case "success": return .exited(0)
        case "exit-code": return .exited(Int(status))
        default: return .failed(result)
        }
    }

    private func property(_ unit: String, _ name: String) async -> BusValue? {
        let arguments: [BusValue] = [.string("org.freedesktop.systemd1.Service"), .string(name)]
        return try? await bus.call(Self.service, unit, "org.freedesktop.DBus.Properties", "Get", arguments).first
    }
}
