import CivilTime

/// A world, and what it takes to make the next one of it: all that stands as long as its basis does.
struct WorldState: Sendable {
    /// By what all else is read: where any of it changes, everything is read again.
    struct Basis: Equatable {
        let contacts: [Contact]
        let people: [PersonRule]
        let rules: Rules
        let zone: Zone
    }

    let basis: Basis
    let directory: ContactDirectory
    let reader: MeetingReader
    var world: World
    var maker: TieMaker
    /// The ties as they are written, before anything is learned.
    var plain: [Tie]
    var now: Instant
    var today: CivilDate
    var daysOff: [ClosedRange<CivilDate>] = []
    var diary = Diary()
    var busy: BusyTime
    /// All-day events, each once.
    var allDay: [Meeting] = []
    /// The meetings that are bookings, by the day they end on.
    var upcoming: [CivilDate: [Meeting]] = [:]
    var invited: [String: Int] = [:]
    /// As it came.
    var journal: [JournalEntry] = []
    var mail: [String: [MailEntry]] = [:]
}

extension WorldState {
    init(_ basis: Basis, at now: Instant) {
        let today = basis.zone.date(now)
        let rules = basis.rules
        let entries = rules.people.sorted(by: isBefore) + basis.people.sorted(by: isBefore)
        let cards = ContactDirectory(basis.contacts, rules: entries)
        let resolved = cards.resolve(entries)
        let maker = TieMaker(rules: rules, contacts: cards.contacts, people: resolved.rules, today: today)
        let ties = maker.ties()
        let directory = cards.preferring(ties.map(\.id))
        let friends = Set(ties.filter { $0.networks.contains(.personal) }.map(\.id))
        self.init(
            basis: basis,
            directory: directory,
            reader: MeetingReader(
                me: rules.me,
                directory: directory,
                strategic: Set(ties.lazy.filter { $0.network == .strategic }.map(\.id)),
                notEvidence: resolved.rules.mapValues(\.notEvidence),
                friends: friends,
                zone: basis.zone
            ),
            world: World(
                zone: basis.zone,
                contacts: cards.contacts,
                aliases: cards.aliases,
                ties: ties,
                dropped: Set(resolved.rules.filter(\.value.isDropped).keys),
                priorities: rules.priorities,
                unmatchedPeople: resolved.unmatched
            ),
            maker: maker,
            plain: ties,
            now: now,
            today: today,
            busy: BusyTime(around: today, in: basis.zone, me: rules.me)
        )
    }

