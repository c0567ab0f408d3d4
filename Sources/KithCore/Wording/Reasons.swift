import CivilTime

/// Why now, in one line: what every face of a nudge says.
struct Reasons {
    let world: World
    let assessments: ByContact<TieAssessment>
    let today: CivilDate
    /// Whether titles of events and notes may be told: not on a lock screen that shows initials, not in what leaves the machine
    /// where they are private.
    var tellsTitles = true
    var leavesMachine = false
    /// Whether the user's own words may be told.
    private var tellsNotes: Bool { tellsTitles && !leavesMachine }
    /// The ledger's nudges: they know which promises are open.
    var nudges: ShelvedList<NudgeRecord> = []

    /// `7 weeks since "Coffee w/ Ana"`, `birthday`, `been a while`: a list's.
    func short(_ record: NudgeRecord) -> String {
        let contact = record.id.contacts.first
        switch record.id.kind {
        case .birthday: return record.due < today ? Phrases.birthdayWas(dayName(record.due)) : Phrases.birthday
        case .anniversary: return record.due < today ? Phrases.anniversaryWas(dayName(record.due)) : Phrases.anniversary
        case .prepare:
            return Prepare.start(of: record.id).map { Phrases.meeting(at: Phrases.clock($0, world.zone)) }
                ?? Phrases.notKept
        case .promise: return promiseText(record).map { Phrases.listPromised($0) } ?? Phrases.somethingPromised
        case .followUp: return followUp(record)
        default: break
        }
        if record.reason == .chance { return Phrases.chance }
        guard let contact, let tie = tie(contact) else { return Phrases.notKept }
        if tie.network == .personal { return Phrases.friend }
        if isDormant(record), let last = lastContact(contact) {
            return Phrases.notSince(last.date.year, interests(tie))
        }
        return lastTime(contact)
    }

    /// Why now, as a sentence of a reconnect's bubble.
    func sentence(_ record: NudgeRecord) -> String {
        guard let contact = record.id.contacts.first else { return "" }
        return Phrases.sentence(tie(contact)?.network == .personal ? Phrases.friend : lastTime(contact))
    }

    func tie(_ contact: ContactID) -> Tie? {
        world.tie(contact)
    }

    func isPersonal(_ record: NudgeRecord) -> Bool {
        record.id.contacts.contains { tie($0)?.network == .personal }
    }

    /// `Sunday` where only one can be meant, else `Thu 15 Jan`.
    func dayName(_ day: CivilDate) -> String {
        abs(day.days(since: today)) < 7 ? Phrases.longWeekdays[day.weekday.rawValue] : Phrases.day(day)
    }

    // MARK: Last time

    func lastContact(_ contact: ContactID) -> Evidence? {
        assessments[contact].map(\.lastContact)
            ?? (world.evidence[contact] ?? []).first { $0.weight >= 50 || $0.origin == .wrote }
    }

    /// The title of a meeting in its quotes, where there is one and it may be told.
    func title(_ evidence: Evidence) -> String? {
        guard evidence.origin == .meeting, tellsTitles, !printable(evidence.summary).isEmpty,
            !(leavesMachine && evidence.isPrivate)
        else { return nil }
        return Phrases.quoted(evidence.summary)
    }

    func lastTime(_ contact: ContactID) -> String {
        guard let last = lastContact(contact) else { return Phrases.noMeeting }
        let ago = Phrases.length(days: today.days(since: last.date))
        if last.origin == .wrote { return Phrases.youWrote(ago) }
        if last.isMail { return Phrases.sinceMail(ago) }
        return title(last).map { Phrases.since(ago, $0) } ?? Phrases.sinceYouMet(ago)
    }

    /// What the user last noted about somebody.
    func note(_ contact: ContactID) -> String? {
        guard tellsNotes else { return nil }
        let note = (world.evidence[contact] ?? []).lazy.compactMap(\.note).map { printable($0) }.first { !$0.isEmpty }
        return note.map { Phrases.noted(shortened($0, to: 40)) }
    }

    // MARK: Dormant

    func isDormant(_ record: NudgeRecord) -> Bool {
        record.reason == .dormant || record.id.contacts.contains { assessments[$0]?.isDormant == true }
    }

    /// What a friend is asked, each time another thing.
    func friendAsk(_ record: NudgeRecord) -> String {
        let earlier = nudges.count { other in
            other.id.kind == .reconnect && other.id.contacts == record.id.contacts && other.showings > 0
                && other.id != record.id
        }
        return Phrases.friendAsk(earlier, on: today.weekday)
    }

