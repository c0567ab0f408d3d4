package import CivilTime

/// What a journal entry says, to be written as a `VJOURNAL`.
package struct JournalDraft: Hashable, Sendable {
    /// A person with an address.
    package struct Person: Hashable, Sendable {
        package var email: String
        package var name: String?

        package init(email: String, name: String?) {
            (self.email, self.name) = (email, name)
        }
    }

    /// What was promised, and by when.
    package struct Promise: Hashable, Sendable {
        package var text: String
        package var due: CivilDate

        package init(text: String, due: CivilDate) {
            (self.text, self.due) = (text, due)
        }
    }

    package var uid: String
    package var stamp: Instant
    package var start: Instant
    package var summary: String
    package var description: String?
    package var people: [Person]
    package var contacts: [String]
    package var action: String
    package var nudge: String?
    package var promises: [Promise]
    package var isCancelled: Bool

    package init(
        uid: String,
        stamp: Instant,
        start: Instant,
        summary: String,
        description: String?,
        people: [Person],
        contacts: [String],
        action: String,
        nudge: String?,
        promises: [Promise] = [],
        isCancelled: Bool
    ) {
        self.uid = uid
        self.stamp = stamp
        self.start = start
        self.summary = summary
        self.description = description
        self.people = people
        self.contacts = contacts
        self.action = action
        self.nudge = nudge
        self.promises = promises
        self.isCancelled = isCancelled
    }

    /// A whole iCalendar file with this one entry.
    package var calendar: String {
        ContentLineWriter.calendar("VJOURNAL", uid: uid, stamp: stamp) { writer in
            writer.add("DTSTART", instant: start)
            writer.add("SUMMARY", text: summary)
            if let description { writer.add("DESCRIPTION", text: description) }
            for person in people {
                let name = person.name.map { [(name: "CN", value: $0)] } ?? []
                writer.add("ATTENDEE", name, raw: "mailto:" + person.email)
            }
            for contact in contacts { writer.add("X-KITH-CONTACT", text: contact) }
            writer.add("X-KITH-ACTION", raw: action)
            if let nudge { writer.add("X-KITH-NUDGE", text: nudge) }
            for promise in promises {
                let due = ContentLineWriter.basic(promise.due.description)
                writer.add("X-KITH-PROMISE", [(name: "DUE", value: due)], text: promise.text)
            }
            writer.add("CLASS", raw: "PRIVATE")
            writer.add("STATUS", raw: isCancelled ? "CANCELLED" : "FINAL")
        }
    }
}
