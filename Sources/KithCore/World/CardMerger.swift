/// Makes persons of cards: whoever has several cards is one contact.
///
/// | two cards have in common                                         | they are                                  |
/// |------------------------------------------------------------------|-------------------------------------------|
/// | the UID                                                          | one person in two books                   |
/// | an address, and names that can be one person's                   | one person                                |
/// | the full name and a telephone number                             | one person                                |
/// | any of these, but another birthday, or a chain to a third person | two; see ``duplicates(among:)``           |
///
/// Names can be one person's where the words of the shorter all stand in the longer, an initial for a word: `Ana`, `A. Ruiz`
/// and `Ruiz, Ana` are Ana Ruiz; `Ben Ruiz` is not, nor `Ana Ruiz jun.`. Case and accents do not matter. What is true of two
/// cards of a group has to be true of any two of them; else only cards of the same full name are put together. An address on
/// more than ``officeLimit`` cards is an office's and says nothing of a person.
struct CardMerger {
    /// The most cards on which an address or a number is taken for a person's.
    static let officeLimit = 8

    /// By UID.
    let contacts: [Contact]
    /// The UIDs of other cards, and whose they are.
    let aliases: [ContactID: ContactID]

    /// - Parameter named: UIDs that stand for a person elsewhere, the strongest first: whose card has one is known by it.
    ///   Any other person is known by the first of their UIDs.
    init(_ cards: [Contact], named: [ContactID]) {
        let ordered = cards.sorted {
            ($0.id, $0.place.file, $0.place.line ?? 0) < ($1.id, $1.place.file, $1.place.line ?? 0)
        }
        let books = ordered.chunked { $0.id == $1.id }.map { $0.count == 1 ? $0[$0.startIndex] : Contact(merging: $0) }
        let groups = Self.groups(books)
        guard !groups.isEmpty else {
            (contacts, aliases) = (books, [:])
            return
        }
        let ranks = Dictionary(zip(named, 0...)) { first, _ in first }
        var (people, merged): ([Contact], Set<Int>) = ([], [])
        for group in groups {
            let cards = group.map { books[$0] }.sorted {
                (ranks[$0.id] ?? .max, $0.id) < (ranks[$1.id] ?? .max, $1.id)
            }
            people.append(Contact(merging: cards[...]))
            merged.formUnion(group)
        }
        people += books.indices.lazy.filter { !merged.contains($0) }.map { books[$0] }
        contacts = people.sorted { $0.id < $1.id }
        aliases = Dictionary(
            uniqueKeysWithValues: contacts.flatMap { person in person.ids.dropFirst().map { ($0, person.id) } }
        )
    }

    /// The cards of each person who has several, by their index.
    private static func groups(_ cards: [Contact]) -> [[Int]] {
        var uses: [String: Int] = [:]
        for card in cards { for key in keys(card) { uses[key, default: 0] += 1 } }
        let linking = cards.indices.filter { index in keys(cards[index]).contains { uses[$0] != 1 } }
        guard !linking.isEmpty else { return [] }
        let traits = Dictionary(uniqueKeysWithValues: linking.map { ($0, CardTraits(cards[$0])) })
        func strict(_ index: Int) -> [String] { traits[index]?.strictKeys ?? [] }
        let groups = linked(linking) { index in
            cards[index].emails.filter { uses[$0].map { $0 <= officeLimit } ?? false } + strict(index)
        }
        return groups.flatMap { group -> [[Int]] in
            if isOnePerson(group.compactMap { traits[$0] }) { return [group] }
            return linked(group, by: strict).filter { same in isOnePerson(same.compactMap { traits[$0] }) }
        }.filter { $0.count > 1 }
    }

    /// What two cards of one person can share.
    private static func keys(_ card: Contact) -> [String] {
        card.emails + card.phones.compactMap { phoneKey($0) }
    }

    private static func isOnePerson(_ cards: [CardTraits]) -> Bool {
        guard cards.count > 1 else { return true }
        let names = Array(Set(cards.map(\.words)))
        guard names.count <= officeLimit else { return false }
        let areNamesAlike = names.indices.allSatisfy { left in
            names[..<left].allSatisfy { areOnePerson(names[left], $0) }
        }
        return areNamesAlike && haveOneBirthday(cards.compactMap(\.birthday))
    }

    private static func haveOneBirthday(_ birthdays: [AnnualDate]) -> Bool {
        guard let first = birthdays.first else { return true }
        return birthdays.allSatisfy { ($0.month, $0.day) == (first.month, first.day) }
            && Set(birthdays.compactMap(\.year)).count <= 1
    }
}

/// The items that are linked by keys they share, directly or through others: in order, each once.
private func linked(_ items: [Int], by keys: (Int) -> [String]) -> [[Int]] {
    var parents = Array(items.indices)
    func root(_ index: Int) -> Int {
        var index = index
        while parents[index] != index {
            parents[index] = parents[parents[index]]
            index = parents[index]
        }
        return index
    }
    var owners: [String: Int] = [:]
    for index in items.indices {
        for key in keys(items[index]) {
            guard let owner = owners[key] else {
                owners[key] = index
                continue
            }
            let (left, right) = (root(owner), root(index))
            parents[max(left, right)] = min(left, right)
        }
    }
    var groups: [Int: [Int]] = [:]
    for index in items.indices { groups[root(index), default: []].append(items[index]) }
    return groups.sorted { $0.key < $1.key }.map(\.value)
}

extension Array {
    /// Runs of neighbours that belong together.
    fileprivate func chunked(by belong: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        var (result, start): ([ArraySlice<Element>], Int) = ([], 0)
        for index in indices where index + 1 == count || !belong(self[index], self[index + 1]) {
            result.append(self[start...index])
            start = index + 1
        }
        return result
    }
}

extension Contact {
    /// One person of several cards: known by the first, with what only the others know.
    ///
    /// What there can be several of is taken together; other names they go by become nicknames.
    fileprivate init(merging cards: ArraySlice<Contact>) {
        guard let first = cards.first else { preconditionFailure("a person has a card") }
        self = first
        for card in cards.dropFirst() {
            // A card without a name has an address in its place.
            if name.contains("@"), !card.name.contains("@") { name = card.name }
            let isKnown = name.contains("@") || card.name.contains("@") || nameWords(card.name) == nameWords(name)
            nicknames.add(card.nicknames + (isKnown ? [] : [card.name])) { folded($0) }
            emails.add(card.emails) { $0 }
            phones.add(card.phones) { phoneKey($0) ?? $0 }
            categories.add(card.categories) { $0 }
            givenName = givenName ?? card.givenName
            organization = organization ?? card.organization
            title = title ?? card.title
            birthday = birthday?.year == nil ? card.birthday ?? birthday : birthday
            anniversary = anniversary ?? card.anniversary
            isDeceased = isDeceased || card.isDeceased
            zone = zone ?? card.zone
            note = note ?? card.note
            otherCards += [OtherCard(id: card.id, place: card.place)] + card.otherCards
        }
        otherCards.sort { ($0.id, $0.place.file, $0.place.line ?? 0) < ($1.id, $1.place.file, $1.place.line ?? 0) }
    }
}

extension [String] {
    /// Adds those whose key is not there yet.
    fileprivate mutating func add(_ more: [String], key: (String) -> String) {
        guard !more.isEmpty else { return }
        var keys = Set(map(key))
        for text in more where keys.insert(key(text)).inserted { append(text) }
    }
}
