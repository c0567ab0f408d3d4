import ArgumentParser
import CivilTime
import KithCore
import KithDelivery
import KithEngine
import KithSources
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// The daemon itself: what the service runs.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Watch, plan and nudge until told to stop; what the service runs.",
        discussion: "SIGHUP has it read its configuration again. KITH_LOG=debug tells more."
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: .long, help: ArgumentHelp("A clock that jumps from turn to turn.", visibility: .hidden))
    var clock: String?

    @Option(name: .long, help: ArgumentHelp("Where that clock stops.", visibility: .hidden))
    var until: String?

    func validate() throws {
        guard until == nil || clock != nil else { throw ValidationError("--until needs --clock") }
        guard global.now == nil else {
            throw ValidationError("the daemon has a clock of its own; --now is for commands")
        }
    }

    func run() async throws {
        let environment = await ChannelEnvironment.opened()
        let log = DaemonLog.logger(environment: environment.variables)
        let zone = try LoadedConfiguration(paths: Surroundings.paths(global), environment: environment).setup.zone
        let time = TypedTime(zone: zone, now: DaemonClock.wall.now)
        let start = try clock.map { try time.instant($0, option: "--clock", .moment) }
        let turns = TurnService(
            options: global,
            clock: start.map { .stepping(from: $0) } ?? .wall,
            end: try until.map { try time.instant($0, option: "--until") },
            environment: environment,
            queue: EventQueue(),
            timer: try opened { () throws(BusError) in try WallClockTimer() },
            watcher: try opened { () throws(FileProblem) in try FolderWatcher() },
            log: log
        )
        try await group(of: turns).run()
    }

    /// What the machine has too few of is told as such.
    private func opened<Thing, Problem: Error>(_ open: () throws(Problem) -> Thing) throws(Failure) -> Thing {
        do throws(Problem) {
            return try open()
        } catch {
            throw Failure(.unusable, "\(error)")
        }
    }

    private func group(of turns: TurnService) throws -> ServiceGroup {
        let (queue, environment) = (turns.queue, turns.environment)
        var feeds = [Feed.timer(turns.timer, into: queue), .files(turns.watcher, into: queue), .hangups(into: queue)]
        if let seconds = ServiceManager.watchdogInterval { feeds.append(.heartbeat(every: seconds, into: queue)) }
        if let system = environment.system { feeds.append(.wakeups(system, into: queue)) }
        if let session = environment.session {
            feeds += [.desktop(try .plain(environment), into: queue), .end(of: session)]
        }
        var silent = turns.log
        silent.logLevel = .critical
        let services = feeds.map { feed in
            ServiceGroupConfiguration.ServiceConfiguration(
                service: feed,
                successTerminationBehavior: .ignore,
                failureTerminationBehavior: .gracefullyShutdownGroup
            )
        }
        let last = ServiceGroupConfiguration.ServiceConfiguration(
            service: turns,
            successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .cancelGroup
        )
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [last] + services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: silent
            )
        )
    }
}
