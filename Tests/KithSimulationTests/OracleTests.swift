import CivilTime
import KithCore
import Testing

@testable import KithTesting

/// That the simulation's own account of what ought to be says what the rules say.
@Suite("Oracle")
struct OracleTests {
    static func person(_ number: Int, _ name: String, every: Int = 42) -> Script.Person {
        Script.Person(
            uid: "p\(number)",
            name: name,
            email: "p\(number)@example.org",
            network: .strategic,
            every: every,
            atWorst: every + every / 2,
            birthday: nil,
            isOfCircle: false
        )
    }

    /// What is known on Tuesday, 27 January 2026, at eleven.
    static func oracle(
        _ people: [Script.Person],
        _ meetings: [Meeting] = [],
        journal: [JournalEntry] = []
    ) -> Oracle {
        Oracle(
            zone: Berlin.zone,
            now: Berlin.at("2026-01-27 11:00"),
            people: people,
            meetings: meetings,
            journal: journal
        )
    }

    /// A title, who of Ana Ruiz (0), Ben Okoro (1), Ana Lindt (2) and May Meyer (3) is meant, and how many people that makes.
    static let titles: [(String, Set<Int>, Int)] = [
        ("Coffee w/ Ben", [1], 1), ("Coffee w/ Ana", [], 1), ("Ana <> Ben", [1], 2), ("1:1 Ana Ruiz", [0], 1),
        ("Ben / Ada", [1], 1), ("Ada", [], 0), ("Benson", [], 0), ("Ben's slides", [1], 1), ("lunch ben", [1], 1),
        ("Lunch ben", [], 0), ("Lunch with ben", [1], 1), ("Budget for May", [], 0), ("Lunch w/ May", [3], 1),
        ("may <> Ben", [1], 1), ("May & Ben", [1, 3], 2), ("Ana, Ana Lindt and May", [2, 3], 3),
    ]

    @Test("A title means whom it names", arguments: titles.indices)
    func readsTitles(_ index: Int) {
        let (title, people, size) = Self.titles[index]
        let names = ["Ana Ruiz", "Ben Okoro", "Ana Lindt", "May Meyer"]
        let reading = TitleReading(names.enumerated().map { Self.person($0, $1) })
        #expect(reading.company(title) == TitleReading.Company(people: people, size: size), "\(title)")
    }
}
