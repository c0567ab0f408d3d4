import CivilTime
import Testing

@testable import VObject

@Suite("A file's own zones")
struct FileZonesTests {
    static func event(_ uid: String, _ name: String, at time: String = "20260705T090000") -> [String] {
        block("VEVENT", ["UID:" + uid, "DTSTART;TZID=\(name):" + time])
    }

    /// A zone of one offset.
    static func fixed(_ name: String, _ offset: String) -> [String] {
        ExportedZones.zone(name, ExportedZones.part("STANDARD", "19700101T000000", offset, offset))
    }

    static func starts(_ lines: [String]) -> [String] { CalendarFile(lines: lines).events.map(\.start.text) }

    @Test("A VTIMEZONE may stand before or after the events, in a calendar or in none")
    func places() {
        let (zone, event) = (ExportedZones.outlook(), Self.event("1", "Customized Time Zone"))
        for lines in [zone + event, event + zone] {
            for all in [lines, block("VCALENDAR", lines)] {
                let file = CalendarFile(lines: all)
                #expect(file.events.map(\.start.text) == ["2026-07-05T07:00:00Z"] && file.codes.isEmpty)
                #expect(file.events.first?.start.zone(floating: .utc).name == "Customized Time Zone")
            }
        }
    }

    @Test(
        "In a gap the offset before it holds, in a fold the first of the two",
        arguments: [
            ("20260329T015959", "2026-03-29T00:59:59Z"), ("20260329T023000", "2026-03-29T01:30:00Z"),
            ("20260329T030000", "2026-03-29T01:00:00Z"), ("20261025T015959", "2026-10-24T23:59:59Z"),
            ("20261025T023000", "2026-10-25T00:30:00Z"), ("20261025T030000", "2026-10-25T02:00:00Z"),
            ("20260105T090000", "2026-01-05T08:00:00Z"),
        ]
    )
    func edges(local: String, instant: String) {
        for zone in [ExportedZones.outlook("X"), ExportedZones.google("X"), ExportedZones.dates("X")] {
            #expect(Self.starts(zone + Self.event("1", "X", at: local)) == [instant])
        }
    }

    @Test("A name the system or Windows knows means that, whatever the file says of it")
    func order() {
        for name in ["Europe/Berlin", "W. Europe Standard Time", "/example.org/1/Europe/Berlin"] {
            let file = CalendarFile(lines: Self.fixed(name, "-1000") + Self.event("1", name))
            #expect(file.events.map(\.start.text) == ["2026-07-05T07:00:00Z"] && file.codes.isEmpty)
        }
    }

    @Test("A broken VTIMEZONE nothing needs is not told")
    func unneeded() {
        let file = CalendarFile(lines: Self.fixed("X", "+9999") + Self.event("1", "Europe/Berlin"))
        #expect(file.codes.isEmpty && file.uids == ["1"])
    }

    @Test("Of two VTIMEZONEs of one name the first counts, and another that differs is told once")
    func twice() {
        let (first, second) = (Self.fixed("X", "+0100"), Self.fixed("X", "+0200"))
        let events = Self.event("1", "X") + Self.event("2", "X")
        let file = CalendarFile(lines: block("VCALENDAR", first + second + events))
        #expect(file.events.map(\.start.text) == ["2026-07-05T08:00:00Z", "2026-07-05T08:00:00Z"])
        #expect(file.codes == ["zone-twice"] && file.findings.map(\.line) == [10])
        #expect(CalendarFile(lines: block("VCALENDAR", first + first + events)).codes.isEmpty)
    }

    @Test("Where the first of two cannot be read, the second counts")
    func second() {
        let lines = Self.fixed("X", "+9999") + Self.fixed("X", "+0200") + Self.event("1", "X")
        let file = CalendarFile(lines: block("VCALENDAR", lines))
        #expect(file.events.map(\.start.text) == ["2026-07-05T07:00:00Z"] && file.codes == ["bad-zone"])
    }

    @Test("Each calendar of a file has its own zones, and else those of the others")
    func calendars() {
        let lines =
            block("VCALENDAR", Self.fixed("X", "+0100") + Self.event("1", "X"))
            + block("VCALENDAR", Self.fixed("X", "+0200") + Self.event("2", "X"))
            + block("VCALENDAR", Self.event("3", "X"))
        let file = CalendarFile(lines: lines)
        let expected = ["2026-07-05T08:00:00Z", "2026-07-05T07:00:00Z", "2026-07-05T08:00:00Z"]
        #expect(file.events.map(\.start.text) == expected && file.codes.isEmpty)
    }

    @Test("A broken VTIMEZONE that many calendars repeat is told once, each time that names it as ever")
    func repeated() {
        let calendar = block("VCALENDAR", Self.fixed("X", "+9999") + Self.event("1", "X"))
        let file = CalendarFile(lines: calendar + calendar + calendar)
        #expect(file.codes == ["bad-zone", "unknown-zone", "unknown-zone", "unknown-zone"])
    }

    @Test("A name with commas is the same with and without their backslashes")
    func commas() {
        let zone = Self.fixed("(UTC+01:00) Amsterdam\\, Berlin", "+0100")
        #expect(Self.starts(zone + Self.event("1", "\"(UTC+01:00) Amsterdam, Berlin\"")) == ["2026-07-05T08:00:00Z"])
        #expect(Self.starts(zone + Self.event("1", "\"(UTC+01:00) Amsterdam\\, Berlin\"")) == ["2026-07-05T08:00:00Z"])
    }

    @Test("A VTIMEZONE of another name, or of none, makes no zone known")
    func others() {
        for zone in [Self.fixed("Y", "+0100"), Self.fixed("", "+0100"), block("VTIMEZONE", [])] {
            let file = CalendarFile(lines: zone + Self.event("1", "X"))
            #expect(file.events.map(\.start.text) == ["2026-07-05T09:00:00"] && file.codes == ["unknown-zone"])
        }
    }

    @Test("A series follows its file's zone through the year")
    func series() throws {
        let event = block("VEVENT", ["UID:1", "DTSTART;TZID=X:20260327T090000", "RRULE:FREQ=DAILY;COUNT=4"])
        let file = CalendarFile(lines: ExportedZones.google("X") + event)
        #expect(
            try file.starts(from: "2026-03-01", until: "2026-05-01")
                == ["2026-03-27T08:00:00Z", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z"]
        )
    }
}
