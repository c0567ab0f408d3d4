package import KithCore
package import KithEngine

/// What every channel keeps to, whatever it is.
package enum ChannelContract {
    /// Runs a channel through everything a stranger's name can hold; returns what it broke.
    ///
    /// - Parameter name: The name under which the catalogue has it.
    package static func violations(of channel: any Channel, name: ChannelName) async -> [String] {
        var broken: [String] = []
        if channel.name != name { broken.append("is called \(channel.name.rawValue)") }
        let profile = await channel.profile()
        if profile.name != name { broken.append("its profile is called \(profile.name.rawValue)") }
        if let problem = profile.problem, !isTellable(problem) { broken.append("problem: \(problem)") }
        var receipts: [String] = []
        for text in Delivery.hostileTexts {
            for delivery in [
                Delivery.sample(title: text, subject: text, channel: name), .sample(body: text, channel: name),
                .sample(title: text, body: text, actions: [], about: [], channel: name),
            ] {
                switch await channel.send(delivery) {
                case .sent(let receipt, _):
                    if profile.problem != nil { broken.append("sends what it said it can not") }
                    receipts += receipt.map { [$0] } ?? []
                case .failed(let why), .refused(let why):
                    if profile.problem == nil { broken.append("\(text.debugDescription.prefix(60)): \(why)") }
                    if !isTellable(why) { broken.append("says \(why.debugDescription)") }
                }
            }
        }
        for receipt in receipts.prefix(3) + Delivery.hostileTexts + ["@", "0@", "4294967296@:1.1", "-1@:1.0", "1@@"] {
            await channel.retract(receipt: receipt)
        }
        let after = await channel.profile()
        if after != profile { broken.append("is another after sending: \(after)") }
        return broken
    }

    /// Whether a reason can stand in a line of `status`.
    private static func isTellable(_ text: String) -> Bool {
        !text.isEmpty && text == printable(text) && text.count <= 400
    }
}
