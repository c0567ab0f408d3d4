import Glibc

/// Where a symbolic link leads; `nil` where it is none.
func linkTarget(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let length = unsafe readlink(path, &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
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
