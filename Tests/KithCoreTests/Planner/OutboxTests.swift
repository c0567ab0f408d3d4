import CivilTime
import KithCore
import KithTesting
import Testing

/// What goes into the outbox and out of it: Ana is due, it is Tuesday 27 January.
@Suite("The outbox")
struct OutboxTests {
    static let id = PlannerStage.reconnect("met-2025-12-09")
    static let morning = Berlin.at("2026-01-27 09:00")

    static func stage(_ channels: [ChannelProfile] = [desktop]) -> PlannerStage {
        var stage = PlannerStage.withAna()
        stage.meet("2025-12-09 10:00")
        stage.policy.channels = channels
        return stage
    }

    static let desktop = ChannelProfile(name: .desktop, carriesNudges: true)
    static let broken = ChannelProfile(name: .desktop, carriesNudges: true, problem: "no notification server")
    static let mail = ChannelProfile(name: .email, carriesNudges: true)
    static let digest = ChannelProfile(
        name: .email,
        carriesNudges: false,
        digestTime: TimeOfDay(hour: 7, minute: 30)
    )

    @Test("A nudge goes out when its moment has come, with the first channel that works")
    func enqueues() {
        #expect(Self.stage().plan(at: Self.morning.adding(seconds: -1)).enqueued.isEmpty)
        for (channels, name) in [
            ([Self.desktop, Self.mail], ChannelName.desktop), ([Self.broken, Self.mail], .email),
            ([Self.digest, Self.desktop], .desktop),
        ] {
            let sent = Self.stage(channels).plan(at: Self.morning).enqueued.filter { $0.key.occasion == "1" }
            #expect(sent.map(\.key.channel) == [name])
            #expect(sent.allSatisfy { $0.isBudgeted && $0.slot?.start == Self.morning })
        }
    }

    @Test("Without a channel that works it says why and is looked at again soon; without any, the digest has it")
    func noChannel() {
        let plan = Self.stage([Self.broken]).plan(at: Self.morning)
        #expect(plan.waiting(Self.id) == .channel("no notification server") && plan.enqueued.isEmpty)
        #expect(plan.next == Self.morning.adding(seconds: 900))
        #expect(Self.stage([Self.digest]).plan(at: Self.morning).waiting(Self.id) == .digestOnly)
        #expect(Self.stage([]).plan(at: Self.morning).waiting(Self.id) == .digestOnly)
    }

