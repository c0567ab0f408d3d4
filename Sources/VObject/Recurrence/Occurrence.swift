package import CivilTime

/// One time an event takes place.
package struct Occurrence: Sendable {
    private let index: EventIndex
    private let number: Int
    /// Which instance of a series it is; `nil` for an event that does not recur.
    package let recurrenceID: EventTime?
    package let startTime: EventTime
    package let endTime: EventTime
    /// The real interval; of an all-day event the midnights in the zone asked for.
    package let start: Instant
    package let end: Instant

    package var isAllDay: Bool { startTime.isDate }

    /// What it is: the override, where the instance has one.
    ///
    /// Read from the file each time; ``EventCache`` keeps what was read last.
    package var event: Event { index.event(number) }

    init(
        of number: Int,
        in index: EventIndex,
        recurrenceID: EventTime?,
        start: (time: EventTime, at: Instant),
        end: (time: EventTime, at: Instant)
    ) {
        (self.index, self.number, self.recurrenceID) = (index, number, recurrenceID)
        (startTime, self.start) = start
        (endTime, self.end) = end
    }

    /// Whether it is of the same component as another.
    func isSameEvent(as other: Occurrence) -> Bool {
        index === other.index && number == other.number
    }

    /// Whether it touches a window; one without length does so at its start.
    func overlaps(_ window: Interval) -> Bool {
        start < window.end && (end > window.start || start >= window.start)
    }
}

/// The event of the occurrence that was asked about last: those of a series come one after another.
package struct EventCache {
    private var last: (occurrence: Occurrence, event: Event)?

    package init() {}

    /// As ``Occurrence/event``.
    package mutating func event(of occurrence: Occurrence) -> Event {
        if let last, last.occurrence.isSameEvent(as: occurrence) { return last.event }
        let event = occurrence.event
        last = (occurrence, event)
        return event
    }
}

extension CalendarFile {
    /// Every occurrence that overlaps a window, overrides in the place of what they override, in order of start, then UID.
    ///
    /// - Parameter zone: In which floating times and dates are read.
    package func occurrences(in window: Interval, floating zone: Zone) -> [Occurrence] {
        var all: [Occurrence] = []
        forEachOccurrence(in: window, floating: zone) { all.append($0) }
        var uids: [Int: String] = [:]
        func uid(_ place: Int) -> String {
            if let known = uids[place] { return known }
            let uid = all[place].event.uid
            uids[place] = uid
            return uid
        }
        // Stable: of one event's, and of equals, the order of the file stays.
        let order = all.indices.sorted { left, right in
            if all[left].start != all[right].start { return all[left].start < all[right].start }
            if !all[left].isSameEvent(as: all[right]) {
                let (first, second) = (uid(left), uid(right))
                if first != second { return first < second }
            }
            return left < right
        }
        return order.map { all[$0] }
    }

    /// Hands over every occurrence that overlaps a window, overrides in the place of what they override, as the events stand in
    /// the file.
    ///
    /// - Returns: Which limits were reached.
    @discardableResult
    package func forEachOccurrence(
        in window: Interval,
        floating zone: Zone,
        _ body: (Occurrence) -> Void
    ) -> [Finding] {
        var expansion = Expansion(of: index, in: window, floating: zone)
        for number in index.entries.indices { expansion.expand(number, body) }
        return expansion.findings.list
    }
}
