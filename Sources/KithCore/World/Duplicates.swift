/// People who may be one, and what makes them look alike; nothing was put together.
package struct Duplicate: Hashable, Sendable {
    /// What several people have in common.
    package enum Shared: String, Hashable, Sendable, CaseIterable {
        case address
        case phone
        case name
    }

    package let shared: Shared
    /// What it is, as the first of them has it.
    package let value: String
    /// Two or more, by UID.
    package let contacts: [Contact]
}

/// People who have an address, a number or a full name in common, though their cards were not taken for one person's.
///
/// Each set of people once, by the first thing they share; in the order of their names. What more people share than
/// ``CardMerger/officeLimit`` is an office's, a name excepted.
package func duplicates(among contacts: [Contact]) -> [Duplicate] {
    var seen: Set<[ContactID]> = []
    let found = Duplicate.Shared.allCases.flatMap { shared -> [Duplicate] in
        var values: [String: String] = [:]
        var owners: [String: [Contact]] = [:]
        for contact in contacts {
            for value in contact.values(of: shared) {
                let key = shared.key(value)
                if key.isEmpty || owners[key]?.last?.id == contact.id { continue }
                if values[key] == nil { values[key] = value }
                owners[key, default: []].append(contact)
            }
        }
        return owners.compactMap { key, people in
            guard people.count > 1, shared == .name || people.count <= CardMerger.officeLimit else { return nil }
            return Duplicate(shared: shared, value: values[key] ?? key, contacts: people.sorted { $0.id < $1.id })
        }.sorted { ($0.contacts[0].id, $0.value) < ($1.contacts[0].id, $1.value) }
    }.filter { seen.insert($0.contacts.map(\.id)).inserted }
    return found.map { (folded($0.contacts[0].name), $0) }.sorted { left, right in
        (left.0, left.1.contacts[0].id, left.1.value) < (right.0, right.1.contacts[0].id, right.1.value)
    }.map(\.1)
}

extension Contact {
    fileprivate func values(of shared: Duplicate.Shared) -> [String] {
        switch shared {
        case .address: emails
        case .phone: phones
        case .name: [name]
        }
    }
}

extension Duplicate.Shared {
    /// What is compared; empty where there is nothing to compare.
    fileprivate func key(_ value: String) -> String {
        switch self {
        case .address: value
        case .phone: phoneKey(value) ?? ""
        case .name: nameWords(value).sorted().joined(separator: " ")
        }
    }
}
