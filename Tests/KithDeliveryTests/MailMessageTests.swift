import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithDelivery

/// The bytes of a mail, read back by a decoder of the tests' own.
@Suite("Mails")
struct MailMessageTests {
    private func mail(_ delivery: Delivery) -> ReceivedMail {
        ReceivedMail(MailMessage(delivery, address: "ada@example.com").bytes)
    }

    @Test("A nudge is a mail of nine headers and a text")
    func nudge() {
        let delivery = Delivery.sample(channel: .email)
        let text = String(decoding: MailMessage(delivery, address: "ada@example.com").bytes, as: UTF8.self)
        let expected = """
            From: kith <ada@example.com>
            To: ada@example.com
            Subject: Ana Ruiz
            Date: Tue, 27 Jan 2026 13:10:00 +0000
            Message-ID: <\(delivery.key.token)@kith.invalid>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Auto-Submitted: auto-generated

            Ana Ruiz
            7 weeks since "Coffee w/ Ana". Free until 14:30; send a line?

            Answer at your desk: kith

            """
        #expect(text == expected.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
    }

    @Test("A digest keeps its columns, and its last line is its own")
    func digest() {
        let body = """
            Tue 14:10  Ana Ruiz     7 weeks since "Coffee w/ Ana"
            Wed        Mira Okafor  birthday

            Answer at your desk: kith
            """
        let mail = mail(.sample(title: "This week", body: body, subject: "This week: Ana, Tomás", about: []))
        #expect(mail.body == body + "\n" && mail.faults == [])
        #expect(mail["Subject"] == "This week: Ana, Tomás")
    }

    @Test("Whatever a stranger writes, the mail has its nine headers and a text", arguments: Delivery.hostileTexts)
    func hostile(text: String) {
        for delivery in [
            Delivery.sample(title: text, subject: text), .sample(body: text),
            .sample(title: text, body: text, about: []),
        ] {
            let mail = mail(delivery)
            #expect(mail.faults == [])
            #expect(
                mail.headers.map(\.name) == [
                    "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
                    "Content-Transfer-Encoding", "Auto-Submitted",
                ]
            )
            #expect(mail["To"] == "ada@example.com" && mail["Subject"] == printable(delivery.message.subject))
            let isShown = mail.body.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == " " || $0.value > 0x20 && $0.value != 0x7f
            }
            #expect(isShown && mail.body.contains("kith") == (delivery.key.occasion != "week"))
        }
    }

    /// The header's date for an offset from UTC in minutes.
    static let dates: [(minutes: Int, text: String)] = [
        (0, "Tue, 27 Jan 2026 13:10:00 +0000"), (60, "Tue, 27 Jan 2026 14:10:00 +0100"),
        (-300, "Tue, 27 Jan 2026 08:10:00 -0500"), (330, "Tue, 27 Jan 2026 18:40:00 +0530"),
        (-210, "Tue, 27 Jan 2026 09:40:00 -0330"), (345, "Tue, 27 Jan 2026 18:55:00 +0545"),
        (-30, "Tue, 27 Jan 2026 12:40:00 -0030"), (840, "Wed, 28 Jan 2026 03:10:00 +1400"),
        (-840, "Mon, 26 Jan 2026 23:10:00 -1400"),
    ]

    @Test("The date is the user's, with the offset of their zone", arguments: dates)
    func date(minutes: Int, text: String) {
        let zone = Zone(name: "Test/Zone", rules: .fixed(seconds: minutes * 60))
        #expect(mail(.sample(zone: zone))["Date"] == text)
    }

    @Test("The same delivery is the same message however often it is sent, and no other is")
    func identity() {
        func id(_ delivery: Delivery) -> String? { mail(delivery)["Message-ID"] }
        let first = Delivery.sample(channel: .email)
        var again = Delivery.sample(title: "Ana R.", body: "8 weeks", channel: .email, replaces: "<x@kith.invalid>")
        (again.attempt, again.at) = (3, again.at.adding(seconds: 900))
        #expect(id(first) == id(again))
        let others = [
            first, Delivery.sample(channel: .email, occasion: "2"), .sample(about: ["ben"], channel: .email),
            .sample(about: ["ana", "ben"], channel: .email), .sample(about: [], channel: .email), .sample(),
        ]
        #expect(Set(others.compactMap { id($0) }).count == others.count)
        #expect(id(first)?.wholeMatch(of: #/<[0-9a-f]{16}@kith\.invalid>/#) != nil)
    }
}
