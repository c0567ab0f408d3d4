import CivilTime
import KithCore
import KithTesting
import Testing

/// The voice, over small worlds drawn from seeds: short, calm, about the person, one thing to do.
@Suite("The voice")
struct VoiceTests {
    /// A nudge that is open in some world, and what is said of it.
    struct Said {
        let nudge: PlannedNudge
        let messages: [Message]
        let lines: [String]
    }

    /// What is said of every open nudge, in every form, on a day of a life of some days.
    static func said(_ seed: UInt64) -> [Said] {
        var random = SplitMix64(seed: seed ^ 0x70ce)
        var stage = RandomStage(seed: seed).stage
        for index in stage.contents.contacts.indices { stage.contents.contacts[index].organization = "Norlys" }
        for index in stage.rules.people.indices { stage.rules.people[index].interests = ["pricing"] }
        let days = Int.random(in: 0...3, using: &random)
        stage.play(from: "2026-01-27 07:00", until: "\(PlannerStage.today.adding(days: days)) 22:00")
        let day = PlannerStage.today.adding(days: days + 1)
        let now = Berlin.at(day, "\(Int.random(in: 7...19, using: &random)):30")
        let plan = stage.turn(at: now)
        let world = stage.world(at: now)
        let screens = Screens(plan: plan, world: world, view: stage.view, policy: stage.policy)
        return plan.nudges.map { nudge in
            let reasons: [NudgeReason] =
                nudge.record.id.kind == .reconnect ? [.due, .late, .dormant, .chance] : [nudge.record.reason]
            let messages = reasons.flatMap { reason in
                [false, true].flatMap { flag in
                    var record = nudge.record
                    record.reason = reason
                    return [
                        message(
                            for: [record],
                            assessments: plan.assessments,
                            world: world,
                            slot: nudge.slot,
                            now: now,
                            policy: stage.policy,
                            leavesMachine: flag,
                            isOneLine: flag && reason == .due,
                            nudges: stage.view.nudges
                        )
                    ]
                }
            }
            return Said(nudge: nudge, messages: messages, lines: [screens.reason(nudge.record), screens.when(nudge)])
        }
    }

    /// A text without what is quoted from a calendar.
    static func unquoted(_ text: String) -> String {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter {
            $0.offset.isMultiple(of: 2)
        }
        .map(\.element).joined(separator: "…")
    }

    static let unsaid: Set = [
        "network", "overdue", "score", "random", "he", "she", "him", "her", "his", "hers", "they", "them", "their",
        "sorry", "great", "late", "should",
    ]

    @Test(
        "Every body says why now in 120 characters at most, without a word that judges or presumes",
        arguments: UInt64(0)..<150
    )
    func calm(seed: UInt64) {
        for said in Self.said(seed) {
            for message in said.messages {
                let body = message.body
                #expect(!message.title.isEmpty && !message.title.contains("\n"))
                #expect(!body.isEmpty && body.count <= bodyLimit && !body.contains("!"), "\(body)")
                #expect(body.first?.isLowercase != true && ".?…".contains(body.last ?? " "), "\(body)")
                #expect(body.count { $0 == "?" } <= 1, "one suggestion: \(body)")
                let words = Self.unquoted(body).lowercased().split { !$0.isLetter }.map(String.init)
                #expect(words.filter { Self.unsaid.contains($0) } == [], "\(body)")
                #expect((1...3).contains(message.actions.count))
            }
        }
    }

    @Test("A title stands in quotes, and of a friend not at all", arguments: UInt64(0)..<150)
    func titles(seed: UInt64) {
        for said in Self.said(seed) {
            var texts = said.messages.map(\.body) + said.lines
            // What holds a nudge back is told to the user alone, the meeting by its title.
            if case .held = said.nudge.waiting { texts.removeLast() }
            for text in texts {
                // Titles of this world are m0, m1, …
                #expect(Self.unquoted(text).firstMatch(of: #/\bm\d+\b/#) == nil, "\(text)")
                guard said.nudge.network == .personal, said.nudge.record.id.kind != .prepare else { continue }
                #expect(!text.contains("\"m"), "\(text)")
                let measures = #/\b\d+ (day|week|month|year)s?\b|\bdue\b|\blate\b|\bsince\b/#
                #expect(text.firstMatch(of: measures) == nil, "\(text)")
            }
        }
    }

    @Test("The worlds have every kind in them")
    func kinds() {
        let kinds = Set((UInt64(0)..<150).flatMap { Self.said($0) }.map(\.nudge.record.id.kind))
        #expect(kinds.isSuperset(of: [.reconnect, .birthday, .anniversary, .promise, .prepare, .followUp]))
    }
}
