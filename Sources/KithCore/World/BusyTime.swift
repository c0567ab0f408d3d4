package import CivilTime

/// Whether the user declined an event.
private func isDeclined(_ meeting: Meeting, by me: Me) -> Bool {
    meeting.attendees.contains { $0.answer == .declined && me.emails.contains($0.email) }
}

/// Whether an event can take the user's time at all: it is theirs, it stands and they are coming.
private func takesPart(_ meeting: Meeting, me: Me) -> Bool {
    !meeting.isCancelled && !isDeclined(meeting, by: me) && meeting.availability != .free
}

/// Timed events that take the user's time, 13 weeks back and five ahead, in order, joined where they overlap or touch.
func busyTime(in meetings: [Meeting], me: Me, now: Instant) -> [Interval] {
    let (from, until) = (now.adding(seconds: -91 * 86_400), now.adding(seconds: 35 * 86_400))
    let intervals = meetings.filter { meeting in
        !meeting.isAllDay && (meeting.role == .work || meeting.role == .personal) && takesPart(meeting, me: me)
    }.compactMap { Interval(start: max($0.start, from), end: min($0.end, until)) }
    return joined(intervals)
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
    for meeting in meetings where meeting.isAllDay && !meeting.isCancelled {
        let isHoliday = meeting.role == .holidays
        let isAway = (meeting.role == .work || meeting.role == .personal) && meeting.availability == .busy
        guard isHoliday || isAway && !isDeclined(meeting, by: me) else { continue }
        take(meeting.firstDay, through: meeting.endDay.adding(days: -1), meeting.summary)
    }
    return result
}
