/// A mail as whoever receives it reads it: a small decoder that shares nothing with what wrote it.
struct ReceivedMail {
    /// Header fields in order, unfolded, encoded words decoded.
    let headers: [(name: String, value: String)]
    /// The lines as they came, without their ends.
    let lines: [String]
    /// The body, decoded; lines end in `\n`.
    let body: String
    /// What is not as RFC 5322, 2045 or 2047 ask.
    private(set) var faults: [String] = []

    init(_ bytes: [UInt8]) {
        lines = Self.split(bytes).map { String(decoding: $0, as: UTF8.self) }
        let end = lines.firstIndex(of: "") ?? lines.endIndex
        let head = lines[..<end]
        let rest = lines[end...].dropFirst()
        var unfolded: [String] = []
        for line in head {
            if line.hasPrefix(" "), !unfolded.isEmpty {
                unfolded[unfolded.count - 1] += line
            } else {
                unfolded.append(line)
            }
        }
        var headers: [(name: String, value: String)] = []
        for field in unfolded {
            let parts = field.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[1].hasPrefix(" ") else {
                faults.append("no field: \(field)")
                continue
            }
            headers.append((parts[0], Self.decodedWords(String(parts[1].dropFirst()), &faults)))
        }
        self.headers = headers
        body = Self.decodedBody(rest.map { $0 }, &faults)
        if bytes.contains(where: { $0 >= 0x7f || $0 < 0x20 && $0 != 0x0d && $0 != 0x0a }) { faults.append("not ASCII") }
        for line in head where line.utf8.count > 76 { faults.append("long line of the head: \(line)") }
        for line in rest where line.utf8.count > 76 { faults.append("long line: \(line)") }
        for line in rest where line.hasSuffix(" ") { faults.append("space at an end: \(line)") }
        for line in rest where line.hasPrefix(".") || line.hasPrefix("From ") {
            faults.append("bad beginning: \(line)")
        }
        if !bytes.suffix(2).elementsEqual([0x0d, 0x0a]) { faults.append("the last line has no end") }
    }

    /// The one value of a header; `nil` where it is missing or stands twice.
    subscript(name: String) -> String? {
        let found = headers.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// The lines between CRLFs; a CR or LF by itself stays in its line.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0d, index + 1 < bytes.count, bytes[index + 1] == 0x0a {
                lines.append([])
                index += 2
            } else {
                lines[lines.count - 1].append(bytes[index])
                index += 1
            }
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// RFC 2047: the space between two encoded words is no part of the text.
    private static func decodedWords(_ text: String, _ faults: inout [String]) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.contains(where: { $0.hasPrefix("=?") }) else { return text }
        var result = ""
        for word in words {
            guard word.hasPrefix("=?utf-8?q?"), word.hasSuffix("?=") else {
                faults.append("no encoded word: \(word)")
                continue
            }
            if word.utf8.count > 75 { faults.append("long word: \(word)") }
            let inner = word.dropFirst(10).dropLast(2).map { $0 == "_" ? "=20" : String($0) }.joined()
            let bytes = unquoted(inner, &faults)
            // A word that ends inside a character can not be read by itself.
            if let part = String(validating: bytes, as: UTF8.self) {
                result += part
            } else {
                faults.append("split: \(word)")
            }
        }
        return result
    }

    private static func decodedBody(_ lines: [String], _ faults: inout [String]) -> String {
        var bytes: [UInt8] = []
        for line in lines {
            let isSoft = line.hasSuffix("=")
            bytes += unquoted(isSoft ? String(line.dropLast()) : line, &faults)
            if !isSoft { bytes.append(0x0a) }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            faults.append("the body is no UTF-8")
            return ""
        }
        return text
    }

    /// `=C3=A9`; the digits in upper case.
    private static func unquoted(_ text: String, _ faults: inout [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if let value = UInt8(digits, radix: 16), digits.count == 2, digits == digits.uppercased() {
                bytes.append(value)
            } else {
                faults.append("bad escape: =\(digits)")
            }
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
