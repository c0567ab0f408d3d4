import KithCore
import KithEngine
import KithTesting
import Systemd
import Testing

@testable import KithDelivery

/// A bubble as the arguments of `Notify` (Desktop Notifications Specification 1.2).
@Suite("Bubbles")
struct BubbleTests {
    private func arguments(_ delivery: Delivery, hasMarkup: Bool = true, replacing id: UInt32 = 0) -> [BusValue] {
        Bubble(delivery, hasMarkup: hasMarkup).arguments(replacing: id)
    }

    private func body(_ text: String, hasMarkup: Bool = true) -> String? {
        arguments(.sample(body: text), hasMarkup: hasMarkup)[4].text
    }

    private func tag(_ delivery: Delivery) -> String? {
        guard case .dictionary(let hints) = arguments(delivery)[6] else { return nil }
        return hints["x-dunst-stack-tag"]?.text
    }

    @Test("A nudge has its arguments in the order of the specification")
    func arguments() throws {
        let tag = "kith-" + stableHexDigest("ana")
        let expected: [BusValue] = [
            .string("kith"), .uint32(7), .string("kith"), .string("Ana Ruiz"),
            .string("7 weeks since &quot;Coffee w/ Ana&quot;. Free until 14:30; send a line?"),
            .strings(["default", "Write", "write", "Write", "done", "Done", "later", "Later"]),
            .dictionary([
                "desktop-entry": .string("kith"), "urgency": .byte(1), "category": .string("x-kith.nudge"),
                "suppress-sound": .boolean(true), "transient": .boolean(false), "x-dunst-stack-tag": .string(tag),
                "x-canonical-private-synchronous": .string(tag),
            ]),
            .int32(-1),
        ]
        #expect(arguments(.sample(), replacing: 7) == expected)
        #expect(expected.map(\.signature).joined() == "susssasa{sv}i")
    }

    static let actions: [(actions: [MessageAction], sent: [String])] = [
        ([], []),
        ([.skip], ["skip", "Skip"]),
        (
            [.call(url: "tel:+1"), .done, .later],
            ["default", "Call", "call", "Call", "done", "Done", "later", "Later"]
        ),
        ([.done, .later, .skip], ["done", "Done", "later", "Later", "skip", "Skip"]),
    ]

    @Test(
        "What opens an address is the click on the bubble and a button as well; a click never logs contact",
        arguments: actions
    )
    func buttons(actions: [MessageAction], sent: [String]) {
        #expect(arguments(.sample(actions: actions))[5] == .strings(sent))
    }

    /// Text, and what a server gets that reads markup, or none.
    static let texts: [(text: String, marked: String, plain: String)] = [
        ("<b>x</b> & \"y\" 'z'", "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot; &#39;z&#39;", "<b>x</b> & \"y\" 'z'"),
        ("&lt;", "&amp;lt;", "&lt;"), ("<\u{338}b>", "&lt;\u{338}b&gt;", "<\u{338}b>"), ("a\r\nb", "a\nb", "a\nb"),
        ("a\0b\u{1b}[1m", "a b [1m", "a b [1m"), ("\u{202e}x", "x", "x"), ("a  b", "a  b", "a  b"), ("", "", ""),
    ]

    @Test("Markup is escaped where it would be read, and only there", arguments: texts)
    func markup(text: String, marked: String, plain: String) {
        #expect(body(text) == marked)
        #expect(body(text, hasMarkup: false) == plain)
        let title = arguments(.sample(title: text))[3].text
        #expect(title == printable(text))
    }

    @Test("A text has an end, whatever its characters are")
    func limits() {
        for letter in ["a", "e\u{301}", "👩‍👩‍👧‍👦", "&"] {
            let text = String(repeating: letter, count: 10_000)
            #expect((arguments(.sample(title: text))[3].text?.unicodeScalars.count ?? 0) == 200)
            #expect((body(text, hasMarkup: false)?.unicodeScalars.count ?? 0) == 2_000)
        }
        let accents = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect((body(accents)?.utf8.count ?? .max) < 5_000)
        #expect(body(String(repeating: "&", count: 3_000)) == String(repeating: "&amp;", count: 2_000))
    }

    @Test("The same people are one bubble, others another")
    func tags() {
        let ana = tag(.sample(title: "Ana", occasion: "1"))
        #expect(ana == tag(.sample(title: "Ana Ruiz", body: "x", occasion: "2")))
        #expect(tag(.sample(about: ["ana", "ben"])) == tag(.sample(about: ["ben", "ana"])))
        let tags = [ana, tag(.sample(about: ["ben"])), tag(.sample(about: ["ana", "ben"])), tag(.sample(about: []))]
        #expect(Set(tags).count == 4)
    }

    @Test("Nothing is ever urgent or loud", arguments: Delivery.hostileTexts)
    func quiet(text: String) {
        for delivery in [Delivery.sample(title: text, body: text), .sample(title: text, body: text, about: [])] {
            guard case .dictionary(let hints) = arguments(delivery)[6] else { continue }
            #expect(hints["urgency"] == .byte(1) && hints["suppress-sound"] == .boolean(true))
            #expect(hints["sound-file"] == nil && hints["sound-name"] == nil && hints["resident"] == nil)
        }
        #expect(arguments(.sample(title: text, body: text)).count == 8)
    }
}
