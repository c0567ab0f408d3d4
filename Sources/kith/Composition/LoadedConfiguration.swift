import CivilTime
import KithCore
import KithDelivery
import KithEngine
import KithSources

/// The configuration's files, read and made into what the engine is given: at the start, and again at each reload.
struct LoadedConfiguration {
    let configuration: Configuration
    let setup: Setup
    let source: FileWorldSource
    let channels: [any Channel]

    /// - Throws: ``SettingError`` for the first thing that is wrong.
    init(paths: KithPaths, environment: ChannelEnvironment) throws(SettingError) {
        let zones = ZoneDatabase()
        configuration = try ConfigurationFiles.load(paths: paths)
        let zone = try Self.zone(configuration, zones)
        setup = Setup(
            rules: configuration.rules,
            policy: configuration.policy,
            daysOff: configuration.daysOff,
            zone: zone
        )
        source = try FileWorldSource(configuration: configuration, paths: paths, zones: zones, zone: zone)
        channels = try ChannelKinds.make(configuration.channels, environment: environment)
    }

    private static func zone(_ configuration: Configuration, _ zones: ZoneDatabase) throws(SettingError) -> Zone {
        guard let setting = configuration.timeZone else { return zones.system(environment: Surroundings.environment()) }
        guard let zone = zones.zone(named: try setting.text("time_zone")) else {
            throw setting.failure("time_zone", isNot: "a time zone", expected: "an IANA name, e.g. Europe/Berlin")
        }
        return zone
    }
}
