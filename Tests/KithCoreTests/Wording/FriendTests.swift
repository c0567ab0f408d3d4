import CivilTime
import KithCore
import Testing

/// Friends are not measured: nothing that is shown of a personal tie counts days, says how late it is, or quotes the calendar.
@Suite("Friends are not measured")
struct FriendTests {
    /// A friend with a history, a wait and a cadence drawn by chance.
    static func stage(waiting: Waiting, kind: NudgeKind, _ random: inout SplitMix64) -> WordingStage {
        var stage = WordingStage()
        stage.policy.privacy = Privacy.allCases[Int.random(in: 0..<2, using: &random)]
        let every = Int.random(in: 1...400, using: &random)
        stage.keep(WordingStage.card("jonas", "Jonas"), .personal, .strategic, every: every, rule: WordingStage.friends)
        let id = ContactID("jonas")
        stage.assessments[id]?.band = [.notYet, .due, .late][Int.random(in: 0..<3, using: &random)]
        stage.assessments[id]?.due = WordingStage.today.adding(days: Int.random(in: -900...900, using: &random))
        stage.assessments[id]?.lateFrom = WordingStage.today.adding(days: Int.random(in: -900...900, using: &random))
        stage.assessments[id]?.isDormant = Bool.random(using: &random)
        stage.assessments[id]?.ignoredInARow = Int.random(in: 0...9, using: &random)
        stage.assessments[id]?.mark = Mark(
            .ignored,
            WordingStage.today.adding(days: -Int.random(in: 1...9, using: &random))
        )
        // The record stays: the sources are named, with nothing of what they say.
        let date = "\(WordingStage.today.adding(days: -Int.random(in: 0...2_000, using: &random)))"
        stage.met("jonas", on: date, "Pint \(every)", people: Int.random(in: 1...4, using: &random))
        stage.met("jonas", on: date, "Crowd", people: 30, weight: 0, event: "zzzz")
        stage.ask("jonas", waiting, kind, due: "2026-01-28", deliveredAt: WordingStage.at("2026-01-27 12:00"))
        return stage
    }

    static let waits: [Waiting] = [
        .moment(WordingStage.slot("2026-01-27 12:00", until: "17:30")),
        .moment(WordingStage.slot("2026-01-29 18:40", until: "20:30")), .answer, .budget, .noMoment, .digestOnly,
        .channel("no notification server"), .held(.pause(until: WordingStage.day("2026-02-20"))),
    ]

    /// Everything that is said of the friend.
    static func said(_ stage: WordingStage, _ kind: NudgeKind) -> [String] {
        let (screens, bubble) = (stage.screens, stage.bubble("jonas", kind: kind, due: "2026-01-28"))
        let tie = stage.world.ties[0]
        let circle = Circle(
            name: "friends",
            networks: tie.networks,
            cadence: tie.cadence,
            match: Match([.category: ["friends"]]),
            place: WordingStage.friends.place
        )
        let weekly = stage.weekly.map { [$0.title, $0.subject, $0.body] } ?? []
        return [bubble.body, bubble.subject] + weekly + screens.today(selected: 0) + screens.due() + screens.people()
            + screens.circles([circle]) + screens.explain(tie) + screens.show(tie.contact) + screens.agenda(days: 3)
            + [screens.nobody, screens.reason(stage.nudges[0].record)]
    }

    @Test("What is said of a friend is the same whatever the numbers are", arguments: UInt64(0)..<100)
    func same(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let waiting = Self.waits[Int(seed) % Self.waits.count]
        let kind: NudgeKind = seed.isMultiple(of: 3) ? .birthday : .reconnect
        var first = Self.stage(waiting: waiting, kind: kind, &random)
        let second = Self.stage(waiting: waiting, kind: kind, &random)
        first.policy.privacy = second.policy.privacy
        #expect(first.world != second.world)
        #expect(Self.said(first, kind) == Self.said(second, kind))
    }

    @Test("No word of measure is among it", arguments: UInt64(0)..<40)
    func words(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let waiting = Self.waits[Int(seed) % Self.waits.count]
        let stage = Self.stage(waiting: waiting, kind: .reconnect, &random)
        let words: Set = [
            "due", "late", "overdue", "since", "every", "day", "days", "week", "weeks", "month", "months", "year",
            "years",
            "score", "dormant", "pint", "crowd", "people", "counts", "ignored", "unanswered", "last",
        ]
        // A pint is what the bubble proposes, this week; "after this week's others" is of the budget.
        let texts = Self.said(stage, .reconnect).map {
            $0.replacing("A pint this week?", with: "").replacing("after this week's others", with: "")
                .replacing("This week", with: "").replacing(/^friends +personal +1 person/, with: "")
        }
        for text in texts {
            let found = text.lowercased().split { !$0.isLetter }.map(String.init).filter { words.contains($0) }
            #expect(found.isEmpty, "\(text)")
        }
    }

    @Test("Explain names the rule and the sources, and one thing that comes of it")
    func explain() {
        var stage = WordingStage.sample()
        stage.said("jonas", .met, on: "2025-12-24", note: "lent me 50")
        stage.world.bookings[ContactID("jonas")] = [
            Booking(
                contact: ContactID("jonas"),
                date: WordingStage.day("2026-02-20"),
                start: stage.now,
                weight: 100,
                summary: "Concert"
            )
        ]
        func explained(_ waiting: Waiting?) -> [String] {
            var stage = stage
            stage.nudges = []
            if let waiting { stage.ask("jonas", waiting, deliveredAt: WordingStage.at("2026-01-27 12:00")) }
            return stage.world.ties.first { $0.id.uid == "jonas" }.map { stage.screens.explain($0) } ?? []
        }
        #expect(
            explained(.moment(WordingStage.slot("2026-01-29 18:40", until: "20:30"))).joined(separator: "\n") == """
                Jonas
                kept    circle "friends", config.yaml:20
                source  journal/2025-12-24.ics  UID entry-2025-12-24
                source  work/1a2b.ics  UID 1a2b@example.com
                booked  "Concert"
                next    Thu evening
                """
        )
        #expect(explained(.answer).last == "shown   Tue 12:00")
        #expect(
            explained(.moment(WordingStage.slot("2026-01-27 12:00", until: "17:30"))).last == "shown   now, until 17:30"
        )
        #expect(explained(.held(.recent(until: WordingStage.day("2026-02-05")))).count { $0.hasPrefix("held") } == 1)
        #expect(explained(.digestOnly).last == "waits   in kith and the digest")
        #expect(explained(.budget).last == "waits   after this week's others")
        #expect(explained(nil).last == "booked  \"Concert\"")
        stage.assessments[ContactID("jonas")]?.hold = .birthday(WordingStage.day("2026-01-29"))
        #expect(explained(nil).last == "held    birthday on Thu 29 Jan")
    }
}
