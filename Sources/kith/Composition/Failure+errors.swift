import KithCore
import KithEngine

extension Failure {
    /// What any error means to whoever typed the command.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as SettingError: self.init(.configuration, "\(error)")
        case let error as LedgerError: self.init(error)
        case let error as AnswerError: self.init(error)
        default: self.init(.defect, "this is a defect of kith: \(printable("\(error)"))")
        }
    }

    init(_ error: LedgerError) {
        switch error {
        case .busy, .revisionMoved: self.init(.unusable, "another program is writing the ledger; try again")
        case .unusable(let problem): self.init(.unusable, "the ledger: \(printable(problem))")
        }
    }

    init(_ error: AnswerError) {
        switch error {
        case .noSuchNudge(let name): self.init(.usage, "no nudge is called \(printable(name)); kith due lists them")
        case .nothingToPutOff: self.init(.nothing, "nobody asked about them, so there is nothing to put off")
        case .notYet(let when): self.init(.usage, "\(when) lies ahead; a contact that took place cannot")
        case .nothingToUndo: self.init(.nothing, "there is no answer to take back")
        case .journal(let problem): self.init(.unusable, "the journal: \(printable(problem)); nothing was recorded")
        case .ledger(let error): self.init(error)
        }
    }
}
