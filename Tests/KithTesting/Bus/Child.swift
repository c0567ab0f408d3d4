import Foundation
import Glibc
import Synchronization

/// A process of a test's own, which takes every signal as a shell's child does.
///
/// Foundation's lets processes that start at the same time hold each other's descriptors, so that the end of one is not seen
/// before the end of the other.
final class Child: Sendable {
    private let number: pid_t
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - arguments: The program's path, and its arguments.
    ///   - descriptors: Its standard input, output and error.
    init(_ arguments: [String], descriptors: (Int32, Int32, Int32)) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (own, given) in [descriptors.0, descriptors.1, descriptors.2].enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, given, Int32(own))
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { while let word = unsafe words.popLast() { unsafe free(word) } }
        var number: pid_t = 0
        let code = unsafe posix_spawn(&number, arguments[0], &actions, &attributes, &words, environ)
        guard code == 0 else { throw Problem(code: code, program: arguments[0]) }
        self.number = number
    }

    /// Why a process could not be started.
    struct Problem: Error {
        let code: Int32
        let program: String
    }

    /// The exit status, 128 and the signal's number where one ended it; `nil` while it runs.
    func ended() -> Int32? {
        wait(options: WNOHANG)
    }

    /// Waits for its end, which is near.
    func wait() {
        _ = wait(options: 0)
    }

    /// The two ends of a line to a process, which no other process holds by accident.
    static func line() throws -> (FileHandle, FileHandle) {
        var ends: [Int32] = [0, 0]
        let code = unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
        guard code == 0 else { throw Problem(code: errno, program: "socketpair") }
        return (
            FileHandle(fileDescriptor: ends[0], closeOnDealloc: true),
            FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        )
    }

    private func wait(options: Int32) -> Int32? {
        status.withLock { status in
            if let status { return status }
            var word: Int32 = 0
            guard unsafe waitpid(number, &word, options) == number else { return nil }
            status = word & 0x7f == 0 ? word >> 8 & 0xff : 128 + word & 0x7f
            return status
        }
    }
}
