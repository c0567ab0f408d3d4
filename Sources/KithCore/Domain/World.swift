package import CivilTime

/// How one configured path answered when it was last read.
package struct SourceReading: Hashable, Sendable {
    /// What a source holds.
    package enum Kind: String, Hashable, Sendable {
        case calendar
        case contacts
        case journal
        case people
        case mail
    }

    /// The path as the configuration has it, `~` and variables expanded: the key under which the ledger remembers it.
    package var path: String
    package var kind: Kind
    /// Items read: events, cards or messages.
    package var items: Int
    /// Folders that hold items (a path may be a folder of vdirs).
    package var collections: Int
    /// Why it could not be read; `nil` where it could.
    package var problem: String?

    package init(path: String, kind: Kind, items: Int, collections: Int = 1, problem: String? = nil) {
        (self.path, self.kind, self.items, self.collections, self.problem) = (path, kind, items, collections, problem)
    }
}

/// Where a tie's rule stands and what it is called.
package struct TieRule: Hashable, Sendable {
    /// The circle's name; `nil` for a person's own entry.
    package var circle: String?
    package var place: Place

    package init(circle: String?, place: Place) {
        (self.circle, self.place) = (circle, place)
    }
}

/// Where it comes from how often to be in touch with somebody.
package enum CadenceSource: String, Hashable, Sendable {
    case person
    case circle
    /// From the rhythm of the last contacts.
    case learned
    /// Six weeks, for want of anything else.
    case standard
}

/// The user's relation to a contact they keep.
package struct Tie: Hashable, Sendable {
    private struct Content: Hashable, Sendable {
        var contact: Contact
        var networks: [Network]
        var cadence: Cadence
        var cadenceSource: CadenceSource
        var side: Side
        var pausedUntil: CivilDate?
        var since: CivilDate?
        var interests: [String]
        var rule: TieRule
        var priorityWeight: Int
    }

    /// Shared: a tie is copied often and seldom changes.
    @Shared private var content: Content

    package var contact: Contact {
        get { content.contact }
        set { content.contact = newValue }
    }
    /// Not empty; the first decides hours and wording.
    package var networks: [Network] {
        get { content.networks }
        set { content.networks = newValue }
    }
    package var cadence: Cadence {
        get { content.cadence }
        set { content.cadence = newValue }
    }
    package var cadenceSource: CadenceSource {
        get { content.cadenceSource }
        set { content.cadenceSource = newValue }
    }
    package var side: Side {
        get { content.side }
        set { content.side = newValue }
    }
    /// The first day nudges may come again.
    package var pausedUntil: CivilDate? {
        get { content.pausedUntil }
        set { content.pausedUntil = newValue }
    }
    /// When the entry says the tie was made; the ledger's first-seen day otherwise.
    package var since: CivilDate? {
        get { content.since }
        set { content.since = newValue }
    }
    package var interests: [String] {
        get { content.interests }
        set { content.interests = newValue }
    }
    package var rule: TieRule {
        get { content.rule }
        set { content.rule = newValue }
    }
    /// The weight of the heaviest priority with a stake, in hundredths: 100, 150, 200.
    package var priorityWeight: Int {
        get { content.priorityWeight }
        set { content.priorityWeight = newValue }
    }

    package var id: ContactID { contact.id }
    package var network: Network { networks[0] }

    package init(
        contact: Contact,
        networks: [Network] = [.strategic],
        cadence: Cadence = .standard,
        cadenceSource: CadenceSource = .person,
        side: Side = .outside,
        pausedUntil: CivilDate? = nil,
        since: CivilDate? = nil,
        interests: [String] = [],
        rule: TieRule = TieRule(circle: nil, place: Place(file: "")),
        priorityWeight: Int = 100
    ) {
        precondition(!networks.isEmpty, "a tie belongs to a network")
        content = Content(
            contact: contact,
            networks: networks,
            cadence: cadence,
            cadenceSource: cadenceSource,
            side: side,
            pausedUntil: pausedUntil,
            since: since,
            interests: interests,
            rule: rule,
            priorityWeight: priorityWeight
        )
    }
}

/// The record that shows an interaction, for one contact.
package struct Evidence: Hashable, Sendable {
    /// What kind of record it is.
    package enum Origin: Hashable, Sendable {
        case meeting
        case met
        case wrote
    }

    /// The civil day, in the user's zone, of the start.
    package var date: CivilDate
    package var start: Instant
    package var origin: Origin
    /// Hundredths: 100, 50, 20 or 0; 0 is listed by `explain` and moves nothing.
    ///
    /// For `wrote`: 0.
    package var weight: Int
    /// People besides the user.
    package var people: Int
    package var isPrivate: Bool
    /// Whether a mail shows it: then there is neither a summary nor a UID, for neither is read.
    package var isMail: Bool

    @Shared private var words: EventWords

    package var contact: ContactID {
        get { words.contact }
        set { words.contact = newValue }
    }
    package var uid: String {
        get { words.uid }
        set { words.uid = newValue }
    }
    package var recurrenceID: String? {
        get { words.recurrenceID }
        set { words.recurrenceID = newValue }
    }
    package var summary: String {
        get { words.summary }
        set { words.summary = newValue }
    }
    package var note: String? {
        get { words.note }
        set { words.note = newValue }
    }
    package var place: Place {
        get { words.place }
        set { words.place = newValue }
    }

    package init(
        contact: ContactID,
        date: CivilDate,
        start: Instant,
        origin: Origin,
        weight: Int,
        people: Int = 1,
        uid: String = "",
        recurrenceID: String? = nil,
        summary: String = "",
        note: String? = nil,
        isPrivate: Bool = false,
        isMail: Bool = false,
        place: Place = Place(file: "")
    ) {
        self.date = date
        self.start = start
        self.origin = origin
        self.weight = weight
        self.people = people
        self.isPrivate = isPrivate
        self.isMail = isMail
        words = EventWords(
            contact: contact,
            uid: uid,
            recurrenceID: recurrenceID,
            summary: summary,
            note: note,
            place: place
        )
    }
}

