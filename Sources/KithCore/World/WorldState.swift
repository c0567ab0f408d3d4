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
        let cards = ContactDirectory(basis.contacts)
        let resolved = cards.resolve(rules.people.sorted(by: isBefore) + basis.people.sorted(by: isBefore))
        let ties = TieMaker(rules: rules, contacts: cards.contacts, people: resolved.rules, today: today).ties()
        let directory = cards.preferring(ties.map(\.id))
        let notEvidence = resolved.rules.mapValues(\.notEvidence)
        let friends = Set(ties.filter { $0.networks.contains(.personal) }.map(\.id))
        self.init(
            basis: basis,
            directory: directory,
            reader: MeetingReader(
                me: rules.me,
                directory: directory,
                notEvidence: notEvidence,
                friends: friends,
                zone: basis.zone
            ),
            world: World(
                zone: basis.zone,
                contacts: cards.contacts,
                ties: ties,
                dropped: Set(resolved.rules.filter(\.value.isDropped).keys),
                priorities: rules.priorities,
                unmatchedPeople: resolved.unmatched
            ),
            now: now,
            today: today,
            busy: BusyTime(around: today, in: basis.zone, me: rules.me)
        )
    }

    mutating func begin(_ day: CivilDate) {
        today = day
        busy = BusyTime(around: day, in: world.zone, me: basis.rules.me)
    }

    /// Makes evidence of the bookings that have ended.
    mutating func end(by now: Instant, _ touched: inout Set<ContactID>) {
        let (first, last) = (world.zone.date(self.now), world.zone.date(now))
        var ended: [Meeting] = []
        for day in stride(from: first.daysSinceEpoch, through: last.daysSinceEpoch, by: 1) {
            let day = CivilDate(daysSinceEpoch: day)
            guard let meetings = upcoming[day] else { continue }
            ended += meetings.filter { $0.end <= now }
            upcoming[day] = meetings.filter { $0.end > now }
        }
        guard !ended.isEmpty else { return }
        var (before, after) = (Findings(), Findings())
        for meeting in ended {
            reader.read(meeting, at: self.now, into: &before)
            reader.read(meeting, at: now, into: &after)
        }
        for (contact, bookings) in before.bookings {
            let gone = Set(bookings)
            world.bookings[contact]?.removeAll { gone.contains($0) }
        }
        touched.formUnion(before.contacts)
        add(after, &touched)
    }

    mutating func take(
        _ events: [[Meeting]],
        at now: Instant,
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        let changes = diary.take(events)
        let uids = Set(changes.map(\.uid))
        var isBusyChanged = isNewDay
        if !changes.isEmpty {
            var (before, after) = (Findings(), Findings())
            for change in changes {
                // What ended in between was read as ended already.
                for meeting in change.before { reader.read(meeting, at: now, into: &before) }
                for meeting in change.after { reader.read(meeting, at: now, into: &after) }
            }
            forget(before, uids, &touched)
            add(after, &touched)
            if !isNewDay {
                if busy.remove(uids) { isBusyChanged = true }
                for meeting in changes.flatMap(\.after) where busy.add(meeting) { isBusyChanged = true }
            }
        }
        if isNewDay {
            for meeting in diary.meetings { busy.add(meeting) }
        }
        if isBusyChanged { world.busy = busy.intervals }
        let hadAllDay = allDay.count
        if !uids.isEmpty { allDay.removeAll { uids.contains($0.uid) } }
        let come = changes.flatMap(\.after).filter(\.isAllDay)
        allDay += come
        if isNewDay || hadAllDay != allDay.count || !come.isEmpty { take(daysOff) }
    }

    private mutating func forget(_ findings: Findings, _ uids: Set<String>, _ touched: inout Set<ContactID>) {
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

    private mutating func add(_ findings: Findings, _ touched: inout Set<ContactID>) {
        world.evidence.merge(findings.evidence, uniquingKeysWith: +)
        world.bookings.merge(findings.bookings, uniquingKeysWith: +)
        for meeting in findings.upcoming { upcoming[world.zone.date(meeting.end), default: []].append(meeting) }
        world.timeSpent.merge(findings.timeSpent, uniquingKeysWith: +)
        touched.formUnion(findings.contacts)
        guard findings.unmatched > 0 else { return }
        world.unmatchedEvents += findings.unmatched
        invited.merge(findings.invited, uniquingKeysWith: +)
        world.suggestedAddress = reader.suggestedAddress(invited)
    }

    /// What is dated after today waits for its day: a clock has jumped somewhere.
    mutating func take(
        _ entries: [JournalEntry],
        isNewDay: Bool,
        _ touched: inout Set<ContactID>
    ) {
        let waiting = isNewDay ? world.journal.filter { $0.when > now } : []
        guard entries != journal || !waiting.isEmpty else { return }
        journal = entries
        let before = world.journal
        world.journal = entries.sorted(by: isBefore)
        let changed = changedUIDs(before, world.journal).union(waiting.map(\.uid))
        var (old, new) = (Findings(), Findings())
        for entry in before where changed.contains(entry.uid) { reader.read(entry, on: today, into: &old) }
        for entry in world.journal where changed.contains(entry.uid) { reader.read(entry, on: today, into: &new) }
        for contact in old.evidence.keys {
            world.evidence[contact]?.removeAll { $0.origin != .meeting && !$0.isMail && changed.contains($0.uid) }
        }
        touched.formUnion(old.evidence.keys)
        add(new, &touched)
    }

    /// Mail is read again by person: what counts of a day is the first of it over all addresses.
    mutating func take(
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

    mutating func take(_ daysOff: [ClosedRange<CivilDate>]) {
        self.daysOff = daysOff
        world.daysOff = freeDays(in: allDay, written: daysOff, me: basis.rules.me, today: today)
    }

    /// Puts what was found in order; who shows nothing any more has no list.
    mutating func settle(_ touched: Set<ContactID>) {
        for contact in touched {
            world.evidence[contact]?.sort(by: newestFirst)
            world.bookings[contact]?.sort(by: soonestFirst)
            if world.evidence[contact]?.isEmpty == true { world.evidence[contact] = nil }
            if world.bookings[contact]?.isEmpty == true { world.bookings[contact] = nil }
        }
    }
}

/// As written: by file, then line.
private func isBefore(_ left: PersonRule, _ right: PersonRule) -> Bool {
    (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
}

private func isBefore(_ left: JournalEntry, _ right: JournalEntry) -> Bool {
    left.uid == right.uid
        ? (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
        : left.uid.utf8.lexicographicallyPrecedes(right.uid.utf8)
}

/// The UIDs of entries that stand in one list and not in the other; both are in order.
private func changedUIDs(_ old: [JournalEntry], _ new: [JournalEntry]) -> Set<String> {
    var changed: Set<String> = []
    var rest = old[...]
    for entry in new {
        while let first = rest.first, isBefore(first, entry) {
            changed.insert(first.uid)
            rest.removeFirst()
        }
        if rest.first == entry {
            rest.removeFirst()
        } else {
            changed.insert(entry.uid)
        }
    }
    return changed.union(rest.map(\.uid))
}
