import CivilTime
import Testing

@testable import KithCore

/// The words of dates, lengths and lists.
@Suite("Phrases")
struct PhraseTests {
    @Test(
        "A length is told in the unit people would use",
        arguments: [
            (-3, "0 days"), (0, "0 days"), (1, "1 day"), (2, "2 days"), (13, "13 days"), (14, "2 weeks"),
            (20, "2 weeks"),
            (21, "3 weeks"), (48, "6 weeks"), (49, "7 weeks"), (69, "9 weeks"), (70, "2 months"), (89, "2 months"),
            (90, "3 months"), (364, "12 months"), (365, "12 months"), (729, "24 months"), (730, "2 years"),
            (1_094, "2 years"), (1_095, "3 years"), (36_500, "100 years"),
        ]
    )
    func length(days: Int, text: String) {
        #expect(Phrases.length(days: days) == text)
    }

    @Test("A longer silence is never told as a shorter one, in any unit of it")
    func lengthGrows() {
        var last = 0
        for days in 0...4_000 {
            let words = Phrases.length(days: days).split(separator: " ")
            let unit = ["day": 1, "week": 7, "month": 30, "year": 365][words[1].prefix { $0 != "s" }]
            let told = (Int(words[0]) ?? -1) * (unit ?? -1)
            #expect(told <= days && days - told < 365, "\(days)")
            // Only where a unit gives way to the next may it step back, by less than one of the new.
            #expect(told >= last || [70, 730].contains { ($0..<($0 + 30)).contains(days) }, "\(days)")
            last = max(last, told)
        }
    }

    @Test(
        "Days",
        arguments: [
            ("2026-01-27", "Tue 27 Jan", "Tue 27 Jan", "27 Jan"), ("2026-02-01", "Sun 1 Feb", "Sun 1 Feb", "1 Feb"),
            ("2026-07-29", "Wed 29 Jul", "Wed 29 Jul", "29 Jul"),
            ("2026-07-30", "Thu 30 Jul", "30 Jul 2026", "30 Jul 2026"),
            ("2025-07-28", "Mon 28 Jul", "Mon 28 Jul", "28 Jul"),
            ("2025-07-27", "Sun 27 Jul", "27 Jul 2025", "27 Jul 2025"),
            ("2023-12-09", "Sat 9 Dec", "9 Dec 2023", "9 Dec 2023"), ("0001-01-01", "Mon 1 Jan", "1 Jan 1", "1 Jan 1"),
        ]
    )
    func days(date: String, plain: String, seen: String, short: String) {
        let (day, today) = (WordingStage.day(date), WordingStage.today)
        #expect(Phrases.day(day) == plain)
        #expect(Phrases.day(day, seenFrom: today) == seen)
        #expect(Phrases.shortDay(day, seenFrom: today) == short)
    }

    @Test("Every weekday and month has its name")
    func names() {
        let monday = WordingStage.day("2026-01-26")
        #expect((0..<7).map { Phrases.day(monday.adding(days: $0)).prefix(3) } == Phrases.weekdays.map { $0[...] })
        #expect(Phrases.longWeekdays.map { $0.prefix(3) } == Phrases.weekdays.map { $0[...] })
        #expect(Phrases.longMonths.map { $0.prefix(3) } == Phrases.months.map { $0[...] } && Phrases.months.count == 12)
    }

    @Test(
        "The clock is that of the zone, with two digits",
        arguments: [
            ("2026-01-27 09:05", "09:05"), ("2026-01-27 00:00", "00:00"), ("2026-07-01 23:59", "23:59"),
            ("2026-10-25 02:30", "02:30"), ("2026-03-29 02:30", "03:30"),
        ]
    )
    func clock(local: String, text: String) {
        #expect(Phrases.clock(WordingStage.at(local), WordingStage.berlin) == text)
    }

    @Test(
        "Numbers, and things by number",
        arguments: [
            (0, "0", "0 events", "no people"), (1, "1", "1 event", "one person"), (2, "2", "2 events", "two people"),
            (12, "12", "12 events", "twelve people"), (13, "13", "13 events", "13 people"),
            (999, "999", "999 events", "999 people"), (1_000, "1,000", "1,000 events", "1,000 people"),
            (1_204, "1,204", "1,204 events", "1,204 people"),
            (1_234_567, "1,234,567", "1,234,567 events", "1,234,567 people"),
            (-1_204, "-1,204", "-1,204 events", "-1,204 people"),
        ]
    )
    func numbers(number: Int, grouped: String, events: String, people: String) {
        #expect(Phrases.grouped(number) == grouped)
        #expect(Phrases.count(number, "event") == events)
        #expect(Phrases.people(number) == people)
    }

    @Test("The smallest number has its groups too")
    func smallest() {
        #expect(Phrases.grouped(.min) == "-9,223,372,036,854,775,808")
    }

    @Test(
        "A list has commas and one and",
        arguments: [
            ([], ""), (["Ana"], "Ana"), (["Ana", "Ben"], "Ana and Ben"),
            (["Ana", "Ben", "Priya"], "Ana, Ben and Priya"),
            (["Ana", "Ben", "Priya", "Tomás"], "Ana, Ben, Priya and Tomás"),
        ]
    )
    func list(names: [String], text: String) {
        #expect(Phrases.list(names) == text)
    }

    @Test(
        "A title is quoted, on one line, cut where it is long",
        arguments: [
            ("Coffee w/ Ana", "\"Coffee w/ Ana\""), ("", "untitled"), (" \n", "untitled"), ("a \"b\" c", "\"a 'b' c\""),
            ("\"\u{301}x", "\"'\u{301}x\""), ("a\tb", "\"a b\""),
            (String(repeating: "x", count: 40), "\"" + String(repeating: "x", count: 40) + "\""),
            (String(repeating: "x", count: 41), "\"" + String(repeating: "x", count: 39) + "…\""),
        ]
    )
    func quoted(title: String, text: String) {
        #expect(Phrases.quoted(title) == text)
    }

    @Test("A quoted title can be cut shorter")
    func quotedShort() {
        #expect(Phrases.quoted("Coffee with Ana", limit: 10) == "\"Coffee…\"")
    }

    @Test(
        "A place is told by the end of its path",
        arguments: [
            (Place(file: "/home/ada/config.yaml", line: 14), "config.yaml:14", "ada/config.yaml:14"),
            (Place(file: "/x"), "x", "x"),
            (Place(file: "people.yaml", line: 3, column: 9), "people.yaml:3", "people.yaml:3"),
            (Place(file: ""), "", ""), (Place(file: "/a/b\n/c\u{1b}d", line: 1), "c d:1", "b /c d:1"),
        ]
    )
    func place(place: Place, short: String, long: String) {
        #expect(Phrases.place(place) == short)
        #expect(Phrases.place(place, parts: 2) == long)
    }
}
