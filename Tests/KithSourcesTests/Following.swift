@testable import KithSources

/// A source that is told of what a real watcher sees.
struct Following {
    let source: FileWorldSource
    private let files: Files
    private let watcher: FolderWatcher
    private var changes: AsyncStream<FolderChange>.AsyncIterator
    private var steps = 0
    /// How many changes named files, where others are of everything.
    private(set) var named = 0

    init(_ source: FileWorldSource, of files: Files) throws {
        (self.source, self.files) = (source, files)
        watcher = try FolderWatcher(quiet: 10)
        changes = watcher.changes.makeAsyncIterator()
    }

    /// Looks, does something, and goes on until the source was told of it.
    mutating func follow(_ deeds: () -> Void) async throws {
        _ = source.contents(at: Files.now)
        watcher.watch(source.watched)
        deeds()
        // What is told after the deeds is told after they were: the kernel keeps the order.
        let mark = files.paths.dataFolder + "/.mark\(steps)"
        steps += 1
        try FileWriter.write([], to: mark)
        var isSeen = false
        while !isSeen, let change = await changes.next(isolation: #isolation) {
            source.invalidate(change)
            isSeen = change.contains(mark)
            if case .files = change { named += 1 }
        }
    }
}
