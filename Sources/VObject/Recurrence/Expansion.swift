import CivilTime

/// Works out the occurrences of a file's events in a window.
struct Expansion {
    /// An instance as the rule, DTSTART or an RDATE gives it.
    private struct Instance {
        let time: EventTime
        let at: Instant
        /// Whether it is an RDATE, which may be told in another zone, and its length where it is a period.
        var isExtra = false
        var span: EventSpan?
    }

    private let index: EventIndex
    private let window: Interval
    private let floating: Zone
    /// By UID.
    private let overrides: [ArraySlice<UInt8>: Overrides]
    private(set) var findings: Findings
    private var occurrencesLeft: Int
    private var stepsLeft: Int
    /// Of the event that is worked on.
    private var ownOccurrencesLeft: Int
    /// Room for the instances of one series.
    private var instances: [Instance] = []

    init(of index: EventIndex, in window: Interval, floating: Zone) {
        (self.index, self.window, self.floating) = (index, window, floating)
        findings = Findings(limit: index.limits.findings)
        (occurrencesLeft, stepsLeft) = (index.limits.occurrencesOfFile, index.limits.stepsOfFile)
        ownOccurrencesLeft = index.limits.occurrences
        var overrides: [ArraySlice<UInt8>: Overrides] = [:]
        for (number, entry) in index.entries.enumerated() {
            guard let recurrence = index.recurrence(entry), let id = recurrence.id else { continue }
            let instant = id.instant(floating: floating)
            overrides[index.uid(number), default: Overrides()].add(number, recurrence, at: instant, in: index)
        }
        self.overrides = overrides.mapValues { all in
            var all = all
            all.sortFutures(in: index)
            return all
        }
    }

    /// Hands over the occurrences of one event.
    mutating func expand(_ number: Int, _ body: (Occurrence) -> Void) {
        let entry = index.entries[number]
        ownOccurrencesLeft = index.limits.occurrences
        let recurrence = index.recurrence(entry)
        guard recurrence != nil || mayOverlap(entry) else { return }
        let own = overrides.isEmpty ? nil : overrides[index.uid(number)]
        guard let recurrence else {
            let single = instance(entry.start)
            guard own?.latest[single.at] == nil else { return }
            return hand(number, recurrenceID: nil, at: single, body)
        }
        guard let id = recurrence.id else { return expand(number, recurrence, own, body) }
        // Of two overrides of one instance one counts.
        guard own?.latest[id.instant(floating: floating)] ?? number == number else { return }
        hand(number, recurrenceID: id, at: instance(entry.start), body)
    }

    /// Whether an event can touch the window, judged by the clock alone.
    private func mayOverlap(_ entry: EventEntry) -> Bool {
        let start = entry.start.local.secondsSinceEpoch
        guard start < window.end.adding(seconds: 93_600).seconds else { return false }
        return switch entry.length {
        // An end told by another clock may seem to lie before the start.
        case .end(let end):
            max(start, end.local.secondsSinceEpoch) > window.start.adding(seconds: -200_000).seconds
        default: true
        }
    }

    private func instance(_ time: EventTime) -> Instance {
        Instance(time: time, at: time.instant(floating: floating))
    }

    private mutating func hand(
        _ number: Int,
        recurrenceID: EventTime?,
        at instance: Instance,
        lasting span: EventSpan? = nil,
        _ body: (Occurrence) -> Void
    ) {
        let entry = index.entries[number]
        var clock = ZoneClock(instance.time.zone(floating: floating))
        let span = span ?? EventSpan(entry.length, start: entry.start, floating: floating)
        hand(number, recurrenceID: recurrenceID, at: instance, lasting: span, by: &clock, body)
    }

