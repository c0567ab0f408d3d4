import CSystemd
@preconcurrency @unsafe import Dispatch
import Glibc

/// Wakes at a time of the wall clock, also when the clock is set or the machine slept meanwhile (`timerfd_create(2)`,
/// `TFD_TIMER_CANCEL_ON_SET`).
package final class WallClockTimer: Sendable {
    /// Why it woke.
    package enum Event: Sendable {
        case reached
        /// The clock jumped: whatever was waited for has to be looked at anew.
        case clockChanged
    }

    package let events: AsyncStream<Event>

    private let descriptor: Int32
    private let source: any DispatchSourceRead
    private let continuation: AsyncStream<Event>.Continuation

    package init() throws(BusError) {
        let descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        guard descriptor >= 0 else { throw BusError(code: -errno, doing: "a timer could not be made") }
        self.descriptor = descriptor
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: DispatchQueue(label: "kith.timer"))
        let continuation = continuation
        source.setEventHandler {
            var count: UInt64 = 0
            let got = unsafe read(descriptor, &count, 8)
            if got == 8 {
                continuation.yield(.reached)
            } else if errno == ECANCELED {
                continuation.yield(.clockChanged)
            }
        }
        source.setCancelHandler {
            close(descriptor)
            continuation.finish()
        }
        source.activate()
    }

    deinit {
        source.cancel()
    }

    /// Sets the time to wake at, in Unix seconds; one that has passed wakes at once.
    package func set(_ seconds: Int64) {
        var value = itimerspec()
        // Zero would switch the timer off.
        value.it_value.tv_sec = Int(max(1, seconds))
        let flags = Int32(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)
        unsafe timerfd_settime(descriptor, flags, &value, nil)
    }

    /// Ends the stream of events.
    package func stop() {
        source.cancel()
    }
}
