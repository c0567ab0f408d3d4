import Foundation
import KithTesting
import Testing

@testable import VObject

@Suite("Printing components")
struct PrintingTests {
    /// A component without the lines it stands on.
    struct Tree: Hashable {
        let name: String
        let lines: [String]
        let children: [Tree]

        init(_ component: Component) {
            name = component.name
            lines = component.lines.map { line in
                let parameters = line.parameters.map { "\($0.name)=\($0.values)" }
                return "\(line.group.debugDescription) \(line.name) \(parameters) \(line.value.scalars)"
            }
            children = component.children.map { Tree($0) }
        }
    }

    static func read(_ bytes: [UInt8]) -> [Component] {
        ComponentReader.roots(bytes, limits: .standard).components
    }

    /// Prints what is read, and expects the same of what is read of that.
    static func check(_ bytes: [UInt8]) {
        let first = read(bytes)
        let printed = ComponentPrinter.file(first)
        let again = ComponentReader.roots(printed, limits: .standard)
        #expect(
            again.components.map { Tree($0) } == first.map { Tree($0) },
            "\(String(decoding: bytes, as: UTF8.self))"
        )
        #expect(again.findings.list.filter { $0.code != "not-utf8" } == [])
        #expect(ComponentPrinter.file(again.components) == printed)
        for line in printed.split(separator: 0x0a) {
            let isLongHead = QuotedPrintable.isDeclared(in: line.span) && line.prefix { $0 != 0x3a }.count >= 70
            #expect(line.last == 0x0d && (line.count <= 76 || isLongHead))
        }
    }

    @Test("What is printed of a file is read as the file was", arguments: try Fixture.names())
    func fixtures(name: String) throws {
        let bytes = try Fixture.bytes(name)
        try #require(!Self.read(bytes).isEmpty)
        Self.check(bytes)
    }

    @Test("So is what is printed of a damaged file", .timeLimit(.minutes(3)), arguments: UInt64(0)..<40)
    func mutations(seed: UInt64) throws {
        var random = Seeded(seed &+ 80_000)
        let names = try Fixture.names()
        for _ in 0..<10 {
            var bytes = try Fixture.bytes(names[random.below(names.count)])
            MutationTests.damage(&bytes, in: 0..<bytes.count, &random)
            Self.check(bytes)
        }
    }

    @Test(
        "A line is printed as it was, in the letters the reader knows it by",
        arguments: [
            "SUMMARY:a\\, b\\n c", "item1.EMAIL;TYPE=WORK,PREF:a@x.org", "X-UNKNOWN;X-P=1;X-P=2:;:,\"",
            "ATTENDEE;CN=\"Ruiz, Ana\";ROLE=CHAIR:mailto:a@x.org", "ATTENDEE;CN=^'Bo^' ^^ ^n:mailto:a@x.org",
            "X-EMPTY:", "X-EMPTY;A=:", "X;A=b,\"c;d\",e:1", "X:\u{0}\u{1b}\u{7f}\t", "X-A_B.C:1", ".X:1",
            "X;A=\"=\":a=", "NOTE;ENCODING=QUOTED-PRINTABLE:=0D=0A=3D", "FN;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=E9=80",
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=20=E2=82=AC=20", "FN;CHARSET=WINDOWS-1252:abc",
        ]
    )
    func line(line: String) throws {
        let bytes = Array("BEGIN:X\r\n\(line)\r\nEND:X\r\n".utf8)
        Self.check(bytes)
        #expect(Self.read(bytes).first?.lines.count == 1)
        if !line.contains("QUOTED") && !line.contains("\"=\"") {
            #expect(ComponentPrinter.file(Self.read(bytes)) == bytes)
        }
    }

    @Test("Letters of an old set go back into its bytes")
    func charset() throws {
        let bytes =
            Array("BEGIN:X\r\nFN;CHARSET=windows-1252:Zo".utf8) + [0xeb, 0x80, 0x9d] + Array("\r\nEND:X\r\n".utf8)
        #expect(Self.read(bytes).first?.lines.first?.value == "Zoë€\u{9d}")
        #expect(ComponentPrinter.file(Self.read(bytes)) == bytes)
    }

    @Test("A card within a card is printed where it stood, for only there it is read as one")
    func agent() {
        let inner = block("VCARD", ["N:Friday;Fred"])
        let bytes = Array(block("VCARD", ["FN:A", "AGENT:"] + inner + ["X:1"]).map { $0 + "\r\n" }.joined().utf8)
        #expect(ComponentPrinter.file(Self.read(bytes)) == bytes && Self.read(bytes).first?.children.count == 1)
    }

    @Test(
        "Long values are folded, between characters and in quoted-printable by its own ends",
        arguments: [70, 200, 999]
    )
    func long(length: Int) {
        for text in ["x", "é", "漢", "😀", " ", "="] {
            let value = String(repeating: text, count: length)
            Self.check(Array("BEGIN:X\r\nA:\(value)\r\nEND:X\r\n".utf8))
            Self.check(Array("BEGIN:X\r\nA;CHARSET=LATIN1:\(value)\r\nEND:X\r\n".utf8))
            let encoded = QuotedPrintable.encoded(Array(value.utf8), after: 40)
            Self.check(Array("BEGIN:X\r\nA;QUOTED-PRINTABLE:".utf8) + encoded + Array("\r\nEND:X\r\n".utf8))
        }
    }
}
