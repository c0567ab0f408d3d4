package import KithCore

/// A place with calendars or cards that `kith init` may propose.
package struct Proposal: Hashable, Sendable {
    package var path: String
    package var kind: SourceReading.Kind
    /// The folders within it that hold items, as paths below it; empty where it holds them itself.
    package var collections: [String]
    /// Items found.
    package var count: Int
    /// Whether vdirsyncer's configuration names it.
    package var isSynced: Bool
}

/// Finds vdirs where they usually are and where vdirsyncer keeps them.
package enum Discovery {
    private static let places = [
        ".local/share/vdirsyncer", ".local/share/calendars", ".calendars", ".calendar", ".local/share/contacts",
        ".contacts", "calendars", "contacts",
    ]

    /// What was found, vdirsyncer's folders first; a folder within one that was found is not listed again, nor one around
    /// such that holds nothing besides.
    package static func proposals(paths: KithPaths) -> [Proposal] {
        let files = [paths.configurationBase + "/vdirsyncer/config", paths.home + "/.vdirsyncer/config"]
        let synced = files.flatMap { vdirsyncerFolders($0, paths) }
        var seen: Set<String> = []
        var found: [Proposal] = []
        for (path, isSynced) in synced.map({ ($0, true) }) + places.map({ (paths.home + "/" + $0, false) }) {
            guard !seen.contains(where: { path == $0 || path.hasPrefix($0 + "/") }), FileReader.isFolder(path) == true
            else { continue }
            for (kind, ending) in [(SourceReading.Kind.calendar, ".ics"), (.contacts, ".vcf")] {
                let all = Collections(path, ending: ending)
                let isNews = all.hrefs.contains { href in
                    !found.contains { $0.kind == kind && href.hasPrefix($0.path + "/") }
                }
                guard isNews else { continue }
                seen.insert(path)
                found.append(
                    Proposal(
                        path: path,
                        kind: kind,
                        collections: all.roots.filter { $0 != path }.map { String($0.dropFirst(path.count + 1)) },
                        count: all.hrefs.count,
                        isSynced: isSynced
                    )
                )
            }
        }
        return found
    }

    /// The `path` of each storage of type `filesystem` in a configuration of vdirsyncer's (an INI file; values are JSON).
    private static func vdirsyncerFolders(_ file: String, _ paths: KithPaths) -> [String] {
        guard let bytes = try? FileReader(limit: 1_000_000).read(file).bytes else { return [] }
        var folders: [String] = []
        var (isFilesystem, path): (Bool, String?) = (false, nil)
        func close() {
            if isFilesystem, let path { folders.append(path) }
        }
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text.hasPrefix("[") {
                close()
                (isFilesystem, path) = (false, nil)
                continue
            }
            let pair = text.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let value = pair[1].filter { $0 != "\"" }.trimmingBlanks()
            switch String(pair[0]).trimmingBlanks() {
            case "type": isFilesystem = value == "filesystem"
            case "path": path = paths.expanded(value, besides: file).trimmingSlash()
            default: continue
            }
        }
        close()
        return folders
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        let blanks: Set<Character> = [" ", "\t"]
        let end = lastIndex { !blanks.contains($0) }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop { blanks.contains($0) })
    }

    fileprivate func trimmingSlash() -> String {
        count > 1 && hasSuffix("/") ? String(dropLast()) : self
    }
}
