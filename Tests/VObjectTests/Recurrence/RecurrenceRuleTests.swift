import CivilTime
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
    }

    @Test("What is not stated is the RFC's default")
    func defaults() throws {
        let rule = try RecurrenceRule(parsing: "FREQ=DAILY")
        #expect(rule.interval == 1 && rule.count == nil && rule.until == nil && rule.weekStart == .monday)
        #expect(rule.months == [] && rule.monthDays == [] && rule.days == [])
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
            ("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY is not supported"),
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
        ]
    )
    func refused(text: String, what: String) {
        #expect(Self.error(text) == what)
    }

    @Test(
        "A part that is not supported is named",
        arguments: [
            ("FREQ=SECONDLY", "FREQ=SECONDLY"), ("FREQ=MINUTELY;INTERVAL=90", "FREQ=MINUTELY"),
            ("FREQ=HOURLY;INTERVAL=3", "FREQ=HOURLY"), ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
            ("FREQ=DAILY;BYMINUTE=0,20,40", "BYMINUTE"), ("FREQ=DAILY;BYSECOND=0", "BYSECOND"),
            ("FREQ=YEARLY;BYYEARDAY=1,100,200", "BYYEARDAY"), ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO"),
            ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=3", "BYSETPOS"), ("RSCALE=CHINESE;FREQ=YEARLY", "RSCALE"),
            ("FREQ=YEARLY;SKIP=OMIT", "SKIP"), ("FREQ=DAILY;X-A=1", "X-A"),
        ]
    )
    func unsupported(text: String, part: String) throws {
        #expect(Self.error(text) == part + " is not supported")
        let file = CalendarFile(event: ["UID:1", "DTSTART:20260105T090000Z", "RRULE:" + text])
        let finding = Finding(
            .error,
            code: "bad-rule",
            "RRULE: \(part) is not supported; only the first occurrence is read",
            line: 5
        )
        #expect(file.findings == [finding])
        #expect(try file.starts(from: "2026-01-01", until: "2027-01-01") == ["2026-01-05T09:00:00Z"])
    }

    @Test("Of two rules the first is read, and the rest is told")
    func twoRules() throws {
        let file = CalendarFile(event: [
            "UID:1", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY", "EXRULE:FREQ=DAILY",
        ])
        #expect(file.findings.map { "\($0.code) \($0.line)" } == ["rule-left-out 6", "rule-left-out 7"])
        let starts = try file.starts(from: "2026-01-01", until: "2027-01-01")
        #expect(starts == ["2026-01-05T09:00:00Z", "2026-01-06T09:00:00Z"])
    }

    @Test("Any text is a rule or not, and never brings the program down", arguments: UInt64(0)..<200)
    func anyText(seed: UInt64) {
        var random = Seeded(seed)
        let words = [
            "FREQ", "=", ";", ",", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "COUNT", "INTERVAL", "BYDAY", "BYMONTH",
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
