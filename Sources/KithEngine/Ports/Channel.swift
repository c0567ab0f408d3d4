package import CivilTime
package import KithCore

/// One message on its way: what a channel is asked to send.
package struct Delivery: Hashable, Sendable {
    package var key: DeliveryKey
    package var message: Message
    /// The attempt's number, from 1: from 2 on the message may have been sent already, under the same key.
    package var attempt: Int
    package var at: Instant
    /// The receipt of an earlier showing to the same people, which this one replaces.
    package var replaces: String?
    /// The free time it uses.
    package var slot: Slot?
    package var zone: Zone

    package init(
        key: DeliveryKey,
        message: Message,
        attempt: Int,
        at: Instant,
        replaces: String? = nil,
        slot: Slot? = nil,
        zone: Zone
    ) {
        self.key = key
        self.message = message
        self.attempt = attempt
        self.at = at
        self.replaces = replaces
        self.slot = slot
        self.zone = zone
    }
}

/// The port to one way of delivering.
package protocol Channel: AnyObject, Sendable {
    var name: ChannelName { get }

    /// What it can carry, and whether it can send at present.
    func profile() async -> ChannelProfile

    /// Renders and sends. Ends within the channel's own time limit.
    func send(_ delivery: Delivery) async -> AttemptOutcome

    /// Closes what a receipt stands for, where the medium can; harmless where it is gone already.
    func retract(receipt: String) async
}
