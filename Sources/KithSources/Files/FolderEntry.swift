import Glibc

/// A name in a folder, and what the folder itself says of it.
struct FolderEntry {
    /// What a name stands for, as far as it is known without asking the file.
    enum Kind {
        case folder
        /// A file, a FIFO, a device: no folder.
        case other
        case link
        /// The file system does not say.
        case unknown
    }

    let name: String
    let kind: Kind

    /// Whether it is a folder, or leads to one; `nil` where it leads nowhere.
    func isFolder(at path: String) -> Bool? {
        switch kind {
        case .folder: true
        case .other: false
        case .link, .unknown: FileReader.isFolder(path)
        }
    }
}

extension FileReader {
    /// What stands in a folder, in byte order of the names, without `.` and `..`.
    static func entries(in folder: String) throws(FileProblem) -> [FolderEntry] {
        guard let stream = unsafe opendir(folder) else { throw FileProblem(errno: errno) }
        defer { unsafe closedir(stream) }
        var entries: [FolderEntry] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let kind: FolderEntry.Kind =
                switch Int(unsafe entry.pointee.d_type) {
                case DT_DIR: .folder
                case DT_LNK: .link
                case DT_UNKNOWN: .unknown
                default: .other
                }
            entries.append(FolderEntry(name: name, kind: kind))
        }
        entries.sort { isBefore($0.name, $1.name) }
        return entries
    }

    /// The names in a folder, in byte order, without `.` and `..`.
    package static func names(in folder: String) throws(FileProblem) -> [String] {
        try entries(in: folder).map(\.name)
    }
}

/// Whether a text stands before another in the order of their bytes.
func isBefore(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.utf8, right.utf8)
    let order = unsafe left.withContiguousStorageIfAvailable { left in
        unsafe right.withContiguousStorageIfAvailable { right in
            guard let first = left.baseAddress, let second = right.baseAddress else { return left.count < right.count }
            let order = unsafe memcmp(first, second, min(left.count, right.count))
            return order == 0 ? left.count < right.count : order < 0
        }
    }
    return order.flatMap { $0 } ?? left.lexicographicallyPrecedes(right)
}
