import CivilTime
import KithTesting
import Testing

@testable import VObject

/// The files of other programs with bytes and lines changed at random: whatever is asked of them, it ends.
@Suite("Damaged files of other programs")
struct ProgramMutationTests {
    /// Lines that belong to tasks, alarms, free-busy times and relations, some beyond all measure.
    static let lines = [
        "BEGIN:VTODO", "END:VTODO", "BEGIN:VALARM", "END:VALARM", "BEGIN:VFREEBUSY", "END:VFREEBUSY",
        "TRIGGER:-P999999999W", "REPEAT:999999999999999999", "DUE:99991231T235959Z", "DURATION:P999999999W",
        "FREEBUSY:00010101T000000Z/P999999999W,99991231T235959Z/PT1S", "PERCENT-COMPLETE:-9223372036854775808",
        "COMPLETED:x", "RELATED;TYPE=:urn:uuid:", "MEMBER:urn:uuid:", "KIND:group", "X-EVOLUTION-LIST:TRUE",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;x;-9223372036854775808", "BDAY:--", "N:,;,;;", "PREF:",
        "EMAIL;PREF=-9223372036854775808;X-EVOLUTION-DEST-CONTACT-UID=:<", "X-ABLABEL:_$!<>!$_",
        "AGENT:BEGIN:VCARD\\nFN:",
    ]

    private static func damaged(_ name: String, _ random: inout Seeded) throws -> [UInt8] {
        var bytes = try Fixture.bytes(name)
        for _ in 0..<random.below(4) {
            let starts = bytes.indices.filter { bytes[$0] == 0x0a }
            guard !starts.isEmpty else { break }
            let line = Array(lines[random.below(lines.count)].utf8) + [0x0d, 0x0a]
            bytes.insert(contentsOf: line, at: starts[random.below(starts.count)] + 1)
        }
        MutationTests.damage(&bytes, in: 0..<bytes.count, &random)
        return bytes
    }

    @Test("Of a calendar every event, task, alarm and time is read", .timeLimit(.minutes(3)), arguments: UInt64(0)..<60)
    func calendars(seed: UInt64) throws {
        var random = Seeded(seed &+ 90_000)
        let berlin = try TestZones.required("Europe/Berlin")
        let names = try Fixture.names().filter { $0.hasSuffix(".ics") }
        for _ in 0..<6 {
            let bytes = try Self.damaged(names[random.below(names.count)], &random)
            let file = CalendarFile(bytes)
            _ = try file.occurrences(in: window("2026-01-01", "2026-03-01"), floating: berlin)
            for todo in file.todos {
                let instants = todo.alarms.flatMap { $0.instants(start: todo.start, end: todo.due, floating: berlin) }
                #expect(instants.count <= todo.alarms.count * 100 && (0...100).contains(todo.percent ?? 0))
            }
            for event in file.events {
                let end = event.end(from: event.start, floating: berlin)
                for alarm in event.alarms {
                    #expect(!alarm.instants(start: event.start, end: end, floating: berlin).isEmpty)
                }
            }
            #expect(file.freeBusy.flatMap(\.periods).allSatisfy { $0.start.isBefore($0.end) })
            #expect(file.findings.count <= 101 && file.findings.allSatisfy { !$0.message.contains("\n") })
        }
    }

    @Test("Of cards every relation and member is read", .timeLimit(.minutes(3)), arguments: UInt64(0)..<60)
    func cards(seed: UInt64) throws {
        var random = Seeded(seed &+ 95_000)
        let names = try Fixture.names().filter { $0.hasSuffix(".vcf") }
        for _ in 0..<6 {
            let file = CardFile(parsing: try Self.damaged(names[random.below(names.count)], &random))
            let groups = CardGroups(file.cards)
            for card in file.cards {
                let joined = groups.joined(to: card)
                #expect(joined.categories.starts(with: card.categories))
                #expect(Set(joined.categories).count == joined.categories.count)
                #expect(
                    card.relations.allSatisfy { !$0.kind.isEmpty } && Set(card.relations).count == card.relations.count
                )
                #expect(
                    card.birthday.map { CivilDate(year: $0.year ?? 2_000, month: $0.month, day: $0.day) } != .some(nil)
                )
            }
            #expect(file.findings.allSatisfy { !$0.message.contains("\n") })
        }
    }
}
