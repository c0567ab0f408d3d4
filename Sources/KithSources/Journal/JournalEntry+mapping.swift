import CivilTime
import KithCore
import VObject

extension JournalEntry {
    /// A `VJOURNAL` as the core sees it.
    ///
    /// One that kith did not write counts as *met* with the people it names.
    init(_ journal: Journal, file: String, zone: Zone) {
        let when =
            journal.start.isDate
            ? zone.instant(CivilDateTime(date: journal.start.local.date, time: .noon))
            : journal.start.instant(floating: zone)
        self.init(
            uid: journal.uid,
            when: when,
            action: journal.action.flatMap { Action(rawValue: $0) } ?? .met,
            contacts: journal.contacts.map { ContactID(read: $0) },
            people: journal.attendees.map { Participant($0, isOrganizer: false) },
            nudge: journal.nudge.flatMap { NudgeID(text: $0) },
            summary: journal.summary,
            note: journal.description,
            promises: journal.promises.map { promise in
                Promise(promise.text, due: promise.due ?? zone.date(when).adding(days: LoggedNote.standardDays))
            },
            isCancelled: journal.status == "CANCELLED",
            place: Place(file: file, line: journal.line)
        )
    }

    /// The file that says it.
    func calendar(stamp: Instant) -> String {
        JournalDraft(
            uid: uid,
            stamp: stamp,
            start: when,
            summary: summary,
            description: note,
            people: people.filter { !$0.email.isEmpty }.map { JournalDraft.Person(email: $0.email, name: $0.name) },
            contacts: contacts.map(\.uid),
            action: action.rawValue,
            nudge: nudge?.text,
            promises: promises.map { JournalDraft.Promise(text: $0.text, due: $0.due) },
            isCancelled: isCancelled
        ).calendar
    }
}
