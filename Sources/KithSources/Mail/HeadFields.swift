import KithCore

extension MailHead {
    /// The fields that are read; every other line of a head is passed over.
    private static let fields = [
        "from", "to", "cc", "date", "message-id", "list-id", "auto-submitted", "precedence",
    ].map { Array($0.utf8) }

    /// Reads the head of a message (RFC 5322), whatever it holds: what cannot be understood is as if it were not there.
    ///
    /// A field that stands several times, which only `From` and addresses of broken programs do, is read as one list; of the
    /// others the first counts.
    init(parsing head: [UInt8]) {
        self.init()
        var date: [UInt8]?
        eachField(of: head) { field, value in
            switch field {
            case 0: authors += addresses(in: value)
            case 1, 2: recipients += addresses(in: value)
            case 3: date = date ?? value
            case 4:
                if messageID.isEmpty { messageID = String(decoding: value.trimmingBlanks(), as: UTF8.self) }
            case 5: isAutomatic = isAutomatic || !value.trimmingBlanks().isEmpty
            // `auto-generated`, `auto-replied`, with what follows; only `no` says that somebody wrote it (RFC 3834).
            case 6: isAutomatic = isAutomatic || !["", "no"].contains(firstWord(of: value))
            default: isAutomatic = isAutomatic || ["bulk", "junk", "list"].contains(firstWord(of: value))
            }
        }
        sentAt = date.flatMap { mailDate($0) }
    }

    /// Calls back with each field that is read, by its place among ``fields``, and its value without line ends.
    private func eachField(of head: [UInt8], _ body: (Int, [UInt8]) -> Void) {
        var (open, value): (Int?, [UInt8]) = (nil, [])
        var place = 0
        while place < head.count {
            let end = nextNewline(in: head, from: place) ?? head.count
            var line = head[place..<end]
            place = end + 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.first.map({ isBlank($0) }) == true {
                // A folded line.
                if open != nil { value += line }
                continue
            }
            if let open { body(open, value) }
            open = Self.field(of: line)
            guard open != nil else { continue }
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.startIndex
            value = Array(line[colon...].dropFirst())
        }
        if let open { body(open, value) }
    }

    /// Which of ``fields`` a line begins.
    ///
    /// Old programs write blanks before the colon.
    private static func field(of line: ArraySlice<UInt8>) -> Int? {
        guard let first = line.first.map({ $0 | 0x20 }) else { return nil }
        return fields.firstIndex { name in
            guard name[0] == first, line.count > name.count else { return false }
            let rest = line.dropFirst(name.count)
            return zip(line, name).allSatisfy { $0 | 0x20 == $1 | 0x20 }
                && rest.first { !isBlank($0) } == UInt8(ascii: ":")
        }
    }
}

/// The letters of a value up to what cannot stand in a word, in small ones.
private func firstWord(of value: [UInt8]) -> String {
    let word = value.trimmingBlanks().prefix { !isBlank($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "(") }
    return String(decoding: word, as: UTF8.self).lowercased()
}

/// Whether a byte only parts others.
func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
}

extension [UInt8] {
    /// The bytes without blanks at either end.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
            return []
        }
        return self[first...last]
    }
}
