package import Systemd

/// A service manager on a private bus that starts nothing and says how it went.
package final class StandInManager: Sendable {
    private static let path = "/org/freedesktop/systemd1"
    private static let unit = path + "/unit/one"

    /// What becomes of a unit.
    package enum Fate: Sendable {
        /// Its `Result` and `ExecMainStatus`.
        case ends(String, Int32)
        case neverEnds
        /// It can not be started, for this reason.
        case refused(String)
    }

    private let callee: Callee

    package init(on bus: Bus, _ fate: Fate) async throws {
        callee = try await Callee(on: bus, name: "org.freedesktop.systemd1", paths: [Self.path, Self.unit]) { message in
            let arguments = message.arguments
            switch (message.member, fate) {
            case ("StartTransientUnit", .refused(let name)): return .failure(BusError(name, "it can not be"))
            case ("StartTransientUnit", .ends(let result, _)):
                // Another's job ends first, and the caller's own even before its number is told.
                for job in ["7", "8"] {
                    try? await Self.tell(bus, job, unit: arguments.first?.text ?? "", result)
                }
                return .success([.objectPath(Self.path + "/job/8")])
            case ("StartTransientUnit", .neverEnds): return .success([.objectPath(Self.path + "/job/8")])
            case ("LoadUnit", _): return .success([.objectPath(Self.unit)])
            case ("Get", .ends(let result, let status)):
                let isStatus = arguments.last?.text == "ExecMainStatus"
                return .success([.variant(isStatus ? .int32(status) : .string(result))])
            default: return .success([])
            }
        }
    }

    private static func tell(_ bus: Bus, _ job: String, unit: String, _ result: String) async throws {
        let arguments: [BusValue] = [
            .uint32(8), .objectPath("\(path)/job/\(job)"), .string(unit),
            .string(result == "success" ? "done" : "failed"),
        ]
        try await bus.emit(path, "org.freedesktop.systemd1.Manager", "JobRemoved", arguments)
    }

    /// The methods it was asked for, in order.
    package var asked: [String] { callee.asked.map(\.member) }

    /// The names of the units it was to start, each with its properties.
    package var started: [(name: String, properties: [String: BusValue])] {
        callee.arguments(of: "StartTransientUnit").map { arguments in
            let pairs = (arguments.count > 2 ? arguments[2].items : nil) ?? []
            let properties = pairs.compactMap { pair -> (String, BusValue)? in
                guard let parts = pair.items, let name = parts.first?.text, case .variant(let value)? = parts.last
                else {
                    return nil
                }
                return (name, value)
            }
            return (arguments.first?.text ?? "", Dictionary(properties) { first, _ in first })
        }
    }
}
