package import Systemd

extension Bus {
    /// Waits until nobody has a name any more: the bus sees a connection go in its own time.
    ///
    /// - Returns: Whether it came to that within five seconds.
    package func isFree(_ name: String) async throws -> Bool {
        for _ in 0..<1_000 {
            guard await owner(of: name) != nil else { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
