import CivilTime
import KithCore
import KithTesting
import Testing

/// When a channel is down, and what is said of it, by which other, how often.
@Suite("Channels that fail")
struct ChannelFailureTests {
    static let now = Berlin.at("2026-01-27 14:00")

    /// A row of the outbox: planned, last tried and sent so many hours before now.
    static func row(
        _ state: DeliveryRecord.State,
        on channel: ChannelName = .email,
        planned: Int64,
        tried: Int64? = nil,
        sent: Int64? = nil,
        attempts: Int = 9,
        refused: Bool = false
    ) -> DeliveryRecord {
        func at(_ hours: Int64) -> Instant { now.adding(seconds: -hours * 3_600) }
        return DeliveryRecord(
            key: DeliveryKey(subject: .trial, channel: channel, occasion: "\(planned)"),
            state: state,
            attempts: tried == nil ? 0 : attempts,
            plannedAt: at(planned),
            lastAttemptAt: tried.map { at($0) },
            sentAt: sent.map { at($0) },
            problem: state == .sent ? nil : "cannot connect",
            wasRefused: refused
        )
    }

    static let profile = ChannelProfile(name: .email, carriesNudges: false)

    /// Rows of a channel, and since how many hours it fails; with `!` where it is down.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let rows: [DeliveryRecord]
        let since: String

        init(_ name: String, _ since: String, _ rows: DeliveryRecord...) {
            (testDescription, self.rows, self.since) = (name, rows, since)
        }
    }

    static let examples = [
        Example("nothing was ever tried", "", row(.pending, planned: 90)),
        Example("it failed for two days", "48!", row(.pending, planned: 48, tried: 0)),
        Example("it failed for nearly two days", "47", row(.pending, planned: 47, tried: 0)),
        Example("once, after a long wait", "1", row(.pending, planned: 90, tried: 1, attempts: 1)),
        Example("five times in a quarter of an hour, three days ago", "72", row(.failed, planned: 72, tried: 72)),
        Example(
            "several rows, given up one after another",
            "90!",
            row(.cancelled, planned: 90, tried: 80),
            row(.failed, planned: 60, tried: 60),
            row(.pending, planned: 40, tried: 1)
        ),
        Example(
            "something got through after that",
            "",
            row(.failed, planned: 90, tried: 30),
            row(.sent, planned: 29, tried: 28, sent: 28)
        ),
        Example(
            "what got through was before that",
            "60!",
            row(.sent, planned: 70, tried: 60, sent: 60),
            row(.pending, planned: 90, tried: 1)
        ),
        Example("it was refused for good", "1!", row(.pending, planned: 1, tried: 1, attempts: 1, refused: true)),
        Example("another channel's failures", "", row(.pending, on: .desktop, planned: 90, tried: 0)),
    ]

    @Test("Since when nothing gets through, and whether the user should hear of it", arguments: examples)
    func since(_ example: Example) {
        let failure = ChannelFailure(of: Self.profile, in: LedgerView(deliveries: example.rows), at: Self.now)
        let hours = failure.map { "\(Self.now.seconds(since: $0.since) / 3_600)" + ($0.isDown ? "!" : "") }
        #expect(hours ?? "" == example.since)
    }

    @Test("A problem of its profile counts from when it was first seen; one that is not remembered not at all")
    func profiles() {
        var profile = ChannelProfile(name: .desktop, carriesNudges: true, problem: "no notification server")
        #expect(ChannelFailure(of: profile, in: LedgerView(), at: Self.now) == nil)
        for (hours, isDown) in [(48, true), (47, false)] as [(Int64, Bool)] {
            profile.problemSince = Self.now.adding(seconds: -hours * 3_600)
            let failure = ChannelFailure(of: profile, in: LedgerView(), at: Self.now)
            #expect(failure?.isDown == isDown && failure?.problem == "no notification server")
        }
    }

    /// What goes out because mail fails, by which channel.
    static func told(_ rows: [DeliveryRecord], _ others: ChannelProfile...) -> [String] {
        var stage = PlannerStage()
        stage.policy.channels = others + [profile]
        stage.view.deliveries = rows
        let plan = plan(stage.world(at: now), stage.view, at: now, policy: stage.policy)
        return plan.changes.compactMap { change in
            if case .enqueue(let delivery) = change { delivery.key.text } else { nil }
        }
    }

    static let desktop = ChannelProfile(name: .desktop, carriesNudges: true)
    static let terminal = ChannelProfile(name: .terminal, carriesNudges: true)

    @Test("It is told by the first other channel that works, once, and again after a success")
    func messages() {
        let down = Self.row(.pending, planned: 48, tried: 0)
        #expect(Self.told([down]) == [])
        #expect(Self.told([down], Self.desktop, Self.terminal) == ["channel/2026-01-25/email|desktop|down"])
        var dead = Self.desktop
        dead.problem = "no notification server"
        #expect(Self.told([down], dead, Self.terminal) == ["channel/2026-01-25/email|terminal|down"])
        var message = Self.row(.sent, on: .desktop, planned: 1, tried: 1, sent: 1)
        message.key = DeliveryKey(
            subject: .channelDown(.email, since: Berlin.day("2026-01-20")),
            channel: .desktop,
            occasion: "down"
        )
        #expect(Self.told([down, message], Self.desktop) == [])
        message.sentAt = Self.now.adding(seconds: -60 * 3_600)
        let success = Self.row(.sent, planned: 50, tried: 50, sent: 50)
        #expect(Self.told([down, success, message], Self.desktop) == ["channel/2026-01-25/email|desktop|down"])
        // Of a second outage on one day nothing more is said, and nothing is planned for ever.
        message.key = DeliveryKey(
            subject: .channelDown(.email, since: Berlin.day("2026-01-25")),
            channel: .desktop,
            occasion: "down"
        )
        #expect(Self.told([down, success, message], Self.desktop) == [])
        (message.state, message.sentAt) = (.pending, nil)
        message.plannedAt = Self.now.adding(seconds: -60 * 3_600)
        #expect(Self.told([down, success, message], Self.desktop) == [])
    }

    @Test("It is not told any more once the channel works")
    func recheck() {
        var stage = PlannerStage()
        stage.policy.channels = [Self.desktop, Self.profile]
        let key = DeliveryKey(
            subject: .channelDown(.email, since: Berlin.day("2026-01-25")),
            channel: .desktop,
            occasion: "down"
        )
        let message = DeliveryRecord(key: key, plannedAt: Self.now)
        func look(_ rows: [DeliveryRecord]) -> Recheck {
            stage.view.deliveries = rows
            return KithCore.recheck(message, stage.world(at: Self.now), stage.view, at: Self.now, policy: stage.policy)
        }
        #expect(look([Self.row(.pending, planned: 48, tried: 0)]) == .go(nil))
        #expect(look([Self.row(.sent, planned: 48, tried: 1, sent: 1)]) == .unwanted("the channel works again"))
    }
}
