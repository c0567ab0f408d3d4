import CivilTime
import KithCore
import KithTesting
import Testing

/// The small values the ledger keeps as text, and those that cannot be made wrong.
@Suite("Values")
struct ValueTests {
    @Test(
        "A mark is its cause and its day",
        arguments: [
            "met-2025-12-09", "wrote-2026-01-26", "kept-2026-03-02", "withdrawn-2026-02-01", "again-2026-02-24",
        ]
    )
    func mark(text: String) throws {
        #expect(try #require(Mark(text)).description == text)
    }

    @Test(
        "Nothing else is a mark",
        arguments: ["", "met", "met-", "met-2025-02-30", "seen-2025-12-09", "met-2025-12-09 ", "-2025-12-09"]
    )
    func noMark(text: String) {
        #expect(Mark(text) == nil)
    }

    @Test(
        "A week is read as it is written, where the year has it",
        arguments: [
            ("2026-W05", "2026-01-26"), ("2026-W01", "2025-12-29"), ("2026-W53", "2026-12-28"), ("2025-W53", nil),
            ("2026-W00", nil), ("2026-W54", nil), ("2026-w05", nil), ("2026-5", nil), ("2026-W5", nil), ("", nil),
            ("2026-W+5", nil),
        ] as [(String, String?)]
    )
    func week(text: String, monday: String?) {
        let week = ISOWeek(text)
        #expect(week?.monday.description == monday)
        if let week { #expect(week.description == text) }
    }

    static let subjects: [DeliverySubject] = [
        .nudges([PlannerStage.reconnect("met-2025-12-09")]),
        .nudges([PlannerStage.reconnect("met-2025-12-09", "a+b/c"), PlannerStage.reconnect("met-2025-12-09", "d")]),
        .digest(ISOWeek(containing: PlannerStage.today)),
        .sourceGone(path: "/media/a b/c|d", since: PlannerStage.today),
        .sourceGone(path: "", since: PlannerStage.today),
        .channelDown(.email, since: PlannerStage.today),
        .channelDown(ChannelName(rawValue: "a/b|c"), since: PlannerStage.today),
        .trial,
    ]

    @Test("What a delivery carries reads back from its key", arguments: subjects)
    func subject(_ subject: DeliverySubject) {
        let key = DeliveryKey(subject: subject, channel: .desktop, occasion: "1")
        #expect(DeliverySubject(text: key.subjectText) == subject)
    }

    @Test(
        "Nothing else is a subject",
        arguments: [
            "", "digest/", "digest/2026-W99", "source/", "source/x/y", "reconnect", "a/b/c+", "+a/b/c", "Trial",
        ]
    )
    func noSubject(text: String) {
        #expect(DeliverySubject(text: text) == nil)
    }

    @Test("A key is one text, and its token sixteen hex digits that differ by channel and occasion")
    func key() {
        let subject = DeliverySubject.nudges([PlannerStage.reconnect("met-2025-12-09")])
        let keys = [("desktop", "1"), ("desktop", "2"), ("email", "1")].map { name, occasion in
            DeliveryKey(subject: subject, channel: ChannelName(rawValue: name), occasion: occasion)
        }
        #expect(keys[0].text == "reconnect/met-2025-12-09/ana|desktop|1")
        #expect(Set(keys.map(\.token)).count == 3)
        #expect(keys.allSatisfy { $0.token.utf8.count == 16 })
    }

    @Test("The hash is FNV-1a with the steps of splitmix64 behind it", arguments: ["", "p1", "José", "\0"])
    func hash(text: String) {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in Array(text.utf8) { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        for (shift, factor) in [(30, 0xbf58_476d_1ce4_e5b9), (27, 0x94d0_49bb_1331_11eb)] as [(UInt64, UInt64)] {
            hash = (hash ^ hash >> shift) &* factor
        }
        hash ^= hash >> 31
        #expect(stableHash(text) == hash)
        #expect(stableHash("") == 0xf52a_15e9_a9b5_e89b)
        #expect(stableHexDigest(text).utf8.count == 16 && UInt64(stableHexDigest(text), radix: 16) == hash)
        #expect((0..<1).contains(stableFraction(text)))
    }

    @Test(
        "A cadence has no worst shorter than itself; without one, half as long again, rounded down",
        arguments: [
            (42, nil, 63), (43, nil, 64), (1, nil, 1), (42, 42, 42), (42, 41, nil), (0, nil, nil), (-1, 5, nil),
        ]
            as [(Int, Int?, Int?)]
    )
    func cadence(every: Int, atWorst: Int?, expected: Int?) {
        #expect(Cadence(every: every, atWorst: atWorst)?.atWorst == expected)
    }

    @Test(
        "A day of the year exists in some year, and is kept in every one",
        arguments: [
            (2, 29, nil, "2026-02-28", "--02-29"), (2, 29, 1988, "2026-02-28", "1988-02-29"),
            (12, 31, nil, "2026-12-31", "--12-31"), (2, 29, 1987, nil, nil), (2, 30, nil, nil, nil),
            (13, 1, nil, nil, nil),
            (0, 1, nil, nil, nil), (4, 31, nil, nil, nil),
        ] as [(Int, Int, Int?, String?, String?)]
    )
    func annual(month: Int, day: Int, year: Int?, kept: String?, text: String?) {
        let date = AnnualDate(month: month, day: day, year: year)
        #expect(date?.date(in: 2026).description == kept && date?.description == text)
    }

    @Test(
        "Hours lie within a day",
        arguments: [(0, 1_440, true), (540, 540, false), (600, 540, false), (-1, 60, false), (0, 1_441, false)]
    )
    func hours(start: Int, end: Int, isValid: Bool) {
        #expect((DayHours(start: start, end: end) != nil) == isValid)
    }

    @Test("A place and what is wrong there are told in one line")
    func places() {
        let place = Place(file: "a.ics", line: 3, column: 7)
        #expect("\(place) \(Place(file: "a.ics")) \(Place(file: "a.ics", line: 3))" == "a.ics:3:7 a.ics a.ics:3")
        #expect("\(Diagnostic(.warning, code: "zone", "odd", at: place))" == "a.ics:3:7: warning: odd")
    }
}

/// How a nudge moves from state to state.
@Suite("The states of a nudge")
struct NudgeRecordTests {
    static let record = PlannerStage.record("met-2025-12-09", due: "2026-01-20")
    static let now = Berlin.at("2026-01-27 09:00")
    static let later = Berlin.at("2026-01-28 09:00")

    @Test("Shown and seen, it waits for an answer; shown and unseen, it waits again")
    func shown() {
        let seen = Self.record.shown(at: Self.now, wasSeen: true)
        #expect(seen.state == .delivered && seen.seenAt == Self.now && seen.deliveredAt == Self.now)
        #expect(seen.showings == 1 && seen.unseen == 0)
        let unseen = Self.record.shown(at: Self.now, wasSeen: false)
        #expect(unseen.state == .pending && unseen.seenAt == nil && unseen.showings == 1 && unseen.unseen == 1)
        #expect(unseen.shown(at: Self.later, wasSeen: true).seenAt == Self.later)
        #expect(seen.shown(at: Self.later, wasSeen: true).seenAt == Self.now)
    }

    @Test("Three times unseen, it goes to the digest; so it does when it was put off more than twice")
    func digestOnly() {
        var record = Self.record
        for count in 1...3 {
            record = record.shown(at: Self.now, wasSeen: false)
            #expect(record.isDigestOnly == (count == 3))
        }
        record = Self.record
        for count in 1...3 {
            record = record.snoozed(until: Self.later, isNamed: false)
            #expect(record.isDigestOnly == (count == 3))
        }
    }

    @Test("Reading it in a list counts as seeing where no bubble is to come, the first time only")
    func read() {
        #expect(Self.record.read(at: Self.now) == Self.record)
        let delivered = Self.record.shown(at: Self.now, wasSeen: true)
        #expect(delivered.read(at: Self.later) == delivered)
        var unseen = Self.record
        unseen.unseen = 3
        #expect(unseen.read(at: Self.now).seenAt == Self.now && unseen.read(at: Self.now).state == .pending)
        #expect(unseen.read(at: Self.now).read(at: Self.later).seenAt == Self.now)
        let putOff = unseen.snoozed(until: Self.later, isNamed: false)
        #expect(putOff.read(at: Self.now).seenAt == nil && putOff.read(at: Self.later).seenAt == Self.later)
    }

    @Test("Put off, what it counts from begins anew")
    func snoozed() {
        let record = Self.record.shown(at: Self.now, wasSeen: true).snoozed(until: Self.later, isNamed: true)
        #expect(record.state == .snoozed(until: Self.later, isNamed: true))
        #expect(record.snoozes == 1 && record.seenAt == nil && record.showings == 1)
    }

    @Test("Closed, it keeps the day and why; opened again, it is as it was")
    func closed() {
        let day = Berlin.day("2026-01-28")
        let answered = Self.record.shown(at: Self.now, wasSeen: true).answered(.met, on: day)
        #expect(answered.state == .answered(.met) && answered.closed == day && !answered.state.isOpen)
        #expect(answered.reopened().state == .delivered && answered.reopened().closed == nil)
        #expect(answered.reopened(asPending: true).state == .pending)
        let expired = Self.record.expired(.withdrawn, on: day)
        #expect(expired.state == .expired(.withdrawn) && expired.reopened() == Self.record)
    }

    @Test("Each state has its word")
    func words() {
        let states: [NudgeState] = [
            .pending, .delivered, .snoozed(until: Self.now, isNamed: false), .answered(.met), .expired(.past),
        ]
        #expect(states.map(\.name) == ["pending", "delivered", "snoozed", "answered", "expired"])
        #expect(states.map(\.isOpen) == [true, true, true, false, false])
    }
}
