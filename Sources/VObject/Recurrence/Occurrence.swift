package import CivilTime

/// One time an event takes place.
package struct Occurrence: Hashable, Sendable {
    /// What it is: the override, where the instance has one.
    package let event: Event
    /// Which instance of a series it is; `nil` for an event that does not recur.
    package let recurrenceID: EventTime?
    package let startTime: EventTime
    package let endTime: EventTime
    /// The real interval; of an all-day event the midnights in the zone asked for.
    package let start: Instant
    package let end: Instant

    package var isAllDay: Bool { startTime.isDate }

    init(event: Event, recurrenceID: EventTime?, start: EventTime, floating: Zone) {
        self.event = event
        self.recurrenceID = recurrenceID
        startTime = start
        endTime = event.end(from: start, floating: floating)
        self.start = start.instant(floating: floating)
        end = endTime.instant(floating: floating)
    }

    /// Whether it touches a window; one without length does so at its start.
    func overlaps(_ window: Interval) -> Bool {
        start < window.end && (end > window.start || start >= window.start)
    }
}

extension CalendarFile {
    /// Every occurrence that overlaps a window, overrides in the place of what they override, in order of start, then UID.
    ///
    /// - Parameter zone: In which floating times and dates are read.
    package func occurrences(in window: Interval, floating zone: Zone) -> [Occurrence] {
        var result: [Occurrence] = []
        for series in series {
            series.collect(in: window, floating: zone, limit: limits.occurrences, into: &result)
        }
        return result.sorted { left, right in
            (left.start.seconds, left.event.uid, left.event.line) < (
                right.start.seconds, right.event.uid, right.event.line
            )
        }
    }
}

/// All components of one UID: masters, and overrides by the instance they replace.
struct Series: Hashable, Sendable {
    var masters: [Event] = []
    var overrides: [Event] = []

    func collect(in window: Interval, floating zone: Zone, limit: Int, into result: inout [Occurrence]) {
        // Of two overrides of one instance the later revision counts, then the one further down.
        var latest: [Instant: Event] = [:]
        for event in overrides {
            guard let id = event.recurrenceID?.instant(floating: zone) else { continue }
            if let other = latest[id], other.sequence > event.sequence { continue }
            latest[id] = event
        }
        for master in masters {
            result += occurrences(of: master, in: window, floating: zone, limit: limit, less: latest)
        }
        for event in latest.values {
            let occurrence = Occurrence(
                event: event,
                recurrenceID: event.recurrenceID,
                start: event.start,
                floating: zone
            )
            if occurrence.overlaps(window) { result.append(occurrence) }
        }
    }

    /// The occurrences of a master in a window in order of start, no start twice, less those that are overridden.
    ///
    /// Where there are more than the limit, they are the first.
    private func occurrences(
        of master: Event,
        in window: Interval,
        floating zone: Zone,
        limit: Int,
        less overrides: [Instant: Event]
    ) -> [Occurrence] {
        let excluded = Set(master.excludedDates.filter { !$0.isDate }.map { $0.instant(floating: zone) })
        // An EXDATE that is a date takes out whatever begins on it: some programs write it so for timed series.
        let excludedDays = Set(master.excludedDates.filter(\.isDate).map(\.local.date))
        var found: [Occurrence] = []
        func take(_ start: EventTime) {
            let id = master.isSeries ? start : nil
            let occurrence = Occurrence(event: master, recurrenceID: id, start: start, floating: zone)
            guard overrides[occurrence.start] == nil, occurrence.overlaps(window) else { return }
            let isExcluded = excluded.contains(occurrence.start) || excludedDays.contains(start.local.date)
            if !isExcluded || !master.isSeries { found.append(occurrence) }
        }
        // DTSTART is the first instance also where the rule would not give it (RFC 5545 §3.8.5.3).
        take(master.start)
        for date in master.extraDates {
            take(date.isDate == master.start.isDate ? date : master.start.at(date.local))
        }
        if let rule = master.rule {
            let enough = found.count + limit
            let own = master.start.zone(floating: zone)
            let first = own.date(window.start.adding(seconds: -master.reach(floating: zone)))
            let last = own.date(window.end).adding(days: 1)
            // A rule that goes by the second may give more than can be looked at of what is excluded or over.
            var looks = limit + 300_000
            for local in RecurrenceIterator(rule, start: master.start.local, zone: own, from: first) {
                guard local.date <= last, found.count < enough, looks > 0 else { break }
                looks -= 1
                if local.date >= first.adding(days: -1) { take(master.start.at(local)) }
            }
        }
        var seen: Set<Instant> = []
        let inOrder = found.sorted { $0.start < $1.start }.filter { seen.insert($0.start).inserted }
        return Array(inOrder.prefix(limit))
    }
}
