/// What a configured path comes to: a single file, a vdir, a folder of vdirs, or a pattern `dir/*` of these
/// (vdirsyncer's vdir format: one item a file, one folder a collection).
struct Collections {
    /// The path without the pattern.
    let root: String
    /// Folders that hold items, or the single file.
    private(set) var roots: [String] = []
    /// Every folder that was looked into: what has to be watched.
    private(set) var folders: [String] = []
    /// The paths of the items, in byte order.
    private(set) var hrefs: [String] = []
    /// Why nothing could be listed; `nil` where something could.
    private(set) var problem: FileProblem?
    /// Folders within it that could not be listed, and items that are no files.
    private(set) var problems: [(path: String, problem: FileProblem)] = []
    /// The symbolic links that may lead to items, and the path itself, for a folder above it may be one.
    private(set) var links: [Link] = []
    /// Whether it is a folder that could be listed.
    private(set) var isListed = false

    private let ending: String
    /// Folders listed so far, by what they are rather than by name: a symbolic link may lead back to one.
    private var listed: Set<FolderID> = []
    /// How deep folders of vdirs go: `calendars/account/collection`.
    private static let depth = 3

    /// - Parameter ending: `.ics` or `.vcf`.
    init(_ path: String, ending: String) {
        self.ending = ending
        let pattern = path.hasSuffix("/*") ? String(path.dropLast(2)) : path
        root = pattern.count > 1 && pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        links = [Link(at: root)]
        switch FileReader.isFolder(root) {
        case nil:
            problem = .missing
            // What is not there yet can only appear in the folder above it.
            folders.append(FileWriter.parent(of: root))
        case true?:
            list(root, depth: 0, isTop: true)
            isListed = problem == nil
        case false?:
            roots.append(root)
            folders.append(FileWriter.parent(of: root))
            hrefs.append(root)
        }
        // One folder's are in order already.
        if roots.count > 1 { hrefs.sort { isBefore($0, $1) } }
    }

    /// Whether a name is not looked at: files that begin with a dot and temporary ones are no items.
    static func isPassedOver(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix(".tmp")
    }

    private mutating func list(_ folder: String, depth: Int, isTop: Bool) {
        if let id = FileReader.folderID(folder) {
            guard listed.insert(id).inserted else { return }
        }
        folders.append(folder)
        let entries: [FolderEntry]
        do throws(FileProblem) {
            entries = try FileReader.entries(in: folder)
        } catch {
            if isTop { problem = error } else { problems.append((folder, error)) }
            return
        }
        var hasItems = false
        // What else stands there is vdirsyncer's metadata.
        for entry in entries where !Self.isPassedOver(entry.name) {
            let path = folder + "/" + entry.name
            if entry.kind == .link { links.append(Link(at: path)) }
            if entry.name.hasSuffix(ending) {
                hasItems = true
                switch entry.isFolder(at: path) {
                case true?: problems.append((path, .notAFile("a folder")))
                case false?: hrefs.append(path)
                case nil: problems.append((path, .missing))
                }
            } else if depth < Self.depth, entry.isFolder(at: path) == true {
                list(path, depth: depth + 1, isTop: false)
            }
        }
        if hasItems { roots.append(folder) }
    }
}
