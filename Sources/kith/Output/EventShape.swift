import CivilTime
import KithCore
import VObject

/// An event or one occurrence of it: a line of `kith inspect --json`.
struct EventShape: Encodable, Hashable {
    /// Who organises.
    struct OrganizerShape: Encodable, Hashable {
        var email: String
        var name: String?
    }

    /// Who is invited; `kind` is the `CUTYPE`.
    struct AttendeeShape: Encodable, Hashable {
        var email: String
        var name: String?
        var partstat: String
        var kind: String
    }

    let type = "event"
    var uid: String
    var recurrenceId: String?
    var start: String
    var end: String
    var allDay: Bool
    var zone: String?
    var summary: String
    var location: String?
    var status: String?
    var transparency: String?
    var `class`: String?
    var organizer: OrganizerShape?
    var attendees: [AttendeeShape]
    var series: Bool
    var file: String
    var line: Int

    private enum CodingKeys: CodingKey {
        case type, uid, recurrenceId, start, end, allDay, zone, summary, location, status, transparency, `class`,
            organizer
        case attendees, series, file, line
    }

    /// A component as it stands in the file, unexpanded.
    init(_ event: Event, file: String, floating: Zone) {
        (uid, recurrenceId, start, end, allDay) = (event.uid, event.recurrenceID?.text, "", "", event.start.isDate)
        (summary, location, status) = (event.summary, event.location, event.status)
        (transparency, `class`) = (event.transparency, event.classification)
        organizer = event.organizer.map { OrganizerShape(email: $0.email, name: $0.name) }
        attendees = event.attendees.map { person in
            AttendeeShape(email: person.email, name: person.name, partstat: person.participation, kind: person.kind)
        }
        series = event.isSeries
        (self.file, line) = (file, event.line)
        take(event.start, until: event.end(from: event.start, floating: floating))
    }

    /// The same event, when it takes place.
    func at(_ occurrence: Occurrence) -> EventShape {
        var shape = self
        shape.recurrenceId = occurrence.recurrenceID?.text
        shape.take(occurrence.startTime, until: occurrence.endTime)
        // The clock may show an hour twice, so that its times would not say which of the two is meant.
        if case .zoned = occurrence.startTime {
            (shape.start, shape.end) = ("\(occurrence.start)", "\(occurrence.end)")
        }
        return shape
    }

    private mutating func take(_ start: EventTime, until end: EventTime) {
        (self.start, self.end, allDay) = (start.text, end.text, start.isDate)
        if case .zoned(_, let zone) = start { self.zone = zone.name } else { zone = nil }
    }
}
