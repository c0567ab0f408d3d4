package import CivilTime

/// A `VALARM` (RFC 5545 §3.6.6, RFC 9074) of an event or a task.
package struct Alarm: Hashable, Sendable {
    /// When it goes off (RFC 5545 §3.8.6.3).
    package enum Trigger: Hashable, Sendable {
        /// So far from the start, negative before it.
        case start(days: Int, seconds: Int64)
        /// So far from the end of an event or from when a task is due.
        case end(days: Int, seconds: Int64)
        case at(EventTime)
    }

    /// `DISPLAY`, `AUDIO`, `EMAIL`, upper case; `NONE` is Apple's for one that is off.
    package let action: String
    package let trigger: Trigger
    package let description: String?
    /// How often it goes off again.
    package let repeats: Int
    /// In seconds, between one time and the next.
    package let interval: Int64
    package let uid: String?
    /// When the user last put it off or away.
    package let acknowledged: EventTime?
    /// Of its `BEGIN`.
    package let line: Int

    /// When it goes off for what starts and ends at these times, each repetition too; at most 100 times.
    ///
    /// - Parameter end: `nil` for a task that is never due: then what counts from the end does not go off.
    package func instants(start: EventTime?, end: EventTime?, floating zone: Zone) -> [Instant] {
        let first: EventTime? =
            switch trigger {
            case .start(let days, let seconds):
                start.map { Self.moved($0, EventDuration(days: days, seconds: seconds), zone) }
            case .end(let days, let seconds):
                end.map { Self.moved($0, EventDuration(days: days, seconds: seconds), zone) }
            case .at(let time): time
            }
        guard let first = first?.instant(floating: zone) else { return [] }
        return (0...min(repeats, 99)).map { first.adding(seconds: Int64($0) * interval) }
    }

    /// An hour before a date is one before its midnight.
    private static func moved(_ time: EventTime, _ length: EventDuration, _ zone: Zone) -> EventTime {
        (time.isDate ? .floating(time.local) : time).adding(length, floating: zone)
    }
}

extension Alarm {
    /// Reads an alarm; `nil`, with a finding, where it does not say when.
    init?(_ component: Component, reader: inout CalendarReader) {
        guard let line = component.property("TRIGGER"), let trigger = Self.trigger(line, reader: &reader) else {
            reader.tell(
                .warning,
                "bad-trigger",
                "an alarm without a TRIGGER that can be read is left out",
                component.line
            )
            return nil
        }
        self.trigger = trigger
        action = component.property("ACTION")?.value.trimmingSpaces().uppercased() ?? "DISPLAY"
        description = component.property("DESCRIPTION")?.text
        let times = component.property("REPEAT").flatMap { decimal($0.value.trimmingSpaces().utf8) } ?? 0
        let length = component.property("DURATION").flatMap { EventDuration($0.value.trimmingSpaces()) }
        let seconds = length.map { Int64($0.days) * 86_400 + $0.seconds } ?? 0
        // Without a distance between them the repetitions would be one.
        (repeats, interval) = seconds > 0 ? (times, seconds) : (0, 0)
        uid = component.property("UID")?.text.trimmingSpaces()
        acknowledged = component.property("ACKNOWLEDGED").flatMap { reader.time($0) }
        self.line = component.line
    }

    /// A duration, or a time, which some programs write without the `VALUE` that would say so.
    private static func trigger(_ line: ContentLine, reader: inout CalendarReader) -> Trigger? {
        let text = line.value.trimmingSpaces()
        if let length = EventDuration(text) {
            let isEnd = line.parameter("RELATED")?.uppercased() == "END"
            return isEnd
                ? .end(days: length.days, seconds: length.seconds)
                : .start(days: length.days, seconds: length.seconds)
        }
        let value = trimmed(line.valueBytes)
        guard parseDateTime(value.span) != nil else { return nil }
        return reader.time(line).map { .at($0) }
    }
}
