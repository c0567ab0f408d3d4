import CivilTime
package import KithCore
package import KithEngine

/// Mail through the user's own command (`msmtp -t`, `sendmail -t`): one message on its standard input.
package final class EmailChannel: Channel {
    package let name = ChannelName.email
    private let command: [String]
    private let address: String
    private let digest: (day: Weekday, time: TimeOfDay)?
    private let program: Program
    private let timeout: Int

    /// - Parameter timeout: Seconds the mail command may take.
    package init(
        reading setting: Setting,
        environment: ChannelEnvironment,
        timeout: Int = 45
    ) throws(SettingError) {
        self.timeout = timeout
        let map = try setting.map("email", keys: ["command", "to", "digest"])
        let written = try map.required("command")
        var command: [String] = []
        for part in try written.items("command") { command.append(try part.text("command")) }
        guard !command.isEmpty else {
            throw written.failure("command", isNot: "a command", expected: "e.g. [msmtp, -t]")
        }
        self.command = command
        let to = try map.required("to")
        address = try to.text("to")
        guard Self.isAddress(address) else {
            throw to.failure("to", isNot: "an address", expected: "e.g. ada@example.com")
        }
        digest = try map["digest"].map { value throws(SettingError) in try Self.weekly(value) }
        program = Program(session: environment.session, variables: environment.variables)
    }

    /// One address and no more, without the characters that would make it a list, a group, a comment or a quotation
    /// (RFC 5322 §3.2.3).
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts.contains("")
            && text.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value < 0x7f && !"()<>,;:\\\"".unicodeScalars.contains($0)
            }
    }

    /// `Mon 08:30`, or `08:30` on Monday.
    private static func weekly(_ setting: Setting) throws(SettingError) -> (day: Weekday, time: TimeOfDay) {
        let words = try setting.text("digest").split(separator: " ")
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let day = words.count == 2 ? names.firstIndex(of: words[0].lowercased()) : 0
        guard (1...2).contains(words.count), let day, let weekday = Weekday(rawValue: day), let last = words.last,
            let minutes = minutes(last), let time = TimeOfDay(hour: minutes / 60, minute: minutes % 60)
        else { throw setting.failure("digest", isNot: "a time of the week", expected: "e.g. Mon 08:30") }
        return (weekday, time)
    }

    package func profile() async -> ChannelProfile {
        ChannelProfile(
            name: name,
            carriesNudges: digest == nil,
            digestTime: digest?.time,
            digestDay: digest?.day ?? .monday,
            leavesMachine: true,
            problem: program.find(command[0]) == nil ? "\(printable(command[0])) is not installed" : nil
        )
    }

    package func send(_ delivery: Delivery) async -> AttemptOutcome {
        let mail = MailMessage(delivery, address: address)
        let unit = "kith-mail-\(delivery.key.token).service"
        switch await program.run(command, unit: unit, input: mail.bytes, timeout: timeout) {
        case .succeeded: return .sent(receipt: mail.messageID, wasSeen: true)
        case .missing: return .refused("\(printable(command[0])) is not installed")
        case .failed(let why): return .failed(printable(why))
        }
    }

    /// What was mailed is mailed.
    package func retract(receipt: String) async {}
}
