/// A TEXT value with its escapes read: `\n` and `\N`, `\,`, `\;`, `\\`; a backslash before anything else stands for itself
/// (RFC 5545 §3.3.11, RFC 6350 §3.4).
func unescaped(_ value: ArraySlice<UInt8>) -> String {
    guard let first = value.firstIndex(of: UInt8(ascii: "\\")) else { return String(decoding: value, as: UTF8.self) }
    var result = Array(value[..<first])
    result.reserveCapacity(value.count)
    var index = first
    while index < value.endIndex {
        let byte = value[index]
        index += 1
        guard byte == UInt8(ascii: "\\"), index < value.endIndex else {
            result.append(byte)
            continue
        }
        switch value[index] {
        case UInt8(ascii: "n"), UInt8(ascii: "N"): result.append(0x0a)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\\"), UInt8(ascii: ":"): result.append(value[index])
        default: result += [byte, value[index]]
        }
        index += 1
    }
    return String(decoding: result, as: UTF8.self)
}

func unescaped(_ value: some StringProtocol) -> String {
    unescaped(Array(value.utf8)[...])
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
