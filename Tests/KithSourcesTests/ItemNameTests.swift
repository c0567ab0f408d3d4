import KithTesting
import Testing

@testable import KithSources

@Suite("Names of items")
struct ItemNameTests {
    static let pieces = [
        "a", "B", "0", "..", "/", "\\", "\0", ".", "-", "~", "+", "%", "%2f", "é", "e\u{301}", "\n", " ", "*", "😀",
        ".ics", "@", "\u{202e}", String(repeating: "x", count: 90), String(repeating: "/", count: 40),
    ]

    @Test("A name stays in its folder, is not hidden, is no option and not too long", arguments: UInt64(0)..<200)
    func safe(seed: UInt64) {
        var random = Seeded(seed)
        let uid = (0..<random.below(8)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
        let name = ItemName.name(uid: uid)
        #expect(name.hasSuffix(".ics") && name.utf8.count > 4 && name.utf8.count <= 124)
        #expect(!name.hasPrefix(".") && !name.hasPrefix("-") && !name.hasPrefix("~"))
        #expect(name.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"/\\*\"'$&|<>;:?".utf8.contains($0) })
    }

    @Test("Other UIDs have other names, also where one looks like another's name", arguments: UInt64(0)..<50)
    func distinct(seed: UInt64) {
        var random = Seeded(seed &+ 1_000)
        var names: [String: [UInt8]] = [:]
        for _ in 0..<100 {
            let uid = (0..<random.below(6)).map { _ in Self.pieces[random.below(Self.pieces.count)] }.joined()
            // What a name was before its ending is a UID as good as any other.
            for uid in [uid, String(ItemName.name(uid: uid).dropLast(4))] {
                let name = ItemName.name(uid: uid)
                if let other = names[name] { #expect(other == Array(uid.utf8), "\(name)") }
                names[name] = Array(uid.utf8)
            }
        }
    }

    @Test("A UID of a megabyte takes no longer than one of a line")
    func long() {
        let name = ItemName.name(uid: String(repeating: "/", count: 1_000_000))
        #expect(name.hasPrefix("%2f%2f") && name.utf8.count == 121)
    }
}
