@preconcurrency @unsafe import Dispatch
import Glibc
import Synchronization

/// Tells what changes in folders, by inotify(7): files written, renamed, made or gone, and folders themselves.
///
/// Folders are watched, never files: whoever replaces a file by renaming takes a watch on it away. A folder that is not there
/// yet is seen through the nearest one above it that is. Files are told by path; what happens to a folder, and an overflow of
/// the kernel's queue, is a change of everything.
package final class FolderWatcher: Sendable {
    /// One element for each burst of changes: a burst ends when nothing more came for a while, or when it has lasted for
    /// 25 times as long, so that whoever writes all the time hides nothing.
    package let changes: AsyncStream<FolderChange>

    /// What came of ``watch(_:)``.
    package struct Outcome: Hashable, Sendable {
        /// Folders that cannot be watched and are not merely missing.
        package let failed: [String]
        /// Whether folders are watched now that were not before: what happened in them until now nobody told.
        package let isWider: Bool
    }

    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let continuation: AsyncStream<FolderChange>.Continuation
    private let watches: WatchTable

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
            | IN_ONLYDIR
    )

    /// - Parameter quiet: Milliseconds without a change that end a burst.
    /// - Throws: A ``FileProblem`` where the kernel gives no more watchers.
    package init(quiet: Int = 200) throws(FileProblem) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        (changes, continuation) = AsyncStream.makeStream()
        let queue = DispatchQueue(label: "kith.watch")
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        watches = WatchTable()
        let (descriptor, continuation, watches) = (descriptor, continuation, watches)
        let burst = Burst(queue: queue, quiet: quiet) { continuation.yield($0) }
        source.setEventHandler {
            let change = drain(descriptor, watches)
            if change != .nothing { burst.touch(change) }
        }
        source.setCancelHandler {
            close(descriptor)
            continuation.finish()
        }
        source.activate()
    }

    deinit {
        source.cancel()
    }

    /// Watches these folders and no others.
    @discardableResult
    package func watch(_ folders: [String]) -> Outcome {
        watches.change { watches in
            let wanted = Set(folders.map { nearestFolder($0) })
            for (folder, watch) in watches where !wanted.contains(folder) {
                watches[folder] = nil
                // Two names may lead to one folder.
                if !watches.values.contains(watch) { inotify_rm_watch(descriptor, watch) }
            }
            var failed: [String] = []
            var isWider = false
            for folder in wanted {
                // Adding a watch anew gives the same number while the folder is the same, and follows one that was replaced.
                let watch = unsafe inotify_add_watch(descriptor, folder, Self.mask)
                let old = watches[folder]
                watches[folder] = watch >= 0 ? watch : nil
                // The folder that had the name before goes on being watched wherever it was moved to, unless told otherwise.
                if let old, old != watch, !watches.values.contains(old) { inotify_rm_watch(descriptor, old) }
                isWider = isWider || watch >= 0 && watch != old
                if watch < 0 { failed.append(folder) }
            }
            return Outcome(failed: failed.sorted(), isWider: isWider)
        }
    }

    /// Ends the stream of changes.
    package func stop() {
        source.cancel()
    }
}

/// A folder, or the nearest one above it that exists.
private func nearestFolder(_ path: String) -> String {
    var folder = path
    while FileReader.isFolder(folder) != true, folder.contains("/"), folder != "/" {
        let parent = FileWriter.parent(of: folder)
        folder = parent.isEmpty ? "/" : parent
    }
    return folder
}

/// Reads everything that waits, and says what it tells.
private func drain(_ descriptor: Int32, _ watches: WatchTable) -> FolderChange {
    var change = FolderChange.nothing
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return change }
        // An event is four numbers of four bytes (watch, mask, cookie, length of the name) and the name, filled up with zeros.
        func number(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: (0..<4).reduce(0) { $0 | UInt32(buffer[offset + $1]) << UInt32($1 * 8) })
        }
        var offset = 0
        while offset + 16 <= count {
            let next = offset + 16 + Int(number(offset + 12))
            let name = String(decoding: buffer[offset + 16..<next].prefix { $0 != 0 }, as: UTF8.self)
            let watch = Int32(truncatingIfNeeded: number(offset))
            change.join(watches.change(in: watch, mask: number(offset + 4), name: name))
            offset = next
        }
    }
}

/// Calls back once when a burst of touches has ended, or has lasted too long.
///
/// Used on one queue only.
private final class Burst: Sendable {
    private struct State {
        var touches = 0
        var bursts = 0
        var isOpen = false
        var change = FolderChange.nothing
    }

    private let state = Mutex(State())
    private let queue: DispatchQueue
    private let quiet: Int
    private let action: @Sendable (FolderChange) -> Void

    /// - Parameter quiet: Milliseconds.
    init(queue: DispatchQueue, quiet: Int, action: @escaping @Sendable (FolderChange) -> Void) {
        (self.queue, self.quiet, self.action) = (queue, quiet, action)
    }

    func touch(_ change: FolderChange) {
        let (touch, burst, isFirst) = state.withLock { state in
            let isFirst = !state.isOpen
            state.touches += 1
            state.bursts += isFirst ? 1 : 0
            state.isOpen = true
            state.change.join(change)
            return (state.touches, state.bursts, isFirst)
        }
        end(after: quiet) { $0.touches == touch }
        if isFirst { end(after: 25 * quiet) { $0.bursts == burst } }
    }

    /// Ends the burst after a while, where it still lasts and a condition holds then.
    private func end(after milliseconds: Int, where condition: @escaping @Sendable (State) -> Bool) {
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            let change = state.withLock { state -> FolderChange? in
                guard state.isOpen, condition(state) else { return nil }
                defer { (state.isOpen, state.change) = (false, .nothing) }
                return state.change
            }
            if let change { action(change) }
        }
    }
}
