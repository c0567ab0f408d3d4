import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("The journal")
struct JournalTests {
    static let journal = ".local/share/kith/journal"
    static let nudge = NudgeID(
        kind: .reconnect,
        contacts: [ContactID("a,b"), ContactID("ü/x")],
        cycle: "met-2025-12-09"
    )

    private static func entry(_ uid: String) -> JournalEntry {
        JournalEntry(
            uid: uid,
            when: Files.now,
            action: .wrote,
            contacts: [ContactID("ana;x"), ContactID("ben,y")],
            people: [Participant(email: "ana@example.org", name: "Ruiz, \"Ana\"; 1^2", answer: .needsAction)],
            nudge: nudge,
            summary: "Wrote to Ana\\n; Ben",
            note: "two\nlines, and a \\n\n\n😀",
            promises: [
                JournalEntry.Promise("the deck; by \"us\", 1:2", due: CivilDate(daysSinceEpoch: 20_483)),
                JournalEntry.Promise("a call", due: CivilDate(daysSinceEpoch: 20_490)),
            ]
        )
    }

    private static func read(_ files: Files) throws -> [JournalEntry] {
        try files.source().contents(at: Files.now).journal
    }

    @Test("Every field comes back from the file it was written to")
    func roundTrip() throws {
        let files = try Files()
        let entry = Self.entry("abc@kith")
        try files.source().write(entry)
        var found = try #require(try Self.read(files).first)
        #expect(found.place.file == files.path + "/\(Self.journal)/abc@kith.ics")
        found.place = entry.place
        #expect(found == entry)
        let text = try files.text("\(Self.journal)/abc@kith.ics")
        #expect(text.contains("\r\nCLASS:PRIVATE\r\nSTATUS:FINAL\r\n") && text.contains("\r\nX-KITH-ACTION:WROTE\r\n"))
        #expect(text.contains("\r\nDTSTART:20260127T130000Z\r\n"))
        #expect(text.contains("\r\nX-KITH-PROMISE;DUE=20260130:the deck\\; by \"us\"\\, 1:2\r\n"))
    }

    /// A line of a promise in a file, and what is read of it; the entry is of 27 January.
    static let promises: [(String, [String])] = [
        ("X-KITH-PROMISE;DUE=20260130:deck", ["deck 2026-01-30"]),
        ("X-KITH-PROMISE;DUE=2026-01-30:deck", ["deck 2026-01-30"]),
        ("X-KITH-PROMISE;DUE=\"20260130\";X-A=b:deck", ["deck 2026-01-30"]),
        (
            "x-kith-promise;due=20260130:deck\r\nX-KITH-PROMISE;DUE=20260131:call",
            ["deck 2026-01-30", "call 2026-01-31"]
        ),
        ("X-KITH-PROMISE:deck", ["deck 2026-02-03"]), ("X-KITH-PROMISE;DUE=:deck", ["deck 2026-02-03"]),
        ("X-KITH-PROMISE;DUE=20260230:deck", ["deck 2026-02-03"]),
        ("X-KITH-PROMISE;DUE=soon:deck", ["deck 2026-02-03"]), ("X-KITH-PROMISE;DUE=20260130: ", []),
        ("X-KITH-PROMISE;DUE=20260130:", []),
    ]

    @Test("A promise has its day, or a week without a day that can be read", arguments: promises)
    func promise(lines: String, read: [String]) throws {
        let files = try Files()
        let text = Self.entry("abc@kith").calendar(stamp: Files.now).replacingOccurrences(
            of: "X-KITH-PROMISE;DUE=20260130:the deck\\; by \"us\"\\, 1:2\r\nX-KITH-PROMISE;DUE=20260206:a call",
            with: lines
        )
        try files.folder.write(text, to: Self.journal + "/abc.ics")
        #expect(try Self.read(files).flatMap(\.promises).map { "\($0.text) \($0.due)" } == read)
    }