    @Test("What is on its way keeps its place, and takes nobody else's")
    func onItsWay() {
        var stage = Self.stage()
        for index in 0..<14 {
            stage.keep("p\(index)")
            stage.meet("2025-12-08 10:00", with: ["p\(index)"], uid: "m\(index)")
        }
        stage.keep("friend", .personal)
        stage.meet("2025-12-09 19:00", with: ["friend"])
        stage.turn(at: Berlin.at("2026-01-31 10:00"))
        // On Saturday only the friend can be asked about, who has the lowest score; the row is committed, not yet sent.
        #expect(stage.view.deliveries.map(\.state) == [.pending])
        let plan = stage.plan(at: Berlin.at("2026-01-31 10:01"))
        #expect(plan.changes.isEmpty)
        #expect(
            plan.waiting(PlannerStage.reconnect("met-2025-12-09", "friend"))
                == .moment(Slot(start: Berlin.at("2026-01-31 10:00"), end: Berlin.at("2026-01-31 19:00")))
        )
        #expect(plan.spentThisWeek == 1)
    }

    /// What happens to a row that waits, and whether it is ended.
    struct Change: CustomTestStringConvertible {
        let testDescription: String
        let ends: Bool
        let at: String
        let change: @Sendable (inout PlannerStage) -> Void

        init(
            _ name: String,
            ends: Bool,
            at: String = "2026-01-27 09:01",
            _ change: @escaping @Sendable (inout PlannerStage) -> Void
        ) {
            (testDescription, self.ends, self.at, self.change) = (name, ends, at, change)
        }
    }

    static let changes = [
        Change("nothing", ends: false) { _ in },
        Change("answered", ends: true) { $0.log(.met, "2026-01-27") },
        Change("booked", ends: true) { $0.meet("2026-02-10 10:00") },
        Change("dropped", ends: true) { $0.rule("ana") { $0.isDropped = true } },
        Change("paused", ends: true) { $0.view.pausedUntil = Berlin.day("2026-02-10") },
        Change("put off", ends: true) {
            $0.change(id) { $0 = $0.snoozed(until: Berlin.at("2026-01-28 10:00"), isNamed: true) }
        },
        Change("no channel left", ends: true) { $0.policy.channels = [] },
        Change("its time over, never tried", ends: true, at: "2026-01-27 17:30") { _ in },
        Change("its time over, tried", ends: false, at: "2026-01-27 17:30") { $0.view.deliveries[0].attempts = 1 },
    ]

    @Test("A row ends when it is no longer wanted", arguments: changes)
    func cancels(_ change: Change) {
        var stage = Self.stage()
        stage.turn(at: Self.morning)
        let key = stage.view.deliveries[0].key
        change.change(&stage)
        #expect(stage.plan(at: Berlin.at(change.at)).cancelled == (change.ends ? [key] : []))
    }

    @Test("A row that was ended is taken up again under the same key; one that failed goes to the next channel")
    func again() {
        var stage = Self.stage([Self.desktop, Self.mail])
        stage.turn(at: Self.morning)
        stage.view.deliveries[0].attempts = 3
        stage.view.deliveries[0].state = .cancelled
        stage.turn(at: Self.morning)
        #expect(stage.view.deliveries.map(\.state) == [.pending] && stage.view.deliveries[0].attempts == 3)
        stage.view.deliveries[0].state = .failed
        stage.turn(at: Self.morning)
        #expect(stage.view.deliveries.map(\.key.channel).sorted() == [.desktop, .email])
        for index in stage.view.deliveries.indices { stage.view.deliveries[index].state = .failed }
        #expect(stage.plan(at: Self.morning).enqueued.map(\.key.channel) == [.desktop])
    }

    @Test("The next look is at the moment, at a snooze's end, at the digest, or at midnight")
    func next() {
        var stage = Self.stage()
        #expect(stage.plan(at: Berlin.at("2026-01-27 08:00")).next == Self.morning)
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 10:00")
        #expect(stage.plan(at: Berlin.at("2026-01-27 10:00")).next == Berlin.at("2026-01-28 00:00"))
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 16:30"), isNamed: true) }
        #expect(stage.plan(at: Berlin.at("2026-01-27 10:00")).next == Berlin.at("2026-01-27 16:30"))
        let quiet = PlannerStage()
        #expect(quiet.plan(at: Berlin.at("2026-03-28 12:00")).next == Berlin.at("2026-03-29 00:00"))
        #expect(
            quiet.plan(at: Berlin.at("2026-03-29 00:00")).next.seconds(since: Berlin.at("2026-03-29")) == 23 * 3_600
        )
    }

    @Test(
        "A time the user named overrides the hours, not quiet, meetings or the last message",
        arguments: [
            ("2026-01-27 18:30", "Tue 27 18:30"), ("2026-01-31 12:00", "Sat 31 12:00"),
            ("2026-01-27 22:00", "Wed 28 08:00"),
            ("2026-01-27 12:10", "Tue 27 13:05"), ("2026-01-27 09:30", "Tue 27 11:00"),
        ]
    )
    func named(until: String, told: String) {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 09:10")
        stage.block("2026-01-27 12:00", minutes: 60)
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at(until), isNamed: true) }
        let sent = stage.play(from: "2026-01-27 09:10", until: "2026-02-02 00:00")
        #expect(sent.map { Berlin.text($0.at) } == [told] && sent.map(\.occasion) == ["2"])
        #expect(sent.map(\.isBudgeted) == [false])
    }

    @Test(
        "Put off until any free time it keeps the hours",
        arguments: [("2026-01-27 18:30", "Wed 28 09:00"), ("2026-01-31 12:00", "Mon 2 09:00")]
    )
    func slot(until: String, told: String) {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 09:10")
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at(until), isNamed: false) }
        let sent = stage.play(from: "2026-01-27 09:10", until: "2026-02-05 00:00")
        #expect(sent.map { Berlin.text($0.at) } == [told])
    }

    @Test("Others keep away from the time the user named")
    func reserved() {
        var stage = Self.stage()
        stage.play(from: "2026-01-27 08:00", until: "2026-01-27 09:10")
        stage.change(Self.id) { $0 = $0.snoozed(until: Berlin.at("2026-01-27 14:10"), isNamed: true) }
        stage.keep("ben")
        stage.meet("2025-12-01 10:00", with: ["ben"])
        let sent = stage.play(from: "2026-01-27 12:40", until: "2026-01-28 00:00")
        #expect(
            sent.map { "\($0.nudges[0].contacts[0].uid) \(Berlin.text($0.at))" } == [
                "ana Tue 27 14:10", "ben Tue 27 17:00",
            ]
        )
    }
}