    private mutating func hand(
        _ number: Int,
        recurrenceID: EventTime?,
        at instance: Instance,
        lasting span: EventSpan,
        by clock: inout ZoneClock,
        _ body: (Occurrence) -> Void
    ) {
        let end = span.end(from: instance.time, at: instance.at, by: &clock)
        let start = (time: instance.time, at: instance.at)
        let occurrence = Occurrence(of: number, in: index, recurrenceID: recurrenceID, start: start, end: end)
        guard occurrence.overlaps(window) else { return }
        guard occurrencesLeft > 0 else {
            return tellLimit("the file has more than \(index.limits.occurrencesOfFile) occurrences", number)
        }
        guard ownOccurrencesLeft > 0 else {
            return tellLimit("the series has more than \(index.limits.occurrences) occurrences", number)
        }
        (occurrencesLeft, ownOccurrencesLeft) = (occurrencesLeft - 1, ownOccurrencesLeft - 1)
        body(occurrence)
    }

    /// Hands over the occurrences of a series, no start twice, less those that overrides speak for.
    ///
    /// Where there are more than the limit, they are the first.
    private mutating func expand(
        _ number: Int,
        _ recurrence: Recurrence,
        _ overrides: Overrides?,
        _ body: (Occurrence) -> Void
    ) {
        let entry = index.entries[number]
        let span = EventSpan(entry.length, start: entry.start, floating: floating)
        var clock = ZoneClock(entry.start.zone(floating: floating))
        let days = days(of: entry, span, overrides, clock.zone)
        collect(recurrence, start: entry.start, days: days, number, by: &clock)
        let isDate = entry.start.isDate
        let excluded = Set(
            recurrence.excludedDates.filter { !$0.isDate && !isDate }.map { $0.instant(floating: floating) }
        )
        // An EXDATE that is a date takes out whatever begins on it: some programs write it so for timed series.
        let excludedDays = Set(recurrence.excludedDates.filter { $0.isDate || isDate }.map(\.local.date))
        for instance in instances {
            guard excluded.isEmpty || !excluded.contains(instance.at) else { continue }
            guard excludedDays.isEmpty || !excludedDays.contains(instance.time.local.date) else { continue }
            if let overrides {
                if overrides.latest[instance.at] != nil { continue }
                if let other = overrides.future(at: instance.at) {
                    handShifted(instance, by: other, body)
                    continue
                }
            }
            if instance.isExtra {
                hand(number, recurrenceID: instance.time, at: instance, lasting: instance.span ?? span, body)
            } else {
                hand(number, recurrenceID: instance.time, at: instance, lasting: span, by: &clock, body)
            }
        }
    }

    /// An instance as an override of it and all later ones has it: as much later or earlier as the one it names (RFC 5545
    /// §3.8.4.4).
    private mutating func handShifted(_ instance: Instance, by number: Int, _ body: (Occurrence) -> Void) {
        let start = index.entries[number].start
        let zone = start.zone(floating: floating)
        let local = CivilDateTime(secondsSinceEpoch: zone.local(instance.at).secondsSinceEpoch + shift(of: number))
        hand(number, recurrenceID: instance.time, at: self.instance(start.at(local)), body)
    }

    /// By how many seconds of its own clock an override moves an instance.
    private func shift(of number: Int) -> Int64 {
        let entry = index.entries[number]
        guard let id = index.recurrence(entry)?.id else { return 0 }
        let zone = entry.start.zone(floating: floating)
        // As they are written where one clock tells both: it may never have shown the instance that is named.
        let isOneClock = id.zone(floating: floating) == zone
        let named = isOneClock ? id.local : zone.local(id.instant(floating: floating))
        return entry.start.local.secondsSinceEpoch - named.secondsSinceEpoch
    }

    /// The days on which an instance can begin that matters to the window.
    private func days(
        of entry: EventEntry,
        _ span: EventSpan,
        _ overrides: Overrides?,
        _ zone: Zone
    ) -> ClosedRange<CivilDate> {
        var (before, after) = (span.reach, Int64(93_600))
        for number in overrides?.futures.map(\.number) ?? [] {
            let other = index.entries[number]
            let shift = shift(of: number)
            before = max(before, EventSpan(other.length, start: other.start, floating: floating).reach + shift)
            after = max(after, 93_600 - shift)
        }
        let first = zone.date(window.start.adding(seconds: -before))
        return first...max(first, zone.date(window.end.adding(seconds: after)))
    }

