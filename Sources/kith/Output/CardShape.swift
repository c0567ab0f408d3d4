import CivilTime
import VObject

/// A card: a line of `kith inspect --json`.
struct CardShape: Encodable, Hashable {
    let type = "contact"
    var uid: String
    var name: String
    var emails: [String]
    var phones: [String]
    var organization: String?
    var title: String?
    var categories: [String]
    var birthday: String?
    var anniversary: String?
    var file: String
    var line: Int

    private enum CodingKeys: CodingKey {
        case type, uid, name, emails, phones, organization, title, categories, birthday, anniversary, file, line
    }

    /// `nil` for a card without a name, which is left out everywhere.
    init?(_ card: Card, file: String) {
        guard let name = card.name else { return nil }
        (uid, self.name, emails, phones) = (card.uid, name, card.emails, card.phones)
        (organization, title, categories) = (card.organization, card.title, card.categories)
        birthday = card.birthday.map { Self.text($0) }
        anniversary = card.anniversary.map { Self.text($0) }
        (self.file, line) = (file, card.line)
    }

    /// `1985-04-12`, or `--04-12` where the year is not known.
    private static func text(_ date: PartialDate) -> String {
        (date.year.map { padded($0, 4) } ?? "-") + "-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }
}
