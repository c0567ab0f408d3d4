import CivilTime
import KithCore
import KithDelivery
import KithEngine
import KithLedger
import KithSources
import Logging

/// Everything a command works with, opened: the composition root of all commands and of the daemon.
struct Session {
    /// What a command means to do.
    enum Access: Hashable, Sendable {
        /// Plans in memory and writes nothing; a ledger that does not exist is an empty one.
        case reading
        /// Makes the state folder and the ledger where they are missing.
        case writing
        /// Begins with an empty ledger in memory, whatever there is.
        case imagining
    }

    let instance: String?
    let paths: KithPaths
    let configuration: Configuration
    let setup: Setup
    let source: FileWorldSource
    let ledger: any Ledger
    let channels: [any Channel]
    let now: Instant
    let log: Logger

    var zone: Zone { setup.zone }

    /// Opens all of it in the order in which things can go wrong: the configuration (3), the time that was typed (2), the
    /// ledger (4).
    ///
    /// Sources never fail: what cannot be read is a diagnostic.
    ///
    /// - Parameters:
    ///   - environment: What channels work with; the daemon brings its own, a command opens one.
    ///   - log: A command says what is wrong by itself; only the daemon brings a log.
    static func open(
        _ options: GlobalOptions,
        access: Access,
        environment: ChannelEnvironment? = nil,
        log: Logger? = nil
    ) async throws -> Session {
        let paths = Surroundings.paths(options)
        let opened = if let environment { environment } else { await ChannelEnvironment.opened() }
        let loaded = try LoadedConfiguration(paths: paths, environment: opened)
        let now = try presentTime(options, zone: loaded.setup.zone)
        return Session(
            instance: options.instance,
            paths: paths,
            configuration: loaded.configuration,
            setup: loaded.setup,
            source: loaded.source,
            ledger: try openLedger(paths: paths, access: access),
            channels: loaded.channels,
            now: now,
            log: log ?? silentLog()
        )
    }

    func engine() -> Engine {
        Engine(source: source, ledger: ledger, channels: channels, setup: setup, log: log)
    }

    /// What is planned now, as if the plan were taken; writes nothing.
    func outlook() async throws -> Outlook {
        let policy = await engine().currentPolicy()
        return try Outlook(world(), ledger: ledger, policy: policy, at: now).applied()
    }

    /// What `--now` says, or the wall clock.
    static func presentTime(_ options: GlobalOptions, zone: Zone) throws -> Instant {
        let wall = DaemonClock.wall.now
        guard let text = options.now else { return wall }
        return try TypedTime(zone: zone, now: wall).instant(text, option: "--now", .moment)
    }

    private static func openLedger(paths: KithPaths, access: Access) throws -> any Ledger {
        switch access {
        case .reading where Surroundings.exists(paths.ledger): try SQLiteLedger.open(path: paths.ledger, readOnly: true)
        case .reading, .imagining: MemoryLedger()
        case .writing: try SQLiteLedger.open(path: paths.ledger, readOnly: false)
        }
    }

    private static func silentLog() -> Logger {
        var log = Logger(label: "kith")
        log.logLevel = .critical
        return log
    }
}
