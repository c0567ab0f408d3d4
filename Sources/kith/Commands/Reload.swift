import ArgumentParser

/// Has a running daemon read its configuration again.
struct Reload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Have the running daemon take a changed configuration.",
        discussion: "A configuration that is wrong is told with file, line and column, and the old one goes on."
    )

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        switch await DaemonLink(instance: global.instance).reload() {
        case .done:
            Printer().line("Reloaded.")
        case .absent:
            throw Failure(.nothing, "no daemon is running; the configuration is read when one starts")
        case .refused(let text):
            throw Failure(.configuration, text)
        }
    }
}
