import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Logging

/// A small world to turn an engine in: one person due on Tuesday 27 January 2026, work hours, nothing booked, UTC.
///
/// The ledger is a real file, so that a test can look at it from beside the engine, and open it again after a "crash".
final class Stage {
    static let ana = ContactID("ana@example.org")

    let folder: TemporaryFolder
    let source: HeldSource
    let desktop = ScriptedChannel(ChannelProfile(name: .desktop, carriesNudges: true))
    private let setup: Setup
    private let others: [ScriptedChannel]
    private(set) var ledger: SQLiteLedger
    private(set) var engine: Engine

    var ledgerPath: String { folder.path + "/ledger.sqlite" }

    /// - Parameter others: Channels after the desktop, in order of preference.
    init(others: [ScriptedChannel] = []) throws {
        let ana = Contact(
            id: Stage.ana,
            name: "Ana Ruiz",
            givenName: "Ana",
            emails: ["ana@example.org"],
            place: Place(file: "ana.vcf", line: 1)
        )
        let me = Participant(email: "ada@example.com", answer: .accepted)
        let coffee = Meeting(
            uid: "coffee",
            start: Stage.at(day: "2025-12-09", hour: 10),
            end: Stage.at(day: "2025-12-09", hour: 11),
            firstDay: Stage.day("2025-12-09"),
            endDay: Stage.day("2025-12-10"),
            summary: "Coffee w/ Ana",
            organizer: me,
            attendees: [me, Participant(email: "ana@example.org", name: "Ana Ruiz")],
            place: Place(file: "coffee.ics", line: 2)
        )
        source = HeldSource(Contents(contacts: [ana], meetings: [coffee]))
        folder = try TemporaryFolder()
        let rules = Rules(
            me: Me(name: "Ada Example", emails: ["ada@example.com"], domains: ["example.com"]),
            people: [
                PersonRule(
                    uid: Stage.ana.uid,
                    networks: [.strategic],
                    every: 42,
                    place: Place(file: "config.yaml", line: 9)
                )
            ]
        )
        setup = Setup(rules: rules, policy: Policy(), zone: .utc)
        self.others = others
        (ledger, engine) = try Self.start(folder, source, setup, [desktop] + others)
    }

    /// Forgets everything that is not on disk, as a crash does, and starts again.
    func restart() throws {
        (ledger, engine) = try Self.start(folder, source, setup, [desktop] + others)
    }

    private static func start(
        _ folder: TemporaryFolder,
        _ source: HeldSource,
        _ setup: Setup,
        _ channels: [ScriptedChannel]
    ) throws -> (SQLiteLedger, Engine) {
        let ledger = try SQLiteLedger.open(path: folder.path + "/ledger.sqlite", readOnly: false)
        return (
            ledger, Engine(source: source, ledger: ledger, channels: channels, setup: setup, log: Logger(label: "test"))
        )
    }

    /// An instant of the due day, or of another.
    static func at(day: String = "2026-01-27", hour: Int, minute: Int = 0) -> Instant {
        Zone.utc.start(of: Stage.day(day)).adding(minutes: Int64(hour * 60 + minute))
    }

    static func day(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
        return date
    }

    /// The one nudge, as the ledger has it.
    func nudge(at now: Instant) throws -> NudgeRecord? {
        try ledger.view(at: now).nudges.first
    }

    /// Turns from one instant until before another, whenever the engine asks for it; returns how often.
    @discardableResult
    func turns(from start: Instant, until end: Instant) async throws -> Int {
        var (now, count) = (start, 0)
        while now < end {
            now = max(try await engine.turn(at: now), now.adding(seconds: 1))
            count += 1
        }
        return count
    }
}
