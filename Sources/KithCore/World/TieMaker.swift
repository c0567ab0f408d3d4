import CivilTime

/// Makes ties of contacts: a person's own entry, else the first circle that matches.
struct TieMaker {
    let rules: Rules
    let contacts: [Contact]
    let people: [ContactID: PersonRule]
    let today: CivilDate

    func ties() -> [Tie] {
        let insideOrganizations = Set(
            contacts.filter { hasInsideAddress($0) }.compactMap { $0.organization?.lowercased() }
        )
        return contacts.compactMap { contact in
            guard !contact.isDeceased, !isMe(contact) else { return nil }
            return tie(contact, insideOrganizations: insideOrganizations)
        }
    }

    private func tie(_ contact: Contact, insideOrganizations: Set<String>) -> Tie? {
        let person = people[contact.id]
        let circle = rules.circles.first { $0.match.matches(contact) }
        guard person != nil || circle != nil, person?.isDropped != true else { return nil }
        let isInside =
            contact.emails.isEmpty
            ? contact.organization.map { insideOrganizations.contains($0.lowercased()) } ?? false
            : hasInsideAddress(contact)
        let (cadence, source) = cadence(person, circle)
        return Tie(
            contact: contact,
            networks: person?.networks ?? circle?.networks ?? [.strategic],
            cadence: cadence,
            cadenceSource: source,
            side: isInside ? .inside : .outside,
            pausedUntil: person?.pausedUntil,
            since: person?.since,
            interests: person?.interests ?? [],
            rule: rule(person, circle),
            priorityWeight: priorityWeight(contact)
        )
    }

    /// What is written: by the person's own entry, else by the circle; else six weeks, until ``learning(_:from:)``.
    private func cadence(_ person: PersonRule?, _ circle: Circle?) -> (Cadence, CadenceSource) {
        let inherited = circle?.cadence ?? .standard
        let source: CadenceSource = person?.every != nil ? .person : circle?.cadence != nil ? .circle : .standard
        let every = person?.every ?? inherited.every
        return (cadence(every: every, person, inherited: person?.every == nil ? inherited : nil), source)
    }

    /// - Parameter inherited: Whose worst silence holds where the person's entry says none.
    private func cadence(every: Int, _ person: PersonRule?, inherited: Cadence?) -> Cadence {
        // A worst silence shorter than the cadence can only come from two places that do not know of each other.
        Cadence(every: every, atWorst: person?.atWorst ?? inherited?.atWorst) ?? Cadence(every: every) ?? .standard
    }

    /// The tie with the cadence of its own rhythm, where nothing is written of it and the rhythm shows.
    ///
    /// - Parameter evidence: Newest first.
    func learning(_ tie: Tie, from evidence: [Evidence]) -> Tie {
        guard tie.cadenceSource == .standard, let every = learnedRhythm(evidence, on: today) else { return tie }
        var copy = tie
        copy.cadence = cadence(every: every, people[tie.id], inherited: nil)
        copy.cadenceSource = .learned
        return copy
    }

    /// The entry that decides how often: that is what `explain` has to name.
    private func rule(_ person: PersonRule?, _ circle: Circle?) -> TieRule {
        if let circle, person?.every == nil, person?.networks == nil {
            return TieRule(circle: circle.name, place: circle.place)
        }
        return TieRule(circle: nil, place: person?.place ?? Place(file: ""))
    }

    /// Hundredths: 150 for a stake in an open priority, 200 in its last 90 days.
    private func priorityWeight(_ contact: Contact) -> Int {
        rules.priorities.filter { $0.by >= today && $0.stakeholders.matches(contact) }
            .map { $0.by.days(since: today) <= 90 ? 200 : 150 }.max() ?? 100
    }

    private func hasInsideAddress(_ contact: Contact) -> Bool {
        contact.emails.contains { domain(of: $0).map { rules.me.domains.contains($0) } ?? false }
    }

    private func isMe(_ contact: Contact) -> Bool {
        contact.emails.contains { rules.me.emails.contains($0) }
    }
}
