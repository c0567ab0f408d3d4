/// `kith people --duplicates`: who may be one person, what they have in common, and the cards to look at.
package func duplicateLines(_ duplicates: [Duplicate]) -> [String] {
    guard !duplicates.isEmpty else { return [] }
    let rows = duplicates.flatMap { duplicate in
        duplicate.contacts.enumerated().map { index, contact in
            [
                index == 0 ? Phrases.same(duplicate.shared) : "", shownName(of: contact),
                Phrases.place(contact.place, parts: 2),
                shortened(printable(duplicate.detail(of: contact)), to: 40),
            ]
        }
    }
    return table(rows) + [Phrases.duplicatesHint]
}

extension Duplicate {
    /// What is shared; of people with one name what tells them apart.
    fileprivate func detail(of contact: Contact) -> String {
        switch shared {
        case .address, .phone: value
        case .name: contact.emails.first ?? contact.phones.first ?? ""
        }
    }
}
