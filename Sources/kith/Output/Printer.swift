import Glibc

/// Lines on their way to a descriptor, buffered.
///
/// A reader that closes its end (`kith due | head -1`) has what it wanted: the program ends then, quietly and well.
final class Printer {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let capacity: Int

    /// - Parameter capacity: Bytes held back before they are written; 0 for what somebody waits for.
    init(_ descriptor: Int32 = STDOUT_FILENO, capacity: Int = 32_768) {
        (self.descriptor, self.capacity) = (descriptor, capacity)
    }

    deinit {
        flush()
    }

    func line(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= capacity { flush() }
    }

    func lines(_ texts: some Sequence<String>) {
        for text in texts { line(text) }
    }

    /// Text without an end of line, at once: a question.
    func ask(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        flush()
    }

    func flush() {
        var rest = buffer[...]
        buffer = []
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                _exit(ExitStatus.done.rawValue)
            } else if errno != EINTR {
                // Nobody can be told that nobody can be told.
                return
            }
        }
    }
}
