import KithCore

/// A diagnostic as JSON gives it.
struct DiagnosticShape: Encodable, Hashable {
    let type = "diagnostic"
    var severity: String
    var code: String
    var message: String
    var file: String
    var line: Int?
    var column: Int?

    init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity.rawValue
        code = diagnostic.code
        message = diagnostic.message
        (file, line, column) = (diagnostic.place.file, diagnostic.place.line, diagnostic.place.column)
    }

    private enum CodingKeys: CodingKey {
        case type, severity, code, message, file, line, column
    }
}

extension Printer {
    /// A diagnostic as a line of text, safe to print, or as JSON.
    func diagnostic(_ diagnostic: Diagnostic, json: Bool) throws {
        line(json ? try jsonLine(DiagnosticShape(diagnostic)) : printable("\(diagnostic)"))
    }
}
