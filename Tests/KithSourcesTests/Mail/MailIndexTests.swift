import CivilTime
import Foundation
import Glibc
import KithCore
import KithTesting
import Testing

@testable import KithSources

@Suite("Maildirs", .timeLimit(.minutes(2)))
struct MailIndexTests {
    /// A home with Maildirs in it.
    static func files(_ boxes: String...) throws -> Files {
        let files = try Files()
        for folder in ["cal", "cards"] { try files.makeFolder(folder) }
        for box in boxes {
            for part in ["cur", "new", "tmp"] { try files.makeFolder("\(box)/\(part)") }
        }
        return files
    }

    /// The mail as text: direction, day and folder of each, by address.
    static func told(_ source: FileWorldSource, _ files: Files) -> [String] {
        let contents = source.contents(at: Files.now)
        return contents.mail.sorted { $0.key < $1.key }.flatMap { address, entries in
            entries.map { entry in
                let day = Files.berlin.date(entry.sentAt)
                return "\(address) \(entry.direction) \(day) \(entry.folder.dropFirst(files.path.count + 1))"
            }
        }
    }

    static func sent(to person: String, _ lines: String...) -> String {
        MailText.message("From: ada@example.com", "To: \(person)", lines.first ?? "X:")
    }

    static func reading(_ source: FileWorldSource) -> SourceReading? {
        source.contents(at: Files.now).sources.first { $0.kind == .mail }
    }

    @Test("Without the key no mail is looked at")
    func off() throws {
        let files = try Self.files("Mail/INBOX")
        try files.folder.write(MailText.message(), to: "Mail/INBOX/cur/1:2,S")
        let source = try files.source()
        #expect(Self.told(source, files) == [] && Self.reading(source) == nil && source.mail.opened == 0)
        #expect(!source.watched.contains { $0.contains("Mail") })
    }