/// The digest's day, and messages about sources.
@Suite("Digests and sources")
struct MessageTests {
    /// Days off in the week of 26 January, and when the digest goes out.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        var off: [String] = []
        var weekday = Weekday.monday
        let day: String
    }

    @Test(
        "The digest goes out on the first working day of the week; without any, on its own",
        arguments: [
            Example(testDescription: "an ordinary week", day: "2026-01-26"),
            Example(testDescription: "Monday off", off: ["26"], day: "2026-01-27"),
            Example(testDescription: "Monday to Thursday off", off: ["26", "27", "28", "29"], day: "2026-01-30"),
            Example(testDescription: "the whole week off", off: ["26", "27", "28", "29", "30"], day: "2026-01-26"),
            Example(testDescription: "on Wednesdays", weekday: .wednesday, day: "2026-01-28"),
            Example(testDescription: "on Wednesdays, that off", off: ["28"], weekday: .wednesday, day: "2026-01-29"),
            Example(testDescription: "on Sundays, no working day left", weekday: .sunday, day: "2026-02-01"),
        ]
    )
    func digestDay(_ example: Example) {
        var stage = PlannerStage()
        stage.daysOff = example.off.map { Berlin.day("2026-01-\($0)")...Berlin.day("2026-01-\($0)") }
        var profile = OutboxTests.digest
        profile.digestDay = example.weekday
        stage.policy.channels = [profile]
        let due = Berlin.at(example.day + " 07:30")
        #expect(stage.plan(at: due.adding(seconds: -1)).enqueued.isEmpty)
        let sent = stage.plan(at: due).enqueued
        #expect(sent.map(\.key.text) == ["digest/2026-W05|email|week"])
        #expect(sent.allSatisfy { !$0.isBudgeted })
    }

    @Test("A digest that was missed comes with the next turn of that week, once, and not in the next")
    func missed() {
        var stage = PlannerStage()
        stage.policy.channels = [OutboxTests.digest]
        #expect(stage.turn(at: Berlin.at("2026-02-01 20:00")).enqueued.count == 1)
        #expect(stage.turn(at: Berlin.at("2026-02-01 20:01")).enqueued.isEmpty)
        #expect(stage.plan(at: Berlin.at("2026-02-02 07:00")).enqueued.isEmpty)
        #expect(stage.plan(at: Berlin.at("2026-02-02 07:30")).enqueued.map(\.key.subjectText) == ["digest/2026-W06"])
    }

    @Test("Paused, no digest goes out")
    func paused() {
        var stage = PlannerStage()
        stage.policy.channels = [OutboxTests.digest]
        stage.view.pausedUntil = Berlin.day("2026-01-28")
        #expect(stage.plan(at: Berlin.at("2026-01-27 09:00")).enqueued.isEmpty)
        #expect(stage.plan(at: Berlin.at("2026-01-28 09:00")).enqueued.count == 1)
    }

    static let id = PlannerStage.reconnect("met-2025-12-09")

    /// A calendar of 12 events was read on Monday; on Tuesday at eight it answers otherwise.
    static func stage(items: Int, problem: String?) -> PlannerStage {
        var stage = OutboxTests.stage([OutboxTests.desktop, OutboxTests.mail])
        stage.contents.sources = [SourceReading(path: "/media/work", kind: .calendar, items: 12)]
        stage.turn(at: Berlin.at("2026-01-26 22:00"))
        stage.contents.sources = [SourceReading(path: "/media/work", kind: .calendar, items: items, problem: problem)]
        stage.turn(at: Berlin.at("2026-01-27 08:00"))
        return stage
    }

    @Test(
        "A source is gone when it cannot be read, or is empty where it was not",
        arguments: [
            (0, "not there", true), (12, "half of it unreadable", true), (0, nil, true), (1, nil, false),
            (12, nil, false),
        ] as [(Int, String?, Bool)]
    )
    func gone(items: Int, problem: String?, isGone: Bool) {
        let stage = Self.stage(items: items, problem: problem)
        let plan = stage.plan(at: Berlin.at("2026-01-27 09:00"))
        #expect(plan.goneSources.map(\.items) == (isGone ? [12] : []))
        #expect(plan.enqueued.isEmpty == isGone)
        #expect(stage.view.sources.map(\.goneSince) == [isGone ? Berlin.at("2026-01-27 08:00") : nil])
    }

    @Test("A source that was always empty, or holds no events, is not gone")
    func neverThere() {
        var stage = OutboxTests.stage()
        stage.contents.sources = [
            SourceReading(path: "/empty", kind: .calendar, items: 0),
            SourceReading(path: "/journal", kind: .journal, items: 0),
        ]
        stage.turn(at: Berlin.at("2026-01-26 22:00"))
        #expect(stage.plan(at: Berlin.at("2026-01-27 09:00")).goneSources.isEmpty)
    }

    @Test("kith's own files may be empty, and are gone only where they cannot be read", arguments: [0, 12])
    func ownFiles(before: Int) {
        var stage = OutboxTests.stage()
        let files = [SourceReading.Kind.journal, .people]
        stage.contents.sources = files.map { SourceReading(path: $0.rawValue, kind: $0, items: before) }
        stage.turn(at: Berlin.at("2026-01-26 22:00"))
        stage.contents.sources = files.map { SourceReading(path: $0.rawValue, kind: $0, items: 0) }
        #expect(stage.plan(at: Berlin.at("2026-01-27 09:00")).goneSources.isEmpty)
        stage.contents.sources = files.map { SourceReading(path: $0.rawValue, kind: $0, items: 0, problem: "broken") }
        #expect(stage.plan(at: Berlin.at("2026-01-27 09:00")).goneSources.map(\.path) == ["journal", "people"])
    }

    @Test("After two days each channel says so, once; after fourteen what is read is believed")
    func stages() {
        var stage = Self.stage(items: 0, problem: "not there")
        #expect(stage.plan(at: Berlin.at("2026-01-28 07:00")).next == Berlin.at("2026-01-29 00:00"))
        #expect(stage.plan(at: Berlin.at("2026-01-29 07:59")).enqueued.isEmpty)
        let said = stage.turn(at: Berlin.at("2026-01-29 08:00")).enqueued
        #expect(said.map(\.key.text) == ["desktop", "email"].map { "source/2026-01-27//media/work|\($0)|gone" })
        #expect(said.allSatisfy { !$0.isBudgeted })
        for index in stage.view.deliveries.indices { stage.view.deliveries[index].state = .sent }
        #expect(stage.plan(at: Berlin.at("2026-02-10 07:59")).enqueued.isEmpty)
        #expect(stage.plan(at: Berlin.at("2026-02-10 07:59")).waiting(Self.id) == .held(.source(path: "/media/work")))
        let believed = stage.plan(at: Berlin.at("2026-02-10 09:00"))
        #expect(believed.goneSources.isEmpty && believed.enqueued.count == 1)
    }

    @Test("While a source is gone nothing is withdrawn or opened; a birthday is told all the same")
    func meanwhile() {
        var stage = Self.stage(items: 0, problem: nil)
        let before = stage.view.nudges
        stage.contents.contacts = []
        stage.rule("ana") { $0.isDropped = true }
        #expect(stage.plan(at: Berlin.at("2026-01-28 09:00")).put.isEmpty)
        stage = Self.stage(items: 0, problem: nil)
        stage.keep("ben", firstSeen: "2025-01-01", birthday: AnnualDate(month: 1, day: 28))
        stage.turn(at: Berlin.at("2026-01-28 08:00"))
        let sent = stage.play(from: "2026-01-28 08:00", until: "2026-01-28 22:00")
        #expect(sent.map { $0.nudges.map(\.text) } == [["birthday/2026/ben"]])
        #expect(stage.view.nudges.filter { $0.id.kind == .reconnect } == before)
    }

    @Test("A source that comes back is forgotten as gone")
    func back() {
        var stage = Self.stage(items: 0, problem: nil)
        stage.contents.sources[0].items = 3
        stage.turn(at: Berlin.at("2026-01-27 10:00"))
        #expect(stage.view.sources.map(\.goneSince) == [nil])
        #expect(stage.plan(at: Berlin.at("2026-01-27 10:00")).goneSources.isEmpty)
    }
}
