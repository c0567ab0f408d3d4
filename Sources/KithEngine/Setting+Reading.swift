package import CivilTime
package import KithCore

extension Setting {
    /// The error for a value that is not what its key asks for: names the place, the key, the value and what was expected.
    package func failure(_ key: String, isNot what: String, expected: String) -> SettingError {
        SettingError(at: place, (key.isEmpty ? "" : "\(key): ") + "\(shown) is not \(what); expected \(expected)")
    }

    /// The value as a message shows it.
    private var shown: String {
        switch value {
        case .scalar(let text, _): "\"\(shortened(printable(text), to: 60))\""
        case .list: "a list"
        case .map: "a map"
        case .null: "nothing"
        }
    }

    /// Any scalar's text, not empty.
    package func text(_ key: String) throws(SettingError) -> String {
        guard case .scalar(let text, _) = value, !text.isEmpty else {
            throw failure(key, isNot: "text", expected: "text")
        }
        return text
    }

    /// A whole number within a range.
    package func integer(_ key: String, in range: ClosedRange<Int>) throws(SettingError) -> Int {
        let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard case .scalar(let text, _) = value, let number = Int(text), range.contains(number) else {
            throw failure(key, isNot: "such a number", expected: expected)
        }
        return number
    }

    /// `true` or `false` (YAML 1.2 core schema).
    package func boolean(_ key: String) throws(SettingError) -> Bool {
        switch value {
        case .scalar("true", false), .scalar("True", false): return true
        case .scalar("false", false), .scalar("False", false): return false
        default: throw failure(key, isNot: "a truth value", expected: "true or false")
        }
    }

    /// Days.
    package func span(_ key: String) throws(SettingError) -> Int {
        guard case .scalar(let text, _) = value, let days = parseSpan(text) else {
            throw failure(key, isNot: "a span", expected: "e.g. 6 weeks, 45 days, 2 months, 1 year")
        }
        return days
    }

    /// A civil date, `2026-01-27`.
    package func date(_ key: String) throws(SettingError) -> CivilDate {
        guard case .scalar(let text, _) = value, let date = CivilDate(text) else {
            throw failure(key, isNot: "a date", expected: "e.g. 2026-01-27")
        }
        return date
    }

    /// A share of a whole, from 0 to 1: `0.2`.
    package func share(_ key: String) throws(SettingError) -> Double {
        if case .scalar(let text, _) = value, text.utf8.allSatisfy({ $0 == 0x2e || (0x30...0x39).contains($0) }),
            let share = Double(text), share <= 1
        {
            return share
        }
        throw failure(key, isNot: "a share", expected: "a number from 0 to 1, e.g. 0.2")
    }

    /// One of a closed set of words.
    package func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        as type: Word.Type = Word.self
    ) throws(SettingError) -> Word {
        let words = Word.allCases.map(\.rawValue)
        guard case .scalar(let text, _) = value else {
            throw failure(key, isNot: "one of its values", expected: words.joined(separator: ", "))
        }
        guard let word = Word(rawValue: text) else {
            throw failure(
                key,
                isNot: "one of its values",
                expected: words.joined(separator: ", ") + hint(text, among: words)
            )
        }
        return word
    }

    /// A list's items.
    package func items(_ key: String) throws(SettingError) -> [Setting] {
        switch value {
        case .list(let items): return items
        case .null: return []
        case .scalar, .map: throw failure(key, isNot: "a list", expected: "a list")
        }
    }

    /// A value, or a list of them.
    package func oneOrMore(_ key: String) throws(SettingError) -> [Setting] {
        if case .list(let items) = value { return items }
        return [self]
    }

    /// A map that has no keys but the known ones; a value that is missing is an empty map.
    package func map(_ name: String, keys known: [String]) throws(SettingError) -> SettingMap {
        let entries: [Entry]
        switch value {
        case .map(let written): entries = written
        case .null: entries = []
        case .scalar, .list:
            throw failure(name, isNot: "a map", expected: "keys and values: \(known.joined(separator: ", "))")
        }
        for entry in entries where !known.contains(entry.key) {
            let inside = name.isEmpty ? "" : " in \(name)"
            let message =
                "unknown key \"\(shortened(printable(entry.key), to: 40))\"\(inside)\(hint(entry.key, among: known))"
            throw SettingError(at: entry.keyPlace, message)
        }
        return SettingMap(name: name, place: place, entries: entries)
    }
}

/// The nearest known word, as a question; else all of them.
private func hint(_ word: String, among known: [String]) -> String {
    let nearest = known.map { ($0, editDistance($0, word)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
    if let nearest, nearest.1 <= max(2, word.count / 3) { return "; did you mean \(nearest.0)?" }
    return "; known: \(known.joined(separator: ", "))"
}

/// A map whose keys were checked.
package struct SettingMap: Hashable, Sendable {
    package let name: String
    package let place: Place
    package let entries: [Setting.Entry]

    /// The value of a key; `nil` where the key is missing or has nothing behind it.
    package subscript(key: String) -> Setting? {
        entries.first { $0.key == key }.flatMap { $0.value.value == .null ? nil : $0.value }
    }

    /// The value of a key that must be there.
    package func required(_ key: String) throws(SettingError) -> Setting {
        guard let setting = self[key] else {
            throw SettingError(at: place, "\(name.isEmpty ? "" : "\(name): ")\"\(key)\" is missing")
        }
        return setting
    }
}
