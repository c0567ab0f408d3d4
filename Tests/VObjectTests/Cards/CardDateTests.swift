import Testing

@testable import VObject

@Suite("Days on cards")
struct CardDateTests {
    /// Parameters and value of a BDAY, and the day: year (0 where it is not known), month, day.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let date: PartialDate?

        init(_ line: String, _ year: Int?, _ month: Int, _ day: Int) {
            (testDescription, date) = (line, PartialDate(year: year, month: month, day: day))
        }

        init(none line: String) {
            (testDescription, date) = (line, nil)
        }
    }

    static let examples = [
        Example(":19850412", 1_985, 4, 12), Example(":1985-04-12", 1_985, 4, 12),
        Example(": 1985-04-12 ", 1_985, 4, 12),
        Example(":1985-04-12T23:10:00Z", 1_985, 4, 12), Example(":19850412T231000Z", 1_985, 4, 12),
        Example(":1985-04-12 00:00", 1_985, 4, 12), Example(";VALUE=date:19850412", 1_985, 4, 12),
        Example(";VALUE=date-and-or-time:1985-04-12", 1_985, 4, 12), Example(";VALUE=text:1985-04-12", 1_985, 4, 12),
        Example(":--0412", nil, 4, 12), Example(":--04-12", nil, 4, 12), Example(":--0412T100000", nil, 4, 12),
        Example(":--0229", nil, 2, 29), Example(":--02-29", nil, 2, 29),
        Example(":20000229", 2_000, 2, 29), Example(":1604-02-29", nil, 2, 29), Example(":16041224", nil, 12, 24),
        Example(";X-APPLE-OMIT-YEAR=1604:1604-12-24", nil, 12, 24),
        Example(";VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-12-24", nil, 12, 24),
        Example(";X-APPLE-OMIT-YEAR=1900:1900-12-24", nil, 12, 24),
        Example(";X-APPLE-OMIT-YEAR=1604:1985-12-24", 1_985, 12, 24),
        Example(";X-APPLE-OMIT-YEAR=x:1985-12-24", 1_985, 12, 24), Example(":0000-12-24", nil, 12, 24),
        Example(none: ":1985"), Example(none: ":1985-04"), Example(none: ":---12"), Example(none: ":--04"),
        Example(none: ":"), Example(none: ";VALUE=text:circa 1800"), Example(none: ";VALUE=text:spring"),
        Example(none: ":19850230"), Example(none: ":19010229"), Example(none: ":--0230"), Example(none: ":--1301"),
        Example(none: ":--0400"), Example(none: ":198504121"), Example(none: ":12.04.1985"),
        Example(none: ":12/04/1985"),
        Example(none: ":１９８５0412"), Example(none: ":\u{301}"), Example(none: ":T"), Example(none: ":----"),
    ]

    @Test("A birthday is a day, its year only where it is known; what is none is told", arguments: examples)
    func birthday(_ example: Example) throws {
        let file = CardFile(card: ["UID:1", "FN:Ana", "BDAY" + example.testDescription])
        let card = try #require(file.cards.first)
        #expect(card.birthday == example.date && card.anniversary == nil && card.name == "Ana")
        #expect(file.findings.map { "\($0.code) \($0.line)" } == (example.date == nil ? ["bad-date 4"] : []))
    }

    @Test(
        "An anniversary is read by each of its names, the standard's first",
        arguments: [
            (["ANNIVERSARY:20100605"], 2_010), (["X-ANNIVERSARY:2010-06-05"], 2_010),
            (["X-EVOLUTION-ANNIVERSARY:2010-06-05"], 2_010),
            (["X-ANNIVERSARY:19990605", "ANNIVERSARY:20100605"], 2_010),
            (["ANNIVERSARY:--0605"], nil), (["ANNIVERSARY;X-APPLE-OMIT-YEAR=1604:16040605"], nil),
        ] as [([String], Int?)]
    )
    func anniversary(lines: [String], year: Int?) throws {
        let file = CardFile(card: ["UID:1", "FN:Ana"] + lines)
        #expect(file.cards.first?.anniversary == PartialDate(year: year, month: 6, day: 5) && file.codes == [])
    }

    @Test("The message of a day that is none shows it short and clean")
    func message() {
        let file = CardFile(card: ["UID:1", "FN:Ana", "BDAY;VALUE=text:\u{1b}[1m" + String(repeating: "x", count: 90)])
        let message = "BDAY: \" [1m\(String(repeating: "x", count: 36))…\" is no day that can be kept"
        #expect(file.findings == [Finding(.note, code: "bad-date", message, line: 4)])
    }
}
