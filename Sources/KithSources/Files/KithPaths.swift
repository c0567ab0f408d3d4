/// Where kith reads and writes (XDG Base Directory Specification 0.8).
package struct KithPaths: Hashable, Sendable {
    package let home: String
    package let configurationFile: String
    package let dataFolder: String
    package let stateFolder: String
    /// `$XDG_CONFIG_HOME`, where other programs keep theirs.
    let configurationBase: String
    let environment: [String: String]

    /// - Parameters:
    ///   - instance: A second kith beside the first has a state folder of its own.
    ///   - configuration: A file named on the command line in place of the usual one.
    package init(environment: [String: String], instance: String? = nil, configuration: String? = nil) {
        self.environment = environment
        let home = environment["HOME"] ?? "/"
        self.home = home
        func base(_ variable: String, _ fallback: String) -> String {
            // A relative path in one of these is invalid and to be ignored, says the specification.
            environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/" + fallback
        }
        configurationBase = base("XDG_CONFIG_HOME", ".config")
        configurationFile = configuration ?? configurationBase + "/kith/config.yaml"
        dataFolder = base("XDG_DATA_HOME", ".local/share") + "/kith"
        stateFolder = base("XDG_STATE_HOME", ".local/state") + "/kith" + (instance.map { "/instances/" + $0 } ?? "")
    }

    package var people: String { dataFolder + "/people.yaml" }
    package var journal: String { dataFolder + "/journal" }
    package var ledger: String { stateFolder + "/ledger.sqlite" }

    /// A path of the configuration: `~`, `$VAR` and `${VAR}` expanded; a relative one is below the configuration's folder.
    package func expanded(_ path: String, besides file: String) -> String {
        var result = ""
        var rest = path[...]
        if rest == "~" || rest.hasPrefix("~/") {
            result = home
            rest = rest.dropFirst()
        }
        while let character = rest.popFirst() {
            guard character == "$" else {
                result.append(character)
                continue
            }
            let isBraced = rest.first == "{"
            if isBraced { rest.removeFirst() }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(name.count)
            if isBraced, rest.first == "}" { rest.removeFirst() }
            result += name.isEmpty ? "$" : environment[String(name)] ?? ""
        }
        guard !result.hasPrefix("/") else { return result }
        let folder = file.contains("/") ? String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) : "."
        return (folder.isEmpty ? "/" : folder) + "/" + result
    }
}
