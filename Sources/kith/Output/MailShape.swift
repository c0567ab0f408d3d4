import KithCore
import KithSources

/// How much of the user's mail was read, for `kith status` and `kith doctor`.
struct MailShape: Encodable, Hashable {
    var folders: Int
    var messages: Int

    /// `nil` where no mail is configured.
    init?(_ sources: [SourceReading]) {
        let mail = sources.filter { $0.kind == .mail }
        guard !mail.isEmpty else { return nil }
        folders = mail.map(\.collections).reduce(0, +)
        messages = mail.map(\.items).reduce(0, +)
    }

    /// `4 folders, 12,345 messages, heads only`.
    var text: String {
        "\(Phrases.count(folders, "folder")), \(Phrases.count(messages, "message")), heads only"
    }

    /// Nothing read of what is asked for is a mistake somewhere.
    func row(_ paths: KithPaths) -> DoctorRow {
        DoctorRow(
            "mail",
            isOK: messages > 0,
            text,
            fix: messages > 0 ? nil : "check mail: in \(paths.configurationFile)"
        )
    }
}
