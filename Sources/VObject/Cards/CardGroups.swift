/// The groups among some cards: of one file, or of a whole address book whose cards have a file each.
///
/// A group is a card of its own that lists its members (`KIND:group`, RFC 6350 §6.1.4; Apple's
/// `X-ADDRESSBOOKSERVER-KIND`). For whoever belongs to one its name is a category like those that stand on the card itself.
package struct CardGroups {
    private var byUID: [String: [String]] = [:]
    private var byEmail: [String: [String]] = [:]

    package init(_ cards: some Sequence<Card>) {
        for group in cards where group.kind == "group" {
            guard let name = group.name else { continue }
            for member in group.members {
                switch member {
                case .uid(let key): byUID[key, default: []].append(name)
                case .uri(let uri): byUID[uri, default: []].append(name)
                case .email(let email): byEmail[email, default: []].append(name)
                case .name: continue
                }
            }
        }
    }

    /// A card with the names of its groups behind its own categories, none twice; a group itself as it is.
    package func joined(to card: Card) -> Card {
        guard card.kind != "group", !(byUID.isEmpty && byEmail.isEmpty) else { return card }
        var card = card
        let names = (byUID[CardReference.key(card.uid)] ?? []) + card.emails.flatMap { byEmail[$0] ?? [] }
        var known = Set(card.categories)
        card.categories += names.filter { known.insert($0).inserted }
        return card
    }
}
