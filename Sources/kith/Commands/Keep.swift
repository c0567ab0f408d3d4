import ArgumentParser
import CivilTime
import KithCore
import KithEngine
import KithSources

extension Network: ExpressibleByArgument {}

/// Keeps a person, or changes how often.
struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Stay in touch: keep NAME [every]",
        discussion: "Every: \"6 weeks\", 45d, 2m; 6 weeks where nothing else says. A person who has an entry in your "
            + "configuration is changed there."
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: .long, help: "strategic, personal or operational.")
    var network: Network?

    @Argument(help: ArgumentHelp("Whom, and how often.", valueName: "name [every]"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let world = session.world()
        let subject = try Naming(world: world, nudges: []).subject(words) { parseSpan($0) != nil }
        let every = subject.rest.isEmpty ? nil : parseSpan(subject.rest)
        let today = session.zone.date(session.now)
        for contact in subject.contacts {
            try session.change(contact) { entry in
                if let every { entry.every = every }
                if let network { entry.networks = [network] }
                if entry.isDropped || entry.since == nil { entry.since = entry.since ?? today }
                entry.isDropped = false
            }
        }
        await session.refreshDaemon()
        let after = session.world()
        let printer = Printer()
        for contact in subject.contacts {
            guard let tie = after.tie(contact.id) else { continue }
            let often = tie.network == .personal ? "" : ", every \(spanText(days: tie.cadence.every))"
            printer.line("\(printable(contact.name)): kept, \(tie.network.rawValue)\(often).")
        }
    }
}

/// Lets a person go.
struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "No more of NAME: drop NAME",
        discussion: "The history stays, and kith keep takes it back."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom.", valueName: "name"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let subject = try Naming(world: session.world(), nudges: []).subject(words)
        for contact in subject.contacts {
            try session.change(contact) { $0.isDropped = true }
        }
        await session.refreshDaemon()
        Printer().line("\(names(subject.contacts)): dropped.")
    }
}
