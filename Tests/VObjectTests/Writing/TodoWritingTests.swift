import CivilTime
import KithTesting
import Testing

@testable import VObject

@Suite("Writing tasks")
struct TodoWritingTests {
    /// Everything a task can say, some of it hostile.
    static func draft(_ text: String = "x") -> TodoDraft {
        var draft = TodoDraft(uid: "u-" + text, stamp: Instant(seconds: 1_769_519_401), summary: text)
        draft.start = .zoned(CivilDateTime(secondsSinceEpoch: 1_769_519_400), .utc)
        draft.due = .zoned(CivilDateTime(secondsSinceEpoch: 1_769_605_800), .utc)
        draft.description = text
        draft.categories = ["c-" + text, "d"]
        draft.relatedTo = "r-" + text
        draft.nudge = "n-" + text
        draft.alarm = Instant(seconds: 1_769_600_000)
        return draft
    }

    @Test("A task is written line by line as it stands in the standard")
    func bytes() {
        var draft = Self.draft()
        draft.due = .date(CivilDate("2026-01-30") ?? CivilDate(daysSinceEpoch: 0))
        draft.start = .floating(CivilDateTime(secondsSinceEpoch: 1_769_519_400))
        (draft.priority, draft.status, draft.percent) = (1, .completed, 100)
        (draft.completed, draft.url) = (Instant(seconds: 1_769_519_402), "https://x.org/a;b,c")
        draft.categories = ["kith", "a, b"]
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kith//EN", "BEGIN:VTODO", "UID:u-x",
            "DTSTAMP:20260127T131001Z", "DTSTART:20260127T131000", "DUE;VALUE=DATE:20260130", "SUMMARY:x",
            "DESCRIPTION:x", "PRIORITY:1", "STATUS:COMPLETED", "COMPLETED:20260127T131002Z", "PERCENT-COMPLETE:100",
            #"CATEGORIES:kith,a\, b"#, "RELATED-TO:r-x", "URL:https://x.org/a;b,c", "X-KITH-NUDGE:n-x", "BEGIN:VALARM",
            "ACTION:DISPLAY", "DESCRIPTION:x", "TRIGGER;VALUE=DATE-TIME:20260128T113320Z", "END:VALARM", "END:VTODO",
            "END:VCALENDAR",
        ]
        #expect(draft.calendar == lines.map { $0 + "\r\n" }.joined())
    }

    @Test("What a task does not say is not written")
    func bare() {
        let draft = TodoDraft(uid: "1", stamp: Instant(seconds: 0), summary: "Call Ana", status: .cancelled)
        let lines = draft.calendar.split(separator: "\r\n").dropFirst(4).dropLast(2)
        #expect(lines == ["UID:1", "DTSTAMP:19700101T000000Z", "SUMMARY:Call Ana", "STATUS:CANCELLED"])
    }

    @Test("A time with a zone is written in UTC, which every reader knows")
    func zone() throws {
        var draft = TodoDraft(uid: "1", stamp: Instant(seconds: 0), summary: "x")
        draft.due = try .zoned(civil("20260701T120000"), TestZones.required("Europe/Berlin"))
        #expect(draft.calendar.contains("\r\nDUE:20260701T100000Z\r\n"))
    }

    @Test("Any draft is read as it was written", arguments: UInt64(0)..<150)
    func roundTrip(seed: UInt64) throws {
        var random = Seeded(seed &+ 70_000)
        let text = String(
            String.UnicodeScalarView(
                (0..<random.below(random.oneIn(4) ? 300 : 20)).map { _ in
                    JournalWritingTests.alphabet[random.below(JournalWritingTests.alphabet.count)]
                }
            )
        )
        var draft = Self.draft(text)
        if random.oneIn(2) { draft.due = .date(CivilDate(daysSinceEpoch: random.below(30_000))) }
        if random.oneIn(2) { draft.start = .floating(CivilDateTime(secondsSinceEpoch: Int64(random.below(1 << 31)))) }
        if random.oneIn(2) { draft.priority = 1 + random.below(9) }
        if random.oneIn(2) { draft.percent = random.below(101) }
        if random.oneIn(2) { draft.completed = Instant(seconds: Int64(random.below(1 << 31))) }
        draft.status = Todo.Status.allCases[random.below(4)]
        if random.oneIn(4) { draft.alarm = nil }
        let file = CalendarFile(Array(draft.calendar.utf8))
        let read = try #require(file.todos.first)
        #expect(file.codes.filter { $0 != "due-before-start" } == [] && file.components == 1)
        #expect(read.start?.text == draft.start?.text && read.due?.text == draft.due?.text)
        #expect(read.summary.scalars == JournalWritingTests.kept(text))
        #expect(read.description?.scalars == JournalWritingTests.kept(text))
        #expect(read.priority == draft.priority && read.percent == draft.percent && read.status == draft.status)
        #expect(read.completed?.instant(floating: .utc) == draft.completed)
        #expect(
            read.alarms.map(\.trigger) == draft.alarm.map {
                [.at(.zoned(CivilDateTime(secondsSinceEpoch: $0.seconds), .utc))]
            } ?? []
        )
        #expect(read.alarms.allSatisfy { $0.description?.scalars == JournalWritingTests.kept(text) })
        for (found, given) in [(read.uid, draft.uid), (read.parent, draft.relatedTo), (read.nudge, draft.nudge)] {
            let kept = String(String.UnicodeScalarView(JournalWritingTests.kept(given ?? ""))).trimmingSpaces()
            #expect(found?.scalars == kept.scalars)
        }
        let category = String(String.UnicodeScalarView(JournalWritingTests.kept("c-" + text))).trimmingSpaces()
        #expect(read.categories.map(\.scalars) == [category.scalars, "d".scalars])
        #expect(draft.calendar.utf8.split(separator: 0x0a).allSatisfy { $0.count <= 76 && $0.last == 0x0d })
    }

    @Test(
        "Nothing that is written can start a line or a component of its own",
        arguments: [
            "x\r\nEND:VTODO\r\nBEGIN:VEVENT", "x\nSTATUS:COMPLETED", "\u{85}END:VALARM", "\r\n ", "\\\nDUE:20260101",
        ]
    )
    func injection(text: String) {
        var draft = Self.draft(text)
        draft.url = "https://x.org" + text
        let file = CalendarFile(Array(draft.calendar.utf8))
        #expect(file.codes == [] && file.events == [] && file.components == 1)
        #expect(file.todos.map(\.status) == [.needsAction] && file.todos.map(\.alarms.count) == [1])
    }
}
