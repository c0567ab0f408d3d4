import Foundation

/// A folder of its own for one test, gone when the last reference to it is.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let name = "kith-test-" + UUID().uuidString
        path = FileManager.default.temporaryDirectory.appending(path: name).path(percentEncoded: false)
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit {
        // Nothing can be done about a folder that will not go; the next start of the machine empties the place.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file below the folder, with the folders it needs.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        let parent = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }
}
