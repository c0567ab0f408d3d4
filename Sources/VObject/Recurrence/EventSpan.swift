import CivilTime

/// How long each occurrence of an event lasts (RFC 5545 §3.6.1, §3.8.5.3).
///
/// | written                    | an occurrence lasts                                                  |
/// |----------------------------|----------------------------------------------------------------------|
/// | DTEND of a time            | as much real time as the first does                                  |
/// | DTEND of a date            | as many days, at least one                                           |
/// | DURATION of a time         | its days by the calendar, then the rest in real time                 |
/// | DURATION of a date         | its days, at least one                                               |
/// | nothing                    | a day where it is a date, no time where it is a time                 |
enum EventSpan {
    case days(Int)
    case calendarDays(Int, seconds: Int64)
    case seconds(Int64)

    init(_ length: EventLength, start: EventTime, floating: Zone) {
        switch length {
        case .unstated: self = start.isDate ? .days(1) : .seconds(0)
        case .duration(let duration) where start.isDate:
            self = .days(max(1, duration.days + Int(duration.seconds / 86_400)))
        case .duration(let duration) where duration.days == 0: self = .seconds(duration.seconds)
        case .duration(let duration): self = .calendarDays(duration.days, seconds: duration.seconds)
        case .end(let end) where start.isDate:
            self = .days(max(1, end.local.date.days(since: start.local.date)))
        case .end(let end):
            let seconds = end.instant(floating: floating).seconds(since: start.instant(floating: floating))
            self = .seconds(max(0, seconds))
        }
    }

    /// The most seconds it can come to, with room for changes of the clock.
    var reach: Int64 {
        switch self {
        case .days(let days): Int64(days) * 86_400 + 93_600
        case .calendarDays(let days, let seconds): Int64(days) * 86_400 + seconds + 93_600
        case .seconds(let seconds): seconds + 93_600
        }
    }

    /// The end of an occurrence.
    ///
    /// - Parameter clock: Of the zone the start is told in.
    func end(from start: EventTime, at instant: Instant, by clock: inout ZoneClock) -> (time: EventTime, at: Instant) {
        switch self {
        case .seconds(0): return (start, instant)
        case .seconds(let seconds):
            let end = instant.adding(seconds: seconds)
            return (start.at(clock.local(end)), end)
        case .days(let days):
            let local = CivilDateTime(date: start.local.date.adding(days: days), time: start.local.time)
            return (start.at(local), clock.instant(local))
        case .calendarDays(let days, let seconds):
            let local = CivilDateTime(date: start.local.date.adding(days: days), time: start.local.time)
            let end = clock.instant(local).adding(seconds: seconds)
            return (start.at(clock.local(end)), end)
        }
    }
}
