import CivilTime
import KithCore
import KithEngine
import KithLedger
import KithTesting
import Synchronization
import Testing

@Suite("The turn")
struct TurnTests {
    static let morning = Stage.at(hour: 9)
    static let evening = Stage.at(hour: 23)

    @Test("A due contact is shown once, at the first free moment")
    func shownOnce() async throws {
        let stage = try Stage()
        try await stage.turns(from: Stage.at(hour: 0), until: Stage.at(day: "2026-01-29", hour: 0))
        #expect(stage.desktop.attempts.map(\.message.title) == ["Ana Ruiz"])
        #expect(stage.desktop.attempts.map(\.at) == [Self.morning])
        #expect(try stage.nudge(at: Self.morning)?.state == .delivered)
    }

    @Test("The attempt is committed before anything is sent, the receipt only after")
    func attemptBeforeSend() async throws {
        let stage = try Stage()
        let path = stage.ledgerPath
        let during = Mutex<[DeliveryRecord]>([])
        stage.desktop.onSend { _ in
            let rows = try? SQLiteLedger.open(path: path, readOnly: true).view(at: Self.morning).deliveries
            during.withLock { $0 = rows ?? [] }
        }
        _ = try await stage.engine.turn(at: Self.morning)
        let row = try #require(during.withLock { $0.first })
        #expect(row.state == .pending && row.attempts == 1 && row.receipt == nil)
        let after = try #require(try stage.ledger.view(at: Self.morning).deliveries.first)
        #expect(after.state == .sent && after.receipt == "1@test")
    }

    @Test("A crash between the attempt and its receipt repeats the message under the same key")
    func crashWhileSending() async throws {
        let stage = try Stage()
        _ = try await stage.engine.turn(at: Stage.at(hour: 8))
        stage.desktop.script(.failed("the server fell over"))
        _ = try await stage.engine.turn(at: Self.morning)
        try stage.restart()
        _ = try await stage.engine.turn(at: Self.morning.adding(seconds: 5))
        #expect(stage.desktop.attempts.map(\.attempt) == [1, 2])
        #expect(Set(stage.desktop.attempts.map(\.key)).count == 1)
        #expect(try stage.nudge(at: Self.morning)?.showings == 1)
    }

    @Test("A failed delivery is tried again after a growing wait, never in between")
    func backoff() async throws {
        let stage = try Stage()
        stage.desktop.script(.failed("no"), .failed("no"), .failed("no"))
        try await stage.turns(from: Stage.at(hour: 8), until: Self.evening)
        let times = stage.desktop.attempts.map { $0.at.seconds(since: Self.morning) }
        #expect(times == [0, 60, 180, 420])
    }

    @Test("One channel that fails holds up no other, and hands over after five attempts")
    func handsOver() async throws {
        let mail = ScriptedChannel(ChannelProfile(name: .email, carriesNudges: true))
        let stage = try Stage(others: [mail])
        for _ in 0..<9 { stage.desktop.script(.failed("no")) }
        try await stage.turns(from: Stage.at(hour: 8), until: Stage.at(day: "2026-01-29", hour: 0))
        #expect(stage.desktop.attempts.count == 5)
        #expect(mail.attempts.count == 1)
        let sent = try stage.ledger.view(at: Self.evening).deliveries.filter { $0.state == .sent }
        #expect(sent.map(\.key.channel) == [.email])
    }

    @Test("What is answered while another message is on its way is not sent")
    func answeredMeanwhile() async throws {
        let mail = ScriptedChannel(
            ChannelProfile(
                name: .email,
                carriesNudges: false,
                digestTime: TimeOfDay(hour: 9, minute: 0),
                digestDay: .tuesday
            )
        )
        let stage = try Stage(others: [mail])
        let path = stage.ledgerPath
        mail.onSend { _ in
            let beside = try? SQLiteLedger.open(path: path, readOnly: false)
            guard let beside, let nudge = try? beside.view(at: Self.morning).nudges.first else { return }
            try? beside.put(nudge.answered(.skip, on: Stage.day("2026-01-27")))
        }
        _ = try await stage.engine.turn(at: Self.morning)
        #expect(mail.attempts.count == 1)
        #expect(stage.desktop.attempts.isEmpty)
        #expect(try stage.nudge(at: Self.morning)?.state == .answered(.skip))
    }

