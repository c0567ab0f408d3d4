/// Something wrong with the user's data, told so that they can mend it.
///
/// Bad data is a value, never an error.
package struct Diagnostic: Hashable, Sendable {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable {
        /// Something was left out.
        case error
        /// Something was read otherwise than it stands.
        case warning
        case note
    }

    package var severity: Severity
    /// Stable and short, `kebab-case`: what a script looks for.
    package var code: String
    package var message: String
    package var place: Place

    package init(_ severity: Severity, code: String, _ message: String, at place: Place) {
        (self.severity, self.code, self.message, self.place) = (severity, code, message, place)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: warning: message`.
    package var description: String {
        "\(place): \(severity.rawValue): \(message)"
    }
}
