import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// Logs that people were met.
struct Done: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "You met: done NAME [when] [-- note] [promise: what by when]",
        discussion: "NAME is a name, a nickname, an address or a nudge's id; two people: \"ana and ben\". "
            + "When: yesterday, \"last tuesday\", \"3 days ago\", 2026-01-27; now without it. "
            + "A promise in the note is asked about on its day: done ana -- promise: deck by friday.",
        aliases: ["met"]
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var words: LoggedWords

    func run() async throws {
        try await words.log(global, verb: "met") { .met(at: $0, note: $1) }
    }
}

/// Logs that a line was sent.
struct Wrote: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "You sent a line: wrote NAME [when] [-- note]",
        discussion: "NAME and when as for done."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var words: LoggedWords

    func run() async throws {
        try await words.log(global, verb: "wrote") { .wrote(at: $0, note: $1) }
    }
}

/// The words of `done` and `wrote`: whom, when, and a note.
struct LoggedWords: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("What to remember of it; the words behind -- mean the same.", valueName: "text")
    )
    var note: String?

    @Argument(help: ArgumentHelp("Whom, and when if not now.", valueName: "name [when]"))
    var words: [String]

    /// A command line whose words behind `--` are made the note: `done ana -- over lunch`.
    ///
    /// ArgumentParser cannot tell them from a name once it has dropped the `--`.
    static func withNote(_ arguments: [String]) -> [String] {
        guard let end = arguments.firstIndex(of: "--"), let command = arguments.first,
            ["done", "met", "wrote"].contains(command)
        else { return arguments }
        return arguments[..<end] + ["--note=" + arguments[(end + 1)...].joined(separator: " ")]
    }

    /// Logs it and says what came of it.
    func log(_ global: GlobalOptions, verb: String, as answer: (Instant, String?) -> Answer) async throws {
        let session = try await Session.open(global, access: .writing)
        let outlook = try await session.settle()
        let time = session.time
        let naming = Naming(world: outlook.world, nudges: outlook.view.nudges)
        let subject = try naming.subject(words) { time.past($0) != nil }
        let when = subject.rest.isEmpty ? session.now : time.past(subject.rest) ?? session.now
        guard session.zone.date(when) <= session.zone.date(session.now) else {
            throw Failure(.usage, "\"\(printable(subject.rest))\" lies ahead; a contact that took place cannot")
        }
        let said = try session.said(note)
        let receipt = try await session.answer(answer(when, note.flatMap { $0.isEmpty ? nil : $0 }), about: subject)
        let printer = Printer()
        printer.line("\(names(subject.contacts)): \(verb)" + session.dayPhrase(when) + ".")
        printer.lines(try await session.dueAgain(receipt.contacts))
        guard let promise = said?.promise else { return }
        // What was promised stands in the ledger at once, so that no absence loses it.
        let settled = try await session.settle()
        printer.line(
            "Promised by \(Phrases.day(promise.due, seenFrom: settled.plan.today)): \(printable(promise.text))."
        )
        let others = subject.contacts.filter { settled.world.tie($0.id) == nil }
        guard !others.isEmpty else { return }
        printer.line("\(names(others)): not kept, so nothing will ask. To keep: kith keep NAME")
    }
}

extension Session {
    /// A note and the promise in it.
    ///
    /// - Throws: usage, where a promise cannot be read.
    func said(_ note: String?) throws(Failure) -> LoggedNote? {
        guard let note, !note.isEmpty else { return nil }
        do throws(LoggedNote.Failure) {
            return try LoggedNote(note, now: now, zone: zone)
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    /// Reads typed times in the session's zone.
    var time: TypedTime { TypedTime(zone: zone, now: now, policy: setup.policy) }

    /// ` on Tue 20 Jan` for a day that is not today.
    func dayPhrase(_ when: Instant) -> String {
        let (day, today) = (zone.date(when), zone.date(now))
        return day == today ? "" : " on \(Phrases.day(day, seenFrom: today))"
    }

    /// When each of the contacts falls due next, where that may be told: of friends it may not.
    func dueAgain(_ contacts: [ContactID]) async throws -> [String] {
        let outlook = try await outlook()
        return contacts.compactMap { id in
            guard let tie = outlook.world.tie(id), tie.network != .personal,
                let assessment = outlook.plan.assessments[id],
                assessment.band == .notYet
            else { return nil }
            return
                "\(printable(tie.contact.name)): due again on \(Phrases.day(assessment.due, seenFrom: outlook.plan.today))"
        }
    }
}
