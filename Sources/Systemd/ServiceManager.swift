import CSystemd

/// Tells the service manager how the daemon is (`sd_notify(3)`); without a manager nothing is told to nobody.
package enum ServiceManager {
    /// Sends a state such as `READY=1`.
    package static func notify(_ state: String) {
        unsafe sd_notify(0, state)
    }

    /// Half the time within which the manager wants to hear `WATCHDOG=1`, in seconds; `nil` where it does not ask
    /// (`sd_watchdog_enabled(3)`).
    package static var watchdogInterval: Double? {
        var microseconds: UInt64 = 0
        guard unsafe sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
        return Double(microseconds) / 2_000_000
    }

    /// `READY=1` after a reload wants to know when the reload began, by the monotonic clock.
    package static func reloading() {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        notify("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }
}