    /// The last contact and its month, as a sentence.
    func longAgo(_ contact: ContactID) -> String? {
        guard let last = lastContact(contact) else { return nil }
        let month = Phrases.month(last.date)
        if last.origin == .wrote { return Phrases.lastWrote(month) }
        return title(last).map { Phrases.lastTitle($0, month) } ?? Phrases.lastMet(month)
    }

    /// Two at most, in the order written.
    func interests(_ tie: Tie) -> [String] {
        guard tellsTitles else { return [] }
        return tie.interests.map { shortened(printable($0), to: 20) }.filter { !$0.isEmpty }.prefix(2).map { $0 }
    }

    /// Where somebody outside works now.
    func organization(_ tie: Tie) -> String? {
        guard tellsTitles, tie.side == .outside else { return nil }
        let name = shortened(printable(tie.contact.organization ?? ""), to: 30)
        return name.isEmpty ? nil : name
    }

    // MARK: Dated kinds

    /// The day of a dated nudge as a sentence: `Birthday today.`, `Birthday was on Sunday.`, `Birthday tomorrow.`.
    func datedSentence(_ record: NudgeRecord) -> String {
        record.id.kind == .birthday ? birthdaySentence(record.due) : anniversarySentence(record.due)
    }

    private func birthdaySentence(_ day: CivilDate) -> String {
        switch day.days(since: today) {
        case ..<0: Phrases.sentence(Phrases.birthdayWas(dayName(day)))
        case 0: Phrases.birthdayToday
        case 1: Phrases.birthdayTomorrow
        default: Phrases.birthdayOn(dayName(day))
        }
    }

    private func anniversarySentence(_ day: CivilDate) -> String {
        switch day.days(since: today) {
        case ..<0: Phrases.sentence(Phrases.anniversaryWas(dayName(day)))
        case 0: Phrases.anniversaryToday
        case 1: Phrases.anniversaryTomorrow
        default: Phrases.anniversaryOn(dayName(day))
        }
    }

    /// What was promised, where that may be told: it is the user's own note.
    func promiseText(_ record: NudgeRecord) -> String? {
        guard tellsNotes, let promise = world.promise(of: record.id, on: today) else { return nil }
        return shortened(promise.text, to: 50)
    }

    /// The promise and its day as a sentence; of friends no day that has passed.
    func promiseSentence(_ record: NudgeRecord) -> String {
        let text = promiseText(record)
        if record.due < today, isPersonal(record) {
            return text.map { Phrases.promisedSentence($0) } ?? Phrases.promisedSomething
        }
        let day = Phrases.nearDay(record.due, seenFrom: today)
        return text.map { Phrases.promised($0, for: day) } ?? Phrases.promisedSomething(for: day)
    }

    /// The meeting a nudge follows up on.
    func firstMeeting(_ record: NudgeRecord) -> Evidence? {
        record.id.contacts.lazy.flatMap { world.evidence[$0] ?? [] }.first { FollowUp.isOf($0, record.id) }
    }

    private func followUp(_ record: NudgeRecord) -> String {
        guard !isPersonal(record), let meeting = firstMeeting(record) else { return Phrases.metLately }
        return Phrases.met(on: dayName(meeting.date), title(meeting))
    }

    /// `You met on Friday ("Pricing panel").`; of friends without the day.
    func followUpSentence(_ record: NudgeRecord) -> String {
        guard !isPersonal(record), let meeting = firstMeeting(record) else { return Phrases.metLatelySentence }
        return Phrases.youMet(on: dayName(meeting.date), title(meeting))
    }

    /// What there is to say before a meeting, the most needed first.
    func briefing(_ record: NudgeRecord) -> [String] {
        guard let contact = record.id.contacts.first, let tie = tie(contact) else { return [] }
        let brief = Brief(tie, on: today, world: world, nudges: nudges)
        var parts: [String] = []
        let note = tellsNotes ? brief.note.map { shortened($0, to: 40) } : nil
        if let last = brief.last {
            let day = Phrases.shortDay(last.date, seenFrom: today)
            let topic = note ?? title(last)
            parts.append(topic.map { Phrases.lastMet(day, topic: $0) } ?? Phrases.lastMet(day))
        } else if let note {
            parts.append(Phrases.noted(note))
        }
        if let promise = brief.promises.first {
            parts.append(
                tellsNotes ? Phrases.promisedSentence(shortened(promise.text, to: 40)) : Phrases.promisedSomething
            )
        }
        if let day = brief.birthday { parts.append(birthdaySentence(day)) }
        return parts
    }
}
