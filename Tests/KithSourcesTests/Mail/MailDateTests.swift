import CivilTime
import KithTesting
import Testing

@testable import KithSources

@Suite("Dates of a head")
struct MailDateTests {
    static let written: [Reading] = [
        Reading("Tue, 27 Jan 2026 14:10:00 +0100", "2026-01-27T13:10:00Z"),
        Reading("Tue, 27 Jan 2026 14:10:00 +0100 (CET)", "2026-01-27T13:10:00Z"),
        Reading("27 Jan 2026 14:10 -0000", "2026-01-27T14:10:00Z"),
        Reading("  Tue,27 Jan 2026\t14:10:00 -0530", "2026-01-27T19:40:00Z"),
        Reading("1 Feb 26 00:30 EST", "2026-02-01T05:30:00Z"),
        Reading("1 Feb 99 00:30:59 gmt", "1999-02-01T00:30:59Z"),
        Reading("1 Feb 126 00:30:00 UT", "2026-02-01T00:30:00Z"),
        Reading("Tue Jan 27 14:10:00 2026", "2026-01-27T14:10:00Z"),
        Reading("(Tue) 27 (the) Jan 2026 (at) 14:10:60 Z", "2026-01-27T14:10:59Z"),
        Reading("27 January 2026 14:10:00 PDT", "2026-01-27T21:10:00Z"),
        Reading("27 Jan 2026 14:10:00 Q", "2026-01-27T14:10:00Z"),
        Reading("27 Jan 2026 14:10:00 +9900", "2026-01-27T14:10:00Z"),
        Reading("27 Jan 2026 14:10:00 +01", "2026-01-27T14:10:00Z"),
        Reading("29 Feb 2028 23:59:59 -0100", "2028-03-01T00:59:59Z"),
        Reading("29 Feb 2026 12:00:00 Z", ""),
        Reading("30 Feb 2026 12:00:00 Z", ""),
        Reading("27 Jan 2026 25:00:00 Z", ""),
        Reading("27 Jan 2026 12:61 Z", ""),
        Reading("27 Jan 2026", ""),
        Reading("27 2026 12:00:00 Z", ""),
        Reading("Jan 2026 12:00:00 Z", ""),
        Reading("31 Dec 1969 23:59:59 Z", ""),
        Reading("1 Jan 9999 00:00:00 Z", ""),
        Reading("1 Jan 99999999999999999 00:00:00 Z", ""),
        Reading("1 Jan 999999999999999999999 00:00:00 Z", ""),
        Reading("yesterday", ""),
        Reading("", ""),
    ]

    @Test("New and old forms, and what says no instant", arguments: written)
    func dates(_ reading: Reading) {
        #expect(mailDate(Array(reading.given.utf8)).map { "\($0)" } ?? "" == reading.result)
    }
}
