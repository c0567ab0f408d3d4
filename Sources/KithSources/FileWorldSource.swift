package import CivilTime
package import KithCore
package import KithEngine
import VObject

/// Everything the user's files say: calendars, cards, the journal and people.yaml, read again only where they changed.
package final class FileWorldSource: WorldSource {
    private let paths: KithPaths
    private let zones: ZoneDatabase
    private let zone: Zone
    private let reader: FileReader
    private var calendars: [CalendarState]
    private var contacts: [ContactState]
    private var journal = ItemCache<CalendarFile>()
    /// The people as last read well: a file that is broken for a while forgets nobody.
    private var people: [PersonRule] = []
    /// How often the occurrences of a file were worked out: once for each state of it in each month.
    private(set) var expansions = 0
    /// Whether something may have changed since the last look.
    private var isStale = true
    private var held = Contents()
    private var heldDay: CivilDate?
    package private(set) var diagnostics: [Diagnostic] = []

    /// A configured calendar, its items, and its occurrences within the window last asked for.
    private struct CalendarState {
        let setting: SourceSetting
        var items = ItemCache<CalendarFile>()
        var meetings: [String: [Meeting]] = [:]
        var window: Interval?
        var expandedTags: [String: FileTag] = [:]
    }

    private struct ContactState {
        let setting: SourceSetting
        var items = ItemCache<CardFile>()
    }

    /// - Throws: What is wrong with an entry of `calendars` or `contacts`.
    package init(configuration: Configuration, paths: KithPaths, zones: ZoneDatabase, zone: Zone) throws(SettingError) {
        let settings = try SourceSetting.all(of: configuration, paths: paths)
        calendars = settings.filter { $0.kind == .calendar }.map { CalendarState(setting: $0) }
        contacts = settings.filter { $0.kind == .contacts }.map { ContactState(setting: $0) }
        reader = FileReader(limit: configuration.fileLimit)
        (self.paths, self.zones, self.zone) = (paths, zones, zone)
    }

    /// Says that files may have changed; the next ``contents(at:)`` looks at them.
    package func invalidate() {
        isStale = true
    }

    /// Every folder and file that has to be watched, as last seen.
    package var watched: [String] {
        let folders =
            calendars.flatMap { $0.items.collections?.folders ?? [] }
            + contacts.flatMap { $0.items.collections?.folders ?? [] } + (journal.collections?.folders ?? [])
        return Array(Set(folders + [paths.dataFolder])).sorted()
    }

    /// The configured paths by which the ledger remembers sources.
    package var configuredPaths: Set<String> {
        Set(calendars.map(\.setting.path) + contacts.map(\.setting.path))
    }

    package func contents(at now: Instant) -> Contents {
        let today = zone.date(now)
        guard isStale || heldDay != today else { return held }
        diagnostics = []
        var contents = Contents()
        let window = window(around: today)
        for index in calendars.indices { read(&calendars[index], window: window, into: &contents) }
        for index in contacts.indices { read(&contacts[index], into: &contents) }
        readJournal(into: &contents)
        readPeople(into: &contents)
        (held, heldDay, isStale) = (contents, today, false)
        diagnostics.sort {
            ($0.place.file, $0.place.line ?? 0, $0.message) < ($1.place.file, $1.place.line ?? 0, $1.message)
        }
        return contents
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

    private func read(_ state: inout CalendarState, window: Interval, into contents: inout Contents) {
        state.items.refresh(state.setting.path, ending: ".ics", reader: reader) { bytes, _ in
            CalendarFile(parsing: bytes) { [zones] in zones.zone(named: $0) }
        }
        let isMoved = state.window != window
        var count = 0
        var meetings: [String: [Meeting]] = [:]
        for href in state.items.hrefs {
            guard let entry = state.items.entries[href] else { continue }
            switch entry.parsed {
            case .failure(let problem):
                diagnostics.append(Diagnostic(problem, file: href))
            case .success(let file):
                diagnostics += file.findings.map { Diagnostic($0, file: href) }
                count += file.events.count
                guard state.setting.role != .ignore else { continue }
                if !isMoved, let tag = entry.tag, state.expandedTags[href] == tag, let known = state.meetings[href] {
                    meetings[href] = known
                } else {
                    expansions += 1
                    meetings[href] = file.occurrences(in: window, floating: zone).map {
                        Meeting($0, role: state.setting.role, file: href, zone: zone)
                    }
                }
            }
        }
        (state.window, state.meetings) = (window, meetings)
        state.expandedTags = state.items.entries.compactMapValues(\.tag)
        for href in state.items.hrefs { contents.meetings += meetings[href] ?? [] }
        contents.sources.append(reading(state.setting, state.items.collections, count: count))
    }

    private func read(_ state: inout ContactState, into contents: inout Contents) {
        state.items.refresh(state.setting.path, ending: ".vcf", reader: reader) { bytes, _ in CardFile(parsing: bytes) }
        var cards: [(card: Card, file: String)] = []
        for href in state.items.hrefs {
            switch state.items.entries[href]?.parsed {
            case .failure(let problem)?:
                diagnostics.append(Diagnostic(problem, file: href))
            case .success(let file)?:
                diagnostics += file.findings.map { Diagnostic($0, file: href) }
                cards += file.cards.map { ($0, href) }
            case nil:
                continue
            }
        }
        // A group has a file of its own in a vdir, so who belongs to it shows only once all are read.
        let groups = CardGroups(cards.lazy.map(\.card))
        contents.contacts += cards.compactMap { Contact(groups.joined(to: $0.card), file: $0.file, zones: zones) }
        contents.sources.append(reading(state.setting, state.items.collections, count: cards.count))
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

    private func readJournal(into contents: inout Contents) {
        journal.refresh(paths.journal, ending: ".ics", reader: reader) { bytes, _ in
            CalendarFile(parsing: bytes) { [zones] in zones.zone(named: $0) }
        }
        for href in journal.hrefs {
            switch journal.entries[href]?.parsed {
            case .failure(let problem)?:
                diagnostics.append(Diagnostic(problem, file: href))
            case .success(let file)?:
                diagnostics += file.findings.map { Diagnostic($0, file: href) }
                contents.journal += file.journals.map { JournalEntry($0, file: href, zone: zone) }
            case nil:
                continue
            }
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

    private func readPeople(into contents: inout Contents) {
        var problem: String?
        do throws(SettingError) {
            people = try PeopleFile(path: paths.people).read()
        } catch {
            problem = error.message
            diagnostics.append(Diagnostic(.error, code: "people", error.message, at: error.place))
        }
        contents.people = people
        contents.sources.append(
            SourceReading(path: paths.people, kind: .people, items: contents.people.count, problem: problem)
        )
    }

    package func write(_ entry: JournalEntry) throws {
        // An entry that is changed keeps its file, whatever it is called.
        let known = held.journal.first { $0.uid == entry.uid && !$0.place.file.isEmpty }?.place.file
        let path = known ?? paths.journal + "/" + ItemName.name(uid: entry.uid)
        try FileWriter.write(Array(entry.calendar(stamp: entry.when).utf8), to: path)
        isStale = true
    }
}
