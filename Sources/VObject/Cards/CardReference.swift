/// Whom a card means by another card's `UID`, an address or a name: the value of `RELATED` and `MEMBER`
/// (RFC 6350 §6.6.5, §6.6.6).
package enum CardReference: Hashable, Sendable {
    /// As ``CardReference/key(_:)`` gives it.
    case uid(String)
    /// Lower case.
    case email(String)
    /// Any other URI, as written.
    case uri(String)
    case name(String)

    /// What a `UID` is compared by: without `urn:uuid:`, which one program writes and another does not, and in lower case
    /// where it is a UUID (RFC 9562 §4).
    package static func key(_ uid: String) -> String {
        let prefix = "urn:uuid:"
        let isNamed = uid.utf8.count >= prefix.utf8.count && uid.prefix(prefix.count).lowercased() == prefix
        let bare = isNamed ? String(uid.dropFirst(prefix.count)) : uid
        return isUUID(bare) ? bare.lowercased() : bare
    }

    /// `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`.
    private static func isUUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.joined().allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
    }

    /// Whether it means a card; a name alone says too little for that.
    package func means(_ card: Card) -> Bool {
        switch self {
        case .uid(let key): Self.key(card.uid) == key
        case .email(let email): card.emails.contains(email)
        case .uri(let uri): card.uid == uri
        case .name: false
        }
    }
}

extension CardReference {
    /// Reads a value that ought to be a URI; `nil` for an empty one.
    ///
    /// - Parameter plain: What text is that is no URI.
    init?(_ line: ContentLine, plain: (String) -> CardReference) {
        let text = line.text.trimmingSpaces()
        guard !text.isEmpty else { return nil }
        let lower = text.lowercased()
        if line.parameter("VALUE")?.lowercased() == "text" {
            self = plain(text)
        } else if lower.hasPrefix("urn:uuid:") {
            self = .uid(Self.key(text))
        } else if lower.hasPrefix("mailto:") {
            self = .email(String(lower.dropFirst(7)))
        } else {
            self = Self.isURI(text) ? .uri(text) : plain(text)
        }
    }

    /// A scheme, a colon, and no blank behind it.
    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.utf8.startIndex
        else { return false }
        let isScheme = text.utf8[..<colon].allSatisfy { byte in
            (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "+-.".utf8.contains(byte)
        }
        return isScheme && !text.utf8.contains(UInt8(ascii: " "))
    }
}

/// What a card says of another person.
package struct Relation: Hashable, Sendable {
    /// Lower case, as the standard or the user names it: `spouse`, `child`, `manager`; `contact` where nothing is said.
    package let kind: String
    package let person: CardReference
}
