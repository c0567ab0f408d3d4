import ArgumentParser
import CivilTime
import KithCore
import KithDelivery
import KithEngine

/// Sends a trial by one channel or by all.
struct TestChannel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a trial: test [channel]",
        discussion: "Without a channel: by every one that is configured."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("desktop, email, terminal, ….", valueName: "channel"))
    var channel: String?

    func run() async throws {
        let environment = await ChannelEnvironment.opened()
        let session = try await Session.open(global, access: .imagining, environment: environment)
        var chosen = session.channels.filter { channel == nil || $0.name.rawValue == channel }
        if chosen.isEmpty, let channel {
            // One that needs no settings can be tried before it is configured.
            chosen = [ChannelKinds.plain(channel, environment: environment)].compactMap(\.self)
        }
        guard !chosen.isEmpty else {
            let known = session.channels.map(\.name.rawValue).joined(separator: ", ")
            throw Failure(.usage, "no channel \(printable(channel ?? "")) is configured; there are: \(known)")
        }
        let printer = Printer()
        var isDelivered = false
        for channel in chosen {
            let key = DeliveryKey(subject: .trial, channel: channel.name, occasion: "\(session.now)")
            let delivery = Delivery(key: key, message: trialMessage(), attempt: 1, at: session.now, zone: session.zone)
            switch await channel.send(delivery) {
            case .sent:
                isDelivered = true
                printer.line("\(channel.name.rawValue): sent")
            case .failed(let problem), .refused(let problem):
                printer.line("\(channel.name.rawValue): \(printable(problem))")
            }
        }
        if !isDelivered { throw ExitStatus.undeliverable }
    }
}
