import Foundation
import KithFuzz
import Testing

/// Every input that fuzzing kept, through the functions it was found with.
@Suite("Inputs that fuzzing kept")
struct FuzzTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../Fuzz").standardized

    /// The files of a target, those that broke it once among them.
    private static func files(_ kind: String, _ name: String) throws -> [URL] {
        let place = folder.appending(path: "\(kind)/\(name)")
        guard FileManager.default.fileExists(atPath: place.path()) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
            .sorted { $0.path() < $1.path() }
    }

    @Test("They break nothing", .timeLimit(.minutes(3)), arguments: FuzzTarget.all.map(\.name))
    func replay(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let corpus = try Self.files("Corpus", name)
        #expect(corpus.count >= 5)
        for file in try corpus + Self.files("Crashes", name) {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.path())") { try target.check(bytes) }
        }
    }

    @Test("Each target has its folder, and each folder its target")
    func folders() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: "Corpus").path())
        #expect(Set(names) == Set(FuzzTarget.all.map(\.name)))
    }
}
