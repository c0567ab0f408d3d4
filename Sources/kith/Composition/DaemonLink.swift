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
    func refresh() {
        _ = try? call("Refresh", seconds: 1)
    }

    func state() -> State {
        guard let bus = try? Bus.session() else { return .absent }
        do {
            let next = try bus.property(of: name, path: Self.path, interface: Self.interface, "NextTurn", seconds: 1)
            return .running(next: next == 0 ? nil : Instant(seconds: next))
        } catch {
            return .absent
        }
    }

    func reload() -> Reloading {
        do {
            try call("Reload", seconds: 30)
            return .done
        } catch let error as BusError where error.name.hasPrefix("org.kith.Error.") {
            return .refused(error.message)
        } catch {
            return .absent
        }
    }

    private static let path = "/org/kith/Kith"
    private static let interface = "org.kith.Kith1"

    private func call(_ method: String, seconds: Int) throws {
        try Bus.session().call(name, path: Self.path, interface: Self.interface, method, seconds: seconds)
    }
}
