import CivilTime
import KithTesting
import Testing

@Suite("Instants as text")
struct InstantTests {
    @Test("An instant is what it is written as", arguments: UInt64(0)..<20)
    func roundTrip(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<200 {
            // From the year 1 to the year 9999.
            let instant = Instant(seconds: .random(in: -62_135_596_800...253_402_300_799, using: &random))
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test(
        "Nothing else is one",
        arguments: [
            "", "2026-01-05", "2026-01-05T08:00:00", "2026-01-05 08:00:00Z", "2026-01-05T08:00:00z",
            "2026-01-05T08:00Z", "2026-01-05T24:00:00Z", "2026-01-05T08:60:00Z", "2026-01-05T08:00:60Z",
            "2026-02-29T08:00:00Z", "2026-01-05T08-00-00Z", "2026-01-05T+8:00:00Z", "2026-01-05T08:00:00Z ",
            "2026-01-05T08:00:00+00:00", "２026-01-05T08:00:00Z",
        ]
    )
    func rejected(text: String) {
        #expect(Instant(text) == nil)
    }
}
