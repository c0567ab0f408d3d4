import CivilTime
import KithCore
import KithEngine

/// One open nudge: a line of `kith due --json`.
///
/// Of a personal tie nothing is told that would make it a figure: no `late_from`, `last_contact`, `every_days`.
struct NudgeShape: Encodable, Hashable {
    var nudge: String
    var kind: String
    var reason: String
    var state: String
    var contacts: [PersonShape]
    var network: String
    var due: String
    var lateFrom: String?
    var lastContact: ContactShape?
    var everyDays: Int?
    var slot: SlotShape?
    var heldBy: String?
    var reasons: [String]

    init(_ planned: PlannedNudge, in outlook: Outlook) {
        let record = planned.record
        nudge = record.shortID
        kind = record.id.kind.rawValue
        reason = record.reason.shown(for: planned.network).rawValue
        state = record.state.name
        contacts = PersonShape.all(record.id.contacts, in: outlook.world)
        network = planned.network.rawValue
        due = "\(record.due)"
        slot = planned.slot.map { SlotShape($0) }
        heldBy = planned.waiting.hold?.word
        reasons = [outlook.screens.reason(record), outlook.screens.when(planned)].filter { !$0.isEmpty }
        guard planned.network != .personal, record.id.kind == .reconnect, let first = record.id.contacts.first else {
            return
        }
        let assessment = outlook.plan.assessments[first]
        lateFrom = assessment.map { "\($0.lateFrom)" }
        lastContact = assessment?.lastContact.map { ContactShape($0) }
        everyDays = outlook.world.tie(first)?.cadence.every
    }
}

/// An interaction as JSON gives it; the weight in hundredths.
struct ContactShape: Encodable, Hashable {
    var date: String
    var cause: String
    /// `mail` of what a mail shows, which has neither a summary nor a UID.
    var origin: String?
    var weight: Int
    var summary: String?
    var file: String
    var uid: String?

    init(_ evidence: Evidence) {
        date = "\(evidence.date)"
        cause = evidence.origin == .wrote ? "wrote" : "met"
        (weight, file) = (evidence.weight, evidence.place.file)
        origin = evidence.isMail ? "mail" : nil
        if !evidence.isMail { (summary, uid) = (evidence.summary, evidence.uid) }
    }
}

extension Waiting {
    /// What holds the nudge back, where something does.
    var hold: Hold? {
        if case .held(let hold) = self { hold } else { nil }
    }
}

extension NudgeReason {
    /// The reason as it may be told: that a friend is late, or long silent, is said nowhere.
    func shown(for network: Network?) -> NudgeReason {
        (self == .late || self == .dormant) && network == .personal ? .due : self
    }
}

extension Hold {
    /// The word under `held_by`.
    var word: String {
        switch self {
        case .booking: "booking"
        case .pause: "pause"
        case .birthday: "birthday"
        case .source: "source"
        case .recent: "recent"
        }
    }
}
