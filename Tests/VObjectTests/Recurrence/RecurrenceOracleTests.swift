import CivilTime
import Testing

@testable import VObject

/// Rules made by a seed, compared with what the day-by-day reading of them gives.
@Suite("Rules against a day-by-day reading")
struct RecurrenceOracleTests {
    /// A rule with its first day.
    struct Case {
        var text: String
        let first: Walk

        init(_ random: inout Seeded) {
            first = Self.first(&random)
            let frequency = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][random.below(4)]
            text = "FREQ=" + frequency
            if random.oneIn(2) { text += ";INTERVAL=\(random.below(random.oneIn(4) ? 40 : 5) + 1)" }
            if random.oneIn(3) { text += ";BYMONTH=" + Self.list(&random, most: 4) { "\($0.below(12) + 1)" } }
            if random.oneIn(3), frequency != "WEEKLY" {
                text +=
                    ";BYMONTHDAY=" + Self.list(&random, most: 6) { ($0.oneIn(3) ? "-" : "") + "\($0.below(31) + 1)" }
            }
            if random.oneIn(2) {
                let isNumbered = (frequency == "MONTHLY" || frequency == "YEARLY") && random.oneIn(2)
                let reach = frequency == "YEARLY" && !text.contains("BYMONTH=") ? 53 : 5
                text += ";BYDAY="
                text += Self.list(&random, most: 4) { random in
                    let number = isNumbered && !random.oneIn(4) ? "\(random.below(reach) + 1)" : ""
                    let sign = !number.isEmpty && random.oneIn(2) ? "-" : ""
                    return sign + number + ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][random.below(7)]
                }
            }
            if random.oneIn(3) { text += ";WKST=" + ["MO", "SU", "SA", "WE"][random.below(4)] }
        }

        /// A day of the years 1996 to 2031, its weekday found by walking there.
        private static func first(_ random: inout Seeded) -> Walk {
            // 1996 began on a Monday. The ends of months and the leap day come up more often than by chance.
            var walk = Walk(year: 1_996, month: 1, day: 1, weekday: 0, dayOfYear: 1)
            let days = random.below(13_000)
            while walk.distance < days { walk.step(weekStart: 0) }
            if random.oneIn(3) { while walk.day < 29 { walk.step(weekStart: 0) } }
            (walk.distance, walk.weeks) = (0, 0)
            return walk
        }

        private static func list(_ random: inout Seeded, most: Int, _ item: (inout Seeded) -> String) -> String {
            (0...random.below(most)).map { _ in item(&random) }.joined(separator: ",")
        }
    }

    /// Twenty-two years, in days.
    static let far = 8_036

    @Test("The first fifty days and a window twenty years on are the same", arguments: UInt64(0)..<60)
    func days(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<10 {
            let example = Case(&random)
            let rule = try RecurrenceRule(parsing: example.text)
            let expected = DayByDay(rule: rule, first: example.first).days(far: Self.far)
            let date = try #require(CivilDate(example.first.text))
            let start = CivilDateTime(date: date, time: .noon)
            let last = date.adding(days: Self.far)
            let found = RecurrenceIterator(rule, start: start, zone: .utc).prefix { $0.date <= last }
            let what: Comment = "\(example.text) from \(example.first.text)"
            #expect(found.prefix(50).map(\.date.description) == Array(expected.prefix(50)), what)
            // With a jump: days before the window may come, those within it must.
            let from = date.adding(days: 7_305)
            let jumped = RecurrenceIterator(rule, start: start, zone: .utc, from: from).prefix { $0.date <= last }
            let window = jumped.filter { $0.date >= from }.map(\.date.description)
            #expect(window == expected.filter { $0 >= from.description }, what)
            #expect(jumped.count <= window.count + 400, what)
        }
    }

    @Test("COUNT and UNTIL cut the same days, with and without a jump", arguments: UInt64(0)..<30)
    func ends(seed: UInt64) throws {
        var random = Seeded(seed &+ 1_000)
        for _ in 0..<5 {
            let example = Case(&random)
            let all = DayByDay(rule: try RecurrenceRule(parsing: example.text), first: example.first).days(far: 3_000)
            let date = try #require(CivilDate(example.first.text))
            let start = CivilDateTime(date: date, time: .noon)
            let far = date.adding(days: 3_000)
            let count = random.below(30) + 1
            let counted = try RecurrenceRule(parsing: example.text + ";COUNT=\(count)")
            let what: Comment = "\(example.text) from \(example.first.text), \(count)"
            let found = RecurrenceIterator(counted, start: start, zone: .utc).prefix { $0.date <= far }
            #expect(found.map(\.date.description) == Array(all.prefix(count)), what)
            // A jump must not make the count begin later.
            let from = date.adding(days: 300)
            let jumped = RecurrenceIterator(counted, start: start, zone: .utc, from: from).prefix { $0.date <= far }
            #expect(jumped.map(\.date) == found.map(\.date), what)
            guard let last = all.dropFirst(count).first else { continue }
            for time in ["", "T120000", "T120000Z"] {
                let text = example.text + ";UNTIL=" + last.filter { $0 != "-" } + time
                let until = RecurrenceIterator(try RecurrenceRule(parsing: text), start: start, zone: .utc)
                #expect(until.map(\.date.description) == Array(all.prefix(count + 1)), "\(text)")
            }
        }
    }

    @Test("The day-by-day reading itself finds leap days and the ends of years")
    func oracle() throws {
        let first = Walk(year: 1_999, month: 12, day: 31, weekday: 4, dayOfYear: 365)
        let leap = try RecurrenceRule(parsing: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
        #expect(DayByDay(rule: leap, first: first).days(far: 3_000) == ["2000-02-29", "2004-02-29", "2008-02-29"])
        let monday = try RecurrenceRule(parsing: "FREQ=YEARLY;BYDAY=1MO,-1MO")
        #expect(DayByDay(rule: monday, first: first).days(far: 400) == ["2000-01-03", "2000-12-25", "2001-01-01"])
    }
}
