import Synchronization

/// What asks the daemon for a turn. Events carry no state of their own: a turn looks at everything anew.
enum DaemonEvent: Sendable {
    /// The instant the last turn asked for has come, the clock was set, the machine woke, the zone changed.
    case time(String)
    /// Files changed; an empty list means "look at all of them".
    case files([String])
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
        continuation.yield(event)
    }

    /// Ends the stream once what waits has been taken.
    func finish() {
        continuation.finish()
    }
}
