import Foundation
import KithTesting
import Testing

@testable import KithSources

@Suite("Paths")
struct PathTests {
    static let environment = ["HOME": "/home/ada", "CAL": "/srv/cal", "REL": "rel", "E": "", "A_1": "$CAL"]

    @Test(
        "A path of the configuration is expanded once",
        arguments: [
            ("~", "/home/ada"), ("~/x", "/home/ada/x"), ("~x", "/c/~x"), ("/a/~/b", "/a/~/b"), ("$CAL", "/srv/cal"),
            ("$CAL/x", "/srv/cal/x"), ("${CAL}x", "/srv/calx"), ("/a/$REL/$REL", "/a/rel/rel"), ("$REL/x", "/c/rel/x"),
            ("/a$E/b", "/a/b"), ("/a/$NONE/b", "/a//b"), ("$A_1/x", "/c/$CAL/x"), ("/a$", "/a$"), ("/a$$b", "/a$"),
            ("/a/$-b", "/a/$-b"), ("x", "/c/x"), ("../x", "/c/../x"), ("", "/c/"), ("/ä b", "/ä b"),
        ]
    )
    func expanded(path: String, result: String) {
        #expect(KithPaths(environment: Self.environment).expanded(path, besides: "/c/config.yaml") == result)
    }

    @Test("A file without a folder is in the present one, one below the root in the root")
    func besides() {
        let paths = KithPaths(environment: Self.environment)
        #expect(paths.expanded("x", besides: "config.yaml") == "./x")
        #expect(paths.expanded("x", besides: "/config.yaml") == "//x")
    }

    @Test("The places are those of the XDG specification")
    func places() {
        let usual = KithPaths(environment: ["HOME": "/h"])
        #expect(usual.configurationFile == "/h/.config/kith/config.yaml")
        #expect(usual.people == "/h/.local/share/kith/people.yaml" && usual.journal == "/h/.local/share/kith/journal")
        #expect(usual.ledger == "/h/.local/state/kith/ledger.sqlite")
        let moved = ["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "rel"]
        let second = KithPaths(environment: moved, instance: "two", configuration: "/my.yaml")
        #expect(second.configurationFile == "/my.yaml" && second.dataFolder == "/d/kith")
        // A relative one is to be ignored.
        #expect(second.ledger == "/h/.local/state/kith/instances/two/ledger.sqlite")
        #expect(KithPaths(environment: [:]).home == "/")
    }
}

@Suite("Writing files")
struct FileWriterTests {
    @Test("A file is replaced whole, with the folders it needs, and nothing is left beside it")
    func replaced() throws {
        let files = try Files()
        let path = files.path + "/a/b/c.txt"
        for text in ["one", "", String(repeating: "x", count: 300_000)] {
            try FileWriter.write(Array(text.utf8), to: path)
            #expect(try files.text("a/b/c.txt") == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path + "/a/b") == ["c.txt"])
        let modes = try ["/a", "/a/b", "/a/b/c.txt"].map {
            try FileManager.default.attributesOfItem(atPath: files.path + $0)[.posixPermissions] as? Int
        }
        #expect(modes == [0o700, 0o700, 0o600])
    }

    @Test("Whoever has the old file open goes on reading the old one")
    func atomic() throws {
        let files = try Files()
        let path = try files.folder.write("old", to: "f")
        let open = try #require(FileHandle(forReadingAtPath: path))
        try FileWriter.write(Array("new".utf8), to: path)
        #expect(try open.readToEnd() == Data("old".utf8))
        #expect(try files.text("f") == "new")
    }

    @Test(
        "What cannot be written says why and leaves nothing",
        arguments: [("f/x", "there is no such file"), ("d", "Is a directory")]
    )
    func failures(name: String, why: String) throws {
        let files = try Files()
        try files.folder.write("a file", to: "f")
        try files.folder.write("kept", to: "d/kept")
        let error = try #require(throws: FileProblem.self) {
            try FileWriter.write([1], to: files.path + "/" + name)
        }
        #expect(error.description == why)
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path).sorted() == ["d", "f"])
        #expect(throws: FileProblem.self) { try FileWriter.write([1], to: "/proc/kith/x") }
    }

    @Test("Many may make the same folder at once")
    func folders() async throws {
        let files = try Files()
        let path = files.path + "/x/y/z"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try FileWriter.makeFolder(path) } }
            try await group.waitForAll()
        }
        #expect(FileReader.isFolder(path) == true)
    }
}
