import ArgumentParser
import CivilTime
import KithCore
import KithEngine

/// Silence, for one person or for all.
struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Silence: pause [NAME] [until]",
        discussion:
            "Without NAME: everything. Until: a date, monday, \"next week\", 3w; without it, until kith resume. "
            + "The day named is the first on which nudges may come again."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom, and until when.", valueName: "name [until]"))
    var words: [String] = []

    /// The day that never comes, for a pause without an end.
    static let forever = CivilDate(year: 9_999, month: 12, day: 31)

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        let (time, today) = (session.time, session.zone.date(session.now))
        if let until = try end(words.joined(separator: " "), time: time, today: today) {
            try session.ledger.pause(until: until)
            await session.refreshDaemon()
            Printer().line("Everything is paused \(Self.phrase(until, today: today)).")
            return
        }
        let subject = try Naming(world: session.world(), nudges: []).subject(words) { time.day($0, .snooze) != nil }
        guard let until = try end(subject.rest, time: time, today: today) else { return }
        for contact in subject.contacts {
            try session.change(contact) { $0.pausedUntil = until }
        }
        await session.refreshDaemon()
        Printer().line("\(names(subject.contacts)): paused \(Self.phrase(until, today: today)).")
    }

    /// The first day nudges may come again; `nil` where the words are no time.
    private func end(_ text: String, time: TypedTime, today: CivilDate) throws -> CivilDate? {
        guard !text.isEmpty else { return Self.forever }
        guard let day = time.day(text, .snooze) else { return nil }
        guard day > today else {
            throw Failure(.usage, "\"\(printable(text))\" has no day ahead of it; give one from tomorrow")
        }
        return day
    }

    /// `until kith resume`, or until a day.
    static func phrase(_ until: CivilDate, today: CivilDate) -> String {
        "until " + (until == forever ? "kith resume" : Phrases.day(until, seenFrom: today))
    }
}

/// Ends a pause.
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End a pause: resume [NAME]",
        discussion: "Without NAME: the pause of everything; persons who were paused by themselves stay so."
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("Whom.", valueName: "name"))
    var words: [String] = []

    func run() async throws {
        let session = try await Session.open(global, access: .writing)
        guard !words.isEmpty else {
            try session.ledger.pause(until: nil)
            await session.refreshDaemon()
            Printer().line("No longer paused.")
            return
        }
        let subject = try Naming(world: session.world(), nudges: []).subject(words)
        for contact in subject.contacts {
            try session.change(contact) { $0.pausedUntil = nil }
        }
        await session.refreshDaemon()
        Printer().line("\(names(subject.contacts)): no longer paused.")
    }
}
