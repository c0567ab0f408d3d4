import Testing

/// Holds the half of the layering that SwiftPM does not: what a target imports from outside the package, and that nothing
/// comes in through a dependency's dependency.
@Suite("Imports")
struct ImportTests {
    static let core: Set<String> = ["CivilTime", "KithCore"]
    /// The part of the standard library that is a module of its own and reads nothing of the machine.
    static let standard: Set<String> = ["Synchronization"]
    /// What the rooms that talk to the system may use of it.
    static let system: Set<String> = standard.union(["Glibc", "FoundationEssentials"])
    /// Those that wait for descriptors of the kernel do so by Dispatch's event sources.
    static let waiting: Set<String> = system.union(["Dispatch"])

    /// What each target may import; one that is not listed may import nothing.
    static let allowed: [String: Set<String>] = [
        "CivilTime": [],
        // A large file is read on every core.
        "VObject": standard.union(["CivilTime", "Dispatch"]),
        "KithCore": ["CivilTime"],
        "KithEngine": core.union(standard).union(["Logging"]),
        "KithSources": core.union(waiting).union(["KithEngine", "VObject", "Yams", "SystemPackage"]),
        "KithLedger": core.union(system).union(["KithEngine", "GRDB"]),
        "KithDelivery": core.union(system).union(["KithEngine", "VObject", "Systemd", "Subprocess", "SystemPackage"]),
        "Systemd": waiting.union(["CSystemd"]),
        "kith": core.union(system).union([
            "VObject", "KithEngine", "KithSources", "KithLedger", "KithDelivery", "Systemd", "ArgumentParser",
            "ServiceLifecycle", "UnixSignals", "Logging",
        ]),
    ]

    /// The import of a line of code: the module, and whether only a part of it is named (`import struct X.Y`).
    static func imported(by line: Substring) -> (module: String, isScoped: Bool)? {
        let pattern =
            #/^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(.+?)\s*$/#
        guard let match = line.wholeMatch(of: pattern) else { return nil }
        let words = match.1.split(separator: " ")
        let path = (words.last ?? "").split(separator: ".")
        return (String(path.first ?? ""), words.count > 1 || path.count > 1)
    }

    @Test("A target imports only what the layout grants it, and whole modules", arguments: try Checkout.targets())
    func imports(of target: String) throws {
        let allowed = Self.allowed[target, default: []]
        for file in try Checkout.files(below: "Sources/\(target)", kinds: ["swift"]) {
            for line in file.code {
                guard let found = Self.imported(by: line.text) else { continue }
                #expect(allowed.contains(found.module), "\(file.path):\(line.number)")
                #expect(!found.isScoped, "\(file.path):\(line.number): import the module, not a part of it")
            }
        }
    }

    @Test("The table names the targets there are")
    func table() throws {
        #expect(Set(Self.allowed.keys) == Set(try Checkout.targets()).subtracting(["CSystemd"]))
    }

    @Test(
        "Every form of an import is recognised",
        arguments: [
            ("import Glibc", "Glibc", false),
            ("package import CivilTime", "CivilTime", false),
            ("@preconcurrency internal import GRDB", "GRDB", false),
            ("@_spi(Testing) import KithCore", "KithCore", false),
            ("    import Yams", "Yams", false),
            ("import struct Foundation.Date", "Foundation", true),
            ("private import func Glibc.time", "Glibc", true),
            ("import Foundation.NSObject", "Foundation", true),
        ]
    )
    func forms(line: String, module: String, isScoped: Bool) throws {
        let found = try #require(Self.imported(by: line[...]))
        #expect(found == (module, isScoped))
        #expect(Self.imported(by: "let important = 1") == nil)
    }
}
