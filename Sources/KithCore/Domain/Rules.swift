package import CivilTime

/// The purpose of a tie (Ibarra & Hunter, Harvard Business Review, January 2007).
package enum Network: String, Hashable, Sendable, CaseIterable {
    case operational
    case personal
    case strategic
}

/// Inside or outside the user's organisation.
package enum Side: String, Hashable, Sendable {
    case inside
    case outside
}

/// How often to be in touch, in civil days.
package struct Cadence: Hashable, Sendable {
    package let every: Int
    /// The silence that should not be exceeded; never less than `every`.
    package let atWorst: Int

    /// Six weeks, the cadence of whoever has none of their own.
    package static let standard = Cadence(unchecked: 42, atWorst: 63)

    /// `nil` unless `1 ≤ every ≤ atWorst`.
    ///
    /// Without `atWorst`: one and a half times `every`, rounded down.
    package init?(every: Int, atWorst: Int? = nil) {
        let worst = atWorst ?? every + every / 2
        guard every >= 1, worst >= every else { return nil }
        self.init(unchecked: every, atWorst: worst)
    }

    private init(unchecked every: Int, atWorst: Int) {
        (self.every, self.atWorst) = (every, atWorst)
    }
}

/// Which contacts a circle or a priority means: all keys that are given must hold, each by any of its values.
///
/// Values compare without regard to case; `*` stands for any run of characters and `?` for one.
package struct Match: Hashable, Sendable {
    /// A property of a contact that can be matched.
    package enum Key: String, Hashable, Sendable, CaseIterable {
        case category
        case organization
        case domain
        case name
        case uid
        case email
    }

    package var patterns: [Key: [String]]

    package init(_ patterns: [Key: [String]]) {
        self.patterns = patterns
    }
}

/// A named rule that keeps every contact it matches.
package struct Circle: Hashable, Sendable {
    package var name: String
    /// Not empty; the first decides hours and wording.
    package var networks: [Network]
    package var cadence: Cadence?
    package var match: Match
    package var place: Place

    package init(name: String, networks: [Network], cadence: Cadence?, match: Match, place: Place) {
        self.name = name
        self.networks = networks
        self.cadence = cadence
        self.match = match
        self.place = place
    }
}

/// What the user says of one person, in `people.yaml` or in the configuration.
package struct PersonRule: Hashable, Sendable {
    /// How the entry names the person.
    ///
    /// It is resolved against the cards: UID, then e-mail, then name.
    package var uid: String?
    package var email: String?
    package var name: String?
    package var networks: [Network]?
    package var every: Int?
    package var atWorst: Int?
    package var since: CivilDate?
    package var pausedUntil: CivilDate?
    package var isDropped: Bool
    package var interests: [String]
    package var isRoleModel: Bool
    /// UIDs of events that never count for this person.
    package var notEvidence: Set<String>
    /// Whether it stands in the user's own configuration, which no command overrides.
    package var isConfiguration: Bool
    package var place: Place

    package init(
        uid: String? = nil,
        email: String? = nil,
        name: String? = nil,
        networks: [Network]? = nil,
        every: Int? = nil,
        atWorst: Int? = nil,
        since: CivilDate? = nil,
        pausedUntil: CivilDate? = nil,
        isDropped: Bool = false,
        interests: [String] = [],
        isRoleModel: Bool = false,
        notEvidence: Set<String> = [],
        isConfiguration: Bool = false,
        place: Place = Place(file: "")
    ) {
        self.uid = uid
        self.email = email
        self.name = name
        self.networks = networks
        self.every = every
        self.atWorst = atWorst
        self.since = since
        self.pausedUntil = pausedUntil
        self.isDropped = isDropped
        self.interests = interests
        self.isRoleModel = isRoleModel
        self.notEvidence = notEvidence
        self.isConfiguration = isConfiguration
        self.place = place
    }
}

/// A future goal or challenge, and who has a stake in it.
package struct Priority: Hashable, Sendable {
    package var title: String
    package var by: CivilDate
    package var stakeholders: Match
    package var place: Place

    package init(title: String, by: CivilDate, stakeholders: Match, place: Place) {
        self.title = title
        self.by = by
        self.stakeholders = stakeholders
        self.place = place
    }
}

/// Who the user is, to tell their part in an event and the side of a contact.
package struct Me: Hashable, Sendable {
    package var name: String
    /// Lower-cased.
    package var emails: Set<String>
    /// The organisation's domains: written, or those of `emails` less the public providers'.
    package var domains: Set<String>

    package init(name: String, emails: Set<String>, domains: Set<String>) {
        (self.name, self.emails, self.domains) = (name, emails, domains)
    }
}

/// All that the user said of people: what makes ties out of contacts.
package struct Rules: Hashable, Sendable {
    package var me: Me
    /// In the order written: the first that matches wins.
    package var circles: [Circle]
    package var people: [PersonRule]
    package var priorities: [Priority]

    package init(me: Me, circles: [Circle] = [], people: [PersonRule] = [], priorities: [Priority] = []) {
        self.me = me
        self.circles = circles
        self.people = people
        self.priorities = priorities
    }
}
