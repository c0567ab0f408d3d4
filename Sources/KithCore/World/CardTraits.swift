/// What of a card can show that it is about the same person as another.
struct CardTraits {
    /// The words of the name, folded and in order; empty where the card has an address in the place of a name.
    let words: [String]
    let birthday: AnnualDate?
    /// What only cards of the same full name can share: name and address, name and number.
    let strictKeys: [String]

    init(_ card: Contact) {
        let words = nameWords(card.name).sorted()
        let name = words.joined(separator: " ")
        (self.words, birthday) = (words, card.birthday)
        strictKeys =
            words.isEmpty ? [] : (card.emails + card.phones.compactMap { phoneKey($0) }).map { name + "\n" + $0 }
    }
}

/// The folded words of a name; none of an address that stands in its place.
func nameWords(_ name: String) -> [String] {
    name.contains("@") ? [] : folded(name).split { !$0.isLetter && !$0.isNumber }.map(String.init)
}

/// A telephone number for comparing: its last nine digits, which leaves out how the country is dialled.
///
/// `nil` for what is too short to be anybody's own.
func phoneKey(_ phone: String) -> String? {
    let digits = phone.utf8.filter { (0x30...0x39).contains($0) }.suffix(9)
    return digits.count < 7 ? nil : String(decoding: digits, as: UTF8.self)
}

/// Whether two names, as sorted words, can be one person's.
func areOnePerson(_ left: [String], _ right: [String]) -> Bool {
    let (shorter, longer) = left.count <= right.count ? (left, right) : (right, left)
    var rest = longer
    var initials: [String] = []
    for word in shorter {
        if let index = rest.firstIndex(of: word) {
            rest.remove(at: index)
        } else if word.count == 1 {
            initials.append(word)
        } else if let index = rest.firstIndex(where: { $0.count == 1 && word.hasPrefix($0) }) {
            rest.remove(at: index)
        } else {
            return false
        }
    }
    for initial in initials {
        guard let index = rest.firstIndex(where: { $0.hasPrefix(initial) }) else { return false }
        rest.remove(at: index)
    }
    // A son has his father's name and a word.
    return !rest.contains { ["jr", "jun", "junior", "sr", "sen", "senior", "ii", "iii"].contains($0) }
}
