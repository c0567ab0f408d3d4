import CivilTime
package import KithCore

extension PlannerStage {
    /// Logs contact at noon of a day in which something was promised.
    package mutating func promise(
        _ text: String,
        _ due: String,
        to uid: String,
        on day: String,
        action: JournalEntry.Action = .met
    ) {
        contents.journal.append(
            JournalEntry(
                uid: "entry-\(day)-\(uid)",
                when: Berlin.at(day + " 12:00"),
                action: action,
                contacts: [ContactID(uid)],
                promises: [JournalEntry.Promise(text, due: Berlin.day(due))]
            )
        )
    }

    /// Logs contact at noon of a day with a note.
    package mutating func note(_ text: String, _ day: String, _ uid: String) {
        contents.journal.append(
            JournalEntry(
                uid: "note-\(day)-\(uid)",
                when: Berlin.at(day + " 12:00"),
                action: .met,
                contacts: [ContactID(uid)],
                note: text
            )
        )
    }
}
