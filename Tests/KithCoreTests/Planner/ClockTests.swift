import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// The clock of a tie by itself: what it waits from and until when.
@Suite("The clock")
struct ClockTests {
    static let id = ContactID("ana")

    /// What the clock is made of, on Tuesday 27 January 2026, every 42 days.
    struct Setup: Sendable {
        var every = 42
        var atWorst: Int?
        var met: [String] = []
        /// Meetings of six to ten people.
        var small: [String] = []
        var wrote: [String] = []
        var skipped: [String] = []
        var records: [NudgeRecord] = []
        var booked: [(String, Int)] = []
        var firstSeen = "2025-10-01"
        var today = "2026-01-27"
    }

    static func assessment(_ setup: Setup) throws -> TieAssessment {
        let cadence = try #require(Cadence(every: setup.every, atWorst: setup.atWorst))
        let evidence =
            setup.met.map { item($0, .meeting, 100) } + setup.small.map { item($0, .meeting, 20) }
            + setup.wrote.map { item($0, .wrote, 0) }
        let clock = TieClock(
            contact: id,
            cadence: cadence,
            evidence: evidence.sorted { $0.date > $1.date },
            bookings: setup.booked.map { day, weight in
                Booking(contact: id, date: Berlin.day(day), start: Berlin.at(day), weight: weight)
            },
            skips: setup.skipped.map { Berlin.day($0) },
            records: setup.records.sorted { $0.id < $1.id },
            firstSeen: Berlin.day(setup.firstSeen),
            today: Berlin.day(setup.today)
        )
        return clock.assessment()
    }

    static func item(_ day: String, _ origin: Evidence.Origin, _ weight: Int) -> Evidence {
        Evidence(contact: id, date: Berlin.day(day), start: Berlin.at(day), origin: origin, weight: weight)
    }

    static func closed(_ mark: String, base: String, _ state: NudgeState, on day: String, shown: Int = 1) -> NudgeRecord
    {
        var record = PlannerStage.record(mark, base: base, due: "2026-01-20", state: state, closed: day)
        record.showings = shown
        return record
    }

    /// What happened, and the mark and due date that come of it.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let mark: String
        let due: String
        let setup: Setup

