package import CivilTime
package import KithCore
import KithEngine

/// A source whose contents a test holds in its hand.
package final class HeldSource: WorldSource {
    package var held: Contents
    package var diagnostics: [Diagnostic] = []
    /// Thrown by the next ``write(_:)``: a full disk.
    package var writeError: (any Error)?

    package init(_ contents: Contents = Contents()) {
        held = contents
    }

    package func contents(at now: Instant) -> Contents { held }

    package func write(_ entry: JournalEntry) throws {
        if let writeError { throw writeError }
        held.journal.removeAll { $0.uid == entry.uid }
        held.journal.append(entry)
    }
}
