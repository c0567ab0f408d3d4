import KithCore
import KithEngine
import Systemd

/// A message as a notification server takes it.
struct Bubble {
    private let message: Message
    private let title: String
    private let body: String
    private let tag: String

    init(_ delivery: Delivery, hasMarkup: Bool) {
        message = delivery.message
        // By scalars: a character of Swift's may be of any length.
        title = String(printable(message.title).unicodeScalars.prefix(200))
        let text = printableLines(delivery.message.body).joined(separator: "\n").unicodeScalars.prefix(2_000)
        body = hasMarkup ? Self.escaped(String(text)) : String(text)
        let people = message.contacts.map(\.uid).sorted().joined(separator: "\n")
        tag = "kith-" + (people.isEmpty ? delivery.key.token : stableHexDigest(people))
    }

    /// Of `Notify`: `susssasa{sv}i`.
    func arguments(replacing id: UInt32) -> [BusValue] {
        [
            .string("kith"), .uint32(id), .string("kith"), .string(title), .string(body),
            .strings(actions), .dictionary(hints), .int32(-1),
        ]
    }

    /// Keys and labels in turn.
    ///
    /// The first action is also what a click on the bubble means. Servers need not show `default`, and some know of no such
    /// click, so the same has a button too.
    private var actions: [String] {
        let click = message.actions.first.flatMap { $0.opensAddress ? ["default", $0.label] : nil } ?? []
        return click + message.actions.flatMap { [$0.key, $0.label] }
    }

    /// Never urgent, never a sound, one bubble a person.
    private var hints: [String: BusValue] {
        [
            "desktop-entry": .string("kith"),
            "urgency": .byte(1),
            "category": .string("x-kith.nudge"),
            "suppress-sound": .boolean(true),
            "transient": .boolean(false),
            "x-dunst-stack-tag": .string(tag),
            "x-canonical-private-synchronous": .string(tag),
        ]
    }

    /// Markup of a stranger's name is no markup.
    static func escaped(_ text: String) -> String {
        var result = ""
        // By scalars: a bracket with an accent above it is a bracket still.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
