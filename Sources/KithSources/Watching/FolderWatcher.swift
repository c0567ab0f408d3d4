@preconcurrency @unsafe import Dispatch
import Glibc
import Synchronization

/// Tells when something changes in folders, by inotify(7): files written, renamed, made or gone, and folders themselves.
///
/// Folders are watched, never files: whoever replaces a file by renaming takes a watch on it away. A folder that is not there
/// yet is seen through the nearest one above it that is. What changed is not told, only that something did: readers compare
/// tags anyway, and an overflow of the kernel's queue then needs no special care.
package final class FolderWatcher: Sendable {
    /// One element for each burst of changes: a burst ends when nothing more came for a while, or when it has lasted for
    /// 25 times as long, so that whoever writes all the time hides nothing.
    package let changes: AsyncStream<Void>

    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let continuation: AsyncStream<Void>.Continuation
    private let watches = Mutex<[String: Int32]>([:])

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
            | IN_ONLYDIR
    )

    /// - Parameter quiet: Milliseconds without a change that end a burst.
    /// - Throws: A ``FileProblem`` where the kernel gives no more watchers.
    package init(quiet: Int = 200) throws(FileProblem) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let queue = DispatchQueue(label: "kith.watch")
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        let (descriptor, continuation) = (descriptor, continuation)
        let burst = Burst(queue: queue, quiet: quiet) { continuation.yield() }
        source.setEventHandler {
            if drain(descriptor) { burst.touch() }
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

    /// Watches these folders and no others; returns those that cannot be watched and are not merely missing.
    @discardableResult
    package func watch(_ folders: [String]) -> [String] {
        watches.withLock { watches in
            let wanted = Set(folders.map { nearestFolder($0) })
            for (folder, watch) in watches where !wanted.contains(folder) {
                inotify_rm_watch(descriptor, watch)
                watches[folder] = nil
            }
            var failed: [String] = []
            for folder in wanted {
                // Adding a watch anew gives the same number while the folder is the same, and follows one that was replaced.
                let watch = unsafe inotify_add_watch(descriptor, folder, Self.mask)
                // The folder that had the name before goes on being watched wherever it was moved to, unless told otherwise.
                if let old = watches[folder], old != watch { inotify_rm_watch(descriptor, old) }
                watches[folder] = watch >= 0 ? watch : nil
                if watch < 0 { failed.append(folder) }
            }
            return failed.sorted()
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

/// Reads everything that waits and throws it away; says whether any of it was a change.
///
/// That a watch ended is none: whoever takes one away would wake themselves.
private func drain(_ descriptor: Int32) -> Bool {
    var hasChange = false
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = unsafe read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return hasChange }
        // An event is four numbers of four bytes (watch, mask, cookie, length of the name) and the name.
        func number(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: (0..<4).reduce(0) { $0 | UInt32(buffer[offset + $1]) << UInt32($1 * 8) })
        }
        var offset = 0
        while offset + 16 <= count {
            hasChange = hasChange || number(offset + 4) & UInt32(IN_IGNORED) == 0
            offset += 16 + Int(number(offset + 12))
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
    }

    private let state = Mutex(State())
    private let queue: DispatchQueue
    private let quiet: Int
    private let action: @Sendable () -> Void

    /// - Parameter quiet: Milliseconds.
    init(queue: DispatchQueue, quiet: Int, action: @escaping @Sendable () -> Void) {
        (self.queue, self.quiet, self.action) = (queue, quiet, action)
    }

    func touch() {
        let (touch, burst, isFirst) = state.withLock { state in
            let isFirst = !state.isOpen
            state.touches += 1
            state.bursts += isFirst ? 1 : 0
            state.isOpen = true
            return (state.touches, state.bursts, isFirst)
        }
        end(after: quiet) { $0.touches == touch }
        if isFirst { end(after: 25 * quiet) { $0.bursts == burst } }
    }

    /// Ends the burst after a while, where it still lasts and a condition holds then.
    private func end(after milliseconds: Int, where condition: @escaping @Sendable (State) -> Bool) {
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            let ends = state.withLock { state in
                guard state.isOpen, condition(state) else { return false }
                state.isOpen = false
                return true
            }
            if ends { action() }
        }
    }
}
