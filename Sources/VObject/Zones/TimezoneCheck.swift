package import CivilTime

/// Looks whether the `VTIMEZONE`s of files set the clock as the system's zones of the same names do, each distinct text once.
///
/// The system's word counts, since the zones programs export are often cut short or out of date; but where the two part about
/// a time near now, somebody is going to come an hour late, and should hear of it.
package final class TimezoneCheck {
    /// The time that is looked at.
    package let near: Interval
    private let limits: Limits
    /// What was found of a text: the first time at which it is another clock, if any.
    private var known: [ArraySlice<UInt8>: Instant?] = [:]
    /// Texts that are remembered; a stranger may write as many as they like.
    private static let texts = 1_000

    package init(near: Interval, limits: Limits = .standard) {
        (self.near, self.limits) = (near, limits)
    }

    /// For the time from a month before an instant to four hundred days after it.
    package convenience init(around now: Instant) {
        let day: Int64 = 86_400
        guard let near = Interval(start: now.adding(seconds: -30 * day), end: now.adding(seconds: 400 * day)) else {
            preconditionFailure("the ends of the scale are farther apart")
        }
        self.init(near: near)
    }

    /// The first time near now at which a `VTIMEZONE` has another offset than a zone; `nil` where there is none, or nothing
    /// can be made of it.
    func difference(_ bytes: [UInt8], _ place: ComponentPlace, from zone: Zone) -> Instant? {
        let text = bytes[place.range]
        if let known = known[text] { return known }
        let found = compare(bytes, place, zone)
        if known.count < Self.texts { known[Array(text)[...]] = .some(found) }
        return found
    }

    private func compare(_ bytes: [UInt8], _ place: ComponentPlace, _ zone: Zone) -> Instant? {
        var compiler = ZoneCompiler()
        guard let component = ComponentReader.component(bytes, at: place, limits: limits),
            let rules = try? compiler.rules(component)
        else { return nil }
        // By the hour: no clock is set for less.
        var time = near.start
        while time < near.end {
            if rules.offset(at: time) != zone.rules.offset(at: time) { return time }
            time = time.adding(seconds: 3_600)
        }
        return nil
    }
}

extension CalendarReader {
    /// Tells of zones that are read otherwise than the file has them, where it has an event near now in one of them.
    mutating func check(
        _ timezones: [ComponentPlace],
        of bytes: [UInt8],
        for entries: [EventEntry],
        with check: TimezoneCheck
    ) {
        for place in timezones {
            guard let name = Self.name(bytes, place, limits: limits), let zone = publicZone(name),
                let difference = check.difference(bytes, place, from: zone),
                entries.contains(where: { $0.isNear(check.near, in: zone) })
            else { continue }
            let text = shortened(String(decoding: name, as: UTF8.self))
            let day = CivilDateTime(secondsSinceEpoch: difference.seconds).date
            let message =
                "the VTIMEZONE \"\(text)\" has another clock on \(day) than the system's zone, which is the one that counts"
            tell(.warning, "zone-differs", message, place.line)
        }
    }

    /// The `TZID` of a `VTIMEZONE`, which nearly always stands first.
    private static func name(_ bytes: [UInt8], _ place: ComponentPlace, limits: Limits) -> ArraySlice<UInt8>? {
        var scanner = LineScanner(range: place.range, firstNumber: place.line, limit: limits.lineLength)
        while let line = scanner.next(in: bytes.span) {
            let content = try? ContentLine(line.bytes(in: bytes), number: line.number, limits: limits)
            if let content, content.packedName == PackedName("TZID".utf8) { return trimmed(content.valueBytes) }
        }
        return nil
    }
}

extension EventEntry {
    /// Whether it starts in a zone within a time, or may do so again.
    fileprivate func isNear(_ near: Interval, in zone: Zone) -> Bool {
        guard case .zoned(_, let own) = start, own == zone else { return false }
        return recurrence != nil || near.contains(start.instant(floating: zone))
    }
}
