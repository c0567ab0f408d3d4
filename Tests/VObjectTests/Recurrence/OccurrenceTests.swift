import CivilTime
import Testing

@testable import VObject

@Suite("Occurrences")
struct OccurrenceTests {
    /// A daily series in Berlin from Monday 5 January 2026 at nine, less what its lines exclude.
    static func daily(_ lines: [String], start: String = "DTSTART;TZID=Europe/Berlin:20260105T090000") -> CalendarFile {
        CalendarFile(event: ["UID:1", start, "RRULE:FREQ=DAILY;COUNT=5"] + lines)
    }

    /// The days of January on which it takes place, to a user in Berlin.
    static func days(_ file: CalendarFile) throws -> [Int] {
        let berlin = try TestZones.required("Europe/Berlin")
        return try file.occurrences(in: window("2026-01-01", "2026-02-01"), floating: berlin).map {
            berlin.date($0.start).day
        }
    }

    @Test(
        "An instance is excluded by date, by local time, in UTC and in another zone",
        arguments: [
            ("EXDATE;TZID=Europe/Berlin:20260106T090000", [5, 7, 8, 9]),
            ("EXDATE:20260106T080000Z", [5, 7, 8, 9]), ("EXDATE:20260106T090000", [5, 7, 8, 9]),
            ("EXDATE;TZID=America/New_York:20260106T030000", [5, 7, 8, 9]),
            ("EXDATE;VALUE=DATE:20260106", [5, 7, 8, 9]), ("EXDATE:20260106", [5, 7, 8, 9]),
            ("EXDATE;TZID=Europe/Berlin:20260106T090000,20260108T090000", [5, 7, 9]),
            ("EXDATE:20260106T080000Z, 20260107T080000Z ,", [5, 8, 9]),
            ("EXDATE;TZID=Europe/Berlin:20260105T090000", [6, 7, 8, 9]),
            ("EXDATE;TZID=Europe/Berlin:20260106T090001", [5, 6, 7, 8, 9]),
            ("EXDATE:20260106T090000Z", [5, 6, 7, 8, 9]), ("EXDATE:20270106T080000Z", [5, 6, 7, 8, 9]),
            ("EXDATE:", [5, 6, 7, 8, 9]), ("EXDATE:soon,20260106T080000Z", [5, 7, 8, 9]),
            ("EXDATE:20260105,20260106,20260107,20260108,20260109", []),
        ]
    )
    func excluded(line: String, days: [Int]) throws {
        #expect(try Self.days(Self.daily([line])) == days)
    }

    @Test("Every EXDATE line counts, also for whole days and floating times")
    func excludedLines() throws {
        let lines = ["EXDATE:20260106", "EXDATE:20260108"]
        #expect(try Self.days(Self.daily(lines, start: "DTSTART;VALUE=DATE:20260105")) == [5, 7, 9])
        let floating = ["EXDATE:20260106T090000", "EXDATE:20260108T090000"]
        #expect(try Self.days(Self.daily(floating, start: "DTSTART:20260105T090000")) == [5, 7, 9])
    }

    @Test("A date that cannot be read is told, and the others count")
    func badDates() throws {
        let file = Self.daily(["EXDATE:soon,20260106T080000Z"])
        #expect(file.findings.map { "\($0.code) \($0.line)" } == ["bad-time 6"])
        #expect(try Self.days(file) == [5, 7, 8, 9])
    }

    @Test("Further dates are added, once each, and can be excluded")
    func extraDates() throws {
        let extra = "RDATE;TZID=Europe/Berlin:20260120T110000,20260121T110000"
        #expect(try Self.days(Self.daily([extra])) == [5, 6, 7, 8, 9, 20, 21])
        #expect(try Self.days(Self.daily([extra, "EXDATE:20260120T100000Z"])) == [5, 6, 7, 8, 9, 21])
        // The same instants as the rule gives, in other words.
        let same = [
            "RDATE:20260105T080000Z,20260106T080000Z", "RDATE:20260107T090000",
            "RDATE;TZID=America/New_York:20260108T030000", "RDATE;TZID=America/New_York:20260108T030000",
        ]
        #expect(try Self.days(Self.daily(same)) == [5, 6, 7, 8, 9])
    }

