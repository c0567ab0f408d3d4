import CivilTime
import Systemd

/// The way from a command to a running daemon: a few calls on the session bus that never start one.
struct DaemonLink {
    /// Whether a daemon runs, and when it looks again.
    enum State: Hashable, Sendable {
        case absent
        case running(next: Instant?)
    }

    /// How a request to reload ended.
    enum Reloading: Hashable, Sendable {
        case done
        case absent
        /// The configuration is wrong: file, line, column and what.
        case refused(String)
    }

    /// The bus name: `org.kith.Kith`, with the instance behind it.
    let name: String

    init(instance: String?) {
        name = "org.kith.Kith" + (instance.map { "." + $0 } ?? "")
    }

    /// Asks for a look at everything anew; where nobody listens there is nothing to ask.
    func refresh() async {
        _ = try? await call("Refresh", timeout: 1)
    }

    func state() async -> State {
        guard let bus = try? await Bus.session(), await bus.owner(of: name) != nil else { return .absent }
        let arguments: [BusValue] = [.string(Self.interface), .string("NextTurn")]
        let answer = try? await bus.call(
            name,
            Self.path,
            "org.freedesktop.DBus.Properties",
            "Get",
            arguments,
            timeout: 1,
            allowsStart: false
        )
        await bus.close()
        let next = answer?.first?.number.flatMap { $0 > 0 ? Instant(seconds: $0) : nil }
        return .running(next: next)
    }

    func reload() async -> Reloading {
        do throws(BusError) {
            _ = try await call("Reload", timeout: 30)
            return .done
        } catch {
            guard error.name.hasPrefix("org.kith.Error.") else { return .absent }
            return .refused(error.message)
        }
    }

    private static let path = "/org/kith/Kith"
    private static let interface = "org.kith.Kith1"

    private func call(_ method: String, timeout: Int) async throws(BusError) -> [BusValue] {
        let bus = try await Bus.session()
        let result: Result<[BusValue], BusError>
        do throws(BusError) {
            result = .success(
                try await bus.call(name, Self.path, Self.interface, method, timeout: timeout, allowsStart: false)
            )
        } catch {
            result = .failure(error)
        }
        await bus.close()
        return try result.get()
    }
}
