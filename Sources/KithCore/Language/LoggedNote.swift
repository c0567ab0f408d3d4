package import CivilTime

/// What the user says of an interaction: a note, and what was promised in it.
///
/// | typed                                        | note               | promise, said on Tue 27 Jan 2026 |
/// |----------------------------------------------|--------------------|----------------------------------|
/// | `over lunch`                                 | over lunch         |                                  |
/// | `promise: deck by Friday`                    |                    | deck, Fri 30 Jan                 |
/// | `over lunch; promise: deck by 2026-02-03`    | over lunch         | deck, Tue 3 Feb                  |
/// | `promise: stand by the plan by next week`    |                    | stand by the plan, Mon 2 Feb     |
/// | `promise: deck`                              |                    | deck, Tue 3 Feb: a week later    |
///
/// The last `by` begins the day, in the one grammar of times; a weekday is the next of its name.
package struct LoggedNote: Hashable, Sendable {
    package var note: String?
    package var promise: JournalEntry.Promise?

    /// Why a promise could not be read.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// It says nothing.
        case empty
        /// What follows the last `by` is no time.
        case noTime(TimePhrase.Failure)
        /// It names no day: `slot`.
        case noDay(String)
        /// The day lies behind.
        case past(String)

        package var description: String {
            switch self {
            case .empty: Phrases.promiseEmpty
            case .noTime(let failure): Phrases.promiseNoTime("\(failure)")
            case .noDay(let text): Phrases.promiseNoDay(shortened(printable(text), to: 40))
            case .past(let text): Phrases.promisePast(shortened(printable(text), to: 40))
            }
        }
    }

    /// Days until a promise without a day.
    package static let standardDays = 7

    /// - Parameter now: When it is said: days are seen from there.
    package init(_ text: String, now: Instant, zone: Zone) throws(Failure) {
        guard let marker = Self.marker(in: text) else {
            (note, promise) = (text.isEmpty ? nil : text, nil)
            return
        }
        note = Self.trimmed(text[..<marker.lowerBound])
        promise = try Self.promise(text[marker.upperBound...], now: now, zone: zone)
    }

    /// A promise that cannot be read is a note like any other: for faces that have no way to say so.
    package static func lenient(_ text: String, now: Instant, zone: Zone) -> LoggedNote {
        (try? LoggedNote(text, now: now, zone: zone)) ?? LoggedNote(note: text)
    }

    private init(note: String) {
        (self.note, promise) = (note, nil)
    }

    /// Where `promise:` stands, at the beginning or behind something that is no word.
    private static func marker(in text: String) -> Range<String.Index>? {
        let word = "promise:"
        var index = text.startIndex
        while index < text.endIndex {
            let isFree = index == text.startIndex || !text[text.index(before: index)].isWord
            if isFree, let end = text.index(index, offsetBy: word.count, limitedBy: text.endIndex),
                text[index..<end].lowercased() == word
            {
                return index..<end
            }
            index = text.index(after: index)
        }
        return nil
    }

    private static func promise(_ text: Substring, now: Instant, zone: Zone) throws(Failure) -> JournalEntry.Promise {
        let words = printable(String(text)).split(separator: " ").map(String.init)
        guard let by = words.lastIndex(where: { $0.lowercased() == "by" }) else {
            guard !words.isEmpty else { throw .empty }
            let due = zone.date(now).adding(days: standardDays)
            return JournalEntry.Promise(words.joined(separator: " "), due: due)
        }
        guard by > 0 else { throw .empty }
        let due = try day(words[(by + 1)...].joined(separator: " "), now: now, zone: zone)
        return JournalEntry.Promise(words[..<by].joined(separator: " "), due: due)
    }

    private static func day(_ text: String, now: Instant, zone: Zone) throws(Failure) -> CivilDate {
        let phrase: TimePhrase
        do throws(TimePhrase.Failure) {
            phrase = try TimePhrase(text)
        } catch {
            throw .noTime(error)
        }
        let day: CivilDate
        switch phrase.resolve(.snooze, now: now, zone: zone) {
        case .instant(let instant): day = zone.date(instant)
        case .firstMoment(let date): day = date
        case .slot: throw .noDay(text)
        }
        guard day >= zone.date(now) else { throw .past(text) }
        return day
    }

    /// Without spaces and what joined it to the promise; `nil` for none.
    private static func trimmed(_ text: some StringProtocol) -> String? {
        var rest = Substring(text)
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace || last == ";" || last == "," { rest.removeLast() }
        return rest.isEmpty ? nil : String(rest)
    }
}

extension Character {
    fileprivate var isWord: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
