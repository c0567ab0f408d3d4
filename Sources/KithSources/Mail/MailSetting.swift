import KithCore
import KithEngine

/// One entry of `mail`: where Maildirs are, and which of them hold what the user sent.
struct MailSetting: Hashable {
    /// As the configuration has it, `~` and variables expanded.
    let path: String
    /// Folders of sent mail that lie elsewhere.
    let sentPaths: [String]
    /// Names of folders of sent mail, by the parts of their paths.
    let sentNames: [[String]]
    /// The written names and where each stands, to say which of them means nothing; none of those that nobody wrote.
    let written: [(name: String, place: Place)]
    let place: Place

    /// What mail programs call the folder.
    private static let usual = ["Sent", "Sent Items", "Sent Mail", "Sent Messages"]

    static func all(of configuration: Configuration, paths: KithPaths) throws(SettingError) -> [MailSetting] {
        var result: [MailSetting] = []
        for setting in configuration.mail { result.append(try MailSetting(reading: setting, paths: paths)) }
        return result
    }

    private init(reading setting: Setting, paths: KithPaths) throws(SettingError) {
        let map = try setting.map("mail", keys: ["path", "sent"])
        let file = setting.place.file
        path = paths.expanded(try map.required("path").text("path"), besides: file).withoutLastSlash
        var (folders, names): ([String], [(String, Place)]) = ([], [])
        for item in try map["sent"]?.oneOrMore("sent") ?? [] {
            let text = try item.text("sent")
            if let first = text.first, "/~$".contains(first) {
                folders.append(paths.expanded(text, besides: file).withoutLastSlash)
            } else {
                names.append((text, item.place))
            }
        }
        let isUsual = map["sent"] == nil
        (sentPaths, written, place) = (folders, names, setting.place)
        sentNames = (isUsual ? Self.usual : names.map(\.0)).map { mailFolderParts($0) }
    }

    /// A path with the usual names of sent mail.
    init(path: String) {
        (self.path, sentPaths, written, place) = (path, [], [], Place(file: path))
        sentNames = Self.usual.map { mailFolderParts($0) }
    }

    /// Whether a folder holds sent mail: its path ends as one of the names does, whatever the case of the letters.
    func isSent(_ folder: String) -> Bool {
        if sentPaths.contains(where: { folder == $0 || folder.hasPrefix($0 + "/") }) { return true }
        return sentNames.contains { Self.ends(folder, as: $0) }
    }

    /// Whether a folder is named by a written name.
    func isMeant(_ folder: String, by name: String) -> Bool {
        Self.ends(folder, as: mailFolderParts(name))
    }

    private static func ends(_ folder: String, as name: [String]) -> Bool {
        !name.isEmpty && mailFolderParts(folder).suffix(name.count).elementsEqual(name)
    }

    static func == (left: Self, right: Self) -> Bool {
        left.path == right.path && left.sentPaths == right.sentPaths && left.sentNames == right.sentNames
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(path)
    }
}

/// A folder's path as the mailboxes it leads through, in small letters: `~/Mail/.Work.Sent` and `Work/Sent` end alike.
///
/// In Maildir++ a folder within another is a name with a dot before it and dots within.
func mailFolderParts(_ path: String) -> [String] {
    path.split(separator: "/").flatMap { name in
        name.first == "." ? name.split(separator: ".").map { $0.lowercased() } : [name.lowercased()]
    }
}

extension String {
    /// A path without a slash at its end.
    var withoutLastSlash: String {
        var text = self[...]
        while text.count > 1, text.last == "/" { text = text.dropLast() }
        return String(text)
    }
}
