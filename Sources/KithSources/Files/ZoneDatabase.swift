package import CivilTime
import Synchronization

/// The zones of the system's tz database, by IANA name, each read once.
package final class ZoneDatabase: Sendable {
    private let folder: String
    private let known = Mutex<[String: Zone?]>([:])
    private let reader = FileReader(limit: 1_000_000)

    package init(folder: String = "/usr/share/zoneinfo") {
        self.folder = folder
    }

    /// `nil` where there is no such zone.
    ///
    /// A name cannot lead out of the database.
    package func zone(named name: String) -> Zone? {
        if name == "UTC" || name == "Etc/UTC" || name == "GMT" { return .utc }
        // Read under the lock: two that ask at once are given the same.
        return known.withLock { known in
            if let zone = known[name] { return zone }
            let zone = isName(name) ? read(folder + "/" + name, name: name) : nil
            known[name] = zone
            return zone
        }
    }

    /// The system's zone: `TZ` (a name, or a path to one), else where `/etc/localtime` leads, else UTC.
    package func system(environment: [String: String], localtime: String = "/etc/localtime") -> Zone {
        if let name = environment["TZ"].map({ $0.hasPrefix(":") ? String($0.dropFirst()) : $0 }), !name.isEmpty,
            let zone = zone(named: name) ?? zone(at: name)
        {
            return zone
        }
        return linkTarget(localtime).flatMap { zone(at: $0) } ?? read(localtime, name: "localtime") ?? .utc
    }

    /// The zone a path into a database leads to.
    private func zone(at path: String) -> Zone? {
        path.range(ofSuffixAfter: "zoneinfo/").flatMap { zone(named: String(path[$0])) }
    }

    private func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count < 100 && !name.hasPrefix("/")
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".")
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e, 0x5f: true
                        default: false
                        }
                    }
            }
    }

    private func read(_ path: String, name: String) -> Zone? {
        guard let bytes = try? reader.read(path).bytes, let rules = try? ZoneRules(tzif: bytes) else { return nil }
        return Zone(name: name, rules: rules)
    }
}
