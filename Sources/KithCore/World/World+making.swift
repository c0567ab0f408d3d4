package import CivilTime

extension World {
    /// Makes the world out of what the sources hold and what the user said: all of it pure, equal for equal input whatever
    /// the order of files.
    ///
    /// - Parameters:
    ///   - daysOff: Inclusive days without work hours.
    ///   - zone: The user's.
    package static func make(
        contents: Contents,
        rules: Rules,
        daysOff: [ClosedRange<CivilDate>],
        zone: Zone,
        now: Instant
    ) -> World {
        let today = zone.date(now)
        let directory = ContactDirectory(contents.contacts)
        let resolved = directory.resolve(rules.people.sorted(by: inOrder) + contents.people.sorted(by: inOrder))
        let ties = TieMaker(rules: rules, contacts: directory.contacts, people: resolved.rules, today: today).ties()
        let preferring = directory.preferring(ties.map(\.id))
        var reader = MeetingReader(
            me: rules.me,
            directory: preferring,
            notEvidence: resolved.rules.mapValues(\.notEvidence),
            zone: zone,
            now: now
        )
        let meetings = MeetingReader.distinct(contents.meetings)
        for meeting in meetings { reader.read(meeting) }
        for entry in contents.journal { reader.read(entry) }
        let mail = MailReader(me: rules.me, directory: preferring, zone: zone, today: today).evidence(in: contents.mail)
        return World(
            zone: zone,
            contacts: directory.contacts,
            ties: ties,
            evidence: reader.evidence.merging(mail, uniquingKeysWith: +).mapValues { $0.sorted(by: newestFirst) },
            bookings: reader.bookings.mapValues {
                $0.sorted { ($0.start.seconds, $0.uid) < ($1.start.seconds, $1.uid) }
            },
            busy: busyTime(in: meetings, me: rules.me, now: now),
            daysOff: freeDays(in: meetings, written: daysOff, me: rules.me, today: today),
            journal: contents.journal.sorted { $0.uid < $1.uid },
            sources: contents.sources.sorted { ($0.path, $0.kind.rawValue) < ($1.path, $1.kind.rawValue) },
            unmatchedEvents: reader.unmatched,
            suggestedAddress: reader.suggestedAddress,
            unmatchedPeople: resolved.unmatched
        )
    }
}

/// As written: by file, then line.
private func inOrder(_ left: PersonRule, _ right: PersonRule) -> Bool {
    (left.place.file, left.place.line ?? 0) < (right.place.file, right.place.line ?? 0)
}

private func newestFirst(_ left: Evidence, _ right: Evidence) -> Bool {
    (right.date.daysSinceEpoch, right.start.seconds, left.uid, left.recurrenceID ?? "")
        < (left.date.daysSinceEpoch, left.start.seconds, right.uid, right.recurrenceID ?? "")
}
