/// What all sources together hold, as read: the planner's raw material.
///
/// The order of every list is without meaning.
package struct Contents: Hashable, Sendable {
    package var contacts: [Contact]
    /// The events, on shelves of any number and size.
    ///
    /// A source hands over the same array for a shelf as long as nothing on it changed, and for an event as long as its file
    /// stays as it is: what did not change is then cheap to tell.
    package var shelves: [[[Meeting]]]
    package var journal: [JournalEntry]
    /// Entries of people.yaml; those of the configuration stand in ``Rules``.
    package var people: [PersonRule]
    /// The mail exchanged with each address, oldest first.
    package var mail: [String: [MailEntry]]
    package var sources: [SourceReading]

    /// The occurrences from ten years back to 400 days ahead, and some beyond either end, by event: those of one UID in one
    /// file stand together.
    package var events: [[Meeting]] {
        get { shelves.flatMap(\.self) }
        set {
            let size = 256
            shelves = stride(from: 0, to: newValue.count, by: size).map {
                Array(newValue[$0..<min($0 + size, newValue.count)])
            }
        }
    }

    /// All occurrences in one list.
    package var meetings: [Meeting] {
        get { events.flatMap(\.self) }
        set { events = Self.events(of: newValue) }
    }

    package init(
        contacts: [Contact] = [],
        meetings: [Meeting] = [],
        journal: [JournalEntry] = [],
        people: [PersonRule] = [],
        mail: [String: [MailEntry]] = [:],
        sources: [SourceReading] = []
    ) {
        self.contacts = contacts
        shelves = []
        self.journal = journal
        self.people = people
        self.mail = mail
        self.sources = sources
        self.meetings = meetings
    }

    /// Puts the occurrences of each event together, in the order in which events are first met.
    package static func events(of meetings: [Meeting]) -> [[Meeting]] {
        struct Key: Hashable {
            let file: String
            let uid: String
        }
        // Most files hold one event.
        guard let first = meetings.first else { return [] }
        if meetings.allSatisfy({ $0.uid == first.uid && $0.place.file == first.place.file }) { return [meetings] }
        var known: [Key: Int] = [:]
        var events: [[Meeting]] = []
        for meeting in meetings {
            let key = Key(file: meeting.place.file, uid: meeting.uid)
            if let index = known[key] {
                events[index].append(meeting)
            } else {
                known[key] = events.count
                events.append([meeting])
            }
        }
        return events
    }
}
