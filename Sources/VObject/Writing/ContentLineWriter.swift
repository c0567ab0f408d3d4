/// Writes content lines: folded at 75 octets between characters, ended by CRLF (RFC 5545 §3.1).
///
/// Nothing written can start a line of its own: control characters do not get through.
struct ContentLineWriter {
    private(set) var text = ""

    /// A line whose value is a TEXT.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)] = [], text value: String) {
        add(name, parameters, raw: escaped(value))
    }

    /// A line whose value stands as it is given.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)] = [], raw value: String) {
        var line = name
        for parameter in parameters {
            line += ";\(parameter.name)=\(quoted(parameter.value))"
        }
        fold(clean(line + ":" + value))
    }

    private mutating func fold(_ line: String) {
        var width = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if width + size > 75 {
                text += "\r\n "
                width = 1
            }
            text.unicodeScalars.append(scalar)
            width += size
        }
        text += "\r\n"
    }

    /// In quotes where it must be; quotes, carets and newlines as RFC 6868 has them.
    private func quoted(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "^": result += "^^"
            case "\"": result += "^'"
            case "\n": result += "^n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.utf8.contains { ":;,".utf8.contains($0) } ? "\"\(result)\"" : result
    }

    private func clean(_ line: String) -> String {
        String(
            String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f || $0 == "\t" })
        )
    }
}
