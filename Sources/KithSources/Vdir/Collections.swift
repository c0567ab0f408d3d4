/// One item of a vdir, or one single file.
struct Item: Hashable {
    let href: String
    let tag: FileTag
}

/// What a configured path comes to: a single file, a vdir, a folder of vdirs, or a pattern `dir/*` of these
/// (vdirsyncer's vdir format: one item a file, one folder a collection).
struct Collections {
    /// Folders that hold items, or the single file.
    private(set) var roots: [String] = []
    /// Every folder that was looked into: what has to be watched.
    private(set) var folders: [String] = []
    private(set) var items: [Item] = []
    /// Why nothing could be listed; `nil` where something could.
    private(set) var problem: FileProblem?
    /// Folders within it that could not be listed, and items that are no files.
    private(set) var problems: [(path: String, problem: FileProblem)] = []

    private let ending: String
    /// Folders listed so far, by what they are rather than by name: a symbolic link may lead back to one.
    private var listed: Set<FolderID> = []
    /// How deep folders of vdirs go: `calendars/account/collection`.
    private static let depth = 3

    /// - Parameter ending: `.ics` or `.vcf`.
    init(_ path: String, ending: String) {
        self.ending = ending
        let pattern = path.hasSuffix("/*") ? String(path.dropLast(2)) : path
        let root = pattern.count > 1 && pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        switch FileReader.isFolder(root) {
        case nil:
            problem = .missing
            // What is not there yet can only appear in the folder above it.
            folders.append(FileWriter.parent(of: root))
        case true?:
            list(root, depth: 0, isTop: true)
        case false?:
            roots.append(root)
            folders.append(FileWriter.parent(of: root))
            if let tag = FileReader.tag(root) { items.append(Item(href: root, tag: tag)) }
        }
        items.sort { $0.href.utf8.lexicographicallyPrecedes($1.href.utf8) }
    }

    private mutating func list(_ folder: String, depth: Int, isTop: Bool) {
        if let id = FileReader.folderID(folder) {
            guard listed.insert(id).inserted else { return }
        }
        folders.append(folder)
        let names: [String]
        do throws(FileProblem) {
            names = try FileReader.names(in: folder)
        } catch {
            if isTop { problem = error } else { problems.append((folder, error)) }
            return
        }
        var hasItems = false
        // Files that begin with a dot and temporary ones are no items, whatever else stands there is vdirsyncer's metadata.
        for name in names where !name.hasPrefix(".") && !name.hasSuffix(".tmp") {
            let path = folder + "/" + name
            if name.hasSuffix(ending) {
                hasItems = true
                if FileReader.isFolder(path) == true {
                    problems.append((path, .notAFile("a folder")))
                } else if let tag = FileReader.tag(path) {
                    items.append(Item(href: path, tag: tag))
                } else {
                    problems.append((path, .missing))
                }
            } else if depth < Self.depth, FileReader.isFolder(path) == true {
                list(path, depth: depth + 1, isTop: false)
            }
        }
        if hasItems { roots.append(folder) }
    }
}
