/// A word of a title or a name.
struct TitleWord: Hashable {
    /// Lower-cased, accents as written.
    let text: String
    let isCapital: Bool
    /// Whether a sign between it and the word before joins the two: `/ & + <> | ,`.
    let isJoined: Bool

    /// Words that say that a person follows: `Coffee w/ Ana`, `1:1 Ana`.
    static let before: Set<String> = [
        "w", "with", "mit", "avec", "con", "com", "met", "med", "1:1", "1-1", "1on1", "1-on-1", "call",
    ]
    /// Words between two people.
    static let between: Set<String> = ["and", "und", "et", "y", "e", "en", "och", "x", "vs"]
}

/// The words of a text in order: runs of letters, digits and marks, with hyphens inside (`Anne-Marie`), between
/// digits colons too (`1:1`).
///
/// Apostrophes end a word, so that `Ana's` names Ana; O'Brien is two words in a title as in a name.
func titleWords(_ text: String) -> [TitleWord] {
    var result: [TitleWord] = []
    var (word, isCapital, isJoined) = (String.UnicodeScalarView(), false, false)
    var inner: Unicode.Scalar?
    func end() {
        inner = nil
        guard !word.isEmpty else { return }
        result.append(TitleWord(text: String(word).lowercased(), isCapital: isCapital, isJoined: isJoined))
        (word, isCapital, isJoined) = (String.UnicodeScalarView(), false, false)
    }
    for scalar in text.unicodeScalars {
        if isOfWord(scalar) {
            if inner == ":", !isDigit(scalar) { end() }
            if let inner { word.append(inner) }
            inner = nil
            // Scripts without case have no small letters either.
            if word.isEmpty { isCapital = !scalar.properties.isLowercase && !isDigit(scalar) }
            word.append(scalar)
        } else if !word.isEmpty, inner == nil,
            scalar == "-" || scalar == "\u{2010}" || scalar == ":" && word.last.map(isDigit) == true
        {
            inner = scalar
        } else {
            end()
            if "/&+<>|,".unicodeScalars.contains(scalar) { isJoined = true }
        }
    }
    end()
    return result
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

private func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: return true
    case ..<0x80: return false
    default:
        if scalar.properties.isAlphabetic { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }
}
