import CivilTime
import KithCore
import KithTesting
import Testing

/// What holds of every plan, over small worlds drawn from seeds.
@Suite("Every plan")
struct PlanPropertyTests {
    static let seeds = UInt64(0)..<250

    /// A world some days into its life: a few turns are taken, with what they sent, seen or not.
    static func lived(_ seed: UInt64) -> (stage: PlannerStage, now: Instant) {
        var random = SplitMix64(seed: seed ^ 0x51ed)
        var stage = RandomStage(seed: seed).stage
        let days = Int.random(in: 0...4, using: &random)
        for offset in 0..<days {
            let day = PlannerStage.today.adding(days: offset - days)
            stage.play(from: "\(day) 07:00", until: "\(day) 22:00", wasSeen: Bool.random(using: &random))
        }
        let minute = Int64.random(in: 420...1_320, using: &random)
        return (stage, Berlin.zone.start(of: PlannerStage.today).adding(minutes: minute))
    }

    @Test("Planning twice, or with everything in another order, gives the same plan", arguments: seeds)
    func deterministic(seed: UInt64) {
        var (stage, now) = Self.lived(seed)
        let plan = stage.plan(at: now)
        #expect(stage.plan(at: now) == plan)
        var random = SplitMix64(seed: seed)
        stage.contents.contacts.shuffle(using: &random)
        stage.contents.meetings.shuffle(using: &random)
        stage.contents.journal.shuffle(using: &random)
        stage.view.nudges.shuffle(using: &random)
        stage.view.skips.shuffle(using: &random)
        #expect(stage.plan(at: now) == plan)
    }

    @Test("A plan that was taken leaves nothing to change, now and when it next asks", arguments: seeds)
    func settled(seed: UInt64) {
        var (stage, now) = Self.lived(seed)
        let plan = stage.turn(at: now)
        let again = stage.plan(at: now)
        #expect(again.changes == [])
        #expect(again.nudges.map(\.record.id) == plan.nudges.map(\.record.id))
        #expect(plan.next > now && plan.next <= Berlin.zone.start(of: plan.today.adding(days: 1)))
        // Between now and then nothing is to be decided, so that nothing is lost by sleeping.
        let between = now.adding(seconds: plan.next.seconds(since: now) / 2)
        #expect(stage.plan(at: between).enqueued == [])
    }

