import CivilTime
import Testing

@testable import VObject

@Suite("Free and busy times")
struct FreeBusyTests {
    static func file(_ properties: [String]) -> CalendarFile {
        CalendarFile(lines: block("VCALENDAR", block("VFREEBUSY", properties)))
    }

    @Test("Whose time it is and from when to when it tells are read")
    func frame() throws {
        let file = Self.file([
            "UID:1", "ORGANIZER:mailto:Ada@x.org", "DTSTART:20260101T000000Z", "DTEND:20260201T000000Z",
            "ATTENDEE:mailto:b@x.org", "FREEBUSY:20260105T080000Z/PT1H",
        ])
        let found = try #require(file.freeBusy.first)
        #expect(found.uid == "1" && found.organizer?.email == "ada@x.org" && found.line == 2 && file.components == 1)
        #expect(found.start?.text == "2026-01-01T00:00:00Z" && found.end?.text == "2026-02-01T00:00:00Z")
        #expect(found.periods.count == 1 && file.codes == [] && file.events == [])
        #expect(Self.file(["ATTENDEE:mailto:b@x.org"]).freeBusy.first?.organizer?.email == "b@x.org")
        #expect(Self.file([]).freeBusy.map(\.periods) == [[]])
    }

    /// A line, the periods it gives, and what is told.
    static let examples: [(String, [String], [String])] = [
        (":20260105T080000Z/20260105T090000Z", ["2026-01-05T08:00:00Z 2026-01-05T09:00:00Z BUSY"], []),
        (
            ";FBTYPE=busy-unavailable:20260105T080000Z/PT8H30M",
            ["2026-01-05T08:00:00Z 2026-01-05T16:30:00Z BUSY-UNAVAILABLE"], []
        ),
        (
            ";FBTYPE=FREE:20260105T080000Z/PT1H, 20260106T080000Z/P1D",
            ["2026-01-05T08:00:00Z 2026-01-05T09:00:00Z FREE", "2026-01-06T08:00:00Z 2026-01-07T08:00:00Z FREE"], []
        ),
        (
            ";TZID=Europe/Berlin:20260105T080000/20260105T090000",
            ["2026-01-05T07:00:00Z 2026-01-05T08:00:00Z BUSY"], []
        ),
        (":20260105T080000/PT1H", ["2026-01-05T08:00:00 2026-01-05T09:00:00 BUSY"], []),
        (
            ":20260105T080000Z/20260105T070000Z,20260106T080000Z/PT1H",
            ["2026-01-06T08:00:00Z 2026-01-06T09:00:00Z BUSY"], ["bad-period"]
        ),
        (":20260105T080000Z", [], ["bad-period"]), (":20260105T080000Z/", [], ["bad-period"]),
        (":20260105T080000Z/PT0S", [], ["bad-period"]), (":20260105/20260106", [], ["bad-period"]),
        (":a/b", [], ["bad-period"]), (":20260105T080000Z/PT1H/PT1H", [], ["bad-period"]),
        (":20260105T080000Z/-PT1H", [], ["bad-period"]), (":", [], []),
    ]

    @Test("A stretch ends at a time or after a while; what does neither is told", arguments: examples)
    func periods(line: String, periods: [String], told: [String]) throws {
        let file = Self.file(["FREEBUSY" + line])
        let found = try #require(file.freeBusy.first).periods.map { "\($0.start.text) \($0.end.text) \($0.kind)" }
        #expect(found == periods && file.codes == told)
    }
}