    /// Collects the instances of a series in order of start, none twice.
    private mutating func collect(
        _ recurrence: Recurrence,
        start: EventTime,
        days: ClosedRange<CivilDate>,
        _ number: Int,
        by clock: inout ZoneClock
    ) {
        instances.removeAll(keepingCapacity: true)
        // DTSTART is the first instance also where the rule would not give it (RFC 5545 §3.8.5.3).
        instances.append(instance(start))
        for date in recurrence.extraDates {
            let time = date.start.isDate == start.isDate ? date.start : start.at(date.start.local)
            let span = date.length == .unstated ? nil : EventSpan(date.length, start: date.start, floating: floating)
            instances.append(Instance(time: time, at: time.instant(floating: floating), isExtra: true, span: span))
        }
        if let rule = recurrence.rule {
            for local in times(of: rule, start, days, number, clock.zone) where local != start.local {
                let time = start.at(local)
                instances.append(Instance(time: time, at: clock.instant(time.local)))
            }
        }
        for rule in recurrence.excludedRules {
            let excluded = Set(times(of: rule, start, days, number, clock.zone).map { start.at($0).local })
            instances.removeAll { excluded.contains($0.time.local) }
        }
        // Dates stand in any order, and in the hour that a clock leaves out later times may come first.
        guard zip(instances, instances.dropFirst()).contains(where: { $0.at >= $1.at }) else { return }
        var seen: Set<Instant> = []
        // Of two at one instant a period counts, which says how long it lasts.
        instances = instances.sorted {
            ($0.at.seconds, $0.span == nil ? 1 : 0) < ($1.at.seconds, $1.span == nil ? 1 : 0)
        }
        .filter { seen.insert($0.at).inserted }
    }

    /// The times of a rule on the days asked for.
    private mutating func times(
        of rule: RecurrenceRule,
        _ start: EventTime,
        _ days: ClosedRange<CivilDate>,
        _ number: Int,
        _ zone: Zone
    ) -> [CivilDateTime] {
        var (times, count) = ([CivilDateTime](), 0)
        let steps = min(index.limits.steps, stepsLeft)
        for local in RecurrenceIterator(rule, start: start.local, zone: zone, from: days.lowerBound) {
            guard local.date <= days.upperBound else { break }
            guard count < steps else {
                tellLimit("a rule has more than \(steps) times", number)
                break
            }
            count += 1
            // By the minute a rule gives a day many times.
            if start.isDate, times.last?.date == local.date { continue }
            times.append(local)
        }
        stepsLeft -= count
        return times
    }

    private mutating func tellLimit(_ what: String, _ number: Int) {
        let line = index.entries[number].place.line
        guard findings.list.last?.line != line else { return }
        findings.add(
            Finding(
                .warning,
                code: "too-many-occurrences",
                "\(what) in the time asked for; only the first are read",
                line: line
            )
        )
    }
}

/// The overrides of one UID.
struct Overrides {
    /// By the instance they replace, the number of the one that counts.
    private(set) var latest: [Instant: Int] = [:]
    /// Those that also speak for all later instances, in order.
    private(set) var futures: [(from: Instant, number: Int)] = []

    /// Of two overrides of one instance the later revision counts, then the one further down.
    mutating func add(_ number: Int, _ recurrence: Recurrence, at id: Instant, in index: EventIndex) {
        if let other = latest[id], let known = index.recurrence(index.entries[other]),
            known.sequence > recurrence.sequence
        {
            return
        }
        latest[id] = number
    }

    /// Puts those that speak for later instances in order, once all are known.
    mutating func sortFutures(in index: EventIndex) {
        futures = latest.filter { index.recurrence(index.entries[$0.value])?.isForFuture ?? false }
            .map { (from: $0.key, number: $0.value) }
            .sorted { $0.from < $1.from }
    }

    /// The last of those that speak for later instances than their own.
    func future(at instant: Instant) -> Int? {
        var (low, high) = (0, futures.count)
        while low < high {
            let middle = (low + high) / 2
            if futures[middle].from < instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : futures[low - 1].number
    }
}
