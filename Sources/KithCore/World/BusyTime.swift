package import CivilTime

/// Whether the user declined an event.
private func isDeclined(_ meeting: Meeting, by me: Me) -> Bool {
    meeting.attendees.contains { $0.answer == .declined && me.emails.contains($0.email) }
}

/// Whether an event can take the user's time at all: it is theirs, it stands and they are coming.
private func takesPart(_ meeting: Meeting, me: Me) -> Bool {
    !meeting.isCancelled && !isDeclined(meeting, by: me) && meeting.availability != .free
}

/// Timed events that take the user's time, of which a window is looked at: 13 weeks back and five ahead.
struct BusyTime: Sendable {
    /// An event's time, and whose.
    private struct Piece {
        let interval: Interval
        let uid: String
    }

    private var window: Interval
    private let me: Me
    /// By the day on which they begin, in days of UTC; those longer than a day by themselves.
    private var days: [Int64: [Piece]] = [:]
    private var long: [Piece] = []
    /// The ones within the window.
    private var near: [Piece] = []

    init(around today: CivilDate, in zone: Zone, me: Me) {
        (window, self.me) = (Self.window(around: today, in: zone), me)
    }

    private static func window(around today: CivilDate, in zone: Zone) -> Interval {
        let (from, until) = (zone.start(of: today.adding(days: -91)), zone.start(of: today.adding(days: 36)))
        guard let window = Interval(start: from, end: until) else { preconditionFailure("the window has a length") }
        return window
    }

    /// Looks at the window of another day; on a later one only what comes near has to be found.
    mutating func move(to today: CivilDate, in zone: Zone) {
        let known = window
        window = Self.window(around: today, in: zone)
        let isLater = known.start <= window.start && window.start <= known.end
        near = isLater ? near.filter { isNear($0.interval) } : []
        let (first, last) = (Self.day(isLater ? known.end : window.start) - 1, Self.day(window.end))
        near += (long + (first...last).flatMap { days[$0] ?? [] }).filter {
            isNear($0.interval) && (!isLater || $0.interval.start >= known.end)
        }
    }

    private static func day(_ instant: Instant) -> Int64 { instant.seconds / 86_400 }

    private func isNear(_ interval: Interval) -> Bool { interval.end > window.start && interval.start < window.end }

    /// The time within the window, joined where it overlaps or touches.
    var intervals: [Interval] {
        joined(
            near.compactMap { piece in
                Interval(start: max(piece.interval.start, window.start), end: min(piece.interval.end, window.end))
            }
        )
    }

    /// - Returns: Whether it takes any time within the window.
    @discardableResult
    mutating func add(_ meeting: Meeting) -> Bool {
        guard let interval = time(of: meeting) else { return false }
        let piece = Piece(interval: interval, uid: meeting.uid)
        if isLong(interval) { long.append(piece) } else { days[Self.day(interval.start), default: []].append(piece) }
        guard isNear(interval) else { return false }
        near.append(piece)
        return true
    }

    /// Lets go of what ``add(_:)`` took, with whatever else is of the same event and day.
    ///
    /// - Returns: Whether any time within the window is free by it.
    mutating func remove(_ meeting: Meeting) -> Bool {
        guard let interval = time(of: meeting) else { return false }
        if isLong(interval) {
            long.removeAll { $0.uid == meeting.uid }
        } else {
            days[Self.day(interval.start)]?.removeAll { $0.uid == meeting.uid }
        }
        guard isNear(interval) else { return false }
        near.removeAll { $0.uid == meeting.uid }
        return true
    }

    private func time(of meeting: Meeting) -> Interval? {
        guard !meeting.isAllDay, meeting.role == .work || meeting.role == .personal, takesPart(meeting, me: me) else {
            return nil
        }
        return Interval(start: meeting.start, end: meeting.end)
    }

    private func isLong(_ interval: Interval) -> Bool { interval.seconds > 86_400 }
}

/// Intervals in order, joined where they overlap or touch.
package func joined(_ intervals: [Interval]) -> [Interval] {
    var result: [Interval] = []
    for interval in intervals.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
        if let last = result.last, interval.start <= last.end {
            result[result.count - 1] = Interval(start: last.start, end: max(last.end, interval.end)) ?? last
        } else {
            result.append(interval)
        }
    }
    return result
}

/// Days without work hours, from 13 weeks back to five weeks ahead: what the user wrote, holidays, and all-day events
/// that say in so many words that the user is busy or out of office.
///
/// Other all-day events are notes.
///
/// - Parameter meetings: The all-day ones, in any order.
func freeDays(
    in meetings: [Meeting],
    written: [ClosedRange<CivilDate>],
    me: Me,
    today: CivilDate
) -> [CivilDate: String] {
    let window = today.adding(days: -91)...today.adding(days: 36)
    var result: [CivilDate: String] = [:]
    func take(_ first: CivilDate, through last: CivilDate, _ why: String) {
        var day = max(first, window.lowerBound)
        while day <= min(last, window.upperBound) {
            if result[day] == nil { result[day] = why }
            day = day.adding(days: 1)
        }
    }
    for range in written.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        take(range.lowerBound, through: range.upperBound, "days_off")
    }
    for meeting in meetings.sorted(by: inOrder) where !meeting.isCancelled {
        let isHoliday = meeting.role == .holidays
        let isAway = (meeting.role == .work || meeting.role == .personal) && meeting.availability == .busy
        guard isHoliday || isAway && !isDeclined(meeting, by: me) else { continue }
        take(meeting.firstDay, through: meeting.endDay.adding(days: -1), meeting.summary)
    }
    return result
}

/// The order in which the events of a day give it their names.
private func inOrder(_ left: Meeting, _ right: Meeting) -> Bool {
    (left.start.seconds, left.uid, left.place.file, left.place.line ?? 0)
        < (right.start.seconds, right.uid, right.place.file, right.place.line ?? 0)
}
