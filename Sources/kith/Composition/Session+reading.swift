import CivilTime
import Glibc
import KithCore
import KithEngine
import KithSources

extension Session {
    /// What the files say, without a look at the ledger.
    func world() -> World {
        setup.world(of: source, at: now)
    }

    /// Says on standard error which configured paths could not be read at all: what follows is less than the truth.
    func tellUnread(json: Bool) throws {
        let printer = Printer(STDERR_FILENO)
        for reading in source.contents(at: now).sources {
            guard let problem = reading.problem else { continue }
            let place = Place(file: reading.path)
            try printer.diagnostic(Diagnostic(.warning, code: "unreadable", problem, at: place), json: json)
        }
    }
}