    @Test("What came and what was sent is read from cur and new, not from tmp")
    func folders() throws {
        let files = try Self.files("Mail/INBOX", "Mail/Sent")
        try files.folder.write(MailText.message(), to: "Mail/INBOX/cur/1:2,S")
        try files.folder.write(MailText.message("Date: 10 Jan 2026 10:00 +0100"), to: "Mail/INBOX/new/2")
        try files.folder.write(MailText.message("From: Not <yet@example.org>"), to: "Mail/INBOX/tmp/3")
        try files.folder.write(MailText.message("From: Hidden <h@example.org>"), to: "Mail/INBOX/cur/.4")
        try files.folder.write(Self.sent(to: "ben@example.com"), to: "Mail/Sent/cur/4:2,S")
        try files.folder.write(
            MailText.message("From: alias@example.net", "To: c@example.org"),
            to: "Mail/Sent/cur/5:2,"
        )
        let source = try files.source("mail: [{path: ~/Mail/*, sent: Sent}]")
        #expect(
            Self.told(source, files) == [
                "ana@example.org received 2026-01-09 Mail/INBOX", "ana@example.org received 2026-01-10 Mail/INBOX",
                "ben@example.com sent 2026-01-09 Mail/Sent", "c@example.org sent 2026-01-09 Mail/Sent",
            ]
        )
        let reading = try #require(Self.reading(source))
        #expect(reading.items == 4 && reading.collections == 2 && reading.problem == nil)
        #expect(reading.path == files.path + "/Mail/*")
        #expect(source.diagnostics.isEmpty && source.configuredPaths.contains(reading.path))
    }

    @Test(
        "Patterns, folders of Maildirs, folders within folders, and none of spam, trash and drafts",
        arguments: [
            ("~/Mail", ["Mail", "Mail/.Work", "Mail/.Work.Sent", "Mail/a/INBOX", "Mail/a/INBOX/deep", "Mail/a/Sent"]),
            ("~/Mail/*", ["Mail/a/INBOX", "Mail/a/INBOX/deep", "Mail/a/Sent"]),
            ("~/Mail/*/Se?t", ["Mail/a/Sent"]),
            ("~/Mail/.*", ["Mail/.Work", "Mail/.Work.Sent", "Mail/.notmuch/x"]),
            ("~/Mail/a/INBOX/", ["Mail/a/INBOX", "Mail/a/INBOX/deep"]),
            ("~/Mail/a/Spam", ["Mail/a/Spam"]),
            ("~/Mail/*/Spam", []),
            ("~/Mail/.Junk", ["Mail/.Junk"]),
        ]
    )
    func found(path: String, boxes: [String]) throws {
        let files = try Self.files(
            "Mail",
            "Mail/.Work",
            "Mail/.Work.Sent",
            "Mail/.Junk",
            "Mail/.Work.Trash",
            "Mail/a/INBOX",
            "Mail/a/INBOX/deep",
            "Mail/a/Sent",
            "Mail/a/Spam",
            "Mail/a/drafts",
            "Mail/.notmuch/x"
        )
        try files.link("Mail/a/INBOX/back", to: "../..")
        let source = try files.source("mail: [{path: \(path)}]")
        let reading = try #require(Self.reading(source))
        let watched = source.watched.filter { $0.hasPrefix(files.path + "/Mail") && $0.hasSuffix("/cur") }
        #expect(Set(watched) == Set(boxes.map { "\(files.path)/\($0)/cur" }) && reading.collections == boxes.count)
        #expect((reading.problem == nil) == !boxes.isEmpty)
    }

    @Test(
        "A folder of sent mail is named by the end of its path",
        arguments: [
            ("", "Mail/Sent", true), ("", "Mail/.Sent Items", true), ("", "Mail/Out", false),
            (", sent: Out", "Mail/Out", true), (", sent: Out", "Mail/Sent", false),
            (", sent: .Out", "Mail/.x.Out", true),
            (", sent: [A, x/out]", "Mail/.x.Out", true), (", sent: x/out", "Mail/x/Out", true),
            (", sent: x/out", "Mail/Out", false), (", sent: ~/Elsewhere", "Elsewhere", true),
            (", sent: \"[Gmail]/Sent Mail\"", "Mail/[Gmail]/Sent Mail", true), (", sent: []", "Mail/Sent", false),
        ]
    )
    func sentFolder(more: String, folder: String, isSent: Bool) throws {
        let files = try Self.files("Mail/INBOX", folder)
        try files.folder.write(
            MailText.message("From: alias@example.net", "To: c@example.org"),
            to: "\(folder)/cur/1:2,"
        )
        let source = try files.source("mail: [{path: ~/Mail\(more)}]")
        #expect(Self.told(source, files) == (isSent ? ["c@example.org sent 2026-01-09 \(folder)"] : []))
    }

    @Test("A message that lies in several folders is one, whichever is found first")
    func duplicates() throws {
        let files = try Self.files("Mail/A", "Mail/B")
        let (one, other) = ("Message-ID: <1@example.org>", "Message-ID: <2@example.org>")
        try files.folder.write(MailText.message(one), to: "Mail/B/cur/1:2,S")
        try files.folder.write(MailText.message(one, "Date: 8 Jan 2026 10:00 +0100"), to: "Mail/A/cur/2:2,S")
        try files.folder.write(MailText.message(other), to: "Mail/A/cur/3:2,S")
        let source = try files.source("mail: [{path: ~/Mail/*}]")
        let both = ["ana@example.org received 2026-01-08 Mail/A", "ana@example.org received 2026-01-09 Mail/A"]
        #expect(Self.told(source, files) == both)
        try files.remove("Mail/A/cur/2:2,S")
        source.invalidate(.files([ExactPath(files.path + "/Mail/A/cur/2:2,S")]))
        #expect(
            Self.told(source, files) == [
                "ana@example.org received 2026-01-09 Mail/A", "ana@example.org received 2026-01-09 Mail/B",
            ]
        )
    }

    @Test("A draft is no message, until it is sent")
    func drafts() throws {
        let files = try Self.files("Mail/INBOX")
        let box = files.path + "/Mail/INBOX/cur/"
        try files.folder.write(Self.sent(to: "ben@example.com"), to: "Mail/INBOX/cur/1:2,DS")
        let source = try files.source("mail: [{path: ~/Mail/INBOX}]")
        #expect(Self.told(source, files) == [])
        for (old, new, count) in [("1:2,DS", "1:2,S", 1), ("1:2,S", "1:2,DS", 0)] {
            #expect(unsafe rename(box + old, box + new) == 0)
            source.invalidate(.files([ExactPath(box + old), ExactPath(box + new)]))
            #expect(Self.told(source, files).count == count)
        }
    }

    @Test("Moving from new to cur and every flag cost no second reading")
    func flags() throws {
        let files = try Self.files("Mail/INBOX")
        let box = files.path + "/Mail/INBOX/"
        try files.folder.write(MailText.message(), to: "Mail/INBOX/new/1.M2.host")
        let source = try files.source("mail: [{path: ~/Mail/INBOX}]")
        let told = Self.told(source, files)
        #expect(told.count == 1 && source.mail.opened == 1)
        var name = "new/1.M2.host"
        for next in ["cur/1.M2.host:2,", "cur/1.M2.host:2,S", "cur/1.M2.host:2,FRS", "cur/1.M2.host:2,FRST"] {
            #expect(unsafe rename(box + name, box + next) == 0)
            source.invalidate(.files([ExactPath(box + name), ExactPath(box + next)]))
            #expect(Self.told(source, files) == told)
            name = next
        }
        source.invalidate()
        #expect(Self.told(source, files) == told && source.mail.opened == 1)
        try files.remove("Mail/INBOX/" + name)
        source.invalidate(.files([ExactPath(box + name)]))
        #expect(Self.told(source, files) == [] && source.mail.opened == 1)
    }

    @Test("What cannot be read is told once a folder, and hides nothing else")
    func broken() throws {
        let files = try Self.files("Mail/INBOX")
        try files.folder.write(MailText.message(), to: "Mail/INBOX/cur/1:2,S")
        for name in ["2", "3"] { #expect(unsafe mkfifo(files.path + "/Mail/INBOX/cur/\(name):2,S", 0o600) == 0) }
        try files.folder.write(String(repeating: "X: y\n", count: 20_000), to: "Mail/INBOX/cur/4:2,S")
        try files.folder.write("", to: "Mail/INBOX/cur/5:2,S")
        try files.makeFolder("Mail/INBOX/cur/6:2,S")
        let source = try files.source("mail: [{path: ~/Mail/*, sent: [Sent, Outbox]}]")
        #expect(Self.told(source, files).count == 1)
        #expect(
            source.diagnostics.map { files.masked("\($0)") } == [
                "HOME/.config/kith/config.yaml:4:38: warning: sent: no folder of HOME/Mail/* is called \"Outbox\"",
                "HOME/.config/kith/config.yaml:4:32: warning: sent: no folder of HOME/Mail/* is called \"Sent\"",
                "HOME/Mail/INBOX: error: 2 messages could not be read: it is no file of a message, not a file",
            ]
        )
    }

    @Test("A folder that is not there, or holds no Maildir, is a source that cannot be read")
    func missing() throws {
        let files = try Files()
        let source = try files.source("mail: [{path: ~/Mail}]")
        #expect(Self.reading(source)?.problem == "there is no such file")
        #expect(source.watched.contains(files.path))
        try files.makeFolder("Mail/x")
        source.invalidate()
        #expect(Self.reading(source)?.problem == "there is no Maildir in it")
        for part in ["cur", "new"] { try files.makeFolder("Mail/x/\(part)") }
        try files.folder.write(MailText.message(), to: "Mail/x/new/1")
        source.invalidate()
        #expect(Self.reading(source)?.problem == nil && Self.told(source, files).count == 1)
    }

    /// Does something drawn by lot to the Maildirs of a home, as the programs do that share one: no name is given twice.
    private struct Deeds {
        var draws: Seeded
        let files: Files
        private var given = 0
        private static let boxes = ["Mail/A", "Mail/B", "Mail/.Sent", "Mail/Spam", "Mail/A/deep"]
        private static let flags = [":2,", ":2,S", ":2,RS", ":2,DS"]

        init(seed: UInt64, files: Files) {
            (draws, self.files) = (Seeded(seed), files)
        }

        private mutating func text() -> String {
            let person = "p\(draws.below(3))@example.org"
            let id = "Message-ID: <\(draws.below(8))@x>"
            let date = "Date: \(draws.below(20) + 1) Jan 2026 10:00 Z"
            switch draws.below(5) {
            case 0: return MailText.message("From: ada@example.com", "To: \(person)", id, date)
            case 1: return MailText.message("From: \(person)", id, date, "List-Id: <x>")
            case 2: return ""
            default: return MailText.message("From: \(person)", id, date)
            }
        }

        private mutating func box() -> String { files.path + "/" + Self.boxes[draws.below(5)] }

        /// A message of a Maildir, where it has any.
        private mutating func message(of box: String) -> (part: String, name: String)? {
            let all = ["cur", "new"].flatMap { part in
                ((try? FileReader.names(in: "\(box)/\(part)")) ?? []).map { (part, $0) }
            }
            return all.isEmpty ? nil : all[draws.below(all.count)]
        }

        mutating func perform() {
            let (box, other, text) = (box(), box(), text())
            let flags = Self.flags[draws.below(4)]
            if draws.oneIn(2) {
                given += 1
                let path = draws.oneIn(3) ? "\(box)/cur/\(given).M\(flags)" : "\(box)/new/\(given).M"
                try? FileWriter.write(Array(text.utf8), to: path)
            } else if draws.oneIn(8) {
                _ = unsafe rename(box, box + "-old")
            } else if let (part, name) = message(of: box) {
                let base = name.prefix { $0 != ":" }
                let path = "\(box)/\(part)/\(name)"
                switch draws.below(4) {
                case 0: unsafe unlink(path)
                case 1: _ = unsafe rename(path, "\(other)/cur/\(base)\(flags)")
                default: _ = unsafe rename(path, "\(box)/cur/\(base)\(flags)")
                }
            }
        }
    }

    @Test(
        "After whatever happens to Maildirs, all is as one sees it who looks for the first time",
        arguments: 1...6
    )
    func equality(seed: UInt64) async throws {
        let files = try Self.files("Mail/A", "Mail/B", "Mail/.Sent", "Mail/Spam", "Mail/A/deep")
        try files.makeFolder(".local/share/kith")
        let more = "mail: [{path: ~/Mail}, {path: ~/Mail/A}]"
        let source = try files.source(more)
        var following = try Following(source, of: files)
        var deeds = Deeds(seed: seed, files: files)
        for step in 0..<80 {
            try await following.follow { for _ in 0...deeds.draws.below(4) { deeds.perform() } }
            let fresh = try files.source(more)
            let (seen, all) = (source.contents(at: Files.now), fresh.contents(at: Files.now))
            #expect(seen.mail == all.mail && seen.sources == all.sources, "step \(step)")
            #expect(source.diagnostics == fresh.diagnostics && source.watched == fresh.watched, "step \(step)")
            if seen.sources != all.sources { break }
        }
        #expect(following.named > 10)
    }

    @Test("Three thousand messages are read once; one more is opened alone")
    func scaled() throws {
        let files = try Self.files("Mail/INBOX")
        for number in 0..<3_000 {
            let lines = ["From: p\(number % 300)@example.org", "Date: \(number % 28 + 1) Jan 2025 10:00 Z"]
            try Data(MailText.message(lines[0], lines[1]).utf8)
                .write(to: URL(filePath: files.path + "/Mail/INBOX/cur/\(number):2,S"))
        }
        let source = try files.source("mail: [{path: ~/Mail/*}]")
        let began = ContinuousClock.now
        #expect(source.contents(at: Files.now).mail.values.map(\.count).reduce(0, +) == 3_000)
        // A hundred thousand are to take no longer where nothing is checked and nobody else is at work.
        #expect(ContinuousClock.now - began < .seconds(10))
        try files.folder.write(MailText.message(), to: "Mail/INBOX/new/more")
        source.invalidate(.files([ExactPath(files.path + "/Mail/INBOX/new/more")]))
        #expect(source.contents(at: Files.now).mail["ana@example.org"]?.count == 1)
        #expect(source.mail.opened == 3_001)
    }
}
