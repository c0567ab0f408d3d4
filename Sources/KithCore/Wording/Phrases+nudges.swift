import CivilTime

/// How somebody can be reached, which decides what a nudge proposes.
enum Reach {
    case address
    case telephone
    case nothing
}

/// The sentences of bubbles and of mails of their own.
///
/// Every sentence is whole: what changes in it is an argument. A reason stands in lists as it is, in a bubble as a sentence.
extension Phrases {
    // MARK: Buttons

    static let write = "Write"
    static let call = "Call"
    static let done = "Done"
    static let later = "Later"
    static let skip = "Skip"
    static let gotIt = "Got it"

    // MARK: Putting together

    /// A list's reason as a sentence of its own.
    static func sentence(_ reason: String) -> String {
        ended(reason.prefix(1).uppercased() + reason.dropFirst())
    }

    /// With a full stop, where it ends in none of the like.
    private static func ended(_ text: String) -> String {
        text.last.map { ".!?…".contains($0) } == true ? text : text + "."
    }

    /// Sentences behind each other.
    static func sentences(_ parts: [String]) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    // MARK: Reconnect

    static let friend = "been a while"
    /// Asked one after another, so that the same friend is not asked the same each time.
    private static let outings = ["A pint", "A coffee", "A walk", "A meal", "A call"]

    /// At the end of a week nothing is left of it.
    static func friendAsk(_ number: Int, on day: Weekday) -> String {
        "\(outings[number % outings.count]) \(day < .saturday ? "this" : "next") week?"
    }

    static let friendOneLine = "One line is enough."
    static let heavyWeek = "Heavy week. One line is enough; the rest waits."
    static let chance = "by chance"
    static let chanceSentence = "A name no plan brings up."
    static let hello = "Say hello?"
    static let noMeeting = "no meeting in your calendar yet"
    static let notKept = "no longer kept"

    static func youWrote(_ ago: String) -> String { "you wrote \(ago) ago" }
    static func sinceYouMet(_ ago: String) -> String { "\(ago) since you met" }
    static func sinceMail(_ ago: String) -> String { "\(ago) since the last mail" }
    /// `7 weeks since "Coffee w/ Ana"`: the title comes with its quotes.
    static func since(_ ago: String, _ title: String) -> String { "\(ago) since \(title)" }

    /// What the user noted, ended where it is not.
    static func noted(_ note: String) -> String {
        ended("You noted: \(note)")
    }

    static func ask(_ reach: Reach) -> String {
        switch reach {
        case .address: "Send a line?"
        case .telephone: "Give a call?"
        case .nothing: "Get in touch?"
        }
    }

    /// What to do, and until when there is time for it.
    static func ask(_ reach: Reach, until clock: String) -> String {
        switch reach {
        case .address: "Free until \(clock); send a line?"
        case .telephone: "Free until \(clock); give a call?"
        case .nothing: "Free until \(clock); get in touch?"
        }
    }

    // MARK: Dormant

    /// `not since 2022; pricing`.
    static func notSince(_ year: Int, _ interests: [String]) -> String {
        interests.isEmpty ? "not since \(year)" : "not since \(year); \(list(interests))"
    }

    static func lastTitle(_ title: String, _ month: String) -> String { "Last: \(title), \(month)." }
    static func lastMet(_ month: String) -> String { "Last met \(month)." }
    static func lastWrote(_ month: String) -> String { "Last: you wrote, \(month)." }

    /// `Now at Norlys; knows pricing.`, as far as known.
    static func nowAt(_ organization: String?, _ interests: [String]) -> String? {
        switch (organization, interests.isEmpty) {
        case (let organization?, false): "Now at \(organization); knows \(list(interests))."
        case (let organization?, true): "Now at \(organization)."
        case (nil, false): "Knows \(list(interests))."
        case (nil, true): nil
        }
    }

    // MARK: Days of the year

    static let birthday = "birthday"
    static let anniversary = "anniversary"
    static func birthdayWas(_ day: String) -> String { "birthday was on \(day)" }
    static func anniversaryWas(_ day: String) -> String { "anniversary was on \(day)" }
    static let birthdayToday = "Birthday today."
    static let anniversaryToday = "Anniversary today."
    static let birthdayTomorrow = "Birthday tomorrow."
    static let anniversaryTomorrow = "Anniversary tomorrow."
    static func birthdayOn(_ day: String) -> String { "Birthday on \(day)." }
    static func anniversaryOn(_ day: String) -> String { "Anniversary on \(day)." }

    // MARK: Prepare

    /// The title: `Ben Adeyemi at 15:00`.
    static func meetingTitle(_ name: String, _ clock: String) -> String { "\(name) at \(clock)" }
    static func meeting(at clock: String) -> String { "meeting at \(clock)" }
    /// `Last met 14 Oct: hiring freeze.`; a title comes with its quotes.
    static func lastMet(_ day: String, topic: String) -> String {
        ended("Last met \(day): \(topic)")
    }

    // MARK: Promise

    private static let articles: Set = ["the", "a", "an", "my", "our", "some", "that", "this", "to"]

    /// `You promised the Q3 deck`: a thing named without an article is told as it was typed, behind a colon.
    private static func promised(_ text: String) -> String {
        let first = text.split(separator: " ").first?.lowercased() ?? ""
        return articles.contains(first) ? "You promised \(text)" : "You promised: \(text)"
    }

    static func promisedSentence(_ text: String) -> String { promised(text) + "." }
    static func promised(_ text: String, for day: String) -> String { promised(text) + ", for \(day)." }
    static let promisedSomething = "You promised something."
    static func promisedSomething(for day: String) -> String { "You promised something, for \(day)." }
    static let somethingPromised = "a promise"
    static func listPromised(_ text: String) -> String { "promised: \(text)" }
    static let promiseAsk = "Do it now?"
    static func promiseAsk(until clock: String) -> String { "Free until \(clock); do it now?" }

    // MARK: Follow up

    /// The day of the first meeting, and its title in quotes.
    static func youMet(on day: String, _ title: String?) -> String {
        title.map { "You met on \(day) (\($0))." } ?? "You met on \(day)."
    }
    static let metLately = "met lately"
    static let metLatelySentence = "You met lately."
    static func met(on day: String, _ title: String?) -> String {
        title.map { "met on \(day), \($0)" } ?? "met on \(day)"
    }

    // MARK: Where nothing may be told

    static let kith = "kith"
    static let somebody = "Somebody to get in touch with. See: kith"
    static let something = "Something of yours is up. See: kith"

    // MARK: Messages about kith itself

    static let sourceGoneTitle = "kith cannot read a source"
    static func sourceGone(_ path: String, since day: String) -> String {
        "\(path) is gone or empty since \(day). Nudges wait. See: kith doctor"
    }
    static func channelDownTitle(_ channel: String) -> String { "kith cannot reach you by \(channel)" }
    static func channelDown(since day: String, why: String?) -> String {
        "Nothing got through since \(day)\(why.map { ": \($0)" } ?? ""). See: kith doctor"
    }
    static let noAnswer = "no answer"
    static let channelWorks = "the channel works again"
    static let trial = "This is how a nudge looks. Nothing is asked of you."
}
