/// Writes content lines: folded at 75 octets between characters, ended by CRLF (RFC 5545 §3.1).
///
/// Nothing written can start a line of its own: control characters do not get through.
struct ContentLineWriter {
    private(set) var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A line whose value is a TEXT.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)] = [], text value: String) {
        add(name, parameters, raw: escaped(value))
    }

    /// A line whose value stands as it is given.
    mutating func add(_ name: String, _ parameters: [(name: String, value: String)] = [], raw value: String) {
        var line = name
        for parameter in parameters {
            line += ";\(parameter.name)=\(Self.quoted(parameter.value))"
        }
        fold(clean(line + ":" + value).utf8)
    }

    /// A line as it stands, folded; the bytes hold no line end.
    mutating func fold(_ line: some Sequence<UInt8>) {
        var width = 0
        for byte in line {
            if width + Self.size(startingWith: byte) > 75 {
                bytes += [0x0d, 0x0a, 0x20]
                width = 1
            }
            bytes.append(byte)
            width += 1
        }
        bytes += [0x0d, 0x0a]
    }

    /// A line that is already cut, as quoted-printable is.
    mutating func addCut(_ line: [UInt8]) {
        bytes += line + [0x0d, 0x0a]
    }

    /// How many bytes the character has that one begins; of those that follow in it each is asked for itself.
    private static func size(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xc0...0xdf: 2
        case 0xe0...0xef: 3
        case 0xf0...0xff: 4
        default: 1
        }
    }

    /// In quotes where it must be; quotes, carets and newlines as RFC 6868 has them.
    static func quoted(_ value: String) -> String {
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
