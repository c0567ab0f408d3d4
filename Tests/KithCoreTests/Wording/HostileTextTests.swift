import CivilTime
import KithCore
import Testing

/// What strangers wrote in names, titles and notes stays within its place, and within the limits.
@Suite("Bubbles of strange texts")
struct HostileTextTests {
    /// A bubble about one person with such a name, title and note.
    static func bubble(name: String = "Ana Ruiz", title: String = "Coffee", note: String? = nil) -> Message {
        var stage = WordingStage()
        stage.keep(WordingStage.card("ana", name))
        if let note { stage.said("ana", .met, on: "2025-10-02", note: note) }
        stage.met("ana", on: "2025-12-09", title)
        return stage.bubble("ana")
    }

    @Test("A note that leaves no room goes; why now and what to do stay")
    func noteGivesWay() {
        let title = String(repeating: "word ", count: 7) + "end"
        let bubble = Self.bubble(title: title, note: String(repeating: "n", count: 39))
        #expect(bubble.body == "7 weeks since \"\(title)\". Free until 14:30; send a line?")
        let short = Self.bubble(title: title, note: "n")
        #expect(short.body == "7 weeks since \"\(title)\". You noted: n. Free until 14:30; send a line?")
    }

    @Test("A body has 120 characters and not one more", arguments: 1...60)
    func limit(length: Int) {
        let note = String(repeating: "é", count: length)
        let body = Self.bubble(title: "Coffee with Ana and with Ben in town", note: note).body
        #expect(body.count <= bodyLimit)
        #expect(body.hasSuffix("Free until 14:30; send a line?"))
        // As much of the note as may be told has room, or none of it is told.
        let whole =
            "7 weeks since \"Coffee with Ana and with Ben in town\". You noted: . Free until 14:30; send a line?"
        #expect(body.contains("You noted: ") == (whole.count + min(length, 40) - (length > 40 ? 1 : 0) <= bodyLimit))
    }

