import CivilTime
import KithTesting
import Testing

@Suite("Tail rules")
struct TailRuleTests {
    @Test(
        "A footer gives the offset at any time",
        arguments: [
            ("UTC0", "2090-01-01T00:00:00Z", 0),
            ("<+03>-3", "2090-01-01T00:00:00Z", 10_800),
            ("<-0330>3:30", "2090-01-01T00:00:00Z", -12_600),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2090-01-01T00:00:00Z", 39_600),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2090-06-01T00:00:00Z", 37_800),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2090-03-26T00:59:59Z", 3_600),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2090-03-26T01:00:00Z", 7_200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2090-10-29T00:59:59Z", 7_200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2090-10-29T01:00:00Z", 3_600),
            // Winter time is the one set specially: a negative saving.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-07-01T00:00:00Z", 3_600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2090-01-01T00:00:00Z", 0),
            // Hours below none and beyond a day (Nuuk, Gaza).
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-03-26T00:59:59Z", -7_200),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2090-03-26T01:00:00Z", -3_600),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-03-24T23:59:59Z", 7_200),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2090-03-25T00:00:00Z", 10_800),
            // Day 60 by number is 1 March, in a leap year too; by count it is 29 February then.
            ("AAA0BBB,J60/0,J300/0", "2092-02-29T23:59:59Z", 0),
            ("AAA0BBB,J60/0,J300/0", "2092-03-01T00:00:00Z", 3_600),
            ("AAA0BBB,59/0,300/0", "2092-02-28T23:59:59Z", 0),
            ("AAA0BBB,59/0,300/0", "2092-02-29T00:00:00Z", 3_600),
            // Summer time all year (RFC 9636 §3.3.1).
            ("AAA3EDT4,0/0,J365/23", "2090-01-01T00:00:00Z", -14_400),
            ("AAA3EDT4,0/0,J365/23", "2090-12-31T23:59:59Z", -14_400),
        ]
    )
    func offset(text: String, at: String, seconds: Int) throws {
        let rule = try #require(TailRule(text.utf8))
        #expect(rule.offset(at: instant(at)) == seconds)
    }

    @Test(
        "What is no rule is none",
        arguments: [
            "", "CET", "C-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
            "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M0.1.0,M10.5.0", "CET-1CEST,J0,J300", "CET-1CEST,J366,J300",
            "CET-1CEST,0,366", "CET-168", "CET-25", "CET-1CEST25,M3.5.0,M10.5.0",
            "CET-1:60", "CET-1CEST,M3.5.0,M10.5.0/3x", "<+03-3", "<>-3", "CET-1 ",
            "CET-1CEST;M3.5.0;M10.5.0", "CET-999999999999999999999",
        ]
    )
    func rejected(text: String) {
        #expect(TailRule(text.utf8) == nil)
    }

    @Test("A damaged rule is read or refused, and its offset is one a clock can have", arguments: UInt64(0)..<200)
    func damage(seed: UInt64) {
        var random = Seeded(seed)
        var bytes = Array("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0/167".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = "0123456789MJ,./<>+-:AZ".utf8.map(\.self)[Int.random(in: 0..<22, using: &random)]
        }
        guard let rule = TailRule(bytes) else { return }
        for year in [Int64(-3_000_000_000), 0, 4_000_000_000] {
            #expect(abs(rule.offset(at: Instant(seconds: year))) <= 93_600)
        }
    }
}
