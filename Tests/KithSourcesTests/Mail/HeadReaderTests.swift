import Foundation
import Glibc
import KithTesting
import Testing

@testable import KithSources

@Suite("Reading no more than a head")
struct HeadReaderTests {
    /// The head of a file as text; `nil` where it does not end.
    static func head(_ text: String) throws -> String? {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "m")
        var reader = HeadReader()
        return try reader.read(path) { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test("A head ends at the first empty line, wherever the blocks of a file end")
    func ends() throws {
        #expect(try Self.head("A: b\n\nbody\n\n") == "A: b\n")
        #expect(try Self.head("A: b\r\n\r\nbody") == "A: b\r\n")
        #expect(try Self.head("A: b\nC: d") == "A: b\nC: d")
        #expect(try Self.head("A: b\n \nC: d\n\n") == "A: b\n \nC: d\n")
        for empty in ["", "\n", "\r\n", "\nbody", "\r\nbody\n\n"] { #expect(try Self.head(empty) == "") }
        for length in 4_080...4_100 {
            for end in ["\n", "\r\n"] {
                let line = "A: " + String(repeating: "x", count: length - 3) + end
                #expect(try Self.head(line + end + "To: body@example.org" + end + end) == line)
            }
        }
    }

    @Test("A head that does not end within 64 KB is none")
    func limit() throws {
        let line = "X: " + String(repeating: "x", count: 60) + "\n"
        let lines = String(repeating: line, count: HeadReader.limit / line.utf8.count - 1)
        #expect(try Self.head(lines + "\nbody") == lines)
        #expect(try Self.head(String(repeating: line, count: 2_000) + "\nbody") == nil)
    }

    @Test("Only files are opened for their bytes: nothing is waited for")
    func files() throws {
        let folder = try TemporaryFolder()
        var reader = HeadReader()
        #expect(unsafe mkfifo(folder.path + "/fifo", 0o600) == 0)
        for name in ["fifo", "", "none"] {
            #expect(throws: FileProblem.self) { try reader.read(folder.path + "/" + name) { _ in } }
        }
    }

    @Test("Of the largest message no more than the block in which its head ends is read")
    func blocks() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("A: b\n\n", to: "m")
        // What lies behind the head is a hole of a terabyte; reading it would take hours, or all memory.
        #expect(unsafe truncate(path, 1_000_000_000_000) == 0)
        var reader = HeadReader()
        #expect(try reader.read(path) { $0.map(Array.init) } == Array("A: b\n".utf8))
    }
}
