import CivilTime
import VObject

/// Bytes cut into lines as a file has them: CRLF, LF and a bare CR each end one; what follows the last end is one more.
func physicalLines(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
    var (lines, line) = ([[UInt8]](), [UInt8]())
    var wasReturn = false
    for byte in bytes {
        defer { wasReturn = byte == 0x0d }
        if byte == 0x0a, wasReturn { continue }
        if byte == 0x0a || byte == 0x0d {
            lines.append(line)
            line = []
        } else {
            line.append(byte)
        }
    }
    return lines + [line]
}

/// Few enough, and each within the file, in words that are one line.
func checkFindings(_ findings: [Finding], of bytes: [UInt8]) throws(Broken) {
    let last = physicalLines(bytes).count
    try hold(findings.count <= Limits.standard.findings + 1, "\(findings.count) findings")
    for finding in findings {
        try hold((1...last).contains(finding.line), "of \(last) lines, a finding is on line \(finding.line)")
        if let column = finding.column {
            try hold((1...(bytes.count + 1)).contains(column), "a finding is in column \(column)")
        }
        try hold(!finding.code.isEmpty && !finding.message.isEmpty, "a finding says nothing")
        let isOneLine = finding.message.unicodeScalars.allSatisfy { $0.value >= 0x20 }
        try hold(isOneLine, "a finding is more than one line: \(finding.message)")
    }
}

/// A zone of the targets' own: what a machine knows of zones changes.
private func zone(_ name: String, standard: Int, tail: String) -> Zone {
    Zone(name: name, rules: ZoneRules(initialOffset: standard, transitions: [], tail: TailRule(tail.utf8)))
}

let berlin = zone("Europe/Berlin", standard: 3_600, tail: "CET-1CEST,M3.5.0,M10.5.0/3")
let newYork = zone("America/New_York", standard: -18_000, tail: "EST5EDT,M3.2.0,M11.1.0")

/// The zones that files may name.
@Sendable func namedZone(_ name: String) -> Zone? {
    switch name {
    case "UTC": .utc
    case berlin.name: berlin
    case newYork.name: newYork
    default: nil
    }
}

/// Going from an instant to the local time and back leads to where the clock shows the same, and if later shows it again,
/// to the first of the times.
func checkRoundTrip(_ instant: Instant, in zone: Zone) throws(Broken) {
    let local = zone.local(instant)
    let back = zone.instant(local)
    try hold(zone.local(back) == local, "\(instant) is \(local), which is \(back), which is \(zone.local(back))")
    try hold(back <= instant, "\(instant) is \(local), which is the later \(back)")
}
