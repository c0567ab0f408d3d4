package import CivilTime
package import KithCore
package import KithEngine
import VObject

/// Everything the user's files say: calendars, cards, the journal, people.yaml and the heads of mail, read again only where
/// they changed.
package final class FileWorldSource: WorldSource {
    private let paths: KithPaths
    private let zones: ZoneDatabase
    private let zone: Zone
    private var checked: (window: Interval, check: TimezoneCheck)?
    private var calendars: [CalendarState]
    private var contacts: [ContactState]
    private var journal: ItemCache<JournalItem>
    private(set) var mail: MailIndex
    /// The people as last read well: a file that is broken for a while forgets nobody.
    private var people: [PersonRule] = []
    private var peopleProblem: SettingError?
    /// How often the occurrences of a file were worked out: once for each state of it in each month.
    private(set) var expansions = 0
    /// What may have changed since the last look, and the day of that.
    private var pending = FolderChange.everything
    private var day: CivilDate?
    private var held = Contents()
    /// Whether ``held`` is of the last look.
    private var isHeld = false
    package private(set) var diagnostics: [Diagnostic] = []

    /// A configured calendar.
    private struct CalendarState {
        let setting: SourceSetting
        var items: ItemCache<CalendarItem>
        /// In which the occurrences of its items were worked out last.
        var window: Interval?
        /// The events of its items, by ``CalendarItem/shelf``.
        var shelves: [[[Meeting]]] = []

        /// Puts the events in place again: those beside an item that changed, or all.
        mutating func shelve(besides changed: Set<ExactPath>?) {
            let touched =
                changed.map { Set($0.map { CalendarItem.shelf(of: $0.text) }) } ?? Set(0..<CalendarItem.shelves)
            guard !touched.isEmpty else { return }
            if shelves.isEmpty { shelves = Array(repeating: [], count: CalendarItem.shelves) }
            for shelf in touched { shelves[shelf] = [] }
            for item in items.items {
                guard case .success(let parsed) = item.parsed, touched.contains(parsed.shelf) else { continue }
                shelves[parsed.shelf] += parsed.events
            }
        }
    }

    private struct ContactState {
        let setting: SourceSetting
        var items: ItemCache<CardFile>
        /// Of all its items, and how many cards they hold; made anew where one of them changed.
        var contacts: [Contact] = []
        var count = 0
    }

    /// - Throws: What is wrong with an entry of `calendars`, `contacts` or `mail`.
    package init(configuration: Configuration, paths: KithPaths, zones: ZoneDatabase, zone: Zone) throws(SettingError) {
        let settings = try SourceSetting.all(of: configuration, paths: paths)
        let reader = FileReader(limit: configuration.fileLimit)
        calendars = settings.filter { $0.kind == .calendar }.map { setting in
            CalendarState(setting: setting, items: ItemCache(setting.path, ending: ".ics", reader: reader))
        }
        contacts = settings.filter { $0.kind == .contacts }.map { setting in
            ContactState(setting: setting, items: ItemCache(setting.path, ending: ".vcf", reader: reader))
        }
        journal = ItemCache(paths.journal, ending: ".ics", reader: reader)
        mail = MailIndex(try MailSetting.all(of: configuration, paths: paths), me: configuration.rules.me)
        (self.paths, self.zones, self.zone) = (paths, zones, zone)
    }

    /// Says what may have changed; the next ``contents(at:)`` looks at it.
    package func invalidate(_ change: FolderChange = .everything) {
        pending.join(change)
    }

    /// Every folder and file that has to be watched, as last seen.
    package var watched: [String] {
        let folders =
            calendars.flatMap { $0.items.collections?.folders ?? [] }
            + contacts.flatMap { $0.items.collections?.folders ?? [] } + (journal.collections?.folders ?? [])
            + mail.watched
        return Array(Set(folders + [paths.dataFolder])).sorted()
    }

    /// The configured paths by which the ledger remembers sources.
    package var configuredPaths: Set<String> {
        Set(calendars.map(\.setting.path) + contacts.map(\.setting.path) + mail.paths)
    }

    package func contents(at now: Instant) -> Contents {
        refresh(at: now)
        guard !isHeld else { return held }
        diagnostics = []
        var contents = Contents()
        for state in calendars { gather(state, into: &contents) }
        for state in contacts { gather(state, into: &contents) }
        gatherJournal(into: &contents)
        gatherPeople(into: &contents)
        contents.mail = mail.mail
        contents.sources += mail.readings
        diagnostics += mail.diagnostics
        (held, isHeld) = (contents, true)
        diagnostics.sort {
            ($0.place.file, $0.place.line ?? 0, $0.message) < ($1.place.file, $1.place.line ?? 0, $1.message)
        }
        return contents
    }

    /// Reads what changed, and works out its occurrences; ``contents(at:)`` puts together what is then known.
    ///
    /// On a new day at everything: a file system that tells of no changes is seen then.
    package func refresh(at now: Instant) {
        let today = zone.date(now)
        if day != today { pending = .everything }
        guard pending != .nothing else { return }
        let window = window(around: today)
        // As long as the window stays, so does what was found of zones: many files repeat one text.
        if checked?.window != window { checked = (window, TimezoneCheck(around: now)) }
        for index in calendars.indices { read(&calendars[index], window: window) }
        for index in contacts.indices { read(&contacts[index]) }
        journal.refresh(pending) { [zones, zone] bytes, href in
            JournalItem(CalendarFile(parsing: bytes) { zones.zone(named: $0) }, href: href, zone: zone)
        }
        if pending.contains(paths.people) { readPeople() }
        mail.refresh(pending)
        (pending, day, isHeld) = (.nothing, today, false)
    }

    /// From ten years before the first day of the month to 401 days after its last.
    ///
    /// The same all month long, so that a new day works nothing out again.
    private func window(around today: CivilDate) -> Interval {
        let (year, month, day) = today.components
        let first = today.adding(days: 1 - day)
        let next = first.adding(days: CivilDate.days(inMonth: month, of: year))
        let (from, until) = (zone.start(of: first.adding(days: -3_653)), zone.start(of: next.adding(days: 401)))
        guard let interval = Interval(start: from, end: until) else { preconditionFailure("the window has a length") }
        return interval
    }

    private func read(_ state: inout CalendarState, window: Interval) {
        let role = state.setting.role
        var count = 0
        func expand(_ item: inout CalendarItem, _ href: String) {
            guard role != .ignore, item.window != window else { return }
            item.expand(in: window, role: role, href: href, zone: zone)
            count += 1
        }
        let isChanged = state.items.refresh(pending) { [zones, check = checked?.check] bytes, href in
            var item = CalendarItem(CalendarFile(parsing: bytes, check: check) { zones.zone(named: $0) }, href: href)
            expand(&item, href)
            return item
        }
        let isSameWindow = state.window == window
        if !isSameWindow { state.items.forEachParsed(expand) }
        if isChanged || !isSameWindow { state.shelve(besides: isSameWindow ? state.items.changed : nil) }
        state.window = window
        expansions += count
    }

    private func gather(_ state: CalendarState, into contents: inout Contents) {
        var count = 0
        for item in state.items.items {
            guard let parsed = parsed(item) else { continue }
            tell(parsed.findings, item.href)
            count += parsed.count
        }
        contents.shelves += state.shelves
        contents.sources.append(reading(state.setting, state.items.collections, count: count))
    }

    private func read(_ state: inout ContactState) {
        guard state.items.refresh(pending, parse: { bytes, _ in CardFile(parsing: bytes) }) else { return }
        var cards: [(card: Card, file: String)] = []
        for item in state.items.items {
            if case .success(let file) = item.parsed { cards += file.cards.map { ($0, item.href) } }
        }
        // A group has a file of its own in a vdir, so who belongs to it shows only once all are read.
        let groups = CardGroups(cards.lazy.map(\.card))
        state.contacts = cards.compactMap { Contact(groups.joined(to: $0.card), file: $0.file, zones: zones) }
        state.count = cards.count
    }

    private func gather(_ state: ContactState, into contents: inout Contents) {
        for item in state.items.items {
            if let file = parsed(item) { tell(file.findings, item.href) }
        }
        contents.contacts += state.contacts
        contents.sources.append(reading(state.setting, state.items.collections, count: state.count))
    }

    /// What an item holds; tells why it could not be read where it could not.
    private func parsed<Parsed>(_ item: ItemCache<Parsed>.Item) -> Parsed? {
        switch item.parsed {
        case .success(let parsed): return parsed
        case .failure(let problem):
            diagnostics.append(Diagnostic(problem, file: item.href))
            return nil
        }
    }

    private func tell(_ findings: [Finding], _ href: String) {
        for finding in findings { diagnostics.append(Diagnostic(finding, file: href)) }
    }

    private func reading(_ setting: SourceSetting, _ collections: Collections?, count: Int) -> SourceReading {
        if let problem = collections?.problem { diagnostics.append(Diagnostic(problem, file: setting.path)) }
        for (path, problem) in collections?.problems ?? [] { diagnostics.append(Diagnostic(problem, file: path)) }
        return SourceReading(
            path: setting.path,
            kind: setting.kind,
            items: count,
            collections: collections?.roots.count ?? 0,
            problem: collections?.problem?.description
        )
    }

    private func gatherJournal(into contents: inout Contents) {
        for item in journal.items {
            guard let parsed = parsed(item) else { continue }
            tell(parsed.findings, item.href)
            contents.journal += parsed.entries
        }
        // A journal that does not exist yet is no fault: the first answer makes it.
        let problem = journal.collections?.problem.flatMap { $0 == .missing ? nil : $0.description }
        if let problem {
            diagnostics.append(Diagnostic(.error, code: "unreadable", problem, at: Place(file: paths.journal)))
        }
        contents.sources.append(
            SourceReading(path: paths.journal, kind: .journal, items: contents.journal.count, problem: problem)
        )
    }

    private func readPeople() {
        do throws(SettingError) {
            people = try PeopleFile(path: paths.people).read()
            peopleProblem = nil
        } catch {
            peopleProblem = error
        }
    }

    private func gatherPeople(into contents: inout Contents) {
        if let peopleProblem {
            diagnostics.append(
                Diagnostic(.error, code: "people", peopleProblem.message, at: peopleProblem.place)
            )
        }
        contents.people = people
        contents.sources.append(
            SourceReading(path: paths.people, kind: .people, items: people.count, problem: peopleProblem?.message)
        )
    }

    package func write(_ entry: JournalEntry) throws {
        // An entry that is changed keeps its file, whatever it is called.
        let known = held.journal.first { $0.uid == entry.uid && !$0.place.file.isEmpty }?.place.file
        let path = known ?? paths.journal + "/" + ItemName.name(uid: entry.uid)
        try FileWriter.write(Array(entry.calendar(stamp: entry.when).utf8), to: path)
        invalidate(.files([ExactPath(path)]))
    }
}
