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

    private struct Content: Hashable, Sendable {
        var uid: String
        var when: Instant
        var action: Action
        var contacts: [ContactID]
        var people: [Participant]
        var nudge: NudgeID?
        var summary: String
        var note: String?
        var promises: [Promise]
        var isCancelled: Bool
        var place: Place
    }

    @Shared private var content: Content

    package var uid: String {
        get { content.uid }
        set { content.uid = newValue }
    }
    package var when: Instant {
        get { content.when }
        set { content.when = newValue }
    }
    package var action: Action {
        get { content.action }
        set { content.action = newValue }
    }
    /// Who, by card (`X-KITH-CONTACT`), and by address where the entry came without one (`ATTENDEE`).
    package var contacts: [ContactID] {
        get { content.contacts }
        set { content.contacts = newValue }
    }
    package var people: [Participant] {
        get { content.people }
        set { content.people = newValue }
    }
    /// The identity of the nudge it answers (`X-KITH-NUDGE`).
    package var nudge: NudgeID? {
        get { content.nudge }
        set { content.nudge = newValue }
    }
    package var summary: String {
        get { content.summary }
        set { content.summary = newValue }
    }
    package var note: String? {
        get { content.note }
        set { content.note = newValue }
    }
    package var promises: [Promise] {
        get { content.promises }
        set { content.promises = newValue }
    }
    /// `STATUS:CANCELLED`: undone.
    package var isCancelled: Bool {
        get { content.isCancelled }
        set { content.isCancelled = newValue }
    }
    package var place: Place {
        get { content.place }
        set { content.place = newValue }
    }

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
        content = Content(
            uid: uid,
            when: when,
            action: action,
            contacts: contacts,
            people: people,
            nudge: nudge,
            summary: summary,
            note: note,
            promises: promises,
            isCancelled: isCancelled,
            place: place
        )
    }
}
