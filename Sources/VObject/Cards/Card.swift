import CivilTime

/// A day of the year from a card, its year where it is believable.
package struct PartialDate: Hashable, Sendable {
    package let year: Int?
    package let month: Int
    package let day: Int
}

/// A vCard (RFC 2426, RFC 6350).
package struct Card: Hashable, Sendable {
    /// The `UID`, or a key derived from address and name for a card without one.
    package let uid: String
    /// Lower case: `individual`, `group`, `org`, `location`.
    package let kind: String
    /// `FN`, else what `N`, `ORG` or an address gives; `nil` where nothing does.
    package let name: String?
    package let givenName: String?
    package let nicknames: [String]
    /// Lower case, the preferred first.
    package let emails: [String]
    package let phones: [String]
    package let organization: String?
    package let title: String?
    package let categories: [String]
    package let birthday: PartialDate?
    package let anniversary: PartialDate?
    package let isDeceased: Bool
    package let note: String?
    /// `TZ` as text: a zone's name or an offset.
    package let zone: String?
    /// Of its `BEGIN`.
    package let line: Int
}

/// What stands in a vCard file: one card or many.
package struct CardFile: Sendable {
    package let cards: [Card]
    package let findings: [Finding]

    /// Reads bytes; never fails.
    ///
    /// What cannot be read is left out and told.
    package init(parsing bytes: [UInt8], limits: Limits = .standard) {
        let (roots, findings) = ComponentReader.roots(bytes, limits: limits)
        var cards = CardReader(findings: findings)
        self.cards = roots.filter { $0.name == "VCARD" }.map { cards.card($0) }
        if bytes.isEmpty {
            cards.tell(.warning, "empty-file", "the file is empty", 1)
        } else if self.cards.isEmpty, cards.findings.list.isEmpty {
            cards.tell(.warning, "no-component", "the file has no card", 1)
        }
        self.findings = cards.findings.list
    }
}
