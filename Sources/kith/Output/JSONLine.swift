import CivilTime
import FoundationEssentials
import KithCore

/// One object of JSON on one line: keys in `snake_case` and sorted, no `\/`, absent values left out.
func jsonLine(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A contact as JSON names it.
struct PersonShape: Encodable, Hashable {
    var uid: String
    var name: String

    init(_ contact: Contact) {
        (uid, name) = (contact.id.uid, contact.name)
    }

    /// The contacts of a nudge; one whose card is gone goes by its UID.
    static func all(_ ids: [ContactID], in world: World) -> [PersonShape] {
        ids.map { id in world.contact(id).map { PersonShape($0) } ?? PersonShape(uid: id.uid, name: id.uid) }
    }

    private init(uid: String, name: String) {
        (self.uid, self.name) = (uid, name)
    }
}

/// Free time as JSON gives it; the end is exclusive.
struct SlotShape: Encodable, Hashable {
    var start: String
    var end: String

    init(_ slot: Slot) {
        (start, end) = ("\(slot.start)", "\(slot.end)")
    }
}

/// Where a rule stands.
struct PlaceShape: Encodable, Hashable {
    var file: String
    var line: Int?

    init(_ place: Place) {
        (file, line) = (place.file, place.line)
    }
}
