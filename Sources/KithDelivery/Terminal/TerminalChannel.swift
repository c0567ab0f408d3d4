import CivilTime
package import KithCore
package import KithEngine

/// Prints: for the demo, for a terminal that is always open, for a log.
package final class TerminalChannel: Channel {
    package let name = ChannelName.terminal
    private let print: @Sendable (String) -> Void

    package init(reading setting: Setting, environment: ChannelEnvironment) throws(SettingError) {
        _ = try setting.map("terminal", keys: [])
        print = environment.print
    }

    package func profile() async -> ChannelProfile {
        ChannelProfile(name: name, carriesNudges: true)
    }

    package func send(_ delivery: Delivery) async -> AttemptOutcome {
        let zone = delivery.zone
        let head = "\(Phrases.day(zone.date(delivery.at))) \(Phrases.clock(delivery.at, zone))"
        let body = printableLines(delivery.message.body).map { $0.isEmpty ? "" : "  " + $0 }
        print(([aligned(head, to: 18) + printable(delivery.message.title)] + body + [""]).joined(separator: "\n"))
        return .sent(receipt: nil, wasSeen: true)
    }

    package func retract(receipt: String) async {}
}
