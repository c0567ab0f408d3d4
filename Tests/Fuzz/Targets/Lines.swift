import CivilTime
import VObject

/// Lines within an event: how they are ended and where they are folded makes no difference (RFC 5545 §3.1).
func checkLines(_ bytes: [UInt8]) throws(Broken) {
    let lines = physicalLines(bytes)
    let written = read(lines, end: [0x0d, 0x0a])
    try checkFindings(written.findings, of: file(lines, end: [0x0d, 0x0a]))
    for end in [[0x0a], [0x0d]] as [[UInt8]] {
        let other = read(lines, end: end)
        try hold(other.events == written.events, "lines that end in \(end) are read otherwise")
        try hold(other.findings == written.findings, "lines that end in \(end) have other findings")
    }
    // A soft line end of quoted-printable is at the end of a line as it stands: with it no line can be folded elsewhere.
    guard !lines.contains(where: { $0.contains(UInt8(ascii: "=")) && $0.last == UInt8(ascii: "=") }) else { return }
    for width in [1, 7, 74] {
        let folded = read(lines.map { fold($0, at: width) }, end: [0x0d, 0x0a])
        try hold(folded.events.map(text) == written.events.map(text), "lines folded at \(width) are read otherwise")
    }
}

private func file(_ lines: [[UInt8]], end: [UInt8]) -> [UInt8] {
    let head = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "DTSTART:20260105T090000Z"].map { Array($0.utf8) }
    let foot = ["END:VEVENT", "END:VCALENDAR"].map { Array($0.utf8) }
    return Array((head + lines + foot).map { $0 + end }.joined())
}

private func read(_ lines: [[UInt8]], end: [UInt8]) -> (events: [Event], findings: [Finding]) {
    let file = CalendarFile(parsing: file(lines, end: end), zones: namedZone)
    return (file.events, file.findings)
}

/// Folded after so many bytes each, but not behind a `=`, which may be read as a soft line end of quoted-printable.
private func fold(_ line: [UInt8], at width: Int) -> [UInt8] {
    var (result, column) = ([UInt8](), 0)
    for byte in line {
        if column >= width, result.last != UInt8(ascii: "=") {
            result += [0x0d, 0x0a, 0x20]
            column = 0
        }
        result.append(byte)
        column += 1
    }
    return result
}

/// What an event says, wherever it stands.
private func text(_ event: Event) -> [String] {
    let people = ([event.organizer] + event.attendees).compactMap(\.self).flatMap { person in
        [person.email, person.name ?? "-", person.participation, person.kind]
    }
    let words = [event.location, event.description, event.status, event.transparency, event.busyStatus]
    let times = [event.start.text, event.end(from: event.start, floating: .utc).text]
    return [event.uid, event.summary] + times + words.map { $0 ?? "-" } + people
}
