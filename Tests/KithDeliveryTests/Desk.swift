import Foundation
import Glibc
import KithDelivery
import KithTesting
import Systemd

/// What channels work with, for a test: a folder for what programs leave, a `PATH`, and the lines that were printed.
final class Desk: Sendable {
    let folder: TemporaryFolder
    private let lines: AsyncStream<String>
    private let printed: AsyncStream<String>.Continuation

    init() throws {
        folder = try TemporaryFolder()
        (lines, printed) = AsyncStream.makeStream(of: String.self)
        // As the program does: a pipe that nobody reads is an error of the write and no death.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// - Parameter path: The `PATH` of programs that are started; the machine's where it is `nil`.
    func environment(session: Bus? = nil, path: String? = nil) -> ChannelEnvironment {
        let variables = [
            "PATH": path ?? "\(folder.path):/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8", "SECRET": "secret",
        ]
        return ChannelEnvironment(session: session, system: nil, variables: variables) { [printed] in printed.yield($0)
        }
    }

    /// Everything printed until now.
    func printedLines() async -> [String] {
        printed.finish()
        return await lines.reduce(into: []) { $0.append($1) }
    }

    /// Writes a program of the shell's.
    func program(_ name: String, _ script: String) throws {
        let file = try folder.write("#!/bin/sh\n" + script + "\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
    }

    /// What a program wrote to a file.
    func left(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: folder.path + "/" + name).map { Array($0) }
    }

    /// The number of a process, as a program wrote it to a file.
    private func process(_ name: String) -> pid_t? {
        left(name).flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").first }.flatMap { pid_t($0) }
    }

    /// Whether the process still does anything whose number a program wrote to a file.
    func isAlive(_ name: String) -> Bool {
        guard let number = process(name),
            let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
        else { return false }
        // One that ended and that nobody asked about yet is a Z.
        return status.split(separator: ") ").last?.hasPrefix("Z") == false
    }

    /// Ends what a program left running on purpose.
    func end(_ name: String) {
        if let number = process(name), number > 1 { kill(number, SIGKILL) }
    }
}
