/// Finds the people whom the title of the user's own note names: `Coffee w/ Ana`, `Ana <> Ben`, `1:1 Ana`, `Ana Ruiz / Ada`.
///
/// People go by their full name, their given name and their nicknames, in whole words without regard to case, accents as
/// written. The longest name wins, so that `Ana Ruiz` is she though there are many an Ana. A name that several people have
/// means none of them, though it counts as one more person; the user's own name is nobody.
///
/// A name of one word is taken for one:
///
/// | written                                  | an ordinary word (`May`, `Paris`) | any other                   |
/// |------------------------------------------|-----------------------------------|-----------------------------|
/// | with a capital                           | beside what joins people          | always                      |
/// | small, in a title without any capital    | never                             | always                      |
/// | small, in any other title                | never                             | beside what joins people    |
///
/// What joins people is a word before (`w/`, `with`, `1:1`), or a sign or an *and* between it and a name that was found.
/// Doubt falls to the side of a nudge too many, not of a person forgotten.
struct TitleNames {
    /// Whom a title names.
    struct Named: Hashable {
        /// By UID, each once.
        var contacts: [ContactID] = []
        /// All who are named, those included of whom it cannot be told which they are.
        var people = 0
    }

    /// Whom a name can mean.
    private enum Meaning: Hashable {
        case contact(ContactID)
        case user
        case several
    }

    /// Names as lower-cased words with a space between.
    private var meanings: [String: Meaning] = [:]
    /// The words that names begin with, and the most words of such a name.
    private var starts: [String: Int] = [:]
    /// A name has no more words than this.
    private static let limit = 6

    init(_ contacts: [Contact], me: Me) {
        add(me.name, of: .user)
        add(givenName(in: me.name), of: .user)
        for contact in contacts {
            let isUser = contact.emails.contains { me.emails.contains($0) }
            let meaning = isUser ? Meaning.user : .contact(contact.id)
            add(contact.name, of: meaning)
            for nickname in contact.nicknames { add(nickname, of: meaning) }
            if let given = contact.givenName, !given.isEmpty {
                add(given, of: meaning)
                add(givenName(in: given), of: meaning)
            } else {
                add(givenName(in: contact.name), of: meaning)
            }
        }
    }

    /// The first word of a name, where it can be a given name: `Dr. Ruiz` and `Ruiz, Ana` begin with none.
    private func givenName(in name: String) -> String {
        guard let first = name.split(separator: " ").first, let last = first.last, last != ".", last != "," else {
            return ""
        }
        return String(first)
    }

    private mutating func add(_ name: String, of meaning: Meaning) {
        let words = titleWords(name)
        guard (1...Self.limit).contains(words.count), words.count > 1 || words[0].text.count > 1 else { return }
        let key = words.map(\.text).joined(separator: " ")
        if let known = meanings.updateValue(meaning, forKey: key), known != meaning { meanings[key] = .several }
        starts[words[0].text] = max(starts[words[0].text] ?? 0, words.count)
    }

    /// A name that was found in a title.
    private struct Found {
        let key: String
        let meaning: Meaning
        /// Where it stands among the words.
        let range: Range<Int>
        var isSure: Bool
        /// Whether a name beside it can make sure of it.
        let canBeSure: Bool
    }

    /// Linear in the words of the title.
    func named(in title: String) -> Named {
        let words = titleWords(title)
        var found = found(in: words)
        guard !found.isEmpty else { return Named() }
        let joined = found.indices.dropFirst().map { areJoined(found[$0 - 1].range, found[$0].range, words) }
        for index in joined.indices where joined[index] && found[index].isSure && found[index + 1].canBeSure {
            found[index + 1].isSure = true
        }
        for index in joined.indices.reversed()
        where joined[index] && found[index + 1].isSure && found[index].canBeSure {
            found[index].isSure = true
        }
        var (contacts, unclear): (Set<ContactID>, Set<String>) = ([], [])
        for name in found where name.isSure {
            switch name.meaning {
            case .contact(let id): contacts.insert(id)
            case .several: unclear.insert(name.key)
            case .user: continue
            }
        }
        return Named(contacts: contacts.sorted(), people: contacts.count + unclear.count)
    }

    /// All names that may stand in a title, in order; of two that overlap the one that begins first and is longest.
    private func found(in words: [TitleWord]) -> [Found] {
        var (result, index): ([Found], Int) = ([], 0)
        while index < words.count {
            let most = min(starts[words[index].text] ?? 0, words.count - index)
            let next = result.count
            for count in stride(from: most, through: 1, by: -1) {
                let key = words[index..<index + count].lazy.map(\.text).joined(separator: " ")
                guard let meaning = meanings[key] else { continue }
                result.append(name(key, meaning, at: index..<index + count, in: words))
                break
            }
            index = next < result.count ? result[next].range.upperBound : index + 1
        }
        return result
    }

    private func name(_ key: String, _ meaning: Meaning, at range: Range<Int>, in words: [TitleWord]) -> Found {
        let first = range.lowerBound
        let isCapital = words[first].isCapital
        let isAnnounced = first > 0 && TitleWord.before.contains(words[first - 1].text)
        let isOrdinary = range.count == 1 && ordinaryWords.contains(key)
        let isSure =
            isOrdinary
            ? isCapital && isAnnounced
            : range.count > 1 || isCapital || isAnnounced || !words.contains(where: \.isCapital)
        return Found(
            key: key,
            meaning: meaning,
            range: range,
            isSure: isSure,
            canBeSure: isCapital || !isOrdinary
        )
    }

    private func areJoined(_ left: Range<Int>, _ right: Range<Int>, _ words: [TitleWord]) -> Bool {
        switch right.lowerBound - left.upperBound {
        case 0: words[right.lowerBound].isJoined
        case 1: TitleWord.between.contains(words[left.upperBound].text)
        default: false
        }
    }
}
