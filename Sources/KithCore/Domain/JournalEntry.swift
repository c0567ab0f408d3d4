package import CivilTime

/// One logged interaction: a `VJOURNAL` of the journal vdir, read or to be written.
package struct JournalEntry: Hashable, Sendable {
    /// What the user said happened (`X-KITH-ACTION`); a foreign journal entry counts as met.
    package enum Action: String, Hashable, Sendable {
        case met = "MET"
        case wrote = "WROTE"
    }

    /// What the user promised, and the day by which (`X-KITH-PROMISE;DUE=20260130:deck`).
    package struct Promise: Hashable, Sendable {
        package var text: String
        package var due: CivilDate

        package init(_ text: String, due: CivilDate) {
            (self.text, self.due) = (text, due)
        }
    }

    package var uid: String
    package var when: Instant
    package var action: Action
    /// Who, by card (`X-KITH-CONTACT`), and by address where the entry came without one (`ATTENDEE`).
    package var contacts: [ContactID]
    package var people: [Participant]
    /// The identity of the nudge it answers (`X-KITH-NUDGE`).
    package var nudge: NudgeID?
    package var summary: String
    package var note: String?
    package var promises: [Promise]
    /// `STATUS:CANCELLED`: undone.
    package var isCancelled: Bool
    package var place: Place

    package init(
        uid: String,
        when: Instant,
        action: Action,
        contacts: [ContactID],
        people: [Participant] = [],
        nudge: NudgeID? = nil,
        summary: String = "",
        note: String? = nil,
        promises: [Promise] = [],
        isCancelled: Bool = false,
        place: Place = Place(file: "")
    ) {
        self.uid = uid
        self.when = when
        self.action = action
        self.contacts = contacts
        self.people = people
        self.nudge = nudge
        self.summary = summary
        self.note = note
        self.promises = promises
        self.isCancelled = isCancelled
        self.place = place
    }
}
