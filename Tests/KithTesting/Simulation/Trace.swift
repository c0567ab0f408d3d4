import CivilTime
package import KithCore
package import KithEngine
import Synchronization

/// What passed through the ports, in its order: what the invariants are judged by.
package final class Trace: Sendable {
    /// One step.
    package enum Step: Hashable, Sendable {
        /// An attempt row was committed.
        case begun(DeliveryKey, number: Int)
        /// A channel was asked to send; `delivery` is `nil` where another daemon was.
        case sent(DeliveryKey, Delivery?, AttemptOutcome)
        /// The receipt or the failure was committed.
        case finished(DeliveryKey, AttemptOutcome)
        case closed(DeliveryKey, DeliveryRecord.State)
        case retracted(String)
        /// A plan was taken though the ledger had moved since.
        case tookStalePlan
        case crashed
    }

    private let steps = Mutex<[Step]>([])

    /// Adds a step.
    package func add(_ step: Step) {
        steps.withLock { $0.append(step) }
    }

    /// The steps since the last call.
    package func take() -> [Step] {
        steps.withLock { held in
            defer { held = [] }
            return held
        }
    }
}
