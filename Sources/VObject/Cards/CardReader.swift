import CivilTime

/// Reads the properties of cards and keeps what is wrong with them.
struct CardReader {
    var findings: Findings
    /// The lines of the cards without `UID`, by what they are known by.
    private var derived: [String: Int] = [:]

    init(findings: Findings) {
        self.findings = findings
    }

    mutating func card(_ component: Component) -> Card {
        let emails = unique(preferred(component, "EMAIL").map { $0.text.trimmingSpaces().lowercased() })
        let phones = preferred(component, "TEL").map { phone($0.text) }.filter { !$0.isEmpty }
        let names = CardName(component, email: emails.first)
        let labels = CardLabels(component)
        if !names.isFormatted { tellName(names.best, component.line) }
        return Card(
            uid: uid(component, address: emails.first ?? phones.first ?? "", name: names.best),
            kind: kind(component),
            name: names.best,
            givenName: names.given,
            nicknames: list(component, "NICKNAME"),
            emails: emails,
            phones: phones,
            organization: names.organization,
            unit: names.unit,
            title: component.property("TITLE").map { $0.text.trimmingSpaces() }.flatMap { $0.isEmpty ? nil : $0 },
            categories: unique(list(component, "CATEGORIES")),
            birthday: component.property("BDAY").flatMap { date($0) },
            anniversary: anniversary(component, labels).flatMap { date($0) },
            isDeceased: ["DEATHDATE", "X-DEATHDATE"].contains { name in
                component.property(name).map { !$0.value.trimmingSpaces().isEmpty } ?? false
            },
            note: component.property("NOTE")?.text,
            zone: component.property("TZ")?.text.trimmingSpaces(),
            relations: CardRelations(component, labels).list,
            members: members(component),
            line: component.line
        )
    }

    private mutating func tellName(_ name: String?, _ line: Int) {
        if let name {
            tell(.warning, "no-name", "a card without FN is known as \"\(shortened(name))\"", line)
        } else {
            tell(.error, "no-name", "a card without any name is left out", line)
        }
    }

    private mutating func uid(_ component: Component, address: String, name: String?) -> String {
        let written = component.property("UID")?.text.trimmingSpaces() ?? ""
        guard written.isEmpty else { return written }
        let key = "\(address) \(name ?? "")"
        guard name != nil else { return key }
        if let first = derived[key] {
            let message = "neither this card nor the one at line \(first) has a UID to tell them apart: one person"
            tell(.warning, "same-person", message, component.line)
        } else {
            derived[key] = component.line
            tell(.note, "no-uid", "a card without UID is known by its address and name", component.line)
        }
        return key
    }

    static let anniversaries = [
        "ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY",
    ]

    /// `ANNIVERSARY` of version 4, the names programs had before it, and Apple's date that its group labels as one.
    private func anniversary(_ component: Component, _ labels: CardLabels) -> ContentLine? {
        for name in Self.anniversaries {
            if let line = component.property(name) { return line }
        }
        return component.properties("X-ABDATE").first { labels[$0]?.contains("anniversary") ?? false }
    }

    private func kind(_ component: Component) -> String {
        for name in ["KIND", "X-KIND", "X-ADDRESSBOOKSERVER-KIND"] {
            if let line = component.property(name) { return line.value.trimmingSpaces().lowercased() }
        }
        if isList(component) { return "group" }
        let isCompany = component.property("X-ABSHOWAS")?.value.trimmingSpaces().uppercased() == "COMPANY"
        return isCompany ? "org" : "individual"
    }

    /// A list of Evolution, whose addresses are those of its members.
    private func isList(_ component: Component) -> Bool {
        component.property("X-EVOLUTION-LIST")?.value.trimmingSpaces().uppercased() == "TRUE"
    }

    private func members(_ component: Component) -> [CardReference] {
        let named = ["MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"].flatMap { component.properties($0) }
            .compactMap { CardReference($0) { .uid(CardReference.key($0)) } }
        guard isList(component) else { return named }
        return named
            + component.properties("EMAIL").map { line in
                if let uid = line.parameter("X-EVOLUTION-DEST-CONTACT-UID") { return .uid(CardReference.key(uid)) }
                // `Bo Lind <bo@x.org>`
                let text = line.text.lowercased()
                let address = text.split(separator: "<").last.map { $0.prefix { $0 != ">" } } ?? ""
                return .email(String(address).trimmingSpaces())
            }
    }

    /// The lines of a name, the preferred first, else in their order.
    private func preferred(_ component: Component, _ name: String) -> [ContentLine] {
        let lines = component.properties(name)
        return lines.count < 2 ? lines : lines.sorted { preference($0) < preference($1) }
    }

    /// `PREF=1` to `100` of version 4 first, `TYPE=PREF` of version 3 and the bare `PREF` of version 2.1 like the first of
    /// these, then the rest.
    private func preference(_ line: ContentLine) -> Int {
        if let written = line.parameter("PREF").flatMap({ Int($0) }), (1...100).contains(written) { return written }
        return line.parameterValues("TYPE").contains { $0.uppercased() == "PREF" } ? 1 : 101
    }

    private func list(_ component: Component, _ name: String) -> [String] {
        component.properties(name).flatMap { splitUnescaped($0.value, at: UInt8(ascii: ",")) }
            .map { unescaped($0).trimmingSpaces() }.filter { !$0.isEmpty }
    }

    /// What is not empty, once each.
    private func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// A number as written, without the `tel:` of version 4.
    private func phone(_ text: String) -> String {
        let number = text.lowercased().hasPrefix("tel:") ? String(text.dropFirst(4)) : text
        return String(number.prefix { $0 != ";" }).trimmingSpaces()
    }

    private mutating func date(_ line: ContentLine) -> PartialDate? {
        if let date = PartialDate(line) { return date }
        let text = shortened(line.value.trimmingSpaces())
        tell(.note, "bad-date", "\(line.name): \"\(text)\" is no day that can be kept", line.line)
        return nil
    }

    mutating func tell(_ severity: Finding.Severity, _ code: String, _ message: String, _ line: Int) {
        findings.add(Finding(severity, code: code, message, line: line))
    }
}