        init(_ name: String, _ mark: String, _ due: String, _ setup: Setup) {
            (testDescription, self.mark, self.due, self.setup) = (name, mark, due, setup)
        }
    }

    static let bases = [
        Example("met", "met-2025-12-09", "2026-01-20", Setup(met: ["2025-12-09"])),
        Example("met twice: the newer", "met-2025-12-20", "2026-01-31", Setup(met: ["2025-12-09", "2025-12-20"])),
        Example("met on the last of the month", "met-2025-12-31", "2026-02-11", Setup(met: ["2025-12-31"])),
        Example("every day", "met-2026-01-26", "2026-01-27", Setup(every: 1, met: ["2026-01-26"])),
        Example(
            "met across a leap day",
            "met-2028-02-01",
            "2028-03-14",
            Setup(met: ["2028-02-01"], today: "2028-02-02")
        ),
        Example("met after today waits", "met-2025-12-09", "2026-01-20", Setup(met: ["2025-12-09", "2026-01-28"])),
        Example(
            "wrote, when nearly due: half a wait",
            "wrote-2026-01-15",
            "2026-02-05",
            Setup(met: ["2025-12-09"], wrote: ["2026-01-15"])
        ),
        Example(
            "wrote, soon after: the former due date",
            "wrote-2025-12-12",
            "2026-01-20",
            Setup(met: ["2025-12-09"], wrote: ["2025-12-12"])
        ),
        Example(
            "wrote, every 15 days: half rounds down",
            "wrote-2026-01-20",
            "2026-01-27",
            Setup(every: 15, met: ["2025-12-09"], wrote: ["2026-01-20"])
        ),
        Example(
            "wrote twice",
            "wrote-2026-01-25",
            "2026-02-15",
            Setup(met: ["2025-12-09"], wrote: ["2026-01-15", "2026-01-25"])
        ),
        Example(
            "wrote and met on one day: met",
            "met-2026-01-20",
            "2026-03-03",
            Setup(met: ["2026-01-20"], wrote: ["2026-01-20"])
        ),
        Example(
            "an answer after a line",
            "met-2026-01-20",
            "2026-03-03",
            Setup(met: ["2026-01-20"], wrote: ["2026-01-15"])
        ),
        Example("wrote to somebody never met", "wrote-2026-01-20", "2026-02-10", Setup(wrote: ["2026-01-20"])),
        Example("skip", "skip-2026-01-27", "2026-03-10", Setup(met: ["2025-12-09"], skipped: ["2026-01-27"])),
        Example(
            "skip before contact is past",
            "met-2026-01-20",
            "2026-03-03",
            Setup(met: ["2026-01-20"], skipped: ["2026-01-10"])
        ),
        Example(
            "skip after today waits",
            "met-2025-12-09",
            "2026-01-20",
            Setup(met: ["2025-12-09"], skipped: ["2026-02-01"])
        ),
        Example(
            "met and skipped on one day: met",
            "met-2026-01-20",
            "2026-03-03",
            Setup(met: ["2026-01-20"], skipped: ["2026-01-20"])
        ),
        Example("contact before kith knew of the tie", "met-2025-09-01", "2025-10-13", Setup(met: ["2025-09-01"])),
    ]

    static let five = ["2025-12-09", "2025-12-16", "2025-12-23", "2025-12-30", "2026-01-06"]
    static let sums = [
        Example("five small ones are one", "met-2026-01-06", "2026-02-17", Setup(small: five)),
        Example("four are none", "kept-2025-10-01", "2025-10-28", Setup(small: Array(five.prefix(4)))),
        Example(
            "a sixth begins anew",
            "met-2026-01-06",
            "2026-02-17",
            Setup(small: five + ["2026-01-13", "2026-01-20", "2026-01-24", "2026-01-25"])
        ),
        Example(
            "ten are two",
            "met-2026-01-26",
            "2026-03-09",
            Setup(small: five + ["2026-01-13", "2026-01-20", "2026-01-24", "2026-01-25", "2026-01-26"])
        ),
        Example(
            "the first and the last 42 days apart",
            "met-2026-01-20",
            "2026-03-03",
            Setup(small: ["2025-12-09", "2025-12-16", "2025-12-23", "2025-12-30", "2026-01-20"])
        ),
        Example(
            "43 days apart",
            "kept-2025-10-01",
            "2025-10-28",
            Setup(small: ["2025-12-09", "2025-12-16", "2025-12-23", "2025-12-30", "2026-01-21"])
        ),
        Example(
            "the old ones fall out, the new ones do",
            "met-2026-01-27",
            "2026-03-10",
            Setup(small: ["2025-11-01", "2025-12-20", "2025-12-30", "2026-01-06", "2026-01-21", "2026-01-27"])
        ),
        Example(
            "contact between begins anew",
            "met-2025-12-25",
            "2026-02-05",
            Setup(met: ["2025-12-25"], small: five)
        ),
        Example(
            "two on one day are one",
            "kept-2025-10-01",
            "2025-10-28",
            Setup(small: Array(five.prefix(4)) + [five[0]])
        ),
        Example(
            "the day of a whole one adds nothing",
            "met-2025-12-09",
            "2026-01-20",
            Setup(met: ["2025-12-09"], small: five)
        ),
        Example(
            "a line between changes nothing",
            "met-2026-01-06",
            "2026-02-17",
            Setup(small: five, wrote: ["2025-12-20"])
        ),
        Example("the last lies after today", "kept-2025-10-01", "2025-10-28", Setup(small: five, today: "2026-01-05")),
    ]

    static let first = "met-2025-12-09"
    static func ended(_ state: NudgeState, on day: String = "2026-01-25", shown: Int = 1) -> Setup {
        Setup(met: ["2025-12-09"], records: [closed(first, base: first, state, on: day, shown: shown)])
    }

    static let afterMarks = [
        Example("ignored: a quarter", "ignored-2026-01-25", "2026-02-04", ended(.expired(.ignored))),
        Example("past: asked again", "again-2026-01-25", "2026-02-04", ended(.expired(.past))),
        Example("answered, and the evidence gone", "again-2026-01-25", "2026-02-04", ended(.answered(.met))),
        Example("withdrawn, and due: today", "withdrawn-2026-01-27", "2026-01-27", ended(.expired(.withdrawn))),
        Example("withdrawn before anybody saw it", first, "2026-01-20", ended(.expired(.withdrawn), shown: 0)),
        Example("past before anybody saw it", first, "2026-01-20", ended(.expired(.past), shown: 0)),
        Example(
            "past before its day by a clock set back",
            "again-2025-12-09",
            "2026-01-20",
            ended(.expired(.past), on: "2025-03-01")
        ),
        Example(
            "withdrawn before its day by a clock set back",
            "again-2026-01-10",
            "2026-01-20",
            Setup(
                met: ["2025-12-09"],
                records: [
                    closed(first, base: first, .expired(.ignored), on: "2026-01-10"),
                    closed("ignored-2026-01-10", base: first, .expired(.withdrawn), on: "2025-12-20"),
                ],
                booked: [("2026-02-20", 50)]
            )
        ),
        Example("still open", first, "2026-01-20", ended(.delivered)),
        Example(
            "void: the base is newer",
            "met-2026-01-22",
            "2026-03-05",
            Setup(
                met: ["2025-12-09", "2026-01-22"],
                records: [closed(first, base: first, .expired(.ignored), on: "2026-01-25")]
            )
        ),
        Example(
            "withdrawn and booked still",
            first,
            "2026-01-20",
            Setup(
                met: ["2025-12-09"],
                records: [closed(first, base: first, .expired(.withdrawn), on: "2026-01-25")],
                booked: [("2026-02-20", 50)]
            )
        ),
        Example(
            "withdrawn, came back on a day before",
            "withdrawn-2026-01-26",
            "2026-01-26",
            Setup(
                met: ["2025-12-09"],
                records: [
                    closed(first, base: first, .expired(.withdrawn), on: "2026-01-25"),
                    PlannerStage.record("withdrawn-2026-01-26", base: first, due: "2026-01-26"),
                ]
            )
        ),
        Example(
            "withdrawn, came back, withdrawn, came back",
            "withdrawn-2026-01-27",
            "2026-01-27",
            Setup(
                met: ["2025-12-09"],
                records: [
                    closed(first, base: first, .expired(.withdrawn), on: "2026-01-21"),
                    closed("withdrawn-2026-01-22", base: first, .expired(.withdrawn), on: "2026-01-25"),
                ].map { record in
                    var record = record
                    record.opened = record.mark?.cause == .withdrawn ? Berlin.day("2026-01-22") : record.opened
                    return record
                }
            )
        ),
    ]

    @Test("The base is the newest contact, line or skip, else the day the tie was first seen", arguments: bases)
    func base(_ example: Example) throws {
        let assessment = try Self.assessment(example.setup)
        #expect("\(assessment.mark)" == example.mark && "\(assessment.due)" == example.due)
        #expect(assessment.base == assessment.mark)
    }

    @Test("Small evidence adds up to contact on the day that completes it, within `every` days", arguments: sums)
    func adding(_ example: Example) throws {
        let assessment = try Self.assessment(example.setup)
        #expect("\(assessment.base)" == example.mark)
        #expect("\(assessment.due)" == example.due)
        #expect(assessment.lastContact?.date == (assessment.base.cause == .kept ? nil : assessment.base.date))
        #expect(assessment.addedUp.map(\.weight) == (assessment.lastContact?.weight == 20 ? [20, 20, 20, 20, 20] : []))
    }

    @Test("What became of the last nudge decides when the next is due", arguments: afterMarks)
    func afterMark(_ example: Example) throws {
        let assessment = try Self.assessment(example.setup)
        #expect("\(assessment.mark)" == example.mark && "\(assessment.due)" == example.due)
        #expect(assessment.base.cause == .met)
    }

    @Test(
        "After silence kith waits a quarter, rounded down, but a week at least; from the third time on twice the cadence",
        arguments: [
            (42, 1, 10), (42, 2, 10), (42, 3, 84), (42, 4, 84), (43, 1, 10), (44, 1, 11), (28, 1, 7), (20, 1, 7),
            (1, 1, 7), (1, 3, 2), (180, 1, 45), (183, 2, 45), (183, 3, 366),
        ]
    )
    func ignored(every: Int, times: Int, days: Int) throws {
        let records = (0..<times).map { index in
            let mark = index == 0 ? Self.first : "ignored-2026-01-0\(index)"
            return Self.closed(mark, base: Self.first, .expired(.ignored), on: "2026-01-0\(index + 1)")
        }
        let assessment = try Self.assessment(Setup(every: every, met: ["2025-12-09"], records: records))
        #expect(assessment.due == Berlin.day("2026-01-0\(times)").adding(days: days))
        #expect(assessment.ignoredInARow == times)
    }

    @Test(
        "Somebody of whom nothing is known is first due after a part of the cadence that their UID decides",
        arguments: [("p1", 42, "2026-03-25"), ("p2", 42, "2026-04-07"), ("ana@example.com", 42, "2026-03-21")]
    )
    func kept(uid: String, every: Int, due: String) throws {
        var stage = PlannerStage()
        stage.keep(uid, every: every, firstSeen: "2026-03-02")
        let assessment = try #require(stage.plan(at: Berlin.at("2026-03-03 09:00")).assessment(uid))
        #expect(assessment.mark == Mark("kept-2026-03-02") && "\(assessment.due)" == due)
    }

    @Test("That part lies between three tenths and the whole, to the nearest day", arguments: [1, 7, 42, 365])
    func keptSpread(every: Int) throws {
        var stage = PlannerStage()
        for index in 0..<200 { stage.keep("c\(index)", every: every, firstSeen: "2026-03-02") }
        let plan = stage.plan(at: Berlin.at("2026-03-02 09:00"))
        for (id, assessment) in plan.assessments {
            let days = assessment.due.days(since: Berlin.day("2026-03-02"))
            let exact = (0.3 + 0.7 * stableFraction(id.uid)) * Double(every)
            #expect(abs(Double(days) - exact) <= 0.5)
            #expect(days >= Int(Double(every) * 0.3) && days <= every)
        }
    }

    @Test(
        "A tie is due from its due date and late from the difference of the two cadences on",
        arguments: [
            ("2026-01-19", TieAssessment.Band.notYet), ("2026-01-20", .due), ("2026-02-09", .due),
            ("2026-02-10", .late),
        ]
    )
    func bands(today: String, band: TieAssessment.Band) throws {
        #expect(try Self.assessment(Setup(met: ["2025-12-09"], today: today)).band == band)
    }

    @Test("Where both cadences are the same, what is due is late at once")
    func noSlack() throws {
        #expect(try Self.assessment(Setup(atWorst: 42, met: ["2025-12-09"])).band == .late)
    }

    @Test(
        "A booking silences when it weighs a half and lies within the cadence",
        arguments: [
            ("2026-01-27", 100, true), ("2026-03-10", 50, true), ("2026-03-11", 100, false), ("2026-02-10", 20, false),
            ("2026-01-26", 100, false),
        ]
    )
    func booking(day: String, weight: Int, silences: Bool) throws {
        let setup = Setup(
            met: ["2025-12-09"],
            records: [Self.closed(Self.first, base: Self.first, .expired(.withdrawn), on: "2026-01-25")],
            booked: [(day, weight)]
        )
        #expect(try Self.assessment(setup).mark.cause == (silences ? .met : .withdrawn))
    }
}
