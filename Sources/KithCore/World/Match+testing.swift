extension Match {
    /// Whether all keys hold for a contact, each by any of its patterns.
    package func matches(_ contact: Contact) -> Bool {
        !patterns.isEmpty
            && patterns.allSatisfy { key, patterns in
                let values: [String] =
                    switch key {
                    case .category: contact.categories
                    case .organization: contact.organization.map { [$0] } ?? []
                    case .domain: contact.emails.compactMap { domain(of: $0) }
                    case .name: [contact.name]
                    case .uid: contact.ids.map(\.uid)
                    case .email: contact.emails
                    }
                return patterns.contains { pattern in values.contains { fits($0, wildcard: pattern) } }
            }
    }
}

/// `*` for any run of characters, `?` for one, without regard to case.
///
/// Linear: a star is only ever tried from its last place on.
package func fits(_ text: String, wildcard pattern: String) -> Bool {
    let (pattern, text) = (Array(pattern.lowercased()), Array(text.lowercased()))
    var (p, t) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while t < text.count {
        if p < pattern.count, pattern[p] == "*" {
            star = (p, t)
            p += 1
        } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
            p += 1
            t += 1
        } else if let last = star {
            star = (last.pattern, last.text + 1)
            (p, t) = (last.pattern + 1, last.text + 1)
        } else {
            return false
        }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
}

/// The part of an address behind its last `@`, lower-cased.
package func domain(of email: String) -> String? {
    guard let at = email.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    return email[email.utf8.index(after: at)...].lowercased()
}
