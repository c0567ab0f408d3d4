import KithCore

/// Whom the user's own notes name.
///
/// Whole words that only one person with a card can mean: the full name, the first name, a nickname; the longest counts. One word that is
/// a month or a town too has a capital and something that says that a person follows; a small one in a title with capitals has that too.
final class TitleReading {
    /// Who is meant, and how many people that makes with those of whom it cannot be told who they are.
    struct Company: Hashable {
        var people: Set<Int> = []
        var size = 0
    }

    private struct Name {
        var words: [String]
        var range: Range<Int>
        var isCapital: Bool
        var isSure: Bool
    }

    /// Of the first names that are drawn, those that are words as well.
    private static let ordinary: Set<String> = ["may", "mark", "paris"]
    private static let user = -1

    /// Whom words can mean.
    private var owners: [[String]: Set<Int>] = [["ada"]: [user]]
    private var known: [String: Company] = [:]

    /// Of whom it is: what was read holds as long as these do.
    let people: [Script.Person]

    init(_ people: [Script.Person]) {
        self.people = people
        for (number, person) in people.enumerated() where person.hasCard {
            let words = person.name.lowercased().split(separator: " ").map(String.init)
            let nickname = person.nickname?.lowercased().split(separator: " ").map(String.init)
            for name in [words, [words[0]], nickname].compactMap(\.self) { owners[name, default: []].insert(number) }
        }
    }

    func company(_ title: String) -> Company {
        if let company = known[title] { return company }
        let company = read(Array(title))
        known[title] = company
        return company
    }

    private func read(_ title: [Character]) -> Company {
        var names = names(in: title)
        // Who stands beside somebody sure is sure.
        var isChanged = true
        while isChanged {
            isChanged = false
            for (left, right) in zip(names.indices, names.indices.dropFirst())
            where names[left].isSure != names[right].isSure {
                let between = String(title[names[left].range.upperBound..<names[right].range.lowerBound])
                let unsure = names[left].isSure ? right : left
                let joins = ["/", "<>", "&", "+", ",", "and"].contains(between.filter { $0 != " " })
                guard joins, names[unsure].isCapital || !Self.isOrdinary(names[unsure].words) else { continue }
                (names[unsure].isSure, isChanged) = (true, true)
            }
        }
        var company = Company()
        var unclear: Set<[String]> = []
        for name in names where name.isSure {
            let meant = owners[name.words] ?? []
            if meant.count > 1 { unclear.insert(name.words) } else { company.people.formUnion(meant) }
        }
        company.people.remove(Self.user)
        company.size = company.people.count + unclear.count
        return company
    }

    private static func isOrdinary(_ words: [String]) -> Bool { words.count == 1 && ordinary.contains(words[0]) }

    private func names(in title: [Character]) -> [Name] {
        var words: [(text: String, range: Range<Int>)] = []
        for (index, letter) in title.enumerated() where letter.isLetter || letter.isNumber {
            if let last = words.indices.last, words[last].range.upperBound == index {
                words[last] = (words[last].text + letter.lowercased(), words[last].range.lowerBound..<index + 1)
            } else {
                words.append((letter.lowercased(), index..<index + 1))
            }
        }
        let hasCapital = words.contains { title[$0.range.lowerBound].isUppercase }
        var (names, next): ([Name], Int) = ([], 0)
        while next < words.count {
            let length = (1...3).reversed().first { length in
                next + length <= words.count && owners[words[next..<next + length].map(\.text)] != nil
            }
            guard let length else {
                next += 1
                continue
            }
            let found = words[next..<next + length]
            let (isCapital, text) = (title[found[next].range.lowerBound].isUppercase, found.map(\.text))
            let before = String(title[..<found[next].range.lowerBound]).lowercased()
            let isAnnounced = ["w/ ", "with ", "1:1 ", "call "].contains { before.hasSuffix($0) }
            let isSure =
                Self.isOrdinary(text)
                ? isCapital && isAnnounced : length > 1 || isCapital || isAnnounced || !hasCapital
            let range = found[next].range.lowerBound..<found[next + length - 1].range.upperBound
            names.append(Name(words: text, range: range, isCapital: isCapital, isSure: isSure))
            next += length
        }
        return names
    }
}
