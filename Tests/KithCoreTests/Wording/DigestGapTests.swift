import CivilTime
import KithCore
import Testing

/// Where support is missing, and what the weeks went to.
@Suite("Gaps and balance in the digest")
struct DigestGapTests {
    /// Pricing 2027 with a stakeholder in each of two parts: Priya of Finance, inside, and Tomás of Norlys.
    static func stage() -> WordingStage {
        var stage = WordingStage()
        keep(&stage, "priya", "Priya Nair", unit: "Finance")
        keep(&stage, "tomas", "Tomás Vega", organization: "Norlys")
        stage.world.priorities = [priority("Pricing 2027", by: "2027-03-31")]
        stage.met("priya", on: "2025-03-14", "Budget")
        stage.met("tomas", on: "2026-01-20", "Lunch")
        return stage
    }

    static func priority(_ title: String, by day: String) -> Priority {
        Priority(
            title: title,
            by: WordingStage.day(day),
            stakeholders: Match([.category: ["pricing"]]),
            place: Place(file: "config.yaml", line: 3)
        )
    }

    static func keep(
        _ stage: inout WordingStage,
        _ uid: String,
        _ name: String,
        organization: String? = nil,
        unit: String? = nil,
        _ network: Network = .strategic
    ) {
        var card = WordingStage.card(uid, name)
        (card.organization, card.unit, card.categories) = (organization ?? "Example", unit, ["pricing"])
        stage.keep(card, network)
        for index in stage.world.ties.indices where stage.world.ties[index].id.uid == uid && organization == nil {
            stage.world.ties[index].side = .inside
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let line: String?
        let change: @Sendable (inout WordingStage) -> Void

        init(_ name: String, _ line: String?, _ change: @escaping @Sendable (inout WordingStage) -> Void) {
            (testDescription, self.line, self.change) = (name, line, change)
        }
    }

    static let march = "Pricing 2027: nobody from Finance since March. You know Priya Nair there."

    static let cases = [
        Case("a department was not met for long", march) { _ in },
        Case("years ago", "Pricing 2027: nobody from Finance since 2023. You know Priya Nair there.") {
            $0.world.evidence = [:]
            $0.met("priya", on: "2023-03-14", "Budget")
            $0.met("tomas", on: "2026-01-20", "Lunch")
        },
        Case("never", "Pricing 2027: nobody from Finance yet. You know Priya Nair there.") {
            $0.world.evidence[ContactID("priya")] = nil
        },
        Case("no department on the card", "Pricing 2027: nobody since March. You know Priya Nair.") {
            for index in $0.world.ties.indices { $0.world.ties[index].contact.unit = nil }
        },
        Case("whom one met last is asked", "Pricing 2027: nobody from Finance since April. You know Quin Abe there.") {
            keep(&$0, "quin", "Quin Abe", unit: "Finance")
            $0.met("quin", on: "2025-04-02", "Budget")
        },
        Case("107 days, a quarter of what is left", nil) {
            $0.world.evidence[ContactID("priya")] = nil
            $0.met("priya", on: "2025-10-12", "Budget")
        },
        Case("108 days", "Pricing 2027: nobody from Finance since October. You know Priya Nair there.") {
            $0.world.evidence[ContactID("priya")] = nil
            $0.met("priya", on: "2025-10-11", "Budget")
        },
        Case("the priority is over", nil) { $0.world.priorities = [priority("Old", by: "2026-01-26")] },
        Case("it ends today", "Soon: nobody from Finance since March. You know Priya Nair there.") {
            $0.world.priorities.append(priority("Soon", by: "2026-01-27"))
        },
        Case("a friend has no part in it", nil) { stage in
            for index in stage.world.ties.indices { stage.world.ties[index].networks = [.personal] }
        },
        Case("somebody of it is booked", nil) { stage in
            stage.world.bookings[ContactID("priya")] = [
                Booking(
                    contact: ContactID("priya"),
                    date: WordingStage.day("2026-02-20"),
                    start: WordingStage.at("2026-02-20 10:00"),
                    weight: 100
                )
            ]
        },
        Case("somebody of it stands in the digest", nil) { $0.ask("priya", .digestOnly) },
    ]

    @Test("One part of one priority that nobody was met of for long", arguments: cases)
    func gap(_ example: Case) throws {
        var stage = Self.stage()
        example.change(&stage)
        let body = stage.weekly?.body ?? ""
        let told = example.line.map { "\($0)\nAsk for 15 minutes?" }
        #expect(body.contains("nobody") == (told != nil))
        if let told { #expect(body.hasPrefix(told + "\n\nAnswer at your desk") || body.contains("\n\n\(told)\n\n")) }
    }

    @Test("A title with markup and a line break stays a title")
    func hostile() throws {
        var stage = Self.stage()
        stage.world.priorities = [Self.priority("<b>Price</b>\nBcc: x", by: "2027-03-31")]
        let lines = try #require(stage.weekly).body.split(separator: "\n")
        #expect(lines[0].hasPrefix("<b>Price</b> Bcc: x: nobody from Finance"))
    }

    /// Hours inside and outside, of each of the spans of four weeks, the last first.
    struct Weeks: CustomTestStringConvertible {
        let hours: [(inside: Int64, outside: Int64)]
        let line: String?
        var testDescription: String { "\(hours)" }
    }

    static let weeks = [
        Weeks(
            hours: [(31, 1), (30, 4), (30, 4), (30, 4), (1, 1)],
            line: "Four weeks: 31 h with your team, 1 h outside it (usually 4 h)."
        ),
        Weeks(
            hours: [(31, 2), (30, 3), (30, 9), (30, 5), (30, 4), (30, 4), (30, 4), (1, 1)],
            line: "Four weeks: 31 h with your team, 2 h outside it (usually 4 h)."
        ),
        Weeks(hours: [(31, 3), (30, 4), (30, 4), (30, 4), (1, 1)], line: nil),
        Weeks(hours: [(31, 1), (30, 4), (30, 4)], line: nil),
        Weeks(hours: [(0, 1), (30, 4), (30, 4), (30, 4), (1, 1)], line: nil),
        Weeks(hours: [(31, 0), (30, 0), (30, 0), (30, 0), (1, 1)], line: nil),
    ]

    @Test("The outside is told of where it fell to half of what is usual", arguments: weeks)
    func balance(_ example: Weeks) {
        var stage = WordingStage()
        for (span, hours) in example.hours.enumerated() {
            for (offset, part) in [(1, Int64(1)), (28, 1)] {
                let spent = TimeSpent(inside: hours.inside * 1_800 * part, outside: hours.outside * 1_800 * part)
                stage.world.timeSpent[WordingStage.today.adding(days: -28 * span - offset)] = spent
            }
        }
        #expect(stage.weekly?.body == example.line.map { "\($0)\n\nAnswer at your desk: kith" })
    }
}
