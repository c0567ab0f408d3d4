import CivilTime

/// What a card says of other people, by the standard's name and by those of programs.
///
/// | written                                      | kind                          |
/// |----------------------------------------------|-------------------------------|
/// | `RELATED;TYPE=friend,met:urn:uuid:…`         | `friend` and `met`            |
/// | `RELATED;VALUE=text:Bo`, `RELATED:Bo`        | `contact`                     |
/// | `item1.X-ABRELATEDNAMES:Bo` with its label   | the label: `spouse`, `mother` |
/// | `X-SPOUSE`, `X-EVOLUTION-SPOUSE` and so on   | as in ``named``               |
/// | `X-ANDROID-CUSTOM:…/relation;Bo;14;;`        | as in ``android``             |
/// | `AGENT`, a card within the card              | `agent`                       |
struct CardRelations {
    private(set) var list: [Relation] = []
    private var seen: Set<Relation> = []

    init(_ component: Component, _ labels: CardLabels) {
        // One walk over the lines: to ask for each name would take twenty.
        for line in component.lines {
            switch line.name {
            case "RELATED": addRelated(line)
            case "X-ABRELATEDNAMES": add(line, kind: labels[line])
            case "X-ANDROID-CUSTOM": addAndroid(line)
            case "AGENT": addAgent(line)
            default:
                guard line.name.hasPrefix("X-"), let kind = Self.named[line.name] else { continue }
                add(line, kind: kind)
            }
        }
        for agent in component.children where agent.name == "VCARD" {
            if let name = CardName(agent, email: nil).best { add(.name(name), kind: "agent") }
        }
    }

    /// Properties of Evolution, Outlook, Kontact and others.
    private static let named = [
        "X-SPOUSE": "spouse", "X-EVOLUTION-SPOUSE": "spouse", "X-MS-SPOUSE": "spouse",
        "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
        "X-MANAGER": "manager", "X-EVOLUTION-MANAGER": "manager", "X-MS-MANAGER": "manager",
        "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
        "X-ASSISTANT": "assistant", "X-EVOLUTION-ASSISTANT": "assistant", "X-MS-ASSISTANT": "assistant",
        "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant", "X-MS-CHILD": "child",
    ]

    /// The kinds Android numbers from 1.
    private static let android = [
        "assistant", "brother", "child", "partner", "father", "friend", "manager", "mother", "parent", "partner",
        "referred by", "relative", "sister", "spouse",
    ]

    private mutating func addRelated(_ line: ContentLine) {
        let types = line.parameterValues("TYPE").map { $0.lowercased() }.filter { $0 != "pref" }
        for kind in types.isEmpty ? ["contact"] : types { add(line, kind: kind) }
    }

    /// `vnd.android.cursor.item/relation;Bo Lind;14;;;`: the person, the kind's number, a label for the number 0.
    private mutating func addAndroid(_ line: ContentLine) {
        let fields = splitUnescaped(line.value, at: UInt8(ascii: ";")).map { unescaped($0).trimmingSpaces() }
        guard fields.count >= 3, fields[0] == "vnd.android.cursor.item/relation", !fields[1].isEmpty else { return }
        let number = decimal(fields[2].utf8) ?? 0
        let label = fields.count > 3 ? fields[3].lowercased() : ""
        let kind = Self.android.indices.contains(number - 1) ? Self.android[number - 1] : label
        add(.name(fields[1]), kind: kind)
    }

    /// A URI, or a card as text, as version 3 has it; the card within the card of version 2.1 stands elsewhere.
    private mutating func addAgent(_ line: ContentLine) {
        let inner = line.text.split { $0 == "\n" || $0 == "\r\n" }
        guard inner.first?.uppercased() == "BEGIN:VCARD" else {
            return add(line, kind: "agent")
        }
        guard let formatted = inner.first(where: { $0.uppercased().hasPrefix("FN:") }) else { return }
        add(.name(unescaped(formatted.dropFirst(3)).trimmingSpaces()), kind: "agent")
    }

    private mutating func add(_ line: ContentLine, kind: String?) {
        guard let person = CardReference(line, plain: { .name($0) }) else { return }
        add(person, kind: kind ?? "")
    }

    private mutating func add(_ person: CardReference, kind: String) {
        let relation = Relation(kind: kind.isEmpty ? "contact" : kind, person: person)
        if seen.insert(relation).inserted { list.append(relation) }
    }
}
