/// Whom a name means.
package enum NameMatch: Hashable, Sendable {
    case one(Contact)
    /// Several people, by name.
    case many([Contact])
    /// Nobody; who is called something like it.
    case none([Contact])
}

/// Finds whom somebody means as people speak: a UID, an address, the full name, the first name, a nickname, initials, or the
/// beginning of a name; case and accents do not matter.
///
/// The first of these ways that finds anybody counts. Where it finds several, those who are kept win.
package func resolveName(_ text: String, among contacts: [Contact], kept: Set<ContactID>) -> NameMatch {
    let wanted = folded(printable(text))
    guard !wanted.isEmpty else { return .none([]) }
    let ways: [(Contact) -> Bool] = [
        { $0.id.uid == text },
        { $0.emails.contains { folded($0) == wanted } },
        { folded($0.name) == wanted },
        { firstNames($0).contains(wanted) },
        { $0.nicknames.contains { folded($0) == wanted } },
        { initials($0.name) == wanted },
        { folded($0.name).split(separator: " ").contains { $0 == wanted } },
        {
            folded($0.name).hasPrefix(wanted) || folded($0.name).split(separator: " ").contains { $0.hasPrefix(wanted) }
        },
    ]
    for way in ways {
        let found = contacts.filter(way)
        guard !found.isEmpty else { continue }
        let ours = found.filter { kept.contains($0.id) }
        let meant = ours.isEmpty ? found : ours
        return meant.count == 1 ? .one(meant[0]) : .many(byName(meant))
    }
    let near = contacts.filter { contact in
        folded(contact.name).split(separator: " ").contains {
            editDistance(String($0), wanted) <= max(1, wanted.count / 4)
        }
    }
    return .none(Array(byName(near).prefix(5)))
}

/// The first name where only one of those who are kept has it, else the whole name.
package func firstName(of contact: Contact, among ties: [Tie]) -> String {
    let name = printable(contact.name)
    guard let first = name.split(separator: " ").first.map(String.init) else { return name }
    let given = contact.givenName.map { printable($0) }.flatMap { $0.isEmpty ? nil : $0 } ?? first
    let same = ties.filter { $0.id != contact.id && firstNames($0.contact).contains(folded(given)) }
    return same.isEmpty ? given : name
}

/// Letters without accents and case, for comparing.
///
/// Covers Latin letters; others only lose their case.
package func folded(_ text: String) -> String {
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
        if let plain = plainLetters[scalar] {
            result += plain
        } else if !(0x300...0x36f).contains(scalar.value) {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// How many letters must be changed, added or taken away to make one text of the other.
package func editDistance(_ left: String, _ right: String) -> Int {
    let (first, second) = (Array(left.unicodeScalars.prefix(64)), Array(right.unicodeScalars.prefix(64)))
    var row = Array(0...second.count)
    for (index, scalar) in first.enumerated() {
        var diagonal = row[0]
        row[0] = index + 1
        for (column, other) in second.enumerated() {
            let changed = diagonal + (scalar == other ? 0 : 1)
            diagonal = row[column + 1]
            row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
        }
    }
    return row[second.count]
}

private func byName(_ contacts: [Contact]) -> [Contact] {
    contacts.sorted { (folded($0.name), $0.id) < (folded($1.name), $1.id) }
}

private func firstNames(_ contact: Contact) -> [String] {
    [contact.givenName ?? "", String(printable(contact.name).split(separator: " ").first ?? "")].map(folded).filter {
        !$0.isEmpty
    }
}

private func initials(_ name: String) -> String {
    let words = folded(printable(name)).split { $0 == " " || $0 == "-" }
    return words.count < 2 ? "" : String(words.compactMap(\.first))
}

/// Latin letters with a mark, as the plain letters people type for them.
///
/// Decomposed forms lose their combining mark instead.
private let plainLetters: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
        ("a", "àáâãäåāăąǎ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
        ("i", "ìíîïĩīĭįı"),
        ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšș"),
        ("t", "ţťŧț"),
        ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"), ("ss", "ß"), ("ae", "æ"), ("oe", "œ"), ("th", "þ"),
    ]
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, marked) in groups {
        for scalar in marked.unicodeScalars { letters[scalar] = plain }
    }
    return letters
}()