    @Test("Whole days as Exchange writes them are days, with what is excluded and overridden of them")
    func exchangeDays() throws {
        let (zone, mark) = (";TZID=America/New_York:", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE")
        let times = ["DTSTART\(zone)20260105T000000", "DTEND\(zone)20260106T000000", mark]
        let excluded = ["RRULE:FREQ=DAILY;COUNT=4", "EXDATE\(zone)20260106T000000"]
        let moved = [
            "RECURRENCE-ID\(zone)20260107T000000", "DTSTART\(zone)20260120T000000", "DTEND\(zone)20260121T000000", mark,
        ]
        let file = CalendarFile(
            lines: block("VEVENT", ["UID:1"] + times + excluded) + block("VEVENT", ["UID:1"] + moved)
        )
        let berlin = try TestZones.required("Europe/Berlin")
        #expect(
            try file.starts(from: "2026-01-01", until: "2026-02-01", in: berlin) == [
                "2026-01-05", "2026-01-08", "2026-01-20",
            ]
        )
        let timed = CalendarFile(event: ["UID:1", "DTSTART\(zone)20260105T000000", "DTEND\(zone)20260105T010000", mark])
        #expect(timed.events.map(\.start.isDate) == [false])
    }

    @Test(
        "A period lasts as long as it says, also on a day the rule gives; what is none is told and its start read",
        arguments: [
            ("20260120T100000Z/PT3H", "2026-01-20T10:00:00Z 2026-01-20T13:00:00Z", []),
            ("20260120T100000Z/20260120T101500Z", "2026-01-20T10:00:00Z 2026-01-20T10:15:00Z", []),
            ("20260109T080000Z/P1DT1H", "2026-01-09T08:00:00Z 2026-01-10T09:00:00Z", []),
            ("20260120T100000Z/soon", "2026-01-20T10:00:00Z 2026-01-20T11:00:00Z", ["bad-time", "period"]),
            ("20260120T100000Z/-PT1H", "2026-01-20T10:00:00Z 2026-01-20T11:00:00Z", ["bad-time", "period"]),
            ("20260120T100000Z/20260119T100000Z", "2026-01-20T10:00:00Z 2026-01-20T11:00:00Z", ["period"]),
            ("20260120T100000Z/", "2026-01-20T10:00:00Z 2026-01-20T11:00:00Z", []),
        ] as [(String, String, [String])]
    )
    func periods(period: String, last: String, codes: [String]) throws {
        let file = Self.daily(["DURATION:PT1H", "RDATE;VALUE=PERIOD:" + period])
        let found = try file.occurrences(in: window("2026-01-01", "2026-02-01"), floating: .utc)
        #expect(found.last.map { "\($0.start) \($0.end)" } == last && file.codes == codes)
        #expect(found.count == (last.hasPrefix("2026-01-09") ? 5 : 6))
    }

    @Test("The first instance is DTSTART, also where the rule would not give it")
    func firstInstance() throws {
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2"])
        #expect(try Self.days(file) == [5, 9, 16])
    }

    @Test(
        "What touches a window is in it: the start counts, the end does not",
        arguments: [
            ("20260104T230000Z", "PT1H", 0), ("20260104T230000Z", "PT1H1S", 1), ("20260104T235959Z", "PT0S", 0),
            ("20260105T000000Z", "PT0S", 1), ("20260105T235959Z", "PT0S", 1), ("20260106T000000Z", "PT1H", 0),
            ("20260106T000000Z", "PT0S", 0), ("20260101T000000Z", "P30D", 1), ("20260105T120000Z", "PT1H", 1),
        ]
    )
    func touching(start: String, duration: String, count: Int) throws {
        for rule in [[], ["RRULE:FREQ=YEARLY"]] as [[String]] {
            let file = CalendarFile(event: ["UID:1", "DTSTART:" + start, "DURATION:" + duration] + rule)
            #expect(try file.occurrences(in: window("2026-01-05", "2026-01-06"), floating: .utc).count == count)
        }
    }