    @Test("Long titles and notes are cut with an ellipsis")
    func cut() {
        let long = "The quarterly review of everything that we have ever planned together"
        #expect(
            Self.bubble(title: long).body
                == "7 weeks since \"The quarterly review of everything that…\". Free until 14:30; send a line?"
        )
        #expect(
            Self.bubble(note: long).body
                == "7 weeks since \"Coffee\". You noted: The quarterly review of everything that… Free until 14:30; send a line?"
        )
    }

    /// A title as it stands in a file, and as it is quoted.
    static let titles: [(String, String)] = [
        ("Lunch\\nNext", "\"Lunch\\nNext\""), ("Lunch\nNext", "\"Lunch Next\""), ("a\r\n\r\nb", "\"a b\""),
        ("say \"yes\"", "\"say 'yes'\""), ("\". Free until 20:00", "\"'. Free until 20:00\""),
        ("\u{1b}[31mred\u{7}", "\"[31mred\""), ("\u{9b}2Jx\u{85}y", "\"2Jx y\""), ("a\u{2028}b\u{2029}", "\"a b\""),
        ("\u{202e}evil\u{202c}", "\"evil\""), ("\u{2067}a\u{2069}b\u{200f}", "\"ab\""), ("a\u{0}b", "\"a b\""),
        ("<b>&amp;</b>", "\"<b>&amp;</b>\""), ("  spaced   out  ", "\"spaced out\""),
        ("👩‍👩‍👧‍👦 picnic", "\"👩‍👩‍👧‍👦 picnic\""), ("a\u{ad}b\u{fffb}c\u{e0001}", "\"abc\""),
    ]

    @Test("A title is one line in quotes that cannot be broken out of", arguments: titles)
    func title(text: String, quoted: String) {
        #expect(Self.bubble(title: text).body == "7 weeks since \(quoted). Free until 14:30; send a line?")
    }

    @Test("A title that shows nothing is not quoted", arguments: ["", " ", "\n", "\u{202e}\u{202c}", "\u{200b}"])
    func emptyTitle(text: String) {
        #expect(Self.bubble(title: text).body == "7 weeks since you met. Free until 14:30; send a line?")
    }

    static let names: [(String, String)] = [
        ("Ana\nRuiz", "Ana Ruiz"), ("Ana \u{202e}ziuR", "Ana ziuR"), ("<b>Ana</b>", "<b>Ana</b>"),
        ("\u{1b}]0;x\u{7}Ana", "]0;x Ana"), ("李 小龍", "李 小龍"),
        ("\u{202e}\u{200b}", "ana@mail.example"), ("\u{2003}\u{3000}", "ana@mail.example"),
        (
            "Wolfeschlegelsteinhausenbergerdorff Adolph Blaine Charles David Earl Frederick Gerald Hubert",
            "Wolfeschlegelsteinhausenbergerdorff Adolph Blaine Charles…"
        ),
        (String(repeating: "x", count: 10_000), String(repeating: "x", count: 59) + "…"),
    ]

    @Test("The title is the name, on one line and not too long; an address where none of it shows", arguments: names)
    func name(text: String, title: String) {
        #expect(Self.bubble(name: text).title == title)
    }

    @Test("A pile of marks is cut, so that few characters are few bytes")
    func marks() {
        let pile = "Z" + String(repeating: "\u{0301}\u{0489}", count: 20_000)
        let bubble = Self.bubble(name: pile, title: pile, note: pile)
        #expect(bubble.title.utf8.count < 100 && bubble.body.utf8.count < 500)
        #expect(bubble.title.count == 1 && bubble.title.unicodeScalars.starts(with: "Z\u{0301}".unicodeScalars))
    }

    @Test("Many names of one day have room for a hundred characters")
    func manyNames() {
        var stage = WordingStage()
        for index in 0..<40 { stage.keep(WordingStage.card("p\(index)", "Somebody Number\(index)"), .personal) }
        let records = (0..<40).map { stage.record("p\($0)", .birthday, due: "2026-01-27") }
        let shared = message(
            for: records,
            assessments: stage.assessments,
            world: stage.world,
            slot: nil,
            now: stage.now,
            policy: stage.policy
        )
        #expect(
            shared.title.count <= 100 && shared.title.hasPrefix("Somebody Number0, ") && shared.title.hasSuffix("…")
        )
        #expect(shared.contacts.count == 40 && shared.body == "Birthday today.")
    }

    @Test("Whatever is in a calendar, a bubble is two short lines", arguments: UInt64(0)..<200)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let palette: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "<", "&", "%", "\n", "\r", "\t", "\u{0}", "\u{1b}", "\u{7f}", "\u{9b}",
            "\u{202e}",
            "\u{2066}", "\u{200f}", "\u{feff}", "\u{301}", "\u{200d}", "漢", "😀", "🇩", "\u{fe0f}", "\u{2028}", "…",
        ]
        func text() -> String {
            var view = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...150, using: &random) {
                view.append(palette[Int.random(in: 0..<palette.count, using: &random)])
            }
            return String(view)
        }
        let bubble = Self.bubble(name: text(), title: text(), note: text())
        #expect(bubble.body.count <= bodyLimit && bubble.title.count <= 100 && !bubble.title.isEmpty)
        #expect(bubble.body.hasSuffix("ree until 14:30; send a line?"))
        let bad = (bubble.title + bubble.body).unicodeScalars.filter { scalar in
            scalar.properties.generalCategory == .control || [0x202e, 0x2066, 0x200f, 0x2028].contains(scalar.value)
        }
        #expect(bad.isEmpty)
        // Without a note the quotes of the title are the only ones.
        let quotes = Self.bubble(title: text()).body.unicodeScalars.count { $0 == "\"" }
        #expect(quotes == 2 || quotes == 0)
    }
}
