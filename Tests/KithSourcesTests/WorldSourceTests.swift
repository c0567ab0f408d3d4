import CivilTime
import Foundation
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("All that files say")
struct WorldSourceTests {
    @Test("Calendars, cards, the journal and people come together, each source with its count")
    func whole() throws {
        let files = try Files()
        try files.folder.write(SourceText.event("m1"), to: "cal/a/m1.ics")
        try files.folder.write(SourceText.event("m2"), to: "cal/b/m2.ics")
        try files.folder.write(SourceText.card("ana", "Ana Ruiz") + SourceText.card("ben", "Ben"), to: "cards/all.vcf")
        let entry = JournalEntry(uid: "j", when: Files.now, action: .met, contacts: [ContactID("ana")])
        let source = try files.source()
        try source.write(entry)
        try PeopleFile(path: files.paths.people).change(uid: "ana", name: "Ana Ruiz") { $0.every = 7 }
        let contents = source.contents(at: Files.now)
        #expect(contents.meetings.map(\.uid).sorted() == ["m1", "m2"])
        #expect(contents.contacts.map(\.name).sorted() == ["Ana Ruiz", "Ben"])
        #expect(contents.journal.map(\.uid) == ["j"] && contents.people.map(\.uid) == ["ana"])
        let sources = contents.sources.map {
            "\(files.masked($0.path)) \($0.kind) \($0.items) \($0.collections) \($0.problem ?? "-")"
        }
        let data = "HOME/.local/share/kith"
        #expect(
            sources == [
                "HOME/cal calendar 2 2 -", "HOME/cards contacts 2 1 -", "\(data)/journal journal 1 1 -",
                "\(data)/people.yaml people 1 1 -",
            ]
        )
        #expect(source.diagnostics.isEmpty)
        #expect(source.configuredPaths == [files.path + "/cal", files.path + "/cards"])
        let watched = source.watched.map { files.masked($0) }
        #expect(
            watched
                == ["HOME/.local/share/kith", "\(data)/journal", "HOME/cal", "HOME/cal/a", "HOME/cal/b", "HOME/cards"]
                .sorted()
        )
    }

    @Test("Nothing at all is no fault but of what was configured")
    func nothing() throws {
        let files = try Files()
        let source = try files.source()
        let contents = source.contents(at: Files.now)
        #expect(
            contents.sources.map { $0.problem ?? "-" } == [
                "there is no such file", "there is no such file", "-", "-",
            ]
        )
        #expect(
            source.diagnostics.map { files.masked("\($0)") } == [
                "HOME/cal: error: there is no such file", "HOME/cards: error: there is no such file",
            ]
        )
    }

    @Test("An event is listed by each calendar it stands in; an ignored calendar is counted and says nothing")
    func roles() throws {
        let files = try Files()
        for name in ["work", "home", "old"] { try files.folder.write(SourceText.event("m"), to: "\(name)/m.ics") }
        let source = try files.source(
            calendars: "[{path: ~/work}, {path: ~/home, role: personal}, {path: ~/old, role: ignore}]"
        )
        let contents = source.contents(at: Files.now)
        #expect(contents.meetings.map(\.role) == [.work, .personal])
        #expect(contents.sources.prefix(3).map(\.items) == [1, 1, 1])
        #expect(source.expansions == 2)
        let rules = Rules(me: Me(name: "", emails: ["ada@example.com"], domains: []))
        let world = World.make(contents: contents, rules: rules, daysOff: [], zone: Files.berlin, now: Files.now)
        #expect(world.busy.count == 1 && world.unmatchedEvents == 0)
        // Without the user's address among its people the same event is one of nobody's.
        let stranger = Rules(me: Me(name: "", emails: ["other@example.com"], domains: []))
        let other = World.make(contents: contents, rules: stranger, daysOff: [], zone: Files.berlin, now: Files.now)
        #expect(other.unmatchedEvents == 1)
    }

    @Test("One bad item hides no other, and every bad one is told in the order of files and lines")
    func diagnostics() throws {
        let files = try Files()
        try files.folder.write("not a calendar\n", to: "cal/b.ics")
        try files.folder.write(SourceText.event("m", "RRULE:FREQ=NEVER"), to: "cal/a.ics")
        try files.folder.write(SourceText.event("good"), to: "cal/c.ics")
        try files.makeFolder("cal/d.ics")
        try files.folder.write("BEGIN:VCARD\r\nFN:half", to: "cards/x.vcf")
        let source = try files.source("limits: {file: 1kB}")
        try files.folder.write(String(repeating: " ", count: 1_001), to: "cal/e.ics")
        let contents = source.contents(at: Files.now)
        #expect(contents.meetings.map(\.uid).contains("good"))
        let told = source.diagnostics.map { (files.masked($0.place.file) as NSString).lastPathComponent }
        #expect(told == told.sorted() && Set(told) == ["a.ics", "b.ics", "d.ics", "e.ics", "x.vcf"])
        let again = source.diagnostics
        _ = source.contents(at: Files.now)
        #expect(source.diagnostics == again)
    }

    @Test("A broken people.yaml is told, and who stood in it is not forgotten meanwhile")
    func brokenPeople() throws {
        let files = try Files()
        let source = try files.source()
        let path = ".local/share/kith/people.yaml"
        try files.folder.write("people: [{uid: ana, every: 7d}]", to: path)
        #expect(source.contents(at: Files.now).people.map(\.uid) == ["ana"])
        try files.folder.write("people: [{uid: ana, every: 7d}, ", to: path)
        source.invalidate()
        let contents = source.contents(at: Files.now)
        #expect(contents.people.map(\.uid) == ["ana"])
        #expect(contents.sources.last?.problem?.hasPrefix("not valid YAML") == true)
        #expect(source.diagnostics.contains { $0.code == "people" && $0.severity == .error && $0.place.line != nil })
        try files.remove(path)
        source.invalidate()
        #expect(source.contents(at: Files.now).people.isEmpty)
    }

    // MARK: - When files are looked at

    @Test("Without a word that something changed nothing is looked at again the same day")
    func held() throws {
        let files = try Files()
        let source = try files.source()
        _ = source.contents(at: Files.now)
        try files.folder.write(SourceText.event("new"), to: "cal/new.ics")
        #expect(source.contents(at: Files.now.adding(minutes: 60)).meetings.isEmpty)
        source.invalidate()
        #expect(source.contents(at: Files.now.adding(minutes: 60)).meetings.map(\.uid) == ["new"])
        // A new day looks too: a file system that tells of no changes is seen then.
        try files.folder.write(SourceText.event("newer"), to: "cal/newer.ics")
        #expect(source.contents(at: Files.now.adding(minutes: 1_440)).meetings.count == 2)
    }

    /// Noon in Berlin.
    private static func noon(_ day: String) -> Instant {
        Files.berlin.instant(CivilDateTime(date: CivilDate(day) ?? CivilDate(daysSinceEpoch: 0), time: .noon))
    }

    @Test("Another day of the same month works nothing out again; another month does, once")
    func expansions() throws {
        let files = try Files()
        for number in 0..<5 {
            try files.folder.write(SourceText.event("s\(number)", "RRULE:FREQ=DAILY"), to: "cal/\(number).ics")
        }
        let source = try files.source()
        let first = source.contents(at: Self.noon("2026-01-01"))
        #expect(source.expansions == 5)
        for day in ["2026-01-02", "2026-01-31", "2026-01-15"] {
            #expect(source.contents(at: Self.noon(day)).meetings == first.meetings)
            #expect(source.expansions == 5, "\(day)")
        }
        _ = source.contents(at: Self.noon("2026-02-01"))
        #expect(source.expansions == 10)
        // Of what changed only the one file that did.
        try files.folder.write(SourceText.event("s0", "RRULE:FREQ=WEEKLY"), to: "cal/0.ics")
        source.invalidate()
        _ = source.contents(at: Self.noon("2026-02-02"))
        #expect(source.expansions == 11)
    }

    @Test(
        "Ten years back and 400 days ahead are there on every day of a month",
        arguments: ["2026-01-01", "2026-01-31", "2026-02-28", "2028-02-29", "2026-03-01", "2026-12-31"]
    )
    func window(day: String) throws {
        let files = try Files()
        try files.folder.write(SourceText.event("s", on: "20100101T120000", "RRULE:FREQ=DAILY"), to: "cal/s.ics")
        let source = try files.source()
        let days = Set(source.contents(at: Self.noon(day)).meetings.map(\.firstDay))
        let today = try #require(CivilDate(day))
        for offset in [-3_653, -3_652, -1, 0, 1, 399, 400] {
            #expect(days.contains(today.adding(days: offset)), "\(offset)")
        }
        // And not much besides: a month at either end.
        #expect(days.allSatisfy { (-3_685...434).contains($0.days(since: today)) })
    }
}
