package import KithCore
package import KithEngine
import Synchronization

/// A channel that does what a test tells it to and remembers what it was asked.
package final class ScriptedChannel: Channel {
    private struct State {
        var profile: ChannelProfile
        var outcomes: [AttemptOutcome] = []
        var sent: [Delivery] = []
        var retracted: [String] = []
        var onSend: @Sendable (Delivery) -> Void = { _ in }
    }

    package let name: ChannelName
    private let state: Mutex<State>

    package init(_ profile: ChannelProfile) {
        name = profile.name
        state = Mutex(State(profile: profile))
    }

    /// What the next attempts come to, in order; after them all succeed.
    package func script(_ outcomes: AttemptOutcome...) {
        state.withLock { $0.outcomes += outcomes }
    }

    package func set(problem: String?) {
        state.withLock { $0.profile.problem = problem }
    }

    /// Calls back inside each attempt, before its outcome is known.
    package func onSend(_ body: @escaping @Sendable (Delivery) -> Void) {
        state.withLock { $0.onSend = body }
    }

    /// Every attempt, failed ones too.
    package var attempts: [Delivery] { state.withLock(\.sent) }
    package var retracted: [String] { state.withLock(\.retracted) }

    package func profile() async -> ChannelProfile { state.withLock(\.profile) }

    package func send(_ delivery: Delivery) async -> AttemptOutcome {
        let (onSend, outcome) = state.withLock { state in
            state.sent.append(delivery)
            let outcome =
                state.outcomes.isEmpty
                ? AttemptOutcome.sent(receipt: "\(state.sent.count)@test", wasSeen: true) : state.outcomes.removeFirst()
            return (state.onSend, outcome)
        }
        onSend(delivery)
        return outcome
    }

    package func retract(receipt: String) async {
        state.withLock { $0.retracted.append(receipt) }
    }
}
