import CivilTime
import KithCore
import Testing

/// What a lock screen may show.
@Suite("Privacy of bubbles")
struct PrivacyTests {
    static func stage(_ privacy: Privacy) -> WordingStage {
        var stage = WordingStage.sample()
        stage.said("ana", .met, on: "2025-10-02", note: "audit timing")
        stage.policy.privacy = privacy
        return stage
    }

    @Test("With names, titles and notes are told too")
    func names() {
        let bubble = Self.stage(.names).bubble("ana")
        #expect(bubble.title == "Ana Ruiz")
        #expect(bubble.body.contains("Coffee") && bubble.body.contains("audit"))
    }

    @Test("With initials, neither titles nor notes")
    func initials() {
        let stage = Self.stage(.initials)
        let bubble = stage.bubble("ana")
        #expect(bubble.title == "A. R." && bubble.subject == "A. R.")
        #expect(bubble.body == "7 weeks since you met. Free until 14:30; send a line?")
        #expect(stage.bubble("jonas").title == "J.")
        #expect(stage.bubble("jonas").body == "Been a while. A pint this week?")
        let shared = stage.bubble("mira", "jonas", "ana", kind: .birthday, due: "2026-01-27")
        #expect(shared.title == "M. O., J. and A. R." && shared.body == "Birthday today.")
    }

    @Test("Hidden, nothing but that there is somebody", arguments: [NudgeKind.reconnect, .birthday, .anniversary])
    func hidden(kind: NudgeKind) {
        let stage = Self.stage(.hidden)
        for bubble in [stage.bubble("ana", kind: kind), stage.bubble("jonas", kind: kind)] {
            #expect(bubble.title == "kith" && bubble.subject == "kith")
            #expect(bubble.body == "Somebody to get in touch with. See: kith")
            #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"] && bubble.contacts.count == 1)
        }
    }

    @Test(
        "Initials are those of what shows of a name",
        arguments: [
            ("Ana", "A."), ("ana de la ruiz", "a. d. l. r."), ("李 小龍", "李. 小."), ("\u{202e}Ana\nRuiz", "A. R."),
            ("\u{200b}", "u."), ("E\u{0301}mile Zola", "É. Z."),
        ]
    )
    func shapes(name: String, initials: String) {
        var stage = WordingStage()
        stage.policy.privacy = .initials
        stage.keep(WordingStage.card("u", name))
        #expect(stage.bubble("u").title == initials)
    }
}
