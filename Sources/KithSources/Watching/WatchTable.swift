import Glibc
import Synchronization

/// Which folders are watched, by the numbers that inotify gives them.
final class WatchTable: Sendable {
    private let folders = Mutex<[String: Int32]>([:])

    func change<Result: Sendable>(_ body: (inout [String: Int32]) -> Result) -> Result {
        folders.withLock { body(&$0) }
    }

    /// What an event of inotify comes to.
    ///
    /// | event                                              | change                                            |
    /// |----------------------------------------------------|---------------------------------------------------|
    /// | that a watch ended which was taken away            | none: whoever takes one away would wake themselves |
    /// | the queue ran over, a folder ended or was unmounted | everything                                        |
    /// | in a folder: about a folder                        | everything                                        |
    /// | in a folder: about anything else                   | that path, by every name the folder is watched by |
    func change(in watch: Int32, mask: UInt32, name: String) -> FolderChange {
        let names = folders.withLock { folders in folders.filter { $0.value == watch }.map(\.key) }
        if mask & UInt32(IN_IGNORED) != 0, names.isEmpty { return .nothing }
        guard !names.isEmpty, !name.isEmpty, mask & UInt32(IN_Q_OVERFLOW | IN_IGNORED | IN_ISDIR) == 0 else {
            return .everything
        }
        return .files(Set(names.map { ExactPath(($0 == "/" ? "" : $0) + "/" + name) }))
    }
}
