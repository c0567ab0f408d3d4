import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithLedger

@Suite("A ledger over twelve years", .timeLimit(.minutes(5)))
struct CompactionTests {
    @Test(
        "Plans are the same with and without compaction, and the file does not grow for ever",
        arguments: [1 as UInt64]
    )
    func twelveYears(seed: UInt64) async throws {
        let (tidy, hoard) = (try SQLiteLedger.inMemory(), try SQLiteLedger.inMemory())
        var (life, other) = (LongLife(tidy, seed: seed), LongLife(Hoarder(hoard), seed: seed))
        var pages: [Int] = []
        for step in 1...(12 * 52) {
            let (mine, theirs) = (try #require(try await life.live()), try #require(try await other.live()))
            // What compaction writes moves the revision, and nothing else.
            var (plan, same) = (mine.plan, theirs.plan)
            (plan.revision, same.revision) = (0, 0)
            #expect(plan == same, "step \(step)")
            #expect(mine.view.nudges == theirs.view.nudges, "step \(step)")
            if plan != same { return }
            if step % 52 == 0 { pages += try tidy.rows("PRAGMA page_count").compactMap { Int($0) } }
        }
        let tables = "SELECT count(*) FROM nudge UNION ALL SELECT count(*) FROM delivery"
        let (rows, all) = (try tidy.rows(tables).compactMap { Int($0) }, try hoard.rows(tables).compactMap { Int($0) })
        #expect(rows[0] < all[0] && rows[1] < all[1] / 5, "\(rows) \(all)")
        let whole = try #require(try hoard.rows("PRAGMA page_count").compactMap { Int($0) }.first)
        // What ten years of evidence name is all that grows after the fourth year.
        #expect(pages[11] < whole * 2 / 3 && pages[11] - pages[7] < pages[4] / 2, "\(pages) \(whole)")
        #expect(try tidy.rows("PRAGMA integrity_check") == ["ok"] && tidy.rows("PRAGMA foreign_key_check") == [])
    }

    @Test("A ledger is tidied at the start and once a week")
    func often() async throws {
        let stage = try Stage()
        _ = try await stage.engine.turn(at: Stage.at(hour: 9))
        let old = NudgeRecord(
            id: NudgeID(kind: .birthday, contacts: [Stage.ana], cycle: "2019"),
            state: .expired(.past),
            reason: .birthday,
            due: Stage.day("2019-01-01"),
            opened: Stage.day("2019-01-01"),
            closed: Stage.day("2019-01-05")
        )
        try stage.ledger.put(old)
        func isThere() throws -> Bool {
            try stage.ledger.rows("SELECT 1 FROM nudge WHERE reason = 'birthday'") == ["1"]
        }
        _ = try await stage.engine.turn(at: Stage.at(day: "2026-02-01", hour: 12))
        #expect(try isThere())
        _ = try await stage.engine.turn(at: Stage.at(day: "2026-02-02", hour: 0))
        #expect(try !isThere())
        try stage.ledger.put(old)
        try stage.restart()
        _ = try await stage.engine.turn(at: Stage.at(day: "2026-02-02", hour: 1))
        #expect(try !isThere())
    }
}
