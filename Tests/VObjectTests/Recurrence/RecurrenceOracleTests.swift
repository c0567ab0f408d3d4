import CivilTime
import KithTesting
import Testing

@testable import VObject

/// Rules made by a seed, compared with what the day-by-day reading of them gives.
@Suite("Rules against a day-by-day reading")
struct RecurrenceOracleTests {
    /// A rule with its start.
    struct Case {
        var text: String
        /// The 1 January of the year before the start.
        let origin: Walk
        let start: CivilDateTime
        /// How many days to look at.
        let far: Int

        init(_ random: inout Seeded) throws {
            let frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY", "HOURLY", "MINUTELY", "SECONDLY"]
            let frequency = frequencies[random.below(frequencies.count)]
            far = ["HOURLY": 500, "MINUTELY": 8, "SECONDLY": 1][frequency] ?? 4_400
            let (origin, day) = Self.days(&random)
            self.origin = origin
            let time = random.oneIn(2) ? TimeOfDay.noon : TimeOfDay(secondsSinceMidnight: random.below(86_400))
            start = CivilDateTime(date: try #require(CivilDate(day.text)), time: time)
            text = "FREQ=" + frequency
            let isShort = far < 4_400
            if random.oneIn(2) { text += ";INTERVAL=\(random.below(random.oneIn(4) ? isShort ? 5_000 : 40 : 5) + 1)" }
            text += Self.days(&random, frequency, isShort ? day : nil)
            let times = [("BYHOUR", 24, time.hour), ("BYMINUTE", 60, time.minute), ("BYSECOND", 60, time.second)]
            for (name, count, own) in times where random.oneIn(4) {
                text += ";\(name)=\(own)," + Self.list(&random, most: 4) { "\($0.below(count))" }
            }
            if text.contains("BY"), random.oneIn(4) {
                text += ";BYSETPOS=" + Self.list(&random, most: 3) { ($0.oneIn(2) ? "-" : "") + "\($0.below(4) + 1)" }
            }
            if random.oneIn(3) { text += ";WKST=" + ["MO", "SU", "SA", "WE"][random.below(4)] }
        }

        /// The parts for days; where few are looked at, each lets one day through at least.
        private static func days(_ random: inout Seeded, _ frequency: String, _ day: Walk?) -> String {
            var text = ""
            let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
            func own(_ value: Int?) -> String { value.map { "\($0)," } ?? "" }
            if random.oneIn(3) {
                text += ";BYMONTH=" + own(day?.month) + list(&random, most: 4) { "\($0.below(12) + 1)" }
            }
            if frequency == "YEARLY", random.oneIn(4) {
                text +=
                    ";BYWEEKNO=" + list(&random, most: 3) { ($0.oneIn(3) ? "-" : "") + "\(53 - $0.below(53))" } + ",1"
            }
            if frequency == "YEARLY" || day != nil, random.oneIn(4) {
                text += ";BYYEARDAY=" + own(day?.dayOfYear)
                text += list(&random, most: 40) { ($0.oneIn(3) ? "-" : "") + "\($0.below(366) + 1)" }
            }
            if random.oneIn(3), frequency != "WEEKLY" {
                text += ";BYMONTHDAY=" + own(day?.day)
                text += list(&random, most: 6) { ($0.oneIn(3) ? "-" : "") + "\($0.below(31) + 1)" }
            }
            guard random.oneIn(2) else { return text }
            let isNumbered =
                (frequency == "MONTHLY" || frequency == "YEARLY") && !text.contains("BYWEEKNO") && random.oneIn(2)
            let reach = frequency == "YEARLY" && !text.contains("BYMONTH=") ? 53 : 5
            text += ";BYDAY=" + (day.map { names[$0.weekday] + "," } ?? "")
            text += list(&random, most: 4) { random in
                let number = isNumbered && !random.oneIn(4) ? "\(random.below(reach) + 1)" : ""
                let sign = !number.isEmpty && random.oneIn(2) ? "-" : ""
                return sign + number + names[random.below(7)]
            }
            return text
        }

        /// A day of the years 1996 to 2031, with the 1 January of the year before it; weekdays are found by walking there.
        private static func days(_ random: inout Seeded) -> (origin: Walk, day: Walk) {
            // 1995 began on a Sunday. The ends of months and the leap day come up more often than by chance.
            var walk = Walk(year: 1_995, month: 1, day: 1, weekday: 6, dayOfYear: 1)
            var (origin, next) = (walk, walk)
            let days = random.below(13_000) + 365
            let isLate = random.oneIn(3)
            while walk.distance < days || isLate && walk.day < 29 {
                walk.step(weekStart: 0)
                if walk.dayOfYear == 1 { (origin, next) = (next, walk) }
            }
            (origin.distance, origin.weeks) = (0, 0)
            return (origin, walk)
        }

        private static func list(_ random: inout Seeded, most: Int, _ item: (inout Seeded) -> String) -> String {
            (0...random.below(most)).map { _ in item(&random) }.joined(separator: ",")
        }

        /// What the day-by-day reading gives.
        func expected(far: Int) throws -> [String] {
            DayByDay(rule: try RecurrenceRule(parsing: text), origin: origin, start: start).times(far: far)
        }

        /// What the iterator gives, with further parts.
        func found(_ more: String = "", from: CivilDate? = nil, far: Int) throws -> [String] {
            let rule = try RecurrenceRule(parsing: text + more)
            let last = start.date.adding(days: far)
            return RecurrenceIterator(rule, start: start, zone: .utc, from: from).prefix { $0.date <= last }
                .map(\.description)
        }
    }

