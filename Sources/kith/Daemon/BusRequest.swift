import KithCore
import KithEngine

/// A method call of `org.kith.Kith1`, read.
enum BusRequest: Hashable, Sendable {
    case due
    /// `when` in Unix seconds; 0 means now.
    case met(nudge: String, when: Int64, note: String)
    case wrote(nudge: String, note: String)
    /// `until` in Unix seconds; 0 means the next free moment from tomorrow.
    case later(nudge: String, until: Int64)
    case skip(nudge: String)
    case undo(nudge: String)
    case refresh
}

/// What a call is answered with.
enum BusAnswer: Hashable, Sendable {
    case done
    case due([DueEntry])
}

/// Why a call was refused: the D-Bus error's name and its text.
struct BusFailure: Error, Hashable, Sendable {
    /// The part behind `org.kith.Error.`.
    enum Name: String, Sendable {
        case noSuchNudge = "NoSuchNudge"
        case badConfiguration = "BadConfiguration"
        case busy = "Busy"
        case readOnly = "ReadOnly"
    }

    var name: Name
    var text: String

    init(_ name: Name, _ text: String) {
        (self.name, self.text) = (name, text)
    }

    /// The failure a refused answer stands for.
    init(_ error: AnswerError) {
        switch error {
        case .noSuchNudge(let name): self.init(.noSuchNudge, "no nudge is called \(name)")
        case .nothingToUndo: self.init(.noSuchNudge, "there is no answer to take back")
        case .nothingToPutOff: self.init(.noSuchNudge, "nothing is open that could wait")
        case .notYet(let when): self.init(.noSuchNudge, "\(when) lies ahead")
        case .journal(let problem): self.init(.readOnly, problem)
        case .ledger(let error): self.init(error)
        }
    }

    init(_ error: LedgerError) {
        switch error {
        case .busy, .revisionMoved: self.init(.busy, "another program is writing; try again")
        case .unusable(let problem): self.init(.readOnly, problem)
        }
    }
}

/// One entry of `Due()`.
struct DueEntry: Hashable, Sendable {
    var nudge: String
    var kind: String
    var state: String
    var title: String
    var body: String
    var contacts: [String]
    var slot: Slot?

    /// Every open nudge that is not held, with what its bubble says.
    static func all(of outlook: Outlook) -> [DueEntry] {
        outlook.plan.nudges.compactMap { nudge in
            if case .held = nudge.waiting { return nil }
            let message = outlook.message(for: .nudges([nudge.record.id]), slot: nudge.slot)
            return DueEntry(
                nudge: nudge.record.shortID,
                kind: nudge.record.id.kind.rawValue,
                state: nudge.record.state.name,
                title: message?.title ?? "",
                body: message?.body ?? "",
                contacts: nudge.record.id.contacts.map(\.uid),
                slot: nudge.slot
            )
        }
    }
}
