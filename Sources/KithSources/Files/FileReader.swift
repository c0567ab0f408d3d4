import Glibc

/// Why a path could not be read as a file.
package enum FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    case denied
    /// A folder, a FIFO, a device: by name.
    case notAFile(String)
    case tooLarge(Int)
    /// It changed its size while it was read, twice.
    case unsteady
    case failed(String)

    package var description: String {
        switch self {
        case .missing: "there is no such file"
        case .denied: "it may not be read"
        case .notAFile(let what): "it is \(what), not a file"
        case .tooLarge(let limit): "it is larger than the limit of \(limit) bytes (limits: file)"
        case .unsteady: "it changed while it was read; it is read again when it rests"
        case .failed(let why): why
        }
    }

    /// For `Diagnostic.code`.
    package var code: String {
        switch self {
        case .missing: "missing"
        case .denied: "unreadable"
        case .notAFile: "not-a-file"
        case .tooLarge: "too-large"
        case .unsteady: "unsteady"
        case .failed: "unreadable"
        }
    }

    init(errno code: Int32) {
        switch code {
        case ENOENT, ENOTDIR: self = .missing
        case EACCES, EPERM: self = .denied
        default: self = .failed(unsafe String(cString: strerror(code)))
        }
    }
}

/// What tells one state of a file from another, without reading it: vdirsyncer's etag.
package struct FileTag: Hashable, Sendable {
    let inode: UInt64
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        (seconds, nanoseconds) = (Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec))
    }
}

/// What tells one folder from another, by whatever name it is reached.
struct FolderID: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// Reads whole files.
///
/// Never maps them: a file cut short under a map would end the process.
package struct FileReader: Sendable {
    /// The most bytes a file may have.
    package let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    /// The bytes of a regular file.
    ///
    /// A FIFO or a device is never waited for.
    package func read(_ path: String) throws(FileProblem) -> (bytes: [UInt8], tag: FileTag) {
        // A file that is being written is likely at rest a moment later: one more look.
        if let result = try attempt(path) { return result }
        if let result = try attempt(path) { return result }
        throw .unsteady
    }

    /// `nil` where the file was cut short or grew while it was read.
    private func attempt(_ path: String) throws(FileProblem) -> (bytes: [UInt8], tag: FileTag)? {
        try Self.withFile(path) { (descriptor, status) throws(FileProblem) in
            try bytes(descriptor, status)
        }
    }

    /// Opens what stands at a path, without waiting for a FIFO or a device, and closes it again.
    static func withFile<Value>(
        _ path: String,
        _ body: (_ descriptor: Int32, _ status: stat) throws(FileProblem) -> Value
    ) throws(FileProblem) -> Value {
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileProblem(errno: errno) }
        return try body(descriptor, status)
    }

    private func bytes(_ descriptor: Int32, _ status: stat) throws(FileProblem) -> (bytes: [UInt8], tag: FileTag)? {
        try Self.requireRegular(status)
        let size = Int(status.st_size)
        guard size <= limit else { throw .tooLarge(limit) }
        // One byte more than promised shows a file that grew, and that there was no more at the end.
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            unsafe preferLargePages(UnsafeMutableRawBufferPointer(buffer))
            repeat {
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size + 1 - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { break }
                count += got
            } while count < size
        }
        guard failure == 0 else { throw FileProblem(errno: failure) }
        guard bytes.count == size else { return nil }
        return (bytes, FileTag(status))
    }

    private static func requireRegular(_ status: stat) throws(FileProblem) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw .notAFile("a folder")
        case S_IFIFO: throw .notAFile("a FIFO")
        case S_IFSOCK: throw .notAFile("a socket")
        default: throw .notAFile("a device")
        }
    }

    /// The tag of a file without reading it; `nil` where there is none.
    package static func tag(_ path: String) -> FileTag? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return FileTag(status)
    }

    /// Whether a path is a folder; `nil` where there is nothing.
    package static func isFolder(_ path: String) -> Bool? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Which folder a path is; `nil` where it is none.
    static func folderID(_ path: String) -> FolderID? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        return FolderID(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }
}

/// Asks for pages of 2 MB under a large buffer: half the time of reading a large file would go into giving it small ones.
private func preferLargePages(_ buffer: UnsafeMutableRawBufferPointer) {
    guard buffer.count > 4_000_000, let start = buffer.baseAddress else { return }
    let page = UInt(4_096)
    let first = (UInt(bitPattern: start) + page - 1) / page * page
    let end = (UInt(bitPattern: start) + UInt(buffer.count)) / page * page
    // MADV_HUGEPAGE, by number where the C library's headers hide it; a kernel that refuses gives small pages.
    unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(end - first), 14)
}
