import KithCore
package import KithEngine
import Yams

/// The one reader of YAML: text to ``Setting``, every value with its place.
///
/// Anchors cost what they would if written out, so the number of values is limited, and so is the depth.
package enum YAMLReader {
    private static let valueLimit = 200_000
    private static let depthLimit = 32

    /// - Throws: A ``SettingError`` for what is no YAML, a key that stands twice, or a document that is too large.
    package static func read(_ text: String, file: String) throws(SettingError) -> Setting {
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
        default:
            SettingError(at: Place(file: file), "not valid YAML: \(error)")
        }
    }
}
