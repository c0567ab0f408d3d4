import CivilTime
import Testing

@testable import VObject

/// Files as the programs people use write them: what a person who looks at the calendar there would expect to see.
@Suite("Files of other programs")
struct ProgramTests {
    /// A calendar, a stretch of days in Berlin, and every occurrence in it.
    struct Expected: CustomTestStringConvertible {
        let name: String
        let from: String
        let until: String
        let occurrences: [String]

        var testDescription: String { "\(name) \(from) \(until)" }

        init(_ name: String, _ from: String, _ until: String, _ occurrences: [String]) {
            (self.name, self.from, self.until, self.occurrences) = (name, from, until, occurrences)
        }
    }

    static let calendars = [
        // A series that was changed "from here on" goes on under another UID.
        Expected(
            "google",
            "2025-12-25",
            "2026-02-01",
            [
                "2025-12-29T08:30:00Z 2025-12-29T09:00:00Z Bo / Ada weekly",
                "2026-01-05T10:00:00Z 2026-01-05T10:30:00Z Bo / Ada weekly",
                "2026-01-13T14:00:00Z 2026-01-13T14:30:00Z Bo / Ada weekly (moved)",
                "2026-01-14 2026-01-17 Trip to Lisbon",
                "2026-01-20T13:00:00Z 2026-01-20T14:00:00Z Pricing: first cut",
                "2026-01-26T10:00:00Z 2026-01-26T10:30:00Z Bo / Ada weekly",
            ]
        ),
        // Zones by their Windows names, one of the user's own making, and New York a day after its clocks changed.
        Expected(
            "outlook",
            "2026-01-01",
            "2026-03-15",
            [
                "2026-01-05T13:30:00Z 2026-01-05T14:30:00Z Steering",
                "2026-01-12 2026-01-14 Out of office",
                "2026-01-15T11:00:00Z 2026-01-15T12:00:00Z Lunch",
                "2026-01-16T09:00:00Z 2026-01-16T10:00:00Z Abgesagt: Planung (CANCELLED)",
                "2026-02-02T14:00:00Z 2026-02-02T14:30:00Z Steering (short)",
                "2026-03-09T13:00:00Z 2026-03-09T13:30:00Z Call New York",
            ]
        ),
        Expected(
            "apple",
            "2026-01-01",
            "2026-02-12",
            [
                "2026-01-06T16:00:00Z 2026-01-06T17:00:00Z Chor",
                "2026-01-09T18:00:00Z 2026-01-09T21:00:00Z Abendessen mit Ana 🍝",
                "2026-01-12 2026-01-13 Mamas Geburtstag",
                "2026-01-18T10:30:00Z 2026-01-18T12:00:00Z Videoanruf, Jürgen ; Zoë",
                "2026-01-27T17:00:00Z 2026-01-27T19:00:00Z Chor: Probe",
                "2026-02-03T16:00:00Z 2026-02-03T17:00:00Z Chor",
            ]
        ),
        // A birthday on 29 February is in no year without one (RFC 5545 §3.3.10).
        Expected(
            "nextcloud",
            "2026-01-01",
            "2026-03-02",
            [
                "2026-01-07T17:30:00Z 2026-01-07T19:00:00Z Lesekreis",
                "2026-01-15T19:00:00Z 2026-01-15T20:30:00Z Konzert",
                "2026-01-19 2026-01-24 Urlaub",
                "2026-02-04T17:30:00Z 2026-02-04T19:00:00Z Lesekreis",
            ]
        ),
        Expected("nextcloud", "2028-02-29", "2028-03-01", ["2028-02-29 2028-03-01 🎂 Zoë (*2016)"]),
        Expected(
            "evolution",
            "2026-01-01",
            "2026-04-01",
            [
                "2026-01-05T08:00:00Z 2026-01-05T08:30:00Z Stand-up",
                "2026-01-06T08:00:00Z 2026-01-06T08:30:00Z Stand-up",
                "2026-01-07T08:00:00Z 2026-01-07T08:30:00Z Stand-up (CANCELLED)",
                "2026-01-08T08:00:00Z 2026-01-08T08:30:00Z Stand-up",
                "2026-01-09T08:00:00Z 2026-01-09T08:30:00Z Stand-up",
                "2026-01-10 2026-01-11 Umzug",
                "2026-01-31T17:00:00Z 2026-01-31T18:00:00Z Miete",
                "2026-02-15T17:00:00Z 2026-02-15T18:00:00Z Miete",
                "2026-02-28T17:00:00Z 2026-02-28T18:00:00Z Miete",
                "2026-03-31T16:00:00Z 2026-03-31T17:00:00Z Miete",
            ]
        ),
        // An EXDATE in UTC takes out what is told in a zone.
        Expected(
            "thunderbird",
            "2026-01-01",
            "2026-01-16",
            [
                "2026-01-06T07:00:00Z 2026-01-06T08:00:00Z Sport",
                "2026-01-13T07:30:00Z 2026-01-13T08:30:00Z Sport (Halle 2)",
                "2026-01-15T07:00:00Z 2026-01-15T08:00:00Z Sport",
            ]
        ),
        Expected("thunderbird", "2026-04-01", "2026-04-02", ["2026-04-01T08:15:00Z 2026-04-01T08:45:00Z Arzt"]),
        Expected(
            "khal",
            "2026-01-01",
            "2026-02-28",
            [
                "2026-01-06 2026-01-07 Müll",
                "2026-01-12T07:30:00Z 2026-01-12T08:15:00Z Zahnarzt",
                "2026-01-17T09:00:00 2026-01-17T11:00:00 Frühstück",
                "2026-01-23 2026-01-26 Besuch",
                "2026-02-03 2026-02-04 Müll",
            ]
        ),
    ]

