import Foundation
import Glibc
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("Looking only at what changed", .timeLimit(.minutes(2)))
struct IncrementalTests {
    @Test("Only the files that are named are looked at")
    func named() throws {
        let files = try Files()
        for name in ["a", "c"] { try files.folder.write(SourceText.event(name), to: "cal/\(name).ics") }
        let source = try files.source()
        #expect(source.contents(at: Files.now).meetings.map(\.uid).sorted() == ["a", "c"])
        for name in ["a2", "b", "d"] { try files.folder.write(SourceText.event(name), to: "cal/\(name.prefix(1)).ics") }
        try files.remove("cal/c.ics")
        func uids(afterChangeOf names: String...) -> [String] {
            source.invalidate(.files(Set(names.map { ExactPath(files.path + "/" + $0) })))
            return source.contents(at: Files.now).meetings.map(\.uid).sorted()
        }
        #expect(uids(afterChangeOf: "cal/b.ics") == ["a", "b", "c"])
        #expect(uids(afterChangeOf: "cal/a.ics", "cal/c.ics") == ["a2", "b"])
        #expect(uids(afterChangeOf: "cal/color", "cal/.d.ics", "elsewhere/d.ics", "cal/none.ics") == ["a2", "b"])
        #expect(source.expansions == 4)
        source.invalidate()
        #expect(source.contents(at: Files.now).meetings.map(\.uid).sorted() == ["a2", "b", "d"])
        #expect(source.expansions == 5)
    }

    @Test("What a link leads to is looked at with whatever else changed, for nobody tells of it")
    func links() throws {
        let files = try Files()
        try files.folder.write(SourceText.event("a"), to: "cal/a.ics")
        try files.folder.write(SourceText.event("far"), to: "far/b.ics")
        try files.link("cal/b.ics", to: "../far/b.ics")
        try files.link("cal/more", to: "../later")
        let source = try files.source()
        #expect(source.contents(at: Files.now).meetings.map(\.uid).sorted() == ["a", "far"])
        try files.folder.write(SourceText.event("farther"), to: "far/b.ics")
        try files.folder.write(SourceText.event("late"), to: "later/c.ics")
        source.invalidate(.files([ExactPath(files.path + "/cal/color")]))
        #expect(source.contents(at: Files.now).meetings.map(\.uid).sorted() == ["a", "farther", "late"])
    }

    @Test("What is said of a file stays said when another one changes")
    func findings() throws {
        let files = try Files()
        let busy = SourceText.event("busy", on: "20240101T090000", "RRULE:FREQ=MINUTELY;INTERVAL=10")
        try files.folder.write(busy, to: "cal/a.ics")
        try files.makeFolder("cards")
        try files.folder.write("", to: "cal/b.ics")
        let source = try files.source()
        _ = source.contents(at: Files.now)
        let codes = source.diagnostics.map(\.code)
        #expect(codes.count == 2 && codes.last == "empty-file" && codes.first != "empty-file")
        try files.folder.write("", to: "cal/c.ics")
        source.invalidate(.files([ExactPath(files.path + "/cal/c.ics")]))
        #expect(source.contents(at: Files.now).meetings.count == 100_000)
        #expect(source.diagnostics.map(\.code) == codes + ["empty-file"])
    }

    @Test("Names that only compose their letters differently are two files")
    func composition() throws {
        let files = try Files()
        let names = ["cal/\u{e9}.ics", "cal/e\u{301}.ics"]
        for (uid, name) in zip(["one", "two"], names) { try files.folder.write(SourceText.event(uid), to: name) }
        let source = try files.source()
        #expect(source.contents(at: Files.now).meetings.map(\.uid).sorted() == ["one", "two"])
        for name in names { try files.folder.write(SourceText.event("new"), to: name) }
        source.invalidate(.files(Set(names.map { ExactPath(files.path + "/" + $0) })))
        #expect(source.contents(at: Files.now).meetings.map(\.uid) == ["new", "new"])
    }

