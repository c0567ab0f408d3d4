import KithCore
package import KithEngine
import Yams

/// The one reader of YAML: text to ``Setting``, every value with its place.
///
/// Anchors cost what they would if written out, so the number of values is limited, and so are the depth and the aliases.
package enum YAMLReader {
    private static let valueLimit = 200_000
    private static let depthLimit = 32
    /// Thirty aliases unfold to 3¹⁰ values at the worst; what is below keys is hashed before any value can be counted.
    private static let aliasLimit = 30

    /// - Throws: A ``SettingError`` for what is no YAML, a key that stands twice, or a document that is too large.
    package static func read(_ text: String, file: String) throws(SettingError) -> Setting {
        // A byte order mark is no part of the text.
        let text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        try limitAliases(text, file: file)
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw settingError(error, file: file)
        } catch {
            throw SettingError(at: Place(file: file), "\(error)")
        }
        guard let node else { return Setting(.null, at: Place(file: file, line: 1, column: 1)) }
        var left = valueLimit
        return try setting(node, file: file, depth: 0, left: &left)
    }

    /// Counts what looks like an alias: a `*` where a value may begin, before anything but a blank.
    private static func limitAliases(_ text: String, file: String) throws(SettingError) {
        var (count, line, column) = (0, 1, 0)
        var (before, isStar) = (UInt8(ascii: "\n"), false)
        for byte in text.utf8 {
            column += 1
            if isStar, !" \t\r\n".utf8.contains(byte) { count += 1 }
            guard count <= aliasLimit else {
                let place = Place(file: file, line: line, column: column - 1)
                throw SettingError(at: place, "more than \(aliasLimit) aliases; write out what they stand for")
            }
            isStar = byte == UInt8(ascii: "*") && " \t\r\n[{,:-?".utf8.contains(before)
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
            before = byte
        }
    }

    private static func setting(
        _ node: Node,
        file: String,
        depth: Int,
        left: inout Int
    ) throws(SettingError) -> Setting {
        let place = Place(file: file, line: node.mark?.line, column: node.mark?.column)
        left -= 1
        guard left > 0, depth <= depthLimit else {
            throw SettingError(at: place, "the document is too large or too deep to be a configuration")
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
            let isNull = !isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            return Setting(isNull ? .null : .scalar(scalar.string, isQuoted: isQuoted), at: place)
        case .sequence(let sequence):
            var items: [Setting] = []
            for item in sequence { items.append(try setting(item, file: file, depth: depth + 1, left: &left)) }
            return Setting(.list(items), at: place)
        case .mapping(let mapping):
            var entries: [Setting.Entry] = []
            for (key, value) in mapping {
                let keyPlace = Place(file: file, line: key.mark?.line, column: key.mark?.column)
                guard let name = key.scalar?.string else { throw SettingError(at: keyPlace, "a key must be text") }
                guard !entries.contains(where: { $0.key == name }) else {
                    throw SettingError(at: keyPlace, "\"\(printable(name))\" stands twice in one map")
                }
                let value = try setting(value, file: file, depth: depth + 1, left: &left)
                entries.append(Setting.Entry(key: name, keyPlace: keyPlace, value: value))
            }
            return Setting(.map(entries), at: place)
        case .alias(let alias):
            throw SettingError(at: place, "the alias \"\(printable("\(alias.anchor)"))\" has no anchor")
        }
    }

    private static func settingError(_ error: YamlError, file: String) -> SettingError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            SettingError(at: Place(file: file, line: mark.line, column: mark.column), "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            SettingError(
                at: Place(file: file, line: context.mark.line, column: context.mark.column),
                "a key stands twice in one map: \(printable(duplicates.joined(separator: ", ")))"
            )
        case .reader(let problem, let offset, _, let yaml):
            SettingError(at: place(offset, in: yaml, file: file), "not valid YAML: \(problem)")
        default:
            SettingError(at: Place(file: file), "not valid YAML: \(error)")
        }
    }

    /// Where a character stands, counted from the first of the file.
    private static func place(_ offset: Int?, in text: String, file: String) -> Place {
        guard let offset else { return Place(file: file) }
        let lines = text.prefix(offset).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return Place(file: file, line: lines.count, column: (lines.last?.count ?? 0) + 1)
    }
}
