import Foundation
import Glibc
import KithTesting
import Synchronization
import Testing

@testable import KithSources

@Suite("Watching folders", .timeLimit(.minutes(1)))
struct FolderWatcherTests {
    /// A watcher of folders, and how many changes it told of.
    private final class Watch: Sendable {
        let watcher: FolderWatcher
        private let count = Mutex(0)
        private let sum = Mutex(FolderChange.nothing)
        /// All that was told of, joined.
        var told: FolderChange { sum.withLock { $0 } }

        init(_ folders: [String], quiet: Int = 150) throws {
            watcher = try FolderWatcher(quiet: quiet)
            #expect(watcher.watch(folders).failed == [])
        }

        /// Counts changes until the stream ends.
        func run() async {
            for await change in watcher.changes {
                sum.withLock { $0.join(change) }
                count.withLock { $0 += 1 }
            }
        }

        /// Waits until there were some changes, at most ten seconds, and a little longer for any that are too many.
        func changes(atLeast least: Int = 1) async throws -> Int {
            for _ in 0..<1_000 where count.withLock({ $0 }) < least { try await Task.sleep(for: .milliseconds(10)) }
            try await Task.sleep(for: .milliseconds(400))
            return count.withLock { $0 }
        }
    }

    /// Something done to a home with a folder `cal` that holds `a.ics`.
    struct Deed: CustomTestStringConvertible {
        let testDescription: String
        /// The files of `cal` it tells of; `nil` for everything.
        let names: [String]?
        let body: @Sendable (Files) throws -> Void

        init(_ name: String, tells names: [String]? = [], _ body: @escaping @Sendable (Files) throws -> Void) {
            (testDescription, self.names, self.body) = (name, names, body)
        }

        func change(_ files: Files) -> FolderChange {
            names.map { .files(Set($0.map { ExactPath(files.path + "/cal/" + $0) })) } ?? .everything
        }
    }

    static let deeds = [
        Deed("a file written", tells: ["new.ics"]) { try $0.folder.write("x", to: "cal/new.ics") },
        Deed("a file written over", tells: ["a.ics"]) { try $0.folder.write("y", to: "cal/a.ics") },
        Deed("a file replaced by renaming", tells: ["a.ics", ".a.ics.\(getpid()).tmp"]) {
            try FileWriter.write([1], to: $0.path + "/cal/a.ics")
        },
        Deed("a file gone", tells: ["a.ics"]) { try $0.remove("cal/a.ics") },
        Deed("a file moved out", tells: ["a.ics"]) {
            try FileManager.default.moveItem(atPath: $0.path + "/cal/a.ics", toPath: $0.path + "/a")
        },
        Deed("a folder made", tells: nil) { try $0.makeFolder("cal/sub") },
        Deed("the folder gone", tells: nil) { try $0.remove("cal") },
        Deed("the folder moved away", tells: nil) {
            try FileManager.default.moveItem(atPath: $0.path + "/cal", toPath: $0.path + "/old")
        },
        Deed("a file that may be read again", tells: ["a.ics"]) {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: $0.path + "/cal/a.ics")
        },
        Deed("a hundred files at once", tells: (0..<100).map { "\($0).ics" }) { files in
            for number in 0..<100 { try files.folder.write("x", to: "cal/\(number).ics") }
        },
    ]

    /// Does something while `cal` is watched; gives how many changes were told of, and whether they are what it comes to.
    private static func told(of deed: Deed, atLeast least: Int) async throws -> (count: Int, isRight: Bool) {
        let files = try Files()
        try files.folder.write("x", to: "cal/a.ics")
        let watch = try Watch([files.path + "/cal"])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watch.run() }
            try deed.body(files)
            let count = try await watch.changes(atLeast: least)
            watch.watcher.stop()
            try await group.waitForAll()
            return (count, watch.told == deed.change(files))
        }
    }

    @Test("What happens in a folder is told once and by name, however much it is", arguments: deeds)
    func burst(_ deed: Deed) async throws {
        #expect(try await Self.told(of: deed, atLeast: 1) == (1, true))
    }

    static let calm = [
        Deed("a file read") { _ = try $0.text("cal/a.ics") },
        Deed("a file beside the folder") { try $0.folder.write("x", to: "other/a.ics") },
        Deed("nothing") { _ in },
    ]

    @Test("What does not happen in a folder is not told", arguments: calm)
    func quiet(_ deed: Deed) async throws {
        #expect(try await Self.told(of: deed, atLeast: 0) == (0, true))
    }

    @Test("A folder that is not there is seen when it appears, and so is one that takes another's place")
    func appearing() async throws {
        let files = try Files()
        let path = files.path + "/x/y/cal"
        let watch = try Watch([path])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watch.run() }
            var seen = 0
            let deeds: [() throws -> Void] = [
                { try files.makeFolder("x") }, { try files.makeFolder("x/y") }, { try files.makeFolder("x/y/cal") },
                { try files.folder.write("x", to: "x/y/cal/a.ics") },
                {
                    try FileManager.default.moveItem(atPath: path, toPath: path + "-old")
                    try files.makeFolder("x/y/cal")
                },
                { try files.folder.write("x", to: "x/y/cal/b.ics") },
            ]
            for (number, deed) in deeds.enumerated() {
                try deed()
                seen = try await watch.changes(atLeast: number + 1)
                #expect(seen == number + 1, "deed \(number)")
                watch.watcher.watch([path])
            }
            // The folder that had the name before is no longer watched.
            try files.folder.write("x", to: "x/y/cal-old/c.ics")
            #expect(try await watch.changes(atLeast: seen) == seen)
            watch.watcher.watch([])
            try files.folder.write("x", to: "x/y/cal/d.ics")
            #expect(try await watch.changes(atLeast: seen) == seen)
            watch.watcher.stop()
            try await group.waitForAll()
        }
    }

    @Test("A folder that two names lead to is told of by both, until one of them is no longer watched")
    func names() async throws {
        let files = try Files()
        try files.makeFolder("cal")
        try files.link("other", to: "cal")
        let (path, other) = (files.path + "/cal", files.path + "/other")
        let watcher = try FolderWatcher(quiet: 20)
        #expect(watcher.watch([path, other]) == .init(failed: [], isWider: true))
        #expect(watcher.watch([path, other]) == .init(failed: [], isWider: false))
        var changes = watcher.changes.makeAsyncIterator()
        #expect(unsafe symlink("x", path + "/a") == 0)
        #expect(await changes.next() == .files([ExactPath(path + "/a"), ExactPath(other + "/a")]))
        #expect(watcher.watch([path]) == .init(failed: [], isWider: false))
        #expect(unsafe symlink("x", path + "/b") == 0)
        #expect(await changes.next() == .files([ExactPath(path + "/b")]))
    }

    @Test("Whoever writes all the time is told of all the same")
    func endless() async throws {
        let files = try Files()
        try files.makeFolder("cal")
        let watch = try Watch([files.path + "/cal"], quiet: 20)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watch.run() }
            group.addTask {
                while !Task.isCancelled {
                    try files.folder.write("x", to: "cal/log")
                    try? await Task.sleep(for: .milliseconds(2))
                }
            }
            #expect(try await watch.changes(atLeast: 2) >= 2)
            group.cancelAll()
            watch.watcher.stop()
            try await group.waitForAll()
        }
    }
}
