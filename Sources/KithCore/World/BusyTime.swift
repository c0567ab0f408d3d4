package import CivilTime

/// Whether the user declined an event.
private func isDeclined(_ meeting: Meeting, by me: Me) -> Bool {
    meeting.attendees.contains { $0.answer == .declined && me.emails.contains($0.email) }
}

/// Whether an event can take the user's time at all: it is theirs, it stands and they are coming.
private func takesPart(_ meeting: Meeting, me: Me) -> Bool {
    !meeting.isCancelled && !isDeclined(meeting, by: me) && meeting.availability != .free
}

/// Timed events that take the user's time within a window, 13 weeks back and five ahead, in order.
struct BusyTime: Sendable {
    /// An event's time, and whose.
    private struct Piece {
        let interval: Interval
        let uid: String
    }

    private let window: Interval
    private let me: Me
    private var pieces: [Piece] = []

    init(around today: CivilDate, in zone: Zone, me: Me) {
        let (from, until) = (zone.start(of: today.adding(days: -91)), zone.start(of: today.adding(days: 36)))
        guard let window = Interval(start: from, end: until) else { preconditionFailure("the window has a length") }
        (self.window, self.me) = (window, me)
    }

    /// Joined where they overlap or touch.
    var intervals: [Interval] { joined(pieces.map(\.interval)) }

    /// - Returns: Whether it takes any time within the window.
    @discardableResult
    mutating func add(_ meeting: Meeting) -> Bool {
        guard meeting.end > window.start, meeting.start < window.end, !meeting.isAllDay,
            meeting.role == .work || meeting.role == .personal, takesPart(meeting, me: me),
            let interval = Interval(start: max(meeting.start, window.start), end: min(meeting.end, window.end))
        else { return false }
        pieces.append(Piece(interval: interval, uid: meeting.uid))
        return true
    }

    /// - Returns: Whether any time is free by it.
    mutating func remove(_ uids: Set<String>) -> Bool {
        let before = pieces.count
        pieces.removeAll { uids.contains($0.uid) }
        return pieces.count < before
    }
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

/// Days without work hours, from a week back to five weeks ahead: what the user wrote, holidays, and all-day events
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
    let window = today.adding(days: -7)...today.adding(days: 36)
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
