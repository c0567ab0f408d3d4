import CivilTime
import KithTesting
import Testing

@testable import VObject

/// Good files with bytes and lines changed at random, as broken programs, disks and strangers change them.
@Suite("Damaged files")
struct MutationTests {
    /// Bytes that mean something to the formats, and some that mean nothing.
    static let telling = Array(":;,=\"\\^.\r\n \t-/PTZDWHMSBEGINVCARDx019".utf8) + [0, 0x7f, 0xc3, 0xff, 0xf0, 0xef]
    static let lines = [
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "BEGIN:VCARD",
        "END:VCARD", "BEGIN:X", "END:X", "AGENT:", "DTSTART:20260105T090000Z", "RRULE:FREQ=DAILY", "DURATION:P9999W",
        "RRULE:FREQ=YEARLY;BYMONTHDAY=-31;BYMONTH=2", "EXDATE:20260105", "RECURRENCE-ID:20260105T090000Z", " ", "x", "",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-9223372036854775808", "DTEND:00010101T000000Z", "BDAY:--0230", "SEQUENCE:-1",
    ]

    /// Changes bytes of a range; what lies outside it stays as it is.
    static func damage(_ bytes: inout [UInt8], in range: Range<Int>, _ random: inout Seeded) {
        var range = range
        for _ in 0...random.below(6) where !range.isEmpty {
            let place = Int.random(in: range, using: &random)
            let end = min(range.upperBound, place + random.below(random.oneIn(3) ? 200 : 4) + 1)
            let before = bytes.count
            switch random.below(6) {
            case 0: bytes[place] = telling[random.below(telling.count)]
            case 1: bytes[place] ^= 1 << random.below(8)
            case 2: bytes.insert(telling[random.below(telling.count)], at: place)
            case 3: bytes.removeSubrange(place..<end)
            case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default:
                // A whole line, where one begins.
                let start = bytes[..<place].lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
                let line = Array(lines[random.below(lines.count)].utf8) + [0x0d, 0x0a]
                if start >= range.lowerBound { bytes.insert(contentsOf: line, at: start) }
            }
            range = range.lowerBound..<(range.upperBound + bytes.count - before)
        }
    }

    /// What must not change of an event when others are damaged: all but its line.
    static func key(_ event: Event) -> String {
        let people = event.attendees.map { "\($0.email) \($0.name ?? "") \($0.participation)" }.joined(separator: ",")
        return [
            event.uid, event.recurrenceID?.text ?? "", event.start.text,
            event.end(from: event.start, floating: .utc).text,
            event.summary, event.location ?? "", event.description ?? "", event.status ?? "", "\(event.isSeries)",
            "\(event.recurrence?.excludedDates.count ?? 0)", people,
        ].joined(separator: "|")
    }

    @Test(
        "However a calendar is damaged, reading and expanding it ends, and in order",
        .timeLimit(.minutes(3)),
        arguments: UInt64(0)..<60
    )
    func anywhere(seed: UInt64) throws {
        var random = Seeded(seed)
        let original = try Fixture.bytes("week.ics")
        let zone = try TestZones.required("America/New_York")
        for _ in 0..<15 {
            var bytes = original
            Self.damage(&bytes, in: 0..<bytes.count, &random)
            let file = CalendarFile(bytes)
            #expect(file.events.count <= 40 && file.findings.count <= 101)
            let found = try file.occurrences(in: window("2026-01-01", "2026-03-01"), floating: zone)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.start <= $1.start })
            #expect(found.allSatisfy { $0.start <= $0.end })
            let last = file.findings.map(\.line).max() ?? 1
            #expect((1...(bytes.count + 1)).contains(last) && file.findings.allSatisfy { !$0.message.contains("\n") })
        }
    }

    @Test("Damage within one event leaves the others as they were", .timeLimit(.minutes(3)), arguments: UInt64(0)..<80)
    func oneEvent(seed: UInt64) throws {
        var random = Seeded(seed &+ 10_000)
        let original = try Fixture.bytes("week.ics")
        let whole = CalendarFile(original).events
        let begins = CutFileTests.ends(of: "BEGIN:VEVENT", in: original).map { $0 - "BEGIN:VEVENT".utf8.count }
        let ends = CutFileTests.ends(of: "END:VEVENT", in: original)
        try #require(begins.count == whole.count && ends.count == whole.count)
        for _ in 0..<15 {
            let victim = random.below(whole.count)
            var bytes = original
            // Not its first byte, which ends the line before it as a line, nor its last line's end.
            Self.damage(&bytes, in: (begins[victim] + 1)..<ends[victim], &random)
            let text = String(decoding: bytes, as: UTF8.self)
            // Where the damage itself closed or opened a calendar, more than the event was damaged.
            guard text.components(of: "VCALENDAR") == 2, text.components(of: "VCARD") == 0 else { continue }
            let read = Set(CalendarFile(bytes).events.map(Self.key))
            for (index, event) in whole.enumerated() where index != victim {
                #expect(read.contains(Self.key(event)), "\(event.uid) of:\n\(text)")
            }
        }
    }

    @Test(
        "However cards are damaged, reading them ends; the first is read if the damage is behind it",
        .timeLimit(.minutes(3)),
        arguments: UInt64(0)..<60
    )
    func cards(seed: UInt64) throws {
        var random = Seeded(seed &+ 20_000)
        let original = try Fixture.bytes("people.vcf")
        let whole = CardFile(parsing: original).cards
        let second = try #require(CutFileTests.ends(of: "END:VCARD\r\n", in: original).first)
        for _ in 0..<15 {
            var bytes = original
            Self.damage(&bytes, in: 0..<bytes.count, &random)
            #expect(CardFile(parsing: bytes).cards.count <= 20)
            bytes = original
            Self.damage(&bytes, in: (second + 1)..<bytes.count, &random)
            #expect(CardFile(parsing: bytes).cards.first == whole.first)
        }
    }

    @Test("Noise is no calendar and no card, and says so", arguments: UInt64(0)..<60)
    func noise(seed: UInt64) {
        var random = Seeded(seed &+ 30_000)
        let bytes = (0..<(1 + random.below(2_000))).map { _ in
            random.oneIn(2) ? Self.telling[random.below(Self.telling.count)] : UInt8.random(in: 0...255, using: &random)
        }
        let file = CalendarFile(bytes)
        #expect(file.events == [] && file.journals == [] && CardFile(parsing: bytes).cards == [])
        #expect(!file.findings.isEmpty)
    }
}

extension String {
    /// How often a word stands in it.
    fileprivate func components(of word: String) -> Int {
        CutFileTests.ends(of: word, in: Array(utf8)).count
    }
}
