import CivilTime
import KithCore
import VObject

/// What is kept of a file of a calendar: its index, and its occurrences within a window.
struct CalendarItem {
    /// On how many shelves the events of a calendar stand.
    static let shelves = 256

    /// The shelf of its events.
    let shelf: Int
    /// How many events it holds.
    let count: Int
    /// Its occurrences, by event.
    private(set) var events: [[Meeting]] = []
    private(set) var window: Interval?
    /// What is wrong with the file, and which limits its occurrences reach.
    var findings: [Finding] { parsed + limits }

    private let parsed: [Finding]
    private var limits: [Finding] = []
    private let file: CalendarFile

    init(_ file: CalendarFile, href: String) {
        (self.file, count, parsed, shelf) = (file, file.eventCount, file.findings, Self.shelf(of: href))
    }

    /// The same at every start, so that nothing is listed in another order.
    static func shelf(of href: String) -> Int { Int(stableHash(href) % UInt64(shelves)) }

    /// Works out the occurrences within a window.
    mutating func expand(in window: Interval, role: CalendarRole, href: String, zone: Zone) {
        var mapper = MeetingMapper(role: role, file: href, zone: zone)
        var meetings: [Meeting] = []
        limits = file.forEachOccurrence(in: window, floating: zone) { meetings.append(mapper.meeting($0)) }
        (events, self.window) = (Contents.events(of: meetings), window)
    }
}

/// What is kept of a file of the journal.
struct JournalItem {
    let entries: [JournalEntry]
    let findings: [Finding]

    init(_ file: CalendarFile, href: String, zone: Zone) {
        entries = file.journals.map { JournalEntry($0, file: href, zone: zone) }
        findings = file.findings
    }
}
