import CivilTime
import KithCore
import Synchronization

/// Where imagined channels put what they were given.
final class Inbox: Sendable {
    private let deliveries = Mutex<[Delivery]>([])

    func put(_ delivery: Delivery) {
        deliveries.withLock { $0.append(delivery) }
    }

    func take() -> [Delivery] {
        deliveries.withLock { held in
            defer { held = [] }
            return held
        }
    }
}

/// A channel that always works and goes nowhere.
final class ImaginedChannel: Channel {
    private let settings: ChannelProfile
    private let wasSeen: Bool
    private let inbox: Inbox

    var name: ChannelName { settings.name }

    init(profile: ChannelProfile, wasSeen: Bool, inbox: Inbox) {
        var profile = profile
        profile.problem = nil
        (settings, self.wasSeen, self.inbox) = (profile, wasSeen, inbox)
    }

    func profile() async -> ChannelProfile { settings }

    func send(_ delivery: Delivery) async -> AttemptOutcome {
        inbox.put(delivery)
        return .sent(receipt: nil, wasSeen: wasSeen)
    }

    func retract(receipt: String) async {}
}

/// The user's real files, with a journal that is written in memory only.
final class ImaginedSource: WorldSource {
    private let files: any WorldSource
    /// What was written, and where each entry of it stands.
    private var entries: [JournalEntry] = []
    private var places: [String: Int] = [:]
    /// The journal as it was shown last, and that of the files then.
    private var shown: (files: [JournalEntry], all: [JournalEntry])?

    var diagnostics: [Diagnostic] { files.diagnostics }

    init(_ files: any WorldSource) {
        self.files = files
    }

    func contents(at now: Instant) -> Contents {
        var contents = files.contents(at: now)
        if let shown, isSame(shown.files, contents.journal) {
            contents.journal = shown.all
        } else {
            let all = contents.journal.filter { places[$0.uid] == nil } + entries
            shown = (contents.journal, all)
            contents.journal = all
        }
        return contents
    }

    func write(_ entry: JournalEntry) {
        shown = nil
        if let place = places[entry.uid] {
            entries[place] = entry
        } else {
            places[entry.uid] = entries.count
            entries.append(entry)
        }
    }
}
