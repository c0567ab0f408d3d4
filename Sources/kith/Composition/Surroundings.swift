import Glibc
import KithSources

/// What the process finds around it: read here and handed on as values.
enum Surroundings {
    /// The environment's variables.
    static func environment() -> [String: String] {
        var result: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        // A service or a cron job may come without; the system knows.
        if result["HOME", default: ""].isEmpty, let entry = unsafe getpwuid(getuid()) {
            result["HOME"] = unsafe entry.pointee.pw_dir.map { unsafe String(cString: $0) }
        }
        return result
    }

    /// Where kith reads and writes for a command's options.
    static func paths(_ options: GlobalOptions) -> KithPaths {
        KithPaths(
            environment: environment(),
            instance: options.instance,
            configuration: options.config.map { absolute($0) }
        )
    }

    /// A path from the root: a relative one begins in the working folder.
    static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        let folder = unsafe getcwd(nil, 0)
        defer { unsafe free(folder) }
        guard let folder = unsafe folder else { return path }
        return unsafe String(cString: folder) + "/" + path
    }

    /// A path with `~` for the home.
    static func withHome(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = environment()["HOME"] else { return path }
        return home + path.dropFirst()
    }

    /// The user's name as the system has it; `nil` where it has none.
    static func realName() -> String? {
        guard let entry = unsafe getpwuid(getuid()), let field = unsafe entry.pointee.pw_gecos else { return nil }
        let name = unsafe String(cString: field).split(separator: ",", omittingEmptySubsequences: false).first.map {
            String($0)
        }
        return name.flatMap { $0.isEmpty || $0 == "root" ? nil : $0 }
    }

    /// Whether a window could be seen if one were opened.
    static var hasDisplay: Bool {
        let environment = environment()
        return environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
    }

    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }
}
