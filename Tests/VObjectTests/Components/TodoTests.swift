import CivilTime
import Testing

@testable import VObject

@Suite("Tasks")
struct TodoTests {
    static func file(_ properties: [String]) -> CalendarFile {
        CalendarFile(lines: block("VCALENDAR", block("VTODO", properties)))
    }

    @Test("A task is read with all it says")
    func properties() throws {
        let file = Self.file([
            "UID: 1 ", "DTSTART;TZID=Europe/Berlin:20260127T090000", "DUE;TZID=Europe/Berlin:20260130T170000",
            #"SUMMARY:Send the deck\, please"#, #"DESCRIPTION:a\nb"#, "PRIORITY:1", "STATUS:in-process",
            "PERCENT-COMPLETE:40", "COMPLETED:20260128T080000Z", #"CATEGORIES:kith,a\, b"#, "CATEGORIES:c",
            "RELATED-TO;RELTYPE=SIBLING:s", "RELATED-TO:p", "URL:https://x.org/1", "X-KITH-NUDGE: reconnect a ",
            "RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20260203T090000",
        ])
        let todo = try #require(file.todos.first)
        #expect(file.codes == [] && file.events == [] && file.components == 1 && file.todos.count == 1)
        #expect(todo.uid == "1" && todo.line == 2 && todo.isSeries && todo.recurrenceID == nil)
        #expect(todo.start?.text == "2026-01-27T08:00:00Z" && todo.due?.text == "2026-01-30T16:00:00Z")
        #expect(todo.summary == "Send the deck, please" && todo.description == "a\nb" && todo.priority == 1)
        #expect(todo.status == .inProcess && todo.percent == 40 && todo.completed?.text == "2026-01-28T08:00:00Z")
        #expect(todo.categories == ["kith", "a, b", "c"] && todo.parent == "p" && todo.url == "https://x.org/1")
        #expect(
            todo.nudge == "reconnect a" && todo.recurrence?.rule != nil && todo.recurrence?.excludedDates.count == 1
        )
    }

    @Test("A task needs nothing but a name to be one")
    func bare() throws {
        let file = Self.file(["UID:1", "SUMMARY:Milk"])
        let todo = try #require(file.todos.first)
        #expect(file.codes == [] && todo.start == nil && todo.due == nil && todo.completed == nil)
        #expect(todo.status == .needsAction && todo.percent == nil && todo.priority == nil && todo.categories == [])
        #expect(todo.parent == nil && todo.nudge == nil && todo.alarms == [] && !todo.isSeries)
        let nameless = Self.file(["DUE;VALUE=DATE:20260130", "SUMMARY:Milk"])
        #expect(nameless.todos.map(\.uid) == ["2026-01-30 Milk"] && nameless.codes == ["no-uid"])
    }

    /// The lines that say when, what is due, and what is told.
    static let times: [([String], String?, [String])] = [
        (["DUE:20260130T170000Z"], "2026-01-30T17:00:00Z", []), (["DUE;VALUE=DATE:20260130"], "2026-01-30", []),
        (["DTSTART:20260127T090000Z", "DURATION:PT2H"], "2026-01-27T11:00:00Z", []),
        (["DTSTART;VALUE=DATE:20260127", "DURATION:P3D"], "2026-01-30", []),
        (["DTSTART:20260127T090000", "DURATION:P1DT1H"], "2026-01-28T10:00:00", []),
        // A day of the calendar, over the change of clocks in Berlin.
        (["DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:P1D"], "2026-03-29T10:00:00Z", []),
        (["DTSTART;TZID=Europe/Berlin:20260328T120000", "DURATION:PT24H"], "2026-03-29T11:00:00Z", []),
        (["DTSTART:20260127T090000Z", "DUE:20260128T090000Z", "DURATION:PT1H"], "2026-01-28T09:00:00Z", []),
        (["DURATION:PT2H"], nil, ["no-start"]), (["DUE:soon"], nil, ["bad-time"]),
        (["DTSTART:20260127T090000Z", "DURATION:-PT2H"], nil, ["bad-duration"]),
        (["DTSTART:20260127T090000Z", "DUE:20260126T090000Z"], "2026-01-26T09:00:00Z", ["due-before-start"]),
        (["DTSTART;VALUE=DATE:20260127", "DUE:20260126T090000Z"], "2026-01-26T09:00:00Z", []),
        (["DTSTART:never", "DUE:20260126T090000Z"], "2026-01-26T09:00:00Z", ["bad-time"]),
    ]

    @Test("When it is due stands there or follows from how long it takes", arguments: times)
    func due(lines: [String], due: String?, told: [String]) {
        let file = Self.file(["UID:1"] + lines)
        #expect(file.todos.map { $0.due?.text } == [due] && file.codes == told)
    }

    /// The lines that say how far it is, the state, and what is told.
    static let states: [([String], Todo.Status, [String])] = [
        (["STATUS:COMPLETED"], .completed, []), (["STATUS: cancelled "], .cancelled, []),
        (["STATUS:NEEDS-ACTION", "PERCENT-COMPLETE:100"], .needsAction, []), (["PERCENT-COMPLETE:100"], .completed, []),
        (["PERCENT-COMPLETE:99"], .needsAction, []), (["COMPLETED:20260128T080000Z"], .completed, []),
        (["STATUS:CONFIRMED"], .needsAction, ["bad-status"]), (["PERCENT-COMPLETE:101"], .needsAction, ["bad-number"]),
        (["PERCENT-COMPLETE:-1"], .needsAction, ["bad-number"]), (["PRIORITY:10"], .needsAction, ["bad-number"]),
        (["PRIORITY:high"], .needsAction, ["bad-number"]), (["PRIORITY:0"], .needsAction, []),
    ]

    @Test("How far it is stands there or follows from what is done", arguments: states)
    func status(lines: [String], status: Todo.Status, told: [String]) {
        let file = Self.file(["UID:1"] + lines)
        #expect(file.todos.map(\.status) == [status] && file.codes == told)
        #expect(file.todos.map(\.priority) == [nil] && file.findings.allSatisfy { $0.severity == .note })
    }

    @Test("What cannot be read of a recurrence is told; the task stays")
    func recurrence() {
        let file = Self.file(["UID:1", "DTSTART:20260127T090000Z", "RRULE:FREQ=SOMETIMES", "RECURRENCE-ID:x"])
        #expect(file.codes == ["bad-time", "bad-rule"] && file.todos.map(\.isSeries) == [false])
        let override = Self.file(["UID:1", "RECURRENCE-ID:20260127T090000Z"])
        #expect(override.codes == [] && override.todos.map { $0.recurrenceID?.text } == ["2026-01-27T09:00:00Z"])
    }
}