    /// Takes all that the sources hold as it is now.
    ///
    /// - Parameter touched: Of whom anything differs, thereafter.
    mutating func take(
        _ contents: Contents,
        daysOff: [ClosedRange<CivilDate>],
        at now: Instant,
        isNew: Bool,
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        if isNewDay, !isNew { begin(world.zone.date(now)) }
        take(contents.shelves, at: now, isNewDay: isNewDay, &touched)
        take(contents.journal, isNewDay: isNewDay, &touched)
        take(contents.mail, isNewDay: isNewDay, &touched)
        if isNewDay || self.daysOff != daysOff { take(daysOff) }
        if world.sources != contents.sources {
            world.sources = contents.sources.sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) }
        }
        settle(touched)
        self.now = now
    }

    /// Begins a day.
    private mutating func begin(_ day: CivilDate) {
        today = day
        busy.move(to: day, in: world.zone)
        // What is learned counts up to this day.
        maker = TieMaker(rules: maker.rules, contacts: maker.contacts, people: maker.people, today: day)
        guard !basis.rules.priorities.isEmpty else { return }
        // Ties know how far off the end of a priority is.
        plain = maker.ties()
        world.ties = plain.map { maker.learning($0, from: world.evidence[$0.id] ?? []) }
    }

    private mutating func take(
        _ shelves: [[[Meeting]]],
        at now: Instant,
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        let isFirst = diary.isEmpty
        let changes = diary.take(shelves)
        // Of a first reading nothing has to be found again.
        let uids = isFirst ? [] : Set(changes.map(\.uid))
        reread(changes, uids, at: now, &touched)
        var isBusyChanged = isNewDay
        for change in changes {
            // All of an event are let go of, and those that stand are taken again.
            for meeting in change.before where busy.remove(meeting) { isBusyChanged = true }
            for meeting in change.after where busy.add(meeting) { isBusyChanged = true }
        }
        if isBusyChanged { world.busy = busy.intervals }
        if !uids.isEmpty { allDay.removeAll { uids.contains($0.uid) } }
        for change in changes { allDay += change.after.filter(\.isAllDay) }
        let hasAllDay = changes.contains {
            $0.before.contains(where: \.isAllDay) || $0.after.contains(where: \.isAllDay)
        }
        if isNewDay || hasAllDay { take(daysOff) }
    }

    /// Reads what changed, and the bookings that have ended since: they are evidence now, and may make a series routine.
    private mutating func reread(
        _ changes: [Diary.Change],
        _ uids: Set<String>,
        at now: Instant,
        _ touched: inout Set<ContactID>
    ) {
        var (before, after) = (MeetingFindings(), MeetingFindings())
        for change in changes {
            reader.read(change.before, at: self.now, into: &before)
            reader.read(change.after, at: now, into: &after)
        }
        let ended = ended(by: now).subtracting(uids)
        for uid in ended {
            let occurrences = diary.meetings(of: uid)
            reader.read(occurrences, at: self.now, into: &before)
            reader.read(occurrences, at: now, into: &after)
        }
        forget(before, uids.union(ended), &touched)
        add(after, &touched)
    }

    /// The UIDs of meetings that have ended since the last world.
    private func ended(by now: Instant) -> Set<String> {
        let (first, last) = (world.zone.date(self.now), world.zone.date(now))
        let days = (first.daysSinceEpoch...last.daysSinceEpoch).lazy.compactMap { [upcoming] in
            upcoming[CivilDate(daysSinceEpoch: $0)]
        }
        return Set(days.joined().filter { $0.end <= now }.map(\.uid))
    }

    private mutating func forget(_ findings: MeetingFindings, _ uids: Set<String>, _ touched: inout Set<ContactID>) {
        for contact in findings.evidence.keys {
            world.evidence[contact]?.removeAll { $0.origin == .meeting && uids.contains($0.uid) }
        }
        for contact in findings.bookings.keys { world.bookings[contact]?.removeAll { uids.contains($0.uid) } }
        for meeting in findings.upcoming {
            upcoming[world.zone.date(meeting.end)]?.removeAll { $0.uid == meeting.uid }
        }
        for (day, spent) in findings.timeSpent {
            let left = (world.timeSpent[day] ?? TimeSpent()) - spent
            world.timeSpent[day] = left == TimeSpent() ? nil : left
        }
        touched.formUnion(findings.contacts)
        guard findings.unmatched > 0 else { return }
        world.unmatchedEvents -= findings.unmatched
        for (address, count) in findings.invited { invited[address, default: 0] -= count }
        world.suggestedAddress = reader.suggestedAddress(invited)
    }

    private mutating func add(_ findings: MeetingFindings, _ touched: inout Set<ContactID>) {
        for (contact, evidence) in findings.evidence {
            world.evidence[contact] = world.evidence[contact].map { $0 + evidence } ?? evidence
        }
        for (contact, bookings) in findings.bookings {
            world.bookings[contact] = world.bookings[contact].map { $0 + bookings } ?? bookings
        }
        for meeting in findings.upcoming { upcoming[world.zone.date(meeting.end), default: []].append(meeting) }
        world.timeSpent.merge(findings.timeSpent, uniquingKeysWith: +)
        touched.formUnion(findings.contacts)
        guard findings.unmatched > 0 else { return }
        world.unmatchedEvents += findings.unmatched
        invited.merge(findings.invited, uniquingKeysWith: +)
        world.suggestedAddress = reader.suggestedAddress(invited)
    }

    /// What is dated after today waits for its day: a clock has jumped somewhere.
    private mutating func take(
        _ entries: [JournalEntry],
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        let places = isNewDay ? world.journal.indices.filter { world.journal[$0].when > now } : []
        let waiting = places.map { world.journal[$0] }
        guard entries != journal || !waiting.isEmpty else { return }
        let (first, last) = difference(journal, entries, by: ==)
        let gone = directory.canonical(Array(journal[first..<journal.count - last]))
        let come = directory.canonical(Array(entries[first..<entries.count - last]))
        journal = entries
        let changed = Set((gone + come + waiting).map(\.uid))
        var (old, new) = (MeetingFindings(), MeetingFindings())
        for uid in changed { for entry in world.entries(uid) { reader.read(entry, on: today, into: &old) } }
        if gone.count + come.count < 64 {
            world.replace(gone, by: come)
        } else {
            world.journal = directory.canonical(entries).sorted(by: isBefore)
        }
        for uid in changed { for entry in world.entries(uid) { reader.read(entry, on: today, into: &new) } }
        for contact in old.evidence.keys {
            world.evidence[contact]?.removeAll { $0.origin != .meeting && !$0.isMail && changed.contains($0.uid) }
        }
        touched.formUnion(old.evidence.keys)
        add(new, &touched)
    }

    /// Mail is read again by person: what counts of a day is the first of it over all addresses.
    private mutating func take(
        _ mail: [String: [MailEntry]],
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        guard self.mail != mail || isNewDay && !mail.isEmpty else { return }
        let addresses = Set(self.mail.keys).union(mail.keys).filter { isNewDay || self.mail[$0] != mail[$0] }
        let people = Set(addresses.compactMap { directory.contact(email: $0) })
        let theirs = mail.filter { entry in directory.contact(email: entry.key).map { people.contains($0) } ?? false }
        let found = MailReader(me: basis.rules.me, directory: directory, zone: world.zone, today: today)
            .evidence(in: theirs)
        for contact in people {
            world.evidence[contact]?.removeAll(where: \.isMail)
            if let evidence = found[contact] { world.evidence[contact, default: []] += evidence }
        }
        self.mail = mail
        touched.formUnion(people)
    }

    private mutating func take(_ daysOff: [ClosedRange<CivilDate>]) {
        self.daysOff = daysOff
        world.daysOff = freeDays(in: allDay, written: daysOff, me: basis.rules.me, today: today)
    }

    /// Puts what was found in order, and has ties learn of it; who shows nothing any more has no list.
    private mutating func settle(_ touched: Set<ContactID>) {
        for contact in touched {
            world.evidence[contact]?.settle()
            if world.evidence[contact]?.isEmpty == true { world.evidence[contact] = nil }
            // What is as it was is not written, and nothing copied for it.
            guard let bookings = world.bookings[contact] else { continue }
            let sorted = bookings.sorted(by: soonestFirst)
            if sorted != bookings { world.bookings[contact] = sorted }
            if sorted.isEmpty { world.bookings[contact] = nil }
        }
        // The ties are copied where one learns, and only then.
        let learned = touched.compactMap { contact -> (place: Int, tie: Tie)? in
            let place = plain.partitionPoint { $0.id < contact }
            guard place < plain.count, plain[place].id == contact, plain[place].cadenceSource == .standard else {
                return nil
            }
            let tie = maker.learning(plain[place], from: world.evidence[contact] ?? [])
            return tie == world.ties[place] ? nil : (place, tie)
        }
        if !learned.isEmpty { take(learned) }
    }

    private mutating func take(_ learned: [(place: Int, tie: Tie)]) {
        for (place, tie) in learned { world.ties[place] = tie }
    }
}

/// As written: by file, then line.
private func isBefore(_ left: PersonRule, _ right: PersonRule) -> Bool {
    (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
}

private func isBefore(_ left: JournalEntry, _ right: JournalEntry) -> Bool {
    left.uid == right.uid
        ? (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
        : precedesByBytes(left.uid, right.uid)
}

extension World {
    /// The entries of a UID; they are in its order.
    fileprivate func entries(_ uid: String) -> ArraySlice<JournalEntry> {
        let first = journal.partitionPoint { precedesByBytes($0.uid, uid) }
        return journal[first...].prefix { $0.uid == uid }
    }

    /// Few entries are found where they stand.
    fileprivate mutating func replace(_ gone: [JournalEntry], by come: [JournalEntry]) {
        for entry in gone {
            let first = journal.partitionPoint { isBefore($0, entry) }
            if let place = journal[first...].firstIndex(of: entry) { journal.remove(at: place) }
        }
        for entry in come { journal.insert(entry, at: journal.partitionPoint { !isBefore(entry, $0) }) }
    }
}
