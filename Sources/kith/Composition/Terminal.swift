import Glibc

/// The terminal a person sits at.
struct Terminal {
    /// Whether both a question can be seen and an answer typed.
    static var isInteractive: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    }

    /// Reads one key without waiting for Enter; `nil` at the end of input, on an interrupt and at Control-C or Control-D.
    static func key() -> Character? {
        var before = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        guard unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else { return nil }
        defer { _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
        var byte: UInt8 = 0
        guard unsafe read(STDIN_FILENO, &byte, 1) == 1, byte != 3, byte != 4 else { return nil }
        return Character(Unicode.Scalar(byte))
    }

    /// Asks for a line; `nil` at the end of input.
    static func ask(_ question: String) -> String? {
        Printer(capacity: 0).ask(question)
        return readLine()
    }
}
