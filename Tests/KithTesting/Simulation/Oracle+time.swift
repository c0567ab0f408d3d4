import CivilTime
import KithCore

/// Hours, quiet and busy time, by what a clock on the wall shows.
extension Oracle {
    /// Minutes since midnight at an instant.
    func minute(at instant: Instant) -> Int {
        zone.local(instant).time.seconds / 60
    }

    func isQuiet(_ policy: Policy) -> Bool {
        let (minute, start, end) = (minute(at: now), policy.quiet.start, policy.quiet.end)
        if start == end { return false }
        return start < end ? minute >= start && minute < end : minute >= start || minute < end
    }

    /// The timed events that take the user's time.
    var engagements: [Meeting] {
        meetings.filter { meeting in
            !meeting.isAllDay && !meeting.isCancelled && [.work, .personal].contains(meeting.role)
                && meeting.availability != .free && meeting.start < meeting.end
                && !meeting.attendees.contains { $0.email == Self.me && $0.answer == .declined }
        }
    }

    /// The event that takes the time now, or ended less than five minutes ago.
    var busy: Meeting? {
        engagements.first { $0.start <= now && now.seconds < $0.end.seconds + 300 }
    }

    /// The seconds until the next event begins.
    var secondsFree: Int64 {
        engagements.filter { $0.start > now }.map { $0.start.seconds - now.seconds }.min() ?? .max
    }

    /// Whether an event lies anywhere in some minutes of today.
    func hasEngagement(in hours: [DayHours]) -> Bool {
        let midnight = zone.start(of: today).seconds
        return engagements.contains { meeting in
            hours.contains { hours in
                meeting.start.seconds < midnight + Int64(hours.end + 60) * 60
                    && meeting.end.seconds > midnight + Int64(hours.start - 60) * 60
            }
        }
    }

    var isDayOff: Bool { isDayOff(today) }

    func isDayOff(_ date: CivilDate) -> Bool {
        meetings.contains { meeting in
            guard meeting.isAllDay, !meeting.isCancelled, meeting.firstDay <= date, date < meeting.endDay else {
                return false
            }
            return meeting.role == .holidays
                || [.work, .personal].contains(meeting.role) && meeting.availability == .busy
        }
    }

    func hours(_ network: Network, _ policy: Policy) -> [DayHours] {
        let week = network == .personal ? policy.personal : policy.work
        return week.days[today.weekday] ?? []
    }

    func isInHours(_ network: Network, _ policy: Policy) -> Bool {
        if network != .personal, isDayOff { return false }
        return hours(network, policy).contains { $0.start <= minute(at: now) && minute(at: now) < $0.end }
    }

    /// The days until somebody's next birthday; negative for one that was up to three days ago.
    func birthdays(_ person: Int) -> [Int] {
        guard let birthday = people[person].birthday else { return [] }
        return [today.year - 1, today.year, today.year + 1].compactMap { year in
            let last = CivilDate.days(inMonth: birthday.month, of: year)
            return CivilDate(year: year, month: birthday.month, day: min(birthday.day, last)).map {
                $0.daysSinceEpoch - today.daysSinceEpoch
            }
        }
    }
}
