import Foundation
import Glibc
import Synchronization
package import Systemd

/// A message bus of its own for one test: a real `dbus-daemon` in a temporary folder, known to nobody else and ended with the
/// last reference to it.
package final class PrivateBus: Sendable {
    /// As D-Bus writes it.
    package let address: String
    private let folder: TemporaryFolder
    /// A shell that holds the daemon, and ends it when the line it reads is closed: by ``end()`` or with this process.
    private let keeper: Child
    private let held: Mutex<FileHandle?>

    /// - Parameter services: Names the bus can start a program for, and the program's line.
    package init(services: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        address = "unix:path=\(folder.path)/bus"
        for (name, program) in services {
            try folder.write("[D-BUS Service]\nName=\(name)\nExec=\(program)\n", to: "services/\(name).service")
        }
        let configuration = try folder.write(Self.configuration(folder.path), to: "bus.xml")
        let (input, output) = (try Child.line(), try Child.line())
        let script = "dbus-daemon \"$@\" & read -r line; kill -KILL $!; wait $!"
        keeper = try Child(
            ["/bin/sh", "-c", script, "sh", "--config-file=\(configuration)", "--nofork", "--print-address=1"],
            descriptors: (
                input.0.fileDescriptor, output.0.fileDescriptor,
                FileHandle.nullDevice.fileDescriptor
            )
        )
        held = Mutex(input.1)
        // Its address is what it says when it listens.
        _ = output.1.availableData
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
        guard let held = held.withLock({ $0.take() }) else { return }
        try? held.close()
        keeper.wait()
    }

    /// What another implementation's tool says on this bus.
    package func busctl(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let file = try folder.write("", to: "said-" + UUID().uuidString)
        let said = try FileHandle(forWritingTo: URL(filePath: file))
        let nothing = FileHandle.nullDevice.fileDescriptor
        let tool = try Child(
            ["/usr/bin/busctl", "--address=\(address)", "--timeout=20"] + arguments,
            descriptors: (nothing, said.fileDescriptor, said.fileDescriptor)
        )
        while true {
            if let status = tool.ended() { return (status, try String(contentsOfFile: file, encoding: .utf8)) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
