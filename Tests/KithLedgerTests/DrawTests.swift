import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

/// What chance drew and what a digest announced, as the ledger keeps them.
@Suite("Draws and announcements")
struct DrawTests {
    static let now = LedgerSample.now
    static let week = ISOWeek(containing: LedgerSample.day("2026-01-27"))

    static func draw(_ people: [String], weeksAgo: Int = 0) -> ChanceDraw {
        let week = ISOWeek(containing: week.monday.adding(days: -7 * weeksAgo))
        return ChanceDraw(week: week, contacts: people.map { ContactID($0) })
    }

    @Test("The first draw of a week stands, in its order, also one of nobody", arguments: Place.allCases)
    func first(place: Place) throws {
        let held = try Held(place)
        try held.ledger.apply(LedgerSample.plan([.draw(Self.draw(["zoe", "ana"]))], revision: 0))
        let changes: [LedgerChange] = [.draw(Self.draw(["ben"])), .draw(Self.draw([], weeksAgo: 1))]
        try held.ledger.apply(LedgerSample.plan(changes, revision: 1))
        let draws = try held.ledger.view(at: Self.now).draws
        #expect(draws == [Self.draw([], weeksAgo: 1), Self.draw(["zoe", "ana"])])
    }

    @Test(
        "The last announcement of a nudge stands; one of a nudge that is not there is none",
        arguments: Place.allCases
    )
    func announced(place: Place) throws {
        let held = try Held(place)
        let (ana, ben) = (LedgerSample.nudge("ana"), LedgerSample.nudge("ben"))
        let (first, second) = (Self.now.adding(minutes: 60), Self.now.adding(minutes: 90))
        let changes: [LedgerChange] = [.put(ana), .announce(ana.id, first), .announce(ben.id, first)]
        try held.ledger.apply(LedgerSample.plan(changes, revision: 0))
        try held.ledger.apply(LedgerSample.plan([.announce(ana.id, second)], revision: 1))
        #expect(try held.ledger.view(at: Self.now).announced == [ana.id: second])
    }

    @Test("The planner sees four weeks of draws and one of announcements; more than that goes in time")
    func forgotten() throws {
        let held = try Held(.memory)
        let ana = LedgerSample.nudge("ana")
        let people = (0..<12).map { LedgerSample.nudge("p\($0)") }
        let changes: [LedgerChange] =
            [.put(ana)] + (0..<12).map { .draw(Self.draw(["ana"], weeksAgo: $0)) } + people.map { .put($0) }
            + people.enumerated().map { .announce($1.id, Self.now.adding(seconds: -Int64($0) * 7 * 86_400)) }
        try held.ledger.apply(LedgerSample.plan(changes, revision: 0))
        let before = try held.ledger.view(at: Self.now)
        #expect(before.draws.count == 5 && before.announced.count == 2)
        try held.ledger.compact(at: Self.now)
        var after = try held.ledger.view(at: Self.now)
        after.revision = before.revision
        #expect(after == before)
        #expect(try held.rows("SELECT count(*) FROM draw") == ["10"])
        #expect(try held.rows("SELECT count(*) FROM draw_contact") == ["10"])
        #expect(try held.rows("SELECT count(*) FROM announcement") == ["6"])
    }
}
