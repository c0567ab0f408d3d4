package import CivilTime
package import KithCore
package import KithEngine

/// A source whose contents the actors of a simulated world edit.
package protocol SimulatedSource: WorldSource {
    /// What the user's calendars, cards and people hold from now on; the journal is left as it is.
    ///
    /// - Parameters:
    ///   - broken: UIDs of events whose files cannot be understood.
    ///   - zone: The user's.
    func show(_ contents: Contents, broken: [String], in zone: Zone) throws

    /// Whether the disk takes no more.
    var isFull: Bool { get set }

    /// The journal as it stands.
    var journal: [JournalEntry] { get }
}

/// One that holds all in memory.
package final class MemorySource: SimulatedSource {
    private var held = Contents()
    package var isFull = false
    package var diagnostics: [Diagnostic] = []
    package private(set) var journal: [JournalEntry] = []

    package init() {}

    package func show(_ contents: Contents, broken: [String], in zone: Zone) {
        held = contents
        diagnostics = broken.map {
            Diagnostic(.error, code: "broken", "it is noise", at: Place(file: "/calendar/\($0).ics"))
        }
    }

    package func contents(at now: Instant) -> Contents {
        var contents = held
        contents.journal = journal
        contents.sources.append(SourceReading(path: "/journal", kind: .journal, items: journal.count))
        return contents
    }

    package func write(_ entry: JournalEntry) throws {
        guard !isFull else { throw LedgerError.unusable("No space left on device") }
        journal.removeAll { $0.uid == entry.uid }
        journal.append(entry)
    }
}
