import CivilTime
import KithTesting
import Testing

@Suite("Zones")
struct ZoneTests {
    /// What a zone's clock is ahead of UTC at an instant, by the same data as the machine's other programs see.
    struct Offset: CustomTestStringConvertible {
        let zone: String
        let at: String
        let seconds: Int
        var testDescription: String { "\(zone) at \(at)" }

        init(_ zone: String, _ at: String, _ seconds: Int) {
            (self.zone, self.at, self.seconds) = (zone, at, seconds)
        }
    }

    static let offsets = [
        Offset("Europe/Berlin", "2026-01-15T12:00:00Z", 3_600),
        Offset("Europe/Berlin", "2026-03-29T00:59:59Z", 3_600),
        Offset("Europe/Berlin", "2026-03-29T01:00:00Z", 7_200),
        Offset("Europe/Berlin", "2026-10-25T00:59:59Z", 7_200),
        Offset("Europe/Berlin", "2026-10-25T01:00:00Z", 3_600),
        Offset("Europe/Berlin", "1880-01-01T00:00:00Z", 3_208),
        Offset("Europe/Berlin", "2090-07-01T00:00:00Z", 7_200),
        Offset("Europe/Berlin", "2090-12-01T00:00:00Z", 3_600),
        Offset("America/New_York", "2026-03-08T06:59:59Z", -18_000),
        Offset("America/New_York", "2026-03-08T07:00:00Z", -14_400),
        Offset("America/New_York", "2026-11-01T05:59:59Z", -14_400),
        Offset("America/New_York", "2026-11-01T06:00:00Z", -18_000),
        Offset("America/New_York", "2101-08-01T00:00:00Z", -14_400),
        Offset("Australia/Lord_Howe", "2026-07-15T00:00:00Z", 37_800),
        Offset("Australia/Lord_Howe", "2026-04-04T14:59:59Z", 39_600),
        Offset("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37_800),
        Offset("Australia/Lord_Howe", "2090-01-15T00:00:00Z", 39_600),
        Offset("America/Santiago", "2026-01-15T00:00:00Z", -10_800),
        Offset("America/Santiago", "2026-07-15T00:00:00Z", -14_400),
        Offset("America/Santiago", "2090-01-15T00:00:00Z", -10_800),
        Offset("America/Santiago", "2090-07-15T00:00:00Z", -14_400),
        Offset("Europe/Dublin", "2026-01-15T00:00:00Z", 0),
        Offset("Europe/Dublin", "2090-07-15T00:00:00Z", 3_600),
        Offset("Asia/Kathmandu", "2026-07-15T00:00:00Z", 20_700),
        Offset("Pacific/Apia", "2011-12-30T09:59:59Z", -36_000),
        Offset("Pacific/Apia", "2011-12-30T10:00:00Z", 50_400),
        Offset("America/Nuuk", "2026-07-01T00:00:00Z", -3_600),
        Offset("America/Nuuk", "2090-01-01T00:00:00Z", -7_200),
    ]

    @Test("A zone has its offset, on both sides of each change and beyond the last", arguments: offsets)
    func offset(_ example: Offset) throws {
        let zone = try Zoneinfo.zone(example.zone)
        let at = instant(example.at)
        #expect(zone.rules.offset(at: at) == example.seconds)
        #expect(zone.local(at).secondsSinceEpoch == at.seconds + Int64(example.seconds))
    }

    @Test(
        "A wall clock's time is one instant: the first of two, or by the offset before a gap",
        arguments: [
            ("Europe/Berlin", "2026-01-15T09:00:00", "2026-01-15T08:00:00Z"),
            ("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),
            ("Europe/Berlin", "2026-03-29T02:00:00", "2026-03-29T01:00:00Z"),
            ("Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z"),
            ("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),
            ("Europe/Berlin", "2026-10-25T02:00:00", "2026-10-25T00:00:00Z"),
            ("Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z"),
            ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z"),
            ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"),
            ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"),
            ("America/New_York", "2090-03-12T02:30:00", "2090-03-12T07:30:00Z"),
            ("America/New_York", "2090-11-05T01:30:00", "2090-11-05T05:30:00Z"),
            ("America/Santiago", "2026-09-06T00:00:00", "2026-09-06T04:00:00Z"),
            ("Africa/Monrovia", "1972-01-07T00:30:00", "1972-01-07T01:14:30Z"),
            ("Europe/Dublin", "2026-10-25T01:30:00", "2026-10-25T00:30:00Z"),
        ]
    )
    func local(zone: String, local: String, expected: String) throws {
        #expect(try Zoneinfo.zone(zone).instant(civil(local)).description == expected)
    }

    @Test("A day without a midnight starts when its clock does")
    func start() throws {
        let zone = try Zoneinfo.zone("America/Santiago")
        let day = try #require(CivilDate("2026-09-06"))
        #expect(zone.local(zone.start(of: day)).description == "2026-09-06T01:00:00")
    }

    static let names = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Europe/Dublin",
        "Africa/Casablanca",
        "America/Nuuk", "Asia/Tehran", "Pacific/Apia", "Antarctica/Troll", "America/St_Johns", "Asia/Gaza", "UTC",
    ]

    @Test("What a clock shows names an instant at which it shows that, and never a later one", arguments: names)
    func roundTrip(name: String) throws {
        let zone = try Zoneinfo.zone(name)
        var random = Seeded(UInt64(name.utf8.count))
        for _ in 0..<2_000 {
            let now = Instant(seconds: .random(in: -2_000_000_000...4_000_000_000, using: &random))
            let local = zone.local(now)
            let back = zone.instant(local)
            #expect(zone.local(back) == local, "\(now)")
            #expect(back <= now && now.seconds(since: back) < 90_000, "\(now)")
        }
    }

    @Test("A fixed offset is always the same")
    func fixed() {
        let rules = ZoneRules.fixed(seconds: -12_600)
        #expect([Int64.min, -1, 0, .max].allSatisfy { rules.offset(at: Instant(seconds: $0)) == -12_600 })
        #expect(rules.instant(civil("2026-01-05T08:00:00")).description == "2026-01-05T11:30:00Z")
        #expect(Zone.utc.local(Instant(seconds: 0)).description == "1970-01-01T00:00:00")
    }

    @Test("Zones with the same rules are equal by value, and differ by name")
    func equality() throws {
        #expect(try Zoneinfo.zone("Europe/Berlin") == Zoneinfo.zone("Europe/Berlin"))
        #expect(try Zoneinfo.zone("Europe/Berlin") != Zoneinfo.zone("Europe/Madrid"))
        #expect(Zone(name: "Etc/UTC", rules: .fixed(seconds: 0)) != .utc)
    }

    @Test("Changes close together still name one instant")
    func closeChanges() {
        let start = instant("2026-01-05T00:00:00")
        let rules = ZoneRules(
            initialOffset: 0,
            transitions: [
                .init(at: start, offset: 7_200), .init(at: start.adding(seconds: 36_000), offset: 0),
            ]
        )
        // Neither neighbour's offset holds here, only the short one between them.
        #expect(rules.instant(civil("2026-01-05T06:00:00")).description == "2026-01-05T04:00:00Z")
        let wide = ZoneRules(
            initialOffset: 0,
            transitions: [.init(at: Instant(seconds: .min), offset: 60), .init(at: start, offset: 7_200)]
        )
        #expect(wide.instant(civil("2026-01-05T00:30:00")).description == "2026-01-05T00:29:00Z")
    }

    @Test(
        "Of several changes within two days, the first time the clock shows it counts",
        arguments: [
            // Set ahead by two hours at midnight, back at half past three, and ahead by one at four.
            ("2026-01-04T23:59:59", "2026-01-04T23:59:59Z"), ("2026-01-05T00:30:00", "2026-01-05T00:30:00Z"),
            ("2026-01-05T02:10:00", "2026-01-05T00:10:00Z"), ("2026-01-05T03:29:00", "2026-01-05T01:29:00Z"),
            ("2026-01-05T03:30:00", "2026-01-05T03:30:00Z"), ("2026-01-05T04:30:00", "2026-01-05T04:30:00Z"),
            ("2026-01-05T05:00:00", "2026-01-05T04:00:00Z"),
        ]
    )
    func severalChanges(local: String, expected: String) {
        let start = instant("2026-01-05T00:00:00")
        let rules = ZoneRules(
            initialOffset: 0,
            transitions: [
                .init(at: start, offset: 7_200), .init(at: start.adding(seconds: 5_400), offset: 0),
                .init(at: start.adding(seconds: 14_400), offset: 3_600),
            ]
        )
        #expect(rules.instant(civil(local)).description == expected)
    }

    @Test("Changes of a rule that lie within two days are found too, and so is one at the turn of the year")
    func closeRule() throws {
        let hour = try #require(TailRule("AAA0BBB-2,0/12,1/6".utf8))
        let rules = ZoneRules(initialOffset: 0, transitions: [], tail: hour)
        // From noon of New Year's Day to six the next morning, by the clock of those hours, it is two hours ahead.
        #expect(rules.instant(civil("2026-01-01T11:00:00")).description == "2026-01-01T11:00:00Z")
        #expect(rules.instant(civil("2026-01-01T23:00:00")).description == "2026-01-01T21:00:00Z")
        #expect(rules.instant(civil("2026-01-02T04:30:00")).description == "2026-01-02T02:30:00Z")
        #expect(rules.instant(civil("2026-01-02T06:30:00")).description == "2026-01-02T06:30:00Z")
        // Its end lies beyond the year, where the next one's changes count and it has not begun.
        let turn = try #require(TailRule("AAA0BBB-2,364/0,365/160".utf8))
        let late = ZoneRules(initialOffset: 0, transitions: [], tail: turn)
        #expect(late.instant(civil("2026-12-31T23:00:00")).description == "2026-12-31T21:00:00Z")
        #expect(late.instant(civil("2027-01-01T00:30:00")).description == "2026-12-31T22:30:00Z")
        #expect(late.instant(civil("2027-01-01T03:00:00")).description == "2027-01-01T03:00:00Z")
    }
}
