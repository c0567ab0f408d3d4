import Synchronization
package import Systemd

/// A notification server on a private bus that shows nothing, remembers what it was to show, and presses buttons.
package final class NotificationServer: Sendable {
    package static let name = "org.freedesktop.Notifications"
    static let path = "/org/freedesktop/Notifications"

    /// How it answers `Notify`.
    package enum Manner: Sendable {
        case shows
        case refuses(BusError)
        case keepsSilent
        /// Answers with something that is no number.
        case babbles
    }

    private let bus: Bus
    private let callee: Callee

    /// - Parameter isInhibited: Whether it was told to keep quiet; `nil` where it knows of no such thing.
    package init(
        on bus: Bus,
        _ manner: Manner = .shows,
        capabilities: [String] = ["actions", "body", "body-markup"],
        isInhibited: Bool? = nil
    ) async throws {
        self.bus = bus
        let last = Mutex<UInt32>(40)
        callee = try await Callee(on: bus, name: Self.name, paths: [Self.path]) { message in
            switch (message.member, manner) {
            case ("GetCapabilities", _): return .success([.strings(capabilities)])
            case ("Notify", .shows):
                if let replaced = message.arguments[1].number, replaced != 0 {
                    return .success([.uint32(UInt32(replaced))])
                }
                return .success([
                    .uint32(
                        last.withLock {
                            $0 += 1
                            return $0
                        }
                    )
                ])
            case ("Notify", .refuses(let error)): return .failure(error)
            case ("Notify", .keepsSilent):
                try? await Task.sleep(for: .seconds(100))
                return .success([])
            case ("Notify", .babbles): return .success([.string("shown")])
            case ("CloseNotification", _): return .success([])
            case ("Get", _):
                guard let isInhibited else {
                    return .failure(BusError("org.freedesktop.DBus.Error.UnknownProperty", ""))
                }
                return .success([.variant(.boolean(isInhibited))])
            default: return .failure(BusError("org.freedesktop.DBus.Error.UnknownMethod", ""))
            }
        }
    }

    /// The arguments of each `Notify`.
    package var shown: [[BusValue]] { callee.arguments(of: "Notify") }
    /// The ids that were to be closed.
    package var closed: [Int64] { callee.arguments(of: "CloseNotification").compactMap { $0.first?.number } }
    /// Every call, in order.
    package var asked: [BusMessage] { callee.asked }

    /// Presses a button of a bubble.
    package func press(_ id: UInt32, _ key: String) async throws {
        try await bus.emit(Self.path, Self.name, "ActionInvoked", [.uint32(id), .string(key)])
    }

    /// Sends any signal of the interface.
    package func emit(_ member: String, _ arguments: [BusValue]) async throws {
        try await bus.emit(Self.path, Self.name, member, arguments)
    }
}
