import CivilTime
import KithCore
import KithTesting
import Testing

/// What mail shows, and how much of it counts.
@Suite("Mail")
struct MailTests {
    static let me = Me(name: "Ada", emails: ["ada@example.com", "ada@home.example"], domains: [])
    static let now = Berlin.at("2026-01-27 14:16")

    /// Who stands in `From`, and in `To` and `Cc`; and what that shows: `<` received or `>` sent, with whom.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let shows: String
        let head: MailHead
        let isFiledAsSent: Bool

        init(_ name: String, from: String, to: String, _ shows: String, isFiledAsSent: Bool = false) {
            func list(_ text: String) -> [String] {
                text.split(separator: " ").map { $0.contains("@") ? String($0) : "\($0)@example.org" }
            }
            (testDescription, self.shows, self.isFiledAsSent) = (name, shows, isFiledAsSent)
            head = MailHead(
                authors: list(from),
                recipients: list(to),
                sentAt: MailTests.now,
                messageID: ""
            )
        }
    }

    static let ada = "ada@example.com"

    static let examples = [
        Example("from one, to the user", from: "ana", to: ada, "< ana"),
        Example("to another address of the user", from: "ana", to: "ada@home.example", "< ana"),
        Example("three others beside the author", from: "ana", to: "b c d \(ada)", "< ana"),
        Example("four others beside the author", from: "ana", to: "b c d e \(ada)", ""),
        Example("who is named twice is one", from: "ana", to: "b b c d ana \(ada) ada@home.example", "< ana"),
        Example("the user is not named", from: "ana", to: "b", ""),
        Example("nobody is named", from: "ana", to: "", ""),
        Example("two authors", from: "ana ben", to: ada, "< ana ben"),
        Example("five authors", from: "a b c d e", to: ada, ""),
        Example("no author", from: "", to: ada, ""),
        Example("from the user to one", from: ada, to: "ana", "> ana"),
        Example("from the user to four", from: ada, to: "d c b ana", "> ana b c d"),
        Example("from the user to five", from: ada, to: "a b c d e", ""),
        Example("from the user to forty", from: ada, to: (0..<40).map { "p\($0)" }.joined(separator: " "), ""),
        Example("a copy to oneself is nobody", from: ada, to: "ana ada@home.example", "> ana"),
        Example("to oneself alone", from: ada, to: ada, ""),
        Example("written together with the user", from: "\(ada) ben", to: "ana ben", "> ana"),
        Example("an alias nobody knows", from: "alias", to: "ana", ""),
        Example("an alias, filed as sent", from: "alias", to: "ana alias", "> ana", isFiledAsSent: true),
    ]

    @Test("Who wrote to whom, and to how many", arguments: examples)
    func contact(_ example: Example) {
        let contact = MailContact(example.head, isFiledAsSent: example.isFiledAsSent, me: Self.me)
        let shown = contact.map { contact in
            let names = contact.people.map { $0.split(separator: "@")[0] }
            return ([contact.direction == .sent ? ">" : "<"] + names).joined(separator: " ")
        }
        #expect(shown ?? "" == example.shows)
    }

    @Test("What lists and programs write, and what has no date, shows nothing")
    func nothing() {
        var head = MailHead(authors: ["ana@example.org"], recipients: [Self.ada], sentAt: Self.now)
        #expect(MailContact(head, isFiledAsSent: false, me: Self.me) != nil)
        head.isAutomatic = true
        #expect(MailContact(head, isFiledAsSent: false, me: Self.me) == nil)
        head.isAutomatic = false
        head.sentAt = nil
        #expect(MailContact(head, isFiledAsSent: false, me: Self.me) == nil)
    }

    /// A world with Ana, who has two addresses, and mail.
    static func world(_ mail: [String: [MailEntry]], at now: Instant = now, every: Int = 42) -> World {
        let ana = Contact(id: ContactID("ana"), name: "Ana Ruiz", emails: ["ana@example.org", "ana@home.example"])
        let me = Contact(id: ContactID("ada"), name: "Ada", emails: [ada])
        let person = PersonRule(uid: "ana", every: every)
        return World.make(
            contents: Contents(contacts: [ana, me], mail: mail),
            rules: Rules(me: Self.me, people: [person]),
            daysOff: [],
            zone: Berlin.zone,
            now: now
        )
    }

    static func entry(_ time: String, _ direction: MailDirection = .received, _ folder: String = "") -> MailEntry {
        MailEntry(sentAt: Berlin.at(time), direction: direction, folder: folder)
    }

    @Test("A day's mail counts once in each direction, by its first message, whatever the address")
    func days() {
        let evidence = Self.world([
            "ana@example.org": [
                Self.entry("2026-01-20 10:00", .received, "b"), Self.entry("2026-01-20 23:30", .received, "c"),
                Self.entry("2026-01-20 12:00", .sent, "d"), Self.entry("2026-01-21 00:10"),
            ],
            "ana@home.example": [Self.entry("2026-01-20 09:00", .received, "a")],
            "stranger@example.org": [Self.entry("2026-01-20 10:00")],
            Self.ada: [Self.entry("2026-01-20 10:00")],
        ]).evidence
        #expect(Array(evidence.keys) == [ContactID("ana")])
        let told = evidence[ContactID("ana")]?.map {
            "\($0.date) \($0.origin) \($0.weight) \($0.place.file) \($0.isMail)"
        }
        #expect(
            told == [
                "2026-01-21 met 100  true", "2026-01-20 wrote 0 d true", "2026-01-20 met 100 a true",
            ]
        )
    }

    @Test("What is dated after today waits for its day; what is over ten years old is forgotten")
    func waiting() {
        let mail = [
            "ana@example.org": [
                Self.entry("2015-12-01 10:00"), Self.entry("2026-01-27 23:59"), Self.entry("2026-01-28 00:00"),
            ]
        ]
        let ana = ContactID("ana")
        #expect(Self.world(mail).evidence[ana]?.map { "\($0.date)" } == ["2026-01-27"])
        let tomorrow = Self.world(mail, at: Berlin.at("2026-01-28 00:00"))
        #expect(tomorrow.evidence[ana]?.map { "\($0.date)" } == ["2026-01-28", "2026-01-27"])
    }

    @Test("Mail moves the clock as an answer does: received as met, sent as a half wait")
    func clock() throws {
        func assessment(_ entries: MailEntry...) throws -> TieAssessment {
            let world = Self.world(["ana@example.org": entries])
            let plan = plan(world, LedgerView(), at: Self.now, policy: Policy())
            return try #require(plan.assessments[ContactID("ana")])
        }
        let received = try assessment(Self.entry("2026-01-20 10:00"))
        #expect("\(received.mark)" == "met-2026-01-20" && "\(received.due)" == "2026-03-03")
        let sent = try assessment(Self.entry("2025-12-09 10:00"), Self.entry("2026-01-26 10:00", .sent))
        #expect("\(sent.mark)" == "wrote-2026-01-26" && "\(sent.due)" == "2026-02-16")
        let answered = try assessment(
            Self.entry("2025-12-09 10:00"),
            Self.entry("2026-01-20 10:00", .sent),
            Self.entry("2026-01-20 18:00")
        )
        #expect("\(answered.mark)" == "met-2026-01-20" && "\(answered.due)" == "2026-03-03")
    }

    @Test("The world does not depend on the order of addresses and messages", arguments: UInt64(0)..<40)
    func order(seed: UInt64) {
        var draws = Seeded(seed)
        let entries = (0..<30).map { _ in
            MailEntry(
                sentAt: Self.now.adding(seconds: -Int64(draws.below(5_000_000))),
                direction: draws.oneIn(2) ? .sent : .received,
                size: draws.below(4) + 1,
                folder: "f\(draws.below(3))"
            )
        }
        func world(_ entries: [MailEntry], split: Int) -> World {
            Self.world(["ana@example.org": Array(entries[..<split]), "ana@home.example": Array(entries[split...])])
        }
        let expected = world(entries, split: 15)
        #expect(world(entries.shuffled(using: &draws), split: draws.below(30)) == expected)
    }
}
