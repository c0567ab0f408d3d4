import Glibc
import KithSources

/// The lock on a state folder that keeps a second daemon out; commands work beside the daemon and never take it.
///
/// `flock(2)` is given back by the kernel however the process ends, so no stale lock is ever left.
struct StateLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock of a folder, which is made where it is missing.
    ///
    /// - Throws: Status 4 where another daemon holds it, or where it cannot be made.
    init(folder: String) throws(Failure) {
        let path = folder + "/daemon.lock"
        do throws(FileProblem) {
            try FileWriter.makeFolder(folder)
        } catch {
            throw Failure(.unusable, "\(folder): \(error)")
        }
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw Failure(.unusable, "\(path): \(unsafe String(cString: strerror(errno)))") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw Failure(
                .unusable,
                "another kith daemon runs already for \(folder); --instance starts a second beside it"
            )
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
