import KithCore

/// The Maildirs that an entry of `mail` comes to.
///
/// Its path is a Maildir, a folder of Maildirs, or a pattern with `*` and `?` for names in it. Below what it names, folders
/// within folders are found too, of the file system's (`INBOX/work`) and of Maildir++ (`.work`). What is spam, thrown away or
/// not yet written is left out, unless the path names it in so many letters.
struct Mailboxes {
    /// A folder with `cur` in it.
    struct Box: Hashable {
        let path: String
        let isSent: Bool
    }

    /// In byte order of their paths.
    private(set) var boxes: [Box] = []
    /// Every folder that was looked into, less those of the messages.
    private(set) var folders: [String] = []
    private(set) var problem: FileProblem?
    /// Folders within that could not be listed.
    private(set) var problems: [(path: String, problem: FileProblem)] = []

    private let setting: MailSetting
    /// A symbolic link may lead back.
    private var listed: Set<FolderID> = []

    /// How deep folders of Maildirs go below what the path names.
    private static let depth = 4
    /// The most folders looked into: a path such as `/*` is no mail.
    private static let limit = 10_000
    /// The folders of a Maildir that hold messages.
    private static let ofMessages: Set<String> = ["cur", "new", "tmp"]
    /// What is not anybody's correspondence.
    private static let passedOver: Set<String> = [
        "spam", "junk", "junk e-mail", "junk email", "junk mail", "bulk mail", "trash", "bin", "deleted",
        "deleted items", "deleted messages", "drafts", "draft", "templates", "outbox", "queue",
    ]

    init(_ setting: MailSetting) {
        self.setting = setting
        for path in [setting.path] + setting.sentPaths {
            let (base, names) = Self.pattern(path)
            excludeFolders(above: base, orIncluding: !names.isEmpty)
            find(base, names[...])
        }
        boxes.sort { isBefore($0.path, $1.path) }
        folders.sort { isBefore($0, $1) }
        guard boxes.isEmpty, problem == nil else { return }
        let isThere = FileReader.isFolder(Self.pattern(setting.path).base) == true
        problem = isThere ? .failed("there is no Maildir in it") : .missing
    }

    /// What of a path is plain, and the names after it, of which the first is a pattern.
    private static func pattern(_ path: String) -> (base: String, names: [String]) {
        let parts = path.split(separator: "/").map(String.init)
        let plain = parts.prefix { !$0.contains("*") && !$0.contains("?") }
        return ("/" + plain.joined(separator: "/"), Array(parts.dropFirst(plain.count)))
    }

    /// Takes the folders above a path for looked into: a symbolic link may lead there, and from there to all the others.
    private mutating func excludeFolders(above path: String, orIncluding includes: Bool) {
        var folder = includes ? path : FileWriter.parent(of: path)
        while !folder.isEmpty {
            if let id = FileReader.folderID(folder) { listed.insert(id) }
            folder = FileWriter.parent(of: folder)
        }
    }

    private mutating func find(_ folder: String, _ names: ArraySlice<String>) {
        guard let name = names.first else {
            look(folder, depth: 0, isNamed: !setting.path.contains("*") && !setting.path.contains("?"))
            return
        }
        guard let entries = entries(in: folder, isTop: true) else { return }
        let isPattern = name.contains("*") || name.contains("?")
        let isBox = entries.contains { $0.name == "cur" }
        for entry in entries where fits(entry.name, wildcard: name) {
            let path = folder + "/" + entry.name
            // As in a shell, a pattern means nothing hidden; nor the messages of a Maildir, nor what is passed over.
            let isHidden = entry.isHidden && !name.hasPrefix(".") || isBox && Self.ofMessages.contains(entry.name)
            guard !isPattern || !isHidden && !Self.isPassedOver(path), entry.isFolder(at: path) == true else {
                continue
            }
            find(path, names.dropFirst())
        }
    }

    /// Takes a folder that is a Maildir, and looks for others in it.
    private mutating func look(_ folder: String, depth: Int, isNamed: Bool) {
        guard isNamed || !Self.isPassedOver(folder), folders.count < Self.limit else { return }
        if let id = FileReader.folderID(folder) {
            guard listed.insert(id).inserted else { return }
        }
        guard let entries = entries(in: folder, isTop: depth == 0) else { return }
        let isBox = entries.contains { $0.name == "cur" && $0.isFolder(at: folder + "/cur") == true }
        if isBox { boxes.append(Box(path: folder, isSent: setting.isSent(folder))) }
        guard depth < Self.depth else { return }
        for entry in entries where !(isBox && Self.ofMessages.contains(entry.name)) {
            let path = folder + "/" + entry.name
            guard entry.isFolder(at: path) == true else { continue }
            // Beside the mailboxes of Maildir++ what is hidden is some program's own; it may still become one.
            if !entry.isHidden || FileReader.isFolder(path + "/cur") == true {
                look(path, depth: depth + 1, isNamed: false)
            } else {
                folders.append(path)
            }
        }
    }

    private mutating func entries(in folder: String, isTop: Bool) -> [FolderEntry]? {
        folders.append(folder)
        do throws(FileProblem) {
            return try FileReader.entries(in: folder)
        } catch {
            if !isTop { problems.append((folder, error)) } else if problem == nil { problem = error }
            return nil
        }
    }

    private static func isPassedOver(_ folder: String) -> Bool {
        mailFolderParts(FileWriter.name(of: folder)).last.map { passedOver.contains($0) } ?? false
    }
}

extension FolderEntry {
    fileprivate var isHidden: Bool { name.hasPrefix(".") }
}
