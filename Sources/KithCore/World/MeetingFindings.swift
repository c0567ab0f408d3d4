import CivilTime

/// What was read in some meetings and entries.
struct MeetingFindings: Hashable {
    /// In no order.
    var evidence: [ContactID: [Evidence]] = [:]
    var bookings: [ContactID: [Booking]] = [:]
    /// Events with people but none of the user's addresses, and how often each address was invited to them.
    private(set) var unmatched = 0
    private(set) var invited: [String: Int] = [:]
    /// Time spent in meetings of work, by day.
    private(set) var timeSpent: [CivilDate: TimeSpent] = [:]
    /// The meetings with people that have not ended: until then they may be bookings, thereafter evidence.
    var upcoming: [Meeting] = []

    /// Whom anything is found of.
    var contacts: Set<ContactID> { Set(evidence.keys).union(bookings.keys) }

    mutating func spend(_ spent: TimeSpent, on day: CivilDate) {
        timeSpent[day] = (timeSpent[day] ?? TimeSpent()) + spent
    }

    mutating func noteUnmatched(_ meeting: Meeting) {
        unmatched += 1
        for person in meeting.attendees where person.isPerson { invited[person.email, default: 0] += 1 }
    }
}

/// Whether each occurrence of a UID is routine: there are six or more in the 90 days that end with it.
///
/// Once the sixth has ended, the five before it are seen to have been routine too: a weekly round is no contact from its first
/// week on, and shows to be none in its sixth. What was cancelled, and all-day events, are none of the six. The days are gone
/// through once, with a hand on either end.
///
/// - Parameter occurrences: Distinct, by start.
func routine(_ occurrences: [Meeting], at now: Instant) -> [Bool] {
    var result = [Bool](repeating: false, count: occurrences.count)
    guard occurrences.count >= 6 else { return result }
    let counted = occurrences.indices.filter { !occurrences[$0].isCancelled && !occurrences[$0].isAllDay }
    var (first, next) = (0, 0)
    for (last, index) in counted.enumerated() {
        let day = occurrences[index].firstDay
        while day.days(since: occurrences[counted[first]].firstDay) >= 90 { first += 1 }
        guard last - first >= 5 else { continue }
        next = occurrences[index].end <= now ? max(next, first) : last
        while next <= last {
            result[counted[next]] = true
            next += 1
        }
    }
    return result
}

extension [Evidence] {
    /// Puts it in order; large as they are each is moved once, and none that stands where it belongs.
    mutating func settle() {
        let starts = map(\.start.seconds)
        func isBefore(_ left: Int, _ right: Int) -> Bool {
            starts[left] == starts[right] ? newestFirst(self[left], self[right]) : starts[right] < starts[left]
        }
        let strays = indices.dropFirst().filter { isBefore($0, $0 - 1) }
        if strays.isEmpty { return }
        // Mostly one has come, at the end.
        if strays == [count - 1] {
            let place = indices.dropLast().first { isBefore(count - 1, $0) } ?? count - 1
            return insert(removeLast(), at: place)
        }
        self = indices.sorted(by: isBefore).map { self[$0] }
    }
}

/// Newest first; what is of one instant in an order that no reading changes.
func newestFirst(_ left: Evidence, _ right: Evidence) -> Bool {
    if left.date != right.date { return right.date < left.date }
    if left.start != right.start { return right.start < left.start }
    if left.uid != right.uid { return precedesByBytes(right.uid, left.uid) }
    if left.recurrenceID != right.recurrenceID { return (right.recurrenceID ?? "") < (left.recurrenceID ?? "") }
    if left.isMail != right.isMail { return right.isMail }
    return (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
}

/// Soonest first.
func soonestFirst(_ left: Booking, _ right: Booking) -> Bool {
    if left.start != right.start { return left.start < right.start }
    return left.uid == right.uid
        ? (left.recurrenceID ?? "") < (right.recurrenceID ?? "")
        : precedesByBytes(left.uid, right.uid)
}
