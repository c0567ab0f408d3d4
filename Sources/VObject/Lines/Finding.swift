/// Something wrong in the bytes of a file, told by line and column; whoever opened the file adds its name.
package struct Finding: Hashable, Sendable {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable {
        /// Something was left out.
        case error
        /// Something was read otherwise than it stands.
        case warning
        case note
    }

    package let severity: Severity
    /// Stable and short, `kebab-case`.
    package let code: String
    package let message: String
    /// From 1.
    package let line: Int
    /// In bytes from 1, where known.
    package let column: Int?

    package init(_ severity: Severity, code: String, _ message: String, line: Int, column: Int? = nil) {
        (self.severity, self.code, self.message) = (severity, code, message)
        (self.line, self.column) = (line, column)
    }
}

/// The findings of one file.
///
/// Noise must not drown what can be mended, so only the first of them are kept.
struct Findings {
    private(set) var list: [Finding] = []
    private let limit: Int
    private var isCut = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ finding: Finding) {
        if list.count < limit {
            list.append(finding)
        } else if !isCut {
            isCut = true
            list.append(
                Finding(
                    .note,
                    code: "more-findings",
                    "there is more like this; only the first \(limit) are listed",
                    line: finding.line
                )
            )
        }
    }

    mutating func add(contentsOf other: Findings) {
        for finding in other.list { add(finding) }
    }

    /// Adds what was found in a part of the file that was read by itself.
    mutating func add(contentsOf other: Findings, of part: PartOffset) {
        for finding in other.list { add(finding.moved(by: part)) }
    }
}

/// How much one file may hold.
///
/// Each limit has a finding of its own, so that nothing is cut in silence.
package struct Limits: Hashable, Sendable {
    /// Bytes of one unfolded content line.
    package var lineLength = 10_000_000
    /// Parameters of one content line.
    package var parameters = 1_000
    /// Components within components.
    package var nesting = 32
    /// Findings that are listed.
    package var findings = 100
    /// Occurrences of one series within a window.
    package var occurrences = 100_000
    /// Occurrences of all series of a file within a window.
    package var occurrencesOfFile = 1_000_000
    /// Times a rule is asked for, whether they count or not.
    package var steps = 400_000
    /// Times all rules of a file are asked for.
    package var stepsOfFile = 10_000_000
    /// Bytes of a calendar that are read by themselves, beside others.
    ///
    /// What is read does not depend on it, so it has no finding.
    package var partSize = 1_000_000

    package init() {}

    package static let standard = Limits()
}