    @Test("A long instance that began before the window is in it", arguments: [0, 1, 13, 14, 400, 5_000])
    func long(days: Int) throws {
        let file = CalendarFile(event: [
            "UID:1", "DTSTART;VALUE=DATE:20000103", "DURATION:P\(max(1, days))D", "RRULE:FREQ=WEEKLY",
        ])
        // Monday 5 January is the last start of those that count.
        let found = try file.occurrences(in: window("2026-01-05", "2026-01-06"), floating: .utc)
        #expect(found.count == min(1 + max(0, days - 1) / 7, 1_358))
        #expect(found.allSatisfy { $0.end > $0.start })
    }

    @Test("A day is a day of the user's zone, and a floating time is told by the user's clock")
    func userZone() throws {
        let file = CalendarFile(
            lines: block("VEVENT", ["UID:day", "DTSTART:20260105", "RRULE:FREQ=DAILY;COUNT=2"])
                + block("VEVENT", ["UID:floating", "DTSTART:20260105T090000", "DURATION:PT1H"])
        )
        let zone = try TestZones.required("America/New_York")
        let found = try file.occurrences(in: window("2026-01-05", "2026-01-06", in: zone), floating: zone)
        #expect(found.map(\.event.uid) == ["day", "floating"])
        #expect(found.map(\.start.description) == ["2026-01-05T05:00:00Z", "2026-01-05T14:00:00Z"])
        #expect(found.map(\.end.description) == ["2026-01-06T05:00:00Z", "2026-01-05T15:00:00Z"])
        #expect(found.map(\.isAllDay) == [true, false] && found.map { $0.recurrenceID?.text } == ["2026-01-05", nil])
    }

