import Foundation
package import Systemd

/// A message bus of its own for one test: a real `dbus-daemon` in a temporary folder, known to nobody else and ended with the
/// last reference to it.
package final class PrivateBus: Sendable {
    /// As D-Bus writes it.
    package let address: String
    private let folder: TemporaryFolder
    private let daemon: Process

    /// - Parameter services: Names the bus can start a program for, and the program's line.
    package init(services: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        address = "unix:path=\(folder.path)/bus"
        for (name, program) in services {
            try folder.write("[D-BUS Service]\nName=\(name)\nExec=\(program)\n", to: "services/\(name).service")
        }
        let configuration = try folder.write(Self.configuration(folder.path), to: "bus.xml")
        daemon = Process()
        daemon.executableURL = URL(filePath: "/usr/bin/dbus-daemon")
        daemon.arguments = ["--config-file=\(configuration)", "--nofork", "--nopidfile", "--print-address=1"]
        let output = Pipe()
        daemon.standardOutput = output
        daemon.standardError = FileHandle.nullDevice
        try daemon.run()
        // Its address is what it says when it listens.
        _ = output.fileHandleForReading.availableData
    }

    deinit {
        end()
    }

    private static func configuration(_ folder: String) -> String {
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=\(folder)/bus</listen>
          <auth>EXTERNAL</auth>
          <servicedir>\(folder)/services</servicedir>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
          <limit name="max_replies_per_connection">50000</limit>
          <limit name="max_match_rules_per_connection">8</limit>
        </busconfig>

        """
    }

    /// A new connection.
    package func open() async throws -> Bus {
        try await Bus.open(address: address)
    }

    /// Kills the bus, as a session's end or a crash does.
    package func end() {
        guard daemon.isRunning else { return }
        kill(daemon.processIdentifier, SIGKILL)
        daemon.waitUntilExit()
    }

    /// What another implementation's tool says on this bus.
    package func busctl(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let file = try folder.write("", to: "said-" + UUID().uuidString)
        let output = try FileHandle(forWritingTo: URL(filePath: file))
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/busctl")
        tool.arguments = ["--address=\(address)", "--timeout=20"] + arguments
        tool.standardOutput = output
        tool.standardError = output
        try await withCheckedThrowingContinuation { continuation in
            tool.terminationHandler = { _ in continuation.resume() }
            do { try tool.run() } catch { continuation.resume(throwing: error) }
        }
        return (tool.terminationStatus, try String(contentsOfFile: file, encoding: .utf8))
    }
}
