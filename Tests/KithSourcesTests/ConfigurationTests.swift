import CivilTime
import KithCore
import KithEngine
import KithTesting
import Testing

@testable import KithSources

@Suite("The configuration")
struct ConfigurationTests {
    @Test("A file with me, calendars and contacts is enough")
    func least() throws {
        let read = try Files().configure()
        #expect(read.rules.me == Me(name: "", emails: ["ada@example.com"], domains: ["example.com"]))
        #expect(read.rules.circles.isEmpty && read.rules.people.isEmpty && read.rules.priorities.isEmpty)
        #expect(read.policy == Policy(chaos: 0.2, seed: "ada@example.com", channels: []))
        #expect(read.daysOff.isEmpty && read.timeZone == nil && read.channels.isEmpty)
        #expect(read.fileLimit == 512_000_000)
    }

    @Test("Every key is read")
    func whole() throws {
        let read = try Files().configure(
            """
            time_zone: Europe/Berlin
            circles:
              - name: sponsors
                network: [strategic, personal]
                every: 6 weeks
                at_worst: 9 weeks
                match: {category: strategic, domain: ["*.example", example.org]}
              - {name: rest, match: {name: "*"}}
            people:
              - {uid: u1, email: Ana@Example.org, name: Ana, network: personal, every: 2m, at_worst: 1 year,
                 since: 2026-01-27, paused_until: 2026-03-01, dropped: true, interests: [pricing, "no"],
                 role_model: true, not_evidence: [x, y]}
            priorities:
              - {title: Pricing 2027, by: 2027-03-31, stakeholders: {category: pricing}}
            hours: {work: "Mon-Fri 09:00-12:00, Mon 13:00-17:30", personal: "", quiet: "22:30-6:00"}
            days_off: [2026-05-04/2026-05-08, 2026-06-01]
            budget: {per_day: 1, per_week: 0}
            chaos: 0.5
            limits: {file: 2 GB}
            privacy: initials
            channels: [{desktop: {}}, {terminal: {}}]
            """
        )
        let circle = try #require(read.rules.circles.first)
        #expect(circle.name == "sponsors" && circle.networks == [.strategic, .personal])
        #expect(circle.cadence == Cadence(every: 42, atWorst: 63))
        #expect(circle.match == Match([.category: ["strategic"], .domain: ["*.example", "example.org"]]))
        #expect(circle.place.line == 6 && circle.place.column == 5)
        #expect(read.rules.circles[1].networks == [.strategic] && read.rules.circles[1].cadence == nil)
        let person = try #require(read.rules.people.first)
        #expect(person.uid == "u1" && person.email == "ana@example.org" && person.name == "Ana")
        #expect(person.networks == [.personal] && person.every == 60 && person.atWorst == 365)
        #expect(person.since == CivilDate("2026-01-27") && person.pausedUntil == CivilDate("2026-03-01"))
        #expect(person.isDropped && person.isRoleModel && person.isConfiguration)
        #expect(person.interests == ["pricing", "no"] && person.notEvidence == ["x", "y"])
        #expect(read.rules.priorities.map(\.title) == ["Pricing 2027"])
        #expect(read.policy.work[.monday].map(\.start) == [540, 780] && read.policy.work[.friday].map(\.end) == [720])
        #expect(read.policy.work[.saturday].isEmpty && read.policy.personal[.sunday].isEmpty)
        #expect(read.policy.quiet == QuietHours(start: 1_350, end: 360))
        #expect(read.policy.perDay == 1 && read.policy.perWeek == 0 && read.policy.privacy == .initials)
        #expect(read.policy.chaos == 0.5)
        #expect(read.daysOff.map(\.upperBound) == [CivilDate("2026-05-08"), CivilDate("2026-06-01")])
        #expect(read.fileLimit == 2_000_000_000 && read.channels.count == 2)
        #expect(try read.timeZone?.text("time_zone") == "Europe/Berlin")
    }

    @Test(
        "A value may be written in several ways",
        arguments: [
            "every: 6 weeks", "every: 6w", "every: P6W", "every: 42 days", "every: 42d", "every: \"6 weeks\"",
            "every: 6weeks", "every: 6 WEEKS",
        ]
    )
    func spans(text: String) throws {
        #expect(try Files().configure("people: [{name: a, \(text)}]").rules.people.map(\.every) == [42])
    }

    @Test(
        "A size has a decimal unit or none",
        arguments: [
            ("4096", 4_096), ("1", 1), ("7b", 7), ("3kB", 3_000), ("512MB", 512_000_000), ("1 gb", 1_000_000_000),
        ]
    )
    func sizes(text: String, bytes: Int) throws {
        #expect(try Files().configure("limits: {file: \(text)}").fileLimit == bytes)
    }

    @Test("The domains of public providers are nobody's organisation, unless they are written")
    func domains() throws {
        let files = try Files()
        func domains(_ me: String) throws -> Set<String> {
            try files.folder.write("me: {\(me)}\ncalendars: []\ncontacts: []\n", to: ".config/kith/config.yaml")
            return try ConfigurationFiles.load(paths: files.paths).rules.me.domains
        }
        #expect(try domains("emails: [a@gmail.com, A@Example.COM]") == ["example.com"])
        #expect(try domains("emails: a@gmx.de") == [])
        #expect(try domains("emails: a@gmx.de, domains: [GMX.de]") == ["gmx.de"])
        #expect(try domains("emails: a@example.com, domains: []") == [])
    }

    @Test("Roles and paths of calendars are read, ~ and variables expanded")
    func calendars() throws {
        let files = try Files()
        let configuration = try files.configure(
            calendars: "[{path: ~/a}, {path: $DATA/b, role: holidays}, {path: rel/c.ics, role: ignore}]",
            contacts: "[{path: '${DATA}/k'}]"
        )
        let all = try SourceSetting.all(of: configuration, paths: files.paths)
        let home = files.path
        let expected = [home + "/a", home + "/data/b", home + "/.config/kith/rel/c.ics", home + "/data/k"]
        #expect(all.map(\.path) == expected)
        #expect(all.map(\.role) == [.work, .holidays, .ignore, .ignore])
        #expect(all.map(\.kind) == [.calendar, .calendar, .calendar, .contacts])
    }
}