    @Test("All times, and those of a window far on, are the same", arguments: UInt64(0)..<40)
    func times(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<10 {
            let example = try Case(&random)
            let expected = try example.expected(far: example.far)
            let what: Comment = "\(example.text) from \(example.start)"
            #expect(try example.found(far: example.far) == expected, what)
            let from = example.start.date.adding(days: example.far * 9 / 10)
            let window = try example.found(from: from, far: example.far)
            #expect(window == expected.filter { $0 >= from.description }, what)
        }
    }

    @Test("COUNT and UNTIL cut the same times, with and without a jump", arguments: UInt64(0)..<30)
    func ends(seed: UInt64) throws {
        var random = Seeded(seed &+ 1_000)
        for _ in 0..<5 {
            let example = try Case(&random)
            let far = min(example.far, 3_000)
            let all = try example.expected(far: far)
            let count = random.below(30) + 1
            let what: Comment = "\(example.text) from \(example.start), \(count)"
            let found = try example.found(";COUNT=\(count)", far: far)
            #expect(found == Array(all.prefix(count)), what)
            // A jump must not make the count begin later.
            let from = example.start.date.adding(days: far / 10)
            let jumped = try example.found(";COUNT=\(count)", from: from, far: far)
            #expect(jumped == found, what)
            guard let last = all.dropFirst(count).first else { continue }
            let end = last.filter { $0 != "-" && $0 != ":" }
            for zone in ["", "Z"] {
                #expect(try example.found(";UNTIL=" + end + zone, far: far) == Array(all.prefix(count + 1)), what)
            }
            let day = all.filter { $0.prefix(10) <= last.prefix(10) }
            #expect(try example.found(";UNTIL=" + end.prefix(8), far: far) == day, what)
        }
    }

    @Test("Most of these rules give something")
    func share() throws {
        var (random, some) = (Seeded(0), 0)
        for _ in 0..<200 {
            let example = try Case(&random)
            if try !example.found(far: example.far).isEmpty { some += 1 }
        }
        #expect(some > 150)
    }

    @Test("The day-by-day reading itself finds leap days, weeks and the ends of years")
    func oracle() throws {
        let origin = Walk(year: 1_998, month: 1, day: 1, weekday: 3, dayOfYear: 1)
        func days(_ text: String, far: Int) throws -> [String] {
            let start = try civil("19991231T120000")
            let reading = DayByDay(rule: try RecurrenceRule(parsing: text), origin: origin, start: start)
            return reading.times(far: far).map { String($0.prefix(10)) }
        }
        #expect(
            try days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", far: 3_000) == ["2000-02-29", "2004-02-29", "2008-02-29"]
        )
        #expect(try days("FREQ=YEARLY;BYDAY=1MO,-1MO", far: 400) == ["2000-01-03", "2000-12-25", "2001-01-01"])
        #expect(try days("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", far: 800) == ["2000-01-03", "2001-01-01", "2001-12-31"])
    }
}