    @Test("Mail that fails for two days is told once on the desktop, and once more when it fails again")
    func deadChannel() async throws {
        let digest = TimeOfDay(hour: 8, minute: 30)
        let mail = ScriptedChannel(
            ChannelProfile(name: .email, carriesNudges: false, digestTime: digest, leavesMachine: true)
        )
        let stage = try Stage(others: [mail])
        func words() -> [String] { stage.desktop.attempts.map(\.message.title).filter { $0 != "Ana Ruiz" } }
        for _ in 0..<18 { mail.script(.failed("cannot connect")) }
        try await stage.turns(from: Stage.at(day: "2026-01-26", hour: 8), until: Stage.at(day: "2026-01-28", hour: 8))
        #expect(words() == [])
        try stage.restart()
        try await stage.turns(from: Stage.at(day: "2026-01-28", hour: 8), until: Stage.at(day: "2026-01-31", hour: 8))
        #expect(words() == ["kith cannot reach you by email"])
        let told = try #require(stage.desktop.attempts.first { $0.key.occasion == "down" })
        #expect(told.message.body == "Nothing got through since Mon 26 Jan: cannot connect. See: kith doctor")
        // By then one went through.
        #expect(mail.attempts.count > 18)
        for _ in 0..<40 { mail.script(.failed("cannot connect")) }
        try await stage.turns(from: Stage.at(day: "2026-02-02", hour: 8), until: Stage.at(day: "2026-02-08", hour: 8))
        #expect(words().count == 2)
    }

    @Test("A desktop without a server for two days is told by mail, even where mail carries only digests")
    func deadDesktop() async throws {
        let digest = TimeOfDay(hour: 8, minute: 30)
        let mail = ScriptedChannel(
            ChannelProfile(name: .email, carriesNudges: false, digestTime: digest, leavesMachine: true)
        )
        let stage = try Stage(others: [mail])
        stage.desktop.set(problem: "no notification server")
        func words() -> [Instant] { mail.attempts.filter { $0.key.occasion == "down" }.map(\.at) }
        try await stage.turns(from: Self.morning, until: Stage.at(day: "2026-01-29", hour: 9))
        #expect(words() == [])
        try await stage.turns(from: Stage.at(day: "2026-01-29", hour: 9), until: Stage.at(day: "2026-02-03", hour: 9))
        #expect(words() == [Stage.at(day: "2026-01-29", hour: 9)])
    }

    @Test("Without a notification server the nudge waits, and comes when one appears")
    func waitsForChannel() async throws {
        let stage = try Stage()
        stage.desktop.set(problem: "no notification server")
        try await stage.turns(from: Stage.at(hour: 8), until: Stage.at(hour: 12))
        #expect(stage.desktop.attempts.isEmpty)
        let waiting = try #require(stage.engine.latest?.plan.nudges.first?.waiting)
        #expect(waiting == .channel("no notification server"))
        stage.desktop.set(problem: nil)
        _ = try await stage.engine.turn(at: Stage.at(hour: 13))
        #expect(stage.desktop.attempts.count == 1)
    }

    @Test("A refusal is not repeated at once, but is when the configuration is mended")
    func refusal() async throws {
        let stage = try Stage()
        stage.desktop.script(.refused("no such program"))
        _ = try await stage.engine.turn(at: Self.morning)
        _ = try await stage.engine.turn(at: Self.morning.adding(seconds: 10))
        #expect(stage.desktop.attempts.count == 1)
        stage.engine.configure(setup: stage.engine.setup, source: stage.source, channels: [stage.desktop])
        _ = try await stage.engine.turn(at: Self.morning.adding(seconds: 20))
        #expect(stage.desktop.attempts.count == 2)
    }

    @Test("A turn that changes nothing writes nothing")
    func idle() async throws {
        let stage = try Stage()
        _ = try await stage.engine.turn(at: Self.morning)
        let before = try stage.ledger.view(at: Self.morning).revision
        _ = try await stage.engine.turn(at: Self.morning.adding(seconds: 1))
        #expect(try stage.ledger.view(at: Self.morning).revision == before)
    }

    @Test("A clock that jumps back a day sends nothing again")
    func jumpsBack() async throws {
        let stage = try Stage()
        _ = try await stage.engine.turn(at: Self.morning)
        try await stage.turns(from: Stage.at(day: "2026-01-26", hour: 9), until: Stage.at(day: "2026-01-28", hour: 0))
        #expect(stage.desktop.attempts.count == 1)
    }
}
