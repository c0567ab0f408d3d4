import KithCore

/// The parsed items of one configured path, each kept as long as its tag stays the same.
struct ItemCache<Parsed> {
    /// An item as it was last read.
    struct Item {
        let href: String
        /// `nil` where it could not be read.
        let tag: FileTag?
        var parsed: Result<Parsed, FileProblem>
    }

    /// In byte order of their paths.
    private(set) var items: [Item] = []
    private(set) var collections: Collections?
    /// What the last ``refresh(_:parse:)`` read or let go of; `nil` where it looked at everything.
    private(set) var changed: Set<ExactPath>?
    var hrefs: [String] { items.map(\.href) }

    private let path: String
    private let ending: String
    private let reader: FileReader
    /// What could not be read, which is tried again each time something is looked at.
    private var failed: Set<ExactPath> = []
    /// How often an item was read or went.
    private var changes = 0

    /// - Parameter ending: `.ics` or `.vcf`.
    init(_ path: String, ending: String, reader: FileReader) {
        (self.path, self.ending, self.reader) = (path, ending, reader)
    }

    /// Reads what changed.
    ///
    /// - Returns: Whether anything was read, or is gone.
    @discardableResult
    mutating func refresh(_ change: FolderChange, parse: ([UInt8], String) -> Parsed) -> Bool {
        let before = changes
        switch change {
        case .everything: lookAtAll(parse)
        case .files(let paths):
            changed = []
            let steps = paths.union(failed).map { step(for: $0.text) }
            let isPossible = !steps.contains(.lookAtAll) && !(collections?.links.contains { $0.hasChanged } ?? true)
            if !isPossible || !steps.allSatisfy({ perform($0, parse) }) { lookAtAll(parse) }
        }
        return changes != before
    }

    /// Changes what was parsed of every item that could be read.
    mutating func forEachParsed(_ body: (inout Parsed, String) -> Void) {
        for index in items.indices {
            guard case .success(var parsed) = items[index].parsed else { continue }
            body(&parsed, items[index].href)
            items[index].parsed = .success(parsed)
        }
    }

    private mutating func lookAtAll(_ parse: ([UInt8], String) -> Parsed) {
        let now = Collections(path, ending: ending)
        let old = items
        items = []
        items.reserveCapacity(now.hrefs.count)
        failed = []
        defer { changed = nil }
        collections = now
        var (next, kept) = (0, 0)
        for href in now.hrefs {
            while next < old.count, isBefore(old[next].href, href) { next += 1 }
            // Neither stands before the other.
            if next < old.count, !isBefore(href, old[next].href), let tag = old[next].tag,
                FileReader.tag(href) == tag
            {
                items.append(old[next])
                kept += 1
            } else {
                items.append(read(href, parse))
            }
        }
        changes += old.count - kept
    }

    private mutating func read(_ href: String, _ parse: ([UInt8], String) -> Parsed) -> Item {
        changes += 1
        changed?.insert(ExactPath(href))
        do throws(FileProblem) {
            let (bytes, tag) = try reader.read(href)
            failed.remove(ExactPath(href))
            return Item(href: href, tag: tag, parsed: .success(parse(bytes, href)))
        } catch {
            failed.insert(ExactPath(href))
            return Item(href: href, tag: nil, parsed: .failure(error))
        }
    }
}

extension ItemCache {
    /// What a changed path asks for.
    private enum Step: Hashable {
        case nothing
        case read(String)
        case remove(String)
        /// Only a look at the whole can tell what it comes to.
        case lookAtAll
    }

    private func step(for path: String) -> Step {
        guard let collections else { return .lookAtAll }
        let root = collections.root
        if path == root || root == "/" || root.hasPrefix(path + "/") { return .lookAtAll }
        guard path.hasPrefix(root + "/") else { return .nothing }
        guard collections.isListed else { return .lookAtAll }
        let name = FileWriter.name(of: path)
        // A change of the folders themselves is told as one of everything.
        guard collections.folders.contains(FileWriter.parent(of: path)), !Collections.isPassedOver(name) else {
            return .nothing
        }
        let isFolder = FileReader.isFolder(path)
        guard name.hasSuffix(ending) else {
            // A symbolic link may lead to a folder, or have led to one.
            return isFolder == true || collections.folders.contains(path) ? .lookAtAll : .nothing
        }
        let isOdd = collections.problems.contains { $0.path == path } || collections.links.contains { $0.path == path }
        if isFolder == true || isOdd || linkTarget(path) != nil { return .lookAtAll }
        return isFolder == false ? .read(path) : .remove(path)
    }

    /// - Returns: Whether it could be done; not where a folder has its first item or loses its last.
    private mutating func perform(_ step: Step, _ parse: ([UInt8], String) -> Parsed) -> Bool {
        switch step {
        case .nothing: return true
        case .lookAtAll: return false
        case .read(let href):
            let (index, isKnown) = place(of: href)
            if isKnown {
                items[index] = read(href, parse)
            } else {
                guard collections?.roots.contains(FileWriter.parent(of: href)) ?? false else { return false }
                items.insert(read(href, parse), at: index)
            }
        case .remove(let href):
            let (index, isKnown) = place(of: href)
            guard isKnown else { return true }
            let parent = FileWriter.parent(of: href)
            let beside = [index - 1, index + 1].filter { items.indices.contains($0) }
            guard beside.contains(where: { FileWriter.parent(of: items[$0].href) == parent }) else { return false }
            items.remove(at: index)
            changes += 1
            changed?.insert(ExactPath(href))
            failed.remove(ExactPath(href))
        }
        return true
    }

    /// Where an item stands, or would.
    private func place(of href: String) -> (index: Int, isKnown: Bool) {
        let index = items.partitionPoint { isBefore($0.href, href) }
        return (index, index < items.count && !isBefore(href, items[index].href))
    }
}
