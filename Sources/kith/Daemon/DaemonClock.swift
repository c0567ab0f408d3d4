import CivilTime
import Glibc

/// The only clock of the program: the wall's, or one that jumps for the demo and the tests.
struct DaemonClock: Sendable {
    /// Where a stepping clock stands; `nil` for the wall clock.
    private var stepped: Instant?

    static let wall = DaemonClock(stepped: nil)

    static func stepping(from start: Instant) -> DaemonClock {
        DaemonClock(stepped: start)
    }

    private init(stepped: Instant?) {
        self.stepped = stepped
    }

    var isStepping: Bool { stepped != nil }

    var now: Instant {
        stepped ?? Instant(seconds: Int64(time(nil)))
    }

    /// Jumps to an instant; the wall clock cannot be moved and stays.
    mutating func step(to instant: Instant) {
        if stepped != nil { stepped = instant }
    }
}
