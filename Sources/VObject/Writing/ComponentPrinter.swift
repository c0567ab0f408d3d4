/// Prints components as files have them, so that reading what is printed gives the same again.
///
/// Names, groups, parameters, values and their order are kept, whatever they mean; what the reader undoes is done again:
/// quotes and carets of parameters (RFC 6868), quoted-printable and the letters of a `CHARSET`. Only the folding and the
/// case of names may differ from what was read.
struct ComponentPrinter {
    private var writer = ContentLineWriter()

    /// The bytes of a file with these components.
    static func file(_ components: [Component]) -> [UInt8] {
        var printer = ComponentPrinter()
        for component in components { printer.print(component) }
        return printer.writer.bytes
    }

    private mutating func print(_ component: Component) {
        writer.fold(line("BEGIN", component.name))
        // In the order of the file: the AGENT of an old card stands right before the card it names.
        var children = component.children[...]
        for line in component.lines {
            while let child = children.first, child.line < line.line {
                print(child)
                children.removeFirst()
            }
            print(line)
        }
        for child in children { print(child) }
        writer.fold(line("END", component.name))
    }

    private mutating func print(_ line: ContentLine) {
        var head = (line.group.map { $0 + "." } ?? "") + line.name
        for parameter in line.parameters {
            head += ";\(parameter.name)=" + parameter.values.map { ContentLineWriter.quoted($0) }.joined(separator: ",")
        }
        let bytes = Array(head.utf8) + [UInt8(ascii: ":")]
        let charset = line.parameters.first { $0.name == "CHARSET" }?.values.first
        let value = encodedText(line.value, charset: charset)
        if !line.parameters.isEmpty, QuotedPrintable.isDeclared(in: bytes.span) {
            writer.addCut(bytes + QuotedPrintable.encoded(value, after: bytes.count))
        } else {
            writer.fold(bytes + unbroken(value))
        }
    }

    private func line(_ name: String, _ value: String) -> [UInt8] {
        Array(name.utf8) + [UInt8(ascii: ":")] + unbroken(Array(value.utf8))
    }

    /// Without line ends, which no value that was read has.
    private func unbroken(_ value: [UInt8]) -> [UInt8] {
        value.filter { $0 != 0x0a && $0 != 0x0d }
    }
}

extension QuotedPrintable {
    /// The bytes as quoted-printable, with soft ends so that no line is longer than 75.
    ///
    /// Behind a head that is itself as long there are none: only in a line's first part does a reader look for the word that
    /// gives them their meaning.
    ///
    /// - Parameter width: How much of the first line is taken.
    static func encoded(_ bytes: [UInt8], after width: Int) -> [UInt8] {
        var result: [UInt8] = []
        let isCut = width <= 70
        var width = width
        for byte in bytes {
            let piece = isPlain(byte) ? [byte] : [UInt8(ascii: "=")] + hex(byte)
            if isCut, width + piece.count > 74 {
                result += [UInt8(ascii: "="), 0x0d, 0x0a]
                width = 0
            }
            result += piece
            width += piece.count
        }
        return result
    }

    /// Whether a byte stands for itself; a blank might be lost at the end of a line.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "=")
    }

    private static func hex(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

/// The bytes of a text as ``decodedText(_:charset:)`` reads them.
private func encodedText(_ text: String, charset: String?) -> [UInt8] {
    // Every byte of the old sets is one letter, and no two are the same.
    let isOld = decodedText([0x80], charset: charset) != "\u{fffd}"
    guard isOld else { return Array(text.utf8) }
    var bytes: [String: UInt8] = [:]
    for byte in UInt8.min...UInt8.max { bytes[decodedText([byte], charset: charset)] = byte }
    return text.unicodeScalars.map { bytes[String($0)] ?? UInt8(ascii: "?") }
}
