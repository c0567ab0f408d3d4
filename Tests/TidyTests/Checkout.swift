import Foundation
import Testing

/// A text file of the checkout, read whole.
struct TextFile: CustomTestStringConvertible {
    /// From the root of the checkout, without a leading slash.
    let path: String
    let text: String

    var testDescription: String { path }

    /// The lines without their ends; a last line that is ended does not add an empty one.
    var lines: [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }

    /// The lines less comments, with their numbers from 1.
    ///
    /// A `//` within a string ends the line too, which hides little.
    var code: [(number: Int, text: Substring)] {
        lines.enumerated().compactMap { index, line in
            if line.drop(while: { $0 == " " }).hasPrefix("//") { return nil }
            return (index + 1, line.range(of: " //").map { line[..<$0.lowerBound] } ?? line)
        }
    }
}

/// The files of the project as they stand on the disk, less what a build leaves there.
enum Checkout {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// Files with one of the extensions, or of one of the names, below a folder; in the order of their paths.
    static func files(below folder: String = "", kinds: Set<String>) throws -> [TextFile] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
            .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        return try paths.sorted().compactMap { path in
            let parts = path.split(separator: "/")
            guard let name = parts.last, !parts.contains(where: { $0 == ".git" || $0.hasPrefix(".build") }),
                kinds.contains(String(name)) || kinds.contains(String(name.split(separator: ".").last ?? ""))
            else { return nil }
            let url = root.appending(path: path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return nil }
            return TextFile(path: path, text: try String(contentsOf: url, encoding: .utf8))
        }
    }

    /// The names of the folders in `Sources`.
    static func targets() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path()).sorted()
    }

    /// Everything a person wrote in Swift.
    static func swift() throws -> [TextFile] {
        try ["Sources", "Tests"].flatMap { try files(below: $0, kinds: ["swift"]) }
    }

    /// Everything a person wrote, whatever the language; calendars and cards are bytes of strangers and not among it.
    static func written() throws -> [TextFile] {
        let kinds: Set = [
            "swift", "md", "py", "sh", "yaml", "json", "h", "service", "ini", "txt", "Makefile", "run", "modulemap",
            ".editorconfig", ".gitignore", ".gitattributes", ".swift-format",
        ]
        return try files(kinds: kinds)
    }
}

extension StringProtocol {
    /// Whether a word stands in the text where no identifier goes on before it.
    func mentions(_ word: String) -> Bool {
        var rest = self[...]
        while let range = rest.range(of: word) {
            let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
            if before.map({ $0.isLetter || $0.isNumber || $0 == "_" }) != true { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
