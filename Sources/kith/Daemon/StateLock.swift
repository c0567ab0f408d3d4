import Glibc
import KithEngine

/// The lock on a state folder that keeps a second daemon out; commands work beside the daemon and never take it.
///
/// `flock(2)` is given back by the kernel however the process ends, so no stale lock is ever left.
struct StateLock: ~Copyable {
    private let descriptor: Int32

    /// `nil` where another daemon holds it.
    init?(folder: String) throws(Failure) {
        let path = folder + "/daemon.lock"
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw Failure(.unusable, "\(path): \(unsafe String(cString: strerror(errno)))")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            return nil
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }
}
