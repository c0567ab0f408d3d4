import Glibc

/// Programs that a command starts beside itself.
///
/// Arguments go as a list; no shell ever sees them.
enum Program {
    /// Starts a program by its name and does not wait for it; what it prints is not shown.
    ///
    /// - Returns: Whether it could be started.
    static func start(_ words: [String]) -> Bool {
        spawn(words) != nil
    }

    /// Runs a program to its end.
    ///
    /// - Returns: Whether it could be started and ended well.
    static func run(_ words: [String]) -> Bool {
        guard let process = spawn(words) else { return false }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return false }
        }
        return status == 0
    }

    private static func spawn(_ words: [String]) -> pid_t? {
        guard let name = words.first else { return nil }
        var actions = unsafe posix_spawn_file_actions_t()
        guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            _ = unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        let copies = unsafe words.map { unsafe strdup($0) }
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        var arguments = unsafe copies
        unsafe arguments.append(nil)
        var process: pid_t = 0
        guard unsafe posix_spawnp(&process, name, &actions, nil, arguments, environ) == 0 else { return nil }
        return process
    }
}
