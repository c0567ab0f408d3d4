import Glibc

/// Reads the head of a message and nothing behind it.
///
/// A file is read in blocks of 4 KB until the empty line that ends the head has come; what of the last block lies beyond it is
/// not looked at, and nothing further is read, however large the message is.
struct HeadReader {
    /// The most bytes a head may have: one that is longer is not read to its end, and counts for nothing.
    static let limit = 65_536
    static let block = 4_096

    /// What was read of the message at hand.
    private var buffer: [UInt8] = []
    private var block = [UInt8](repeating: 0, count: Self.block)

    init() {
        buffer.reserveCapacity(Self.limit)
    }

    /// Calls back with the bytes of the head; with `nil` where it does not end within the limit.
    mutating func read<Value>(_ path: String, _ body: (ArraySlice<UInt8>?) -> Value) throws(FileProblem) -> Value {
        try FileReader.withFile(path) { (descriptor, status) throws(FileProblem) in
            guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile("no file of a message") }
            return body(try head(descriptor))
        }
    }

    private mutating func head(_ descriptor: Int32) throws(FileProblem) -> ArraySlice<UInt8>? {
        buffer.removeAll(keepingCapacity: true)
        while buffer.count < Self.limit {
            let known = buffer.count
            let count = try append(from: descriptor, at: known)
            if let end = end(from: max(0, known - 2)) { return buffer[..<end] }
            // The file may have ended before its head did.
            if count == 0 { return buffer[...] }
        }
        return nil
    }

    /// - Returns: How many bytes came.
    private mutating func append(from descriptor: Int32, at offset: Int) throws(FileProblem) -> Int {
        while true {
            let count = unsafe pread(descriptor, &block, block.count, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileProblem(errno: errno) }
            buffer += block[..<count]
            return count
        }
    }

    /// Where the head ends: at an empty line.
    private func end(from start: Int) -> Int? {
        if isEmptyLine(0) { return 0 }
        var place = start
        while let line = nextNewline(in: buffer, from: place) {
            if isEmptyLine(line + 1) { return line + 1 }
            place = line + 1
        }
        return nil
    }

    private func isEmptyLine(_ place: Int) -> Bool {
        guard place < buffer.count else { return false }
        if buffer[place] == newline { return true }
        return buffer[place] == UInt8(ascii: "\r") && place + 1 < buffer.count && buffer[place + 1] == newline
    }
}

/// Where the next line ends.
func nextNewline(in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { buffer -> Int? in
        guard let base = buffer.baseAddress else { return nil }
        let found = unsafe memchr(base + start, Int32(newline), buffer.count - start)
        return unsafe found.map { unsafe base.distance(to: UnsafeRawPointer($0)) }
    }
}

let newline = UInt8(ascii: "\n")
