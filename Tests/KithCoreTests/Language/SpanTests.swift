import KithCore
import Testing

/// Spans as people and the configuration write them.
@Suite("Spans")
struct SpanTests {
    @Test(
        "A span is so many days",
        arguments: [
            ("6 weeks", 42), ("45 days", 45), ("2 months", 60), ("1 year", 365), ("6w", 42), ("45d", 45), ("2m", 60),
            ("1y", 365), ("P6W", 42), ("P45D", 45), ("P2M", 60), ("P1Y", 365), ("p6w", 42), ("1 week", 7), ("1 day", 1),
            ("1 month", 30), ("2 years", 730), ("6 w", 42), ("6weeks", 42), ("6  Weeks", 42), (" 6 weeks ", 42),
            ("6 WEEKS", 42), ("007 days", 7), ("36500 days", 36_500), ("100 years", 36_500), ("1216 months", 36_480),
        ]
    )
    func read(text: String, days: Int) {
        #expect(parseSpan(text) == days)
    }

    @Test(
        "What is no span is none",
        arguments: [
            "", " ", "6", "weeks", "w", "P", "p", "P6", "PW", "PP6W", "P 6W", "P6 W", "P6weeks", "P6days", "P1day",
            "P1month", "P1Y6M", "PT6H",
            "P-6W",
            "0 days", "0w", "-6w", "+6w", "6.5 weeks", "6,5 weeks", "1 2 weeks", "6 we eks", "6 weeks ago",
            "in 6 weeks",
            "six weeks", "6h", "6 hours", "6 fortnights", "6ww", "6 weeks 2 days", "36501d", "101y", "1217m", "99999d",
            "100000d", "999999999999999999999w", "6\tweeks", "6\u{a0}weeks", "6\nweeks", "\u{0666}w", "\u{ff16}w",
            "6w\0",
        ]
    )
    func rejected(text: String) {
        #expect(parseSpan(text) == nil)
    }

    @Test(
        "A span is shown in the largest unit that it is whole in",
        arguments: [
            (1, "1 day"), (6, "6 days"), (7, "1 week"), (10, "10 days"), (30, "1 month"), (42, "6 weeks"),
            (45, "45 days"),
            (60, "2 months"), (63, "9 weeks"), (90, "3 months"), (180, "6 months"), (210, "30 weeks"),
            (360, "12 months"),
            (365, "1 year"), (364, "52 weeks"), (366, "366 days"), (730, "2 years"), (36_500, "100 years"),
        ]
    )
    func shown(days: Int, text: String) {
        #expect(spanText(days: days) == text)
    }

    @Test("What is shown is read as the same")
    func roundTrip() {
        #expect((1...36_500).allSatisfy { parseSpan(spanText(days: $0)) == $0 })
    }
}
