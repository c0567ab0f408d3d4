package import CivilTime

/// The most a bubble's body may have, in characters.
package let bodyLimit = 120

/// Seconds of free time whose end is not worth a word.
private let longFree: Int64 = 4 * 3_600

/// What a bubble, or a mail of its own, says of a nudge, or of the birthdays of one day.
///
/// - Parameters:
///   - slot: The free time it uses; named in the body where there is any.
///   - leavesMachine: Whether it goes where others may read it: then without notes and titles of private events.
///   - isOneLine: Whether the week is too full for more than a line.
///   - nudges: The ledger's, which know the promises that are open.
package func message(
    for records: [NudgeRecord],
    assessments: ByContact<TieAssessment>,
    world: World,
    slot: Slot?,
    now: Instant,
    policy: Policy,
    leavesMachine: Bool = false,
    isOneLine: Bool = false,
    nudges: ShelvedList<NudgeRecord> = []
) -> Message {
    let contacts = records.flatMap(\.id.contacts).compactMap { world.contact($0) }
    let reasons = Reasons(
        world: world,
        assessments: assessments,
        today: world.zone.date(now),
        tellsTitles: policy.privacy == .names,
        leavesMachine: leavesMachine,
        nudges: nudges
    )
    let kind = records.first?.id.kind ?? .reconnect
    var title: String
    var body = body(of: records, contacts: contacts, reasons: reasons, slot: slot, now: now, isOneLine: isOneLine)
    switch policy.privacy {
    case .names: title = Phrases.list(contacts.map { shownName(of: $0, limit: 60) })
    case .initials: title = Phrases.list(contacts.map { initials(of: $0) })
    case .hidden:
        title = ""
        body = kind == .prepare || kind == .promise ? Phrases.something : Phrases.somebody
    }
    if !title.isEmpty, kind == .prepare, let start = records.first.flatMap({ Prepare.start(of: $0.id) }) {
        title = Phrases.meetingTitle(shortened(title, to: 90), Phrases.clock(start, world.zone))
    }
    return Message(
        title: title.isEmpty ? Phrases.kith : shortened(title, to: 100),
        body: shortened(body, to: bodyLimit),
        actions: kind == .prepare ? [.gotIt] : actions(for: contacts),
        contacts: contacts.map(\.id)
    )
}

private func body(
    of records: [NudgeRecord],
    contacts: [Contact],
    reasons: Reasons,
    slot: Slot?,
    now: Instant,
    isOneLine: Bool
) -> String {
    guard let record = records.first else { return "" }
    // What is free for half a day needs no end.
    let until = slot.flatMap { slot in
        slot.end.seconds(since: max(slot.start, now)) < longFree ? Phrases.clock(slot.end, reasons.world.zone) : nil
    }
    switch record.id.kind {
    case .birthday, .anniversary:
        return reasons.datedSentence(record)
    case .prepare:
        let parts = reasons.briefing(record)
        return fitting(Array(parts.prefix(1)), Array(parts.dropFirst()))
    case .promise:
        let isPersonal = records.contains { reasons.isPersonal($0) }
        let ask = isPersonal ? Phrases.promiseAsk : until.map { Phrases.promiseAsk(until: $0) } ?? Phrases.promiseAsk
        return Phrases.sentences([reasons.promiseSentence(record), ask])
    case .followUp:
        guard let contact = contacts.first else { return "" }
        return Phrases.sentences([reasons.followUpSentence(record), Phrases.ask(reach(contact))])
    default:
        guard let contact = contacts.first else { return "" }
        return reconnect(record, contact, reasons, until: until, isOneLine: isOneLine)
    }
}

/// Why now, what more is known while there is room for it, and what to do.
private func reconnect(
    _ record: NudgeRecord,
    _ contact: Contact,
    _ reasons: Reasons,
    until: String?,
    isOneLine: Bool
) -> String {
    let tie = reasons.tie(contact.id)
    if record.reason != .chance, tie == nil { return "" }
    let isPersonal = tie?.network == .personal
    if isOneLine {
        return isPersonal ? Phrases.sentences([reasons.sentence(record), Phrases.friendOneLine]) : Phrases.heavyWeek
    }
    if record.reason == .chance {
        let more = isPersonal ? [] : [reasons.sentence(record)]
        return fitting([Phrases.chanceSentence], more, ask: Phrases.hello)
    }
    if isPersonal { return Phrases.sentences([reasons.sentence(record), reasons.friendAsk(record)]) }
    if let tie, reasons.isDormant(record), let last = reasons.longAgo(contact.id) {
        let (organization, interests) = (reasons.organization(tie), reasons.interests(tie))
        let full = Phrases.nowAt(organization, interests)
        let whole = Phrases.sentences([last, full ?? "", Phrases.hello])
        if whole.count <= bodyLimit { return whole }
        return fitting([last], [Phrases.nowAt(organization, [])].compactMap(\.self), ask: Phrases.hello)
    }
    let ask = until.map { Phrases.ask(reach(contact), until: $0) } ?? Phrases.ask(reach(contact))
    return fitting([reasons.sentence(record)], [reasons.note(contact.id)].compactMap(\.self), ask: ask)
}

/// Sentences, of which those in the middle go first where not all have room; why now and what to do never go.
private func fitting(_ why: [String], _ more: [String] = [], ask: String? = nil) -> String {
    for count in stride(from: more.count, through: 0, by: -1) {
        let text = Phrases.sentences(why + more.prefix(count) + [ask ?? ""])
        if text.count <= bodyLimit || count == 0 { return text }
    }
    return Phrases.sentences(why)
}

private func reach(_ contact: Contact) -> Reach {
    !contact.emails.isEmpty ? .address : telephone(of: contact) != nil ? .telephone : .nothing
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
        title: Phrases.sourceGoneTitle,
        body: shortened(Phrases.sourceGone(name, since: Phrases.day(since)), to: bodyLimit)
    )
}

/// The one message that says, by another channel, that one delivers nothing.
package func channelDownMessage(channel: ChannelName, since: CivilDate, problem: String?) -> Message {
    let name = shortened(printable(channel.rawValue), to: 20)
    let why = problem.map { shortened(printable($0), to: 40) }
    return Message(
        title: Phrases.channelDownTitle(name),
        body: shortened(Phrases.channelDown(since: Phrases.day(since), why: why), to: bodyLimit)
    )
}

/// What `kith test` sends.
package func trialMessage() -> Message {
    Message(title: Phrases.kith, body: Phrases.trial)
}
