import CivilTime
import Testing

@testable import VObject

@Suite("Zones of files beside the system's")
struct TimezoneCheckTests {
    /// A `VTIMEZONE` of Berlin with the rules a test gives it.
    static func timezone(_ name: String, summer: String = "M3", daylight: String = "+0200") -> [String] {
        let begin = summer == "M3" ? "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" : "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"
        return block(
            "VTIMEZONE",
            ["TZID:" + name]
                + block(
                    "DAYLIGHT",
                    ["DTSTART:19700329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:" + daylight, "RRULE:" + begin]
                )
                + block(
                    "STANDARD",
                    [
                        "DTSTART:19701025T030000", "TZOFFSETFROM:" + daylight, "TZOFFSETTO:+0100",
                        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
                    ]
                )
        )
    }

    static func told(_ timezone: [String], _ event: [String], near: (String, String)) throws -> [String] {
        let check = TimezoneCheck(near: try window(near.0, near.1))
        let lines = ["BEGIN:VCALENDAR"] + timezone + block("VEVENT", ["UID:1"] + event) + ["END:VCALENDAR"]
        let bytes = Array(lines.map { $0 + "\r\n" }.joined().utf8)
        // Twice, so that what is remembered of a text is asked for too.
        return [0, 1].flatMap { _ in
            CalendarFile(parsing: bytes, check: check, zones: TestZones.named).findings.map { "\($0.code) \($0.line)" }
        }
    }

    /// A file, the time looked at, and whether something is told.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let timezone: [String]
        let event: [String]
        let near: (String, String)
        let isTold: Bool

        init(
            _ name: String,
            _ timezone: [String],
            _ event: [String],
            near: (String, String) = ("2026-01-01", "2026-12-31"),
            _ isTold: Bool
        ) {
            (testDescription, self.timezone, self.event, self.near, self.isTold) = (name, timezone, event, near, isTold)
        }
    }

    static let march = "DTSTART;TZID=Europe/Berlin:20260401T090000"
    static let late = timezone("Europe/Berlin", summer: "M4")

    static let examples = [
        Example("the same rules", timezone("Europe/Berlin"), [march], false),
        Example("summer a week late", late, [march], true),
        Example("summer two hours", timezone("Europe/Berlin", daylight: "+0300"), [march], true),
        Example("other rules, but an event of long ago", late, ["DTSTART;TZID=Europe/Berlin:20160401T090000"], false),
        Example(
            "other rules, and a series that began long ago",
            late,
            ["DTSTART;TZID=Europe/Berlin:20160401T090000", "RRULE:FREQ=DAILY"],
            true
        ),
        Example("a difference that is not near", late, [march], near: ("2026-05-01", "2026-09-01"), false),
        Example("an event in another zone", late, ["DTSTART:20260401T090000Z"], false),
        Example(
            "a Windows name",
            timezone("W. Europe Standard Time", summer: "M4"),
            ["DTSTART;TZID=W. Europe Standard Time:20260401T090000"],
            true
        ),
        Example(
            "a name that nobody else knows",
            timezone("Mine", summer: "M4"),
            ["DTSTART;TZID=Mine:20260401T090000"],
            false
        ),
        Example("a VTIMEZONE that is none", block("VTIMEZONE", ["TZID:Europe/Berlin"]), [march], false),
    ]

    @Test(
        "Where a file has another clock than the system near now, and an event by it, that is told",
        arguments: examples
    )
    func differences(_ example: Example) throws {
        let told = try Self.told(example.timezone, example.event, near: example.near)
        #expect(told == (example.isTold ? ["zone-differs 2", "zone-differs 2"] : []))
    }

    @Test("The day told is the first on which the clocks differ")
    func day() throws {
        let check = TimezoneCheck(near: try window("2026-01-01", "2026-12-31"))
        let lines = Self.late + block("VEVENT", ["UID:1", Self.march])
        let file = CalendarFile(
            parsing: Array(lines.map { $0 + "\n" }.joined().utf8),
            check: check,
            zones: TestZones.named
        )
        #expect(file.findings.first?.message.contains("on 2026-03-29") == true)
    }
}
