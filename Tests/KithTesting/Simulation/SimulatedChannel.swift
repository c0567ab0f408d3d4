import CivilTime
import KithCore
import KithEngine
import Synchronization

/// A channel as the world makes it: it fails, hangs, lies, and shows to a locked screen.
///
/// What an attempt comes to is drawn of the seed, the key and the attempt's number alone.
final class SimulatedChannel: Channel {
    /// How it is at present.
    struct Mood {
        /// Nothing can be sent, and it says so.
        var isDown = false
        /// Most attempts fail.
        var isFailing = false
        /// Nobody sees what appears.
        var isLocked = false
    }

    let settings: ChannelProfile
    private let seed: UInt64
    private let isHonest: Bool
    private let trace: Trace
    private let mood = Mutex(Mood())

    var name: ChannelName { settings.name }

    init(_ profile: ChannelProfile, seed: UInt64, isHonest: Bool, trace: Trace) {
        (settings, self.seed, self.isHonest, self.trace) = (profile, seed, isHonest, trace)
    }

    func set(_ change: (inout Mood) -> Void) {
        mood.withLock { change(&$0) }
    }

    var isDown: Bool { mood.withLock(\.isDown) }

    func profile() async -> ChannelProfile {
        var profile = settings
        profile.problem = isDown ? "no notification server" : nil
        return profile
    }

    func send(_ delivery: Delivery) async -> AttemptOutcome {
        let outcome = outcome(of: delivery)
        trace.add(.sent(delivery.key, delivery, outcome))
        return outcome
    }

    private func outcome(of delivery: Delivery) -> AttemptOutcome {
        let mood = mood.withLock { $0 }
        var draws = Draws(seed, "\(delivery.key.text) \(delivery.attempt)")
        let receipt = "\(draws.next())@\(name.rawValue)"
        let isLocked = mood.isLocked && name == .desktop
        if mood.isDown { return .failed("it went away") }
        // A lie is a failure of which something was shown: to kith it is the same.
        if draws.percent(mood.isFailing ? 85 : isHonest ? 0 : 4) { return .failed("it hung") }
        if !isHonest, draws.percent(1) { return .refused("not like this") }
        return .sent(receipt: receipt, wasSeen: !isLocked && draws.percent(isHonest ? 97 : 88))
    }

    func retract(receipt: String) async {
        trace.add(.retracted(receipt))
    }
}