/// Whom an event is about, what it is called, and where it stands: shared, for it is copied often and seldom read.
private struct EventWords: Hashable, Sendable {
    var contact: ContactID
    var uid: String
    var recurrenceID: String?
    var summary: String
    var note: String?
    var place: Place
}

/// A meeting to come with a contact, declined by neither side.
package struct Booking: Hashable, Sendable {
    package var date: CivilDate
    package var start: Instant
    package var weight: Int
    @Shared private var words: EventWords

    package var contact: ContactID {
        get { words.contact }
        set { words.contact = newValue }
    }
    package var uid: String {
        get { words.uid }
        set { words.uid = newValue }
    }
    package var recurrenceID: String? {
        get { words.recurrenceID }
        set { words.recurrenceID = newValue }
    }
    package var summary: String {
        get { words.summary }
        set { words.summary = newValue }
    }
    package var place: Place {
        get { words.place }
        set { words.place = newValue }
    }

    package init(
        contact: ContactID,
        date: CivilDate,
        start: Instant,
        weight: Int,
        uid: String = "",
        recurrenceID: String? = nil,
        summary: String = "",
        place: Place = Place(file: "")
    ) {
        self.date = date
        self.start = start
        self.weight = weight
        words = EventWords(contact: contact, uid: uid, recurrenceID: recurrenceID, summary: summary, place: place)
    }
}

/// Time spent in meetings of a day, in seconds.
package struct TimeSpent: Hashable, Sendable {
    /// With people of the user's own organisation alone.
    package var inside: Int64
    /// With somebody from outside it.
    package var outside: Int64

    package init(inside: Int64 = 0, outside: Int64 = 0) {
        (self.inside, self.outside) = (inside, outside)
    }

    package static func + (left: TimeSpent, right: TimeSpent) -> TimeSpent {
        TimeSpent(inside: left.inside + right.inside, outside: left.outside + right.outside)
    }

    package static func - (left: TimeSpent, right: TimeSpent) -> TimeSpent {
        TimeSpent(inside: left.inside - right.inside, outside: left.outside - right.outside)
    }
}

/// All evidence in one value: the planner's first argument.
///
/// Lists are sorted, so that equal contents make equal worlds.
package struct World: Hashable, Sendable {
    package var zone: Zone
    /// Every contact, kept or not, by UID.
    package var contacts: [Contact]
    /// The UIDs of other cards of a person, and by which UID the person is known.
    package var aliases: [ContactID: ContactID]
    /// The contacts that are kept, by UID.
    package var ties: [Tie]
    /// Those the user wants to hear nothing of.
    package var dropped: Set<ContactID>
    /// Newest first.
    package var evidence: ByContact<[Evidence]>
    /// Soonest first.
    package var bookings: ByContact<[Booking]>
    /// Busy time, merged and in order, 13 weeks back and five ahead.
    ///
    /// What becomes of a moment needs each event's own end, so touching events are joined only where they overlap or
    /// meet.
    package var busy: [Interval]
    /// Days without work hours, five weeks ahead, with what made them so (a title or `days_off`).
    package var daysOff: [CivilDate: String]
    /// What the user works towards, as written.
    package var priorities: [Priority]
    /// Time spent with people at work, by day; days without any are not in it.
    package var timeSpent: [CivilDate: TimeSpent]
    package var journal: [JournalEntry]
    package var sources: [SourceReading]
    /// Events with attendees but none of the user's addresses: counted for `doctor`, with the address most often invited.
    package var unmatchedEvents: Int
    package var suggestedAddress: String?
    /// Entries for people that match no card.
    package var unmatchedPeople: [PersonRule]

    package init(
        zone: Zone,
        contacts: [Contact] = [],
        aliases: [ContactID: ContactID] = [:],
        ties: [Tie] = [],
        dropped: Set<ContactID> = [],
        evidence: ByContact<[Evidence]> = [:],
        bookings: ByContact<[Booking]> = [:],
        busy: [Interval] = [],
        daysOff: [CivilDate: String] = [:],
        priorities: [Priority] = [],
        timeSpent: [CivilDate: TimeSpent] = [:],
        journal: [JournalEntry] = [],
        sources: [SourceReading] = [],
        unmatchedEvents: Int = 0,
        suggestedAddress: String? = nil,
        unmatchedPeople: [PersonRule] = []
    ) {
        self.zone = zone
        self.contacts = contacts
        self.aliases = aliases
        self.ties = ties
        self.dropped = dropped
        self.evidence = evidence
        self.bookings = bookings
        self.busy = busy
        self.daysOff = daysOff
        self.priorities = priorities
        self.timeSpent = timeSpent
        self.journal = journal
        self.sources = sources
        self.unmatchedEvents = unmatchedEvents
        self.suggestedAddress = suggestedAddress
        self.unmatchedPeople = unmatchedPeople
    }
}
