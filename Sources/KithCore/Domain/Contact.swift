package import CivilTime

/// A contact's stable key: the card's `UID`, or the key a source derives for a card without one.
package struct ContactID: Hashable, Comparable, Sendable {
    package let uid: String
    /// Of the UID; found once, for nothing else is looked up as often.
    let hash: UInt64

    package init(_ uid: String) {
        (self.uid, hash) = (uid, stableHash(uid))
    }

    package static func == (left: ContactID, right: ContactID) -> Bool {
        left.hash == right.hash && left.uid == right.uid
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// By UTF-8 bytes, so that the order is the same on every machine.
    package static func < (left: ContactID, right: ContactID) -> Bool {
        precedesByBytes(left.uid, right.uid)
    }
}

/// Where a thing was read: a file, and in it a line and a column from 1, where known.
package struct Place: Hashable, Sendable {
    package let file: String
    package let line: Int?
    package let column: Int?

    package init(file: String, line: Int? = nil, column: Int? = nil) {
        (self.file, self.line, self.column) = (file, line, column)
    }
}

extension Place: CustomStringConvertible {
    /// `file:line:column`, as far as known.
    package var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
    }
}

/// A day of the year from a card, with the year where the card gives a believable one.
///
/// `--0229` is a real birthday: in other years it is kept on 28 February.
package struct AnnualDate: Hashable, Sendable {
    package let month: Int
    package let day: Int
    package let year: Int?

    /// `nil` where no year has that day.
    package init?(month: Int, day: Int, year: Int? = nil) {
        guard CivilDate(year: year ?? 2_000, month: month, day: day) != nil else { return nil }
        (self.month, self.day, self.year) = (month, day, year)
    }

    /// The day it is kept on in a year.
    package func date(in year: Int) -> CivilDate {
        let last = CivilDate.days(inMonth: month, of: year)
        guard let date = CivilDate(year: year, month: month, day: min(day, last)) else {
            preconditionFailure("the initialiser checked the month, and the day is clamped to it")
        }
        return date
    }

    /// The days it is kept on within a span of days.
    package func dates(from first: CivilDate, through last: CivilDate) -> [CivilDate] {
        (first.year...last.year).map { date(in: $0) }.filter { first <= $0 && $0 <= last }
    }
}

extension AnnualDate: CustomStringConvertible {
    /// `1985-04-12`, or `--04-12` where the year is not known.
    package var description: String {
        (year.map { padded($0, 4) } ?? "-") + "-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// A card that was read for a person besides the one they are known by.
package struct OtherCard: Hashable, Sendable {
    package let id: ContactID
    package let place: Place

    package init(id: ContactID, place: Place) {
        (self.id, self.place) = (id, place)
    }
}

/// A person in the contact store: one card, or several that are about the same person.
package struct Contact: Hashable, Sendable {
    package let id: ContactID
    /// The formatted name (`FN`), never empty; untrusted text.
    package var name: String
    /// The given name of `N`, where there is one.
    package var givenName: String?
    package var nicknames: [String]
    /// Lower-cased, in the card's order, preferred first.
    package var emails: [String]
    package var phones: [String]
    package var organization: String?
    /// The part of the organisation: a department.
    package var unit: String?
    package var title: String?
    package var categories: [String]
    package var birthday: AnnualDate?
    package var anniversary: AnnualDate?
    /// Whether the card carries a `DEATHDATE`: such a person is never nudged about.
    package var isDeceased: Bool
    /// The zone of the card's `TZ`, for calls.
    package var zone: Zone?
    package var note: String?
    package var place: Place
    /// The person's other cards, by UID, then place; the same UID stands here again where it stands in two books.
    package var otherCards: [OtherCard] = []

    /// Every UID the person is known by, their own first.
    package var ids: [ContactID] {
        // Sorted, so that equal ones are neighbours.
        otherCards.reduce(into: [id]) { ids, card in
            if card.id != id, card.id != ids.last { ids.append(card.id) }
        }
    }

    package init(
        id: ContactID,
        name: String,
        givenName: String? = nil,
        nicknames: [String] = [],
        emails: [String] = [],
        phones: [String] = [],
        organization: String? = nil,
        unit: String? = nil,
        title: String? = nil,
        categories: [String] = [],
        birthday: AnnualDate? = nil,
        anniversary: AnnualDate? = nil,
        isDeceased: Bool = false,
        zone: Zone? = nil,
        note: String? = nil,
        place: Place = Place(file: "")
    ) {
        self.id = id
        self.name = name
        self.givenName = givenName
        self.nicknames = nicknames
        self.emails = emails
        self.phones = phones
        self.organization = organization
        self.unit = unit
        self.title = title
        self.categories = categories
        self.birthday = birthday
        self.anniversary = anniversary
        self.isDeceased = isDeceased
        self.zone = zone
        self.note = note
        self.place = place
    }
}
