import CivilTime

/// What an index keeps of an event: where it stands, and all that says when it takes place.
///
/// The rest is read from the file again when somebody asks, so that a calendar in memory is little more than its bytes.
struct EventEntry: Sendable {
    let place: ComponentPlace
    /// Where its UID stands as it is; `nil` where it is folded, has escapes, or is none.
    let uid: Range<Int>?
    let start: EventTime
    let length: EventLength
    /// The number of what makes it a series or part of one; `nil` for most events.
    let recurrence: Int?

    func moved(by part: PartOffset, recurrences: Int) -> EventEntry {
        EventEntry(
            place: place.moved(by: part),
            uid: uid.map { part.range($0) },
            start: start,
            length: length,
            recurrence: recurrence.map { $0 + recurrences }
        )
    }
}

/// How long an event lasts, as it is written.
enum EventLength: Hashable, Sendable {
    case unstated
    case end(EventTime)
    case duration(EventDuration)
}

/// What makes an event a series (RFC 5545 §3.8.5), or an override of instances of one (§3.8.4.4).
struct Recurrence: Hashable, Sendable {
    /// A date beside those of the rule; a period has a length of its own.
    struct ExtraDate: Hashable, Sendable {
        let start: EventTime
        /// `unstated` where it is the event's.
        let length: EventLength
    }

    /// Which instance it overrides.
    let id: EventTime?
    /// Whether it overrides all instances from that one on (`RANGE=THISANDFUTURE`).
    let isForFuture: Bool
    let sequence: Int
    let rule: RecurrenceRule?
    let extraDates: [ExtraDate]
    let excludedDates: [EventTime]
    /// `EXRULE`, which RFC 2445 had and old calendars still hold.
    let excludedRules: [RecurrenceRule]

    var isSeries: Bool { rule != nil || !extraDates.isEmpty || id != nil }
}
