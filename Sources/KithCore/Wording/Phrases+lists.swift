/// The words of the screens and of the week's digest.
extension Phrases {
    // MARK: Today

    static let nobodyToday = "Nobody today."
    static func nobodyToday(next name: String, _ when: String) -> String { "Nobody today. Next: \(name), \(when)." }
    static let keys = "w write  d done  l later  s skip  e explain  q quit"

    // MARK: When

    static func now(until clock: String) -> String { "now, until \(clock)" }
    static let shown = "shown"
    static func shown(at time: String) -> String { "shown \(time)" }
    static let afterOthers = "after this week's others"
    static let noFreeMoment = "no free moment"
    static let waitsHere = "waits here"

    /// A part of a day, for times of friends.
    enum DayPart {
        case morning
        case afternoon
        case evening
    }

    static func this(_ part: DayPart) -> String {
        switch part {
        case .morning: "this morning"
        case .afternoon: "this afternoon"
        case .evening: "this evening"
        }
    }

    static func part(_ part: DayPart, of day: String) -> String {
        switch part {
        case .morning: "\(day) morning"
        case .afternoon: "\(day) afternoon"
        case .evening: "\(day) evening"
        }
    }

    static func heldByMeeting(on day: String, _ title: String) -> String { "meeting on \(day), \(title)" }
    static let paused = "paused"
    static func paused(until day: String) -> String { "paused until \(day)" }
    static func heldByBirthday(on day: String) -> String { "birthday on \(day)" }
    static func heldBySource(_ path: String) -> String { "waits for \(path), which cannot be read or is empty" }
    static let aSource = "a source"
    static func heldByShowing(until day: String) -> String { "shown lately; not before \(day)" }

    // MARK: Explain

    static func dueOn(_ name: String, _ day: String) -> String { "\(name): due \(day)" }
    static func dueSince(_ name: String, _ day: String, lateFrom: String) -> String {
        "\(name): due since \(day), late from \(lateFrom)"
    }
    static func dueSince(_ name: String, _ day: String, lateSince: String) -> String {
        "\(name): due since \(day), late since \(lateSince)"
    }
    static let labelEvery = "every"
    static let labelSince = "since"
    static let labelIgnored = "ignored"
    static let labelKept = "kept"
    static let labelSource = "source"
    static let labelBooked = "booked"
    static let labelLast = "last"
    static let labelShown = "shown"
    static let labelNext = "next"
    static let labelHeld = "held"
    static let labelWaits = "waits"
    static let labelPromised = "promised"
    static let nothing = "nothing"
    static let nothingKnown = "nothing known"
    static let inLists = "in lists"
    static let inKithAndDigest = "in kith and the digest"
    static let ownEntry = "own entry"
    static func ownEntry(at place: String) -> String { "own entry, \(place)" }
    static func circle(_ name: String) -> String { "circle \"\(name)\"" }
    static func circle(_ name: String, at place: String) -> String { "circle \"\(name)\", \(place)" }
    static func lastCounts(_ title: String, _ people: String) -> String { "\(title), \(people), counts" }
    static func lastAddsUp(_ title: String, _ people: String, others: Int) -> String {
        "\(title), \(people), counts with \(number(others)) before"
    }
    static let learned = "learned"
    static func learned(_ rule: String) -> String { "learned; \(rule)" }
    static func ignored(_ title: String, _ people: String) -> String { "\(title), \(people)" }
    static func booked(_ title: String, in place: String) -> String { "\(title), \(place)" }
    static let saidMet = "you said you met, counts"
    static let wroteHalf = "you wrote, a half wait"
    static let mailReceived = "mail received, counts"
    static let mailSent = "mail sent, a half wait"
    static func source(_ place: String, uid: String) -> String { "\(place)  UID \(uid)" }
    static func mailSource(_ place: String) -> String { "mail in \(place)" }
    static let causeMet = "you met"
    static let causeWrote = "you wrote"
    static let causeSkip = "you skipped"
    static let causeKept = "first seen by kith"
    static let causeIgnored = "no answer"
    static let causeWithdrawn = "a booked meeting was cancelled"
    static let causeAgain = "asked again"
    static func budget(today: Int, of perDay: Int, week: Int, of perWeek: Int) -> String {
        "\(today) of \(perDay) today, \(week) of \(perWeek) this week"
    }
    static func freeUntil(_ clock: String, _ rest: String) -> String { "free until \(clock); \(rest)" }

    // MARK: People, circles, cards, days

    static func dueShort(_ day: String) -> String { "due \(day)" }
    static func dueSinceShort(_ day: String) -> String { "due since \(day)" }
    /// `1 person`, `1,204 people`.
    static func persons(_ count: Int) -> String { count == 1 ? "1 person" : "\(grouped(count)) people" }
    static let labelWork = "work"
    static let labelEmail = "email"
    static let labelPhone = "phone"
    static let labelBirthday = "birthday"
    static let labelGroups = "groups"
    static let labelCard = "card"
    static let no = "no"
    static func withNote(_ what: String, _ note: String) -> String { "\(what): \(note)" }
    static func dayOff(_ day: String, _ why: String) -> String { "\(day)  day off: \(why)" }
    static let busy = "busy"
    static let free = "free"
    static let freeForFriends = "free for friends"
    static let midnight = "24:00"

    // MARK: Duplicates

    static func same(_ shared: Duplicate.Shared) -> String {
        switch shared {
        case .address: "same address"
        case .phone: "same phone"
        case .name: "same name"
        }
    }
    static let duplicatesHint = "One address on both cards, and names that agree, make them one person."

    // MARK: Doctor

    /// Marks before a line, all of one width.
    static let doctorOK = "ok    "
    static let doctorFail = "FAIL  "
    static let doctorFix = "fix   "

    // MARK: Digest

    static let thisWeek = "This week"
    static func thisWeek(_ highlights: [String]) -> String { "This week: " + highlights.joined(separator: ", ") }
    static let answerAtDesk = "Answer at your desk: kith"
    static let open = "open"
    static func evening(_ weekday: String) -> String { "\(weekday) eve" }
    static func birthday(of name: String) -> String { "\(name)'s birthday" }
    static func anniversary(of name: String) -> String { "\(name)'s anniversary" }
    static func promise(to name: String) -> String { "a promise to \(name)" }
    static func gone(_ path: String) -> String { "Gone: \(path). Nudges wait until it is back." }
    static func new(_ name: String, keep word: String) -> String { "New: \(name). To keep: kith keep \(word)" }
    static func unanswered(_ name: String, drop word: String) -> String {
        "Unanswered: \(name). To stop: kith drop \(word)"
    }
    static let anyName = "NAME"
    /// Where a priority lacks support: `Pricing 2027: nobody from Finance since March`, and whom to ask.
    static func gap(_ title: String, in part: String?, since month: String?, name: String) -> String {
        let from = part.map { " from \($0)" } ?? ""
        let when = month.map { " since \($0)" } ?? " yet"
        return "\(title): nobody\(from)\(when). You know \(name)" + (part == nil ? "." : " there.")
    }
    static let askForMinutes = "Ask for 15 minutes?"
    static func balance(inside: Int, outside: Int, usual: Int) -> String {
        "Four weeks: \(inside) h with your team, \(outside) h outside it (usually \(usual) h)."
    }
}
