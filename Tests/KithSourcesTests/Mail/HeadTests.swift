import CivilTime
import KithCore
import KithTesting
import Testing

@testable import KithSources

@Suite("Heads of messages")
struct HeadTests {
    static func head(_ lines: String..., end: String = "\r\n") -> MailHead {
        MailHead(parsing: Array(lines.map { $0 + end }.joined().utf8))
    }

    @Test("The fields that are read, folded, in any case, with blanks before the colon, ended either way")
    func fields() {
        for end in ["\r\n", "\n"] {
            let head = Self.head(
                "From MAILER@x Tue Jan 27 14:10:00 2026",
                "Received: from x; Mon, 1 Jan 2024 00:00:00 +0000",
                "FROM : Ana",
                "\t<ana@example.org>",
                "tO: ada@example.com,",
                " ben@example.com",
                "Cc:c@example.net",
                "Subject: To: nobody@example.com",
                "X-To: nobody@example.com",
                "Date: Tue, 27 Jan 2026",
                " 14:10:00 +0100",
                "Message-Id: <1@example.org>",
                end: end
            )
            #expect(head.authors == ["ana@example.org"])
            #expect(head.recipients == ["ada@example.com", "ben@example.com", "c@example.net"])
            #expect(head.sentAt?.seconds == 1_769_519_400 && head.messageID == "<1@example.org>" && !head.isAutomatic)
        }
    }

    @Test("Addresses of repeated fields are one list; of others the first counts")
    func repeated() {
        let head = Self.head(
            "To: a@example.org",
            "To: b@example.org",
            "Date: 27 Jan 2026 14:10:00 Z",
            "Date: 27 Jan 2020 14:10:00 Z",
            "Message-ID: <1@x>",
            "Message-ID: <2@x>"
        )
        #expect(head.recipients == ["a@example.org", "b@example.org"])
        #expect(head.messageID == "<1@x>" && head.sentAt?.seconds == 1_769_523_000)
    }

    @Test(
        "Lists, masses and programs are told by their own word",
        arguments: [
            ("List-Id: <x.example.org>", true), ("List-Id:", false), ("Precedence: bulk", true),
            ("Precedence: List", true), ("precedence: JUNK (x)", true), ("Precedence: first-class", false),
            ("Auto-Submitted: auto-replied", true), ("Auto-Submitted: no", false), ("Auto-Submitted: No; x=y", false),
            ("Auto-Submitted: auto-generated; owner=x", true), ("Auto-Submitted: no (a person)", false),
            ("X-List-Id: <x.example.org>", false), ("List-Id-X: <x.example.org>", false),
        ]
    )
    func automatic(line: String, isAutomatic: Bool) {
        #expect(Self.head("From: ana@example.org", line).isAutomatic == isAutomatic)
    }

    @Test("Any bytes give a head, and no address that no contact could have", arguments: UInt64(0)..<300)
    func mutations(seed: UInt64) {
        var draws = Seeded(seed)
        var bytes = Array(
            MailText.message("To: \"Ruiz, Ana\" <a@b.c>, Team: x@y.z (c (d) e);", "List-Id: <x.y>", "Message-ID: <1@x>")
                .utf8
        )
        for _ in 0...draws.below(12) {
            let place = draws.below(bytes.count)
            switch draws.below(4) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: draws.next())
            case 1: bytes.insert(Array("\r\n \t\"\\()<>@,;:[]=?".utf8)[draws.below(18)], at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + draws.below(20) + 1))
            default: bytes += bytes[place...].prefix(draws.below(60))
            }
            if bytes.isEmpty { bytes = [0x0A] }
        }
        let head = MailHead(parsing: bytes)
        #expect(head == MailHead(parsing: bytes))
        for address in head.authors + head.recipients {
            let isPlain = address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
            #expect(address.contains("@") && isPlain && address.utf8.count <= 400 && address == address.lowercased())
        }
    }
}
