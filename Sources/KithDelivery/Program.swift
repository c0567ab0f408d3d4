import KithCore
import Subprocess
import SystemPackage
import Systemd

/// Runs the user's own programs: by argument list and standard input only, no shell ever sees a name.
///
/// Under a user manager a program runs as a transient unit, outside the daemon's sandbox; without one it is a child.
struct Program: Sendable {
    /// How it ended.
    enum Outcome: Hashable, Sendable {
        case succeeded
        /// It ran and failed; with what it complained of, where that is known.
        case failed(String)
        /// There is no such program.
        case missing
    }

    let session: Bus?
    let variables: [String: String]

    /// What a child or a unit needs of the environment: no more than programs of a session expect.
    private static let passed = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
        "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS",
        "XDG_CURRENT_DESKTOP",
    ]

    private var environment: [String: String] {
        variables.filter { Self.passed.contains($0.key) }
    }

    /// Where a name is found on the `PATH`; a name with a slash stands for itself.
    func find(_ name: String) -> String? {
        let folders =
            name.contains("/") ? [""] : (variables["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { $0 + "/" }
        return folders.map { $0 + name }.first { isExecutable($0) }
    }

    /// Runs a program to its end.
    func run(_ arguments: [String], unit: String, input: [UInt8], timeout: Int) async -> Outcome {
        guard let path = find(arguments[0]) else { return .missing }
        if let session {
            let list = environment.map { "\($0.key)=\($0.value)" }.sorted()
            let outcome = try? await TransientUnit(bus: session).run(
                name: unit,
                arguments: [path] + arguments.dropFirst(),
                environment: list,
                input: input,
                timeout: timeout
            )
            switch outcome {
            case .exited(0)?: return .succeeded
            case .exited(let status)?:
                return .failed("\(arguments[0]) ended with status \(status); see journalctl --user -u \(unit)")
            case .failed(let why)?: return .failed("\(arguments[0]): \(why)")
            case .running?: return .failed("\(arguments[0]) is still running from an earlier attempt")
            case .absent?, nil: break
            }
        }
        var options = PlatformOptions()
        // What the program started goes with it where it is killed: nothing is left that could still send.
        options.processGroupID = 0
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let outcome = await runChild(path, arguments, options: options, input: input, timeout: timeout)
        return outcome ?? .failed("\(arguments[0]) took longer than \(timeout) s")
    }

    /// Runs a child to its end; `nil` where it took too long.
    private func runChild(
        _ path: String,
        _ arguments: [String],
        options: PlatformOptions,
        input: [UInt8],
        timeout: Int
    ) async -> Outcome? {
        let custom = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
        )
        do {
            let result = try await withTimeout(seconds: timeout) {
                try await Subprocess.run(
                    .path(FilePath(path)),
                    arguments: Arguments(Array(arguments.dropFirst())),
                    environment: .custom(custom),
                    platformOptions: options,
                    input: .inputWriter,
                    output: .discarded,
                    error: .sequence
                ) { execution in
                    async let complaint = beginning(of: execution.standardError)
                    // Not every program reads what it is given: how it went is told by its status alone.
                    _ = try? await execution.standardInputWriter.write(input)
                    try? await execution.standardInputWriter.finish()
                    return await complaint
                }
            }
            guard let result else { return nil }
            if result.terminationStatus.isSuccess { return .succeeded }
            let lines = result.closureResult.split(whereSeparator: \.isNewline).joined(separator: "; ")
            let complaint = lines.isEmpty ? "" : ": " + shortened(lines, to: 300)
            return .failed("\(arguments[0]) ended with \(words(result.terminationStatus))\(complaint)")
        } catch {
            return .failed("\(arguments[0]): \(error)")
        }
    }

    private func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "status \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }

    /// Starts a program and does not wait for it.
    ///
    /// - Parameter patience: Seconds a child gets, where there is no manager, to hand over to a running program; what stays longer
    ///   than that is open.
    func start(_ arguments: [String], unit: String, patience: Int = 20) async -> Outcome {
        guard let path = find(arguments[0]) else { return .missing }
        if let session, await TransientUnit(bus: session).isAvailable() {
            let list = environment.map { "\($0.key)=\($0.value)" }.sorted()
            do throws(BusError) {
                let all = [path] + arguments.dropFirst()
                try await TransientUnit(bus: session).start(name: unit, arguments: all, environment: list)
                return .succeeded
            } catch {
                return .failed("\(arguments[0]): \(error)")
            }
        }
        return await runChild(path, arguments, options: PlatformOptions(), input: [], timeout: patience) ?? .succeeded
    }
}

/// What a program complained of, as far as anybody would read it; the rest is taken and dropped, so that the program can go on.
private func beginning(of output: SubprocessOutputSequence) async -> String {
    var bytes: [UInt8] = []
    do {
        for try await buffer in output where bytes.count < 4_096 {
            unsafe bytes += buffer.withUnsafeBytes { unsafe Array($0.prefix(4_096)) }
        }
    } catch {
        // What was read until then is all there is.
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// The result of some work, or `nil` where it took too long; what is late is cancelled.
func withTimeout<Value: Sendable>(
    seconds: Int,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: .seconds(seconds))
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
