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
    let letters = wanted.filter { $0 != "." && $0 != " " }
    let ways: [(Spoken) -> Bool] = [
        { $0.contact.ids.contains { $0.uid == text } },
        { $0.contact.emails.contains { folded($0) == wanted } },
        { $0.name == wanted },
        { firstNames($0.contact).contains(wanted) },
        { $0.nicknames.contains(wanted) },
        { initials($0.name) == letters },
        { $0.words.contains(wanted) },
        { $0.name.hasPrefix(wanted) || $0.words.contains { $0.hasPrefix(wanted) } },
    ]
    let spoken = contacts.map { Spoken($0) }
    for way in ways {
        let found = spoken.filter(way).map(\.contact)
        guard !found.isEmpty else { continue }
        let ours = found.filter { kept.contains($0.id) }
        let meant = ours.isEmpty ? found : ours
        return meant.count == 1 ? .one(meant[0]) : .many(byName(meant))
    }
    return .none(nearest(to: wanted, among: spoken))
}

/// What a person can be called by, ready for comparing.
private struct Spoken {
    let contact: Contact
    let name: String
    let words: [String]
    let nicknames: [String]

    init(_ contact: Contact) {
        self.contact = contact
        name = folded(printable(contact.name))
        words = name.split(separator: " ").map(String.init)
        nicknames = contact.nicknames.map { folded(printable($0)) }
    }
}

/// At most five who are called something like it, the nearest first.
private func nearest(to wanted: String, among spoken: [Spoken]) -> [Contact] {
    let limit = min(max(1, wanted.count / 4), 4)
    var near: [Int: [Contact]] = [:]
    for person in spoken {
        let distances = (person.words + person.nicknames + [person.name]).map { editDistance($0, wanted) }
        if let distance = distances.min(), distance <= limit { near[distance, default: []].append(person.contact) }
    }
    var result: [Contact] = []
    for distance in 0...limit { result += byName(near[distance] ?? []) }
    return Array(result.prefix(5))
}

/// The name on a card as it is shown: where nothing of it can be seen, an address, else the UID.
package func shownName(of contact: Contact, limit: Int = 40) -> String {
    let names = [contact.name, contact.emails.first ?? "", contact.id.uid].lazy.map { printable($0) }
    return shortened(names.first { !$0.isEmpty } ?? "", to: limit)
}

/// The first name where only one of those who are kept has it, else the whole name.
package func firstName(of contact: Contact, among ties: [Tie]) -> String {
    let name = shownName(of: contact)
    guard let first = name.split(separator: " ").first.map(String.init) else { return name }
    let given = contact.givenName.map { printable($0) }.flatMap { $0.isEmpty ? nil : $0 } ?? first
    let same = ties.filter { $0.id != contact.id && firstNames($0.contact).contains(folded(given)) }
    return same.isEmpty ? shortened(given, to: 40) : name
}

/// Letters without accents and case, for comparing.
///
/// Covers Latin letters and the common ones of Greek and Cyrillic, composed or not; others only lose their case.
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

/// Of two words or more.
private func initials(_ name: String) -> String? {
    let words = name.split { $0 == " " || $0 == "-" }
    return words.count < 2 ? nil : String(words.compactMap(\.first))
}

/// Latin letters with a mark, as the plain letters people type for them.
///
/// Decomposed forms lose their combining mark instead.
private let plainLetters: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
        ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"), ("c", "çćĉċč"), ("d", "ďđðḍ"), ("e", "èéêëēĕėęěẹẻẽếềểễệ"), ("g", "ĝğġģ"),
        ("h", "ĥħḥ"),
        ("i", "ìíîïĩīĭįıỉị"),
        ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợ"), ("r", "ŕŗřṛ"),
        ("s", "śŝşšșṣ"),
        ("t", "ţťŧțṭ"),
        ("u", "ùúûüũūŭůűųưụủứừửữự"), ("w", "ŵ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżžẓ"), ("ss", "ß"), ("ae", "æ"), ("oe", "œ"),
        ("th", "þ"), ("α", "ά"), ("ε", "έ"), ("η", "ή"), ("ι", "ίϊΐ"), ("ο", "ό"), ("υ", "ύϋΰ"), ("ω", "ώ"), ("σ", "ς"),
        ("и", "й"), ("е", "ё"), ("і", "ї"), ("у", "ў"), ("г", "ѓ"), ("к", "ќ"), ("'", "’‘ʼ"),
    ]
    var letters: [Unicode.Scalar: String] = [:]
    for (plain, marked) in groups {
        for scalar in marked.unicodeScalars { letters[scalar] = plain }
    }
    return letters
}()
