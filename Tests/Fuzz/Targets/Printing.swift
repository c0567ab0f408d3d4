import CivilTime
import VObject

/// Lines of text as the fields of a journal entry: what is written is read as it was, by lines of at most 75 bytes.
func checkPrinting(_ bytes: [UInt8]) throws(Broken) {
    // No text holds a zero, so here it keeps apart what may be texts of several lines.
    let pieces = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    func piece(_ index: Int) -> String { index < pieces.count ? pieces[index] : "" }
    let draft = JournalDraft(
        uid: "u" + piece(0) + "u",
        stamp: Instant(seconds: 1_769_519_401),
        start: Instant(seconds: 1_769_519_400),
        summary: piece(1),
        description: piece(2),
        people: [JournalDraft.Person(email: "ana@x.org", name: "n" + piece(3))],
        contacts: [piece(4), piece(5)],
        action: "MET",
        nudge: "g" + piece(6) + "g",
        isCancelled: pieces.count > 7
    )
    let written = Array(draft.calendar.utf8)
    for line in written.split(separator: 0x0a) {
        try hold(line.last == 0x0d && line.count <= 76, "a line has \(line.count) bytes")
    }
    let file = CalendarFile(parsing: written, zones: namedZone)
    try hold(file.findings.isEmpty && file.components == 1, "what was written has findings: \(file.findings)")
    guard let read = file.journals.first else { throw Broken(description: "what was written is no entry") }
    let texts = [draft.uid, draft.summary, draft.nudge, draft.description, draft.people[0].name] + draft.contacts
    let found = [read.uid, read.summary, read.nudge, read.description, read.attendees.first?.name] + read.contacts
    let same = found.map { Array($0?.utf8 ?? "".utf8) } == texts.map { Array(kept($0 ?? "").utf8) }
    try hold(same && read.status == (draft.isCancelled ? "CANCELLED" : "FINAL"), "\(draft) is read as \(read)")
}

/// A text less carriage returns and the controls no calendar may hold.
private func kept(_ text: String) -> String {
    let scalars = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f || $0 == "\n" || $0 == "\t" }
    return String(String.UnicodeScalarView(scalars))
}
