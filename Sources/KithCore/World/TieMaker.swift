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
        return Tie(
            contact: contact,
            networks: person?.networks ?? circle?.networks ?? [.strategic],
            cadence: cadence(person, circle),
            side: isInside ? .inside : .outside,
            pausedUntil: person?.pausedUntil,
            since: person?.since,
            interests: person?.interests ?? [],
            rule: rule(person, circle),
            priorityWeight: priorityWeight(contact)
        )
    }

    private func cadence(_ person: PersonRule?, _ circle: Circle?) -> Cadence {
        let inherited = circle?.cadence ?? .standard
        guard let person, person.every != nil || person.atWorst != nil else { return inherited }
        let every = person.every ?? inherited.every
        // A worst silence shorter than the cadence can only come from two places that do not know of each other.
        return Cadence(every: every, atWorst: person.atWorst ?? (person.every == nil ? inherited.atWorst : nil))
            ?? Cadence(every: every) ?? inherited
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
