import CivilTime
import Testing

@testable import VObject

@Suite("Alarms")
struct AlarmTests {
    static func file(_ properties: [String]) -> CalendarFile {
        let alarm = block("VALARM", properties)
        return CalendarFile(lines: block("VCALENDAR", block("VTODO", ["UID:1"] + alarm)))
    }

    /// The lines of an alarm, and when it goes off for what lasts from 9 to 10 in Berlin on 29 March 2026, the day the
    /// clocks change.
    static let examples: [([String], [String])] = [
        (["TRIGGER:-PT15M"], ["2026-03-29T06:45:00Z"]), (["TRIGGER;RELATED=START:PT0S"], ["2026-03-29T07:00:00Z"]),
        (["TRIGGER;RELATED=END:PT5M"], ["2026-03-29T08:05:00Z"]),
        // A day before is the same hour by the clock; 24 hours before is not.
        (["TRIGGER:-P1D"], ["2026-03-28T08:00:00Z"]), (["TRIGGER:-PT24H"], ["2026-03-28T07:00:00Z"]),
        (["TRIGGER;VALUE=DATE-TIME:20260328T120000Z"], ["2026-03-28T12:00:00Z"]),
        (["TRIGGER:20260328T120000Z"], ["2026-03-28T12:00:00Z"]),
        (["TRIGGER;VALUE=DURATION:-PT1H"], ["2026-03-29T06:00:00Z"]),
        (
            ["TRIGGER:-PT10M", "REPEAT:2", "DURATION:PT5M"],
            ["2026-03-29T06:50:00Z", "2026-03-29T06:55:00Z", "2026-03-29T07:00:00Z"]
        ),
        (["TRIGGER:-PT10M", "REPEAT:2"], ["2026-03-29T06:50:00Z"]),
        (["TRIGGER:-PT10M", "REPEAT:x", "DURATION:PT5M"], ["2026-03-29T06:50:00Z"]),
        (["TRIGGER:-PT10M", "REPEAT:2", "DURATION:-PT5M"], ["2026-03-29T06:50:00Z"]),
    ]

    @Test("An alarm goes off when its trigger says", arguments: examples)
    func instants(lines: [String], instants: [String]) throws {
        let file = Self.file(lines)
        let alarm = try #require(file.todos.first?.alarms.first)
        let berlin = try TestZones.required("Europe/Berlin")
        let (start, end) = try (civil("20260329T090000"), civil("20260329T100000"))
        let found = alarm.instants(start: .zoned(start, berlin), end: .zoned(end, berlin), floating: .utc)
        #expect(found.map(\.description) == instants && file.codes == [])
        #expect(alarm.instants(start: .floating(start), end: .floating(end), floating: berlin) == found)
    }

    @Test("What counts from a time that is not there does not go off")
    func open() throws {
        let alarms = try ["TRIGGER:-PT1H", "TRIGGER;RELATED=END:-PT1H"].map {
            try #require(Self.file([$0]).todos.first?.alarms.first)
        }
        let day = EventTime.date(CivilDate(daysSinceEpoch: 1))
        #expect(alarms.map { $0.instants(start: nil, end: day, floating: .utc).map(\.seconds) } == [[], [82_800]])
        #expect(alarms.map { $0.instants(start: day, end: nil, floating: .utc).map(\.seconds) } == [[82_800], []])
    }

    @Test("An alarm that repeats for ever ends")
    func endless() throws {
        let file = Self.file(["TRIGGER:PT0S", "REPEAT:999999999999", "DURATION:P999999999W"])
        let day = EventTime.date(CivilDate(daysSinceEpoch: 1))
        #expect(file.todos.first?.alarms.first?.instants(start: day, end: nil, floating: .utc).count == 100)
    }

    @Test("An alarm ages away is far away, and no more", arguments: ["P999999999W", "-P999999999W", "PT999999999H"])
    func farAway(length: String) throws {
        let file = Self.file(["TRIGGER:" + length, "REPEAT:9", "DURATION:P999999999W"])
        let start = try EventTime.zoned(civil("20260329T090000"), TestZones.required("Europe/Berlin"))
        let found = try #require(file.todos.first?.alarms.first).instants(start: start, end: nil, floating: .utc)
        #expect(found.count == 10 && abs(found[0].seconds) > 1_000_000_000_000)
    }

    @Test("What a program adds is read or passed over")
    func extras() throws {
        let file = Self.file([
            "UID:a", "X-WR-ALARMUID:a", "ACTION:email", "TRIGGER:-PT15M", "DESCRIPTION:x", "SUMMARY:y",
            "PROXIMITY:ARRIVE",
            "ATTENDEE:mailto:a@x.org", "ACKNOWLEDGED:20260328T120000Z", "X-APPLE-DEFAULT-ALARM:TRUE",
        ])
        let alarm = try #require(file.todos.first?.alarms.first)
        #expect(alarm.uid == "a" && alarm.action == "EMAIL" && alarm.description == "x" && alarm.line == 4)
        #expect(alarm.acknowledged?.text == "2026-03-28T12:00:00Z" && file.codes == [])
    }

    @Test("An alarm that does not say when is left out and told", arguments: [[], ["TRIGGER:"], ["TRIGGER:soon"]])
    func noTrigger(lines: [String]) {
        let file = Self.file(["ACTION:DISPLAY"] + lines)
        #expect(file.todos.map(\.alarms) == [[]] && file.findings.map { "\($0.code) \($0.line)" } == ["bad-trigger 4"])
    }

    @Test("An event has its alarms; one that cannot be read leaves the event as it is")
    func event() {
        let alarms = block("VALARM", ["TRIGGER:-PT15M"]) + block("VALARM", ["TRIGGER:soon"])
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z"] + alarms)
        #expect(file.events.map { $0.alarms.map(\.trigger) } == [[.start(days: 0, seconds: -900)]])
        // Its alarms are read when somebody asks for the event, and by then nobody tells findings.
        #expect(file.codes == [])
    }
}
