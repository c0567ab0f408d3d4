import CivilTime

/// Turns mail into evidence.
///
/// | mail                | is                          |
/// |---------------------|-----------------------------|
/// | received            | contact, of full weight     |
/// | sent                | a line written: a half wait |
/// | dated after today   | nothing yet                 |
/// | over ten years old  | nothing any more            |
///
/// Of one day each direction counts once for a person, by the earliest message, whatever addresses they have.
struct MailReader {
    let me: Me
    let directory: ContactDirectory
    let zone: Zone
    let today: CivilDate

    /// What a person's mail shows; nobody without a card has any.
    func evidence(in mail: [String: [MailEntry]]) -> [ContactID: [Evidence]] {
        guard !mail.isEmpty else { return [:] }
        var entries: [ContactID: [MailEntry]] = [:]
        for (address, known) in mail where !me.emails.contains(address) {
            guard let contact = directory.contact(email: address) else { continue }
            entries[contact, default: []] += known
        }
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, evidence(of: $0.key, in: $0.value.sorted())) })
    }

    private func evidence(of contact: ContactID, in entries: [MailEntry]) -> [Evidence] {
        let oldest = zone.start(of: today.adding(days: -3_653))
        let tomorrow = zone.start(of: today.adding(days: 1))
        var (result, last): ([Evidence], [MailDirection: CivilDate]) = ([], [:])
        for entry in entries where oldest <= entry.sentAt && entry.sentAt < tomorrow {
            let date = zone.date(entry.sentAt)
            guard last.updateValue(date, forKey: entry.direction) != date else { continue }
            result.append(
                Evidence(
                    contact: contact,
                    date: date,
                    start: entry.sentAt,
                    origin: entry.direction == .received ? .met : .wrote,
                    weight: entry.direction == .received ? 100 : 0,
                    people: entry.size,
                    isPrivate: true,
                    isMail: true,
                    place: Place(file: entry.folder)
                )
            )
        }
        return result
    }
}
