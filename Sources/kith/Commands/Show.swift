import ArgumentParser
import KithCore
import KithEngine

/// Shows a person's card and what happened lately, and what a bubble about them would say.
struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A person's card, what happened lately, and the open nudge: show NAME"
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom, or a nudge's id.", valueName: "name"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        let subject = try Naming(world: outlook.world, nudges: outlook.view.nudges).subject(words)
        let printer = Printer()
        for contact in subject.contacts {
            printer.lines(outlook.screens.show(contact))
            for nudge in outlook.plan.nudges where nudge.record.id.contacts.contains(contact.id) {
                guard let message = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot) else { continue }
                let buttons = message.actions.map { "[\($0.label)]" }.joined(separator: " ")
                let head = "\(nudge.record.shortID)  \(outlook.screens.when(nudge))"
                printer.lines(["", head, printable(message.body), buttons])
            }
        }
        if subject.contacts.isEmpty { throw ExitStatus.nothing }
    }
}

/// Explains what is planned for a person, and from what.
struct Explain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why, or why not: explain NAME",
        discussion:
            "The rule with its file and line, the last contact with its record, what is booked, and when a nudge comes."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Whom, or a nudge's id.", valueName: "name"))
    var words: [String]

    func run() async throws {
        let session = try await Session.open(global, access: .reading)
        let outlook = try await session.outlook()
        try session.tellUnread(json: output.json)
        let subject = try Naming(world: outlook.world, nudges: outlook.view.nudges).subject(words)
        let printer = Printer()
        for contact in subject.contacts {
            if output.json {
                printer.line(try jsonLine(ExplainShape(contact, in: outlook)))
            } else if let tie = outlook.world.tie(contact.id) {
                printer.lines(outlook.screens.explain(tie))
            } else {
                printer.lines(stranger(contact, outlook.world))
            }
        }
        if !subject.contacts.contains(where: { outlook.world.tie($0.id) != nil }) { throw ExitStatus.nothing }
    }

    /// Of somebody who is not kept: why not, and what would change it.
    private func stranger(_ contact: Contact, _ world: World) -> [String] {
        let name = printable(contact.name)
        if contact.isDeceased { return ["\(name): the card has a date of death; never nudged about"] }
        return [
            "\(name): not kept; no circle matches and no entry says so", "to keep: kith keep \(quotedForShell(name))",
        ]
    }
}

/// A name as one word of a command that may be copied.
func quotedForShell(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
        byte >= 0x80 || byte == 0x20 || byte == 0x2d || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
            || (0x61...0x7a).contains(byte)
    }
    if isPlain { return text.contains(" ") ? "\"\(text)\"" : text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
