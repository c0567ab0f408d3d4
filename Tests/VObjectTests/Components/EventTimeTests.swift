import CivilTime
import Testing

@testable import VObject

@Suite("Times of events")
struct EventTimeTests {
    /// A property's parameters and value, with the time they mean to a user in New York.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let instant: String
        let told: [String]

        init(_ line: String, _ text: String, _ instant: String, told: [String] = []) {
            (testDescription, self.text, self.instant, self.told) = (line, text, instant, told)
        }
    }

    static let examples = [
        Example(":20260105T090000Z", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"),
        Example(":20260105T090000", "2026-01-05T09:00:00", "2026-01-05T14:00:00Z"),
        Example(": 20260105T090000 ", "2026-01-05T09:00:00", "2026-01-05T14:00:00Z"),
        Example(";VALUE=DATE:20260105", "2026-01-05", "2026-01-05T05:00:00Z"),
        Example(":20260105", "2026-01-05", "2026-01-05T05:00:00Z"),
        Example(";TZID=Europe/Berlin;VALUE=DATE:20260105", "2026-01-05", "2026-01-05T05:00:00Z"),
        Example(";TZID=Europe/Berlin:20260105T090000", "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z"),
        Example(";TZID=\"Europe/Berlin\":20260705T090000", "2026-07-05T07:00:00Z", "2026-07-05T07:00:00Z"),
        Example(";TZID=Europe/Berlin:20260105T090000Z", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"),
        Example(";TZID=UTC:20260105T090000", "2026-01-05T09:00:00Z", "2026-01-05T09:00:00Z"),
        Example(
            ";TZID=/mozilla.org/20050126_1/Europe/Berlin:20260105T090000",
            "2026-01-05T08:00:00Z",
            "2026-01-05T08:00:00Z"
        ),
        Example(
            ";TZID=/citadel.org/America/Argentina/Buenos_Aires:20260105T090000",
            "2026-01-05T12:00:00Z",
            "2026-01-05T12:00:00Z"
        ),
        Example(";TZID=x/Europe/Berlin:20260105T090000", "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z"),
        Example(
            ";TZID=Mars/Olympus:20260105T090000",
            "2026-01-05T09:00:00",
            "2026-01-05T14:00:00Z",
            told: ["unknown-zone"]
        ),
        Example(";TZID=Berlin:20260105T090000", "2026-01-05T09:00:00", "2026-01-05T14:00:00Z", told: ["unknown-zone"]),
        Example(
            ";TZID=Europe/Berlin/:20260105T090000",
            "2026-01-05T09:00:00",
            "2026-01-05T14:00:00Z",
            told: ["unknown-zone"]
        ),
        Example(";TZID=:20260105T090000", "2026-01-05T09:00:00", "2026-01-05T14:00:00Z", told: ["unknown-zone"]),
        Example(";TZID=///:20260105T090000", "2026-01-05T09:00:00", "2026-01-05T14:00:00Z", told: ["unknown-zone"]),
        // The clock is set ahead here, and back: the offset before the gap, and the first of the two.
        Example(";TZID=Europe/Berlin:20260329T023000", "2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z"),
        Example(";TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z"),
        Example(":20260308T023000", "2026-03-08T02:30:00", "2026-03-08T07:30:00Z"),
        // A leap second is the one before it.
        Example(":20161231T235960Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z"),
        Example(":00010101T000000Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        Example(":99991231T235959Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ]

    @Test("A time is read with its zone; an unknown zone is the user's own, and told", arguments: examples)
    func reading(_ example: Example) throws {
        let file = CalendarFile(event: ["UID:1", "DTSTART" + example.testDescription])
        let event = try #require(file.events.first)
        #expect(event.start.text == example.text)
        #expect(
            event.start.instant(floating: try TestZones.required("America/New_York")).description == example.instant
        )
        #expect(file.codes == example.told)
    }

    @Test("An unknown zone is told wherever it stands, once a line")
    func everyLine() {
        let file = CalendarFile(event: [
            "UID:1", "DTSTART;TZID=Mars:20260105T090000", "DTEND;TZID=Mars:20260105T100000", "RRULE:FREQ=DAILY",
            "EXDATE;TZID=Mars:20260106T090000",
        ])
        #expect(file.findings.map(\.code) == ["unknown-zone", "unknown-zone", "unknown-zone"])
        #expect(file.findings.map(\.line) == [4, 5, 7])
    }

    @Test("A zone's name with a hundred thousand slashes is no work", .timeLimit(.minutes(1)))
    func slashes() {
        let name = String(repeating: "a/", count: 1_000_000)
        let file = CalendarFile(event: ["UID:1", "DTSTART;TZID=\(name):20260105T090000"])
        #expect(file.codes == ["unknown-zone"] && file.uids == ["1"])
        #expect((file.findings.first?.message.utf8.count ?? 0) < 200)
    }

    @Test(
        "What is no time of the calendar is none",
        arguments: [
            "", "2026", "2026010", "202601051", "20260105T", "20260105T09", "20260105T0900", "20260105T090000z",
            "20260105t090000", "20260105T090000ZZ", "20260105 090000", "20260105T240000", "20260105T096000",
            "20260105T090061", "2026-01-05", "2026-01-05T09:00:00", "20260132", "20261301", "20260229", "２０２６0105",
            "+2260105", "-2260105", "20260105T09000é", "20260105T090000+0100",
        ]
    )
    func refused(text: String) {
        #expect(dateTime(text) == nil)
    }

    @Test(
        "A duration is days of the calendar and exact seconds",
        arguments: [
            ("P1W", 7, 0), ("P1D", 1, 0), ("PT1H", 0, 3_600), ("PT1H30M", 0, 5_400), ("PT5S", 0, 5),
            ("P1DT2H", 1, 7_200),
            ("+PT15M", 0, 900), ("-PT15M", 0, -900), ("-P2D", -2, 0), ("PT0S", 0, 0), ("P0D", 0, 0), ("P1W2D", 9, 0),
            ("P999999999W", 6_999_999_993, 0), ("PT999999999H", 0, 3_599_999_996_400), ("PT36H", 0, 129_600),
        ] as [(String, Int, Int64)]
    )
    func duration(text: String, days: Int, seconds: Int64) {
        #expect(EventDuration(text) == EventDuration(days: days, seconds: seconds))
    }

    @Test(
        "What is no duration is none",
        arguments: [
            "", "P", "PT", "P1", "PT1", "1D", "P1H", "PT1D", "P1DT", "PT1M1H", "P1D1W", "PT1H1H", "P-1D", "P1.5D",
            "PT1HT1M", "P1Y", "p1d", "P 1D", "P1D ", "--P1D", "+-P1D", "P1000000000D", "P１D", "PD", "T1H", "PT1W",
        ]
    )
    func badDuration(text: String) {
        #expect(EventDuration(text) == nil)
    }
}
