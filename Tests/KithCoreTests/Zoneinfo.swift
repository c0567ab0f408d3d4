import Foundation

/// The machine's zones.
enum Zoneinfo {
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)))
    }
}
