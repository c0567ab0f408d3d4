import CivilTime
import KithCore
import KithEngine

/// One event of `kith simulate --json`.
struct SimulationShape: Encodable, Hashable {
    var at: String
    var event: String
    var nudge: String?
    var kind: String?
    var reason: String?
    var contacts: [String]?
    var network: String?
    var channel: String?
    var occasion: String?
    var slot: SlotShape?
    var title: String?
    var body: String?
    var heldBy: String?

    init(_ event: Simulation.Event) {
        at = "\(event.at)"
        self.event = event.kind.rawValue
        nudge = event.nudge?.shortID
        kind = event.nudge?.id.kind.rawValue
        reason = event.nudge?.reason.shown(for: event.network).rawValue
        contacts = event.nudge?.id.contacts.map(\.uid)
        network = event.network?.rawValue
        channel = event.channel?.rawValue
        occasion = event.occasion
        slot = event.slot.map { SlotShape($0) }
        (title, body) = (event.message?.title, event.message?.body)
        heldBy = event.hold?.word
    }
}
