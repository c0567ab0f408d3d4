import CivilTime
import VObject

/// Reads cards: twice the same, every finding within the file, no address twice or in capitals, every day one there is.
func checkCards(_ bytes: [UInt8]) throws(Broken) {
    let file = CardFile(parsing: bytes)
    let again = CardFile(parsing: bytes)
    try hold(file.cards == again.cards && file.findings == again.findings, "the file is another when read again")
    try checkFindings(file.findings, of: bytes)
    let last = physicalLines(bytes).count
    for card in file.cards {
        try hold((1...last).contains(card.line), "a card is on line \(card.line)")
        try hold(!card.uid.isEmpty, "a card is known by nothing")
        try hold(Set(card.emails).count == card.emails.count, "an address stands twice")
        for text in card.emails + card.phones + card.nicknames + card.categories {
            try hold(!text.isEmpty, "something empty is on a list")
        }
        try hold(card.emails.allSatisfy { $0 == $0.lowercased() }, "an address has capitals")
        try hold(card.name != "" && card.givenName != "" && card.organization != "", "a name is empty")
        for day in [card.birthday, card.anniversary] {
            guard let day else { continue }
            try checkDay(day)
        }
    }
}

private func checkDay(_ day: PartialDate) throws(Broken) {
    let exists = CivilDate(year: day.year ?? 2_000, month: day.month, day: day.day) != nil
    try hold(exists && (1...9_999).contains(day.year ?? 1), "there is no day \(day)")
}

/// Days of a card, the first line the parameters and value of a birthday, the second those of an anniversary: what is read
/// is a day there is, and is read as the same from the way the standard writes it.
func checkDates(_ bytes: [UInt8]) throws(Broken) {
    let lines = physicalLines(bytes).prefix(2).map { String(decoding: $0, as: UTF8.self) }
    let file = card("BDAY" + (lines.first ?? ""), "ANNIVERSARY" + (lines.last ?? ""))
    guard let read = file.cards.first else { return }
    for day in [read.birthday, read.anniversary] {
        guard let day else { continue }
        try checkDay(day)
        let written = (day.year.map { padded($0, 4) } ?? "--") + padded(day.month, 2) + padded(day.day, 2)
        // 1604 stands for no year, so from the standard's way it comes without one.
        let expected = day.year == 1_604 ? PartialDate?.none : day
        guard let expected else { continue }
        let plain = card("BDAY:" + written, "ANNIVERSARY;VALUE=date:" + written)
        try hold(plain.findings.isEmpty, "\(written) is not plain: \(plain.findings)")
        try hold(plain.cards.first?.birthday == expected, "\(written) is not \(expected)")
        try hold(plain.cards.first?.anniversary == expected, "\(written) is not \(expected)")
    }
}

private func card(_ lines: String...) -> CardFile {
    let all = ["BEGIN:VCARD", "VERSION:4.0", "UID:1", "FN:Ana"] + lines + ["END:VCARD"]
    return CardFile(parsing: Array(all.map { $0 + "\r\n" }.joined().utf8))
}
