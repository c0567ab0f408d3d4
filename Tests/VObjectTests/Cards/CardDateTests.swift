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
        // A time is left out, whatever its zone; the day is the one that was typed in.
        Example(":1985-04-12T23:10:00+02:00", 1_985, 4, 12), Example(":19850412T231000-0800", 1_985, 4, 12),
        Example(";TYPE=date-time:1985-04-12t00:00:00z", 1_985, 4, 12), Example(":--0412T10-0800", nil, 4, 12),
        Example(":1985-4-2", 1_985, 4, 2), Example(":1985-04-2", 1_985, 4, 2),
        Example(":0001-12-24", nil, 12, 24), Example(":19000412", nil, 4, 12), Example(":1901-04-12", 1_901, 4, 12),
        Example(":1970-01-01", 1_970, 1, 1), Example(":16040229", nil, 2, 29), Example(":1600-02-29", 1_600, 2, 29),
        Example(";CALSCALE=gregorian:19850412", 1_985, 4, 12),
        Example(";CALSCALE=GREGORIAN;VALUE=date:19850412", 1_985, 4, 12),
        Example(none: ";CALSCALE=hebrew:57450412"), Example(none: ";CALSCALE=x-julian:19850412"),
        Example(none: ":1985--04"), Example(none: ":1985-0412"), Example(none: ":198504-12"),
        Example(none: ":1-9850412"), Example(none: ":-0412"), Example(none: ":---0412"), Example(none: ":--4-12"),
        Example(none: ":--04-1"), Example(none: ":T102200"), Example(none: ":1985-04-012"), Example(none: ":1985-13-1"),
        Example(none: ":--"), Example(none: ":19000229"), Example(none: ":1985-04-"),
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
