import Glibc

/// Where a symbolic link leads; `nil` where it is none.
func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let length = unsafe readlink(path, &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
}

/// A symbolic link and what it leads to: nobody who watches the folder it stands in is told of changes there.
struct Link: Hashable {
    /// What a link leads to.
    private enum Target: Hashable {
        case nothing
        case folder(FolderID)
        case file(FileTag)

        init(_ path: String) {
            if let folder = FileReader.folderID(path) {
                self = .folder(folder)
            } else {
                self = FileReader.tag(path).map { .file($0) } ?? .nothing
            }
        }
    }

    let path: String
    private let target: Target

    init(at path: String) {
        (self.path, target) = (path, Target(path))
    }

    /// Whether it leads elsewhere by now, or to something else there.
    var hasChanged: Bool { Target(path) != target }
}

extension String {
    /// What stands behind the last occurrence of a text.
    func range(ofSuffixAfter text: String) -> Range<String.Index>? {
        var start = startIndex
        var found: String.Index?
        while start < endIndex {
            if self[start...].hasPrefix(text) { found = index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return found.map { $0..<endIndex }
    }
}
