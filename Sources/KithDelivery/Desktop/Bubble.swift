import KithCore
import KithEngine
import Systemd

/// A message as a notification server takes it.
struct Bubble {
    private let message: Message
    private let body: String
    private let tag: String

    init(_ delivery: Delivery, hasMarkup: Bool) {
        message = delivery.message
        let text = String(delivery.message.body.prefix(2_000))
        body = hasMarkup ? Self.escaped(text) : text
        let people = message.contacts.map(\.uid).sorted().joined(separator: "\n")
        tag = "kith-" + (people.isEmpty ? delivery.key.token : stableHexDigest(people))
    }

    /// Of `Notify`: `susssasa{sv}i`.
    func arguments(replacing id: UInt32) -> [BusValue] {
        [
            .string("kith"), .uint32(id), .string("kith"), .string(String(message.title.prefix(200))), .string(body),
            .strings(actions), .dictionary(hints), .int32(-1),
        ]
    }

    /// Keys and labels in turn.
    ///
    /// The first action is also what a click on the bubble means; servers that ignore `default` still have it as a
    /// button, those that show `default` as one show its label once.
    private var actions: [String] {
        guard let first = message.actions.first else { return [] }
        return ["default", first.label] + message.actions.dropFirst().flatMap { [$0.key, $0.label] }
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
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
