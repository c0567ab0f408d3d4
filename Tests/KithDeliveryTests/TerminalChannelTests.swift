import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithDelivery

/// What the terminal channel prints, byte for byte.
@Suite("The terminal channel")
struct TerminalChannelTests {
    private func printed(_ deliveries: Delivery...) async throws -> [String] {
        let desk = try Desk()
        let channel = try TerminalChannel(reading: Written.nothing.setting, environment: desk.environment())
        #expect(await channel.profile() == ChannelProfile(name: .terminal, carriesNudges: true))
        for delivery in deliveries {
            #expect(await channel.send(delivery) == .sent(receipt: nil, wasSeen: true))
        }
        await channel.retract(receipt: "1")
        return await desk.printedLines()
    }

    @Test("A nudge is its time, its name and its text")
    func nudge() async throws {
        let zone = Zone(name: "Test/Zone", rules: .fixed(seconds: 3_600))
        #expect(
            try await printed(.sample(zone: zone), .sample(title: "Jonas", body: "Been a while.")) == [
                """
                Tue 27 Jan 14:10  Ana Ruiz
                  7 weeks since "Coffee w/ Ana". Free until 14:30; send a line?

                """,
                """
                Tue 27 Jan 13:10  Jonas
                  Been a while.

                """,
            ]
        )
    }

    @Test("A digest keeps its columns and its empty lines")
    func digest() async throws {
        let body = "Tue 14:10  Ana Ruiz     7 weeks\nWed        Mira Okafor  birthday\n\nAnswer at your desk: kith"
        #expect(
            try await printed(.sample(title: "This week", body: body, about: [])) == [
                """
                Tue 27 Jan 13:10  This week
                  Tue 14:10  Ana Ruiz     7 weeks
                  Wed        Mira Okafor  birthday

                  Answer at your desk: kith

                """
            ]
        )
    }

    @Test("What would move a cursor or turn a line does not reach the terminal", arguments: Delivery.hostileTexts)
    func hostile(text: String) async throws {
        let lines = try await printed(.sample(title: text, body: text))
        #expect(lines.count == 1)
        for scalar in lines.joined().unicodeScalars {
            let isHarmless = scalar == "\n" || scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
            #expect(isHarmless && !(0x202a...0x202e).contains(scalar.value), "\(scalar.value)")
        }
    }
}
