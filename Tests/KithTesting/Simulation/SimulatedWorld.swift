import CivilTime
import KithCore
package import KithEngine
import Logging

/// What a world stands on: the ledger, opened anew after each crash, and the source.
package struct Ground {
    let openLedger: () throws -> any Ledger
    let source: any SimulatedSource

    package init(source: any SimulatedSource, openLedger: @escaping () throws -> any Ledger) {
        (self.source, self.openLedger) = (source, openLedger)
    }
}

/// What must always hold, broken.
package struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was broken, in a word or two: the same for the same kind of breach.
    package var rule: String
    package var at: String
    package var text: String

    package init(rule: String, at: String, text: String) {
        (self.rule, self.at, self.text) = (rule, at, text)
    }

    package var description: String { "\(at): \(rule): \(text)" }
}

/// What a life came to.
package struct LifeReport: Sendable {
    package var violation: Violation?
    package var turns = 0
    package var deliveries = 0
    /// Equal for equal runs.
    package var digest: UInt64 = 0
    /// What passed through the ports last.
    package var lastSteps: [String] = []
}

/// Plays a script through the engine, as a machine and its user would, and judges each turn.
package final class SimulatedWorld {
    /// The address of the user.
    package static let user = Oracle.me

    let script: Script
    let ground: Ground
    private let trace = Trace()
    /// How kith is set up at present.
    private var policy: Policy
    let channels: [SimulatedChannel]
    private(set) var ledger: FaultyLedger
    private(set) var engine: Engine
    /// A second daemon over the same ledger.
    private var twin: Engine?

    var calendar: SimulatedCalendar
    private(set) var zone: Zone
    /// The real time; the machine's clock shows `now`.
    private(set) var time: Instant
    private var skew: Int64 = 0
    private var wakesAt: Instant?
    /// When the engine wants to be called, by the machine's clock.
    private var wanted: Instant
    private var agenda: [Chore] = []
    var isEdited = true
    /// What the files hold, the journal left out.
    private var truth = Contents()
    /// What the files held when the turn read them; `nil` where that is what they hold.
    var contentsBefore: Contents?
    var invariants: Invariants
    private var titles: TitleReading?
    private(set) var report = LifeReport()

    /// Something that is to come: an answer, or the end of a state.
    struct Chore {
        enum What {
            case answer(NudgeID, Script.Word, isNamed: Bool)
            case undo
            case unlock
            case up(Int)
            case mend(Int)
        }

        var at: Instant
        var what: What
    }

    var now: Instant { time.adding(seconds: skew) }

    package init(_ script: Script, on ground: Ground) throws {
        (self.script, self.ground) = (script, ground)
        calendar = SimulatedCalendar(people: script.people)
        (zone, policy) = (script.zone, script.policy)
        time = script.zone.start(of: script.start)
        wanted = time.adding(seconds: 1)
        channels = script.profiles.map { [trace] in
            SimulatedChannel($0, seed: script.seed, isHonest: script.seed.isMultiple(of: 4), trace: trace)
        }
        ledger = FaultyLedger(try ground.openLedger(), trace: trace)
        engine = Engine(
            source: ground.source,
            ledger: ledger,
            channels: channels,
            setup: Self.setup(script, script.policy, script.zone),
            log: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        )
        invariants = Invariants(script)
    }

    static func setup(_ script: Script, _ policy: Policy, _ zone: Zone) -> Setup {
        let friends = Circle(
            name: "friends",
            networks: [.personal],
            cadence: Cadence(every: 60, atWorst: 90),
            match: Match([.category: ["friends"]]),
            place: Place(file: "/config.yaml", line: 9)
        )
        let me = Me(name: "Ada", emails: [Oracle.me], domains: ["example.com"])
        return Setup(
            rules: Rules(me: me, circles: [friends], priorities: script.priorities),
            policy: policy,
            zone: zone
        )
    }

    private var setup: Setup { Self.setup(script, policy, zone) }

    private func newEngine() -> Engine {
        Engine(
            source: ground.source,
            ledger: ledger,
            channels: channels,
            setup: setup,
            log: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    // MARK: Time

    /// Plays the life to its end, or to the first breach.
    package func run() async -> LifeReport {
        do {
            try await live()
        } catch let violation as Violation {
            report.violation = violation
        } catch {
            report.violation = Violation(rule: "an error", at: "\(zone.local(now))", text: "\(error)")
        }
        return report
    }

    private func live() async throws {
        let birth = time
        let end = birth.adding(seconds: Int64(script.days) * 86_400)
        var events = script.events[...]
        var monday = ISOWeek(containing: script.start)
        while time < end {
            let event = events.first.map { birth.adding(minutes: $0.minute) } ?? end
            let awake = max(wakesAt ?? time, time)
            let turn = max(awake, max(wanted.adding(seconds: -skew), time.adding(seconds: 1)))
            let chore = agenda.first.map { max(awake, $0.at) } ?? end
            time = max(time, min(event, turn, chore, end))
            if let wakesAt, wakesAt <= time { self.wakesAt = nil }
            let week = ISOWeek(containing: zone.date(time))
            if week != monday {
                monday = week
                calendar.forget(before: time.adding(seconds: -100 * 86_400))
                isEdited = true
            }
            if event <= time, let next = events.popFirst() {
                try await happen(next)
                if !next.isNoticed || wakesAt != nil { continue }
            } else if chore <= time, chore < end {
                try await doChore(agenda.removeFirst())
            }
            guard wakesAt == nil else { continue }
            try await takeTurn()
        }
    }

    func add(_ what: Chore.What, after seconds: Int64) {
        let chore = Chore(at: time.adding(seconds: seconds), what: what)
        agenda.insert(chore, at: agenda.firstIndex { $0.at > chore.at } ?? agenda.count)
    }

    // MARK: Turns

    private func takeTurn() async throws {
        if isEdited {
            truth = calendar.contents(in: zone)
            try ground.source.show(truth, broken: calendar.broken, in: zone)
            isEdited = false
        }
        let isGood: Bool
        do throws(LedgerError) {
            if let twin { _ = try await twin.turn(at: now) }
            contentsBefore = nil
            wanted = try await engine.turn(at: now)
            isGood = true
        } catch {
            wanted = now.adding(seconds: 60)
            isGood = false
        }
        twin = nil
        report.turns += 1
        let steps = trace.take()
        let outlook = isGood ? engine.latest : nil
        let view = try outlook?.view ?? ledger.inner.view(at: now)
        let contents = contentsBefore ?? ground.source.contents(at: now)
        // Whoever keeps a watch on the files is told of what was written meanwhile.
        if contentsBefore != nil { wanted = min(wanted, now.adding(seconds: 1)) }
        contentsBefore = nil
        let oracle = Oracle(
            zone: zone,
            now: now,
            people: calendar.people,
            meetings: truth.meetings,
            journal: contents.journal,
            mail: truth.mail,
            priorities: script.priorities,
            titles: titles
        )
        titles = oracle.titles
        let seen = TurnSeen(
            oracle: oracle,
            contents: contents,
            view: view,
            outlook: outlook,
            isWhole: isGood,
            wanted: wanted,
            setup: setup,
            channelsDown: Set(channels.filter(\.isDown).map(\.name))
        )
        for step in steps { remember(step) }
        try invariants.judge(steps, seen)
        try judgeDiagnostics()
        if ledger.isDead { try restart() }
    }

    /// Starts anew over the same files.
    private func restart() throws {
        ledger = FaultyLedger(try ground.openLedger(), trace: trace)
        engine = newEngine()
        wanted = now.adding(seconds: 30)
        invariants.disturbed()
    }

    /// Takes a step into the digest, and has the user see what was shown.
    private func remember(_ step: Trace.Step) {
        let words: String
        switch step {
        case .sent(let key, let delivery, let outcome):
            words = "sent \(key.text) \(outcome)"
            if case .sent(_, let wasSeen) = outcome, delivery != nil {
                report.deliveries += 1
                if case .nudges(let ids) = key.subject { decide(ids, key.occasion, wasSeen: wasSeen) }
            }
        case .begun(let key, let number): words = "begun \(key.text) \(number)"
        case .finished(let key, _): words = "finished \(key.text)"
        case .closed(let key, let state): words = "closed \(key.text) \(state)"
        case .retracted(let receipt): words = "retracted \(receipt)"
        case .tookStalePlan, .crashed: words = "\(step)"
        }
        report.lastSteps = report.lastSteps.suffix(11) + ["\(zone.local(now)) \(words)"]
        var draws = Draws(report.digest, "\(now.seconds) \(words)")
        report.digest = draws.next()
    }

    // MARK: What happens

    private func doChore(_ chore: Chore) async throws {
        switch chore.what {
        case .answer(let id, let word, let isNamed):
            let hour = Int64(Draws(script.seed, "hour \(id.text)").firstInt(in: 6...60))
            let until = isNamed ? now.adding(seconds: hour * 3_600) : nil
            answer(word, until: until, about: .nudge(id))
        case .undo: undo()
        case .unlock: for channel in channels { channel.set { $0.isLocked = false } }
        case .up(let index): channels[index].set { $0.isDown = false }
        case .mend(let index): channels[index].set { $0.isFailing = false }
        }
    }

    private func happen(_ event: Script.Event) async throws {
        switch event.what {
        case .say(let person, let word):
            answer(word, about: .person(script.people[person].uid))
        case .undo: undo()
        case .pauseAll(let days):
            try? ledger.pause(until: CivilDate(daysSinceEpoch: zone.date(now).daysSinceEpoch + days))
            invariants.disturbed()
        case .log, .unlog: journal(event.what)
        case .sayMeanwhile(let word):
            ledger.meanwhile = { [unowned self] in answer(word, besides: $0) }
        case .chaos(let share):
            policy.chaos = Double(share) / 100
            engine.configure(setup: setup, source: ground.source, channels: channels)
        case .sourceGone, .sourceBack:
            calendar.isGone = event.what == .sourceGone
            isEdited = true
            invariants.disturbed()
        case .clock, .travel, .sleep, .lock, .down, .failing, .crash, .fullDisk, .intruder, .twin, .reload:
            disturb(event.what)
        default: edit(event.what)
        }
    }

    private func journal(_ what: Script.Happening) {
        if case .log(let person, let action, let daysAgo) = what {
            let entry = JournalEntry(
                uid: "other-\(time.seconds)",
                when: time.adding(seconds: -Int64(daysAgo) * 86_400),
                action: action,
                contacts: [ContactID(script.people[person].uid)],
                summary: "Met"
            )
            try? ground.source.write(entry)
        } else if var entry = ground.source.journal.last(where: { $0.uid.hasPrefix("other-") && !$0.isCancelled }) {
            entry.isCancelled = true
            try? ground.source.write(entry)
        }
    }

    /// What befalls the machine.
    private func disturb(_ what: Script.Happening) {
        invariants.disturbed()
        switch what {
        case .clock(let seconds):
            skew += seconds
            wanted = now.adding(seconds: 1)
        case .travel(let place):
            zone = Script.zones[place]
            isEdited = true
            engine.configure(setup: setup, source: ground.source, channels: channels)
        case .sleep(let minutes): wakesAt = time.adding(minutes: minutes)
        case .lock(let minutes):
            for channel in channels { channel.set { $0.isLocked = true } }
            add(.unlock, after: minutes * 60)
        case .down(let place, let minutes):
            let place = place % channels.count
            channels[place].set { $0.isDown = true }
            add(.up(place), after: minutes * 60)
        case .failing(let place, let minutes):
            let place = place % channels.count
            channels[place].set { $0.isFailing = true }
            add(.mend(place), after: minutes * 60)
        case .crash(let calls, let isBefore): ledger.faults.crash = (calls, isBefore)
        case .fullDisk(let calls): ledger.faults.fullFor = calls
        case .intruder(let calls): ledger.faults.intruder = calls
        case .twin: twin = newEngine()
        case .reload:
            engine.configure(setup: setup, source: ground.source, channels: channels)
        default: break
        }
    }
}
