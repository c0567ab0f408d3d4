/// What stands before a part of a file that was read as if it were the first.
struct PartOffset {
    /// Stands for the line of the calendar that a part begins in.
    static let assumedLine = 0

    let bytes: Int
    /// How many lines there are.
    let lines: Int
    /// How many calendars begin before the one that the part begins in.
    let calendars: Int
    /// Where that one begins.
    let calendarLine: Int

    func range(_ range: Range<Int>) -> Range<Int> {
        (range.lowerBound + bytes)..<(range.upperBound + bytes)
    }

    /// Which line of the file one of the part is.
    func line(_ number: Int) -> Int {
        number == Self.assumedLine ? calendarLine : number + lines
    }
}

extension Finding {
    func moved(by part: PartOffset) -> Finding {
        Finding(severity, code: code, message, line: part.line(line), column: column)
    }
}