    @Test("Gaps and folds: a time that does not exist is read by the offset before, one that comes twice is the first")
    func clockChanges() throws {
        let lines = ["RRULE:FREQ=DAILY", "DURATION:PT30M"]
        let spring = CalendarFile(event: ["UID:1", "DTSTART;TZID=Europe/Berlin:20260327T023000"] + lines)
        #expect(
            try spring.starts(from: "2026-03-28", until: "2026-03-31") == [
                "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z",
            ]
        )
        let autumn = CalendarFile(event: ["UID:1", "DTSTART;TZID=Europe/Berlin:20261023T023000"] + lines)
        #expect(
            try autumn.starts(from: "2026-10-24", until: "2026-10-27") == [
                "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z",
            ]
        )
        // The clock of Lord Howe is set by half an hour; midnight of 6 September does not exist in Santiago.
        let howe = CalendarFile(event: ["UID:1", "DTSTART;TZID=Australia/Lord_Howe:20261003T021500"] + lines)
        #expect(
            try howe.starts(from: "2026-10-02", until: "2026-10-05") == [
                "2026-10-02T15:45:00Z", "2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z",
            ]
        )
        let day = CalendarFile(event: ["UID:1", "DTSTART;VALUE=DATE:20260905", "RRULE:FREQ=DAILY;COUNT=3"])
        let santiago = try TestZones.required("America/Santiago")
        let found = try day.occurrences(in: window("2026-09-01", "2026-09-30"), floating: santiago)
        #expect(found.map(\.startTime.text) == ["2026-09-05", "2026-09-06", "2026-09-07"])
        #expect(found.map { $0.end.seconds(since: $0.start) / 3_600 } == [24, 23, 24])
    }

    @Test("A window far from the start is reached without walking there", .timeLimit(.minutes(1)))
    func farWindow() throws {
        for rule in ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] {
            let file = CalendarFile(event: ["UID:1", "DTSTART:00010105T090000Z", "RRULE:FREQ=" + rule])
            for _ in 0..<50 {
                let found = try file.starts(from: "9990-01-01", until: "9991-01-01")
                #expect((1...365).contains(found.count) && found.allSatisfy { $0.hasPrefix("9990-") })
            }
        }
    }

    @Test("Occurrences come in order of start, then UID, then line")
    func order() throws {
        let events = [
            ("b", "20260105T090000Z"), ("a", "20260105T090000Z"), ("c", "20260104T090000Z"), ("a", "20260105T090000Z"),
        ]
        let file = CalendarFile(lines: events.flatMap { block("VEVENT", ["UID:\($0.0)", "DTSTART:\($0.1)"]) })
        let found = try file.occurrences(in: window("2026-01-01", "2026-02-01"), floating: .utc)
        #expect(found.map(\.event.uid) == ["c", "a", "a", "b"] && found.map(\.event.line) == [9, 5, 13, 1])
    }

    @Test(
        "A series gives so many occurrences in a window, the first of them, whatever the window",
        .timeLimit(.minutes(1))
    )
    func limit() throws {
        var limits = Limits()
        limits.occurrences = 3
        let lines = ["UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY"]
        let file = CalendarFile(event: lines, limits: limits)
        let first = ["2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z", "2026-01-07T09:00:00Z"]
        #expect(try file.starts(from: "2026-01-01", until: "2026-02-01") == first)
        #expect(try file.starts(from: "2026-01-01", until: "9999-12-31") == first)
        #expect(try file.starts(from: "2026-03-01", until: "2026-04-01").first == "2026-03-01T09:00:00Z")
        let short = CalendarFile(event: ["EXDATE:20260106"] + lines, limits: limits)
        #expect(try short.starts(from: "2026-01-01", until: "2026-02-01").last == "2026-01-08T09:00:00Z")
    }

    @Test("Each limit on what a series and a file give is told, with the line of the event that reached it")
    func toldLimits() throws {
        let series = block("VEVENT", ["UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY"])
        func told(_ change: (inout Limits) -> Void) throws -> [String] {
            var (limits, count) = (Limits(), 0)
            change(&limits)
            let file = CalendarFile(
                lines: series + series + block("VEVENT", ["UID:2", "DTSTART:20260110"]),
                limits: limits
            )
            let findings = try file.forEachOccurrence(in: window("2026-01-01", "2026-01-15"), floating: .utc) { _ in
                count += 1
            }
            return findings.map { "\($0.code) \($0.line)" } + ["\(count)"]
        }
        #expect(try told { _ in } == ["21"])
        #expect(try told { $0.occurrences = 10 } == ["21"])
        #expect(try told { $0.occurrences = 4 } == ["too-many-occurrences 1", "too-many-occurrences 6", "9"])
        #expect(try told { $0.occurrencesOfFile = 21 } == ["21"])
        #expect(try told { $0.occurrencesOfFile = 12 } == ["too-many-occurrences 6", "too-many-occurrences 11", "12"])
        #expect(try told { $0.steps = 5 } == ["too-many-occurrences 1", "too-many-occurrences 6", "11"])
        #expect(try told { $0.stepsOfFile = 14 } == ["too-many-occurrences 6", "13"])
    }

    @Test("A rule by the second gives what is in the window, or gives up on what is excluded", .timeLimit(.minutes(1)))
    func bySeconds() throws {
        let lines = ["UID:1", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY;INTERVAL=20"]
        let found = try CalendarFile(event: lines).starts(from: "2026-01-05", until: "2026-01-06")
        #expect(found.count == 4_320 && found.first == "2026-01-05T00:00:00Z")
        let first = try #require(CivilDate("2026-01-01"))
        let excluded = (0..<10_000).map { "EXDATE:" + first.adding(days: $0).description.filter { $0 != "-" } }
        let none = ["UID:1", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY"] + excluded
        #expect(try CalendarFile(event: none).starts(from: "2026-01-05", until: "2050-01-01") == [])
    }
}
