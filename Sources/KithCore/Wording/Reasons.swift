import CivilTime

/// Why now, in one line: what every face of a nudge says.
struct Reasons {
    let world: World
    let assessments: [ContactID: TieAssessment]
    let today: CivilDate
    /// Whether titles of events and notes may be told: not on a lock screen that shows initials, not in what leaves the machine
    /// where they are private.
    var tellsTitles = true
    var leavesMachine = false

    /// `7 weeks since "Coffee w/ Ana"`, `birthday`, `been a while`: a list's.
    func short(_ record: NudgeRecord) -> String {
        switch record.id.kind {
        case .birthday: return dated(record, "birthday")
        case .anniversary: return dated(record, "anniversary")
        default: break
        }
        guard let contact = record.id.contacts.first, let tie = tie(contact) else { return "no longer kept" }
        return tie.network == .personal ? "been a while" : lastTime(contact)
    }

    /// The same as a sentence of a bubble.
    func sentence(_ record: NudgeRecord) -> String {
        guard let contact = record.id.contacts.first, let tie = tie(contact) else { return "" }
        if tie.network == .personal { return "Been a while." }
        let text = lastTime(contact)
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private func dated(_ record: NudgeRecord, _ word: String) -> String {
        record.due < today ? "\(word) was on \(dayName(record.due))" : word
    }

    /// The day of a dated nudge as a sentence: `Birthday today.`, `Birthday was on Sunday.`, `Birthday tomorrow.`.
    func datedSentence(_ record: NudgeRecord) -> String {
        let word = record.id.kind == .birthday ? "Birthday" : "Anniversary"
        return switch record.due.days(since: today) {
        case ..<0: "\(word) was on \(dayName(record.due))."
        case 0: "\(word) today."
        case 1: "\(word) tomorrow."
        default: "\(word) on \(dayName(record.due))."
        }
    }

    /// `Sunday` where only one can be meant, else `Thu 15 Jan`.
    private func dayName(_ day: CivilDate) -> String {
        abs(day.days(since: today)) < 7 ? Phrases.longWeekdays[day.weekday.rawValue] : Phrases.day(day)
    }

    func tie(_ contact: ContactID) -> Tie? {
        world.ties.first { $0.id == contact }
    }

    private func lastTime(_ contact: ContactID) -> String {
        guard let last = assessments[contact]?.lastContact else {
            return "no meeting in your calendar yet"
        }
        let ago = Phrases.length(days: today.days(since: last.date))
        switch last.origin {
        case .wrote: return "you wrote \(ago) ago"
        case .met: return last.isMail ? "\(ago) since the last mail" : "\(ago) since you met"
        case .meeting:
            let isHidden = !tellsTitles || printable(last.summary).isEmpty || leavesMachine && last.isPrivate
            return isHidden ? "\(ago) since you met" : "\(ago) since \(Phrases.quoted(last.summary))"
        }
    }

    /// What the user last noted about somebody.
    func note(_ contact: ContactID) -> String? {
        guard tellsTitles, !leavesMachine else { return nil }
        let note = (world.evidence[contact] ?? []).lazy.compactMap(\.note).map { printable($0) }.first { !$0.isEmpty }
        guard let text = note.map({ shortened($0, to: 40) }), let last = text.last else { return nil }
        return "You noted: \(text)" + (".!?…".contains(last) ? "" : ".")
    }
}
