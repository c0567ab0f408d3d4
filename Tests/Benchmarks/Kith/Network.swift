import CivilTime
import KithCore
import KithEngine

/// A made-up network, the same for every run: people who are all kept, and a diary of eleven years with them.
struct Network {
    static let me = Participant(email: "ada@example.com", answer: .accepted)

    let contacts: [Contact]
    /// Each a meeting by itself, or a weekly series of a year.
    var events: [[Meeting]]
    let zone: Zone

    /// - Parameter meetings: How many occurrences the diary has; about a tenth of them are of a series.
    init(people: Int, meetings: Int, today: CivilDate, zone: Zone) {
        self.zone = zone
        var random = SplitMix64(seed: 5)
        contacts = (0..<people).map { Self.contact($0) }
        events = []
        var count = 0
        while count < meetings {
            let isSeries = events.count % 500 == 0
            // Ten years back and one ahead, in work hours.
            let day = today.adding(days: Int.random(in: -3_650..<400, using: &random))
            let start = zone.start(of: day).adding(minutes: Int64.random(in: 32..<68, using: &random) * 15)
            let others = [1, 1, 1, 1, 2, 3, 3, 6, 12].randomElement(using: &random) ?? 1
            let guests = (0..<others).map { _ in Int.random(in: 0..<people, using: &random) }
            let length = isSeries ? min(52, meetings - count) : 1
            events.append(
                (0..<length).map { week in
                    Self.meeting(
                        events.count,
                        on: day.adding(days: 7 * week),
                        at: start.adding(seconds: Int64(week) * 7 * 86_400),
                        with: guests,
                        isSeries: isSeries
                    )
                }
            )
            count += length
        }
    }

    private static func contact(_ number: Int) -> Contact {
        let (given, family) = ("Given\(number % 700)", "Family\(number / 7)")
        return Contact(
            id: ContactID("person-\(number)"),
            name: "\(given) \(family)",
            givenName: given,
            emails: ["\(number)@example.org"],
            categories: ["network"],
            birthday: number % 2 == 0 ? AnnualDate(month: 1 + number % 12, day: 1 + number % 28) : nil,
            place: Place(file: "\(number).vcf", line: 1)
        )
    }

    private static func meeting(
        _ number: Int,
        on day: CivilDate,
        at start: Instant,
        with guests: [Int],
        isSeries: Bool
    ) -> Meeting {
        Meeting(
            uid: "event-\(number)",
            recurrenceID: isSeries ? "\(day)" : nil,
            start: start,
            end: start.adding(minutes: 45),
            firstDay: day,
            endDay: day.adding(days: 1),
            summary: "Talk \(number)",
            organizer: me,
            attendees: [me] + guests.map { Participant(email: "\($0)@example.org", name: "Guest \($0)") },
            isSeries: isSeries,
            place: Place(file: "\(number).ics", line: 2)
        )
    }

    var setup: Setup {
        let circle = Circle(
            name: "network",
            networks: [.strategic],
            cadence: Cadence(every: 42),
            match: Match([.category: ["network"]]),
            place: Place(file: "config.yaml", line: 1)
        )
        let me = Me(name: "Ada Example", emails: [Self.me.email], domains: ["example.com"])
        return Setup(rules: Rules(me: me, circles: [circle]), policy: Policy(), zone: zone)
    }

    var source: NetworkSource {
        var contents = Contents(contacts: contacts, sources: [SourceReading(path: "/", kind: .calendar, items: 1)])
        contents.events = events
        return NetworkSource(contents)
    }
}

/// Contents held in memory, journal and all.
final class NetworkSource: WorldSource {
    var held: Contents
    let diagnostics: [Diagnostic] = []

    init(_ contents: Contents) {
        held = contents
    }

    func contents(at now: Instant) -> Contents { held }

    func write(_ entry: JournalEntry) {
        held.journal.removeAll { $0.uid == entry.uid }
        held.journal.append(entry)
    }
}
