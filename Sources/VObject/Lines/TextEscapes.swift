/// A TEXT value with its escapes read: `\n` and `\N`, `\,`, `\;`, `\\`; a backslash before anything else stands for itself
/// (RFC 5545 §3.3.11, RFC 6350 §3.4).
func unescaped(_ value: some StringProtocol) -> String {
    guard value.utf8.contains(UInt8(ascii: "\\")) else { return String(value) }
    var result = ""
    result.reserveCapacity(value.utf8.count)
    var rest = value.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        guard scalar == "\\", let escaped = rest.first else {
            result.unicodeScalars.append(scalar)
            continue
        }
        switch escaped {
        case "n", "N": result.append("\n")
        case ",", ";", "\\", ":": result.unicodeScalars.append(escaped)
        default:
            result.append("\\")
            result.unicodeScalars.append(escaped)
        }
        rest.removeFirst()
    }
    return result
}

/// A value cut at a separator that no backslash precedes; the pieces are still escaped.
func splitUnescaped(_ value: String, at separator: UInt8) -> [Substring] {
    var pieces: [Substring] = []
    let utf8 = value.utf8
    var (start, index) = (utf8.startIndex, utf8.startIndex)
    while index < utf8.endIndex {
        if utf8[index] == UInt8(ascii: "\\") {
            index = utf8.index(after: index)
            if index < utf8.endIndex { index = utf8.index(after: index) }
        } else if utf8[index] == separator {
            pieces.append(value[start..<index])
            index = utf8.index(after: index)
            start = index
        } else {
            index = utf8.index(after: index)
        }
    }
    pieces.append(value[start..<utf8.endIndex])
    return pieces
}

/// A TEXT value as it is written.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += "\\\\"
        case ",": result += "\\,"
        case ";": result += "\\;"
        case "\n": result += "\\n"
        case "\r": continue
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
