import KithCore

/// People who may be one: a line of `kith people --duplicates --json`.
struct DuplicateShape: Encodable, Hashable {
    /// One of them, by the card they are known by.
    struct CardShape: Encodable, Hashable {
        var uid: String
        var name: String
        var file: String
        var line: Int?
    }

    var cards: [CardShape]
    /// `address`, `phone` or `name`.
    var shared: String
    /// What it is.
    var value: String

    init(_ duplicate: Duplicate) {
        cards = duplicate.contacts.map { contact in
            CardShape(
                uid: contact.id.uid,
                name: contact.name,
                file: contact.place.file,
                line: contact.place.line
            )
        }
        (shared, value) = (duplicate.shared.rawValue, duplicate.value)
    }
}
