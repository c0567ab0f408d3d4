import CivilTime
import Testing

@testable import VObject

@Suite("How long events last")
struct EventLengthTests {
    /// The lines of an event and when it ends, to a user in Berlin.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let end: String
        let told: [String]

        init(_ lines: String, _ end: String, told: [String] = []) {
            (testDescription, self.end, self.told) = (lines, end, told)
        }
    }

    static let examples = [
        // Without an end, a time has no length and a date lasts its day.
        Example("DTSTART:20260105T090000Z", "2026-01-05T09:00:00Z"),
        Example("DTSTART:20260105T090000", "2026-01-05T09:00:00"),
        Example("DTSTART:20260105", "2026-01-06"),
        Example("DTSTART:20260105T090000Z DTEND:20260105T100000Z", "2026-01-05T10:00:00Z"),
        Example("DTSTART:20260105 DTEND:20260108", "2026-01-08"),
        Example("DTSTART:20260105 DTEND:20260105", "2026-01-06"),
        Example("DTSTART:20260105T090000Z DURATION:PT90M", "2026-01-05T10:30:00Z"),
        Example("DTSTART:20260105 DURATION:P3D", "2026-01-08"),
        Example("DTSTART:20260105 DURATION:PT48H", "2026-01-07"),
        Example("DTSTART:20260105 DURATION:PT1H", "2026-01-06"),
        Example("DTSTART:20260105 DURATION:P0D", "2026-01-06"),
        // The end counts where both stand.
        Example("DTSTART:20260105T090000Z DTEND:20260105T100000Z DURATION:PT9H", "2026-01-05T10:00:00Z"),
        // Two zones: 09:00 in Berlin to 09:00 in New York are six hours.
        Example(
            "DTSTART;TZID=Europe/Berlin:20260105T090000 DTEND;TZID=America/New_York:20260105T090000",
            "2026-01-05T14:00:00Z"
        ),
        // A day is a day of the calendar, hours are exact: the night of 28 March has one hour less.
        Example("DTSTART;TZID=Europe/Berlin:20260328T120000 DURATION:P1D", "2026-03-29T10:00:00Z"),
        Example("DTSTART;TZID=Europe/Berlin:20260328T120000 DURATION:PT24H", "2026-03-29T11:00:00Z"),
        Example("DTSTART;TZID=Europe/Berlin:20261024T120000 DURATION:P1DT1H", "2026-10-25T12:00:00Z"),
        Example("DTSTART:20260328T120000 DURATION:PT24H", "2026-03-29T13:00:00"),
        // What cannot be is told, and the event stays.
        Example("DTSTART:20260105T090000Z DTEND:20260105T080000Z", "2026-01-05T09:00:00Z", told: ["end-before-start"]),
        Example("DTSTART:20260105 DTEND:20260104", "2026-01-06", told: ["end-before-start"]),
        Example("DTSTART:20260105T090000Z DTEND:20260106", "2026-01-05T09:00:00Z", told: ["end-type"]),
        Example("DTSTART:20260105 DTEND:20260105T100000Z", "2026-01-06", told: ["end-type"]),
        Example("DTSTART:20260105T090000Z DTEND:20260106 DURATION:PT1H", "2026-01-05T10:00:00Z", told: ["end-type"]),
        Example("DTSTART:20260105T090000Z DTEND:soon", "2026-01-05T09:00:00Z", told: ["bad-time"]),
        Example("DTSTART:20260105T090000Z DTEND:soon DURATION:PT1H", "2026-01-05T10:00:00Z", told: ["bad-time"]),
        Example("DTSTART:20260105T090000Z DURATION:-PT1H", "2026-01-05T09:00:00Z", told: ["bad-duration"]),
        Example("DTSTART:20260105T090000Z DURATION:1h", "2026-01-05T09:00:00Z", told: ["bad-duration"]),
        Example("DTSTART:20260105T090000Z DURATION:P99999999999D", "2026-01-05T09:00:00Z", told: ["bad-duration"]),
        // Not so by their clocks, and yet it ends first.
        Example(
            "DTSTART;TZID=America/New_York:20260105T090000 DTEND;TZID=Europe/Berlin:20260105T100000",
            "2026-01-05T14:00:00Z",
            told: ["end-before-start"]
        ),
        // A later time by the clock, the same instant: the hour that comes twice.
        Example(
            "DTSTART;TZID=Europe/Berlin:20260329T023000 DTEND;TZID=Europe/Berlin:20260329T033000",
            "2026-03-29T01:30:00Z"
        ),
    ]

    @Test("An event ends where its end or its duration says, and never before it starts", arguments: examples)
    func end(_ example: Example) throws {
        let berlin = try TestZones.required("Europe/Berlin")
        let lines = example.testDescription.split(separator: " ").map(String.init)
        let file = CalendarFile(event: ["UID:1"] + lines)
        let event = try #require(file.events.first)
        #expect(event.end(from: event.start, floating: berlin).text == example.end)
        #expect(file.codes == example.told)
    }

    @Test(
        "A huge duration ends far away and breaks nothing",
        arguments: ["P999999999W", "PT999999999H", "P999999999WT999999999H"]
    )
    func huge(duration: String) throws {
        for start in ["DTSTART:20260105T090000Z", "DTSTART:20260105", "DTSTART;TZID=Europe/Berlin:99991230T090000"] {
            for rule in [[], ["RRULE:FREQ=YEARLY"]] as [[String]] {
                let file = CalendarFile(event: ["UID:1", start, "DURATION:" + duration] + rule)
                #expect(file.codes == [])
                let found = try file.occurrences(in: window("9999-12-30", "9999-12-31"), floating: .utc)
                #expect(!found.isEmpty)
            }
        }
    }

    @Test("Each instance of a series lasts as long as the first, exactly, over a change of the clock")
    func series() throws {
        let berlin = try TestZones.required("Europe/Berlin")
        let file = CalendarFile(event: [
            "UID:1", "DTSTART;TZID=Europe/Berlin:20260327T220000", "DTEND;TZID=Europe/Berlin:20260328T060000",
            "RRULE:FREQ=DAILY;COUNT=3",
        ])
        let found = try file.occurrences(in: window("2026-03-01", "2026-04-30"), floating: berlin)
        #expect(found.map { $0.end.seconds(since: $0.start) } == [28_800, 28_800, 28_800])
        #expect(
            found.map { berlin.local($0.end).description } == [
                "2026-03-28T06:00:00", "2026-03-29T07:00:00", "2026-03-30T06:00:00",
            ]
        )
    }
}
