import KithCore
import KithEngine

/// A setting as a test writes it: text, lists and maps as literals; every value stands in a line of its own, from 1.
enum Written: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    case text(String)
    case list([Written])
    case map([(String, Written)])
    case nothing

    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral items: Written...) { self = .list(items) }
    init(dictionaryLiteral pairs: (String, Written)...) { self = .map(pairs) }
    init(nilLiteral: ()) { self = .nothing }

    var setting: Setting {
        var line = 0
        return setting(&line)
    }

    private func setting(_ line: inout Int) -> Setting {
        line += 1
        let place = Place(file: "config.yaml", line: line)
        switch self {
        case .text(let text): return Setting(.scalar(text, isQuoted: false), at: place)
        case .list(let items):
            var settings: [Setting] = []
            for item in items { settings.append(item.setting(&line)) }
            return Setting(.list(settings), at: place)
        case .map(let pairs):
            var entries: [Setting.Entry] = []
            for (key, value) in pairs {
                let keyPlace = Place(file: "config.yaml", line: line + 1)
                entries.append(Setting.Entry(key: key, keyPlace: keyPlace, value: value.setting(&line)))
            }
            return Setting(.map(entries), at: place)
        case .nothing: return Setting(.null, at: place)
        }
    }
}
