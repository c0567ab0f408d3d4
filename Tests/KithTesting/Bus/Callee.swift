import Synchronization
package import Systemd

/// An object on a bus that answers as a test tells it to and remembers what it was asked.
package final class Callee: Sendable {
    /// How a call is answered.
    package typealias Answer = @Sendable (BusMessage) async -> Result<[BusValue], BusError>

    package let bus: Bus
    private let calls = Mutex<[BusMessage]>([])

    /// - Parameters:
    ///   - name: What the connection is called; none but its unique name where it is `nil`.
    ///   - paths: Where the object stands.
    package init(
        on bus: Bus,
        name: String? = nil,
        paths: [String],
        introspection: String = "<node/>",
        answer: @escaping Answer
    ) async throws {
        self.bus = bus
        for path in paths {
            await bus.export(
                Bus.Exported(path: path, introspection: introspection) { [weak self] message in
                    self?.calls.withLock { $0.append(message) }
                    return await answer(message)
                }
            )
        }
        if let name { try await bus.request(name: name) }
    }

    /// What it was asked, in order.
    package var asked: [BusMessage] { calls.withLock { $0 } }

    /// The arguments of the calls of one method.
    package func arguments(of member: String) -> [[BusValue]] {
        asked.filter { $0.member == member }.map(\.arguments)
    }
}
