/// Text from a file as it may be shown: one line, without what could move a cursor, start a line or turn the reading direction.
///
/// Control characters (C0, DEL, C1), line separators and spaces of any width become spaces, runs of them one; the marks that
/// turn the direction of text (U+202A–202E, U+2066–2069, U+200E, U+200F, U+061C) and other invisible characters are removed.
/// Joiners stay: Persian and emoji need them. Of a character piled up with marks only the first scalars stay.
package func printable(_ text: String) -> String {
    if isPlain(text) { return text }
    var result = ""
    var lastWasSpace = true
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x00...0x20, 0x7f...0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
            if !lastWasSpace { result.append(" ") }
            lastWasSpace = true
        case 0x00ad, 0x061c, 0x180e, 0x200b, 0x200e, 0x200f, 0x202a...0x202e, 0x2060...0x206f, 0x3164, 0xfeff, 0xffa0,
            0xfff9...0xfffb, 0xe0001:
            continue
        default:
            result.unicodeScalars.append(scalar)
            lastWasSpace = false
        }
    }
    if result.hasSuffix(" ") { result.removeLast() }
    guard result.utf8.count > tallest, result.contains(where: { $0.unicodeScalars.count > tallest }) else {
        return result
    }
    return result.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(tallest))) }.joined()
}

/// Whether text is printable as it is, as most is: of ASCII, with single spaces between words.
private func isPlain(_ text: String) -> Bool {
    var last: UInt8 = 0x20
    for byte in text.utf8 {
        guard (0x21...0x7e).contains(byte) || byte == 0x20 && last != 0x20 else { return false }
        last = byte
    }
    return last != 0x20
}

/// The most scalars of one character that are shown: a kiss of two people with their skins has ten, more is a pile of marks.
private let tallest = 16

/// Text cut to so many characters, at a word where one ends near, with an ellipsis for what is gone.
package func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let cut = text.prefix(max(0, limit - 1))
    if text[cut.endIndex] == " " { return cut + "…" }
    if let space = cut.lastIndex(of: " "), cut.distance(from: cut.startIndex, to: space) > limit / 2 {
        return cut[..<space] + "…"
    }
    return cut + "…"
}

/// How many columns of a terminal text takes: two for wide characters of East Asia and emoji, none for marks that stand alone.
package func displayWidth(_ text: String) -> Int {
    text.reduce(0) { width, character in
        guard let first = character.unicodeScalars.first else { return width }
        let isEmoji = first.properties.isEmojiPresentation || character.unicodeScalars.contains { $0.value == 0xfe0f }
        switch first.value {
        case 0x0300...0x036f, 0x200b...0x200f, 0xfe00...0xfe0f: return width
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
            return width + 2
        default: return width + (isEmoji ? 2 : 1)
        }
    }
}

/// Text with spaces behind it up to a width.
package func aligned(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}

/// Rows with the columns of each under the other, two spaces apart, nothing behind the last.
package func table(_ rows: [[String]], gap: Int = 2) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.filter { $0.count > column + 1 }.map { displayWidth($0[column]) }.max() ?? 0
    }
    return rows.map { row in
        var line = ""
        for (column, cell) in row.enumerated() {
            line +=
                column + 1 < row.count ? aligned(cell, to: widths[column]) + String(repeating: " ", count: gap) : cell
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
