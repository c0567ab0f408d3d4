package import CivilTime
package import KithCore

/// The port through which the engine gets everything the user's files say.
package protocol WorldSource: AnyObject {
    /// What all configured sources hold, as of now; only what changed since the last call is read again.
    ///
    /// Nothing here throws: what cannot be read is a ``SourceReading`` with a problem and a ``Diagnostic``.
    func contents(at now: Instant) -> Contents

    /// Every diagnostic of the present contents, in the order of file and line.
    var diagnostics: [Diagnostic] { get }

    /// Writes a journal entry: the file and its folder are synced before this returns. An entry of the same UID is
    /// replaced, so a repeat is harmless.
    func write(_ entry: JournalEntry) throws
}
