import CivilTime

/// A vCard (RFC 2426, RFC 6350).
package struct Card: Hashable, Sendable {
    /// The `UID` as it is written, or what a card without one is known by.
    ///
    /// That is its preferred address and its name, or its first number and its name where it has no address. The key stays
    /// the same wherever the card stands. Two cards without `UID` that agree in both are one person; the file says so in a
    /// finding, and a `UID` for each tells them apart.
    package let uid: String
    /// Lower case: `individual`, `group`, `org`, `location`.
    package let kind: String
    /// `FN`, else what `N`, `ORG` or an address gives; `nil` where nothing does.
    package let name: String?
    package let givenName: String?
    package let nicknames: [String]
    /// Lower case, the preferred first.
    package let emails: [String]
    /// As written, the preferred first.
    package let phones: [String]
    package let organization: String?
    /// The part of the organisation that `ORG` names second.
    package let unit: String?
    package let title: String?
    /// `CATEGORIES`, each once; ``CardGroups`` adds the groups it belongs to.
    package internal(set) var categories: [String]
    package let birthday: PartialDate?
    package let anniversary: PartialDate?
    package let isDeceased: Bool
    package let note: String?
    /// `TZ` as text: a zone's name or an offset.
    package let zone: String?
    /// What it says of others: `RELATED`, and what programs write in its place.
    package let relations: [Relation]
    /// Who belongs to it, for a group.
    package let members: [CardReference]
    /// Of its `BEGIN`.
    package let line: Int
}
