import CivilTime

/// What meetings, the journal and mail show, by contact.
struct Findings: Sendable {
    var evidence: [ContactID: [Evidence]] = [:]
    var bookings: [ContactID: [Booking]] = [:]
    /// Time spent in meetings of work, by day.
    var timeSpent: [CivilDate: TimeSpent] = [:]
    /// The meetings with people that have not ended: until then they may be bookings, thereafter evidence.
    var upcoming: [Meeting] = []
    /// Events with people but none of the user's addresses, and how often whom was invited to them.
    var unmatched = 0
    var invited: [String: Int] = [:]

    /// Whom anything is found of.
    var contacts: Set<ContactID> { Set(evidence.keys).union(bookings.keys) }

    mutating func add(_ item: Evidence) {
        evidence[item.contact, default: []].append(item)
    }
}

/// Newest first; what is of one instant in an order that no reading changes.
func newestFirst(_ left: Evidence, _ right: Evidence) -> Bool {
    if left.date != right.date { return right.date < left.date }
    if left.start != right.start { return right.start < left.start }
    if left.uid != right.uid { return left.uid.utf8.lexicographicallyPrecedes(right.uid.utf8) }
    if left.recurrenceID != right.recurrenceID { return (left.recurrenceID ?? "") < (right.recurrenceID ?? "") }
    if left.isMail != right.isMail { return right.isMail }
    return (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
}

/// Soonest first.
func soonestFirst(_ left: Booking, _ right: Booking) -> Bool {
    left.start == right.start ? left.uid.utf8.lexicographicallyPrecedes(right.uid.utf8) : left.start < right.start
}
