import CivilTime
import VObject

/// Reads a zone's file: where it can be read, local times lead back to instants at which the clock shows them.
func checkTZif(_ bytes: [UInt8]) throws(Broken) {
    guard let rules = try? ZoneRules(tzif: bytes) else { return }
    try hold((try? ZoneRules(tzif: bytes)) == rules, "the zone is another when read again")
    let zone = Zone(name: "Z", rules: rules)
    for instant in asked { try checkRoundTrip(instant, in: zone) }
    // Where the scale ends there is no room to go back; asking is all that must be possible.
    for seconds in [Int64.min, .min + 1, -1 << 60, 1 << 60, .max - 1, .max] {
        let instant = Instant(seconds: seconds)
        _ = (rules.offset(at: instant), zone.local(instant), rules.instant(zone.local(instant)))
    }
}

/// What a calendar's own zone says when events are read by it; the input is what stands in the `VTIMEZONE`.
func checkTimezone(_ bytes: [UInt8]) throws(Broken) {
    let head = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Z\r\n"
    let foot = """
        \r\nEND:VTIMEZONE\r
        BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Z:20260301T023000\r\nRRULE:FREQ=WEEKLY\r\nDURATION:PT1H\r\nEND:VEVENT\r
        BEGIN:VEVENT\r\nUID:2\r\nDTSTART;TZID=Z:20261025T013000\r\nDTEND;TZID=Z:20261025T033000\r\nEND:VEVENT\r
        END:VCALENDAR\r\n
        """
    let all = Array(head.utf8) + bytes + Array(foot.utf8)
    let file = CalendarFile(parsing: all, limits: fewOccurrences, zones: namedZone)
    try checkFindings(file.findings, of: all)
    try checkOccurrences(of: file)
    let again = CalendarFile(parsing: all, limits: fewOccurrences, zones: namedZone)
    try hold(file.events == again.events && file.findings == again.findings, "the file is another when read again")
    guard let zone = file.events.lazy.map({ $0.start.zone(floating: .utc) }).first(where: { $0.name == "Z" }) else {
        return
    }
    for instant in asked { try checkRoundTrip(instant, in: zone) }
}

/// Instants from 1900 to 2200, some eleven days apart and some by the clocks' changes, which are on whole hours.
private let asked: [Instant] =
    (0..<900).map { Instant(seconds: -2_208_988_800 + $0 * 10_519_777) }
    + (0..<100).map { Instant(seconds: 1_774_746_000 + ($0 - 50) * 1_799) }
