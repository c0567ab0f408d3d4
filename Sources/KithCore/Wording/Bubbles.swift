package import CivilTime

/// The most a bubble's body may have, in characters.
package let bodyLimit = 120

/// What a bubble, or a mail of its own, says of a nudge, or of the birthdays of one day.
///
/// - Parameters:
///   - slot: The free time it uses; named in the body where there is any.
///   - leavesMachine: Whether it goes where others may read it: then without notes and titles of private events.
package func message(
    for records: [NudgeRecord],
    assessments: [ContactID: TieAssessment],
    world: World,
    slot: Slot?,
    now: Instant,
    policy: Policy,
    leavesMachine: Bool = false
) -> Message {
    let contacts = records.flatMap(\.id.contacts).compactMap { id in world.contacts.first { $0.id == id } }
    let reasons = Reasons(
        world: world,
        assessments: assessments,
        today: world.zone.date(now),
        tellsTitles: policy.privacy == .names,
        leavesMachine: leavesMachine
    )
    let title: String
    var body = body(of: records, contacts: contacts, reasons: reasons, slot: slot)
    switch policy.privacy {
    case .names: title = Phrases.list(contacts.map { shownName(of: $0, limit: 60) })
    case .initials: title = Phrases.list(contacts.map { initials(of: $0) })
    case .hidden:
        title = "kith"
        body = "Somebody to get in touch with. See: kith"
    }
    return Message(
        title: title.isEmpty ? "kith" : shortened(title, to: 100),
        body: shortened(body, to: bodyLimit),
        actions: actions(for: contacts),
        contacts: contacts.map(\.id)
    )
}

private func body(of records: [NudgeRecord], contacts: [Contact], reasons: Reasons, slot: Slot?) -> String {
    guard let record = records.first else { return "" }
    switch record.id.kind {
    case .birthday, .anniversary:
        return reasons.datedSentence(record)
    default:
        guard let contact = contacts.first, let tie = reasons.tie(contact.id) else { return "" }
        let why = reasons.sentence(record)
        if tie.network == .personal { return why + " A pint this week?" }
        let ask = suggestion(for: contact, slot: slot, zone: reasons.world.zone)
        let full = [why, reasons.note(contact.id), ask].compactMap(\.self).joined(separator: " ")
        // The note goes first where not all of it has room; why now and what to do never go.
        return full.count <= bodyLimit ? full : "\(why) \(ask)"
    }
}

/// What to do and how long there is for it: `Free until 14:30; send a line?`.
private func suggestion(for contact: Contact, slot: Slot?, zone: Zone) -> String {
    let ask =
        !contact.emails.isEmpty ? "send a line?" : telephone(of: contact) != nil ? "give a call?" : "get in touch?"
    guard let slot else { return ask.prefix(1).uppercased() + ask.dropFirst() }
    return "Free until \(Phrases.clock(slot.end, zone)); \(ask)"
}

/// Write, else call, first; Done and Later; Skip where there is no address.
///
/// A bubble for several people has no single address.
private func actions(for contacts: [Contact]) -> [MessageAction] {
    guard contacts.count == 1, let contact = contacts.first else { return [.done, .later, .skip] }
    if let email = contact.emails.first { return [.write(url: "mailto:" + percentEncoded(email)), .done, .later] }
    if let number = telephone(of: contact) { return [.call(url: "tel:" + number), .done, .later] }
    return [.done, .later, .skip]
}

/// The first number on a card that can be called: digits, behind a `+` where one leads, as far as an extension or a word.
private func telephone(of contact: Contact) -> String? {
    for phone in contact.phones {
        var number = ""
        for character in phone {
            let isDigit = character.isASCII && character.isNumber
            if isDigit || character == "+" && number.isEmpty {
                number.append(character)
            } else if !number.isEmpty, character.isLetter || ";,+#*".contains(character) {
                break
            }
        }
        if number.contains(where: \.isNumber) { return number }
    }
    return nil
}

/// An address as RFC 6068 §2 writes it: unreserved characters, `@` and the few others an address needs stay.
private func percentEncoded(_ address: String) -> String {
    let hex = Array("0123456789ABCDEF")
    var result = ""
    for byte in address.utf8 {
        let scalar = Unicode.Scalar(byte)
        if byte < 0x80, scalar.properties.isAlphabetic || "0123456789-._~@+!$'*".unicodeScalars.contains(scalar) {
            result.unicodeScalars.append(scalar)
        } else {
            result += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
        }
    }
    return result
}

private func initials(of contact: Contact) -> String {
    shownName(of: contact, limit: 100).split(separator: " ").compactMap(\.first).map { "\($0)." }.joined(separator: " ")
}

/// The end of a path, which tells it from its neighbours.
func pathEnd(_ path: String) -> String {
    let text = printable(path)
    return text.count > 50 ? "…" + text.suffix(49) : text
}

/// The one message that says a source is gone.
package func sourceGoneMessage(path: String, since: CivilDate) -> Message {
    let name = pathEnd(path)
    return Message(
        title: "kith cannot read a source",
        body: shortened(
            "\(name) is gone or empty since \(Phrases.day(since)). Nudges wait. See: kith doctor",
            to: bodyLimit
        )
    )
}

/// What `kith test` sends.
package func trialMessage() -> Message {
    Message(title: "kith", body: "This is how a nudge looks. Nothing is asked of you.")
}
