import Foundation
import Glibc
import KithTesting
import Testing

@testable import KithSources

@Suite("Files and folders of calendars")
struct VdirTests {
    private static func hrefs(_ files: Files, _ path: String, ending: String = ".ics") -> [String] {
        Collections(files.path + path, ending: ending).hrefs.map { files.masked($0) }
    }

    private static func fifo(_ files: Files, _ name: String) throws {
        try #require(unsafe mkfifo(files.path + "/" + name, 0o600) == 0)
    }

    @Test("A path is a file, a vdir, a folder of vdirs, or a pattern of them")
    func shapes() throws {
        let files = try Files()
        for name in ["one.ics", "cal/b.ics", "cal/a.ics", "cal/x.vcf", "all/w/1.ics", "all/p/2.ics", "all/acc/q/3.ics"]
        {
            try files.folder.write("x", to: name)
        }
        #expect(Self.hrefs(files, "/one.ics") == ["HOME/one.ics"])
        #expect(Self.hrefs(files, "/cal") == ["HOME/cal/a.ics", "HOME/cal/b.ics"])
        #expect(Self.hrefs(files, "/cal/") == ["HOME/cal/a.ics", "HOME/cal/b.ics"])
        #expect(Self.hrefs(files, "/cal", ending: ".vcf") == ["HOME/cal/x.vcf"])
        let all = ["HOME/all/acc/q/3.ics", "HOME/all/p/2.ics", "HOME/all/w/1.ics"]
        #expect(Self.hrefs(files, "/all") == all && Self.hrefs(files, "/all/*") == all)
        let collections = Collections(files.path + "/all", ending: ".ics")
        #expect(Set(collections.roots.map { files.masked($0) }) == ["HOME/all/acc/q", "HOME/all/p", "HOME/all/w"])
        #expect(collections.folders.count == 5 && collections.problem == nil && collections.problems.isEmpty)
    }

    @Test("The order is that of bytes, whatever the folder says")
    func order() throws {
        let files = try Files()
        for name in ["b", "Z", "ä", "a", "a-b", "😀", "10", "9"] { try files.folder.write("x", to: "cal/\(name).ics") }
        let names = ["10", "9", "Z", "a-b", "a", "b", "ä", "😀"]
        #expect(Self.hrefs(files, "/cal") == names.map { "HOME/cal/\($0).ics" })
    }

    @Test("Hidden files, temporary ones and what is beside the items are no items")
    func metadata() throws {
        let files = try Files()
        for name in [".x.ics", "x.ics.tmp", ".git/y.ics", "z.ICS", "color", "displayname", "a.ics", "old.tmp/b.ics"] {
            try files.folder.write("x", to: "cal/" + name)
        }
        #expect(Self.hrefs(files, "/cal") == ["HOME/cal/a.ics"])
    }

    @Test("Folders deeper than accounts go are left alone")
    func depth() throws {
        let files = try Files()
        try files.folder.write("x", to: "cal/1/2/3/in.ics")
        try files.folder.write("x", to: "cal/1/2/3/4/out.ics")
        #expect(Self.hrefs(files, "/cal") == ["HOME/cal/1/2/3/in.ics"])
    }

    @Test("A link that leads back, or nowhere, or beside, gives no item twice")
    func links() throws {
        let files = try Files()
        try files.folder.write("x", to: "cal/work/a.ics")
        try files.link("cal/loop", to: ".")
        try files.link("cal/work/up", to: "..")
        try files.link("cal/again", to: "work")
        try files.link("cal/self", to: "self")
        try files.link("cal/work/dead.ics", to: "nowhere.ics")
        try files.link("cal/work/self.ics", to: "self.ics")
        try files.folder.write("x", to: "elsewhere/b.ics")
        try files.link("cal/work/b.ics", to: "../../elsewhere/b.ics")
        let found = Collections(files.path + "/cal", ending: ".ics")
        #expect(found.hrefs.map { String($0.suffix(5)) } == ["a.ics", "b.ics"])
        #expect(found.problems.map { String($0.path.suffix(8)) }.sorted() == ["dead.ics", "self.ics"])
        #expect(found.problems.allSatisfy { $0.problem == .missing })
    }

    @Test("What is not there is missing, and looked for in the folder above")
    func missing() throws {
        let files = try Files()
        for path in ["/none", "/none/*", "/none/deep/cal"] {
            let found = Collections(files.path + path, ending: ".ics")
            #expect(found.problem == .missing && found.hrefs.isEmpty && found.roots.isEmpty)
            #expect(found.folders.count == 1)
        }
    }

