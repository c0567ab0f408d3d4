/// One content line: `[group.]NAME;PARAM=value,"value":value` (RFC 5545 §3.1, RFC 6350 §3.3).
struct ContentLine: Hashable {
    /// A parameter and its values, quotes removed, carets decoded (RFC 6868).
    struct Parameter: Hashable {
        /// Upper case.
        let name: String
        let values: [String]
    }

    /// Upper case.
    let name: String
    /// The part before the dot in `item1.EMAIL`; vCard only.
    let group: String?
    let parameters: [Parameter]
    /// As it stands, escapes and all; what was quoted-printable is decoded.
    let value: String
    let line: Int

    /// The first value of a parameter.
    func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.values.first
    }

    /// Every value of a parameter, however often it stands there, comma lists split.
    func parameterValues(_ name: String) -> [String] {
        parameters.filter { $0.name == name }.flatMap(\.values).flatMap { value in
            value.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
        }
    }

    /// The value with its escapes read (RFC 5545 §3.3.11).
    var text: String { unescaped(value) }
}

/// What a line could not be read as.
enum ContentLineProblem: Error {
    /// There is no colon; the column is where one was expected.
    case noValue(column: Int)
    /// The name is empty or has a character names cannot have.
    case badName(column: Int)
    case badParameter(column: Int)
    case tooManyParameters
}

extension ContentLine {
    /// Reads a logical line.
    init(_ line: LineScanner.Line, limits: Limits) throws(ContentLineProblem) {
        let bytes = line.bytes
        var reader = ContentLineReader(bytes: bytes)
        let name = reader.name()
        guard !name.isEmpty else { throw .badName(column: reader.column) }
        guard reader.position < bytes.endIndex else { throw .noValue(column: reader.column) }
        var parameters: [Parameter] = []
        while reader.take(UInt8(ascii: ";")) {
            guard parameters.count < limits.parameters else { throw .tooManyParameters }
            guard let parameter = reader.parameter() else { throw .badParameter(column: reader.column) }
            parameters.append(parameter)
        }
        guard reader.take(UInt8(ascii: ":")) else {
            throw reader.position < bytes.endIndex ? .badName(column: reader.column) : .noValue(column: reader.column)
        }
        let dot = name.firstIndex(of: UInt8(ascii: "."))
        self.name = uppercased(dot.map { name[($0 + 1)...] } ?? name)
        group = dot.map { String(decoding: name[..<$0], as: UTF8.self) }
        self.parameters = parameters
        let charset = parameters.first { $0.name == "CHARSET" }?.values.first
        value =
            !parameters.isEmpty && QuotedPrintable.isDeclared(in: bytes)
            ? decodedText(QuotedPrintable.decoded(bytes[reader.position...]), charset: charset)
            : decodedText(bytes[reader.position...], charset: charset)
        self.line = line.number
        guard !self.name.isEmpty else { throw .badName(column: 1) }
    }
}

/// Walks through the part of a line before its value.
private struct ContentLineReader {
    let bytes: ArraySlice<UInt8>
    var position: Int

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var column: Int { position - bytes.startIndex + 1 }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.endIndex, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Letters, digits, `-`; also `_` and `.`, which stand in the wild and in group prefixes.
    mutating func name() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.endIndex, isNameByte(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    /// `NAME=value,value`; also the bare `HOME` of vCard 2.1, read as a `TYPE`.
    mutating func parameter() -> ContentLine.Parameter? {
        let name = name()
        guard !name.isEmpty else { return nil }
        guard take(UInt8(ascii: "=")) else {
            return ContentLine.Parameter(name: "TYPE", values: [String(decoding: name, as: UTF8.self)])
        }
        var values: [String] = []
        repeat {
            values.append(parameterValue())
        } while take(UInt8(ascii: ","))
        return ContentLine.Parameter(name: uppercased(name), values: values)
    }

    private mutating func parameterValue() -> String {
        if take(UInt8(ascii: "\"")) {
            let start = position
            while position < bytes.endIndex, bytes[position] != UInt8(ascii: "\"") { position += 1 }
            let value = bytes[start..<position]
            _ = take(UInt8(ascii: "\""))
            return caretDecoded(value)
        }
        let start = position
        while position < bytes.endIndex, !";:,".utf8.contains(bytes[position]) { position += 1 }
        return caretDecoded(bytes[start..<position])
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

private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
    default: false
    }
}

/// ASCII letters in upper case; the bytes were checked to be a name's.
private func uppercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
}
