import KithCore
import KithDelivery
import KithEngine
import Systemd

extension ChannelEnvironment {
    /// The buses of this process, as far as there are any, and its own environment and output.
    static func opened() async -> ChannelEnvironment {
        ChannelEnvironment(
            session: try? await Bus.session(),
            system: try? await Bus.system(),
            variables: Surroundings.environment(),
            print: { Printer().line($0) }
        )
    }
}

extension DesktopChannel {
    /// One without settings, for what does not depend on them.
    static func plain(_ environment: ChannelEnvironment) throws(SettingError) -> DesktopChannel {
        try DesktopChannel(reading: Setting(.null, at: Place(file: "")), environment: environment)
    }
}