    private func calendar(_ name: String) throws -> CalendarFile {
        CalendarFile(try Fixture.bytes("calendars/\(name).ics"))
    }

    @Test("A calendar shows what its program shows, without a remark", arguments: calendars)
    func occurrences(_ expected: Expected) throws {
        let file = try calendar(expected.name)
        let berlin = try TestZones.required("Europe/Berlin")
        let found = try file.occurrences(in: window(expected.from, expected.until, in: berlin), floating: berlin)
        let lines = found.map { occurrence in
            "\(occurrence.startTime.text) \(occurrence.endTime.text) \(occurrence.event.summary)"
                + (occurrence.event.status == "CANCELLED" ? " (CANCELLED)" : "")
        }
        #expect(lines == expected.occurrences && file.findings == [])
    }

    @Test("Every calendar that lies there is looked at")
    func complete() throws {
        let names = try Fixture.names().filter { $0.hasPrefix("calendars/") || $0.hasPrefix("cards/") }
        let tested = Set(Self.calendars.map { "calendars/\($0.name).ics" } + Self.cards.map { "cards/\($0.name).vcf" })
        #expect(Set(names) == tested && names.count == 13)
    }

    @Test("Who is invited, whether it is busy, and what else decides")
    func details() throws {
        let google = try calendar("google").events
        #expect(google.last?.attendees.map(\.kind) == ["RESOURCE", "INDIVIDUAL"])
        #expect(google.last?.attendees.map(\.participation) == ["ACCEPTED", "DECLINED"])
        #expect(
            google.last?.attendees.first?.name == "HQ-2-Blue (8) [Video]" && google.last?.classification == "PRIVATE"
        )
        let outlook = try calendar("outlook").events
        #expect(outlook.first?.attendees.map(\.email) == ["bo@partner.example", "room4@example.com"])
        #expect(outlook.first?.attendees.map(\.name) == ["Lind, Bo", "Room 4"])
        #expect(outlook.map(\.busyStatus) == ["TENTATIVE", "BUSY", "BUSY", "OOF", "FREE", "FREE"])
        let apple = try calendar("apple").events
        // The address is the path of a principal on the server; the parameter has the one that people know.
        #expect(apple.first?.attendees.map(\.email) == ["ana@home.example", "ada@example.com"])
        #expect(apple.map { $0.alarms.map(\.action) } == [["DISPLAY", "DISPLAY"], ["NONE"], [], [], []])
        #expect(outlook.first?.alarms.map(\.trigger) == [.start(days: 0, seconds: -900)])
        #expect(apple.first?.location == "Trattoria Sole\nBergmannstraße 12, 10961 Berlin, Deutschland")
        #expect(try calendar("evolution").events[2].classification == "CONFIDENTIAL")
    }

    @Test("Tasks stand beside events")
    func todos() throws {
        let tasks = try (calendar("nextcloud").todos + calendar("thunderbird").todos).map { todo in
            "\(todo.due?.text ?? "-") \(todo.summary) \(todo.status.rawValue) \(todo.percent ?? -1)"
        }
        #expect(
            tasks == [
                "2026-01-07T17:30:00Z Bo das Buch zurückgeben NEEDS-ACTION 0",
                "2026-01-06T11:00:00Z Ana anrufen COMPLETED 100",
            ]
        )
    }

    /// A file of cards, each card as a line, and what is told of the file.
    struct Cards: CustomTestStringConvertible {
        let name: String
        let lines: [String]
        let told: [String]

        var testDescription: String { name }

        init(_ name: String, _ lines: [String], told: [String] = []) {
            (self.name, self.lines, self.told) = (name, lines, told)
        }
    }

    static let cards = [
        Cards(
            "apple",
            [
                "individual Dr. Ana María Ruiz, ana@meridian.example ana@home.example, +34 600 000 000, born --4-12, "
                    + "wed 2010-6-5, Meridian, Freunde+Chor+Chorgruppe, spouse Luis Ruiz, patentante Marta",
                "org Meridian, +34 900 000 000, Meridian",
                "individual Zoë Müller, zoe@example.org, born --2-29, Chorgruppe",
                "group Chorgruppe",
            ]
        ),
        Cards(
            "google",
            [
                "individual Chidi Okoye, chidi@example.net chidi.okoye@work.example, +234 1 000 0000, wed 2001-9-8, "
                    + "Okoye & Sons, myContacts+starred, sister Ngozi Okoye",
                "individual Di, 0170 1234567, born --7-4, myContacts",
                "individual newsletter@shop.example, newsletter@shop.example, Other",
            ],
            told: ["no-uid 1", "bad-date 11", "no-uid 22", "no-name 30", "no-uid 30"]
        ),
        Cards(
            "nextcloud",
            [
                "individual Bo Lind, bo@home.example bo@partner.example, +46-70-000-0000, born 1979-1-31, wed --6-5, "
                    + "Partner AB, Kunden+Buchclub, spouse Eva Lind, manager Chidi Okoye, "
                    + "friend 7f2f6f3a-0000-4000-8000-000000000002",
                "individual Eva Lind, eva@home.example, Buchclub, dead", "group Buchclub",
            ],
            told: ["bad-date 39"]
        ),
        Cards(
            "evolution",
            [
                "individual Jürgen Groß, juergen@uni.example groß@home.example, +49 170 000000, born 1956-12-1, "
                    + "wed 1999-9-9, Universität, Wissenschaft+Geschäftlich+Vereinsliste, spouse Heidi Groß, "
                    + "manager Dekan, assistant Frau Weiß",
                "group Vereinsliste, jürgen groß <juergen@uni.example>",
            ]
        ),
        Cards(
            "outlook",
            [
                "individual Frau Käthe Groß, kaethe@baeckerei.example kaethe@privat.example, 0170 654321 (030) 123-456, "
                    + "born 1960-6-15, wed 1985-7-20, Bäckerei Groß, spouse Jörg Groß, manager Niemand, assistant Petra",
                "individual Fred Friday, fred@x.example, agent Mia Monday",
            ],
            told: ["no-uid 1", "no-uid 30"]
        ),
        Cards(
            "khard",
            [
                "individual Eszter Nagy, eszter@iroda.example eszti@otthon.example, +36-30-000-0000, wed 2015-5-30, "
                    + "Iroda Kft., kollégák+sakk", "org Nagy Kft., Nagy Kft.",
                "individual Tom, born --2-29, wed 2012-12-12, sakk+futás",
            ],
            told: ["bad-date 13"]
        ),
    ]

    private static func line(_ card: Card) -> String {
        func day(_ word: String, _ date: PartialDate?) -> String {
            date.map { "\(word) \($0.year.map { "\($0)" } ?? "-")-\($0.month)-\($0.day)" } ?? ""
        }
        let relations = card.relations.map { relation -> String in
            switch relation.person {
            case .name(let text), .uid(let text), .email(let text), .uri(let text): "\(relation.kind) \(text)"
            }
        }
        let head = [
            "\(card.kind) \(card.name ?? "-")", card.emails.joined(separator: " "), card.phones.joined(separator: " "),
            day("born", card.birthday), day("wed", card.anniversary), card.organization ?? "",
            card.categories.joined(separator: "+"), card.isDeceased ? "dead" : "",
        ]
        return (head + relations).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    @Test("Cards say what their program shows", arguments: cards)
    func people(_ expected: Cards) throws {
        let file = CardFile(parsing: try Fixture.bytes("cards/\(expected.name).vcf"))
        let groups = CardGroups(file.cards)
        #expect(file.cards.map { Self.line(groups.joined(to: $0)) } == expected.lines)
        #expect(file.findings.map { "\($0.code) \($0.line)" } == expected.told)
    }
}
