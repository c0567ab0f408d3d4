package import CivilTime
package import KithCore

/// A life to be played: who there is, how the user has set kith up, and everything that happens, minute by minute.
///
/// It is drawn whole from a seed before anything runs, so that the same seed is the same life, and so that a life with some of
/// its events left out is a life too: an event whose meeting or person is not there does nothing.
package struct Script: Sendable {
    package let seed: UInt64
    package var zone: Zone
    package var policy: Policy
    package var profiles: [ChannelProfile]
    package var people: [Person]
    package var start: CivilDate
    package var days: Int
    /// In order of time.
    package var events: [Event]
    /// Whether the ledger is one that an older kith wrote.
    package var isUpgraded: Bool
    package var priorities: [Priority] = []

    /// Somebody with a card, and what the user says of them.
    package struct Person: Hashable, Sendable {
        package var uid: String
        package var name: String
        package var nickname: String?
        package var email: String
        package var network: Network
        package var every: Int
        package var atWorst: Int
        package var birthday: AnnualDate?
        /// Kept by the circle `friends`, every 60 days, rather than by an entry.
        package var isOfCircle: Bool
        /// Nobody said how often: it shows in the meetings, or is six weeks.
        package var isLearned = false
        /// Of somebody who has no e-mail and can only be called: where they live.
        package var zone: Zone?
        /// Has a card, and is in no circle and under no entry: only chance may name them.
        package var isStranger = false
        /// Whether an entry says how they are kept.
        var hasEntry: Bool { !isOfCircle && !isStranger }
        package var isDropped = false
        package var isDeceased = false
        package var hasCard = true
        package var pausedUntil: CivilDate?
    }

    /// How the user and the others stand to a meeting.
    package enum Manner: String, CaseIterable, Hashable, Sendable {
        case called
        case accepted
        case unanswered
        case declined
        case theyDeclined
        case stranger
        case cancelled
        case crowd
        case large
    }

    /// What the user says about a person or a nudge.
    package enum Word: String, CaseIterable, Hashable, Sendable {
        case met
        case wrote
        case skip
        case later
    }

    /// Something that happens.
    package enum Happening: Hashable, Sendable {
        /// A meeting turns up in the calendar, so many minutes before or after its start.
        case meet(Int, inMinutes: Int64, minutes: Int64, with: [Int], Manner)
        /// The user notes a meeting: nobody is invited, and its title says with whom; `room`: but a room is.
        case note(Int, inMinutes: Int64, minutes: Int64, title: String, room: Bool)
        /// A meeting that comes so many times, so many days apart.
        case series(Int, inMinutes: Int64, minutes: Int64, everyDays: Int, times: Int, with: [Int], Manner)
        /// One of a series is taken out.
        case skipOne(Int, place: Int)
        /// The user met somebody and promised something within so many days.
        case promise(Int, inDays: Int)
        case mail(Int, MailDirection, daysAgo: Int)
        /// Time is taken, or marked free.
        case block(Int, inMinutes: Int64, minutes: Int64, isFree: Bool)
        case allDay(Int, inDays: Int, days: Int, CalendarRole, Meeting.Availability)
        /// A meeting's file goes.
        case remove(Int)
        /// A meeting is marked as cancelled.
        case strike(Int)
        case move(Int, byMinutes: Int64)
        /// The first guest declines.
        case decline(Int)
        /// An entry comes by another machine.
        case log(Int, JournalEntry.Action, daysAgo: Int)
        /// The newest such entry is taken back.
        case unlog
        case say(Int, Word)
        /// The user answers something else while a message is on its way, as soon as that can be.
        case sayMeanwhile(Word)
        case undo
        case drop(Int)
        case keep(Int)
        case pause(Int, days: Int)
        case pauseAll(days: Int)
        case die(Int)
        case loseCard(Int)
        case findCard(Int)
        case rhythm(Int, every: Int)
        /// How much of the week is left to chance, in hundredths; 0 is nothing.
        case chaos(Int)
        case sourceGone
        case sourceBack
        case clock(seconds: Int64)
        case travel(Int)
        case sleep(minutes: Int64)
        case lock(minutes: Int64)
        case down(Int, minutes: Int64)
        case failing(Int, minutes: Int64)
        /// The machine dies before or after the so-manyth call of the ledger from now.
        case crash(afterCalls: Int, isBefore: Bool)
        /// So many calls that write fail.
        case fullDisk(calls: Int)
        /// Another daemon does the same at the so-manyth call of the ledger from now.
        case intruder(afterCalls: Int)
        /// A second daemon has its turn first.
        case twin
        case reload
        /// A file cannot be read any more, is half there, or is noise.
        case breakFile(Int)
    }

    /// A happening at a minute of the life.
    package struct Event: Hashable, Sendable, CustomStringConvertible {
        package var minute: Int64
        package var what: Happening
        /// Whether kith is told at once.
        package var isNoticed: Bool

        package var description: String {
            "day \(minute / 1_440) \(padded(Int(minute % 1_440 / 60), 2)):\(padded(Int(minute % 60), 2)) \(what)"
        }
    }
}
