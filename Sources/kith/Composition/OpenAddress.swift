import Glibc

/// Opens an address with the program the desktop has for it.
enum OpenAddress {
    /// Starts `xdg-open` and does not wait for it.
    ///
    /// - Returns: Whether it could be started; without a display nothing would be seen.
    static func open(_ address: String) -> Bool {
        guard unsafe getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil else { return false }
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe ["xdg-open", address].map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        return unsafe posix_spawnp(&process, "xdg-open", nil, nil, &arguments, environ) == 0
    }
}
