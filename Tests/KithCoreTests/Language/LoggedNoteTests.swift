import CivilTime
import KithCore
import KithTesting
import Testing

/// Notes and the promises in them, said on Tuesday 27 January 2026 at 14:10.
@Suite("Notes")
struct LoggedNoteTests {
    static let now = Berlin.at("2026-01-27 14:10")

    /// What is typed, and what is read.
    struct Example: CustomTestStringConvertible {
        let testDescription: String
        let note: String?
        let promise: JournalEntry.Promise?

        init(_ text: String, _ note: String?, _ promise: (String, String)? = nil) {
            (testDescription, self.note) = (text, note)
            self.promise = promise.map { JournalEntry.Promise($0.0, due: Berlin.day($0.1)) }
        }
    }

    static let examples = [
        Example("over lunch", "over lunch"),
        Example("  as typed; ", "  as typed; "),
        Example("", nil),
        Example("promise: deck by Friday", nil, ("deck", "2026-01-30")),
        Example("promise:deck by friday", nil, ("deck", "2026-01-30")),
        Example("Promise:  the  Q3 deck BY fri", nil, ("the Q3 deck", "2026-01-30")),
        Example("promise: deck", nil, ("deck", "2026-02-03")),
        Example("promise: deck by today", nil, ("deck", "2026-01-27")),
        Example("promise: deck by tomorrow", nil, ("deck", "2026-01-28")),
        Example("promise: deck by tuesday", nil, ("deck", "2026-02-03")),
        Example("promise: deck by next week", nil, ("deck", "2026-02-02")),
        Example("promise: deck by 3w", nil, ("deck", "2026-02-17")),
        Example("promise: deck by in 2 weeks", nil, ("deck", "2026-02-10")),
        Example("promise: deck by 2026-03-01", nil, ("deck", "2026-03-01")),
        Example("promise: deck by 2026-03-01 09:00", nil, ("deck", "2026-03-01")),
        Example("promise: deck by 12h", nil, ("deck", "2026-01-28")),
        Example("promise: go by train by friday", nil, ("go by train", "2026-01-30")),
        Example("over lunch; promise: deck by friday", "over lunch", ("deck", "2026-01-30")),
        Example("two\nlines,\npromise: deck", "two\nlines", ("deck", "2026-02-03")),
        Example("a compromise: none", "a compromise: none"),
        Example("no-promise: none", "no-promise: none"),
        Example("promise deck", "promise deck"),
        Example("promise: \u{1b}[31mdeck\r\nX:1 by friday", nil, ("[31mdeck X:1", "2026-01-30")),
    ]

    @Test("A promise is read out of a note, with its day in the one grammar of times", arguments: examples)
    func read(_ example: Example) throws {
        let note = try LoggedNote(example.testDescription, now: Self.now, zone: Berlin.zone)
        #expect(note.note == example.note && note.promise == example.promise)
    }

    static let refused: [(String, String)] = [
        ("promise:", "the promise says nothing"), ("promise: by friday", "the promise says nothing"),
        ("promise: deck by fridya", "\"fridya\" is no time; expected e.g. 2026-01-27"),
        ("promise: deck by", "\"\" is no time"), ("promise: stand by Ben", "\"Ben\" is no time"),
        ("promise: deck by slot", "\"slot\" names no day"), ("promise: deck by yesterday", "\"yesterday\" lies behind"),
        ("promise: deck by 2026-01-26", "\"2026-01-26\" lies behind"),
        ("promise: deck by 3 days ago", "\"3 days ago\" lies behind"),
        ("promise: deck by 2026-02-30", "\"2026-02-30\" is no time"),
    ]

    @Test(
        "What cannot be read is refused with what was expected; where nobody hears of it, it is a note",
        arguments: refused
    )
    func refuse(text: String, why: String) {
        let error = #expect(throws: LoggedNote.Failure.self) {
            _ = try LoggedNote(text, now: Self.now, zone: Berlin.zone)
        }
        let message = error.map { "\($0)" } ?? ""
        #expect(message.contains(why) && message.contains("expected \"promise: WHAT by WHEN\""), "\(message)")
        let lenient = LoggedNote.lenient(text, now: Self.now, zone: Berlin.zone)
        #expect(lenient.note == text && lenient.promise == nil)
    }
}
