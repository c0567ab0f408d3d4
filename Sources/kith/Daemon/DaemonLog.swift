import Glibc
import Logging

/// One line for each event on standard error.
///
/// Under a manager each begins with its priority (`sd-daemon(3)`), so that `journalctl -p warning` finds what matters;
/// the journal stamps times itself.
struct DaemonLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let isJournal: Bool

    /// The daemon's log at the level that `KITH_LOG` names, else `info`.
    static func logger(environment: [String: String]) -> Logger {
        let level = environment["KITH_LOG"].flatMap { Logger.Level(rawValue: $0) } ?? .info
        let isJournal = environment["JOURNAL_STREAM"] != nil
        return Logger(label: "kith") { _ in DaemonLog(logLevel: level, isJournal: isJournal) }
    }

    private init(logLevel: Logger.Level, isJournal: Bool) {
        (self.logLevel, self.isJournal) = (logLevel, isJournal)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let text = (["\(event.message)"] + details.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
        let head = isJournal ? "<\(priority(event.level))>" : "\(event.level): "
        Printer(STDERR_FILENO).line(head + text)
    }

    /// Of `syslog(3)`.
    private func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
