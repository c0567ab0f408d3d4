import CivilTime
import KithCore
import Testing

/// What a bubble says, word for word.
@Suite("Bubbles")
struct BubbleTests {
    @Test("Somebody of work: why now, what was noted, how long there is, one thing to do")
    func strategic() {
        var stage = WordingStage.sample()
        stage.said("ana", .met, on: "2025-10-02", note: "audit timing")
        let bubble = stage.bubble("ana")
        #expect(bubble.title == "Ana Ruiz")
        #expect(
            bubble.body
                == "7 weeks since \"Coffee w/ Ana\". You noted: audit timing. Free until 14:30; send a line?"
        )
        #expect(bubble.actions == [.write(url: "mailto:ana@meridian.example"), .done, .later])
        #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"])
        #expect(bubble.subject == "Ana Ruiz" && bubble.contacts == [ContactID("ana")])
    }

    @Test("A friend: nothing counted, nothing noted, no hour")
    func friend() {
        var stage = WordingStage.sample()
        stage.said("jonas", .met, on: "2025-12-02", note: "lent me 50")
        let bubble = stage.bubble("jonas", slot: WordingStage.slot("2026-01-29 18:40", until: "20:30"))
        #expect(bubble.title == "Jonas" && bubble.body == "Been a while. A pint this week?")
        #expect(bubble.actions.map(\.label) == ["Write", "Done", "Later"])
    }

    @Test("A friend is asked another thing each time")
    func friendsAsks() {
        var stage = WordingStage.sample()
        let asked = (0..<6).map { index in
            let body = stage.bubble("jonas").body
            var record = stage.record("jonas")
            record = NudgeRecord(
                id: NudgeID(kind: .reconnect, contacts: record.id.contacts, cycle: "met-2024-01-0\(index + 1)"),
                reason: .due,
                due: record.due,
                opened: record.opened,
                showings: 1
            )
            stage.view.nudges.append(record)
            return body
        }
        #expect(Set(asked.prefix(5)).count == 5 && asked[5] == asked[0])
        #expect(asked.allSatisfy { $0.hasPrefix("Been a while. A ") && $0.hasSuffix(" this week?") })
    }

    @Test(
        "A friend is asked for a day of this week while it lasts",
        arguments: [("2026-01-30", "this"), ("2026-01-31", "next"), ("2026-02-01", "next"), ("2026-02-02", "this")]
    )
    func weekend(day: String, week: String) {
        var stage = WordingStage.sample()
        stage.now = WordingStage.at("\(day) 18:00")
        #expect(stage.bubble("jonas").body == "Been a while. A pint \(week) week?")
    }

    @Test(
        "Until when there is time is said where it ends within four hours",
        arguments: [("18:09", "Free until 18:09; send a line?"), ("18:10", "Send a line?")]
    )
    func longFree(end: String, ask: String) {
        let stage = WordingStage.sample()
        let slot = WordingStage.slot("2026-01-27 14:10", until: end)
        #expect(stage.bubble("ana", slot: slot).body == "7 weeks since \"Coffee w/ Ana\". \(ask)")
    }

    /// What was last known of somebody of the day's work, and what a bubble says of it.
    struct Last: CustomTestStringConvertible {
        let origin: Evidence.Origin?
        let date: String
        let note: String?
        let body: String
        var testDescription: String { body }

        init(_ origin: Evidence.Origin?, _ date: String, note: String? = nil, _ body: String) {
            (self.origin, self.date, self.note, self.body) = (origin, date, note, body)
        }
    }

    static let lasts = [
        Last(nil, "", "No meeting in your calendar yet. Send a line?"),
        Last(.met, "2026-01-06", "3 weeks since you met. Send a line?"),
        Last(.met, "2026-01-26", "1 day since you met. Send a line?"),
        Last(.wrote, "2025-11-10", "You wrote 2 months ago. Send a line?"),
        Last(.met, "2026-01-06", note: "lent a book.", "3 weeks since you met. You noted: lent a book. Send a line?"),
        Last(.met, "2026-01-06", note: "why?", "3 weeks since you met. You noted: why? Send a line?"),
        Last(.met, "2026-01-06", note: " \n\t", "3 weeks since you met. Send a line?"),
        Last(.met, "2026-01-06", note: "a\nb\u{1b}[31mc", "3 weeks since you met. You noted: a b [31mc. Send a line?"),
    ]

    @Test("Operational ties are spoken of in the same voice; without free time none is named", arguments: lasts)
    func operational(_ last: Last) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ben", "Ben Adeyemi"), .operational)
        if let origin = last.origin { stage.said("ben", origin, on: last.date, note: last.note) }
        #expect(stage.bubble("ben", slot: nil).body == last.body)
    }

    @Test("The newest note is told, whatever came after it")
    func newestNote() {
        var stage = WordingStage.sample()
        stage.said("ana", .met, on: "2025-09-02", note: "old plans")
        stage.said("ana", .wrote, on: "2025-10-02", note: "new plans")
        #expect(stage.bubble("ana").body.contains("You noted: new plans."))
        #expect(!stage.bubble("ana").body.contains("old plans"))
    }

    /// A way to reach somebody, and what it comes to.
    struct Reach: CustomTestStringConvertible {
        let emails: [String]
        let phones: [String]
        let ask: String
        let first: MessageAction
        var testDescription: String { "\(emails) \(phones)" }

        init(_ emails: [String], _ phones: [String], _ ask: String, _ first: MessageAction) {
            (self.emails, self.phones, self.ask, self.first) = (emails, phones, ask, first)
        }
    }

    static let reaches = [
        Reach(["a@b.example"], ["+49 30 1"], "send a line?", .write(url: "mailto:a@b.example")),
        Reach(["a+kith@b.example"], [], "send a line?", .write(url: "mailto:a+kith@b.example")),
        Reach(["a b&cc=x@b.example"], [], "send a line?", .write(url: "mailto:a%20b%26cc%3Dx@b.example")),
        Reach(["j%41?subject=x@b.example"], [], "send a line?", .write(url: "mailto:j%2541%3Fsubject%3Dx@b.example")),
        Reach(["\u{fc}\r\nBcc:x@b.example"], [], "send a line?", .write(url: "mailto:%C3%BC%0D%0ABcc%3Ax@b.example")),
        Reach([], ["+49 (30) 12-34/5"], "give a call?", .call(url: "tel:+493012345")),
        Reach([], ["030 1234 ext. 56"], "give a call?", .call(url: "tel:0301234")),
        Reach([], ["0301234,56#"], "give a call?", .call(url: "tel:0301234")),
        Reach([], ["mobile: +1 555 0100"], "give a call?", .call(url: "tel:+15550100")),
        Reach([], ["at the office", "+49 30 1"], "give a call?", .call(url: "tel:+49301")),
        Reach([], ["\u{0663}\u{0664}", "+"], "get in touch?", .done),
        Reach([], [], "get in touch?", .done),
    ]

    @Test("Write where there is an address, else call, else neither", arguments: reaches)
    func reach(_ reach: Reach) {
        var stage = WordingStage()
        stage.keep(WordingStage.card("leila", "Leila Haddad", emails: reach.emails, phones: reach.phones))
        let bubble = stage.bubble("leila")
        #expect(bubble.body == "No meeting in your calendar yet. Free until 14:30; " + reach.ask)
        let hasAddress = reach.first != .done
        #expect(bubble.actions == (hasAddress ? [reach.first, .done, .later] : [.done, .later, .skip]))
    }

    @Test(
        "A day of the year is said as seen from today",
        arguments: [
            ("2026-01-27", "today."), ("2026-01-26", "was on Monday."), ("2026-01-25", "was on Sunday."),
            ("2026-01-21", "was on Wednesday."), ("2026-01-20", "was on Tue 20 Jan."), ("2026-01-28", "tomorrow."),
            ("2026-01-30", "on Friday."), ("2026-02-02", "on Monday."), ("2026-02-05", "on Thu 5 Feb."),
        ]
    )
    func dated(due: String, said: String) {
        let stage = WordingStage.sample()
        #expect(stage.bubble("mira", kind: .birthday, due: due).body == "Birthday " + said)
        #expect(stage.bubble("mira", kind: .anniversary, due: due).body == "Anniversary " + said)
    }

    @Test("Birthdays of one day share a bubble without one address")
    func shared() {
        let stage = WordingStage.sample()
        let both = stage.bubble("mira", "jonas", kind: .birthday, due: "2026-01-27")
        #expect(both.title == "Mira Okafor and Jonas" && both.body == "Birthday today.")
        #expect(both.actions == [.done, .later, .skip])
        #expect(both.contacts == ["mira", "jonas"].map { ContactID($0) })
        let three = stage.bubble("mira", "jonas", "ana", kind: .birthday, due: "2026-01-25")
        #expect(three.title == "Mira Okafor, Jonas and Ana Ruiz" && three.body == "Birthday was on Sunday.")
        #expect(stage.bubble("mira", kind: .birthday, due: "2026-01-27").actions.map(\.label).first == "Write")
    }

    @Test("About somebody whose card is gone there is no name to tell")
    func gone() {
        let bubble = WordingStage.sample().bubble("nobody")
        #expect(bubble.title == "kith" && bubble.body.isEmpty && bubble.contacts.isEmpty)
    }

    @Test("A source that is gone is named by the end of its path")
    func sourceGone() {
        let message = sourceGoneMessage(path: "/home/ada/calendars/work", since: WordingStage.day("2026-01-26"))
        #expect(message.title == "kith cannot read a source")
        #expect(
            message.body
                == "/home/ada/calendars/work is gone or empty since Mon 26 Jan. Nudges wait. See: kith doctor"
        )
        let long = sourceGoneMessage(
            path: "/" + String(repeating: "deep/", count: 40) + "work\u{1b}]0;x\u{7}",
            since: WordingStage.day("2026-12-26")
        )
        #expect(long.body.hasPrefix("…") && long.body.count <= bodyLimit)
        #expect(long.body.hasSuffix("work ]0;x is gone or empty since Sat 26 Dec. Nudges wait. See: kith doctor"))
    }

    @Test("A channel by which nothing gets through is named, with why")
    func channelDown() {
        let since = WordingStage.day("2026-01-26")
        let message = channelDownMessage(channel: .email, since: since, problem: "msmtp: cannot connect")
        #expect(message.title == "kith cannot reach you by email")
        #expect(message.body == "Nothing got through since Mon 26 Jan: msmtp: cannot connect. See: kith doctor")
        #expect(
            channelDownMessage(channel: .email, since: since, problem: nil).body
                == "Nothing got through since Mon 26 Jan. See: kith doctor"
        )
        let long = channelDownMessage(
            channel: ChannelName(rawValue: String(repeating: "x", count: 90)),
            since: since,
            problem: String(repeating: "long\u{1b} ", count: 60)
        )
        #expect(long.title.count < 60 && long.body.count <= bodyLimit && long.body.hasSuffix("See: kith doctor"))
        #expect(!long.body.unicodeScalars.contains("\u{1b}"))
    }

    @Test("The trial asks for nothing")
    func trial() {
        #expect(trialMessage() == Message(title: "kith", body: "This is how a nudge looks. Nothing is asked of you."))
    }
}
