import CivilTime
import KithCore
import KithEngine

/// A ledger that can fail before or after any call, die there, or find another daemon at work.
final class FaultyLedger: Ledger {
    /// What goes wrong, counted in calls from now.
    struct Faults {
        var crash: (afterCalls: Int, isBefore: Bool)?
        /// Writing calls that are refused.
        var fullFor = 0
        var intruder: Int?
    }

    let inner: any Ledger
    var faults = Faults()
    /// The machine is down: nothing more reaches the file.
    private(set) var isDead = false
    /// Called when a message has been handed over and its receipt is not yet written, until it says that it has done something.
    var meanwhile: ((DeliveryKey) -> Bool)?
    private let trace: Trace

    init(_ inner: any Ledger, trace: Trace) {
        (self.inner, self.trace) = (inner, trace)
    }

    /// Whether a call is the one another daemon comes before.
    private func isIntruded() -> Bool {
        guard let left = faults.intruder else { return false }
        faults.intruder = left > 0 ? left - 1 : nil
        return left == 0
    }

    private func call<Value>(
        writes: Bool = true,
        _ body: () throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value {
        guard !isDead else { throw .unusable("the machine is down") }
        if writes { known = nil }
        if writes, faults.fullFor > 0 {
            faults.fullFor -= 1
            throw .unusable("database or disk is full")
        }
        guard let crash = faults.crash else { return try body() }
        guard crash.afterCalls == 0 else {
            faults.crash?.afterCalls -= 1
            return try body()
        }
        faults.crash = nil
        if !crash.isBefore { _ = try body() }
        isDead = true
        trace.add(.crashed)
        throw .unusable("the machine is down")
    }

    /// What was read last, as long as nothing was written since; another hour is another look.
    private var known: (hour: Int64, view: LedgerView)?

    func view(at now: Instant) throws(LedgerError) -> LedgerView {
        try call(writes: false) { () throws(LedgerError) in
            if let known, known.hour == now.seconds / 3_600 { return known.view }
            let view = try inner.view(at: now)
            known = (now.seconds / 3_600, view)
            return view
        }
    }

    func apply(_ plan: Plan) throws(LedgerError) {
        try call { () throws(LedgerError) in
            guard isIntruded(), !plan.changes.isEmpty else { return try inner.apply(plan) }
            // The other daemon saw the same and was faster.
            try inner.apply(plan)
            try inner.apply(plan)
            trace.add(.tookStalePlan)
        }
    }

    func beginAttempt(_ key: DeliveryKey, at now: Instant) throws(LedgerError) -> Int {
        try call { () throws(LedgerError) in
            if isIntruded() {
                trace.add(.begun(key, number: try inner.beginAttempt(key, at: now)))
                let outcome = AttemptOutcome.sent(receipt: nil, wasSeen: true)
                trace.add(.sent(key, nil, outcome))
                var ids: [NudgeID] = []
                if case .nudges(let named) = key.subject { ids = named }
                try inner.finishAttempt(key, outcome, shown: ids, read: [], at: now)
                trace.add(.finished(key, outcome))
            }
            let number = try inner.beginAttempt(key, at: now)
            trace.add(.begun(key, number: number))
            return number
        }
    }

    func finishAttempt(
        _ key: DeliveryKey,
        _ outcome: AttemptOutcome,
        shown: [NudgeID],
        read: [NudgeID],
        at now: Instant
    ) throws(LedgerError) {
        if meanwhile?(key) == true { meanwhile = nil }
        try call { () throws(LedgerError) in
            try inner.finishAttempt(key, outcome, shown: shown, read: read, at: now)
            trace.add(.finished(key, outcome))
        }
    }

    func close(
        _ key: DeliveryKey,
        as state: DeliveryRecord.State,
        problem: String?,
        at now: Instant
    ) throws(LedgerError) {
        try call { () throws(LedgerError) in
            try inner.close(key, as: state, problem: problem, at: now)
            trace.add(.closed(key, state))
        }
    }

    func record(_ answer: AnswerRecord, after: NudgeRecord?) throws(LedgerError) {
        try call { () throws(LedgerError) in try inner.record(answer, after: after) }
    }

    func put(_ nudge: NudgeRecord) throws(LedgerError) {
        try call { () throws(LedgerError) in try inner.put(nudge) }
    }

    func answers(limit: Int) throws(LedgerError) -> [AnswerRecord] {
        try call(writes: false) { () throws(LedgerError) in try inner.answers(limit: limit) }
    }

    func undo(_ answer: AnswerRecord) throws(LedgerError) {
        try call { () throws(LedgerError) in try inner.undo(answer) }
    }

    func pause(until day: CivilDate?) throws(LedgerError) {
        try call { () throws(LedgerError) in try inner.pause(until: day) }
    }

    func compact(at now: Instant) throws(LedgerError) {
        try call { () throws(LedgerError) in try inner.compact(at: now) }
    }

    func acceptSource(path: String?, items: Int, configured: Set<String>) throws(LedgerError) {
        try call { () throws(LedgerError) in
            try inner.acceptSource(path: path, items: items, configured: configured)
        }
    }
}
