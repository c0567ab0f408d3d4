import CivilTime
import KithCore
import VObject

/// Makes meetings of the occurrences of one file.
///
/// What those of a series have in common is read once: they come one after another.
struct MeetingMapper {
    private let role: CalendarRole
    private let file: String
    private let zone: Zone
    private var cache = EventCache()
    private var last: Meeting?

    init(role: CalendarRole, file: String, zone: Zone) {
        (self.role, self.file, self.zone) = (role, file, zone)
    }

    mutating func meeting(_ occurrence: Occurrence) -> Meeting {
        let event = cache.event(of: occurrence)
        // No two events begin on one line.
        guard var meeting = last, meeting.place.line == event.line else {
            let meeting = Meeting(occurrence, of: event, role: role, file: file, zone: zone)
            last = meeting
            return meeting
        }
        meeting.place(occurrence, in: zone)
        return meeting
    }
}

extension Meeting {
    /// An occurrence as the core sees it.
    fileprivate init(_ occurrence: Occurrence, of event: Event, role: CalendarRole, file: String, zone: Zone) {
        let day = zone.date(occurrence.start)
        self.init(
            uid: event.uid,
            start: occurrence.start,
            end: occurrence.end,
            firstDay: day,
            endDay: day,
            role: role,
            summary: event.summary,
            isPrivate: event.classification == "PRIVATE" || event.classification == "CONFIDENTIAL",
            isCancelled: event.status == "CANCELLED",
            availability: Availability(transparency: event.transparency, busyStatus: event.busyStatus),
            organizer: event.organizer.map { Participant($0, isOrganizer: true) },
            attendees: event.attendees.map { Participant($0, isOrganizer: false) },
            isSeries: event.isSeries,
            place: Place(file: file, line: event.line)
        )
        place(occurrence, in: zone)
    }

    /// Takes the times of an occurrence.
    fileprivate mutating func place(_ occurrence: Occurrence, in zone: Zone) {
        recurrenceID = occurrence.recurrenceID?.text
        (start, end, isAllDay) = (occurrence.start, occurrence.end, occurrence.isAllDay)
        if isAllDay {
            (firstDay, endDay) = (occurrence.startTime.local.date, occurrence.endTime.local.date)
        } else {
            (firstDay, endDay) = (zone.date(start), zone.date(end.adding(seconds: -1)).adding(days: 1))
        }
        // What has no length touches the day it stands on, at midnight too.
        endDay = max(endDay, firstDay.adding(days: 1))
    }
}

extension Meeting.Availability {
    init(transparency: String?, busyStatus: String?) {
        if transparency == "TRANSPARENT" || busyStatus == "FREE" {
            self = .free
        } else if transparency == "OPAQUE" || busyStatus == "BUSY" || busyStatus == "OOF" {
            self = .busy
        } else {
            self = .unstated
        }
    }
}

extension Participant {
    init(_ attendee: Attendee, isOrganizer: Bool) {
        let answer: Answer =
            switch attendee.participation {
            case "ACCEPTED": .accepted
            case "DECLINED": .declined
            case "TENTATIVE": .tentative
            case "DELEGATED": .delegated
            // Who organises has answered by it.
            default: isOrganizer ? .accepted : .needsAction
            }
        self.init(
            email: attendee.email,
            name: attendee.name,
            answer: answer,
            isPerson: attendee.kind != "ROOM" && attendee.kind != "RESOURCE"
        )
    }
}

extension ContactID {
    /// A UID as a file has it, less the control characters that neither a journal nor a database gives back.
    init(read text: String) {
        let kept = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f || $0 == "\n" || $0 == "\t" }
        self.init(String(String.UnicodeScalarView(kept)))
    }
}

extension Contact {
    /// A card as the core sees it; `nil` for what is no person or has no name.
    init?(_ card: Card, file: String, zones: ZoneDatabase) {
        guard card.kind == "individual", let name = card.name else { return nil }
        self.init(
            id: ContactID(read: card.uid),
            name: name,
            givenName: card.givenName,
            nicknames: card.nicknames,
            emails: card.emails,
            phones: card.phones,
            organization: card.organization,
            unit: card.unit,
            title: card.title,
            categories: card.categories,
            birthday: card.birthday.flatMap { AnnualDate(month: $0.month, day: $0.day, year: $0.year) },
            anniversary: card.anniversary.flatMap { AnnualDate(month: $0.month, day: $0.day, year: $0.year) },
            isDeceased: card.isDeceased,
            zone: card.zone.flatMap { Zone(cardText: $0, zones: zones) },
            note: card.note,
            place: Place(file: file, line: card.line)
        )
    }
}

extension Zone {
    /// A card's `TZ`: an IANA name, or an offset such as `+01:00`, `-0500`.
    init?(cardText text: String, zones: ZoneDatabase) {
        if let zone = zones.zone(named: text) {
            self = zone
            return
        }
        let digits = Array(text.utf8.filter { (0x30...0x39).contains($0) })
        guard let sign = text.first, sign == "+" || sign == "-", digits.count == 4, let hours = decimal(digits[0..<2]),
            let minutes = decimal(digits[2..<4]), hours <= 14, minutes < 60
        else { return nil }
        self.init(name: text, rules: .fixed(seconds: (hours * 3_600 + minutes * 60) * (sign == "-" ? -1 : 1)))
    }
}

extension Diagnostic {
    init(_ finding: Finding, file: String) {
        let severity: Severity =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .note: .note
            }
        self.init(
            severity,
            code: finding.code,
            finding.message,
            at: Place(file: file, line: finding.line, column: finding.column)
        )
    }

    init(_ problem: FileProblem, file: String) {
        self.init(.error, code: problem.code, problem.description, at: Place(file: file))
    }
}
