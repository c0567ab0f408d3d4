import CivilTime

/// The occurrences of all calendars by UID, and what changes of them.
struct Diary: Sendable {
    /// An event of one UID as it was, and as it is.
    struct Change {
        let uid: String
        var before: [Meeting]
        var after: [Meeting]
    }

    private struct Key: Hashable {
        let uid: String
        let file: String

        init?(_ event: [Meeting]) {
            guard let first = event.first else { return nil }
            (uid, file) = (first.uid, first.place.file)
        }
    }

    private var shelves: [[[Meeting]]] = []
    /// Of each UID what the calendars that have it say.
    private var byUID: [String: [[Meeting]]] = [:]

    var isEmpty: Bool { byUID.isEmpty }

    /// Takes the events as they are now and tells which UIDs are not as they were.
    ///
    /// A shelf that stays keeps its memory, and so does an event on one that changed, where it mostly keeps its place as well:
    /// only what lies between the first that differs and the last is looked at closely.
    mutating func take(_ shelves: [[[Meeting]]]) -> [Change] {
        let known = self.shelves
        self.shelves = shelves
        guard !isEmpty else { return begin(shelves) }
        let changed = known.count == shelves.count ? shelves.indices.filter { !isSame(known[$0], shelves[$0]) } : nil
        let events = changed.map { $0.flatMap { known[$0] } } ?? known.flatMap(\.self)
        let now = changed.map { $0.flatMap { shelves[$0] } } ?? shelves.flatMap(\.self)
        let (first, last) = difference(events, now) { isSame($0, $1) || $0 == $1 }
        var gone: [Key: [Meeting]] = [:]
        for event in events[first..<events.count - last] {
            if let key = Key(event) { gone[key] = event }
        }
        var come: [(key: Key, event: [Meeting])] = []
        for event in now[first..<now.count - last] {
            guard let key = Key(event) else { continue }
            if !gone.isEmpty, gone[key] == event { gone[key] = nil } else { come.append((key, event)) }
        }
        var before: [String: [[Meeting]]] = [:]
        for key in gone.keys {
            before[key.uid] = before[key.uid] ?? byUID[key.uid]
            byUID[key.uid]?.removeAll { Key($0) == key }
        }
        var uids = Set(before.keys)
        for (key, event) in come {
            if uids.insert(key.uid).inserted, let known = byUID[key.uid] { before[key.uid] = known }
            byUID[key.uid, default: []].append(event)
        }
        return uids.map { uid in
            let after = byUID[uid] ?? []
            if after.isEmpty { byUID[uid] = nil }
            return Change(uid: uid, before: Self.distinct(before[uid] ?? []), after: Self.distinct(after))
        }
    }

    private mutating func begin(_ shelves: [[[Meeting]]]) -> [Change] {
        byUID.reserveCapacity(shelves.reduce(0) { $0 + $1.count })
        for event in shelves.joined() {
            if let uid = event.first?.uid { byUID[uid, default: []].append(event) }
        }
        return byUID.map { Change(uid: $0.key, before: [], after: Self.distinct($0.value)) }
    }

    /// The occurrences of a UID, each once and by start.
    func meetings(of uid: String) -> [Meeting] { byUID[uid].map { Self.distinct($0) } ?? [] }

    /// Every occurrence of a UID once, by start: the same UID and recurrence in two calendars is one meeting.
    private static func distinct(_ events: [[Meeting]]) -> [Meeting] {
        let known = events.count == 1 ? events[0] : events.flatMap(\.self)
        if known.count == 1, known[0].role != .ignore { return known }
        let meetings = known.filter { $0.role != .ignore }
        var seen: Set<String> = []
        let isDistinct = meetings.allSatisfy { seen.insert($0.recurrenceID ?? "").inserted }
        // They mostly are in order, and are large.
        if isDistinct, zip(meetings, meetings.dropFirst()).allSatisfy({ $0.start < $1.start }) { return meetings }
        seen = []
        return meetings.sorted { left, right in
            if left.start != right.start { return left.start < right.start }
            return (rank(left.role), left.place.file, left.place.line ?? 0, left.recurrenceID ?? "")
                < (rank(right.role), right.place.file, right.place.line ?? 0, right.recurrenceID ?? "")
        }.filter { seen.insert($0.recurrenceID ?? "").inserted }
    }

    /// Which calendar speaks for an event that stands in several.
    private static func rank(_ role: CalendarRole) -> Int {
        switch role {
        case .work: 0
        case .personal: 1
        case .community: 2
        case .holidays: 3
        case .birthdays: 4
        case .ignore: 5
        }
    }
}
