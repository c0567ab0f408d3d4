import CivilTime
import KithTesting
import Testing

@testable import KithCore

/// What a digest said stays, while it is free and wanted; and which moments keep others away.
@Suite("Announced moments")
struct AnnouncedTests {
    static let digest = ChannelProfile(
        name: .email,
        carriesNudges: false,
        digestTime: TimeOfDay(hour: 7, minute: 30)
    )

    /// Ana and Ben, one a day; the digest of Monday 26 January has named them.
    static func told() -> PlannerStage {
        var stage = PlannerStage()
        stage.policy.channels = [ChannelProfile(name: .desktop, carriesNudges: true), digest]
        stage.policy.perDay = 1
        for (index, uid) in ["ana", "ben"].enumerated() {
            stage.keep(uid, atWorst: 400)
            stage.meet("2025-12-0\(index + 1) 10:00", with: [uid])
        }
        stage.block("2026-01-27 09:00", minutes: 90)
        stage.turn(at: Berlin.at("2026-01-26 07:30"))
        return stage
    }

    static func places(_ stage: PlannerStage, _ at: String) -> [String] {
        stage.plan(at: Berlin.at(at)).nudges.map { nudge in
            "\(nudge.record.id.contacts[0].uid) " + (nudge.slot.map { Berlin.text($0.start) } ?? "\(nudge.waiting)")
        }
    }

    @Test("The turn that puts the digest out keeps the moments it names, once")
    func kept() {
        let stage = Self.told()
        #expect(
            stage.view.announced == [
                PlannerStage.reconnect("met-2025-12-01", "ana"): Berlin.at("2026-01-26 09:00"),
                PlannerStage.reconnect("met-2025-12-02", "ben"): Berlin.at("2026-01-27 10:35"),
            ]
        )
        #expect(stage.plan(at: Berlin.at("2026-01-26 07:30")).changes.isEmpty)
        var silent = stage
        (silent.view.announced, silent.view.deliveries) = ([:], [])
        silent.policy.channels = [ChannelProfile(name: .desktop, carriesNudges: true)]
        silent.turn(at: Berlin.at("2026-01-26 07:30"))
        #expect(silent.view.announced.isEmpty)
    }

    /// What happens after the digest, and where Ben is then asked about.
    struct Change: CustomTestStringConvertible {
        let testDescription: String
        let ben: String
        let change: @Sendable (inout PlannerStage) -> Void

        init(_ name: String, _ ben: String, _ change: @escaping @Sendable (inout PlannerStage) -> Void) {
            (testDescription, self.ben, self.change) = (name, ben, change)
        }
    }

    static let changes = [
        Change("nothing", "ben Tue 27 10:35") { _ in },
        Change("somebody who is wanted more", "ben Tue 27 10:35") { stage in
            stage.keep("zoe")
            stage.meet("2025-06-01 10:00", with: ["zoe"])
        },
        Change("the meeting before it is gone", "ben Tue 27 10:35") { $0.cancel("block-2026-01-27 09:00") },
        Change("another meeting before it", "ben Tue 27 10:35") { $0.block("2026-01-27 08:30", minutes: 110) },
        Change("a preferred moment beside it", "ben Tue 27 10:35") { $0.block("2026-01-27 11:00", minutes: 30) },
        Change("a meeting over it", "ben Tue 27 11:35") { $0.block("2026-01-27 10:30", minutes: 60) },
        Change("too little free", "ben Tue 27 11:20") { $0.block("2026-01-27 10:45", minutes: 30) },
        Change("a day off", "ben Wed 28 09:00") { stage in
            stage.daysOff = [Berlin.day("2026-01-27")...Berlin.day("2026-01-27")]
        },
        Change("a meeting booked with him", "") { $0.meet("2026-02-10 10:00", with: ["ben"]) },
    ]

    @Test("An announced moment stays while it is free and the nudge is wanted", arguments: changes)
    func stays(_ change: Change) {
        var stage = Self.told()
        stage.send(at: Berlin.at("2026-01-26 07:30"))
        stage.play(from: "2026-01-26 09:00", until: "2026-01-26 12:00")
        change.change(&stage)
        let places = Self.places(stage, "2026-01-26 13:00").filter { $0.hasPrefix("ben ") && $0.contains(":") }
        #expect(places.filter { !$0.contains("held") } == (change.ben.isEmpty ? [] : [change.ben]))
    }

    // MARK: Which moments keep others away

    @Test("A moment that passed unused keeps none away; before it is over the next look is at its end")
    func unused() {
        var stage = PlannerStage()
        for (uid, network) in [("ben", Network.strategic), ("jonas", .personal)] {
            stage.keep(uid, network)
            stage.meet("2025-12-09 \(network == .personal ? 19 : 10):00", with: [uid])
        }
        stage.block("2026-01-26 09:00", minutes: 475)
        // Ben has Monday's last moment of work, and Jonas keeps two hours from it.
        #expect(Self.places(stage, "2026-01-26 16:00") == ["ben Mon 26 17:00", "jonas Mon 26 19:30"])
        // The channel is dead until it is over: then Jonas may come at once.
        stage.policy.channels = [ChannelProfile(name: .desktop, carriesNudges: true, problem: "none")]
        #expect(stage.plan(at: Berlin.at("2026-01-26 17:15")).next == Berlin.at("2026-01-26 17:25"))
        #expect(Self.places(stage, "2026-01-26 17:25") == ["jonas Mon 26 17:30", "ben Tue 27 09:00"])
    }

    @Test("Hours that nobody waits for keep no moment")
    func nobody() {
        var stage = PlannerStage()
        stage.keep("jonas", .personal)
        stage.meet("2025-12-09 19:00", with: ["jonas"])
        stage.block("2026-01-26 09:00", minutes: 475)
        #expect(Self.places(stage, "2026-01-26 16:00") == ["jonas Mon 26 17:30"])
    }

    @Test("A moment that is open counts as used now")
    func open() {
        var stage = PlannerStage()
        for uid in ["ben", "cem"] {
            stage.keep(uid)
            stage.meet("2025-12-09 1\(uid == "ben" ? 0 : 1):00", with: [uid])
        }
        // At 10:30 that of 9:00 is still open; the next is that of 13:00, two hours from it.
        #expect(Self.places(stage, "2026-01-26 10:30") == ["ben Mon 26 09:00", "cem Mon 26 13:00"])
        let sent = stage.play(from: "2026-01-26 10:30", until: "2026-01-26 20:00")
        #expect(sent.map { Berlin.text($0.at) } == ["Mon 26 10:30", "Mon 26 13:00"])
    }
}
