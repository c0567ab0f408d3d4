package import KithCore
package import KithEngine
package import Systemd

/// What channels work with besides their own settings.
package struct ChannelEnvironment: Sendable {
    /// The user's session bus; `nil` where there is none.
    package var session: Bus?
    /// The system bus, for what logind knows.
    package var system: Bus?
    /// The process's environment, for programs that are started.
    package var variables: [String: String]
    /// Where the terminal channel prints.
    package var print: @Sendable (String) -> Void

    package init(session: Bus?, system: Bus?, variables: [String: String], print: @escaping @Sendable (String) -> Void)
    {
        self.session = session
        self.system = system
        self.variables = variables
        self.print = print
    }
}

/// One kind of channel: a new one is a folder beside these and a line in the catalogue.
package struct ChannelKind: Sendable {
    package let name: ChannelName
    let make: @Sendable (Setting, ChannelEnvironment) throws(SettingError) -> any Channel
}

/// All channels kith knows.
package enum ChannelKinds {
    package static let catalogue: [ChannelKind] = [
        ChannelKind(name: .desktop) { setting, environment throws(SettingError) in
            try DesktopChannel(reading: setting, environment: environment)
        },
        ChannelKind(name: .email) { setting, environment throws(SettingError) in
            try EmailChannel(reading: setting, environment: environment)
        },
        ChannelKind(name: .terminal) { setting, environment throws(SettingError) in
            try TerminalChannel(reading: setting, environment: environment)
        },
    ]

    /// A channel as it is without any settings; `nil` where there is none of this name, or where it needs some.
    package static func plain(_ name: String, environment: ChannelEnvironment) -> (any Channel)? {
        let kind = catalogue.first { $0.name.rawValue == name }
        return try? kind?.make(Setting(.null, at: Place(file: "")), environment)
    }

    /// Makes the channels of a configuration in its order; without any, the desktop.
    package static func make(
        _ settings: [Setting],
        environment: ChannelEnvironment
    ) throws(SettingError) -> [any Channel] {
        guard !settings.isEmpty else {
            return [try DesktopChannel(reading: Setting(.null, at: Place(file: "")), environment: environment)]
        }
        var channels: [any Channel] = []
        for setting in settings {
            let map = try setting.map("channels", keys: catalogue.map(\.name.rawValue))
            guard let entry = map.entries.first, map.entries.count == 1,
                let kind = catalogue.first(where: { $0.name.rawValue == entry.key })
            else { throw setting.failure("channels", isNot: "one channel", expected: "e.g. desktop: {}") }
            guard !channels.contains(where: { $0.name == kind.name }) else {
                throw SettingError(at: entry.keyPlace, "channels: \(entry.key) stands twice")
            }
            channels.append(try kind.make(entry.value, environment))
        }
        return channels
    }
}