    @Test("Changes join to what they come to together; a great many are one of everything")
    func joining() {
        func change(_ range: Range<Int>) -> FolderChange { .files(Set(range.map { ExactPath("/\($0)") })) }
        var sum = FolderChange.nothing
        sum.join(change(0..<10))
        sum.join(change(5..<1_000))
        #expect(sum == change(0..<1_000))
        sum.join(change(1_000..<1_001))
        #expect(sum == .everything)
        sum.join(.nothing)
        #expect(sum == .everything && sum.contains("/any"))
    }

    /// Does something drawn by lot to the home's files.
    private struct Deeds {
        var draws: Seeded
        let files: Files

        private static let folders = ["cal", "cal/w", "cal/p", "cal/w/deep", "cal/.git", "cal/x.tmp", "old", "cards"]
        private static let names = [
            "a.ics", "b.ics", "c.ics", "e\u{301}.ics", "\u{e9}.ics", ".h.ics", "t.ics.tmp", "color", "v.vcf", "w.vcf",
        ]

        private mutating func folder() -> String { Self.folders[draws.below(Self.folders.count)] }
        private mutating func file() -> String { folder() + "/" + Self.names[draws.below(Self.names.count)] }

        private mutating func text(_ name: String) -> String {
            let number = draws.below(100)
            if draws.oneIn(5) { return ["", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n"][number % 2] }
            if name.hasSuffix(".vcf") { return SourceText.card("c\(number)", "Name \(number)") }
            return SourceText.event("u\(number)", number % 3 == 0 ? "RRULE:FREQ=MONTHLY" : "LOCATION:here")
        }

        /// What cannot be done, such as removing what is not there, is no deed.
        mutating func perform() {
            let (one, other) = (draws.oneIn(4) ? folder() : file(), draws.oneIn(4) ? folder() : file())
            let text = text(one)
            switch draws.below(11) {
            case 0...2: _ = try? files.folder.write(text, to: one)
            case 3...4: try? FileWriter.write(Array(text.utf8), to: files.path + "/" + one)
            case 5: try? files.remove(one)
            case 6: _ = unsafe rename(files.path + "/" + one, files.path + "/" + other)
            case 7: try? files.makeFolder(one)
            case 8: try? files.link(one, to: files.path + "/" + other)
            case 9: _ = try? files.folder.write(SourceText.journal("UID:j", "DTSTART:20260101T100000Z"), to: journal())
            default:
                let days = draws.below(90) + 1
                try? PeopleFile(path: files.paths.people).change(uid: "c1", name: "N") { $0.every = days }
            }
        }

        private mutating func journal() -> String { ".local/share/kith/journal/\(draws.below(3)).ics" }
    }

    @Test(
        "After whatever happens to files and folders, all is as one sees it who looks for the first time",
        arguments: 1...6
    )
    func equality(seed: UInt64) async throws {
        let files = try Files()
        try files.makeFolder(".local/share/kith")
        try files.folder.write(SourceText.event("first"), to: "cal/a.ics")
        let calendars = "[{path: ~/cal}, {path: ~/cal/w, role: personal}, {path: ~/cal/p/a.ics}, {path: ~/old/*}]"
        let source = try files.source(calendars: calendars)
        var following = try Following(source, of: files)
        var deeds = Deeds(draws: Seeded(seed), files: files)
        for step in 0..<60 {
            try await following.follow { for _ in 0...deeds.draws.below(3) { deeds.perform() } }
            let fresh = try files.source(calendars: calendars)
            let (seen, all) = (source.contents(at: Files.now), fresh.contents(at: Files.now))
            #expect(seen == all, "step \(step)")
            #expect(source.diagnostics == fresh.diagnostics, "step \(step)")
            #expect(source.watched == fresh.watched, "step \(step)")
            if seen != all { break }
        }
        #expect(following.named > 10)
    }
}
