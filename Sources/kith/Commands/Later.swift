import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// Puts an open nudge off.
struct Later: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Not now: later NAME [until]",
        discussion:
            "Until: 1h, tonight, tomorrow, monday, \"next week\", 3w, a date, or slot: the next free moment from "
            + "tomorrow, which it is without a word.",
        aliases: ["snooze"]
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom, and until when.", valueName: "name [until]"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let outlook = try await session.settle()
        let time = session.time
        let naming = Naming(world: outlook.world, nudges: outlook.view.nudges)
        let subject = try naming.subject(words) { time.read($0, .snooze) != nil }
        let until = subject.rest.isEmpty ? nil : end(subject, time: time, outlook: outlook)
        if let until, until <= session.now {
            throw Failure(.usage, "\"\(printable(subject.rest))\" has passed already")
        }
        let receipt = try await session.answer(.later(until: until), about: subject)
        let again = receipt.until.map { "\(Phrases.day(session.zone.date($0))) \(Phrases.clock($0, session.zone))" }
        Printer().line("\(names(subject.contacts)): later" + (again.map { ", from \($0)." } ?? "."))
    }

    /// When it is to come back; `nil` for the next free moment from tomorrow.
    private func end(_ subject: Naming.Subject, time: TypedTime, outlook: Outlook) -> Instant? {
        switch time.read(subject.rest, .snooze) {
        case .instant(let instant):
            return instant
        case .firstMoment(let day):
            let tie = subject.contacts.lazy.compactMap { outlook.world.tie($0.id) }.first
            let network = tie?.network ?? .strategic
            let slot = nextFreeSlot(from: day, for: network, world: outlook.world, policy: outlook.policy)
            return slot?.start ?? time.zone.start(of: day)
        case .slot, nil:
            return nil
        }
    }
}

/// Closes a nudge without contact.
struct Skip: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Not this time: skip NAME",
        discussion: "The wait begins anew, as if you had been in touch; nothing is logged as contact."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom.", valueName: "name"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let outlook = try await session.settle()
        let subject = try Naming(world: outlook.world, nudges: outlook.view.nudges).subject(words)
        let receipt = try await session.answer(.skip, about: subject)
        let printer = Printer()
        printer.line("\(names(subject.contacts)): skipped.")
        printer.lines(try await session.dueAgain(receipt.contacts))
    }
}

/// Takes an answer back.
struct Undo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take the last answer back: undo [nudge]",
        discussion: "Without a nudge's id: the last answer of all. A journal entry is marked as cancelled and stays."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("The id of the nudge whose answer to take back.", valueName: "nudge"))
    var nudge: String?

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let record = try session.engine().undo(nudge: nudge, at: session.now)
        await session.refreshDaemon()
        let outlook = try await session.outlook()
        let contacts = record.contacts.compactMap { outlook.world.contact($0) }
        Printer().line("Taken back: \(names(contacts)), \(record.kind.rawValue).")
    }
}
