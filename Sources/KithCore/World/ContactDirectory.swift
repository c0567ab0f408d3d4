/// The contacts by what they can be known by.
struct ContactDirectory {
    /// By UID, each once.
    let contacts: [Contact]
    /// The UIDs of the other cards of a person, and whose they are.
    let aliases: [ContactID: ContactID]
    private let byID: [ContactID: Contact]
    private var byEmail: [String: ContactID] = [:]

    /// - Parameter rules: What the user says of people, in order: they keep the UID by which it is said.
    init(_ cards: [Contact], rules: [PersonRule]) {
        let merger = CardMerger(cards, named: rules.compactMap { $0.uid.map { ContactID($0) } })
        (contacts, aliases) = (merger.contacts, merger.aliases)
        byID = Dictionary(uniqueKeysWithValues: contacts.map { ($0.id, $0) })
        for contact in contacts {
            for email in contact.emails where byEmail[email] == nil { byEmail[email] = contact.id }
        }
    }

    /// The same, with an address that stands on several cards meaning the one that is kept.
    func preferring(_ kept: [ContactID]) -> ContactDirectory {
        var copy = self
        for id in kept.reversed() {
            for email in byID[id]?.emails ?? [] { copy.byEmail[email] = id }
        }
        return copy
    }

    /// Whom a UID means, their own or that of another of their cards; `nil` for nobody known.
    func person(_ id: ContactID) -> ContactID? {
        aliases[id] ?? (byID[id] == nil ? nil : id)
    }

    /// The entries with every person by the UID they are known by.
    func canonical(_ entries: [JournalEntry]) -> [JournalEntry] {
        guard !aliases.isEmpty else { return entries }
        return entries.map { entry in
            var copy = entry
            copy.contacts = entry.contacts.map { aliases[$0] ?? $0 }
            return copy
        }
    }

    func contact(email: String) -> ContactID? { byEmail[email] }

    /// Finds whom each entry means: by UID, then e-mail, then name; the first entry for a person counts.
    func resolve(_ entries: [PersonRule]) -> (rules: [ContactID: PersonRule], unmatched: [PersonRule]) {
        var rules: [ContactID: PersonRule] = [:]
        var unmatched: [PersonRule] = []
        var names: [String: ContactID]?
        for entry in entries {
            if let id = find(entry, names: &names) {
                if rules[id] == nil { rules[id] = entry }
            } else {
                unmatched.append(entry)
            }
        }
        return (rules, unmatched)
    }

    /// - Parameter names: Whose each name is; made when the first entry can be found by name alone.
    private func find(_ entry: PersonRule, names: inout [String: ContactID]?) -> ContactID? {
        if let uid = entry.uid, let id = person(ContactID(uid)) { return id }
        if let email = entry.email?.lowercased(), let id = byEmail[email] { return id }
        guard let name = entry.name?.lowercased() else { return nil }
        let known = names ?? Dictionary(contacts.map { ($0.name.lowercased(), $0.id) }) { first, _ in first }
        names = known
        return known[name]
    }
}
