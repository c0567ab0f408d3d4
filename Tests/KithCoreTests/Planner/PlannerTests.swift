import CivilTime
import KithCore
import KithTesting
import Testing

/// A plan made after others is the plan made from nothing.
@Suite("Plans one after another")
struct PlannerTests {
    /// A stage whose files, ledger and rules are edited between two plans.
    private struct Life {
        var edits: StageEdits
        var maker = WorldMaker()
        var planner = Planner()

        init(seed: UInt64) {
            edits = StageEdits(seed: seed)
            if seed % 3 == 0 { edits.stage.policy.chaos = 0.6 }
        }

        /// Two plans of the same.
        mutating func plans() -> (next: Plan, fresh: Plan) {
            let (stage, now) = (edits.stage, edits.now)
            let world = stage.world(at: now, by: &maker)
            let next = planner.plan(world, touched: maker.takeTouched(), stage.view, at: now, policy: stage.policy)
            return (next, plan(world, stage.view, at: now, policy: stage.policy))
        }

        mutating func step(after last: Plan) {
            switch edits.pick(16) {
            case 0...3: edits.stage.view = edits.stage.view.applying(last)
            case 4, 5: _ = edits.stage.send(at: edits.now, wasSeen: edits.pick(3) > 0)
            case 6, 7: answer()
            case 8: rule()
            case 9: write()
            default: edits.step()
            }
        }

        private mutating func answer() {
            guard let id = edits.stage.view.nudges.randomElement(using: &edits.random)?.id else { return }
            let now = edits.now
            let (later, today) = (now.adding(minutes: Int64(edits.pick(9_000))), Berlin.zone.date(now))
            let number = edits.pick(6)
            edits.stage.change(id) { record in
                switch number {
                case 0 where record.state.isOpen: record = record.answered(.skip, on: today)
                case 1 where record.state.isOpen: record = record.snoozed(until: later, isNamed: true)
                case 2 where record.state.isOpen: record = record.snoozed(until: later, isNamed: false)
                case 3 where record.state.isOpen: record = record.expired(.ignored, on: today)
                case 4 where !record.state.isOpen: record = record.reopened()
                default: record.shortID += "x"
                }
            }
            if number == 5 { edits.stage.view.nudges.removeAll { $0.id == id } }
            if number == 0 { edits.stage.view.skips.append(SkipRecord(contact: id.contacts[0], date: today)) }
            edits.stage.view.revision += 1
        }

        /// One or more answers in the journal, at any places in it; now and then one of them is gone again.
        private mutating func write() {
            let place = edits.stage.contents.journal.indices.filter { edits.stage.contents.journal[$0].nudge != nil }
                .randomElement(using: &edits.random)
            if let place, edits.pick(4) == 0 { edits.stage.contents.journal.remove(at: place) }
            for _ in 0..<edits.pick(3) {
                guard let id = edits.stage.view.nudges.randomElement(using: &edits.random)?.id else { return }
                edits.stage.contents.journal.append(
                    JournalEntry(
                        uid: "answer-\(edits.pick(1_000_000))",
                        when: edits.now,
                        action: edits.pick(2) == 0 ? .met : .wrote,
                        contacts: id.contacts,
                        nudge: id
                    )
                )
            }
        }

        private mutating func rule() {
            let today = Berlin.zone.date(edits.now)
            switch edits.pick(7) {
            case 0: edits.stage.policy.perDay = edits.pick(4)
            case 1: edits.stage.policy.channels[0].problem = edits.pick(2) == 0 ? nil : "away"
            case 2: edits.stage.policy.channels[0].carriesNudges.toggle()
            case 3: edits.stage.policy.channels[0].digestTime = TimeOfDay(hour: 9, minute: 0)
            case 4: edits.stage.view.pausedUntil = edits.pick(2) == 0 ? nil : today.adding(days: edits.pick(9))
            case 5: edits.stage.policy.personal = edits.pick(2) == 0 ? Policy.standardPersonal : Policy.standardWork
            default:
                let items = edits.pick(3)
                edits.stage.contents.sources = [SourceReading(path: "/cards", kind: .contacts, items: items)]
            }
        }
    }

    /// What differs between two plans, in few words.
    private static func differences(_ next: Plan, _ fresh: Plan) -> [String] {
        func lines(_ plan: Plan) -> Set<String> {
            let nudges = plan.nudges.enumerated().map { "nudge \($0) \($1)" }
            return Set(
                plan.changes.enumerated().map { "change \($0) \($1)" } + nudges
                    + plan.assessments.values.map { "assessment \($0)" }
                    + ["\(plan.goneSources)", "next \(plan.next)", "\(plan.spentToday) \(plan.spentThisWeek)"]
                    + ["demand \(plan.demand)", "heavy \(plan.isHeavyWeek)"]
            )
        }
        let (left, right) = (lines(next), lines(fresh))
        return left.subtracting(right).sorted().map { "- \($0)" } + right.subtracting(left).sorted().map { "+ \($0)" }
    }

    @Test("Whatever changed since, the next plan is the one made from nothing", arguments: UInt64(0)..<150)
    func equal(seed: UInt64) {
        var life = Life(seed: seed)
        for step in 0..<40 {
            let (next, fresh) = life.plans()
            #expect(Self.differences(next, fresh) == [], "step \(step)")
            guard next == fresh else { return }
            life.step(after: next)
        }
    }

    @Test("As days go by whoever's turn it is is looked at, and nobody is missed", arguments: UInt64(500)..<540)
    func days(seed: UInt64) {
        var life = Life(seed: seed)
        for _ in 0..<30 { life.step(after: life.plans().next) }
        for day in 0..<200 {
            let (next, fresh) = life.plans()
            #expect(Self.differences(next, fresh) == [], "day \(day)")
            guard next == fresh else { return }
            if life.edits.pick(4) > 0 { life.edits.stage.view = life.edits.stage.view.applying(next) }
            if life.edits.pick(9) == 0 {
                _ = life.edits.stage.send(at: life.edits.now, wasSeen: life.edits.pick(3) > 0)
            }
            life.edits.now = life.edits.now.adding(minutes: Int64(life.edits.pick(3_000)))
        }
    }

    @Test("In another zone the same day has other hours")
    func zone() {
        var (stage, planner) = (PlannerStage.withAna(), Planner())
        stage.view = stage.view.applying(stage.plan(at: Berlin.at("2026-01-27 10:00")))
        let now = Berlin.at("2026-01-27 16:00")
        for zone in [Berlin.zone, Zone(name: "New York", rules: .fixed(seconds: -18_000)), Berlin.zone] {
            let world = World.make(
                contents: stage.contents,
                rules: stage.rules,
                daysOff: stage.daysOff,
                zone: zone,
                now: now
            )
            let next = planner.plan(world, stage.view, at: now, policy: stage.policy)
            #expect(next == plan(world, stage.view, at: now, policy: stage.policy))
        }
    }
}
