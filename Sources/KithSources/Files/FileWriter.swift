import Glibc

/// Writes whole files so that a crash leaves the old one or the new one, never half of either.
package enum FileWriter {
    /// Writes to a temporary name beside the file, syncs, renames, and syncs the folder.
    ///
    /// Files are 0600, folders 0700.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
        let folder = parent(of: path)
        try makeFolder(folder)
        // The dot and the ending keep readers of vdirs from taking it for an item.
        let temporary = "\(folder)/.\(name(of: path)).\(getpid()).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        do throws(FileProblem) {
            defer { close(descriptor) }
            try writeAll(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw FileProblem(errno: errno) }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        guard unsafe rename(temporary, path) == 0 else {
            let code = errno
            unsafe unlink(temporary)
            throw FileProblem(errno: code)
        }
        try syncFolder(folder)
    }

    /// Makes a folder and those above it, where they are missing.
    package static func makeFolder(_ path: String) throws(FileProblem) {
        if unsafe mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path.contains("/"), !parent(of: path).isEmpty else { throw FileProblem(errno: errno) }
        try makeFolder(parent(of: path))
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileProblem(errno: errno) }
    }

    static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileProblem) {
        var done = 0
        while done < bytes.count {
            let wrote = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else { throw FileProblem(errno: errno) }
            done += wrote
        }
    }

    private static func syncFolder(_ folder: String) throws(FileProblem) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileProblem(errno: errno) }
        defer { close(descriptor) }
        // Some file systems do not sync folders; that is no failure to write.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileProblem(errno: errno) }
    }
}
