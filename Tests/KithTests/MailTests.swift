import Foundation
import KithTesting
import Testing

/// Mail as evidence, through the program: offered, read where it is asked for, and shown.
@Suite("Mail as evidence")
struct MailTests {
    /// The home with a Maildir, in which Ana wrote a week ago and the user wrote to Ben.
    static func home(configured: Bool = true) throws -> Home {
        let home = try Home(configured: configured)
        try home.folder.write(
            MailText.message("From: Ana Ruiz <ana@meridian.example>", "Date: Tue, 20 Jan 2026 09:00:00 +0100"),
            to: "Mail/INBOX/cur/1:2,S"
        )
        try home.folder.write(
            MailText.message(
                "From: ada@example.com",
                "To: ben@example.com",
                "Date: Wed, 21 Jan 2026 09:00:00 +0100"
            ),
            to: "Mail/Sent/cur/1:2,S"
        )
        return home
    }

    @Test("Without the key Ana is due; with it she is not, and the mail says why")
    func explained() throws {
        let home = try Self.home()
        #expect(try home.kith("explain", "ana").lines.first == "Ana Ruiz: due since 20 Jan, late from 10 Feb")
        try home.configure("mail: [{path: ~/Mail/*}]")
        #expect(
            try home.kith("explain", "ana").lines.prefix(4) == [
                "Ana Ruiz: due 3 Mar", "every   6 weeks     circle \"sponsors\", config.yaml:6",
                "last    Tue 20 Jan  mail received, counts", "                    mail in Mail/INBOX",
            ]
        )
        #expect(try home.kith("explain", "ben").output.contains("mail sent, a half wait"))
    }

    @Test("JSON tells that it is mail, and neither a subject nor a UID")
    func json() throws {
        let home = try Self.home()
        try home.configure("mail: [{path: ~/Mail/*}]")
        let line = try home.kith("explain", "ana", "--json").output
        #expect(
            home.masked(line).contains(
                #"{"cause":"met","date":"2026-01-20","file":"HOME/Mail/INBOX","origin":"mail","people":1,"weight":100}"#
            )
        )
        #expect(!line.contains("secret"))
    }

    @Test("Doctor and status say how many messages were read; nothing of it where no mail is asked for")
    func counted() throws {
        let home = try Self.home()
        #expect(try !home.kith("doctor").output.contains("mail"))
        #expect(try !home.kith("status").output.contains("mail"))
        try home.configure("mail: [{path: ~/Mail/*}]")
        #expect(
            try home.kith("doctor").lines.contains {
                $0.hasPrefix("mail") && $0.hasSuffix("2 folders, 2 messages, heads only")
            }
        )
        #expect(
            try home.kith("status").lines.contains {
                $0.hasPrefix("mail") && $0.hasSuffix("2 folders, 2 messages, heads only")
            }
        )
        #expect(try home.kith("status", "--json").output.contains(#""mail":{"folders":2,"messages":2}"#))
        try home.configure("mail: [{path: ~/Elsewhere}]")
        let lines = try home.kith("doctor").lines
        #expect(lines.contains { $0.hasPrefix("mail") && $0.contains("FAIL") })
        #expect(lines.contains { $0.contains("/Elsewhere: there is no such file") })
    }

    @Test("Init leaves mail alone unless it is named, whatever else is taken")
    func offered() throws {
        for arguments in [[], ["--yes"]] {
            let home = try Self.home(configured: false)
            #expect(try home.kith(["init", "--no-start", "--no-show"] + arguments).status == 0)
            #expect(try !home.text(".config/kith/config.yaml").contains("mail:"))
        }
        let home = try Self.home(configured: false)
        let outcome = try home.kith("init", "--mail", "Mail", "--keep", "ana", "--no-start", "--no-show")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try home.text(".config/kith/config.yaml").contains("\nmail:\n  - path: \"~/Mail\"\n"))
        #expect(try home.kith("explain", "ana").output.contains("mail received, counts"))
    }

    @Test("A terminal is asked, and Enter is no", arguments: [("", false), ("n", false), ("y", true)])
    func asked(answer: String, isTaken: Bool) throws {
        let home = try Self.home(configured: false)
        let answers = ["y", "y", answer, "y", "", "n", "n"].joined(separator: "\n") + "\n"
        let command = "\(Home.program) init --now '\(Home.now)'"
        let outcome = try home.run("/usr/bin/script", ["-qec", command, "/dev/null"], input: answers)
        #expect(outcome.output.contains("Mail       ~/Mail, 2 folders, heads only"), "\(outcome.output)")
        #expect(try home.text(".config/kith/config.yaml").contains("mail:") == isTaken)
    }
}
