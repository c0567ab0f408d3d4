/// One content line: `[group.]NAME;PARAM=value,"value":value` (RFC 5545 §3.1, RFC 6350 §3.3).
///
/// A view of its bytes: what nobody asks for is never made a string.
struct ContentLine {
    /// A parameter and its values, quotes removed, carets decoded (RFC 6868).
    struct Parameter: Hashable {
        /// Upper case.
        let name: String
        let values: [String]
    }

    /// The whole logical line.
    let bytes: ArraySlice<UInt8>
    private let head: ContentLineHead
    let line: Int
    /// Whether the bytes are not those of the file, but unfolded ones.
    let isCopy: Bool
    /// Which of the names it has that were asked for.
    private(set) var kind: Int

    /// - Parameter bytes: Of the file itself, which `head` was read from.
    init(_ bytes: ArraySlice<UInt8>, head: ContentLineHead, line: Int, kind: Int = -1) {
        (self.bytes, self.head, self.line, isCopy, self.kind) = (bytes, head, line, false, kind)
    }

    /// Reads a logical line.
    init(_ bytes: ArraySlice<UInt8>, number: Int, kind: Int = -1, limits: Limits) throws(ContentLineProblem) {
        // Positions of a slice's span begin with its first byte.
        let whole = bytes.startIndex == 0 ? bytes : Array(bytes)[...]
        head = try ContentLineHead(whole.span, in: 0..<whole.count, limits: limits)
        (self.bytes, line, isCopy, self.kind) = (whole, number, true, kind)
    }

    func of(kind: Int) -> ContentLine {
        var line = self
        line.kind = kind
        return line
    }

    var packedName: PackedName { head.name }

    /// Upper case.
    var name: String { uppercased(bytes[head.nameStart..<head.nameEnd]) }

    /// The part before the dot in `item1.EMAIL`; vCard only.
    var group: String? {
        guard head.nameStart > bytes.startIndex else { return nil }
        return String(decoding: bytes[..<(head.nameStart - 1)], as: UTF8.self)
    }

    /// The value as it stands, encodings and all.
    var valueBytes: ArraySlice<UInt8> { bytes[head.valueStart...] }

    /// Whether the value is quoted-printable or in another charset than UTF-8.
    var isEncoded: Bool { head.hasParameters && (isQuotedPrintable || parameter("CHARSET") != nil) }

    private var isQuotedPrintable: Bool { head.hasParameters && QuotedPrintable.isDeclared(in: bytes.span) }

    /// The value as it stands, escapes and all; what was quoted-printable is decoded.
    var value: String {
        guard head.hasParameters else { return String(decoding: valueBytes, as: UTF8.self) }
        let charset = parameter("CHARSET")
        return isQuotedPrintable
            ? decodedText(QuotedPrintable.decoded(valueBytes), charset: charset)
            : decodedText(valueBytes, charset: charset)
    }

    /// The value with its escapes read (RFC 5545 §3.3.11).
    var text: String { isPlain ? unescaped(valueBytes) : unescaped(value) }

    /// The value in upper case, without blanks around it.
    var token: String {
        isPlain
            ? String(decoding: trimmed(valueBytes), as: UTF8.self).uppercased() : value.trimmingSpaces().uppercased()
    }

    /// Whether the value is UTF-8 as it stands.
    private var isPlain: Bool { !head.hasParameters || !isEncoded }

    /// `;NAME=value;NAME=value`, as it stands.
    var parameterBytes: ArraySlice<UInt8> { bytes[head.nameEnd..<(head.valueStart - 1)] }

    var parameters: [Parameter] {
        var result: [Parameter] = []
        var reader = ParameterReader(rest: parameterBytes)
        while let parameter = reader.next() { result.append(parameter) }
        return result
    }

    /// The first value of a parameter.
    func parameter(_ name: String) -> String? {
        guard head.hasParameters else { return nil }
        var reader = ParameterReader(rest: parameterBytes)
        return reader.value(of: PackedName(name.utf8))
    }

    /// Every value of a parameter, however often it stands there, comma lists split.
    func parameterValues(_ name: String) -> [String] {
        parameters.filter { $0.name == name }.flatMap(\.values).flatMap { value in
            value.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
        }
    }
}

/// Walks through the parameters of a line whose head was read: `;NAME=value,value;NAME…`.
private struct ParameterReader {
    var rest: ArraySlice<UInt8>

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    mutating func next() -> ContentLine.Parameter? {
        guard take(UInt8(ascii: ";")) else { return nil }
        let name = takeName()
        guard take(UInt8(ascii: "=")) else {
            return ContentLine.Parameter(name: "TYPE", values: [String(decoding: name, as: UTF8.self)])
        }
        var values: [String] = []
        repeat {
            values.append(caretDecoded(takeValue()))
        } while take(UInt8(ascii: ","))
        return ContentLine.Parameter(name: uppercased(name), values: values)
    }

    /// The first value of the first parameter of a name.
    mutating func value(of name: PackedName) -> String? {
        while take(UInt8(ascii: ";")) {
            let written = takeName()
            guard rest.first == UInt8(ascii: "=") else {
                if name == Self.type { return String(decoding: written, as: UTF8.self) }
                continue
            }
            let isWanted = PackedName(written) == name
            while take(UInt8(ascii: "=")) || take(UInt8(ascii: ",")) {
                let value = takeValue()
                if isWanted { return caretDecoded(value) }
            }
        }
        return nil
    }

    private static let type = PackedName("TYPE".utf8)

    private mutating func takeName() -> ArraySlice<UInt8> {
        let name = rest.prefix(while: isNameByte)
        rest = rest[name.endIndex...]
        return name
    }

    private mutating func takeValue() -> ArraySlice<UInt8> {
        let isQuoted = take(UInt8(ascii: "\""))
        let value = isQuoted ? rest.prefix { $0 != UInt8(ascii: "\"") } : rest.prefix { !endsParameterValue($0) }
        rest = rest[value.endIndex...]
        if isQuoted { _ = take(UInt8(ascii: "\"")) }
        return value
    }

    /// `^n` is a newline, `^'` a double quote, `^^` a caret; any other caret stands for itself (RFC 6868 §3.1).
    private func caretDecoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "^")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch (byte, rest.first) {
            case (UInt8(ascii: "^"), UInt8(ascii: "n")): result.append(0x0a)
            case (UInt8(ascii: "^"), UInt8(ascii: "'")): result.append(UInt8(ascii: "\""))
            case (UInt8(ascii: "^"), UInt8(ascii: "^")): result.append(byte)
            default:
                result.append(byte)
                continue
            }
            rest.removeFirst()
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// ASCII letters in upper case.
private func uppercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 &- UInt8(ascii: "a") < 26 ? $0 & 0xdf : $0 }, as: UTF8.self)
}
