import CivilTime
import KithCore
import KithEngine
import KithSources

/// The people `kith init` proposes: met one to one, then it went quiet.
struct Proposals {
    /// One of them.
    struct Person: Hashable {
        var contact: Contact
        /// Days since the last meeting of two.
        var silence: Int
    }

    let world: World
    let today: CivilDate
    private(set) var people: [Person] = []

    /// How many are proposed: what fits a screen and a person's patience.
    private static let limit = 12
    /// The silence from which it counts as quiet.
    private static let quiet = 42

    init(draft: Draft, contents: Contents, paths: KithPaths, now: Instant) throws {
        let emails = Set(draft.emails)
        let me = Me(name: draft.name ?? "", emails: emails, domains: [])
        let everybody = Circle(
            name: "",
            networks: [.strategic],
            cadence: nil,
            match: Match([.name: ["*"]]),
            place: Place(file: paths.configurationFile)
        )
        let zone = ZoneDatabase().system(environment: Surroundings.environment())
        let rules = Rules(me: me, circles: [everybody])
        world = World.make(contents: contents, rules: rules, daysOff: [], zone: zone, now: now)
        today = zone.date(now)
        var met: [(person: Person, count: Int)] = []
        for tie in world.ties {
            let meetings = (world.evidence[tie.id] ?? []).filter { $0.origin == .meeting && $0.weight == 100 }
            guard let last = meetings.map(\.date).max(), (world.bookings[tie.id] ?? []).isEmpty else { continue }
            let silence = today.days(since: last)
            guard silence >= Self.quiet else { continue }
            met.append((Person(contact: tie.contact, silence: silence), meetings.count))
        }
        met.sort {
            ($1.count, $0.person.silence, $0.person.contact.id.uid) < (
                $0.count, $1.person.silence, $1.person.contact.id.uid
            )
        }
        people = met.prefix(Self.limit).map(\.person).sorted { left, right in
            (left.silence, left.contact.id) < (right.silence, right.contact.id)
        }
    }

    /// The address that stands in most meetings: nobody is in as many as the owner of a calendar.
    static func ownAddress(_ contents: Contents) -> String? {
        var counts: [String: Int] = [:]
        for meeting in contents.meetings {
            let people = meeting.attendees + (meeting.organizer.map { [$0] } ?? [])
            for email in Set(people.filter(\.isPerson).map(\.email)) where !email.isEmpty {
                counts[email, default: 0] += 1
            }
        }
        return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    }
}
