import KithDelivery
import KithSources
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// Something that happens outside, turned into events for as long as the daemon runs.
///
/// A feed that ends by itself is no reason to end the daemon: what it told of can no longer happen.
struct Feed: Service {
    private let body: @Sendable () async throws -> Void

    private init(_ body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await body() }
    }

    /// The wall-clock timer.
    static func timer(_ timer: WallClockTimer, into queue: EventQueue) -> Feed {
        Feed {
            for await event in timer.events {
                switch event {
                case .reached: queue.put(.time("the time has come"))
                case .clockChanged: queue.put(.time("the clock was set"))
                }
            }
        }
    }

    /// Changed files.
    static func files(_ watcher: FolderWatcher, into queue: EventQueue) -> Feed {
        Feed {
            for await change in watcher.changes { queue.put(.files(change)) }
        }
    }

    /// SIGHUP.
    static func hangups(into queue: EventQueue) -> Feed {
        Feed {
            for await _ in await UnixSignalsSequence(trapping: .sighup) { queue.put(.reload(nil)) }
        }
    }

    /// What the watchdog wants to hear, asked of the task that runs turns.
    static func heartbeat(every seconds: Double, into queue: EventQueue) -> Feed {
        Feed {
            while !Task.isCancelled {
                queue.put(.heartbeat)
                try? await Task.sleep(for: .seconds(seconds))
            }
        }
    }

    /// Buttons of bubbles, and notification servers that come and go.
    static func desktop(_ channel: DesktopChannel, into queue: EventQueue) -> Feed {
        Feed {
            for await event in await channel.events() {
                switch event {
                case .action(let receipt, let key): queue.put(.action(receipt: receipt, key: key))
                case .serverChanged: queue.put(.channels)
                }
            }
        }
    }

    /// The machine wakes, the zone changes.
    static func wakeups(_ system: Bus, into queue: EventQueue) -> Feed {
        Feed {
            guard let wakeups = try? await Login(system: system).wakeups() else { return }
            // The user's zone comes with the configuration, so a new one is read with it.
            for await why in wakeups { queue.put(why == "zone" ? .reload(nil) : .time(why)) }
        }
    }

    /// The end of the session bus, and with it of the session: the daemon ends too, and its manager starts it again where there
    /// is still a session.
    static func end(of session: Bus) -> Feed {
        Feed {
            for await _ in session.closed {}
            guard !Task.isCancelled else { return }
            throw Failure(.unusable, "the session bus is gone")
        }
    }
}