    @Test("What has a place has it in free time, in its hours, and within the limits", arguments: seeds)
    func placed(seed: UInt64) {
        let (stage, now) = Self.lived(seed)
        let (world, plan) = (stage.world(at: now), stage.plan(at: now))
        var (days, weeks): ([CivilDate: Int], [ISOWeek: Int]) = ([:], [:])
        for row in stage.view.deliveries where row.isBudgeted && row.state == .sent {
            let day = Berlin.zone.date(row.sentAt ?? row.plannedAt)
            days[day, default: 0] += 1
            weeks[ISOWeek(containing: day), default: 0] += 1
        }
        for nudge in plan.nudges {
            guard let slot = nudge.slot else { continue }
            let start = max(slot.start, now)
            let day = Berlin.zone.date(start)
            // Before a meeting a glance is enough, and for one line.
            let isShort = nudge.record.id.kind == .prepare || nudge.isOneLine && slot.isSqueeze
            #expect(slot.end.seconds(since: start) >= (isShort ? 60 : 300))
            #expect(!world.busy.contains { $0.start < slot.end && start < $0.end }, "busy")
            let local = Berlin.zone.local(start)
            #expect(local.time.hour >= 8 && local.time.hour < 21, "quiet")
            guard nudge.record.id.kind == .reconnect else { continue }
            if nudge.network != .personal { #expect(world.daysOff[day] == nil) }
            let minute = local.time.seconds / 60
            let hours = stage.policy.hours(of: nudge.network)[day.weekday]
            #expect(hours.contains { ($0.start..<$0.end).contains(minute) }, "hours")
            let moments = KithCore.moments(on: day, network: nudge.network, world: world, policy: stage.policy)
            let squeezes = KithCore.squeezes(on: day, network: nudge.network, world: world, policy: stage.policy)
            let isMoment = moments.contains { $0.slot == slot && $0.openUntil > now }
            #expect(isMoment || nudge.isOneLine && squeezes.contains(slot), "a moment")
            if nudge.record.showings == 0, nudge.record.snoozes == 0 {
                days[day, default: 0] += 1
                weeks[ISOWeek(containing: day), default: 0] += 1
            }
        }
        #expect(days.values.allSatisfy { $0 <= stage.policy.perDay })
        #expect(weeks.values.allSatisfy { $0 <= stage.policy.perWeek })
    }

    @Test(
        "No two places are within two hours of each other, nor of the last message, but before a meeting",
        arguments: seeds
    )
    func spaced(seed: UInt64) {
        let (stage, now) = Self.lived(seed)
        // Birthdays of one day share a bubble, and so a place.
        let others = stage.plan(at: now).nudges.filter { $0.record.id.kind != .prepare }
        let starts = Set(others.compactMap { $0.slot?.start }).sorted()
        let last = stage.view.deliveries.compactMap(\.sentAt).max()
        let all = [last].compactMap(\.self) + starts
        #expect(zip(all, all.dropFirst()).allSatisfy { $1.seconds(since: $0) >= 7_200 })
    }

    @Test("A tie has one open reconnect at most, whatever happens in two weeks", arguments: UInt64(0)..<60)
    func oneOpen(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var stage = RandomStage(seed: seed).stage
        var sent: [PlannerStage.Sent] = []
        for offset in 0..<14 {
            let day = PlannerStage.today.adding(days: offset)
            sent += stage.play(from: "\(day) 07:00", until: "\(day) 22:00", wasSeen: Bool.random(using: &random))
            let open = stage.view.nudges.filter { $0.id.kind == .reconnect && $0.state.isOpen }
            #expect(Set(open.map(\.id.contacts)).count == open.count)
            answer(&stage, on: day, &random)
        }
        // Nothing went out twice under one occasion, and no more in a day or a week than there is room for.
        #expect(Set(sent.map { "\($0.nudges) \($0.occasion)" }).count == sent.count)
        let days = Dictionary(grouping: sent) { Berlin.zone.date($0.at) }
        #expect(days.values.allSatisfy { $0.count <= 3 && $0.filter(\.isBudgeted).count <= stage.policy.perDay })
        let weeks = Dictionary(grouping: sent.filter(\.isBudgeted)) { ISOWeek(containing: Berlin.zone.date($0.at)) }
        #expect(weeks.values.allSatisfy { $0.count <= stage.policy.perWeek })
        let times = sent.filter { $0.nudges[0].kind != .prepare }.map(\.at)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1.seconds(since: $0) >= 7_200 })
    }

    /// Now and then the user answers, puts off, books or cancels.
    private func answer(_ stage: inout PlannerStage, on day: CivilDate, _ random: inout SplitMix64) {
        for record in stage.view.nudges where record.state.isOpen && Int.random(in: 0..<3, using: &random) == 0 {
            let uid = record.id.contacts[0].uid
            switch Int.random(in: 0..<5, using: &random) {
            case 0: stage.log(.met, "\(day)", uid)
            case 1: stage.log(.wrote, "\(day)", uid)
            case 2: stage.skip("\(day)", uid)
            case 3: stage.meet("\(day.adding(days: 9)) 10:00", with: [uid])
            default:
                let until = Berlin.at(day.adding(days: 1), "10:30")
                stage.change(record.id) { $0 = $0.snoozed(until: until, isNamed: Bool.random(using: &random)) }
            }
        }
        if Int.random(in: 0..<4, using: &random) == 0 { stage.contents.meetings.removeAll { $0.firstDay > day } }
    }
}
