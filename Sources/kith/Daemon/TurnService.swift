import CivilTime
import KithCore
import KithDelivery
import KithEngine
import KithSources
import Logging
import ServiceLifecycle
import Systemd

/// The one task that runs turns: it opens everything, owns it, and takes one event after another.
struct TurnService: Service {
    let options: GlobalOptions
    let clock: DaemonClock
    /// Where a stepping clock stops.
    let end: Instant?
    let environment: ChannelEnvironment
    let queue: EventQueue
    let timer: WallClockTimer
    let watcher: FolderWatcher
    let log: Logger

    /// - Throws: ``Failure`` where the daemon cannot start: a second one runs, the configuration is wrong, the ledger cannot
    ///   be used.
    func run() async throws {
        let paths = Surroundings.paths(options)
        let lock = try StateLock(folder: paths.stateFolder)
        defer { extendLifetime(lock) }
        // Made now, so that it can be watched from the first turn on; where it cannot be made, an answer will say so.
        try? FileWriter.makeFolder(paths.dataFolder)
        let session = try await Session.open(options, access: .writing, environment: environment, log: log)
        let loop = TurnLoop(self, session: session)
        await loop.appear()
        queue.put(.time("the daemon starts"))
        await withGracefulShutdownHandler {
            for await event in queue.events {
                if Task.isShuttingDownGracefully || loop.isOver {
                    event.refuse()
                } else {
                    await loop.handle(event)
                }
            }
        } onGracefulShutdown: {
            queue.finish()
        }
        ServiceManager.notify("STOPPING=1")
    }
}

/// What the task that runs turns holds.
///
/// Belongs to that task alone.
final class TurnLoop {
    let service: TurnService
    let paths: KithPaths
    let engine: Engine
    var source: FileWorldSource
    private let face: BusFace?
    /// Opens what buttons point to, whatever channels are configured.
    private let desktop: DesktopChannel?
    private var clock: DaemonClock
    private var steps = 0
    private var isReady = false
    private var told: [DueEntry] = []
    private var remarks = 0
    /// What keeps turns from being made, told once for as long as it lasts.
    private var trouble: String?
    /// Whether a stepping clock has reached its end.
    private(set) var isOver = false

    var log: Logger { service.log }
    var now: Instant { clock.now }

    init(_ service: TurnService, session: Session) {
        self.service = service
        paths = session.paths
        source = session.source
        clock = service.clock
        engine = session.engine()
        engine.isAlive = { ServiceManager.notify("WATCHDOG=1") }
        face = service.environment.session.map { BusFace(bus: $0, queue: service.queue) }
        desktop = try? DesktopChannel.plain(service.environment)
    }

    /// Takes the bus name.
    func appear() async {
        let name = DaemonLink(instance: service.options.instance).name
        do throws(BusError) {
            try await face?.appear(as: name)
        } catch {
            log.warning("the bus name \(name) cannot be had, commands will not find this daemon: \(error)")
        }
    }

    func handle(_ event: DaemonEvent) async {
        switch event {
        case .time(let why):
            log.debug("\(why)")
            await turn()
        case .step(let instant, let number):
            guard number == steps else { return }
            await step(to: instant)
        case .files(let change):
            source.invalidate(change)
            await turn()
        case .channels:
            engine.retryAtOnce()
            await turn()
        case .reload(let reply):
            await reload(reply)
        case .call(let request, let reply):
            await serve(request, reply)
        case .action(let receipt, let key):
            await press(receipt: receipt, key: key)
        case .heartbeat:
            ServiceManager.notify("WATCHDOG=1")
        }
    }

    /// One turn, and what follows from it: when to wake, what to watch, whom to tell.
    func turn() async {
        let now = clock.now
        log.debug("turn begins at \(now)")
        let next: Instant
        do throws(LedgerError) {
            next = try await engine.turn(at: now)
            if trouble != nil { log.notice("the ledger can be used again") }
            trouble = nil
        } catch {
            // A disk that is full or a ledger that is held by another gets better or does not; what was planned stays planned.
            let message = Failure(error).message
            log.log(level: message == trouble ? .debug : .error, "\(message)")
            trouble = message
            next = now.adding(seconds: 60)
        }
        log.debug("turn ends")
        remark()
        watch()
        wake(at: next)
        face?.setNextTurn(next)
        await tell()
        if !isReady {
            isReady = true
            ServiceManager.notify("READY=1")
        }
    }

    /// Says how many remarks there are about files, where that changed.
    private func remark() {
        let count = source.diagnostics.count
        guard count != remarks else { return }
        remarks = count
        log.notice("\(Phrases.count(count, "remark")) about files; kith doctor lists them")
    }

    private func watch() {
        let outcome = service.watcher.watch(source.watched)
        for folder in outcome.failed {
            log.warning("\(folder) cannot be watched; changes in it are seen at the next turn")
        }
        // What changed in a folder after it was read and before it was watched was told by nobody.
        if outcome.isWider || !outcome.failed.isEmpty { source.invalidate() }
    }

    private func wake(at next: Instant) {
        steps += 1
        if clock.isStepping {
            service.queue.put(.step(to: next, number: steps))
        } else {
            service.timer.set(next.seconds)
        }
    }

    private func step(to instant: Instant) async {
        if let end = service.end, instant >= end {
            isOver = true
            service.queue.finish()
            return
        }
        clock.step(to: instant)
        await turn()
    }

    /// Says `Changed()` where what is due changed.
    private func tell() async {
        guard let outlook = engine.latest else { return }
        let entries = DueEntry.all(of: outlook)
        guard entries != told else { return }
        told = entries
        await face?.tellChanged()
    }

    /// Reads the configuration again; a wrong one is told and the old one goes on.
    private func reload(_ reply: Reply?) async {
        ServiceManager.reloading()
        defer { ServiceManager.notify("READY=1") }
        let loaded: LoadedConfiguration
        do throws(SettingError) {
            loaded = try LoadedConfiguration(paths: paths, environment: service.environment)
        } catch {
            log.error("\(error); the old configuration goes on")
            reply?.send(.failure(BusFailure(.badConfiguration, "\(error)")))
            return
        }
        source = loaded.source
        engine.configure(setup: loaded.setup, source: loaded.source, channels: loaded.channels)
        do throws(LedgerError) {
            try engine.ledger.acceptSource(path: nil, items: 0, configured: source.configuredPaths)
        } catch {
            log.error("\(Failure(error).message)")
        }
        log.info("took the configuration anew")
        reply?.send(.success(.done))
        await turn()
    }

    /// Opens an address; says why it could not be opened.
    func open(_ url: String, token: String) async -> String? {
        await desktop?.open(url, token: token) ?? nil
    }
}