    @Test("Writing an entry again replaces it, and its undoing keeps the file")
    func undo() throws {
        let files = try Files()
        let source = try files.source()
        var entry = Self.entry("abc@kith")
        for _ in 0..<2 { try source.write(entry) }
        #expect(source.contents(at: Files.now).journal.count == 1)
        entry.isCancelled = true
        try source.write(entry)
        let found = source.contents(at: Files.now).journal
        #expect(found.map(\.isCancelled) == [true] && found.map(\.note) == [entry.note])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: files.path + "/" + Self.journal) == ["abc@kith.ics"]
        )
    }

    @Test("An entry that another program put into a file of another name stays in it")
    func foreignName() throws {
        let files = try Files()
        let source = try files.source()
        try files.folder.write(Self.entry("abc@kith").calendar(stamp: Files.now), to: Self.journal + "/sub/7f3a.ics")
        var entry = try #require(source.contents(at: Files.now).journal.first)
        entry.isCancelled = true
        try source.write(entry)
        #expect(source.contents(at: Files.now).journal.map(\.isCancelled) == [true])
        #expect(try files.text(Self.journal + "/sub/7f3a.ics").contains("STATUS:CANCELLED"))
    }

    @Test("What is written is the owner's alone and takes effect at once")
    func atOnce() throws {
        let files = try Files()
        let source = try files.source()
        #expect(source.contents(at: Files.now).journal.isEmpty)
        try source.write(Self.entry("j"))
        #expect(source.contents(at: Files.now).journal.count == 1)
        let path = files.path + "/" + Self.journal
        let modes = try [path, path + "/j.ics"].map {
            try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
        }
        #expect(modes == [0o700, 0o600])
        // No room for the folder: told, and nothing recorded.
        try files.remove(Self.journal)
        try files.folder.write("in the way", to: Self.journal)
        source.invalidate()
        _ = source.contents(at: Files.now)
        #expect(throws: FileProblem.self) { try source.write(Self.entry("k")) }
    }

    /// Lines of an entry that kith did not write, and what it comes to.
    struct Foreign: CustomTestStringConvertible {
        let testDescription: String
        let lines: [String]
        let when: Int64
        let action: JournalEntry.Action
        let isCancelled: Bool

        init(
            _ name: String,
            _ lines: [String],
            when: Int64,
            _ action: JournalEntry.Action = .met,
            isCancelled: Bool = false
        ) {
            (testDescription, self.lines, self.when) = (name, lines, when)
            (self.action, self.isCancelled) = (action, isCancelled)
        }
    }

    static let foreign = [
        Foreign("in UTC", ["DTSTART:20260127T120000Z"], when: 1_769_515_200),
        Foreign("a day, at its noon", ["DTSTART;VALUE=DATE:20260127"], when: 1_769_511_600),
        Foreign("floating", ["DTSTART:20260127T120000"], when: 1_769_511_600),
        Foreign("in another zone", ["DTSTART;TZID=America/New_York:20260127T120000"], when: 1_769_533_200),
        Foreign("cancelled", ["DTSTART:20260127T120000Z", "STATUS:cancelled"], when: 1_769_515_200, isCancelled: true),
        Foreign("a draft", ["DTSTART:20260127T120000Z", "STATUS:DRAFT"], when: 1_769_515_200),
        Foreign(
            "written, in lower case",
            ["DTSTART:20260127T120000Z", "X-KITH-ACTION:wrote"],
            when: 1_769_515_200,
            .wrote
        ),
        Foreign("an unknown action", ["DTSTART:20260127T120000Z", "X-KITH-ACTION:SANG"], when: 1_769_515_200),
        Foreign("a nudge that is none", ["DTSTART:20260127T120000Z", "X-KITH-NUDGE:none"], when: 1_769_515_200),
    ]

    @Test("A journal of another program is read as far as it matches", arguments: foreign)
    func taken(_ given: Foreign) throws {
        let files = try Files()
        let lines = ["BEGIN:VCALENDAR", "BEGIN:VJOURNAL", "UID:f", "ATTENDEE;CN=Ana:mailto:Ana@X.org"] + given.lines
        let text = (lines + ["END:VJOURNAL", "END:VCALENDAR"]).map { $0 + "\r\n" }.joined()
        try files.folder.write(text, to: Self.journal + "/f.ics")
        let found = try #require(try Self.read(files).first)
        #expect(found.when == Instant(seconds: given.when) && found.action == given.action)
        #expect(found.isCancelled == given.isCancelled && found.nudge == nil && found.contacts.isEmpty)
        #expect(found.people.map(\.email) == ["ana@x.org"] && found.people.map(\.name) == ["Ana"])
        #expect(found.place == Place(file: files.path + "/\(Self.journal)/f.ics", line: 2))
    }

    static let names: [(uid: String, name: String)] = [
        ("abc@kith", "abc@kith.ics"), ("../../x", "%2e.%2f..%2fx.ics"), ("/etc/passwd", "%2fetc%2fpasswd.ics"),
        (".", "%2e.ics"),
        ("..", "%2e..ics"), (".hidden", "%2ehidden.ics"), ("a\u{0}b", "a%00b.ics"), ("a b\n", "a%20b%0a.ics"),
        ("ü", "%c3%bc.ics"),
        ("", "%.ics"), ("-rf", "%2drf.ics"), ("a-b", "a-b.ics"), ("%", "%25.ics"),
        ("a%2fb", "a%252fb.ics"), ("x.tmp", "x.tmp.ics"), ("{1-2}", "%7b1-2%7d.ics"),
    ]

    @Test("Any UID makes a name of one file in the folder", arguments: names)
    func fileNames(uid: String, name: String) throws {
        let files = try Files()
        let source = try files.source()
        #expect(ItemName.name(uid: uid) == name)
        try source.write(Self.entry(uid))
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path + "/" + Self.journal) == [name])
        #expect(source.contents(at: Files.now).journal.count == 1)
    }

    @Test("Long UIDs that begin alike have files of their own", arguments: ["x", "ü", "/"])
    func longNames(letter: String) throws {
        let files = try Files()
        let source = try files.source()
        let uids = ["1", "2"].map { String(repeating: letter, count: 500) + $0 }
        for uid in uids { try source.write(Self.entry(uid)) }
        #expect(Set(source.contents(at: Files.now).journal.map(\.uid)) == Set(uids))
    }
}
