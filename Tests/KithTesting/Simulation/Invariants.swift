import CivilTime
import KithCore
import KithEngine

/// What one turn left behind, and the world as it was while it lasted.
struct TurnSeen {
    /// Who is who in the script: `p7` is 7.
    static func person(_ contact: ContactID) -> Int? {
        contact.uid.hasPrefix("p") ? Int(contact.uid.dropFirst()) : nil
    }

    let oracle: Oracle
    let contents: Contents
    let view: LedgerView
    /// What the engine saw and decided last; `nil` where the turn did not reach its end.
    let outlook: Outlook?
    /// Whether the turn reached its end: one that died half way may leave what the next puts right.
    let isWhole: Bool
    let wanted: Instant
    let setup: Setup
    let channelsDown: Set<ChannelName>
    /// The nudges about each person, and when somebody is due; `nil` before kith has seen them.
    let records: [[NudgeRecord]]
    let verdicts: [Oracle.Verdict?]

    init(
        oracle: Oracle,
        contents: Contents,
        view: LedgerView,
        outlook: Outlook?,
        isWhole: Bool,
        wanted: Instant,
        setup: Setup,
        channelsDown: Set<ChannelName>
    ) {
        (self.oracle, self.contents, self.view, self.outlook) = (oracle, contents, view, outlook)
        (self.isWhole, self.wanted, self.setup, self.channelsDown) = (isWhole, wanted, setup, channelsDown)
        var records: [[NudgeRecord]] = oracle.people.map { _ in [] }
        for record in view.nudges {
            for person in record.id.contacts.compactMap(Self.person) where records.indices.contains(person) {
                records[person].append(record)
            }
        }
        var skips: [[CivilDate]] = oracle.people.map { _ in [] }
        for skip in view.skips {
            if let person = Self.person(skip.contact), skips.indices.contains(person) {
                skips[person].append(skip.date)
            }
        }
        self.records = records
        verdicts = oracle.people.indices.map { person in
            view.firstSeen[ContactID(oracle.people[person].uid)].map { firstSeen in
                let reconnects = records[person].filter { $0.id.kind == .reconnect }
                return oracle.verdict(person, firstSeen: firstSeen, skips: skips[person], records: reconnects)
            }
        }
    }

    var now: Instant { oracle.now }
    var today: CivilDate { oracle.today }

    func breach(_ rule: String, _ text: String) -> Violation {
        Violation(rule: rule, at: "\(oracle.zone.local(now)) \(oracle.zone.name)", text: text)
    }

    /// What the ledger knows of somebody, in a line.
    func story(_ person: Int) -> String {
        let lines = records[person].map { record in
            "\(record.id.kind.rawValue)/\(record.id.cycle) \(record.state) opened \(record.opened) shown \(record.showings)"
                + (record.closed.map { " closed \($0)" } ?? "")
                + (outlook?.plan.nudges.first { $0.record.id == record.id }.map { " waits for \($0.waiting)" } ?? "")
        }
        return
            "\(lines.joined(separator: "; ")); \(verdicts[person].map { "\($0.base.cause)-\($0.base.date), due \($0.due)" } ?? "")"
    }

    func record(_ id: NudgeID) -> NudgeRecord? {
        id.contacts.first.flatMap(Self.person).flatMap { person in
            records.indices.contains(person) ? records[person].first { $0.id == id } : nil
        }
    }
}

/// Judges what passed through the ports and what the ledger holds, turn by turn.
///
/// It keeps its own account of all that was sent, answered and put off, and takes nothing from the planner but what is judged.
struct Invariants {
    /// A message that a channel was given.
    struct Send {
        var at: Instant
        var key: DeliveryKey
        var ids: [NudgeID]
        var attempt: Int
        var outcome: AttemptOutcome
        var isReceipted = false
        /// Whether it is charged to the budget.
        var isBudgeted: Bool
        /// How often the clock had been set before it.
        var epoch: Int
    }

    let script: Script
    var begun: [DeliveryKey: Int] = [:]
    var sends: [Send] = []
    /// Showings with a receipt.
    var showings: [NudgeID: Int] = [:]
    /// When somebody saw it.
    var seenAt: [NudgeID: [Instant]] = [:]
    var digestsSeen: [Instant] = []
    var answered: Set<NudgeID> = []
    var skips: [SkipRecord] = []
    var snoozed: [NudgeID: (until: Instant, isNamed: Bool)] = [:]
    var everSnoozed: Set<NudgeID> = []
    /// Those whose nudge may have been put off, by an answer that did not reach its end.
    var unsure: Set<ContactID> = []
    /// Bubbles that may still stand on a screen.
    var bubbles: [(receipt: String, ids: [NudgeID], at: Instant)] = []
    var retracted: Set<String> = []
    var states: [NudgeID: NudgeState] = [:]
    var firstSeen: [ContactID: CivilDate] = [:]
    var goneSince: [String: Instant] = [:]
    var itemsOnce: Set<String> = []
    /// What chance drew, by the day on which the week begins.
    var draws: [Int: [ContactID]] = [:]
    var epoch = 0
    /// Who plans beside the engine, once a turn, when all is done.
    var witness = (maker: WorldMaker(), planner: Planner())
    private var turns = 0
    private var turnsOfDay = (day: CivilDate(daysSinceEpoch: 0), count: 0)
    private var liveness: Liveness

