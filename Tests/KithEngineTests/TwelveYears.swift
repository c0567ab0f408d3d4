import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Logging

/// A ledger that keeps everything.
final class Hoarder: Ledger {
    private let inner: SQLiteLedger

    init(_ inner: SQLiteLedger) {
        self.inner = inner
    }

    func compact(at now: Instant) {}

    func view(at now: Instant) throws(LedgerError) -> LedgerView { try inner.view(at: now) }
    func apply(_ plan: Plan) throws(LedgerError) { try inner.apply(plan) }
    func beginAttempt(_ key: DeliveryKey, at now: Instant) throws(LedgerError) -> Int {
        try inner.beginAttempt(key, at: now)
    }
    func finishAttempt(
        _ key: DeliveryKey,
        _ outcome: AttemptOutcome,
        shown: [NudgeID],
        read: [NudgeID],
        at now: Instant
    ) throws(LedgerError) {
        try inner.finishAttempt(key, outcome, shown: shown, read: read, at: now)
    }
    func close(
        _ key: DeliveryKey,
        as state: DeliveryRecord.State,
        problem: String?,
        at now: Instant
    ) throws(LedgerError) {
        try inner.close(key, as: state, problem: problem, at: now)
    }
    func record(_ answer: AnswerRecord, after: NudgeRecord?) throws(LedgerError) {
        try inner.record(answer, after: after)
    }
    func put(_ nudge: NudgeRecord) throws(LedgerError) { try inner.put(nudge) }
    func answers(limit: Int) throws(LedgerError) -> [AnswerRecord] { try inner.answers(limit: limit) }
    func undo(_ answer: AnswerRecord) throws(LedgerError) { try inner.undo(answer) }
    func pause(until day: CivilDate?) throws(LedgerError) { try inner.pause(until: day) }
    func acceptSource(path: String?, items: Int, configured: Set<String>) throws(LedgerError) {
        try inner.acceptSource(path: path, items: items, configured: configured)
    }
}

/// A life of years with a few people, turned once a week, answered as a user might: the same for a seed, whatever ledger keeps it.
struct LongLife {
    static let start = Stage.day("2014-01-06")

    let source: HeldSource
    let engine: Engine
    let desktop = ScriptedChannel(ChannelProfile(name: .desktop, carriesNudges: true))
    private var draws: Seeded
    private var day = Self.start

    init(_ ledger: any Ledger, seed: UInt64) {
        let people = (0..<5).map { number in
            Contact(
                id: ContactID("p\(number)"),
                name: "Person \(number)",
                emails: ["p\(number)@example.org"],
                birthday: AnnualDate(month: number + 1, day: 10)
            )
        }
        let rules = Rules(
            me: Me(name: "Ada", emails: ["ada@example.com"], domains: []),
            people: people.enumerated().map { PersonRule(uid: $1.id.uid, every: 20 + $0 * 20) }
        )
        source = HeldSource(Contents(contacts: people))
        draws = Seeded(seed)
        engine = Engine(
            source: source,
            ledger: ledger,
            channels: [desktop],
            setup: Setup(rules: rules, policy: Policy(), zone: .utc),
            log: Logger(label: "test")
        )
    }

    /// Once a week: a meeting perhaps, a turn, an answer perhaps, and the turn it asks for.
    mutating func live() async throws -> Outlook? {
        day = day.adding(days: 7)
        let now = Zone.utc.start(of: day).adding(minutes: 10 * 60)
        if draws.oneIn(6) { meet(draws.below(4), at: now.adding(minutes: -120)) }
        if draws.oneIn(9) { desktop.script(.failed("no")) }
        _ = try await engine.turn(at: now)
        let open = engine.latest?.view.nudges.filter { $0.state == .delivered } ?? []
        let (number, draw, who) = (draws.next(), draws.below(12), draws.below(5))
        if let nudge = open.first {
            switch draw {
            case 0, 1: _ = try engine.answer(.met(at: now, note: nil), nudge: nudge.shortID, at: now) { "\(number)@x" }
            case 2: _ = try engine.answer(.wrote(at: now, note: nil), nudge: nudge.shortID, at: now) { "\(number)@x" }
            case 3: _ = try engine.answer(.skip, nudge: nudge.shortID, at: now) { "\(number)@x" }
            case 4: _ = try engine.answer(.later(until: nil), nudge: nudge.shortID, at: now) { "\(number)@x" }
            case 5: _ = try? engine.undo(at: now)
            default: break
            }
        } else if draw == 0 {
            _ = try engine.answer(.skip, contacts: [ContactID("p\(who)")], at: now) { "\(number)@x" }
        }
        _ = try await engine.turn(at: now.adding(minutes: 5))
        return engine.latest
    }

    private func meet(_ number: Int, at start: Instant) {
        let me = Participant(email: "ada@example.com")
        source.held.meetings.append(
            Meeting(
                uid: "m\(source.held.meetings.count)",
                start: start,
                end: start.adding(minutes: 30),
                firstDay: Zone.utc.date(start),
                endDay: Zone.utc.date(start).adding(days: 1),
                summary: "Talk",
                organizer: me,
                attendees: [me, Participant(email: "p\(number)@example.org")]
            )
        )
    }
}
