/// What stands in a vCard file: one card or many.
///
/// An index over its bytes, as ``CalendarFile`` is: a card is read when somebody asks.
package struct CardFile: Sendable {
    package let findings: [Finding]
    private let bytes: [UInt8]
    private let places: [ComponentPlace]
    private let limits: Limits

    /// Reads bytes; never fails.
    ///
    /// What cannot be read is left out and told.
    package init(parsing bytes: [UInt8], limits: Limits = .standard) {
        let wide = UTF16Text(bytes)
        (self.bytes, self.limits) = (wide?.utf8 ?? bytes, limits)
        var reader = ComponentReader(self.bytes, keeping: Self.selection, limits: limits)
        var (places, remarkable) = ([ComponentPlace](), [ComponentPlace]())
        while let found = reader.nextPlace() {
            guard found.place.name == .card else { continue }
            places.append(found.place)
            if !(found.lines.map { Self.isPlain($0) } ?? false) { remarkable.append(found.place) }
        }
        self.places = places
        var cards = CardReader(findings: reader.findings)
        if let wide { cards.tell(.note, "utf16", wide.remark, 1) }
        for place in remarkable { _ = cards.card(Self.component(self.bytes, place, limits)) }
        if bytes.isEmpty {
            cards.tell(.warning, "empty-file", "the file is empty", 1)
        } else if places.isEmpty, reader.findings.list.isEmpty {
            cards.tell(.warning, "no-component", "the file has no card", 1)
        }
        findings = cards.findings.list
    }

    /// How many cards there are.
    package var count: Int { places.count }

    /// Every card, in the order of the file.
    package var cards: [Card] {
        var reader = CardReader(findings: Findings(limit: 0))
        return places.map { reader.card(Self.component(bytes, $0, limits)) }
    }

    private static func component(_ bytes: [UInt8], _ place: ComponentPlace, _ limits: Limits) -> Component {
        guard let component = ComponentReader.component(bytes, at: place, limits: limits) else {
            preconditionFailure("what was read once is read the same again")
        }
        return component
    }

    /// What decides whether there is anything to say of a card: its name, its UID, and its days.
    private static let selection = ComponentReader.Selection(
        component: .card,
        names: NameSet(["FN", "UID", "BDAY", "X-ABDATE"] + CardReader.anniversaries)
    )

    /// Whether nothing has to be said of a card with these properties.
    private static func isPlain(_ lines: [ContentLine]) -> Bool {
        let texts = [0, 1].map { kind in lines.first { $0.kind == kind }.map { trimmed($0.valueBytes) } ?? [] }
        return texts.allSatisfy { $0.contains { $0 != UInt8(ascii: "\\") } }
            && lines.allSatisfy { $0.kind < 2 || PartialDate($0) != nil }
    }
}
