/// What the program ends with: the statuses that scripts may rely on.
enum ExitStatus: Int32, Hashable, Sendable {
    /// Done, or yes.
    case done = 0
    /// Nothing to show, or no.
    case nothing = 1
    /// The command line is wrong, or a name in it.
    case usage = 2
    /// The configuration is wrong, or stands against what was asked.
    case configuration = 3
    /// The ledger, or every path that was named, cannot be read or written.
    case unusable = 4
    /// Nothing could be delivered.
    case undeliverable = 5
    /// A defect of the program.
    case defect = 70
}

/// A command could not do what it was asked: one line or a few for standard error, and the status to end with.
struct Failure: Error, Hashable, Sendable {
    var status: ExitStatus
    /// Without `kith: ` before it; lines are separated by `\n`.
    ///
    /// Whoever makes it has made foreign text safe to print.
    var message: String

    init(_ status: ExitStatus, _ message: String) {
        (self.status, self.message) = (status, message)
    }
}
