import CivilTime
import KithCore
import KithEngine

/// All that is known of one person: the line of `kith explain --json`.
///
/// Of a personal tie it names the rule and the records, and nothing that is a figure of lateness or frequency.
struct ExplainShape: Encodable, Hashable {
    /// An interaction that was found.
    struct EvidenceShape: Encodable, Hashable {
        var date: String
        var cause: String
        /// `mail` of what a mail shows, which has neither a summary nor a UID.
        var origin: String?
        var weight: Int?
        var people: Int
        var summary: String?
        var uid: String?
        var file: String
        var line: Int?
    }

    /// A meeting to come.
    struct BookingShape: Encodable, Hashable {
        var start: String
        var weight: Int?
        var summary: String
        var uid: String
        var file: String
    }

    /// A mark: what happened, and on which day.
    struct MarkShape: Encodable, Hashable {
        var cause: String
        var date: String
    }

    var uid: String
    var name: String
    var kept: Bool
    var network: String?
    var side: String?
    var circle: String?
    var rule: PlaceShape?
    var base: MarkShape?
    var mark: MarkShape?
    var due: String?
    var lateFrom: String?
    var everyDays: Int?
    /// Where that comes from: `person`, `circle`, `learned`, `standard`.
    var everyFrom: String?
    var atWorstDays: Int?
    var dormant: Bool?
    var heldBy: String?
    var evidence: [EvidenceShape]
    var bookings: [BookingShape]
    var moments: [SlotShape]
    var nudges: [NudgeShape]

    init(_ contact: Contact, in outlook: Outlook) {
        let world = outlook.world
        let tie = world.tie(contact.id)
        let isFigured = tie?.network != .personal
        (uid, name, kept) = (contact.id.uid, contact.name, tie != nil)
        (network, side) = (tie?.network.rawValue, tie?.side.rawValue)
        (circle, rule) = (tie?.rule.circle, tie.map { PlaceShape($0.rule.place) })
        evidence = (world.evidence[contact.id] ?? []).map { item in
            EvidenceShape(
                date: "\(item.date)",
                cause: item.origin.word,
                origin: item.isMail ? "mail" : nil,
                weight: isFigured ? item.weight : nil,
                people: item.people,
                summary: item.isMail ? nil : item.summary,
                uid: item.isMail ? nil : item.uid,
                file: item.place.file,
                line: item.place.line
            )
        }
        bookings = (world.bookings[contact.id] ?? []).map { item in
            let weight = isFigured ? item.weight : nil
            return BookingShape(
                start: "\(item.start)",
                weight: weight,
                summary: item.summary,
                uid: item.uid,
                file: item.place.file
            )
        }
        moments = tie.map { outlook.momentsAhead(for: $0.network).map { SlotShape($0) } } ?? []
        nudges = outlook.plan.nudges.filter { $0.record.id.contacts.contains(contact.id) }.map {
            NudgeShape($0, in: outlook)
        }
        guard isFigured, let tie, let assessment = outlook.plan.assessments[contact.id] else { return }
        base = MarkShape(cause: assessment.base.cause.rawValue, date: "\(assessment.base.date)")
        mark = MarkShape(cause: assessment.mark.cause.rawValue, date: "\(assessment.mark.date)")
        (due, lateFrom) = ("\(assessment.due)", "\(assessment.lateFrom)")
        (everyDays, atWorstDays) = (tie.cadence.every, tie.cadence.atWorst)
        everyFrom = tie.cadenceSource.rawValue
        dormant = assessment.isDormant
        heldBy = assessment.hold?.word
    }
}

extension Evidence.Origin {
    /// The word under `cause`.
    var word: String {
        switch self {
        case .meeting: "meeting"
        case .met: "met"
        case .wrote: "wrote"
        }
    }
}

extension Outlook {
    /// The moments a network's nudges could use, from now to the end of next week.
    func momentsAhead(for network: Network) -> [Slot] {
        let today = plan.today
        let end = ISOWeek(containing: today).next.next.monday
        return (0..<end.days(since: today)).flatMap { offset in
            moments(on: today.adding(days: offset), network: network, world: world, policy: policy).map(\.slot)
        }.filter { $0.end > now }.sorted { $0.start < $1.start }
    }
}
