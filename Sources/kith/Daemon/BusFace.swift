import CivilTime
import KithCore
import KithEngine
import Synchronization
import Systemd

/// The daemon's face on the session bus: turns method calls into events and answers them.
final class BusFace: Sendable {
    static let path = "/org/kith/Kith"
    static let interface = "org.kith.Kith1"

    private let bus: Bus
    private let queue: EventQueue
    /// In Unix seconds; 0 for none.
    private let nextTurn = Mutex<Int64>(0)

    init(bus: Bus, queue: EventQueue) {
        (self.bus, self.queue) = (bus, queue)
    }

    /// Takes the name and answers calls from now on.
    ///
    /// The lock of the state folder decides who is the daemon; a name that somebody else has is a nuisance, no failure.
    ///
    /// - Throws: Where the name cannot be had.
    func appear(as name: String) async throws(BusError) {
        await bus.export(
            Bus.Exported(path: Self.path, introspection: Self.introspection) { [weak self] message in
                await self?.answer(message) ?? .failure(.disconnected)
            }
        )
        try await bus.request(name: name)
    }

    func setNextTurn(_ instant: Instant) {
        nextTurn.withLock { $0 = instant.seconds }
    }

    /// Tells whoever listens that what is due is another list now.
    func tellChanged() async {
        // Nobody hears a signal on a bus that is gone, and its end is noticed elsewhere.
        try? await bus.emit(Self.path, Self.interface, "Changed")
    }

    private func answer(_ message: BusMessage) async -> Result<[BusValue], BusError> {
        switch message.interface {
        case "org.freedesktop.DBus.Properties": property(message)
        case "org.freedesktop.DBus.Peer" where message.member == "Ping": .success([])
        case Self.interface, "": await method(message)
        default: .failure(Self.unknown(message))
        }
    }

    private func method(_ message: BusMessage) async -> Result<[BusValue], BusError> {
        let result: Result<BusAnswer, BusFailure>
        if message.member == "Reload" {
            result = await asked { .reload($0) }
        } else {
            guard let request = BusRequest(message.member, message.arguments) else {
                return .failure(Self.unknown(message))
            }
            result = await asked { .call(request, $0) }
        }
        switch result {
        case .success(.done): return .success([])
        case .success(.due(let entries)): return .success([.array(of: "a{sv}", entries.map { .dictionary($0.fields) })])
        case .failure(let failure): return .failure(BusError("org.kith.Error.\(failure.name.rawValue)", failure.text))
        }
    }

    /// Puts an event and waits for the task that runs turns to answer it.
    private func asked(_ event: (Reply) -> DaemonEvent) async -> Result<BusAnswer, BusFailure> {
        await withCheckedContinuation { continuation in
            queue.put(event(Reply { continuation.resume(returning: $0) }))
        }
    }

    private func property(_ message: BusMessage) -> Result<[BusValue], BusError> {
        let properties: [String: BusValue] = [
            "NextTurn": .int64(nextTurn.withLock(\.self)), "Version": .string(Kith.version),
        ]
        let isOurs = message.arguments.first?.text.map { $0 == Self.interface || $0.isEmpty } ?? false
        switch message.member {
        case "GetAll" where isOurs: return .success([.dictionary(properties)])
        case "Get" where isOurs:
            guard let name = message.arguments.last?.text, let value = properties[name] else { break }
            return .success([.variant(value)])
        case "Set":
            return .failure(BusError("org.freedesktop.DBus.Error.PropertyReadOnly", "kith's properties are read-only"))
        default: break
        }
        return .failure(BusError("org.freedesktop.DBus.Error.UnknownProperty", "there is no such property"))
    }

    private static func unknown(_ message: BusMessage) -> BusError {
        BusError(
            "org.freedesktop.DBus.Error.UnknownMethod",
            "\(message.member) does not exist, or not with such arguments"
        )
    }

    private static let introspection = """
        <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
        <node>
          <interface name="\(interface)">
            <method name="Due"><arg name="nudges" type="aa{sv}" direction="out"/></method>
            <method name="Met">
              <arg name="nudge" type="s" direction="in"/>
              <arg name="when" type="x" direction="in"/>
              <arg name="note" type="s" direction="in"/>
            </method>
            <method name="Wrote"><arg name="nudge" type="s" direction="in"/><arg name="note" type="s" direction="in"/></method>
            <method name="Later"><arg name="nudge" type="s" direction="in"/><arg name="until" type="x" direction="in"/></method>
            <method name="Skip"><arg name="nudge" type="s" direction="in"/></method>
            <method name="Undo"><arg name="nudge" type="s" direction="in"/></method>
            <method name="Refresh"/>
            <method name="Reload"/>
            <property name="NextTurn" type="x" access="read"/>
            <property name="Version" type="s" access="read"/>
            <signal name="Changed"/>
          </interface>
          <interface name="org.freedesktop.DBus.Properties">
            <method name="Get">
              <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
            </method>
            <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>
          </interface>
        </node>
        """
}

extension BusRequest {
    /// Reads a call; `nil` where no such method takes such arguments.
    fileprivate init?(_ member: String, _ arguments: [BusValue]) {
        let signature = arguments.map(\.signature).joined()
        let nudge = arguments.first?.text ?? ""
        switch (member, signature) {
        case ("Due", ""): self = .due
        case ("Met", "sxs"): self = .met(nudge: nudge, when: arguments[1].number ?? 0, note: arguments[2].text ?? "")
        case ("Wrote", "ss"): self = .wrote(nudge: nudge, note: arguments[1].text ?? "")
        case ("Later", "sx"): self = .later(nudge: nudge, until: arguments[1].number ?? 0)
        case ("Skip", "s"): self = .skip(nudge: nudge)
        case ("Undo", "s"): self = .undo(nudge: nudge)
        case ("Refresh", ""): self = .refresh
        default: return nil
        }
    }
}

extension DueEntry {
    fileprivate var fields: [String: BusValue] {
        var fields: [String: BusValue] = [
            "nudge": .string(nudge), "kind": .string(kind), "state": .string(state), "title": .string(title),
            "body": .string(body), "contacts": .strings(contacts),
        ]
        if let slot {
            fields["slot_start"] = .int64(slot.start.seconds)
            fields["slot_end"] = .int64(slot.end.seconds)
        }
        return fields
    }
}
