import CivilTime
import KithSources

/// What asks the daemon for a turn.
///
/// Events carry little state of their own: a turn looks at everything anew.
enum DaemonEvent: Sendable {
    /// The instant the last turn asked for has come, the clock was set, the machine woke, the zone changed; says which.
    case time(String)
    /// A stepping clock jumps; void where a later turn has asked for another jump since.
    case step(to: Instant, number: Int)
    /// Files changed.
    case files(FolderChange)
    /// SIGHUP, or `Reload()` with somebody waiting for the result.
    case reload(Reply?)
    /// A method call of the bus interface.
    case call(BusRequest, Reply)
    /// A button of a bubble, named by the receipt of its delivery.
    case action(receipt: String, key: String)
    /// A channel can do what it could not, or the other way round.
    case channels
    /// Time to tell the watchdog that turns are running.
    case heartbeat

    /// Tells whoever waits for this event that it will not be dealt with.
    func refuse() {
        switch self {
        case .reload(let reply): reply?.send(.failure(BusFailure(.busy, "kith is ending")))
        case .call(_, let reply): reply.send(.failure(BusFailure(.busy, "kith is ending")))
        case .time, .step, .files, .action, .channels, .heartbeat: break
        }
    }
}

/// Whom an event is answered to.
struct Reply: Sendable {
    let send: @Sendable (Result<BusAnswer, BusFailure>) -> Void
}

/// Where events wait for the one task that runs turns.
///
/// An unbounded stream in front of one consumer: events are small, and none may be lost.
struct EventQueue: Sendable {
    let events: AsyncStream<DaemonEvent>
    private let continuation: AsyncStream<DaemonEvent>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream()
    }

    func put(_ event: DaemonEvent) {
        if case .terminated = continuation.yield(event) { event.refuse() }
    }

    /// Ends the stream once what waits has been taken.
    func finish() {
        continuation.finish()
    }
}
