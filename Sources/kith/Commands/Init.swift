import ArgumentParser
import CivilTime
import KithCore
import KithEngine
import KithSources

/// Writes the first configuration.
struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find calendars and contacts, and begin.",
        discussion:
            "Every question has a flag; without a terminal nothing is asked. A configuration that exists is never "
            + "touched."
    )

    @OptionGroup var global: GlobalOptions

    @Option(
        name: .long,
        help: ArgumentHelp("A calendar: a vdir, a folder of vdirs, an .ics file. Repeatable.", valueName: "path")
    )
    var calendars: [String] = []

    @Option(name: .long, help: ArgumentHelp("Cards: a vdir or a .vcf file. Repeatable.", valueName: "path"))
    var contacts: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Mail whose heads show contact: a Maildir or a folder of Maildirs. Repeatable; none without it.",
            valueName: "path"
        )
    )
    var mail: [String] = []

    @Option(name: .long, help: ArgumentHelp("An address of yours. Repeatable.", valueName: "address"))
    var me: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Somebody to keep, or all that are proposed. Repeatable.", valueName: "name|all")
    )
    var keep: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("How often to be in touch with them; 6 weeks without it.", valueName: "span")
    )
    var every: String?

    @Flag(inversion: .prefixedNo, help: "Start the service now and at each login.")
    var start: Bool?

    @Flag(inversion: .prefixedNo, help: "Show one nudge now.")
    var show: Bool?

    @Flag(name: .long, help: "Take what is proposed for every question; nobody is kept who is not named.")
    var yes = false

    func validate() throws {
        if let every, parseSpan(every) == nil {
            throw ValidationError("--every: \"\(every)\" is not a span; expected e.g. 6 weeks, 45d, 2m")
        }
        if let address = me.first(where: { domain(of: $0) == nil }) {
            throw ValidationError("--me: \"\(address)\" is not an address")
        }
    }

    func run() async throws {
        let paths = Surroundings.paths(global)
        guard !Surroundings.exists(paths.configurationFile) else {
            throw Failure(
                .configuration,
                "\(printable(paths.configurationFile)) exists, and kith init never overwrites it; edit it, or move it away"
            )
        }
        let questions = Questions(isAsking: Terminal.isInteractive && !yes)
        var draft = try draft(paths, questions)
        let now = try Session.presentTime(global, zone: ZoneDatabase().system(environment: Surroundings.environment()))
        let first = try draft.contents(paths, now: now)
        draft.emails = try emails(first, questions)
        let proposals = try Proposals(draft: draft, contents: first, paths: paths, now: now)
        let kept = try choose(proposals, questions)
        let span = try kept.isEmpty ? 42 : often(questions)
        try write(draft, kept, every: span, paths: paths, today: proposals.today)
        let printer = Printer()
        printer.lines(["", summary(kept.count, every: span)])
        printer.line(
            "Wrote \(kept.isEmpty ? "config.yaml" : "config.yaml and people.yaml") in your kith folders (kith status shows where)."
        )
        printer.flush()
        try await begin(questions)
    }

    private func draft(_ paths: KithPaths, _ questions: Questions) throws -> Draft {
        let found = Discovery.proposals(paths: paths)
        let (folders, books) = (found.filter { $0.kind == .calendar }, found.filter { $0.kind == .contacts })
        var draft = Draft(name: Surroundings.realName())
        draft.calendars =
            calendars.isEmpty
            ? questions.paths("Calendars", folders.map(\.path), shown: folders.map { shown($0, paths) })
            : calendars.map { Surroundings.absolute($0) }
        guard !draft.calendars.isEmpty else {
            throw Failure(.unusable, "no calendar was found; name one: kith init --calendars PATH")
        }
        draft.contacts =
            contacts.isEmpty
            ? questions.paths("Contacts", books.map(\.path), shown: books.map { shown($0, paths) })
            : contacts.map { Surroundings.absolute($0) }
        guard !draft.contacts.isEmpty else {
            throw Failure(.unusable, "no contacts were found; name them: kith init --contacts PATH")
        }
        let boxes = mail.isEmpty ? Discovery.maildirs(paths: paths) : []
        draft.mail =
            mail.isEmpty
            ? questions.offer("Mail", boxes.map(\.path), shown: boxes.map { shown($0, paths) + ", heads only" })
            : mail.map { Surroundings.absolute($0) }
        return draft
    }

    /// `~/.local/share/calendars/{work,home} (vdirsyncer)`, `~/.local/share/contacts, 212 cards`.
    private func shown(_ proposal: Proposal, _ paths: KithPaths) -> String {
        let isBelow = proposal.path.hasPrefix(paths.home + "/")
        let path = isBelow ? "~" + proposal.path.dropFirst(paths.home.count) : proposal.path
        let within =
            switch proposal.collections.count {
            case 0: ""
            case 1: "/" + proposal.collections[0]
            default: "/{" + proposal.collections.joined(separator: ",") + "}"
            }
        let count =
            switch proposal.kind {
            case .contacts: ", " + Phrases.count(proposal.count, "card")
            case .mail: ", " + Phrases.count(proposal.count, "folder")
            case .calendar, .journal, .people: ""
            }
        return printable(path + within + count + (proposal.isSynced ? " (vdirsyncer)" : ""))
    }

    private func emails(_ contents: Contents, _ questions: Questions) throws -> [String] {
        guard me.isEmpty else { return me.map { $0.lowercased() } }
        let found = [Proposals.ownAddress(contents)].compactMap(\.self)
        let emails = questions.list("You", found, shown: found.map { printable($0) })
        guard !emails.isEmpty, emails.allSatisfy({ domain(of: $0) != nil }) else {
            throw Failure(.usage, "which address is yours? kith init --me ADDRESS")
        }
        return emails.map { $0.lowercased() }
    }

    /// The people to keep: named by flag, or chosen from the proposals.
    private func choose(_ proposals: Proposals, _ questions: Questions) throws -> [Contact] {
        guard keep.isEmpty else {
            if keep.contains("all") { return proposals.people.map(\.contact) }
            let naming = Naming(world: proposals.world, nudges: [])
            return try keep.map { name throws(Failure) in try naming.contact(name) }
        }
        return questions.choose(proposals.people)
    }

    private func often(_ questions: Questions) throws -> Int {
        if let every { return parseSpan(every) ?? 42 }
        return questions.span("How often?", standard: 42)
    }

    private func write(_ draft: Draft, _ kept: [Contact], every: Int, paths: KithPaths, today: CivilDate) throws {
        do {
            let people = PeopleFile(path: paths.people)
            for contact in kept {
                try people.change(uid: contact.id.uid, name: contact.name) { entry in
                    entry.every = every
                    entry.since = entry.since ?? today
                    entry.isDropped = false
                }
            }
            try FileWriter.write(Array(try draft.text(home: paths.home).utf8), to: paths.configurationFile)
        } catch let error as FileProblem {
            throw Failure(.unusable, "nothing could be written: \(error)")
        }
    }

    /// What was kept and what it asks for, as in `3 people, about one nudge a fortnight`.
    private func summary(_ count: Int, every: Int) -> String {
        guard count > 0 else { return "Nobody is kept yet: kith keep NAME, or circles: in config.yaml." }
        let days = max(1, every / count)
        let often: String =
            switch days {
            case ...6: "about \(Phrases.count((count * 7 + every / 2) / every, "nudge")) a week"
            case 7...10: "about one nudge a week"
            case 11...20: "about one nudge a fortnight"
            case 21...45: "about one nudge a month"
            default: "about one nudge in \(Phrases.length(days: days))"
            }
        return "\(count == 1 ? "1 person" : "\(count) people"), \(often)."
    }

    /// Starts the service and shows one nudge, where that is wanted.
    private func begin(_ questions: Questions) async throws {
        let starts = start ?? (yes || questions.confirm("Start at login?"))
        let shows = show ?? (yes || questions.confirm("Show one now?"))
        let printer = Printer()
        // First the nudge: a daemon that runs already would show one of its own beside it.
        if shows {
            printer.line(try await FirstNudge(session: Session.open(global, access: .writing)).show())
            printer.flush()
        }
        if starts, !Program.run(["systemctl", "--user", "enable", "--now", "kith.service"]) {
            printer.line(
                "The service could not be started; by hand: systemctl --user enable --now kith, or: kith daemon"
            )
        }
    }
}
