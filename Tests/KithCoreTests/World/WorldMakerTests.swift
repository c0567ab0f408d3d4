import CivilTime
import KithCore
import KithTesting
import Testing

/// A world made of the one before is the world made from nothing.
@Suite("Worlds one after another")
struct WorldMakerTests {
    @Test("Whatever changed since, the next world is the one made from nothing", arguments: UInt64(0)..<150)
    func equal(seed: UInt64) {
        var edits = StageEdits(seed: seed)
        var maker = WorldMaker()
        var last = edits.stage.world(at: edits.now, by: &maker)
        _ = maker.takeTouched()
        for step in 0..<40 {
            edits.step()
            let world = edits.stage.world(at: edits.now, by: &maker)
            let fresh = edits.stage.world(at: edits.now)
            #expect(world == fresh, "step \(step)")
            guard world == fresh else { return }
            if let touched = maker.takeTouched() {
                // Whoever is not said to be touched is as they were.
                let all = Set(world.evidence.keys).union(last.evidence.keys).union(world.bookings.keys)
                    .union(last.bookings.keys)
                let untold = all.subtracting(touched).filter { contact in
                    world.evidence[contact] != last.evidence[contact]
                        || world.bookings[contact] != last.bookings[contact]
                }
                #expect(untold.isEmpty && world.ties == last.ties, "step \(step)")
            }
            last = world
        }
    }

    @Test("A meeting that ends touches those who were there, and nobody else")
    func hour() {
        var stage = PlannerStage()
        for uid in ["ana", "ben", "cem"] { stage.keep(uid) }
        stage.meet("2026-01-27 10:00", with: ["ana", "ben"])
        stage.meet("2026-01-27 15:00", with: ["cem"])
        var maker = WorldMaker()
        _ = stage.world(at: Berlin.at("2026-01-27 10:30"), by: &maker)
        #expect(maker.takeTouched() == nil)
        let looks = [("10:59", [String]()), ("11:00", ["ana", "ben"]), ("12:00", []), ("16:00", ["cem"])]
        for (time, people) in looks {
            let world = stage.world(at: Berlin.at("2026-01-27 \(time)"), by: &maker)
            #expect(maker.takeTouched() == Set(people.map { ContactID($0) }))
            #expect(people.allSatisfy { world.evidence[ContactID($0)]?.count == 1 })
        }
    }
}
