import CivilTime
import KithCore
import KithEngine

/// What the user promised is asked about on its day, until it is answered or taken back.
extension Invariants {
    func judgePromises(_ seen: TurnSeen) throws {
        guard goneSince.isEmpty else { return }
        for entry in seen.oracle.journal where !entry.promises.isEmpty && !entry.isCancelled {
            guard seen.oracle.zone.date(entry.when) <= seen.today else { continue }
            for (contact, promise) in entry.contacts.flatMap({ contact in entry.promises.map { (contact, $0) } }) {
                guard let person = person(contact), seen.oracle.isKept(person) else { continue }
                let id = NudgeID(kind: .promise, contacts: [contact], cycle: "\(entry.uid) \(promise.due)")
                let isAnswered = seen.oracle.journal.contains { $0.nudge == id && !$0.isCancelled }
                let isOld = seen.today.daysSinceEpoch - promise.due.daysSinceEpoch >= 28
                switch seen.record(id)?.state {
                case nil where !isAnswered && !isOld: throw seen.breach("promise", "\(id.text) is not kept in mind")
                case .expired(let why): throw seen.breach("promise", "\(id.text) ended: \(why)")
                default: break
                }
            }
        }
    }

    /// It is asked about on its day, or the last day of work before it, and only while it stands.
    func judgePromise(_ id: NudgeID, _ seen: TurnSeen) throws {
        guard id.kind == .promise else { return }
        let made = seen.oracle.journal.lazy.filter { !$0.isCancelled }.compactMap { entry in
            entry.promises.first { "\(entry.uid) \($0.due)" == id.cycle }
        }.first
        guard let made else { throw seen.breach("promise", "\(id.text) was taken back") }
        if seen.today < seen.oracle.firstDay(ofPromise: made.due, seen.setup.policy) {
            throw seen.breach("promise", "\(id.text) is asked about before its day")
        }
    }
}
