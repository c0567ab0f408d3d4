import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

/// The configuration that comes with the project, by which people learn the keys.
@Suite("The annotated configuration")
struct ConfigurationFileTests {
    private static let file = URL(filePath: #filePath).appending(path: "../../../config/config.yaml").standardized

    /// The file with every key switched on.
    private static func whole() throws -> String {
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        return lines.map { $0.hasPrefix("# ") ? $0.dropFirst(2) : $0 }.joined(separator: "\n")
    }

    private func status(of text: String) throws -> Home.Outcome {
        let home = try Home(configured: false)
        try home.folder.write(text, to: ".config/kith/config.yaml")
        return try home.kith("people")
    }

    @Test("It is a configuration as it stands, and with every key switched on")
    func loads() throws {
        for text in [try String(contentsOf: Self.file, encoding: .utf8), try Self.whole()] {
            let outcome = try status(of: text)
            #expect(outcome.status != 3, "\(outcome.errors)")
        }
    }

    @Test("It has every key there is")
    func complete() throws {
        let words = Set(try Self.whole().split { !$0.isLetter && $0 != "_" }.map(String.init))
        #expect(Set(Configuration.keys).subtracting(words) == [])
        #expect(Set(PersonRule.keys).subtracting(words) == [])
    }

    @Test("A key it has is one kith knows", arguments: ["budget", "limits", "match", "hours", "email"])
    func strays(key: String) throws {
        let text = try Self.whole().replacingOccurrences(of: "\(key): {", with: "\(key): {strange: 1, ")
            .replacingOccurrences(of: "\(key):\n", with: "\(key):\n  strange: 1\n")
        let outcome = try status(of: text)
        #expect(outcome.status == 3 && outcome.errors.contains("unknown key \"strange\""), "\(outcome.errors)")
    }
}