    @Test(
        "A folder, a FIFO and a device in the place of an item are told and never waited for",
        .timeLimit(.minutes(1))
    )
    func noFiles() throws {
        let files = try Files()
        try files.makeFolder("cal/folder.ics")
        try Self.fifo(files, "cal/fifo.ics")
        try files.link("cal/null.ics", to: "/dev/null")
        try files.link("cal/zero.ics", to: "/dev/zero")
        try files.folder.write("x", to: "cal/good.ics")
        var cache = ItemCache<Int>(files.path + "/cal", ending: ".ics", reader: FileReader(limit: 100))
        cache.refresh(.everything) { bytes, _ in bytes.count }
        var problems: [String: FileProblem] = [:]
        for item in cache.items {
            if case .failure(let problem) = item.parsed { problems[item.href] = problem }
        }
        #expect(problems[files.path + "/cal/fifo.ics"] == .notAFile("a FIFO"))
        #expect(problems[files.path + "/cal/null.ics"] == .notAFile("a device"))
        #expect(problems[files.path + "/cal/zero.ics"] == .notAFile("a device"))
        #expect(problems.count == 3)
        #expect(cache.collections?.problems.map(\.problem) == [.notAFile("a folder")])
        #expect(cache.hrefs.count == 4)
    }

    @Test(
        "A file has at most as many bytes as the limit",
        arguments: [(0, true), (99, true), (100, true), (101, false)]
    )
    func limit(size: Int, isRead: Bool) throws {
        let files = try Files()
        let path = try files.folder.write(String(repeating: "x", count: size), to: "f")
        let reader = FileReader(limit: 100)
        if isRead {
            #expect(try reader.read(path).bytes.count == size)
        } else {
            #expect(throws: FileProblem.tooLarge(100)) { try reader.read(path) }
        }
    }

    @Test("A file that may not be read says so", .enabled(if: geteuid() != 0, "root reads everything"))
    func denied() throws {
        let files = try Files()
        let path = try files.folder.write("x", to: "f")
        try #require(unsafe chmod(path, 0) == 0)
        #expect(throws: FileProblem.denied) { try FileReader(limit: 100).read(path) }
    }

    @Test("What the kernel says is told in words")
    func errors() {
        #expect(FileProblem(errno: ENOENT) == .missing && FileProblem(errno: ENOTDIR) == .missing)
        #expect(FileProblem(errno: EACCES) == .denied && FileProblem(errno: EPERM) == .denied)
        #expect(FileProblem(errno: ENOSPC).description == "No space left on device")
        let all: [FileProblem] = [.missing, .denied, .notAFile("a folder"), .tooLarge(5), .unsteady, .failed("x")]
        #expect(all.map(\.code) == ["missing", "unreadable", "not-a-file", "too-large", "unsteady", "unreadable"])
    }

    @Test("A tag tells a file that was written, replaced or touched")
    func tags() throws {
        let files = try Files()
        let path = try files.folder.write("one", to: "f")
        let first = FileReader.tag(path)
        #expect(first != nil && FileReader.tag(path) == first && FileReader.tag(path + "x") == nil)
        try FileWriter.write(Array("two".utf8), to: path)
        let second = FileReader.tag(path)
        #expect(second != first)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000)],
            ofItemAtPath: path
        )
        #expect(FileReader.tag(path) != second)
    }

    @Test("Only what changed is read again; what changed after it was listed is read the next time")
    func changed() throws {
        let files = try Files()
        for name in ["a", "b", "c"] { try files.folder.write(name, to: "cal/\(name).ics") }
        var cache = ItemCache<String>(files.path + "/cal", ending: ".ics", reader: FileReader(limit: 100))
        var parsed: [String] = []
        func refresh(_ during: (String) throws -> Void = { _ in }) {
            parsed = []
            cache.refresh(.everything) { bytes, href in
                parsed.append(String(decoding: bytes, as: UTF8.self))
                try? during(href)
                return parsed.last ?? ""
            }
        }
        refresh { href in
            // A writer comes between the reading of a and that of b, and once more right after b.
            if href.hasSuffix("a.ics") { try files.folder.write("b, changed", to: "cal/b.ics") }
            if href.hasSuffix("b.ics") { try files.folder.write("b, again", to: "cal/b.ics") }
        }
        #expect(parsed == ["a", "b, changed", "c"])
        refresh()
        #expect(parsed == ["b, again"])
        refresh()
        #expect(parsed == [])
        try files.remove("cal/a.ics")
        try files.folder.write("d", to: "cal/d.ics")
        refresh()
        #expect(parsed == ["d"] && cache.hrefs.count == 3)
        // What is gone and comes back is read as anything new.
        try files.folder.write("a", to: "cal/a.ics")
        refresh()
        #expect(parsed == ["a"])
    }

    @Test("What could not be read is tried again each time")
    func triedAgain() throws {
        let files = try Files()
        try files.folder.write(String(repeating: "x", count: 101), to: "cal/a.ics")
        var cache = ItemCache<Int>(files.path + "/cal", ending: ".ics", reader: FileReader(limit: 100))
        for _ in 0..<2 {
            cache.refresh(.everything) { bytes, _ in bytes.count }
            #expect(cache.items.allSatisfy { $0.tag == nil })
        }
        try files.folder.write("x", to: "cal/a.ics")
        cache.refresh(.everything) { bytes, _ in bytes.count }
        #expect(cache.items.map(\.parsed) == [.success(1)])
    }
}
