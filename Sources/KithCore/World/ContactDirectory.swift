/// The contacts by what they can be known by.
struct ContactDirectory {
    /// By UID, each once.
    let contacts: [Contact]
    private let byID: [ContactID: Contact]
    private var byEmail: [String: ContactID] = [:]

    init(_ cards: [Contact]) {
        // A card that stands in two books is one contact; which of them is read does not depend on the order of files.
        let ordered = cards.sorted {
            ($0.id, $0.place.file, $0.place.line ?? 0) < ($1.id, $1.place.file, $1.place.line ?? 0)
        }
        byID = Dictionary(ordered.map { ($0.id, $0) }) { first, _ in first }
        contacts = byID.values.sorted { $0.id < $1.id }
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

    func contact(_ id: ContactID) -> Contact? { byID[id] }

    func contact(email: String) -> ContactID? { byEmail[email] }

    /// Finds whom each entry means: by UID, then e-mail, then name; the first entry for a person counts.
    func resolve(_ entries: [PersonRule]) -> (rules: [ContactID: PersonRule], unmatched: [PersonRule]) {
        var rules: [ContactID: PersonRule] = [:]
        var unmatched: [PersonRule] = []
        for entry in entries {
            if let id = find(entry) {
                if rules[id] == nil { rules[id] = entry }
            } else {
                unmatched.append(entry)
            }
        }
        return (rules, unmatched)
    }

    private func find(_ entry: PersonRule) -> ContactID? {
        if let uid = entry.uid, byID[ContactID(uid)] != nil { return ContactID(uid) }
        if let email = entry.email?.lowercased(), let id = byEmail[email] { return id }
        guard let name = entry.name?.lowercased() else { return nil }
        return contacts.first { $0.name.lowercased() == name }?.id
    }
}