    init(_ script: Script) {
        self.script = script
        liveness = Liveness(people: script.people.count)
    }

    /// Takes what passed in a turn, and judges it with what the ledger holds after it.
    mutating func judge(_ steps: [Trace.Step], _ seen: TurnSeen) throws {
        judgeSources(seen)
        try judgeDraws(seen)
        for step in steps { try judge(step, seen) }
        // A clock that was ahead has woken it, and comes back to before that.
        for (id, snooze) in snoozed where snooze.until <= seen.now {
            snoozed[id] = (Instant(seconds: 0), snooze.isNamed)
        }
        try judgeChance(seen)
        try judgeRecords(seen)
        guard let outlook = seen.outlook else {
            liveness.disturb()
            return
        }
        turns += 1
        try judgePace(seen)
        try judge(outlook, seen)
        if turns % 16 == 0 { try judgeOrder(outlook, seen) }
        if turns % 32 == 0 { try judgeLoad(outlook, seen) }
        if !goneSince.isEmpty || !seen.channelsDown.isEmpty { liveness.disturb() }
        try liveness.judge(seen, sends: sends)
    }

    /// Something outside was not as it should be: what has to come in time may come later.
    mutating func disturbed() {
        epoch += 1
        liveness.disturb()
    }

    /// Which of the user's sources are gone, and since when.
    private mutating func judgeSources(_ seen: TurnSeen) {
        for reading in seen.contents.sources where reading.kind == .calendar || reading.kind == .contacts {
            if reading.problem == nil, reading.items > 0 {
                itemsOnce.insert(reading.path)
                goneSince[reading.path] = nil
            } else if reading.problem != nil || itemsOnce.contains(reading.path) {
                goneSince[reading.path] = goneSince[reading.path] ?? seen.now
            }
        }
    }

    /// Whether a source is gone for less time than is waited for it.
    func isGone(_ now: Instant) -> Bool {
        goneSince.values.contains { (0..<13 * 86_400).contains(now.seconds - $0.seconds) }
    }

    private mutating func judgePace(_ seen: TurnSeen) throws {
        guard seen.wanted > seen.now else { throw seen.breach("pace", "asks to be called at \(seen.wanted)") }
        turnsOfDay = turnsOfDay.day == seen.today ? (seen.today, turnsOfDay.count + 1) : (seen.today, 1)
        if turnsOfDay.count > 500 { throw seen.breach("pace", "500 turns on one day") }
    }

    /// Equal inputs give equal plans, whatever the order of files.
    private func judgeOrder(_ outlook: Outlook, _ seen: TurnSeen) throws {
        var draws = Draws(script.seed, "order \(turns)")
        var contents = seen.contents
        contents.contacts.shuffle(using: &draws)
        contents.meetings.shuffle(using: &draws)
        contents.journal.shuffle(using: &draws)
        contents.people.shuffle(using: &draws)
        contents.sources.shuffle(using: &draws)
        var view = outlook.view
        view.nudges.shuffle(using: &draws)
        view.skips.shuffle(using: &draws)
        let world = World.make(
            contents: contents,
            rules: seen.setup.rules,
            daysOff: seen.setup.daysOff,
            zone: seen.setup.zone,
            now: seen.now
        )
        let again = plan(world, view, at: seen.now, policy: outlook.policy)
        guard again == outlook.plan else { throw seen.breach("order", "another order of files gives another plan") }
    }

    // MARK: Answers

    /// An answer was taken.
    mutating func answered(_ receipt: AnswerReceipt, _ word: Script.Word, on day: CivilDate) {
        if word == .later, let nudge = receipt.nudge, case .snoozed(let until, let isNamed) = nudge.state {
            snoozed[nudge.id] = (until, isNamed)
            everSnoozed.insert(nudge.id)
        } else if let nudge = receipt.nudge {
            answered.insert(nudge.id)
            snoozed[nudge.id] = nil
        }
        // A promise or a meeting that can wait says nothing of the tie.
        if word == .skip, receipt.nudge.map({ $0.id.kind != .promise && $0.id.kind != .prepare }) ?? true {
            skips += receipt.contacts.map { SkipRecord(contact: $0, date: day) }
        }
    }

    /// An answer was taken back.
    mutating func undone(_ answer: AnswerRecord) {
        if let nudge = answer.nudge {
            answered.remove(nudge)
            if case .snoozed(let until, let isNamed)? = answer.before?.state { snoozed[nudge] = (until, isNamed) }
        }
        guard answer.kind == .skip else { return }
        for contact in answer.contacts {
            let record = SkipRecord(contact: contact, date: answer.date)
            if let index = skips.lastIndex(of: record) { skips.remove(at: index) }
        }
    }

    /// Nobody knows how far an answer, or taking one back, came: what it said is not insisted on.
    ///
    /// - Parameter contacts: Whose nudge may be put off, to whatever time.
    mutating func answerFailed(_ contacts: [ContactID] = []) {
        unsure.formUnion(contacts)
        answered = []
        skips = []
    }
}
