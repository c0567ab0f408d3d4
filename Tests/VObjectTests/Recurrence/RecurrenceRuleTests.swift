import CivilTime
import KithTesting
import Testing

@testable import VObject

@Suite("Recurrence rules")
struct RecurrenceRuleTests {
    /// What is wrong with a rule; `nil` where nothing is.
    static func error(_ text: String) -> String? {
        do throws(RecurrenceRuleError) {
            _ = try RecurrenceRule(parsing: text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Every part is read, in any order and any case")
    func parts() throws {
        let rule = try RecurrenceRule(
            parsing: "wkst=su;BYDAY=MO,-1su,+2TU,53FR;byMonthDay=-31,1,31;BYMONTH=12,1;COUNT=7;INTERVAL=3;FREQ=Yearly"
        )
        #expect(rule.frequency == .yearly && rule.interval == 3 && rule.count == 7 && rule.weekStart == .sunday)
        #expect(rule.months == [1, 12] && rule.monthDays == [-31, 1, 31] && rule.until == nil)
        #expect(
            rule.days == [
                .init(ordinal: nil, weekday: .monday), .init(ordinal: -1, weekday: .sunday),
                .init(ordinal: 2, weekday: .tuesday), .init(ordinal: 53, weekday: .friday),
            ]
        )
        let times = try RecurrenceRule(
            parsing: "RSCALE=gregorian;SKIP=Forward;FREQ=HOURLY;BYSECOND=0,60;BYMINUTE=59,0,1;BYHOUR=23,0,0;"
                + "BYYEARDAY=+1,-366;BYSETPOS=-1,2"
        )
        #expect(times.frequency == .hourly && times.skip == .forward)
        #expect(times.hours == [0, 23] && times.minutes == [0, 1, 59] && times.seconds == [0, 59])
        #expect(times.yearDays == [1, -366] && times.positions == [-1, 2])
        #expect(try RecurrenceRule(parsing: "FREQ=YEARLY;BYWEEKNO=53,-1").weeks == [53, -1])
    }

    @Test("What is not stated is the RFC's default")
    func defaults() throws {
        let rule = try RecurrenceRule(parsing: "FREQ=DAILY")
        #expect(rule.interval == 1 && rule.count == nil && rule.until == nil && rule.weekStart == .monday)
        #expect(rule.months == [] && rule.monthDays == [] && rule.days == [] && rule.weeks == [] && rule.yearDays == [])
        #expect(rule.hours == [] && rule.minutes == [] && rule.seconds == [] && rule.positions == [])
        #expect(rule.skip == .omit)
    }

    @Test("An end is a day, a local time, or an instant")
    func until() throws {
        let last = try civil("19971224T090000")
        #expect(try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=19971224").until == .date(last.date))
        #expect(try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=19971224T090000").until == .local(last))
        let instant = try RecurrenceRule(parsing: "FREQ=DAILY;UNTIL=19971224T090000Z").until
        #expect(instant == .instant(.init(seconds: last.secondsSinceEpoch)))
    }

    @Test(
        "A rule that is read",
        arguments: [
            "FREQ=DAILY;", ";FREQ=DAILY", "FREQ=DAILY;;COUNT=1", "FREQ=DAILY;BYDAY=MO,", "FREQ=DAILY;INTERVAL=00002",
            "FREQ=DAILY;INTERVAL=999999999999999999", "FREQ=DAILY;COUNT=999999999999999999",
            "FREQ=DAILY;COUNT=3;UNTIL=20260101", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=WEEKLY;BYMONTHDAY=13",
        ]
    )
    func accepted(text: String) {
        #expect(Self.error(text) == nil)
    }

    @Test(
        "A rule that is none says what is wrong",
        arguments: [
            ("", "there is no FREQ"), ("COUNT=3", "there is no FREQ"), ("DAILY", "\"DAILY\" is not NAME=VALUE"),
            ("FREQ=", "\"FREQ=\" is not NAME=VALUE"), ("FREQ=DAILY;COUNT", "\"COUNT\" is not NAME=VALUE"),
            ("FREQ=DAILY;FREQ=WEEKLY", "FREQ stands twice"), ("FREQ=DAILY;COUNT=1;count=2", "COUNT stands twice"),
            ("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY is not valid"),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not valid"),
            ("FREQ=DAILY;INTERVAL=-1", "INTERVAL=-1 is not valid"),
            ("FREQ=DAILY;INTERVAL=1.5", "INTERVAL=1.5 is not valid"), ("FREQ=DAILY;COUNT=0", "COUNT=0 is not valid"),
            ("FREQ=DAILY;COUNT= 3", "COUNT= 3 is not valid"), ("FREQ=DAILY;COUNT=x", "COUNT=X is not valid"),
            ("FREQ=DAILY;COUNT=9999999999999999999", "COUNT=9999999999999999999 is not valid"),
            ("FREQ=DAILY;UNTIL=1997", "UNTIL=1997 is not valid"),
            ("FREQ=DAILY;UNTIL=19970230", "UNTIL=19970230 is not valid"),
            ("FREQ=DAILY;WKST=XX", "WKST=XX is not valid"), ("FREQ=DAILY;WKST=1MO", "WKST=1MO is not valid"),
            ("FREQ=DAILY;BYMONTH=0", "BYMONTH=0 is not valid"), ("FREQ=DAILY;BYMONTH=13", "BYMONTH=13 is not valid"),
            ("FREQ=DAILY;BYMONTH=-1", "BYMONTH=-1 is not valid"),
            ("FREQ=DAILY;BYMONTH=1,x", "BYMONTH=1,X is not valid"),
            ("FREQ=DAILY;BYMONTH=,", "BYMONTH=, is not valid"), ("FREQ=DAILY;BYDAY=,", "BYDAY=, is not valid"),
            ("FREQ=DAILY;BYMONTHDAY=,,", "BYMONTHDAY=,, is not valid"),
            ("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY=0 is not valid"),
            ("FREQ=DAILY;BYMONTHDAY=32", "BYMONTHDAY=32 is not valid"),
            ("FREQ=DAILY;BYMONTHDAY=-32", "BYMONTHDAY=-32 is not valid"),
            ("FREQ=DAILY;BYMONTHDAY=-9223372036854775808", "BYMONTHDAY=-9223372036854775808 is not valid"),
            ("FREQ=MONTHLY;BYDAY=-9223372036854775808MO", "BYDAY=-9223372036854775808MO is not valid"),
            ("FREQ=DAILY;BYDAY=M", "BYDAY=M is not valid"), ("FREQ=DAILY;BYDAY=MON", "BYDAY=MON is not valid"),
            ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY=0MO is not valid"),
            ("FREQ=MONTHLY;BYDAY=54MO", "BYDAY=54MO is not valid"),
            ("FREQ=MONTHLY;BYDAY=1 MO", "BYDAY=1 MO is not valid"),
            ("FREQ=MONTHLY;BYDAY=--1MO", "BYDAY=--1MO is not valid"),
            ("FREQ=DAILY;BYDAY=1MO", "BYDAY with a number needs FREQ=MONTHLY or YEARLY"),
            ("FREQ=WEEKLY;BYDAY=MO,-1TU", "BYDAY with a number needs FREQ=MONTHLY or YEARLY"),
            ("FREQ=DAILY;BYHOUR=24", "BYHOUR=24 is not valid"), ("FREQ=DAILY;BYHOUR=-1", "BYHOUR=-1 is not valid"),
            ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE=60 is not valid"),
            ("FREQ=DAILY;BYSECOND=61", "BYSECOND=61 is not valid"), ("FREQ=DAILY;BYHOUR=,", "BYHOUR=, is not valid"),
            ("FREQ=YEARLY;BYYEARDAY=0", "BYYEARDAY=0 is not valid"),
            ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY=367 is not valid"),
            ("FREQ=YEARLY;BYYEARDAY=--3", "BYYEARDAY=--3 is not valid"),
            ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO=54 is not valid"),
            ("FREQ=YEARLY;BYWEEKNO=-54", "BYWEEKNO=-54 is not valid"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS=0 is not valid"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-367", "BYSETPOS=-367 is not valid"),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-9223372036854775808", "BYSETPOS=-9223372036854775808 is not valid"),
        ]
    )
    func refused(text: String, what: String) {
        #expect(Self.error(text) == what)
    }

    @Test(
        "What is forbidden or not supported is named, and the first occurrence stays",
        arguments: [
            ("FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO needs FREQ=YEARLY"),
            ("FREQ=WEEKLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO needs FREQ=YEARLY"),
            ("FREQ=SECONDLY;BYWEEKNO=-1", "BYWEEKNO needs FREQ=YEARLY"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "BYDAY with a number does not go with BYWEEKNO"),
            ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY does not go with FREQ=DAILY"),
            ("FREQ=WEEKLY;BYYEARDAY=-1", "BYYEARDAY does not go with FREQ=WEEKLY"),
            ("FREQ=MONTHLY;BYYEARDAY=1,200", "BYYEARDAY does not go with FREQ=MONTHLY"),
            ("FREQ=MONTHLY;BYSETPOS=3", "BYSETPOS needs another BY part"),
            ("FREQ=SECONDLY;BYSETPOS=-1;COUNT=3", "BYSETPOS needs another BY part"),
            ("FREQ=HOURLY;BYDAY=1MO", "BYDAY with a number needs FREQ=MONTHLY or YEARLY"),
            ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE=CHINESE is not supported; only GREGORIAN is"),
            ("RSCALE=;FREQ=YEARLY", "\"RSCALE=\" is not NAME=VALUE"),
            ("FREQ=YEARLY;SKIP=OMIT", "SKIP needs RSCALE"),
            ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BOTH", "SKIP=BOTH is not valid"),
            ("FREQ=DAILY;X-A=1", "X-A is not supported"), ("FREQ=YEARLY;BYEASTER=1", "BYEASTER is not supported"),
        ]
    )
    func forbidden(text: String, what: String) throws {
        #expect(Self.error(text) == what)
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z", "RRULE:" + text])
        let finding = Finding(
            .error,
            code: "bad-rule",
            "RRULE: \(what); only the first occurrence is read",
            line: 5
        )
        #expect(file.findings == [finding])
        #expect(try file.starts(from: "2026-01-01", until: "2027-01-01") == ["2026-01-05T09:00:00Z"])
    }

    @Test("Of two rules the first is read, and the rest is told")
    func twoRules() throws {
        let file = CalendarFile(event: [
            "UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY",
        ])
        #expect(file.findings.map { "\($0.code) \($0.line)" } == ["rule-left-out 6"])
        let starts = try file.starts(from: "2026-01-01", until: "2027-01-01")
        #expect(starts == ["2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z"])
    }

    @Test(
        "An EXRULE takes out what it gives, DTSTART and further dates too; one that is no rule is told",
        arguments: [
            (["EXRULE:FREQ=DAILY;INTERVAL=2"], [6, 8], []), (["EXRULE:FREQ=DAILY"], [], []),
            (["EXRULE:FREQ=DAILY;BYDAY=TU", "EXRULE:FREQ=DAILY;BYDAY=TH;COUNT=1"], [5, 7], []),
            (["RDATE:20260112T090000Z,20260113T090000Z", "EXRULE:FREQ=WEEKLY"], [6, 7, 8, 13], []),
            (["EXRULE:FREQ=DAILY;BYHOUR=8"], [5, 6, 7, 8], []), (["EXRULE:never"], [5, 6, 7, 8], ["bad-rule"]),
        ] as [([String], [Int], [String])]
    )
    func excludedRules(lines: [String], days: [Int], codes: [String]) throws {
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=4"] + lines)
        let starts = try file.starts(from: "2026-01-01", until: "2027-01-01")
        #expect(starts == days.map { "2026-01-\($0 < 10 ? "0" : "")\($0)T09:00:00Z" } && file.codes == codes)
    }

    @Test("Any text is a rule or not, and never brings the program down", arguments: UInt64(0)..<200)
    func anyText(seed: UInt64) {
        var random = Seeded(seed)
        let words = [
            "FREQ", "=", ";", ",", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "BYSETPOS", "BYHOUR", "RSCALE", "COUNT",
            "INTERVAL", "BYDAY", "BYMONTH",
            "BYMONTHDAY", "UNTIL", "WKST", "MO", "-1", "0", "53", "-9223372036854775808", "9223372036854775807",
            "99999999999999999999", "20260105", "20260105T090000Z", " ", "é", "\u{301}", "ß", "-", "+",
        ]
        for _ in 0..<20 {
            let text = "FREQ=DAILY;" + (0..<random.below(12)).map { _ in words[random.below(words.count)] }.joined()
            if let error = Self.error(text) {
                #expect(!error.isEmpty && error.utf8.count < 400)
            } else {
                #expect(text.contains("FREQ=DAILY;"))
            }
        }
    }
}
