package import CivilTime

/// What a calendar is for (the configuration's `role`).
package enum CalendarRole: String, Hashable, Sendable, CaseIterable {
    case work
    case personal
    case holidays
    case birthdays
    case community
    case ignore
}

/// One attendee or organiser of an event.
package struct Participant: Hashable, Sendable {
    /// `PARTSTAT` (RFC 5545 §3.2.12); an unknown value is read as `needsAction`, as the RFC asks.
    package enum Answer: Hashable, Sendable {
        case needsAction
        case accepted
        case declined
        case tentative
        case delegated
    }

    /// Lower-cased address without `mailto:`; empty where the calendar address was no e-mail.
    package let email: String
    package let name: String?
    package let answer: Answer
    /// False for `CUTYPE` `ROOM` and `RESOURCE`.
    package let isPerson: Bool

    package init(email: String, name: String? = nil, answer: Answer = .accepted, isPerson: Bool = true) {
        (self.email, self.name, self.answer, self.isPerson) = (email, name, answer, isPerson)
    }
}

/// One occurrence of an event, as a source hands it to the core.
package struct Meeting: Hashable, Sendable {
    /// What the event says of the user's time: `TRANSP` and `X-MICROSOFT-CDO-BUSYSTATUS` read together.
    ///
    /// Free wins.
    package enum Availability: Hashable, Sendable {
        case unstated
        case busy
        case free
    }

    package var uid: String
    /// The occurrence's `RECURRENCE-ID` as text, `nil` for an event that does not recur.
    package var recurrenceID: String?
    /// Timed: the real interval.
    ///
    /// All-day: the starts of the first day and of the day after the last, in the user's zone.
    package var start: Instant
    package var end: Instant
    package var isAllDay: Bool
    /// The civil days it touches in the user's zone: the first, and the one after the last.
    package var firstDay: CivilDate
    package var endDay: CivilDate
    package var role: CalendarRole
    package var summary: String
    /// `CLASS:PRIVATE` or `CONFIDENTIAL`: its title never leaves the machine.
    package var isPrivate: Bool
    package var isCancelled: Bool
    package var availability: Availability
    package var organizer: Participant?
    package var attendees: [Participant]
    package var isSeries: Bool
    package var place: Place

    package init(
        uid: String,
        recurrenceID: String? = nil,
        start: Instant,
        end: Instant,
        isAllDay: Bool = false,
        firstDay: CivilDate,
        endDay: CivilDate,
        role: CalendarRole = .work,
        summary: String = "",
        isPrivate: Bool = false,
        isCancelled: Bool = false,
        availability: Availability = .unstated,
        organizer: Participant? = nil,
        attendees: [Participant] = [],
        isSeries: Bool = false,
        place: Place = Place(file: "")
    ) {
        self.uid = uid
        self.recurrenceID = recurrenceID
        self.start = start
        self.end = end
        self.isAllDay = isAllDay
        self.firstDay = firstDay
        self.endDay = endDay
        self.role = role
        self.summary = summary
        self.isPrivate = isPrivate
        self.isCancelled = isCancelled
        self.availability = availability
        self.organizer = organizer
        self.attendees = attendees
        self.isSeries = isSeries
        self.place = place
    }
}
