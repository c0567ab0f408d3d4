/// What a card calls its person, of `FN`, `N`, `ORG` and the first address.
struct CardName {
    let best: String?
    let given: String?
    let organization: String?
    /// The part of the organisation that `ORG` names second (RFC 6350 §6.6.4).
    let unit: String?
    /// Whether `FN` says it, as it must.
    let isFormatted: Bool

    init(_ component: Component, email: String?) {
        let names = component.property("N").map { splitUnescaped($0.value, at: UInt8(ascii: ";")) } ?? []
        let given = names.count > 1 ? Self.part(names[1]) : ""
        let family = names.first.map { Self.part($0) } ?? ""
        let organizations =
            component.property("ORG").map { line in
                splitUnescaped(line.value, at: UInt8(ascii: ";")).map { unescaped($0).trimmingSpaces() }
            } ?? []
        let (organization, unit) = (organizations.first, organizations.dropFirst().first)
        let formatted = component.property("FN")?.text.trimmingSpaces() ?? ""
        let full = [given, family].filter { !$0.isEmpty }.joined(separator: " ")
        best = [formatted, full, organization ?? "", email ?? ""].first { !$0.isEmpty }
        isFormatted = !formatted.isEmpty
        self.given = given.isEmpty ? nil : given
        self.organization = organization.flatMap { $0.isEmpty ? nil : $0 }
        self.unit = unit.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A part of `N`, which may be several names with commas between them.
    private static func part(_ text: Substring) -> String {
        splitUnescaped(String(text), at: UInt8(ascii: ",")).map { unescaped($0).trimmingSpaces() }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
