import CivilTime
import Glibc
package import KithCore
package import KithEngine
import Yams

/// `people.yaml`: what the user says of single persons, written by commands and read by every turn.
package struct PeopleFile {
    private let path: String
    private static let keys = ["people", "never_introduce"]
    private static let header =
        "# Written by kith: comments do not survive. What you write in config.yaml wins over what stands here.\n"

    package init(path: String) {
        self.path = path
    }

    /// The entries; none where there is no file.
    package func read() throws(SettingError) -> [PersonRule] {
        var rules: [PersonRule] = []
        for item in try items() { rules.append(try PersonRule(reading: item, isConfiguration: false)) }
        return rules
    }

    /// Changes the entry of a person, or adds one: under a lock, from the file as it then is, by a new file in its place.
    ///
    /// An entry that means the person by name, or as `isMeant` finds, is the one that is changed; it has the UID from then on.
    /// A second one would be without effect: the first for a person counts.
    ///
    /// - Parameter isMeant: Whether an entry under another UID, or by address, is about the person.
    /// - Throws: A ``SettingError`` where the file is broken (it is not touched), a ``FileProblem`` where it cannot be written.
    package func change(
        uid: String,
        name: String,
        isMeant: (PersonRule) -> Bool = { _ in false },
        _ edit: (inout PersonRule) -> Void
    ) throws {
        let folder = FileWriter.parent(of: path)
        try FileWriter.makeFolder(folder)
        let lock = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw FileProblem(errno: errno) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else { throw FileProblem(errno: errno) }
        }
        var rules = try read()
        let kept = try neverIntroduce()
        let index =
            rules.firstIndex { $0.uid == uid } ?? rules.firstIndex(where: isMeant)
            ?? rules.firstIndex { $0.uid == nil && $0.email == nil && $0.name?.lowercased() == name.lowercased() }
        if let index {
            rules[index].uid = uid
            edit(&rules[index])
        } else {
            // An empty name could not be read again.
            var rule = PersonRule(uid: uid, name: name.isEmpty ? nil : name)
            edit(&rule)
            rules.append(rule)
        }
        try FileWriter.write(Array(Self.text(rules, neverIntroduce: kept).utf8), to: path)
    }

    private func root() throws(SettingError) -> SettingMap? {
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try FileReader(limit: 10_000_000).read(path).bytes
        } catch {
            guard error != .missing else { return nil }
            throw SettingError(at: Place(file: path), error.description)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingError(at: Place(file: path), "it is not UTF-8")
        }
        return try YAMLReader.read(text, file: path).map("", keys: Self.keys)
    }

    private func items() throws(SettingError) -> [Setting] {
        try root()?["people"]?.items("people") ?? []
    }

    /// Pairs are kept as they stand.
    private func neverIntroduce() throws(SettingError) -> [[String]] {
        var pairs: [[String]] = []
        for item in try root()?["never_introduce"]?.items("never_introduce") ?? [] {
            var pair: [String] = []
            for uid in try item.items("never_introduce") { pair.append(try uid.text("never_introduce")) }
            pairs.append(pair)
        }
        return pairs
    }

    private static func text(_ rules: [PersonRule], neverIntroduce: [[String]]) throws -> String {
        var map: [(Node, Node)] = [("people", Node(rules.map { node(of: $0) }))]
        if !neverIntroduce.isEmpty {
            map.append(("never_introduce", Node(neverIntroduce.map { Node($0.map { scalar($0) }) })))
        }
        return header + (try Yams.serialize(node: Node(map), width: -1, allowUnicode: true))
    }

    private static func node(of rule: PersonRule) -> Node {
        var pairs: [(Node, Node)] = []
        func add(_ key: String, _ value: String?) {
            if let value { pairs.append((Node(key), scalar(value))) }
        }
        func add(_ key: String, plain value: String?) {
            if let value { pairs.append((Node(key), Node(value))) }
        }
        add("uid", rule.uid)
        add("email", rule.email)
        add("name", rule.name)
        if let networks = rule.networks {
            pairs.append(
                ("network", networks.count == 1 ? Node(networks[0].rawValue) : Node(networks.map { Node($0.rawValue) }))
            )
        }
        add("every", plain: rule.every.map { spanText(days: $0) })
        add("at_worst", plain: rule.atWorst.map { spanText(days: $0) })
        add("since", plain: rule.since?.description)
        add("paused_until", plain: rule.pausedUntil?.description)
        if rule.isDropped { add("dropped", plain: "true") }
        if !rule.interests.isEmpty { pairs.append(("interests", Node(rule.interests.map { scalar($0) }))) }
        if rule.isRoleModel { add("role_model", plain: "true") }
        if !rule.notEvidence.isEmpty {
            pairs.append(("not_evidence", Node(rule.notEvidence.sorted().map { scalar($0) })))
        }
        return Node(pairs)
    }

    /// Text that stays text, whatever it looks like.
    private static func scalar(_ text: String) -> Node {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x40...0x5a, 0x61...0x7a, 0x20: true
            default: false
            }
        }
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isSafe = isPlain && text.first?.isLetter == true && text.last != " " && !words.contains(text.lowercased())
        return Node(text, Tag(.str), isSafe ? .plain : .doubleQuoted)
    }
}
