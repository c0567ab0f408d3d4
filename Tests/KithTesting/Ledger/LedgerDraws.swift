package import CivilTime
package import KithCore

/// Draws plans as no planner would make them but any ledger has to take them: every field of every row at some time.
package struct LedgerDraws {
    private var random: SplitMix64
    /// Text that has broken databases before.
    private static let texts = [
        "ana@example.org", "o'brien", "a,b/c+d|e", "%2F", "😀 & <b>", "", "ZÄ",
        String(repeating: "u", count: 900),
    ]

    package init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// A plan of one to six changes to what a ledger holds.
    package mutating func plan(on view: LedgerView, at now: Instant) -> Plan {
        var nudges = Array(view.nudges)
        var changes: [LedgerChange] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let change = change(nudges, view.deliveries)
            if case .put(let record) = change { nudges.append(record) }
            changes.append(change)
        }
        return LedgerSample.plan(changes, revision: view.revision, at: now)
    }

    private mutating func change(_ nudges: [NudgeRecord], _ deliveries: [DeliveryRecord]) -> LedgerChange {
        switch Int.random(in: 0..<10, using: &random) {
        case 8:
            let people = (0..<number()).map { ContactID(text() + "\($0)") }
            return .draw(ChanceDraw(week: week(), contacts: people))
        case 9:
            guard let nudge = nudges.randomElement(using: &random) else { return .cancel(digest()) }
            return .announce(nudge.id, LedgerSample.now.adding(seconds: .random(in: 0...1_000_000, using: &random)))
        case 0:
            return .firstSeen(ContactID(text()), day())
        case 1:
            let gone = maybe { $0.instant() }
            return .remember(SourceMemory(path: text(), items: number(), goneSince: gone))
        case 2:
            return .cancel(deliveries.randomElement(using: &random)?.key ?? digest())
        case 3, 4:
            return .enqueue(PlannedDelivery(key: key(nudges), slot: slot(), isBudgeted: flip()))
        default:
            return .put(nudge())
        }
    }

    /// Any nudge that its own rules allow.
    package mutating func nudge() -> NudgeRecord {
        let showings = number()
        let state = state()
        return NudgeRecord(
            id: NudgeID(
                kind: pick([.reconnect, .birthday, .anniversary, NudgeKind(rawValue: "a/kind")]),
                contacts: (0..<Int.random(in: 1...3, using: &random)).map { _ in ContactID(text() + "x") },
                cycle: pick(["met-2025-12-09", "2026", "a/b+c"])
            ),
            state: state,
            reason: pick([.due, .late, .dormant, .chance, .birthday, .anniversary]),
            mark: maybe { $0.mark() },
            base: maybe { $0.mark() },
            due: day(),
            opened: day(),
            showings: showings,
            unseen: Int.random(in: 0...showings, using: &random),
            snoozes: number(),
            deliveredAt: maybe { $0.instant() },
            seenAt: maybe { $0.instant() },
            closed: state.isOpen ? nil : day()
        )
    }

    /// A key no two of which share an occasion of a nudge, as the schema asks of whoever plans.
    private mutating func key(_ nudges: [NudgeRecord]) -> DeliveryKey {
        let channel = pick([ChannelName.desktop, .email, ChannelName(rawValue: "a|b")])
        guard let first = nudges.randomElement(using: &random), let second = nudges.randomElement(using: &random) else {
            return digest()
        }
        let ids = Set([first.id, second.id]).sorted()
        let occasion = "\(Int.random(in: 1...3, using: &random)) \(channel.rawValue) \(ids.map(\.text))"
        return pick([
            DeliveryKey(subject: .nudges(ids), channel: channel, occasion: occasion), digest(),
            DeliveryKey(subject: .sourceGone(path: text(), since: day()), channel: channel, occasion: "gone"),
            DeliveryKey(
                subject: .channelDown(pick([.email, .desktop]), since: day()),
                channel: channel,
                occasion: "down"
            ),
            DeliveryKey(subject: .trial, channel: channel, occasion: text()),
        ])
    }

    private mutating func digest() -> DeliveryKey {
        DeliveryKey(subject: .digest(ISOWeek(containing: day())), channel: .email, occasion: "week")
    }

    private mutating func state() -> NudgeState {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: .pending
        case 1: .delivered
        case 2: .snoozed(until: instant(), isNamed: flip())
        case 3: .answered(pick([.met, .wrote, .skip, .evidence]))
        default: .expired(pick([.ignored, .withdrawn, .past]))
        }
    }

    private mutating func mark() -> Mark {
        Mark(pick([.met, .wrote, .skip, .kept, .ignored, .withdrawn, .again]), day())
    }

    private mutating func slot() -> Slot? {
        maybe { draws in
            let start = draws.instant()
            return Slot(start: start, end: start.adding(minutes: Int64(draws.number() + 1)))
        }
    }

    private mutating func day() -> CivilDate {
        LedgerSample.day("2026-01-27").adding(days: .random(in: -300...900, using: &random))
    }

    /// One that a plan may still ask for.
    private mutating func week() -> ISOWeek {
        ISOWeek(containing: LedgerSample.day("2026-01-27").adding(days: .random(in: -28...28, using: &random)))
    }

    private mutating func instant() -> Instant {
        LedgerSample.now.adding(seconds: .random(in: -10_000_000...10_000_000, using: &random))
    }

    private mutating func text() -> String { pick(Self.texts) }
    private mutating func number() -> Int { Int.random(in: 0...4, using: &random) }
    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func maybe<Value>(_ draw: (inout Self) -> Value) -> Value? {
        flip() ? draw(&self) : nil
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}
