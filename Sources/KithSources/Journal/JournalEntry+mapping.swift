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
            isCancelled: isCancelled
        ).calendar
    }

    /// A name that any file system takes for any UID: safe characters stay, others become their hex, and what is too long is
    /// told apart by its hash.
    var fileName: String {
        var name = ""
        for byte in uid.utf8 {
            switch byte {
            case 0x30...0x39, 0x40...0x5a, 0x61...0x7a, 0x2d, 0x5f: name.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x2e where !name.isEmpty: name += "."
            default: name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return (name.utf8.count > 120 ? String(name.prefix(100)) + "-" + stableHexDigest(uid) : name) + ".ics"
    }
}
